"""大厅的时间: does this hall give numbers now, when does it close, and when does it open again?

The hours of the hall come along with the line (`line_of`), so that taking a number asks nothing more for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import OuterRef, QuerySet

from onewindow.ground.clock import SHANGHAI
from onewindow.ground.gathered import beside, made
from onewindow.ground.prepared import Question, slot_number
from onewindow.places.models import Hall, Line, Opening, Window
from onewindow.places.reads import here, pack_here, workdays
from onewindow.rules.giving import Stretch, closing, current, minutes_before, next_opening, stretches
from onewindow.rules.opening import sessions
from onewindow.rules.workdays import UncoveredDay

THERE = "openings_there"  # the hours that came along with a line or a hall
WEEK = "一二三四五六日"


@dataclass(frozen=True)
class Times:
    """The openings of a hall at a moment; `known` unless it has no hours on file, and then it always gives numbers."""

    hall: Hall
    at: datetime
    openings: list[Opening]
    early: timedelta
    off_hours: bool
    late: timedelta

    @property
    def known(self) -> bool:
        return bool(self.openings)

    @property
    def gives(self) -> bool:
        """Whether whoever comes now gets a number."""
        return not self.known or current(self.day(self.at.date()), self.at, self.early) is not None

    @property
    def closes(self) -> datetime | None:
        """When it closes that is open now."""
        now = current(self.day(self.at.date()), self.at, self.early)
        return now.closes(self.at) if now else None

    @property
    def closing(self) -> datetime | None:
        """下班时间 that is near or was the last today: what is served now belongs to it."""
        near = closing(self.day(self.at.date()), self.at, self.early, self.late)
        return near.closes(self.at) if near else None

    @property
    def closed(self) -> bool:
        """Whether 下班时间 of the last opening is past, and the next gives no numbers yet."""
        closes = self.closing
        return closes is not None and self.at >= closes

    @property
    def booked_now(self) -> bool:
        """Whether a session goes on for those who booked: whoever is here then is no late guest."""
        day = self.day(self.at.date(), off_hours=True)
        return not self.gives and current(day, self.at, self.early) is not None

    @property
    def next_change(self) -> datetime | None:
        """When a page that shows closing time has to be looked at again."""
        ends = [one.closes(self.at) for one in self.day(self.at.date())]
        turns = [moment for end in ends for moment in (end - self.late, end) if moment > self.at]
        return min(turns, default=None)

    @property
    def next(self) -> datetime | None:
        """From when on numbers are given next."""
        return next_opening(self.day, self.at, self.early)

    @property
    def next_words(self) -> str:
        """The same in words: 今天 14:10, 明天 8:10, or the day."""
        when = self.next
        if when is None:
            return ""
        days = (when.date() - self.at.date()).days
        day = f"{when.month} 月 {when.day} 日（星期{WEEK[when.weekday()]}）"
        return f"{('今天', '明天')[days] if days < 2 else day} {when:%H:%M}"

    @property
    def today_words(self) -> str:
        """今天开放 from when to when, by the working-day calendar; empty where no hours are on file."""
        if not self.known:
            return ""
        today = self.at.date()
        if there := self.day(today):
            return f"今天开放 {_spans(there)}"
        booked = self.day(today, off_hours=True)
        return f"今天只办约好的，{_spans(booked)}" if booked else "今天不开放"

    @property
    def closed_words(self) -> str:
        """What hangs there while no numbers are given, and when they are again; empty while they are."""
        if self.gives:
            return ""
        return (
            f"现在不在取号时间。{f'{self.next_words} 起可以取号，也' if self.next_words else ''}可以先预约。"
        )

    @property
    def refusal(self) -> str:
        """What is said to whoever comes outside the hours: when it opens, and what else he can do."""
        opens = f"{self.next_words}起可以取号，也" if self.next_words else ""
        return f"现在不在取号时间。{opens}可以在网上或者打电话预约；急着办的请找导服台。"

    def day(self, on: date, *, off_hours: bool = False) -> tuple[Stretch, ...]:
        """The openings of a day; `off_hours`: those too that are for whoever booked."""
        there = [one for one in self.openings if one.since <= on and (one.until is None or on <= one.until)]
        try:
            day = workdays().day(on)
        except UncoveredDay:
            return ()
        return stretches(sessions(day, [one.hours for one in there]), off_hours=off_hours or self.off_hours)

    def just_before(self, at: datetime, minutes: int) -> bool:
        """Whether a moment of any day lies in the last minutes before a closing."""
        local = at.astimezone(SHANGHAI)
        return minutes_before(self.day(local.date()), local, minutes)


def times(hall: Hall, at: datetime, there: Sequence[Opening] | None = None) -> Times:
    """The hours of a hall; `there`: they are read already."""
    pack = pack_here(here())
    return Times(
        hall=hall,
        at=at.astimezone(SHANGHAI),
        openings=list(_OF_HALL.objects(hall.pk) if there is None else there),
        early=timedelta(minutes=pack.setting("queue.before_minutes").number),
        off_hours=pack.setting("queue.off_hours").value is True,
        late=timedelta(minutes=pack.setting("extension.prompt_minutes").number),
    )


def of_line(line: Line, hall: Hall, at: datetime) -> Times:
    """The same by what came along with a line; a line without them costs one statement more."""
    return _with(line, hall, at)


def hours_of(window: Window, at: datetime) -> Times:
    """The same by what came along with a window."""
    return _with(window, window.hall, at)


def _with(row: Line | Window, hall: Hall, at: datetime) -> Times:
    kept = getattr(row, THERE, None)
    return times(hall, at, None if kept is None else made(Opening, kept))


def line_of(hall: Hall, key: int) -> Line | None:
    """A line of the hall for which a number is taken, with the hours of the hall."""
    return _LINE.one(key, hall.pk)


def _of_hall(hall: int) -> QuerySet[Opening]:
    return Opening.objects.filter(hall=hall).order_by("begins")


def _line(key: int, hall: int) -> QuerySet[Line]:
    return Line.objects.filter(pk=key, hall=hall).annotate(**{THERE: beside(Opening, hall=OuterRef("hall"))})


_OF_HALL = Question(_of_hall, slot_number())
_LINE = Question(_line, slot_number(), slot_number())


def _spans(day: Sequence[Stretch]) -> str:
    return "、".join(f"{one.begins:%H:%M}–{one.ends:%H:%M}" for one in day)
