"""特别程序的卡片: what does an officer read of a case's special procedures – planned, real, overrun?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from onewindow.cases.models import Procedure
from onewindow.cases.reads.whole import Whole


@dataclass(frozen=True)
class Shown:
    """One procedure as the card shows it; all lengths are working days."""

    row: Procedure
    planned: int
    real: int
    over: int
    stops: Sequence[str]
    late: bool
    gone: date | None  # withdrawn while it lasted

    @property
    def over_words(self) -> str:
        return f"超时 {self.over} 个工作日" if self.over else "已超时"


def shown(whole: Whole, today: date) -> list[Shown]:
    """The procedures of a case, the latest first."""
    return [_one(whole, row, today) for row in reversed(whole.procedures)]


def _one(whole: Whole, row: Procedure, today: date) -> Shown:
    calendar, gone = whole.law.calendar, whole.now.day_of("Withdrawn")
    until = row.ended_on or gone or today
    return Shown(
        row=row,
        planned=calendar.between(row.begun_on, row.planned_end),
        real=calendar.between(row.begun_on, until) if until > row.begun_on else 0,
        over=calendar.between(row.planned_end, until) if until > row.planned_end else 0,
        stops=[s.term.title_zh for s in whole.now.terms if row.kind in s.term.stops_for],
        late=until > row.planned_end,
        gone=gone if row.ended_on is None else None,
    )


def listed(whole: Whole) -> list[str]:
    """What the guide lists, while it may still be begun."""
    return (
        [str(row.get("name")) for row in whole.case.version.content.get("special", ())]
        if whole.case.is_open
        else []
    )
