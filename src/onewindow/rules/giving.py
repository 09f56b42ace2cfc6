"""取号时间: until when are numbers given in a hall, when is closing time, and when does it open again?

Numbers are given from some minutes before an opening until it closes. Sessions that follow each other without a gap are
one opening; hours that are only booked give no number to whoever walks in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from onewindow.rules.opening import Session, SessionKind

FORTNIGHT = 14


@dataclass(frozen=True, slots=True)
class Stretch:
    """One opening of a day: from when to when the hall serves whoever comes."""

    on: date
    begins: time
    ends: time

    def began(self, at: datetime, early: timedelta = timedelta()) -> bool:
        """Whether it has begun, or begins within the minutes."""
        return at >= _moment(self.on, self.begins, at) - early

    def over(self, at: datetime) -> bool:
        """Whether closing time has come."""
        return at >= self.closes(at)

    def closes(self, at: datetime) -> datetime:
        """下班时间, in the time zone of `at`."""
        return _moment(self.on, self.ends, at)

    def gives(self, at: datetime, early: timedelta) -> bool:
        """Whether numbers are given at this moment."""
        return self.began(at, early) and not self.over(at)


def stretches(sessions: Iterable[Session], *, off_hours: bool) -> tuple[Stretch, ...]:
    """The openings of a day; of the sessions outside office hours only where they serve without a booking."""
    found: list[Stretch] = []
    for one in sessions:
        if one.kind is not SessionKind.REGULAR and not off_hours:
            continue
        last = found[-1] if found else None
        if last is not None and last.ends >= one.begins:
            found[-1] = Stretch(last.on, last.begins, max(last.ends, one.ends))
        else:
            found.append(Stretch(one.on, one.begins, one.ends))
    return tuple(found)


def current(day: Iterable[Stretch], at: datetime, early: timedelta) -> Stretch | None:
    """The opening in which numbers are given now."""
    return next((one for one in day if one.gives(at, early)), None)


def closing(day: Iterable[Stretch], at: datetime, early: timedelta, late: timedelta) -> Stretch | None:
    """The opening that is near its end, or has ended while the next gives no numbers yet: its closing counts now."""
    begun = [one for one in day if one.began(at, early)]
    if not begun or at < begun[-1].closes(at) - late:
        return None
    return begun[-1]


def minutes_before(day: Iterable[Stretch], at: datetime, minutes: int) -> bool:
    """Whether the moment lies in the last minutes before one of the closings of its day."""
    within = timedelta(minutes=minutes)
    return any(one.closes(at) - within <= at < one.closes(at) for one in day)


def next_opening(
    of_day: Callable[[date], Iterable[Stretch]], at: datetime, early: timedelta
) -> datetime | None:
    """From when on numbers are given next; none within a fortnight when nothing is known."""
    for ahead in range(FORTNIGHT):
        for one in of_day(at.date() + timedelta(days=ahead)):
            begins = _moment(one.on, one.begins, at) - early
            if begins > at:
                return begins
    return None


def _moment(on: date, clock: time, at: datetime) -> datetime:
    return datetime.combine(on, clock, tzinfo=at.tzinfo)
