"""灯和超期的事实: what can happen when a term of a case runs short or out?

The bodies hold ids, dates and codes; what an office writes about an overrun stands in the row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onewindow.rules.facts import TERMS_ZH, Fact


@dataclass(frozen=True, kw_only=True)
class LightTurned(Fact):
    """亮灯 (济宁 第十四条): the light of a case turned, from the day `on`; once for one light of one due day of one term."""

    light: str
    term: str
    due: date


@dataclass(frozen=True, kw_only=True)
class OverdueCalled(Fact):
    """要求说明超期: the department has to say who, why and what is done."""

    overdue: int
    term: str
    due: date


@dataclass(frozen=True, kw_only=True)
class OverdueExplained(Fact):
    """说明超期 (优化营商环境条例 36): `cause` is told in public words; `expected` is the day by which it will be done."""

    overdue: int
    answer: int
    cause: str
    expected: date


@dataclass(frozen=True, kw_only=True)
class OverdueSentBack(Fact):
    """退回超期说明: the supervisor wants it once more; he can do so once."""

    overdue: int
    answer: int


@dataclass(frozen=True, kw_only=True)
class OverdueSettled(Fact):
    """采纳超期说明: what the supervisor found of it (罗山县 延时办工作制度 三)."""

    overdue: int
    answer: int
    finding: str


@dataclass(frozen=True, kw_only=True)
class OverdueTakenBack(Fact):
    """超期不成立: the day moved afterwards (a holiday notice), and by the new one nothing was late."""

    overdue: int
    due: date


TERMS_ZH.update(
    {
        "OverdueTakenBack": "超期不成立",
        "LightTurned": "亮灯提醒",
        "OverdueCalled": "要求说明超期",
        "OverdueExplained": "说明超期原因",
        "OverdueSentBack": "退回超期说明",
        "OverdueSettled": "采纳超期说明",
    }
)
