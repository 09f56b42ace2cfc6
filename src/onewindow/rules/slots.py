"""预约时段: at which times of a session is there still a place, and do those on duty suffice?

A session is cut into slots of equal length. A visit takes as many slots in a row as the standard minutes of its
items need, one place in each of them; a slot has as many places as windows are kept for bookings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time

from onewindow.rules.opening import Session


@dataclass(frozen=True, slots=True)
class Slot:
    """A time at which a visit of the wanted length can begin, and how many places are left there."""

    begins: time
    ends: time
    left: int


def places(windows: int, percent: int) -> int:
    """How many places a slot has: the windows kept for bookings, one at least while any window is open."""
    return max(1, windows * percent // 100) if windows > 0 else 0


def needed(minutes: int, slot: int) -> int:
    """How many slots in a row a visit of so many minutes takes."""
    return max(1, -(-minutes // slot))


def grid(session: Session, slot: int) -> list[time]:
    """The times at which the slots of a session begin; what is left at its end is too short to be one."""
    first, last = _minutes(session.begins), _minutes(session.ends)
    return [_time(at) for at in range(first, last - slot + 1, slot)]


def taken(session: Session, slot: int, visits: Iterable[tuple[time, time]]) -> Mapping[time, int]:
    """How many visits lie in each slot; one that began before today's grid still counts where it lies."""
    stretches = [(_minutes(begins), _minutes(ends)) for begins, ends in visits]
    found: Counter[time] = Counter()
    for start in grid(session, slot):
        at = _minutes(start)
        found[start] = sum(1 for begins, ends in stretches if begins < at + slot and at < ends)
    return found


def free(
    session: Session,
    *,
    slot: int,
    places: int,
    visits: Iterable[tuple[time, time]] = (),
    minutes: int,
    after: time | None = None,
) -> list[Slot]:
    """Every time at which a visit of so many minutes still finds a place in each slot that it takes."""
    there, row = taken(session, slot, visits), grid(session, slot)
    count, found = needed(minutes, slot), []
    for place, begins in enumerate(row):
        stretch = row[place : place + count]
        if len(stretch) < count or (after is not None and begins <= after):
            continue
        left = min(places - there[start] for start in stretch)
        if left > 0:
            found.append(Slot(begins, _time(_minutes(begins) + count * slot), left))
    return found


def ends_at(begins: time, minutes: int, slot: int) -> time:
    """When a visit of so many minutes is over, to the end of its last slot."""
    return _time(min(_minutes(begins) + needed(minutes, slot) * slot, 24 * 60 - 1))


def shortage(session: Session, visits: Iterable[tuple[time, time]], staff: int) -> int:
    """How many more people have to be on duty: for all that was agreed, and for what falls on the same time."""
    stretches = [(_minutes(begins), _minutes(ends)) for begins, ends in visits]
    if not stretches:
        return 0
    work = sum(ends - begins for begins, ends in stretches)
    by_load = -(-work // session.minutes)
    at_once = max(sum(1 for begins, ends in stretches if begins <= at < ends) for at, _ in stretches)
    return max(0, max(by_load, at_once) - staff)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _time(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)
