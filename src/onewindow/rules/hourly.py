"""一小时一行: how are waits and services counted so that means and nine in ten can be told of any hour, line or day?

Whole minutes are counted one by one, so that hours can be added up and nine in ten still be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from onewindow.rules.waiting import told

LONGEST = 600  # minutes; what took longer counts as so long


@dataclass(frozen=True)
class Spread:
    """How many took how many whole minutes, and all of them together in seconds."""

    minutes: Mapping[int, int] = field(default_factory=dict)
    seconds: int = 0

    @property
    def count(self) -> int:
        return sum(self.minutes.values())

    @property
    def mean(self) -> float | None:
        """In minutes; nothing of none."""
        return self.seconds / self.count / 60 if self.count else None

    @property
    def most(self) -> int | None:
        """九成在…分钟以内: within how many minutes nine in ten of them were through."""
        wanted, seen = -(-self.count * 9 // 10), 0
        for minute in sorted(self.minutes):
            seen += self.minutes[minute]
            if seen >= wanted:
                return minute + 1
        return None

    @property
    def last(self) -> int | None:
        """The longest, in minutes begun."""
        return max(self.minutes) + 1 if self.minutes else None

    def kept(self) -> dict[str, int]:
        """As a row keeps it."""
        return {str(minute): count for minute, count in sorted(self.minutes.items())}


def read(kept: Mapping[str, int], seconds: int) -> Spread:
    """What a row kept."""
    return Spread({int(minute): count for minute, count in kept.items()}, seconds)


def together(spreads: Iterable[Spread]) -> Spread:
    """Several of them as one."""
    counted: dict[int, int] = {}
    seconds = 0
    for one in spreads:
        seconds += one.seconds
        for minute, count in one.minutes.items():
            counted[minute] = counted.get(minute, 0) + count
    return Spread(counted, seconds)


@dataclass(frozen=True)
class Error:
    """估计误差: what was told when the number was taken, beside what was true; in minutes."""

    told: int = 0
    within: int = 0
    off: int = 0
    over: int = 0

    @property
    def mean(self) -> float | None:
        """By how many minutes it was wrong in the mean, in either direction."""
        return self.off / self.told if self.told else None

    @property
    def bias(self) -> float | None:
        """By how many minutes more was told than was true; below nought: less."""
        return self.over / self.told if self.told else None

    @property
    def percent(self) -> int | None:
        """Of how many in a hundred the true wait lay within what was told."""
        return self.within * 100 // self.told if self.told else None


@dataclass(frozen=True)
class Seen:
    """A number as it is counted: times in the time of the place; `told` in minutes when it was taken."""

    line: int
    window: int
    taken: datetime
    called: datetime | None
    begun: datetime | None
    ended: datetime | None
    done: bool
    abandoned: bool
    told: int | None = None
    # From when on he could be called by his turn, when he came before the hour for which he had booked.
    due: datetime | None = None

    @property
    def waits_from(self) -> datetime:
        """Who comes early for his booked hour waits by his own choice until then."""
        return max(self.taken, self.due) if self.due is not None else self.taken


@dataclass
class Row:
    """What is counted of one line, at one window or at none, in one hour."""

    taken: int = 0
    served: int = 0
    abandoned: int = 0
    wait: Spread = field(default_factory=Spread)
    service: Spread = field(default_factory=Spread)
    error: Error = field(default_factory=Error)


Where = tuple[int, int, int]  # hour, line, window (0: none)


def count(numbers: Iterable[Seen]) -> dict[Where, Row]:
    """Taken and abandoned in the hour of the taking, waits in that of the first call, services in that of their end."""
    rows: dict[Where, Row] = {}
    for one in numbers:
        first = _row(rows, one.taken, one.line, 0)
        first.taken += 1
        first.abandoned += one.abandoned
        if one.called is not None:
            called = _row(rows, one.called, one.line, one.window)
            called.wait = together((called.wait, _one((one.called - one.waits_from).total_seconds())))
            called.error = added(called.error, one.told, (one.called - one.taken).total_seconds() / 60)
        if one.done and one.ended is not None and one.ended.date() == one.taken.date():
            ended = _row(rows, one.ended, one.line, one.window)
            ended.served += 1
            if one.begun is not None:
                ended.service = together((ended.service, _one((one.ended - one.begun).total_seconds())))
    return rows


def _row(rows: dict[Where, Row], at: datetime, line: int, window: int) -> Row:
    return rows.setdefault((at.hour, line, window), Row())


def _one(seconds: float) -> Spread:
    whole = max(0, int(seconds))
    return Spread({min(whole // 60, LONGEST): 1}, whole)


def added(error: Error, said: int | None, true: float) -> Error:
    """One number more: the minutes told when it was taken, if they are known, and those that it truly waited."""
    if said is None:
        return error
    span = told(timedelta(minutes=said))
    inside = span.least <= true <= span.most
    return Error(
        error.told + 1,
        error.within + inside,
        error.off + round(abs(said - true)),
        error.over + round(said - true),
    )


def errors(all_of: Iterable[Error]) -> Error:
    """Several of them as one."""
    made = Error()
    for one in all_of:
        made = Error(made.told + one.told, made.within + one.within, made.off + one.off, made.over + one.over)
    return made
