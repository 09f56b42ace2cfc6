"""大厅运行的事实: what can happen when too many wait – alerts and measures, tidal windows, limits on numbers, the report of the day?

The bodies hold row ids, counts and codes; reasons stand in the rows.
"""

from __future__ import annotations

from dataclasses import dataclass

from onewindow.rules.facts import TERMS_ZH, Fact


@dataclass(frozen=True, kw_only=True)
class OverloadRaised(Fact):
    """排队过长: more wait, or for longer, than is laid down here."""

    alert: int
    hall: int
    waiting: int
    minutes: int


@dataclass(frozen=True, kw_only=True)
class OverloadCleared(Fact):
    """排队提醒解除: it is as usual again and has stayed so for a while, or the hall has closed."""

    alert: int
    hall: int
    minutes: int


@dataclass(frozen=True, kw_only=True)
class MeasureTaken(Fact):
    """采取措施: what was done about it."""

    alert: int
    hall: int
    measure: str


@dataclass(frozen=True, kw_only=True)
class TidalPlanned(Fact):
    """安排潮汐窗口: when it may open, for which lines, with whom."""

    plan: int
    window: int


@dataclass(frozen=True, kw_only=True)
class TidalDropped(Fact):
    """取消潮汐窗口安排."""

    plan: int
    window: int


@dataclass(frozen=True, kw_only=True)
class TidalOpened(Fact):
    """潮汐窗口开放: by the queue, by its plan, or by hand."""

    window: int
    plan: int = 0
    why: str


@dataclass(frozen=True, kw_only=True)
class TidalClosed(Fact):
    """潮汐窗口关闭: nobody is served there any more."""

    window: int
    why: str
    minutes: int


@dataclass(frozen=True, kw_only=True)
class CapProposed(Fact):
    """提请限号."""

    cap: int
    hall: int
    number: int


@dataclass(frozen=True, kw_only=True)
class CapApproved(Fact):
    """批准限号: by another than who proposed it; published from now on."""

    cap: int
    hall: int
    number: int


@dataclass(frozen=True, kw_only=True)
class CapDeclined(Fact):
    """不批准限号."""

    cap: int
    hall: int


@dataclass(frozen=True, kw_only=True)
class CapEnded(Fact):
    """取消限号 before its last day."""

    cap: int
    hall: int


@dataclass(frozen=True, kw_only=True)
class DayReported(Fact):
    """当日运行报告."""

    report: int
    hall: int


TERMS_ZH.update(
    {
        "OverloadRaised": "排队过长",
        "OverloadCleared": "排队提醒解除",
        "MeasureTaken": "采取措施",
        "TidalPlanned": "安排潮汐窗口",
        "TidalDropped": "取消潮汐窗口安排",
        "TidalOpened": "潮汐窗口开放",
        "TidalClosed": "潮汐窗口关闭",
        "CapProposed": "提请限号",
        "CapApproved": "批准限号",
        "CapDeclined": "不批准限号",
        "CapEnded": "取消限号",
        "DayReported": "当日运行报告",
    }
)
