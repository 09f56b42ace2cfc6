"""停止服务: who stops a whole hall, for how long and why, and who lets it go on?

The terms of cases go on as the law counts them; who is booked for the span is told by what follows (`hall.follow`).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from onewindow.emergency.models import Stop
from onewindow.ground.clock import SHANGHAI
from onewindow.ground.events import tell
from onewindow.ground.hearing import hall_channel
from onewindow.hall.write import refuse_elsewhere
from onewindow.places.models import Hall
from onewindow.places.write import journalise
from onewindow.rules.facts_emergency import ServiceResumed, ServiceStopped, StopChanged
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs

LONGEST = timedelta(days=30)


@needs(Grant.HALL_MANAGE)
@transaction.atomic
def stop_service(hall: Hall, *, by: Actor, at: datetime, reason: str, until: datetime) -> Stop:
    """停止服务: no number is given and nobody is called until it goes on; two who press at once stop it once."""
    held = _held(hall)
    refuse_elsewhere(held)
    if held.stopped_at is not None:
        since = held.stopped_at.astimezone(SHANGHAI)
        raise NotAllowed(
            f"{since:%H:%M} 已经停止服务了（{held.why_stopped}）。请刷新后再看，要改预计时间的点“改预计时间”。"
        )
    if len(reason.strip()) < 2:
        raise NotAllowed("请写明停止服务的原因，群众会在每一块屏上看到。")
    _refuse_until(until, at)
    stop = Stop.objects.create(
        county=held.county,
        hall=held,
        began_at=at,
        until=until,
        reason=reason.strip()[:60],
        stopped_by=by.actor_code,
    )
    held.stopped_at, held.stopped_until, held.why_stopped = at, until, stop.reason
    held.save(update_fields=["stopped_at", "stopped_until", "why_stopped"])
    journalise(held.county, ServiceStopped(on=at.date(), hall=held.pk, stop=stop.pk), by=by, at=at)
    _heard(held, "ServiceStopped")
    return stop


@needs(Grant.HALL_MANAGE)
@transaction.atomic
def change_end(hall: Hall, *, by: Actor, at: datetime, until: datetime) -> Stop:
    """改预计时间: who is booked until then is told as well; whose time is there again, too."""
    held, stop = _stopped(hall)
    _refuse_until(until, at)
    stop.until = held.stopped_until = until
    stop.save(update_fields=["until"])
    held.save(update_fields=["stopped_until"])
    journalise(held.county, StopChanged(on=at.date(), hall=held.pk, stop=stop.pk), by=by, at=at)
    _heard(held, "StopChanged")
    return stop


@needs(Grant.HALL_MANAGE)
@transaction.atomic
def resume_service(hall: Hall, *, by: Actor, at: datetime) -> Stop:
    """恢复服务: numbers are given again, and whoever waits is called as if nothing had been."""
    held, stop = _stopped(hall)
    stop.ended_at, stop.resumed_by = at, by.actor_code
    stop.save(update_fields=["ended_at", "resumed_by"])
    held.stopped_at = held.stopped_until = None
    held.why_stopped = ""
    held.save(update_fields=["stopped_at", "stopped_until", "why_stopped"])
    minutes = int((at - stop.began_at).total_seconds() // 60)
    fact = ServiceResumed(on=at.date(), hall=held.pk, stop=stop.pk, minutes=minutes)
    journalise(held.county, fact, by=by, at=at)
    _heard(held, "ServiceResumed")
    return stop


def _held(hall: Hall) -> Hall:
    return Hall.objects.select_for_update(of=("self",)).get(pk=hall.pk)


def _stopped(hall: Hall) -> tuple[Hall, Stop]:
    held = _held(hall)
    stop = Stop.objects.select_for_update().filter(hall=held, ended_at__isnull=True).first()
    if stop is None:
        raise NotAllowed("大厅没有停止服务，不用再办。请刷新后再看。")
    return held, stop


def _refuse_until(until: datetime, at: datetime) -> None:
    if until <= at:
        raise NotAllowed("预计恢复的时间已经过了，请另选一个。")
    if until > at + LONGEST:
        raise NotAllowed("一次最多停 30 天，请选近一些的时间；到时还不能恢复的，再改预计时间。")


def _heard(hall: Hall, fact: str) -> None:
    """Every screen of the hall reads again what it shows."""
    tell(hall_channel(hall.pk), f'{{"fact":"{fact}"}}')
