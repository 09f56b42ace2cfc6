"""还要等多久: how long does whoever waits now still wait, as well as it can be told?

The line is played through: each window in its turn takes who is next by the same rule as in the hall
(`rules/queueing.py`), and each service takes as long as services of that line took lately.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from onewindow.rules.queueing import Serves, Waits

# As many services as the standard minutes of a line count for, beside those that were seen.
STANDARD_COUNTS_FOR = 6
# A service that took longer than so many times the standard says something about itself, not about the line.
LONGEST = 4
# What is left of a service that has gone on for longer than they usually do, as a part of the usual time.
STILL = 0.5
# Between two people: he stands up, comes over and sits down.
BETWEEN = timedelta(seconds=30)


@dataclass(frozen=True)
class Desk:
    """A window that calls: what it serves, and since when it serves somebody of which line."""

    serves: Serves
    line: int = 0
    since: datetime | None = None


def typical(standard: int, lately: Sequence[float]) -> float:
    """How many minutes a service of a line takes: its standard, and what was seen lately, weighed."""
    seen = [min(minutes, standard * LONGEST) for minutes in lately]
    return (STANDARD_COUNTS_FOR * standard + sum(seen)) / (STANDARD_COUNTS_FOR + len(seen))


def forecast(
    desks: Sequence[Desk], waiting: Iterable[Waits], minutes: Mapping[int, float], at: datetime
) -> dict[int, timedelta]:
    """How long each of those who wait still waits; who is served by no window is missing."""
    left: dict[int, deque[Waits]] = {}
    for one in sorted(waiting, key=lambda one: (one.rank, one.ticket)):
        left.setdefault(one.line, deque()).append(one)
    serves = {desk.serves.window: desk.serves for desk in desks}
    free = [(free_at(desk, minutes, at), desk.serves.window) for desk in desks]
    heapq.heapify(free)
    told: dict[int, timedelta] = {}
    while free:
        when, window = heapq.heappop(free)
        found = _next(serves[window], left, when)
        if found is None:
            continue  # nobody whom this window serves waits any more
        told[found.ticket] = when - at
        left[found.line].remove(found)
        heapq.heappush(free, (when + timedelta(minutes=minutes[found.line]) + BETWEEN, window))
    return told


def _next(serves: Serves, left: Mapping[int, deque[Waits]], when: datetime) -> Waits | None:
    """Who is next there; of each line only the first whom this window may call can be it."""
    firsts = (
        next((one for one in left.get(line, ()) if one.comes_to(serves.window, when)), None)
        for line in serves.lines
    )
    return min((one for one in firsts if one), key=serves.place, default=None)


def free_at(desk: Desk, minutes: Mapping[int, float], at: datetime) -> datetime:
    """When a window is expected to be free."""
    if desk.since is None:
        return at
    usual = timedelta(minutes=minutes.get(desk.line, 10))
    return max(desk.since + usual, at + usual * STILL) if at - desk.since > usual / 2 else desk.since + usual


@dataclass(frozen=True)
class Told:
    """What is said of a wait: between so many minutes; both ends round, never less than what is expected."""

    least: int
    most: int

    @property
    def words(self) -> str:
        if self.least == 0:
            return f"{self.most} 分钟以内"
        return f"约 {self.least}–{self.most} 分钟"


def told(wait: timedelta) -> Told:
    """A wait as it is told: a range in steps of five minutes, wider the longer it is."""
    minutes = wait.total_seconds() / 60
    least = int(minutes * 0.7 // 5 * 5)
    most = int(-(-(minutes * 1.3 + 2) // 5) * 5)
    return Told(least, max(most, least + 5))
