"""排队次序: who is next, so that whoever needs it comes sooner and nobody waits for ever?

The place of a number in its line is a moment, `rank`: when it was taken, less the head start of its class. It never
changes while the number waits, so that whoever comes later than the largest head start can never go before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType


class Priority(StrEnum):
    """优先情形."""

    ORDINARY = "ordinary"
    BOOKED = "booked"
    ELDERLY = "elderly"
    DISABLED = "disabled"
    PREGNANT = "pregnant"
    SOLDIER = "soldier"
    HELPED = "helped"
    GREEN = "green"


PRIORITY_WORDS: Mapping[Priority, str] = MappingProxyType(
    {
        Priority.ORDINARY: "普通",
        Priority.BOOKED: "预约",
        Priority.ELDERLY: "老年人",
        Priority.DISABLED: "残疾人",
        Priority.PREGNANT: "孕妇和带婴幼儿的",
        Priority.SOLDIER: "现役军人、军属和退役军人",
        Priority.HELPED: "需要帮助",
        Priority.GREEN: "绿色通道",
    }
)

# The local setting that says how many minutes each class goes before the others.
HEAD_STARTS: Mapping[Priority, str] = MappingProxyType(
    {
        Priority.BOOKED: "queue.booked_minutes",
        Priority.ELDERLY: "queue.elderly_minutes",
        Priority.DISABLED: "queue.disabled_minutes",
        Priority.PREGNANT: "queue.pregnant_minutes",
        Priority.SOLDIER: "queue.soldier_minutes",
        Priority.HELPED: "queue.help_minutes",
        Priority.GREEN: "queue.green_minutes",
    }
)


def rank(taken_at: datetime, head_start: int, *, not_before: datetime | None = None) -> datetime:
    """The place of a new number: minutes of head start before it was taken, never before `not_before` (a booked slot)."""
    place = taken_at - timedelta(minutes=head_start)
    return place if not_before is None else max(place, not_before)


@dataclass(frozen=True)
class Waits:
    """A number that waits: its line, its place, and the one window to which it was transferred, if any.

    `promised`: the window whose clerk has undertaken to serve it beyond closing time (延时服务), if any.
    """

    ticket: int
    line: int
    rank: datetime
    only: int = 0
    only_until: datetime | None = None
    promised: int = 0

    def comes_to(self, window: int, at: datetime) -> bool:
        """Whether this window may call it now: a transfer to another one holds until its time is over."""
        return self.only in (0, window) or (self.only_until is not None and self.only_until < at)


@dataclass(frozen=True)
class Serves:
    """What a window calls: its lines, and those that it calls before the others, by so many minutes."""

    window: int
    lines: frozenset[int]
    first: frozenset[int] = frozenset()
    minutes: int = 0
    # Closing time is past.
    closed: bool = False

    def place(self, waits: Waits) -> tuple[bool, datetime, int]:
        """Where a number stands for this window; a line of its own has a head start that ends, so no other starves.

        After closing time those come first to whom this window has promised 延时, or who were sent to it with such
        a promise; the others on the floor come after them.
        """
        ahead = self.minutes if waits.line in self.first else 0
        kept = self.closed and waits.promised != 0 and self.window in (waits.promised, waits.only)
        return not kept, waits.rank - timedelta(minutes=ahead), waits.ticket


def next_for(window: Serves, waiting: Iterable[Waits], at: datetime) -> Waits | None:
    """Who is next at this window."""
    mine = (one for one in waiting if one.line in window.lines and one.comes_to(window.window, at))
    return min(mine, key=window.place, default=None)


def returned(old: datetime, ahead: Sequence[datetime], places: int) -> datetime:
    """The place of somebody who comes back after his number was missed: behind so many of those who wait now.

    `ahead`: the places of those who wait in his line, in their order. Never before the place that he had.
    """
    if not ahead or places == 0:
        return old
    behind = ahead[min(places, len(ahead)) - 1]
    return max(old, behind + timedelta(microseconds=1))
