"""场所档案的事实: what can happen to what is known of a venue, to its rounds and to what is to be put right?

The bodies hold row ids, days and codes; names and texts stand in the rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onewindow.rules.facts import TERMS_ZH, Fact


@dataclass(frozen=True, kw_only=True)
class SheetSet(Fact):
    """填报场所档案: what is known of a venue was entered or changed; which fields."""

    hall: int
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ProfileSet(Fact):
    """修订场所规范 of one kind of venue."""

    profile: int


@dataclass(frozen=True, kw_only=True)
class ZonePlaced(Fact):
    """安排区域位置 on the map."""

    zone: int


@dataclass(frozen=True, kw_only=True)
class DeviationNoted(Fact):
    """登记偏离理由."""

    deviation: int


@dataclass(frozen=True, kw_only=True)
class DeviationEnded(Fact):
    """撤销偏离理由."""

    deviation: int


@dataclass(frozen=True, kw_only=True)
class RoundMade(Fact):
    """巡检: how many lines were looked at, and how many were not in order."""

    round: int
    lines: int
    failed: int


@dataclass(frozen=True, kw_only=True)
class TaskOpened(Fact):
    """列为整改, to be put right until a day."""

    task: int
    due_on: date


@dataclass(frozen=True, kw_only=True)
class TaskClosed(Fact):
    """整改销号, with what was done."""

    task: int


TERMS_ZH.update(
    {
        "SheetSet": "填报场所档案",
        "ProfileSet": "修订场所规范",
        "ZonePlaced": "安排区域位置",
        "DeviationNoted": "登记偏离理由",
        "DeviationEnded": "撤销偏离理由",
        "RoundMade": "巡检",
        "TaskOpened": "列为整改",
        "TaskClosed": "整改销号",
    }
)
