"""准予怎么写下来: which number and which validity has what is granted, whoever or whatever grants it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from onewindow.cases.examined import Point
from onewindow.cases.models import Decision
from onewindow.cases.write import Held
from onewindow.ground.series import take
from onewindow.people.models import Officer
from onewindow.rules import validity
from onewindow.rules.grants import NotAllowed


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
