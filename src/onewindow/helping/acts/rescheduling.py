"""便民服务改日子: who is told that his hour in a stopped hall is gone, or there again, and how does he have another one?"""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction

from onewindow.hall.offered import answer_due, terms
from onewindow.helping.hours import refuse_hour
from onewindow.helping.models import AidRequest
from onewindow.helping.reads.aids import GONE, HOUR
from onewindow.helping.write import hold, move
from onewindow.journal.models import Entry
from onewindow.people.models import Officer
from onewindow.rules.aids import OPEN, Stage
from onewindow.rules.facts_aids import AidDisplaced, AidMoved, AidRestored
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs

_STILL = (Stage.ASKED.value, Stage.ARRANGED.value)


@needs(Grant.HALL_TICK)
@transaction.atomic
def displace_aid(request: AidRequest, *, by: Actor, at: datetime) -> bool:
    """His hour is gone: he is told and offered another day; safe to be called twice."""
    held = hold(request)
    if held.stage not in _STILL or _gone(held):
        return False
    move(held, AidDisplaced(on=at.date(), request=held.pk), by=by, at=at)
    return True


@needs(Grant.HALL_TICK)
@transaction.atomic
def restore_aid(request: AidRequest, *, by: Actor, at: datetime) -> bool:
    """His hour is there again before it came: he need not do anything."""
    held = hold(request)
    if held.stage not in _STILL or not _gone(held):
        return False
    move(held, AidRestored(on=at.date(), request=held.pk), by=by, at=at)
    return True


@needs(Grant.BOOKING_ASK)
@transaction.atomic
def change_day(request: AidRequest, *, by: Actor, at: datetime, on: date, begins: time) -> AidRequest:
    """改日子: another day and hour, by himself or by the office on his word; who comes is arranged anew."""
    held = hold(request)
    if (held.stage, held.on, held.begins) == (Stage.ASKED.value, on, begins) and not _gone(held):
        return held  # pressed twice
    refuse_hour(held.hall, held.aid.course, on, begins, at)
    _refuse_second(held, on)
    side = "office" if isinstance(by, Officer) else "applicant"
    fact = AidMoved(on=at.date(), request=held.pk, day=on, side=side)
    due = answer_due(held.hall, at, terms(at.date()).answer)
    return move(
        held, fact, by=by, at=at, on=on, begins=begins, officer=None, arranged_by=None, answer_due=due
    )


def _refuse_second(held: AidRequest, on: date) -> None:
    """As when he asks: one of a service on a day."""
    stages = [stage.value for stage in OPEN]
    same = AidRequest.objects.filter(party=held.party_id, aid=held.aid_id, stage__in=stages, on=on)
    if same.exclude(pk=held.pk).exists():
        raise NotAllowed("这一天已经申请过这项服务，请另选一天，或者取消其中一个。")


def _gone(held: AidRequest) -> bool:
    last = Entry.objects.filter(subject=held.subject_id, fact__in=HOUR).order_by("-place").first()
    return last is not None and last.fact == GONE
