"""读大厅: who waits, who is called where, and what may everybody see of it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from onewindow.hall.models import Ticket
from onewindow.places.models import Hall, Line, Window
from onewindow.rules.tickets import AT_WINDOW, MISSED, WAITING, TicketStage


@dataclass(frozen=True)
class Shown:
    """A number as it stands on a screen for everybody."""

    ticket: int
    number: str
    line: str
    window: str
    stage: TicketStage
    called_at: datetime | None
    calls: int


@dataclass(frozen=True)
class Board:
    """大厅看板: what is called where, the latest call first, who missed his, and how many wait in each line."""

    hall: Hall
    current: list[Shown]
    missed: list[Shown]
    waiting: dict[int, int]
    lines: list[Line]
    windows: list[Window]


def tickets_of(hall: Hall, day: date) -> QuerySet[Ticket]:
    """The numbers of one day in one hall."""
    return Ticket.objects.filter(hall=hall, day=day).select_related("line", "window")


def board(hall: Hall, day: date) -> Board:
    """What hangs in the hall; numbers only."""
    rows = list(tickets_of(hall, day).filter(stage__in=[*AT_WINDOW, MISSED]).order_by("-called_at"))
    waiting = tickets_of(hall, day).filter(stage=WAITING).values_list("line_id", flat=True)
    counted: dict[int, int] = {}
    for line in waiting:
        counted[line] = counted.get(line, 0) + 1
    return Board(
        hall=hall,
        current=[_shown(t) for t in rows if t.stage != MISSED],
        missed=[_shown(t) for t in rows if t.stage == MISSED],
        waiting=counted,
        lines=list(Line.objects.filter(hall=hall, closed_on__isnull=True)),
        windows=list(Window.objects.filter(hall=hall).order_by("pk")),
    )


def by_code(code: str) -> Ticket | None:
    """The number whose page this code opens."""
    return Ticket.objects.filter(code=code).select_related("hall", "line", "window").first()


def _shown(ticket: Ticket) -> Shown:
    return Shown(
        ticket=ticket.pk,
        number=ticket.number,
        line=ticket.line.name,
        window=ticket.window.number if ticket.window else "",
        stage=TicketStage(ticket.stage),
        called_at=ticket.called_at,
        calls=ticket.calls,
    )
