"""大厅广播和设备培训: what is announced to a zone of the hall, and which guide knows which machines?"""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from onewindow.ground.events import tell
from onewindow.hall.write import channel_of, refuse_elsewhere, refuse_on_machine
from onewindow.helping.models import Announcement, Training
from onewindow.people.models import Officer
from onewindow.places.models import Device, Hall, Zone
from onewindow.places.write import journalise
from onewindow.rules.facts_guiding import Announced, GuideTrained
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs


@needs(Grant.HALL_TAKE)
@transaction.atomic
def announce(hall: Hall, *, by: Actor, at: datetime, text: str, zone: Zone | None = None) -> Announcement:
    """大厅广播: the displays chime and show it for a while; it stays in the log."""
    refuse_elsewhere(hall)  # its displays hear the machine of the hall
    if len(text.strip()) < 2:
        raise NotAllowed("请写广播的内容，一句话说清楚。")
    if zone is not None and zone.hall_id != hall.pk:
        raise NotAllowed("请选本大厅的区域，或者全大厅。")
    made = Announcement.objects.create(
        county=hall.county, hall=hall, zone=zone, text=text.strip()[:60], at=at, by=by.actor_code
    )
    journalise(hall.county, Announced(on=at.date(), announcement=made.pk), by=by, at=at)
    tell(channel_of(hall.pk), '{"fact":"Announced"}')
    return made


@needs(Grant.HALL_MANAGE)
@transaction.atomic
def train(hall: Hall, *, by: Actor, at: datetime, officer: Officer, kind: str, on: date) -> Training:
    """设备培训: this guide was trained on machines of this kind."""
    refuse_on_machine()
    if kind not in Device.Kind.values:
        raise NotAllowed("请选择哪一种设备。")
    if on > at.date():
        raise NotAllowed("培训的日子还没有到，请培训以后再登记。")
    try:
        with transaction.atomic():
            made = Training.objects.create(
                county=hall.county, officer=officer, kind=kind, on=on, noted_by=by.actor_code, noted_at=at
            )
    except IntegrityError:
        raise NotAllowed("这一次培训已经登记。请刷新后再看。") from None
    journalise(hall.county, GuideTrained(on=at.date(), training=made.pk), by=by, at=at)
    return made
