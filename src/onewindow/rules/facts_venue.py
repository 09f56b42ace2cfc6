"""场所的事实: what can happen to the zones, lines, windows and devices of a hall?

The bodies hold row ids; names and reasons stand in the rows.
"""

from __future__ import annotations

from dataclasses import dataclass

from onewindow.rules.facts import TERMS_ZH, Fact


@dataclass(frozen=True, kw_only=True)
class ZoneSet(Fact):
    """设置区域: a zone was laid out or changed."""

    zone: int


@dataclass(frozen=True, kw_only=True)
class ZoneClosed(Fact):
    """撤销区域."""

    zone: int


@dataclass(frozen=True, kw_only=True)
class LineSet(Fact):
    """设置队列: a line was opened or changed."""

    line: int


@dataclass(frozen=True, kw_only=True)
class LineClosed(Fact):
    """关闭队列: no more numbers are given for it."""

    line: int


@dataclass(frozen=True, kw_only=True)
class WindowArranged(Fact):
    """安排窗口: where a window lies, for whom it is meant and which lines are served there."""

    window: int
    lines: tuple[int, ...]
    first: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WindowPaused(Fact):
    """暂停服务."""

    window: int


@dataclass(frozen=True, kw_only=True)
class WindowResumed(Fact):
    """恢复服务; for how many minutes it was paused."""

    window: int
    minutes: int


TERMS_ZH.update(
    {
        "ZoneSet": "设置区域",
        "ZoneClosed": "撤销区域",
        "LineSet": "设置队列",
        "LineClosed": "关闭队列",
        "WindowArranged": "安排窗口",
        "WindowPaused": "暂停服务",
        "WindowResumed": "恢复服务",
    }
)
