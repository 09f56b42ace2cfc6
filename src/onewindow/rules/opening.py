"""服务场次: at which hours is a hall open on a day, and which of them lie outside office hours?

A day has the regular, early, noon and evening hours of a working day, or those of a weekend, or those of a holiday;
which it is the working-day calendar says, so a Saturday on which work is made up has the hours of a working day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from onewindow.rules.workdays import Day

EVERY_DAY = frozenset(range(1, 8))


class SessionKind(StrEnum):
    """场次种类."""

    REGULAR = "regular"
    EARLY = "early"
    NOON = "noon"
    EVENING = "evening"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


SESSION_WORDS: dict[SessionKind, str] = {
    SessionKind.REGULAR: "工作时间",
    SessionKind.EARLY: "班前",
    SessionKind.NOON: "午间",
    SessionKind.EVENING: "晚间",
    SessionKind.WEEKEND: "双休日",
    SessionKind.HOLIDAY: "节假日",
}
WORKING = frozenset({SessionKind.REGULAR, SessionKind.EARLY, SessionKind.NOON, SessionKind.EVENING})
DAYS_OFF = frozenset({SessionKind.WEEKEND, SessionKind.HOLIDAY})


@dataclass(frozen=True, slots=True)
class Hours:
    """One line of a hall's opening hours; `weekdays` as in ISO, Monday is 1."""

    kind: SessionKind
    begins: time
    ends: time
    weekdays: frozenset[int] = EVERY_DAY


@dataclass(frozen=True, slots=True)
class Session:
    """One stretch of time in which a hall serves; provisional while the year has no holiday notice."""

    on: date
    kind: SessionKind
    begins: time
    ends: time
    provisional: bool = False

    @property
    def off_hours(self) -> bool:
        """Outside of regular working days and hours."""
        return self.kind is not SessionKind.REGULAR

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return _minutes(self.ends) - _minutes(self.begins)

    def holds(self, begins: time, ends: time) -> bool:
        """Whether this stretch of time lies in the session."""
        return self.begins <= begins < ends <= self.ends


def kinds_on(day: Day) -> frozenset[SessionKind]:
    """Which kinds of session such a day can have."""
    if day.works:
        return WORKING
    return frozenset({SessionKind.HOLIDAY if day.holiday else SessionKind.WEEKEND})


def sessions(day: Day, hours: Iterable[Hours]) -> tuple[Session, ...]:
    """The sessions of a day, in order; on a made-up working day whatever the hours say of Monday to Friday."""
    kinds, made_up = kinds_on(day), day.works and day.on.isoweekday() > 5
    fitting = [one for one in hours if one.kind in kinds and (made_up or day.on.isoweekday() in one.weekdays)]
    found = {Session(day.on, one.kind, one.begins, one.ends, day.provisional) for one in fitting}
    return tuple(sorted(found, key=lambda one: (one.begins, one.ends)))


def in_office_hours(moment: datetime, day: Day, hours: Iterable[Hours]) -> bool:
    """Whether it is 正常工作时间: a regular session of a working day goes on at this moment."""
    at = moment.time()
    return any(
        one.kind is SessionKind.REGULAR and one.begins <= at < one.ends for one in sessions(day, hours)
    )


def fault(new: Hours, there: Sequence[Hours]) -> str:
    """Why these hours cannot be entered beside those that are there; empty when they can."""
    if new.begins >= new.ends:
        return "结束时间要晚于开始时间，请改时间。"
    if not new.weekdays or not new.weekdays <= EVERY_DAY:
        return "请选择星期几。"
    for old in there:
        same_days = (new.kind in WORKING) == (old.kind in WORKING) and (
            new.kind in WORKING or new.kind == old.kind
        )
        if same_days and new.weekdays & old.weekdays and new.begins < old.ends and old.begins < new.ends:
            return (
                f"与已有的{SESSION_WORDS[old.kind]} {old.begins:%H:%M}–{old.ends:%H:%M} 重叠，"
                "同一时间只能属于一个场次。请改时间。"
            )
    return ""


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
