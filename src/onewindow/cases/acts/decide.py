"""决定: granted or denied, in writing, by somebody other than the one who examined."""

from __future__ import annotations

from datetime import date, datetime

from onewindow.cases.acts.examine import not_own_intake
from onewindow.cases.models import Case, Decision
from onewindow.cases.write import Held, hold
from onewindow.ground.series import take
from onewindow.ground.whole import one
from onewindow.people.models import Officer
from onewindow.rules.facts import Denied, Granted, Reviewed
from onewindow.rules.grants import Grant, NotAllowed, needs
from onewindow.rules.stages import Stage


@needs(Grant.CASE_DECIDE)
@one
def grant(case: Case, *, by: Officer, at: datetime, text: str, valid_until: date | None = None) -> Decision:
    """Grant what was applied for (行政许可法 38); the result gets its number."""
    held = hold(case)
    held.expect("Granted")
    _may_decide(held, by)
    result = held.case.version.content.get("result", {})
    decision = Decision.objects.create(
        case=held.case,
        granted=True,
        text=text.strip(),
        result_name=str(result.get("name", ""))[:200],
        result_number=_result_number(held, at),
        valid_until=valid_until,
        by=by,
        at=at,
        on=at.date(),
    )
    held.record(Granted(on=at.date(), decision=decision.pk), by=by, at=at)
    return decision


@needs(Grant.CASE_DECIDE)
@one
def deny(case: Case, *, by: Officer, at: datetime, text: str, grounds: str, basis: str) -> Decision:
    """Deny, with grounds and basis; the letter names the remedy (行政许可法 38)."""
    held = hold(case)
    held.expect("Denied")
    _may_decide(held, by)
    if not grounds.strip() or not basis.strip():
        raise NotAllowed("不予决定必须写明理由和依据，请补写完整。")
    decision = Decision.objects.create(
        case=held.case,
        granted=False,
        text=text.strip(),
        grounds=grounds.strip(),
        basis=basis.strip()[:300],
        by=by,
        at=at,
        on=at.date(),
    )
    held.record(Denied(on=at.date(), decision=decision.pk), by=by, at=at)
    return decision


def decision_steps(case: Case) -> int:
    """How many persons of the department decide one after the other: one (即办件) or two."""
    steps = case.version.content.get("steps", [])
    deciding = [step for step in steps if step.get("role") in ("examiner", "head")]
    return min(2, max(1, len(deciding)))


def _may_decide(held: Held, by: Officer) -> None:
    not_own_intake(held, by)
    stage = held.now.stage
    if stage is Stage.EXAMINING and decision_steps(held.case) > 1:
        raise NotAllowed("本件还没有审核意见，不能直接决定。请先由审核人员提出意见。")
    if held.doer_of(Reviewed.__name__) == by.actor_code:
        raise NotAllowed("审核和决定不能是同一个人，请由另一位有决定权的同志决定。")


def _result_number(held: Held, at: datetime) -> str:
    number = take(held.case.county, f"result:{held.case.department_id}:{at:%Y}")
    return f"{held.case.department.short}〔{at:%Y}〕{number}号"
