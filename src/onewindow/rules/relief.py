"""人多的时候: when is a queue too long, what can be done about it, when does a tidal window open and close?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType

# 罗山 延时办 一(二): 增设窗口或增加人手; the others are usual besides.
MEASURES: Mapping[str, str] = MappingProxyType(
    {
        "window": "增设窗口",
        "staff": "增加人手",
        "tidal": "开放潮汐窗口",
        "self_service": "引导自助办理",
        "move": "分流到别的队列",
        "extend": "启动延时服务",
        "other": "其他",
    }
)


@dataclass(frozen=True)
class Limits:
    """本地设定: from how many who wait, or from which wait in minutes, it is too much; how long it must be calm."""

    waiting: int
    minutes: int
    calm: int

    def crossed(self, waiting: int, longest: timedelta) -> bool:
        """Whether more wait, or somebody waits longer, than is laid down."""
        return waiting >= self.waiting or longest >= timedelta(minutes=self.minutes)

    def calmed(self, since: datetime | None, at: datetime) -> bool:
        """Whether it has been below long enough: once per change, not once per number."""
        return since is not None and at - since >= timedelta(minutes=self.calm)


class Mode(StrEnum):
    """潮汐窗口怎样开."""

    PLANNED = "planned"
    CROWDED = "crowded"


MODE_WORDS: Mapping[Mode, str] = MappingProxyType(
    {Mode.PLANNED: "按时间开（季节性、临时性）", Mode.CROWDED: "排队过长时开"}
)
WHY_OPENED: Mapping[str, str] = MappingProxyType(
    {"planned": "按安排的时间", "crowded": "排队过长", "hand": "大厅主任决定"}
)
WHY_CLOSED: Mapping[str, str] = MappingProxyType(
    {
        "over": "安排的时间已过",
        "calm": "排队恢复正常",
        "hand": "大厅主任决定",
        "staff": "没有人手",
        "machine": "大厅本机接管",
    }
)
AWAITS = "潮汐窗口，需要时开放"


@dataclass(frozen=True)
class Span:
    """From which day to which, both included, and at which hours of each."""

    since: date
    until: date
    begins: time
    ends: time

    def holds(self, at: datetime) -> bool:
        """Whether the moment, in the time of the place, lies on one of the days, within the hours."""
        return self.since <= at.date() <= self.until and self.begins <= at.time() < self.ends


def opens(mode: Mode, *, in_time: bool, crowded: bool, staffed: bool) -> str:
    """Why a closed tidal window opens now: a code of WHY_OPENED; empty when it does not."""
    if not in_time or not staffed:
        return ""
    if mode is Mode.PLANNED:
        return "planned"
    return "crowded" if crowded else ""


def closes(mode: Mode, *, in_time: bool, calm: bool, by_hand: bool) -> str:
    """Why an open one is over, as soon as nobody is served there: a code of WHY_CLOSED; empty when it stays.

    What the manager opened by hand stays until its hours are over or he closes it.
    """
    if not in_time:
        return "over"
    if mode is Mode.CROWDED and calm and not by_hand:
        return "calm"
    return ""


def minutes(wait: timedelta) -> int:
    """Whole minutes of a wait."""
    return max(0, int(wait.total_seconds() // 60))


def longest(since: Sequence[datetime], at: datetime) -> timedelta:
    """How long the one waits who has waited longest."""
    return max((at - one for one in since), default=timedelta())
