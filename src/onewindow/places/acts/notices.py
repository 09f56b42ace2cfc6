"""张贴和帮忙的行为: what hangs on the displays of a hall, and who goes to whoever pressed for help?"""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from onewindow.ground.events import tell
from onewindow.ground.hearing import hall_channel
from onewindow.places.models import Device, Hall, HelpCall, Notice
from onewindow.places.write import journalise
from onewindow.rules.facts_devices import GuideCalled, HelpGiven, NoticePosted, NoticeTakenDown
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs


@needs(Grant.HALL_MANAGE)
@transaction.atomic
def post_notice(
    hall: Hall, *, by: Actor, at: datetime, text: str, until: datetime, since: datetime | None = None
) -> Notice:
    """张贴公告: one line on the displays of the hall, from now or from a moment on."""
    begins = max(since or at, at)
    if not text.strip():
        raise NotAllowed("请写公告的内容，一行以内。")
    if until <= begins:
        raise NotAllowed("公告的结束时间已经过了，请另选一个。")
    notice = Notice.objects.create(
        hall=hall, text=text.strip()[:40], since=begins, until=until, posted_by=by.actor_code, posted_at=at
    )
    journalise(hall.county, NoticePosted(on=at.date(), notice=notice.pk), by=by, at=at)
    _heard(hall, "NoticePosted")
    return notice


@needs(Grant.HALL_MANAGE)
@transaction.atomic
def take_down(notice: Notice, *, by: Actor, at: datetime) -> Notice:
    """撤下公告 before its time."""
    found = Notice.objects.select_for_update(of=("self",)).select_related("hall").get(pk=notice.pk)
    if found.down_at is None:
        found.down_at = at
        found.save(update_fields=["down_at"])
        journalise(found.county, NoticeTakenDown(on=at.date(), notice=found.pk), by=by, at=at)
        _heard(found.hall, "NoticeTakenDown")
    return found


@needs(Grant.HALL_TAKE)
@transaction.atomic
def call_guide(device: Device, *, by: Actor, at: datetime) -> HelpCall:
    """叫人帮忙 at a machine; pressed again while nobody came, it is the same call."""
    try:
        with transaction.atomic():
            call = HelpCall.objects.create(hall=device.hall, device=device, called_at=at)
    except IntegrityError:
        return HelpCall.objects.select_related("hall", "device").get(device=device, answered_at__isnull=True)
    journalise(device.county, GuideCalled(on=at.date(), device=device.pk, call=call.pk), by=by, at=at)
    _heard(device.hall, "GuideCalled")
    return call


@needs(Grant.HALL_TAKE)
@transaction.atomic
def answer_help(call: HelpCall, *, by: Actor, at: datetime, what: str, helped: bool) -> HelpCall:
    """已去帮忙: what it was about and whether it helped; the record is closed."""
    found = HelpCall.objects.select_for_update(of=("self",)).select_related("hall", "device").get(pk=call.pk)
    if found.answered_at is not None:
        raise NotAllowed("这一次已经有人去过了，请刷新后再看。")
    found.answered_by, found.answered_at = by.actor_code, at
    found.what, found.helped = what.strip()[:120], helped
    found.save(update_fields=["answered_by", "answered_at", "what", "helped"])
    journalise(found.county, HelpGiven(on=at.date(), call=found.pk, helped=helped), by=by, at=at)
    _heard(found.hall, "HelpGiven")
    return found


def _heard(hall: Hall, fact: str) -> None:
    """The screens of the hall read again what they show."""
    tell(hall_channel(hall.pk), f'{{"fact":"{fact}"}}')
