"""约的时间没有了: who is told that his time is gone, or there again, and that nobody has answered him?

By law of the clock: it follows from what the hall changed, and nobody has to think of it.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from onewindow.hall.book import hold, move
from onewindow.hall.gone import STILL
from onewindow.hall.models import Booking, Session
from onewindow.journal import write
from onewindow.rules.bookings import Cause, Stage
from onewindow.rules.facts_displaced import (
    AnswerOverdue,
    BookingDisplaced,
    BookingRestored,
    SittingWithdrawn,
)
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs


@needs(Grant.HALL_TICK)
@transaction.atomic
def displace(booking: Booking, *, by: Actor, at: datetime, cause: Cause) -> bool:
    """His time is gone: he is told, listed, and offered another one; safe to be called twice."""
    held = hold(booking)
    if held.stage not in STILL or held.gone_at is not None:
        return False
    fact = BookingDisplaced(on=at.date(), booking=held.pk, cause=cause.value)
    move(held, fact, by=by, at=at, gone_at=at, why_gone=cause.value)
    return True


@needs(Grant.HALL_TICK)
@transaction.atomic
def restore(booking: Booking, *, by: Actor, at: datetime) -> bool:
    """His time is there again before it came: he need not do anything."""
    held = hold(booking)
    if held.stage not in STILL or held.gone_at is None:
        return False
    move(held, BookingRestored(on=at.date(), booking=held.pk), by=by, at=at, gone_at=None, why_gone="")
    return True


@needs(Grant.HALL_TICK)
@transaction.atomic
def tell_late(booking: Booking, *, by: Actor, at: datetime) -> bool:
    """超时没有答复: the applicant and the supervisor are told, once for each time that an answer is owed."""
    held = hold(booking)
    owed = held.answer_due is not None and held.answer_due < at
    if held.stage != Stage.ASKED.value or held.overdue_at is not None or not owed:
        return False
    move(held, AnswerOverdue(on=at.date(), booking=held.pk), by=by, at=at, overdue_at=at)
    return True


@needs(Grant.DUTY_ARRANGE)
@transaction.atomic
def withdraw_sitting(session: Session, *, by: Actor, at: datetime, reason: str) -> Session:
    """撤销服务场次: it does not take place; whoever is booked in it is told by what follows."""
    rows = Session.objects.select_for_update(of=("self", "subject")).select_related("subject", "hall")
    held = rows.get(pk=session.pk)
    if held.withdrawn_at is not None:
        raise NotAllowed("这一场已经撤销了，不用再办。请刷新后再看。")
    if len(reason.strip()) < 4:
        raise NotAllowed("请写明为什么撤销，至少四个字，约了的人会看到。")
    held.withdrawn_at, held.why_withdrawn = at, reason.strip()[:120]
    held.save(update_fields=["withdrawn_at", "why_withdrawn"])
    write.record(held.subject, SittingWithdrawn(on=at.date(), session=held.pk), by=by, at=at)
    return held
