"""时钟: when does a term end, and what is the proof, day by day?

The day of the event is not counted (民法典 201); days are working days unless the term says otherwise
(行政许可法 82); a last day of a calendar term that is a day off moves to the next working day (民法典 203).
A pause that begins on day b and ends on day e takes the days after b up to and with e out of the count; one that
begins when the term has run out takes nothing out of it. An extension adds its days to the end (行政许可法 42).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from onewindow.rules.workdays import ONE_DAY, Calendar, Day

Unit = Literal["working", "calendar"]
LineKind = Literal["day", "paused", "extension"]
UNIT_WORDS: dict[str, str] = {"working": "个工作日", "calendar": "日（自然日）"}


AT_ONCE = "当场办结"
ORGAN = "本机关负责人"


def lasting(days: int, unit: str) -> str:
    """How long a term is, in words; one of no days is kept while the applicant waits."""
    return f"{days} {UNIT_WORDS[unit]}" if days else AT_ONCE


@dataclass(frozen=True)
class Pause:
    """One span in which the clock stands still; `end` is None while it lasts."""

    start: date
    end: date | None
    ground: str
    source: str = ""


@dataclass(frozen=True)
class Extension:
    """延长: so many days more, approved on the day `on`, by which clause."""

    on: date
    days: int
    source: str
    approved_by: str = ORGAN


@dataclass(frozen=True)
class Reckoning:
    """Where a term of `days` from `start` ends, those of an extension among them; `due` is None while a pause lasts."""

    start: date
    days: int
    unit: Unit
    due: date | None
    provisional: bool
    pauses: tuple[Pause, ...] = ()
    extended: Extension | None = None

    @property
    def first_days(self) -> int:
        """How long the term was before it was extended."""
        return self.days - (self.extended.days if self.extended else 0)


@dataclass(frozen=True)
class ProofDay:
    """One line of the proof: the day, whether it counted, its number, and why.

    An extension is a line of its own, after the last day of the term as it was.
    """

    on: date
    counted: bool
    number: int
    reason: str
    source: str
    last: bool
    kind: LineKind = "day"


def reckon(
    start: date,
    days: int,
    unit: Unit,
    calendar: Calendar,
    pauses: tuple[Pause, ...] = (),
    extension: Extension | None = None,
) -> Reckoning:
    """The end of a term of `days` (in `unit`) and its extension that starts with the event of day `start`."""
    days += extension.days if extension else 0
    relevant = tuple(p for p in pauses if p.end is None or p.end > start)
    due = _due(start, days, unit, calendar, tuple(p for p in relevant if p.end is not None))
    stands_since = min((p.start for p in relevant if p.end is None), default=None)
    if stands_since is not None and due > stands_since:
        return Reckoning(start, days, unit, None, False, relevant, extension)
    return Reckoning(start, days, unit, due, calendar.provisional(start, due), relevant, extension)


def _due(start: date, days: int, unit: Unit, calendar: Calendar, ended: tuple[Pause, ...]) -> date:
    """The last day when every pause has ended: what they took out is added until nothing more is taken out."""
    due = _end(start, days, unit, calendar)
    while True:
        longer = _end(start, days + _lost(start, due, unit, calendar, ended), unit, calendar)
        if longer == due:
            return due
        due = longer


def prove(reckoning: Reckoning, calendar: Calendar) -> tuple[ProofDay, ...]:
    """Every day from the start to the end of the term: counted or not, and why."""
    if reckoning.due is None:
        return ()
    lines = [_line(reckoning, calendar.day(reckoning.start), 0, started=True)]
    day, number = reckoning.start, 0
    while day < reckoning.due:
        if number == reckoning.first_days and _unsaid(reckoning, lines):
            lines.append(_longer(reckoning, day))
        day += ONE_DAY
        number += _counts(day, reckoning.unit, calendar, reckoning.pauses)
        lines.append(_line(reckoning, calendar.day(day), number, started=False))
    return tuple(lines)


def _unsaid(reckoning: Reckoning, lines: list[ProofDay]) -> bool:
    return reckoning.extended is not None and not any(line.kind == "extension" for line in lines)


def _longer(reckoning: Reckoning, day: date) -> ProofDay:
    """The extension, said where the term would have ended."""
    extended = reckoning.extended
    assert extended is not None
    reason = (
        f"{extended.on.month} 月 {extended.on.day} 日经{extended.approved_by}批准，延长 {lasting(extended.days, reckoning.unit)}，"
        f"从第 {reckoning.first_days + 1} 天接着数"
    )
    return ProofDay(day, False, reckoning.first_days, reason, extended.source, False, "extension")


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
        return ProofDay(day.on, False, number, pause.ground, pause.source, last, "paused")
    counted = reckoning.unit == "calendar" or day.works
    beyond = number > reckoning.days
    if beyond:
        reason = "期限最后一日遇休息日，顺延至下一个工作日"
        return ProofDay(day.on, False, reckoning.days, reason, "《中华人民共和国民法典》第二百零三条", last)
    reason = day.reason + ("（暂定，待国务院办公厅放假通知）" if day.provisional else "")
    makeup = day.works and day.on.isoweekday() > 5
    shown = day.source if not counted or day.provisional or makeup else ""
    return ProofDay(day.on, counted, number, reason, shown, last)
