"""到下班办得完吗: will those who wait be through before the hall closes, and which windows would have to stay for them?"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from onewindow.rules.waiting import BETWEEN


@dataclass(frozen=True)
class Counter:
    """A window that calls: its row, the lines that it serves, and when it is free."""

    window: int
    lines: frozenset[int]
    free_at: datetime


@dataclass(frozen=True)
class Beyond:
    """Which of those who wait are through too late, when the last of them is, and which windows stay for how long."""

    late: tuple[int, ...]  # their places among those who wait
    through: datetime
    closing: datetime
    windows: Mapping[int, int]

    @property
    def numbers(self) -> int:
        """How many they are."""
        return len(self.late)

    @property
    def any(self) -> bool:
        """Whether an extension has to be proposed."""
        return self.numbers > 0

    @property
    def minutes(self) -> int:
        """For how long the last window stays, in whole minutes."""
        return max(self.windows.values(), default=0)


def beyond(
    waiting: Sequence[int],
    minutes_each: Mapping[int, float],
    windows: Sequence[Counter],
    now: datetime,
    closing: datetime,
) -> Beyond:
    """Play the line through: each free window takes the first whom it serves, each service takes its usual time.

    `waiting`: the lines of those who wait, in their order; `minutes_each`: how long a service of a line takes.
    Too late is who would not be through at closing. Whom no window serves counts as too late and keeps no window.
    """
    left, through = list(enumerate(waiting)), now
    late: list[int] = []
    stays: dict[int, int] = {}
    lines = {one.window: one.lines for one in windows}
    free = [(max(one.free_at, now), one.window) for one in windows]
    heapq.heapify(free)
    for when, window in free:  # who is served now may be long
        through = max(through, _overrun(stays, window, when, closing))
    while free and left:
        when, window = heapq.heappop(free)
        found = next((one for one in left if one[1] in lines[window]), None)
        if found is None:
            continue
        left.remove(found)
        done = when + timedelta(minutes=minutes_each.get(found[1], 10.0))
        late += [found[0]] * (done > closing)
        through = max(through, _overrun(stays, window, done, closing))
        heapq.heappush(free, (done + BETWEEN, window))
    return Beyond(tuple(sorted([*late, *(place for place, _ in left)])), through, closing, stays)


def _overrun(stays: dict[int, int], window: int, done: datetime, closing: datetime) -> datetime:
    """Note for how many minutes a window stays that is through at this moment."""
    if done > closing:
        stays[window] = max(stays.get(window, 0), -(-int((done - closing).total_seconds()) // 60))
    return done


def asks(now: datetime, closing: datetime, minutes: int) -> bool:
    """Whether it is time to look ahead: so many minutes before closing, or later."""
    return closing - timedelta(minutes=minutes) <= now
