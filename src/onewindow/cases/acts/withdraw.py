"""撤回和终止: the applicant takes his application back, or never answers a correction notice."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from onewindow.cases.dated import record_dated
from onewindow.cases.models import Case
from onewindow.cases.write import hold, settle_open
from onewindow.people.models import Officer
from onewindow.rules.facts import CorrectionAsked, CorrectionLapsed, CorrectionReminded, Withdrawn
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.stages import Stage


@needs(Grant.CASE_WITHDRAW)
@transaction.atomic
def withdraw(case: Case, *, by: Actor, at: datetime, on: date | None = None, why_late: str = "") -> Case:
    """Take the application back, at any time before the decision; a confirmation goes out.

    `on` is the day on which he handed his wish in at the counter, where that was not today.
    """
    if on is not None and on != at.date() and not isinstance(by, Officer):
        raise NotAllowed("网上撤回只能记在办理的当天，请不要填日期。")
    held = hold(case)
    if held.now.stage is Stage.REFUSING:
        settle_open(held.case, at=at, why="申请人撤回了申请，提请失效")
    record_dated(held, Withdrawn(on=on or at.date()), by=by, at=at, why=why_late)
    return held.case


@needs(Grant.CASE_TICK)
@transaction.atomic
def remind_or_lapse(case: Case, *, by: Actor, at: datetime) -> bool:
    """No answer to a correction notice: remind once, then close as not pursued; the applicant may apply again.

    A date that is provisional never acts against the applicant.
    """
    held = hold(case)
    if held.now.stage is not Stage.CORRECTING:
        return False
    last = next(f for f in reversed(held.facts) if isinstance(f, CorrectionAsked | CorrectionReminded))
    if at.date() <= last.reply_by or held.law.calendar.provisional(last.on, last.reply_by):
        return False
    if isinstance(last, CorrectionAsked):
        days = int(held.pack.setting("correction.reminder_days").value)  # type: ignore[arg-type]
        until = held.law.calendar.add(at.date(), days)
        fact = CorrectionReminded(on=at.date(), correction=last.correction, reply_by=until)
        held.record(fact, by=by, at=at)
        return True
    held.record(CorrectionLapsed(on=at.date(), correction=last.correction), by=by, at=at)
    return True
