"""工作日历: which days count? Nothing else in the system may ask this question."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from onewindow.rules.pack import YearNotice

ONE_DAY = timedelta(days=1)
WEEK = "一二三四五六日"
# What makes a plain Saturday or Sunday a day off; the notice speaks of holidays and make-up days alone.
WEEKEND_LAW = "《国务院关于职工工作时间的规定》第七条、《中华人民共和国行政许可法》第八十二条"


class UncoveredDay(Exception):
    """The year's statutory holidays are unknown: no date may be reckoned in it."""

    def __init__(self, year: int) -> None:
        super().__init__(f"{year} 年的节假日安排还没有录入，不能推算期限。请导入国务院办公厅放假通知。")
        self.year = year


@dataclass(frozen=True)
class Day:
    """One day of the calendar: whether it counts, and why."""

    on: date
    works: bool
    reason: str
    source: str
    provisional: bool
    holiday: bool = False  # off because of a holiday, and not as an ordinary Saturday or Sunday


@dataclass(frozen=True)
class Calendar:
    """The working days of the years whose holidays are known (行政许可法 82; 国务院办公厅放假通知)."""

    years: tuple[YearNotice, ...]

    @cached_property
    def _years(self) -> dict[int, YearNotice]:
        return {notice.year: notice for notice in self.years}

    @cached_property
    def _working(self) -> list[date]:
        first, last = min(self._years), max(self._years)
        day, end = date(first, 1, 1), date(last, 12, 31)
        found: list[date] = []
        while day <= end:
            if day.year in self._years and self._works(day):
                found.append(day)
            day += ONE_DAY
        return found

    def _works(self, day: date) -> bool:
        notice = self._years[day.year]
        if day in notice.makeup:
            return True
        return day.isoweekday() <= 5 and day not in notice.off

    def day(self, on: date) -> Day:
        """Whether `on` counts as a working day, in words, with its source."""
        notice = self._known(on)
        works = self._works(on)
        holiday = not works and on in notice.off
        return Day(on, works, _reason(on, notice), _source(on, notice), not notice.noticed, holiday)

    def add(self, start: date, days: int) -> date:
        """The `days`-th working day after `start`, whose own day is not counted."""
        self._known(start)
        if days <= 0:
            return start
        after = bisect_left(self._working, start + ONE_DAY)
        last = after + days - 1
        if last >= len(self._working):
            raise UncoveredDay(max(self._years) + 1)
        found = self._working[last]
        for year in range(start.year, found.year + 1):
            self._known(date(year, 1, 1))
        return found

    def between(self, start: date, end: date) -> int:
        """How many working days lie after `start` up to and with `end`; negative when `end` is earlier."""
        if end < start:
            return -self.between(end, start)
        return bisect_left(self._working, end + ONE_DAY) - bisect_left(self._working, start + ONE_DAY)

    def first_on_or_after(self, day: date) -> date:
        """`day` itself when it works, else the next working day (民法典 203)."""
        return day if self.day(day).works else self.add(day, 1)

    def provisional(self, start: date, end: date) -> bool:
        """Whether the way from `start` to `end` touches a year without its notice."""
        return any(
            not self._years[year].noticed for year in range(start.year, end.year + 1) if year in self._years
        )

    def _known(self, day: date) -> YearNotice:
        try:
            return self._years[day.year]
        except KeyError:
            raise UncoveredDay(day.year) from None


def _source(on: date, notice: YearNotice) -> str:
    """On what the answer for a day rests; an ordinary working day of a noticed year needs no source."""
    if on in notice.makeup or on in notice.off:
        return notice.cited
    if on.isoweekday() > 5:
        return WEEKEND_LAW
    return "" if notice.noticed else notice.cited


def _reason(on: date, notice: YearNotice) -> str:
    if on in notice.makeup:
        return f"星期{WEEK[on.weekday()]}调休上班"
    if on in notice.off:
        return f"{notice.off[on]}放假"
    return f"星期{WEEK[on.weekday()]}" if on.isoweekday() > 5 else "工作日"
