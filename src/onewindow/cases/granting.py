"""准予本身: what is written when something is granted, once it is settled who may, and who may settle it on the spot?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from onewindow.cases.acts.fees import refuse_unbilled
from onewindow.cases.acts.promise_check import plan_check
from onewindow.cases.examined import Point, decision_steps, refuse_foreign, refuse_unlooked
from onewindow.cases.law import planned_kind
from onewindow.cases.models import Case, Decision
from onewindow.cases.quotas import refuse_beyond
from onewindow.cases.write import Held
from onewindow.ground.series import take
from onewindow.people.models import Officer
from onewindow.rules import promises, validity
from onewindow.rules.facts import Granted
from onewindow.rules.fees import DECIDE
from onewindow.rules.grants import NotAllowed
from onewindow.rules.kinds_of_case import CaseKind


def settled_here(case: Case, officer: Officer) -> bool:
    """Whether this case is of those that this officer may settle on the spot: 即办件 of one step, given to the window."""
    version = case.version
    given = case.department.window_decides or case.department_id in officer.department_ids
    return planned_kind(version) is CaseKind.INSTANT and decision_steps(version) == 1 and given


def grant_held(
    held: Held,
    *,
    by: Officer,
    at: datetime,
    text: str,
    points: Sequence[Point],
    valid_from: date | None,
    valid_until: date | None,
    chief: int = 0,
) -> Decision:
    """The granting by a person, once it is settled who may; `chief` is the delegation on which he acts."""
    _refuse_unlooked(held, points)
    decision = write_grant(
        held, by=by, at=at, text=text, points=points, valid_from=valid_from, valid_until=valid_until
    )
    held.record(Granted(on=at.date(), decision=decision.pk, chief=chief), by=by, at=at)
    plan_check(held, at.date())
    return decision


def write_grant(
    held: Held,
    *,
    by: Officer | None,
    at: datetime,
    text: str,
    points: Sequence[Point],
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> Decision:
    """The decision itself with its number and validity; `by` is nobody where the decision table grants."""
    refuse_unbilled(held, DECIDE)
    refuse_beyond(held.case, at.date())
    result = held.case.version.content.get("result", {})
    begins, ends = _valid(result, at.date(), valid_from, valid_until)
    return Decision.objects.create(
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
