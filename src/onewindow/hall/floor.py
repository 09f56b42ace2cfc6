"""大厅此刻: everything that the screens of a hall need of one moment, read in six statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import Q

from onewindow.hall.models import Ticket
from onewindow.places.models import Hall, Line, Notice, Service, Window
from onewindow.places.reads import here, pack_here
from onewindow.rules.queueing import Serves, Waits
from onewindow.rules.tickets import AT_WINDOW, CALLED, DONE, MISSED, WAITING
from onewindow.rules.waiting import Desk, Told, forecast, told, typical

LATELY = 60  # services of the hall by which the usual time is known
NEWCOMER = 1 << 62  # the place of somebody who would take a number now: behind all


@dataclass(frozen=True)
class Call:
    """One call as it is announced: the key is never the same again."""

    key: str
    ticket: int
    number: str
    line: str
    window: str
    stage: str
    fresh: bool


@dataclass(frozen=True)
class LineNow:
    """A line as everybody sees it: how many wait, and what is said to whoever takes a number now."""

    line: Line
    waiting: int
    wait: Told | None
    at_once: bool

    @property
    def words(self) -> str:
        if self.at_once:
            return "不用等"
        return self.wait.words if self.wait else "没有窗口开放"

    @property
    def short(self) -> str:
        """In a narrow column that has 约等 above it."""
        return self.words.removeprefix("约 ").replace(" 分钟以内", " 分钟内")


@dataclass(frozen=True)
class Floor:
    """A hall at one moment."""

    hall: Hall
    at: datetime
    lines: list[Line]
    windows: list[Window]
    services: list[Service]
    tickets: list[Ticket]
    lately: list[Ticket]
    notices: list[Notice]

    @cached_property
    def waiting(self) -> list[Ticket]:
        return sorted((t for t in self.tickets if t.stage == WAITING), key=lambda t: (t.rank, t.pk))

    @cached_property
    def missed(self) -> list[Ticket]:
        return sorted((t for t in self.tickets if t.stage == MISSED), key=_called, reverse=True)

    @cached_property
    def called(self) -> list[Call]:
        """Who stands at a window or is called there, the latest call first."""
        there = sorted((t for t in self.tickets if t.stage in AT_WINDOW), key=_called, reverse=True)
        return [self._call(one) for one in there]

    def _call(self, ticket: Ticket) -> Call:
        assert ticket.called_at is not None
        return Call(
            key=f"{ticket.pk}-{int(ticket.called_at.timestamp() * 1000)}",
            ticket=ticket.pk,
            number=ticket.number,
            line=ticket.line.name,
            window=ticket.window.number if ticket.window else "",
            stage=ticket.stage,
            fresh=ticket.stage == CALLED,
        )

    @cached_property
    def lines_now(self) -> list[LineNow]:
        return [self._line(line) for line in self.lines]

    def _line(self, line: Line) -> LineNow:
        waiting = sum(1 for t in self.waiting if t.line_id == line.pk)
        new = Waits(ticket=NEWCOMER, line=line.pk, rank=self.at)
        wait = forecast(self._desks, [*self._waits, new], self._minutes, self.at).get(NEWCOMER)
        return LineNow(line, waiting, told(wait) if wait is not None else None, wait == timedelta())

    @cached_property
    def paused(self) -> list[Window]:
        return [one for one in self.windows if one.is_open and one.paused]

    def ahead(self, ticket: Ticket) -> int:
        """How many of his line come before him."""
        before = (t for t in self.waiting if t.line_id == ticket.line_id)
        return sum(1 for t in before if (t.rank, t.pk) < (ticket.rank, ticket.pk))

    def wait(self, ticket: Ticket) -> Told | None:
        """How long he still waits; nothing when no window serves his line now."""
        found = forecast(self._desks, self._waits, self._minutes, self.at).get(ticket.pk)
        return told(found) if found is not None else None

    @cached_property
    def _waits(self) -> list[Waits]:
        return [Waits(t.pk, t.line_id, t.rank, t.only_id or 0, t.only_until) for t in self.waiting]

    @cached_property
    def _desks(self) -> list[Desk]:
        """The windows that call and at which somebody works: one that called nobody today is not counted on."""
        there = {t.window_id: t for t in self.tickets if t.stage in AT_WINDOW}
        seen = {*there, *(t.window_id for t in self.tickets if t.window_id)}
        ahead = pack_here(here()).setting("queue.first_minutes").number
        found = []
        for window in self.windows:
            if not window.calls or (seen and window.pk not in seen):
                continue
            mine = [s for s in self.services if s.window_id == window.pk]
            serves = Serves(
                window=window.pk,
                lines=frozenset(s.line_id for s in mine),
                first=frozenset(s.line_id for s in mine if s.first),
                minutes=ahead,
            )
            now = there.get(window.pk)
            found.append(Desk(serves, now.line_id, now.begun_at or now.called_at) if now else Desk(serves))
        return found

    @cached_property
    def _minutes(self) -> dict[int, float]:
        return {line.pk: typical(line.minutes, self._took(line)) for line in self.lines}

    def _took(self, line: Line) -> list[float]:
        return [
            (t.ended_at - t.begun_at).total_seconds() / 60
            for t in self.lately
            if t.line_id == line.pk and t.begun_at and t.ended_at
        ]


def _called(ticket: Ticket) -> datetime:
    return ticket.called_at or ticket.taken_at


def floor(hall: Hall, at: datetime) -> Floor:
    """A hall as it stands at `at`."""
    today = Q(hall=hall, day=at.date())
    now = Ticket.objects.filter(today).exclude(stage__in=("done", "abandoned"))
    served = Ticket.objects.filter(today, stage=DONE)
    return Floor(
        hall=hall,
        at=at,
        lines=list(Line.objects.filter(hall=hall, closed_on__isnull=True)),
        windows=sorted(Window.objects.filter(hall=hall), key=_in_order),
        services=list(Service.objects.filter(window__hall=hall)),
        tickets=list(now.select_related("line", "window")),
        lately=list(served.order_by("-ended_at")[:LATELY]),
        notices=hanging(hall, at),
    )


def hanging(hall: Hall, at: datetime) -> list[Notice]:
    """What hangs on the displays of a hall now, the latest first."""
    found = Notice.objects.filter(hall=hall, down_at__isnull=True, since__lte=at, until__gt=at)
    return list(found.order_by("-since", "-pk"))


def _in_order(window: Window) -> tuple[int, str]:
    """2 before 12, and both before those that are called by more than a number."""
    return (int(window.number) if window.number.isdecimal() else 1 << 30, window.number)
