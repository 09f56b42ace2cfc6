"""服务场次: has the office seen what was booked of it, and which difficulties came up while it went on?"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from onewindow.hall.models import Session, Trouble
from onewindow.journal import write
from onewindow.places.models import Hall
from onewindow.rules.facts_booking import SessionFiled, TroubleNoted, TroubleSettled
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs


@needs(Grant.DUTY_ARRANGE)
@transaction.atomic
def file_session(session: Session, *, by: Actor, at: datetime) -> Session:
    """场次备案: the office has seen the bookings (错时办 五); pressed twice it is seen once."""
    held = _hold(session)
    if held.filed_at is None:
        held.filed_at, held.filed_by = at, by.actor_code
        held.save(update_fields=["filed_at", "filed_by"])
        write.record(held.subject, SessionFiled(on=at.date(), session=held.pk), by=by, at=at)
    return held


@needs(Grant.BOOKING_ANSWER)
@transaction.atomic
def note_trouble(hall: Hall, *, by: Actor, at: datetime, session: Session, what: str) -> Trouble:
    """登记困难和问题: it stays open until its outcome is written down."""
    held = _hold(session)
    if held.hall_id != hall.pk:
        raise NotAllowed("这一场不在这个大厅。请刷新后再看。")
    if len(what.strip()) < 4:
        raise NotAllowed("请写明遇到了什么困难，至少四个字。")
    made = Trouble.objects.create(
        county=held.county, session=held, what=what.strip()[:300], noted_by=by.actor_code, noted_at=at
    )
    write.record(held.subject, TroubleNoted(on=at.date(), trouble=made.pk), by=by, at=at)
    return made


@needs(Grant.DUTY_ARRANGE)
@transaction.atomic
def settle_trouble(trouble: Trouble, *, by: Actor, at: datetime, outcome: str) -> Trouble:
    """问题已处理: what was coordinated, and what came of it."""
    held = Trouble.objects.select_for_update(of=("self",)).get(pk=trouble.pk)
    if held.settled_at is not None:
        raise NotAllowed("这个问题已经登记了处理结果。请刷新后再看。")
    if len(outcome.strip()) < 4:
        raise NotAllowed("请写明怎么协调、结果怎样，至少四个字。")
    held.outcome, held.settled_by, held.settled_at = outcome.strip()[:300], by.actor_code, at
    held.save(update_fields=["outcome", "settled_by", "settled_at"])
    session = _hold(held.session)
    write.record(session.subject, TroubleSettled(on=at.date(), trouble=held.pk), by=by, at=at)
    return held


def _hold(session: Session) -> Session:
    rows = Session.objects.select_for_update(of=("self", "subject")).select_related("subject")
    return rows.get(pk=session.pk)
