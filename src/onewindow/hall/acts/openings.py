"""开放时段: from which day on is a hall open at which hours, and until when?"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from onewindow.places.models import Hall, Opening
from onewindow.places.write import journalise, organisation
from onewindow.rules.facts_booking import HoursEnded, HoursSet
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.opening import Hours, fault


@needs(Grant.PLACES_MANAGE)
@transaction.atomic
def set_hours(hall: Hall, *, by: Actor, at: datetime, hours: Hours, since: date) -> Opening:
    """设置开放时段: from a day on; it may not lie over another of the same days."""
    organisation(hall.county)
    there = Opening.objects.filter(hall=hall).exclude(until__lt=since)
    if wrong := fault(hours, [one.hours for one in there]):
        raise NotAllowed(wrong)
    if since < at.date():
        raise NotAllowed("开始的日子不能早于今天，请改日期。")
    made = Opening.objects.create(
        hall=hall,
        kind=hours.kind.value,
        weekdays=sorted(hours.weekdays),
        begins=hours.begins,
        ends=hours.ends,
        since=since,
    )
    journalise(hall.county, HoursSet(on=at.date(), opening=made.pk), by=by, at=at)
    return made


@needs(Grant.PLACES_MANAGE)
@transaction.atomic
def end_hours(hall: Hall, *, by: Actor, at: datetime, opening: Opening, last_day: date) -> Opening:
    """停止开放时段: what is booked for later days is told to the hall, which answers to those who booked."""
    organisation(hall.county)
    held = Opening.objects.select_for_update(of=("self",)).get(pk=opening.pk, hall=hall)
    if last_day < at.date() - timedelta(days=1):
        raise NotAllowed("最后一天不能早于昨天，请改日期。")
    if held.until is not None and held.until <= last_day:
        raise NotAllowed("这个时段已经停止了。请刷新后再看。")
    held.until = last_day
    held.save(update_fields=["until"])
    journalise(hall.county, HoursEnded(on=at.date(), opening=held.pk, last_day=last_day), by=by, at=at)
    return held
