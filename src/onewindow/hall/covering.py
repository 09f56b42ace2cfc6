"""谁被延时: whom does a window that serves beyond closing time undertake to serve, and how is that written down?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from onewindow.catalogue.models import Item
from onewindow.hall.extended import open_number
from onewindow.hall.hours import Times, times
from onewindow.hall.models import Extension, ExtensionAsk, Ticket
from onewindow.hall.reads import window_of
from onewindow.hall.write import refuse_elsewhere
from onewindow.journal import write
from onewindow.journal.models import Subject
from onewindow.people.models import Officer, Party
from onewindow.places.models import Line, Window
from onewindow.rules.extending import Ground, Stage
from onewindow.rules.facts_extension import ExtensionBegun, OvertimeAnswered
from onewindow.rules.grants import NotAllowed
from onewindow.rules.tickets import AT_WINDOW, PARKED, WAITING


@dataclass(frozen=True)
class Visitor:
    """Who is served without a number: his file where he has one here, and what for."""

    party: Party | None = None
    name: str = ""
    phone: str = ""
    item: Item | None = None
    what: str = ""
    cases: Sequence[Subject] = field(default_factory=tuple)


def to_cover(window: Window, at: datetime) -> list[Ticket]:
    """Who is at the window or parked there, and who waits for it, and whom nobody covers yet; their rows are locked."""
    rows = Ticket.objects.select_for_update(of=("self",)).order_by("pk")
    rows = rows.filter(hall=window.hall_id, day=at.date(), covered=False)
    rows = rows.select_related("line", "visit__party", "subject")
    there = rows.filter(window=window, stage__in=[*AT_WINDOW, PARKED])
    lines = Line.objects.filter(services__window=window)
    waiting = rows.filter(stage=WAITING, line__in=lines)
    mine = [one for one in waiting if one.only_id in (None, window.pk)]
    return [*there, *sorted(mine, key=lambda one: (one.rank, one.pk))]


@dataclass(frozen=True)
class Seat:
    """Where, by whom, since when, until what closing time and why somebody is served longer."""

    window: Window
    officer: Officer
    at: datetime
    closed_at: datetime | None
    ground: str = Ground.UNFINISHED.value
    why: str = ""


NOBODY = Visitor()


def open_one(seat: Seat, *, ticket: Ticket | None = None, visitor: Visitor = NOBODY) -> Extension:
    county, day = seat.window.hall.county, seat.at.date()
    number, subject = open_number(county, seat.window.hall_id, day)
    made = Extension.objects.create(
        county=county,
        subject=subject,
        number=number,
        stage=Stage.OPEN.value,
        hall=seat.window.hall,
        window=seat.window,
        officer=seat.officer,
        ticket=ticket,
        party=ticket.visit.party if ticket is not None else visitor.party,
        item=visitor.item,
        what=_what(ticket, visitor)[:100],
        name=visitor.name.strip()[:40],
        phone=visitor.phone.strip()[:30],
        ground=seat.ground,
        why=seat.why.strip()[:200],
        day=day,
        closed_at=seat.closed_at,
        began_at=seat.at,
    )
    made.cases.add(*visitor.cases)
    key = ticket.pk if ticket is not None else 0
    fact = ExtensionBegun(on=day, extension=made.pk, window=seat.window.pk, ground=seat.ground, ticket=key)
    write.record(subject, fact, by=seat.officer, at=seat.at)
    if ticket is not None:
        _cover(ticket, made, seat)
    return made


def undertaken(ticket: Ticket, officer: Officer, why: str, at: datetime) -> Extension | None:
    """Who arranged beforehand to be served beyond closing time stands in the register of 延时服务 as soon as he is here.

    At the window of whoever waits for him, else at one that serves his line. Long before closing he is served as
    everybody; whoever is not through then is covered with the others.
    """
    hours = times(ticket.hall, at)
    if hours.known and hours.gives and hours.closing is None:
        return None
    window = window_of(officer) or Window.objects.filter(services__line=ticket.line_id).order_by("pk").first()
    if window is None or window.hall_id != ticket.hall_id or ticket.covered:
        return None
    seat = Seat(window, officer, at, closing_of(hours), Ground.OTHER.value, why)
    return open_one(seat, ticket=ticket)


def _cover(ticket: Ticket, made: Extension, seat: Seat) -> None:
    """Closing time passes him by; what he asked for is agreed to herewith."""
    ticket.covered = True
    ticket.save(update_fields=["covered"])
    asked = ExtensionAsk.objects.filter(ticket=ticket, answered_at__isnull=True).first()
    if asked is not None:
        asked.agreed, asked.answered_at, asked.answered_by = True, seat.at, seat.officer
        asked.window, asked.extension = seat.window, made
        asked.save(update_fields=["agreed", "answered_at", "answered_by", "window", "extension"])
        fact = OvertimeAnswered(on=seat.at.date(), asked=asked.pk, agreed=True)
        write.record(made.subject, fact, by=seat.officer, at=seat.at)


def _what(ticket: Ticket | None, visitor: Visitor) -> str:
    if visitor.what.strip():
        return visitor.what.strip()
    if visitor.item is not None:
        return visitor.item.name
    return ticket.line.name if ticket is not None else ""


def held_window(window: Window) -> Window:
    found = Window.objects.select_for_update(of=("self",)).select_related("hall").get(pk=window.pk)
    refuse_elsewhere(found.hall)
    return found


def closing_of(hours: Times) -> datetime | None:
    """下班时间 that is near or past; none on a day on which the hall is not open. Long before it nothing is extended."""
    closing = hours.closing if hours.known else None
    if closing is None and hours.known and hours.gives:
        minutes = int(hours.late.total_seconds() // 60)
        raise NotAllowed(f"还没有到下班前 {minutes} 分钟，不用延时，请照常办理。")
    return closing
