"""当场办结: accepted and granted at the window in one sitting, where the department gave that to the window (即办件).

The clock of such a case is the visit (行政许可法 34 第二款). A refusal is never given at once: it goes the way of every refusal.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from onewindow.cases.acts.accept import accept
from onewindow.cases.acts.special import not_host
from onewindow.cases.examined import Point, by_two, decision_steps
from onewindow.cases.granting import grant_held, settled_here
from onewindow.cases.law import pack_for, planned_kind
from onewindow.cases.models import Case, Decision
from onewindow.cases.write import hold
from onewindow.people.models import Officer
from onewindow.places.reads import here
from onewindow.rules.grants import Grant, NotAllowed, needs
from onewindow.rules.kinds_of_case import CaseKind
from onewindow.rules.stages import Stage


@needs(Grant.CASE_DECIDE_AT_ONCE)
@transaction.atomic
def decide_at_once(
    case: Case,
    *,
    by: Officer,
    at: datetime,
    text: str,
    points: Sequence[Point] = (),
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> Decision:
    """Accept, when that has not happened, and grant; whoever took the papers in may, because the department said so."""
    _refuse_not_here(case, by)
    if case.stage == Stage.RECEIVED:
        case = accept(case, by=by, at=at)
        case.seen = None
    held = hold(case)
    held.expect("Granted")
    not_host(held, by)
    return grant_held(
        held, by=by, at=at, text=text, points=points, valid_from=valid_from, valid_until=valid_until
    )


def _refuse_not_here(case: Case, by: Officer) -> None:
    if planned_kind(case.version) is not CaseKind.INSTANT or decision_steps(case.version) > 1:
        raise NotAllowed("本件不是一个人当场决定的即办件，请受理以后由部门审核、决定。")
    if not settled_here(case, by):
        raise NotAllowed(f"{case.department}没有授权窗口当场决定，请受理以后由部门决定。")
    if by_two(case.version, pack_for(here(), case.pack, case.received_on)):
        raise NotAllowed("本事项要两名工作人员实地核查，不能当场决定。请受理以后由部门办理。")
