"""时钟: when does a term end, and what is the proof, day by day?

The day of the event is not counted (民法典 201); days are working days unless the term says otherwise
(行政许可法 82); a last day of a calendar term that is a day off moves to the next working day (民法典 203).
A pause that begins on day b and ends on day e takes the days after b up to and with e out of the count.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from onewindow.rules.workdays import ONE_DAY, Calendar, Day

Unit = Literal["working", "calendar"]
UNIT_WORDS: dict[str, str] = {"working": "个工作日", "calendar": "日（自然日）"}


AT_ONCE = "当场办结"


def lasting(days: int, unit: str) -> str:
    """How long a term is, in words; one of no days is kept while the applicant waits."""
    return f"{days} {UNIT_WORDS[unit]}" if days else AT_ONCE


@dataclass(frozen=True)
class Pause:
    """One span in which the clock stands still; `end` is None while it lasts."""

    start: date
    end: date | None
    ground: str


@dataclass(frozen=True)
class Reckoning:
    """Where a term of `days` from `start` ends; `due` is None while a pause lasts."""

    start: date
    days: int
    unit: Unit
    due: date | None
    provisional: bool
    pauses: tuple[Pause, ...] = ()


@dataclass(frozen=True)
class ProofDay:
    """One line of the proof: the day, whether it counted, its number, and why."""

    on: date
    counted: bool
    number: int
    reason: str
    source: str
    last: bool


def reckon(
    start: date, days: int, unit: Unit, calendar: Calendar, pauses: tuple[Pause, ...] = ()
) -> Reckoning:
    """The end of a term of `days` (in `unit`) that starts with the event of day `start`."""
    relevant = tuple(p for p in pauses if p.end is None or p.end > start)
    if any(p.end is None for p in relevant):
        return Reckoning(start, days, unit, None, False, relevant)
    due = _end(start, days, unit, calendar)
    while True:
        longer = _end(start, days + _lost(start, due, unit, calendar, relevant), unit, calendar)
        if longer == due:
            break
        due = longer
    return Reckoning(start, days, unit, due, calendar.provisional(start, due), relevant)


def prove(reckoning: Reckoning, calendar: Calendar) -> tuple[ProofDay, ...]:
    """Every day from the start to the end of the term: counted or not, and why."""
    if reckoning.due is None:
        return ()
    lines = [_line(reckoning, calendar.day(reckoning.start), 0, started=True)]
    day, number = reckoning.start, 0
    while day < reckoning.due:
        day += ONE_DAY
        number += _counts(day, reckoning.unit, calendar, reckoning.pauses)
        lines.append(_line(reckoning, calendar.day(day), number, started=False))
    return tuple(lines)


def _end(start: date, days: int, unit: Unit, calendar: Calendar) -> date:
    if unit == "working":
        return calendar.add(start, days)
    return calendar.first_on_or_after(start + days * ONE_DAY)


def _paused(day: date, pauses: tuple[Pause, ...]) -> Pause | None:
    return next((p for p in pauses if p.start < day and (p.end is None or day <= p.end)), None)


def _lost(start: date, due: date, unit: Unit, calendar: Calendar, pauses: tuple[Pause, ...]) -> int:
    lost, day = 0, start
    while pauses and day < due:
        day += ONE_DAY
        works = unit == "calendar" or calendar.day(day).works
        lost += works and _paused(day, pauses) is not None
    return lost


def _counts(day: date, unit: Unit, calendar: Calendar, pauses: tuple[Pause, ...]) -> bool:
    return _paused(day, pauses) is None and (unit == "calendar" or calendar.day(day).works)


def _line(reckoning: Reckoning, day: Day, number: int, *, started: bool) -> ProofDay:
    last = day.on == reckoning.due
    if started:
        return ProofDay(
            day.on, False, 0, "当日不计，从次日起算", "《中华人民共和国民法典》第二百零一条", last
        )
    pause = _paused(day.on, reckoning.pauses)
    if pause is not None:
        return ProofDay(day.on, False, number, pause.ground, "", last)
    counted = reckoning.unit == "calendar" or day.works
    beyond = number > reckoning.days
    if beyond:
        reason = "期限最后一日遇休息日，顺延至下一个工作日"
        return ProofDay(day.on, False, reckoning.days, reason, "《中华人民共和国民法典》第二百零三条", last)
    reason = day.reason + ("（暂定，待国务院办公厅放假通知）" if day.provisional else "")
    makeup = day.works and day.on.isoweekday() > 5
    shown = day.source if not counted or day.provisional or makeup else ""
    return ProofDay(day.on, counted, number, reason, shown, last)
