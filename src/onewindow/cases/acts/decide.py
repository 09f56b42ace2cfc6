"""决定: granted or denied, in writing, by somebody other than the one who examined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from onewindow.cases.acts.examine import not_own_intake
from onewindow.cases.acts.promise_check import plan_check
from onewindow.cases.acts.special import not_host
from onewindow.cases.examined import Point, decision_steps, refuse_foreign, refuse_unlooked
from onewindow.cases.models import Case, Decision
from onewindow.cases.write import Held, hold
from onewindow.ground.series import take
from onewindow.ground.whole import one
from onewindow.people.models import Officer
from onewindow.rules import promises, validity
from onewindow.rules.facts import Denied, Granted, Reviewed
from onewindow.rules.grants import Grant, NotAllowed, needs
from onewindow.rules.stages import Stage


@needs(Grant.CASE_DECIDE)
@one
def grant(
    case: Case,
    *,
    by: Officer,
    at: datetime,
    text: str,
    valid_from: date | None = None,
    valid_until: date | None = None,
    points: Sequence[Point] = (),
) -> Decision:
    """Grant what was applied for (行政许可法 38); the result gets its number, and its validity from the item.

    `points` are looked at here where nobody examines before the decision.
    """
    held = hold(case)
    held.expect("Granted")
    _may_decide(held, by)
    _refuse_unlooked(held, points)
    result = held.case.version.content.get("result", {})
    begins, ends = _valid(result, at.date(), valid_from, valid_until)
    decision = Decision.objects.create(
        case=held.case,
        granted=True,
        text=text.strip(),
        points=[dict(point) for point in points],
        result_name=str(result.get("name", ""))[:200],
        result_number=_result_number(held, at),
        valid_from=begins,
        valid_until=ends,
        by=by,
        at=at,
        on=at.date(),
    )
    held.record(Granted(on=at.date(), decision=decision.pk), by=by, at=at)
    plan_check(held, at.date())
    return decision


def _refuse_unlooked(held: Held, points: Sequence[Point]) -> None:
    """In one step whoever decides looks at every point; else the examiner did."""
    version = held.case.version
    if promises.live(held.facts) is not None:
        refuse_foreign(version, points)  # what was promised is looked at by the later check
    elif decision_steps(version) == 1:
        refuse_foreign(version, points)
        refuse_unlooked(version, points, "不能准予。请改核对结果，或者作出不予的决定。")
    elif points:
        raise NotAllowed("本件的审查要点由审核人员核对，不在决定时填写，请去掉。")


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


def _may_decide(held: Held, by: Officer) -> None:
    not_own_intake(held, by)
    stage = held.now.stage
    if stage is Stage.EXAMINING and decision_steps(held.case.version) > 1:
        raise NotAllowed("本件还没有审核意见，不能直接决定。请先由审核人员提出意见。")
    if held.doer_of(Reviewed.__name__) == by.actor_code:
        raise NotAllowed("审核和决定不能是同一个人，请由另一位有决定权的同志决定。")
    if decision_steps(held.case.version) == 1:  # whoever decides examines too
        not_host(held, by)


def _valid(
    result: Mapping[str, Any], today: date, begins: date | None, ends: date | None
) -> tuple[date | None, date | None]:
    """From when to when; what nobody wrote is the item's own length from the day of the decision."""
    months = validity.months_of(result)
    if not months and ends is None:
        return begins, None
    begins = begins or today
    ends = ends or validity.last_day(begins, months)
    if begins < today:
        raise NotAllowed("有效期不能从作出决定以前开始，请从今天或者以后的日子写起。")
    if ends < begins:
        raise NotAllowed("有效期的截止日早于开始日，请核对。")
    if months and ends > validity.same_day(begins, months):
        longest = validity.last_day(begins, months)
        raise NotAllowed(
            f"本事项的有效期是{result.get('validity') or '定长'}，从 {begins} 起最长到 {longest}，请核对。"
        )
    return begins, ends


def _result_number(held: Held, at: datetime) -> str:
    number = take(held.case.county, f"result:{held.case.department_id}:{at:%Y}")
    return f"{held.case.department.short}〔{at:%Y}〕{number}号"
