"""广播记录: what was said aloud in a hall – every call of a number, and every announcement – when, in which zone, in which words?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import IntegerField, Value

from onewindow.ground.clock import SHANGHAI
from onewindow.ground.paging import key_of, page
from onewindow.hall.models import Ticket
from onewindow.helping.models import Announcement
from onewindow.journal.models import Entry
from onewindow.places.models import Hall, Window

SHOWN_FOR = timedelta(minutes=2)
_CALLS = ("TicketCalled", "TicketRecalled", "TicketResumed")
WHOLE = "全大厅"
PAGE = 100
_ORDER = ("-at", "-rank")


@dataclass(frozen=True)
class Spoken:
    """One line of the log."""

    at: datetime
    zone: str
    text: str
    kind: str


def broadcast_log(hall: Hall, day: date, after: str = "") -> tuple[list[Spoken], str]:
    """One page of the calls, as their facts say them, and the announcements, the latest first; four statements.

    Both lists have one order and one key, so that either goes on behind a row of the other.
    """
    here = Ticket.objects.filter(hall=hall, day=day).values("subject")
    calls = Entry.objects.filter(county=hall.county, fact__in=_CALLS, on=day, subject__in=here)
    said = Announcement.objects.filter(hall=hall, at__date=day).select_related("zone")
    found: list[Any] = []
    for rank, rows in enumerate((calls, said)):
        ranked = rows.annotate(rank=Value(rank, IntegerField()))
        found += page(ranked, after, by=_ORDER, size=PAGE + 1, filled=True)[0]
    found.sort(key=lambda one: (one.at, one.rank, one.pk), reverse=True)
    shown = found[:PAGE]
    return _spoken(hall, shown), key_of(shown[-1], _ORDER) if len(found) > PAGE else ""


def _spoken(hall: Hall, shown: list[Any]) -> list[Spoken]:
    tickets = Ticket.objects.filter(subject__in=[one.subject_id for one in shown if isinstance(one, Entry)])
    numbers = dict(tickets.values_list("subject_id", "number"))
    windows = {one.pk: one for one in Window.objects.filter(hall=hall).select_related("zone")}
    return [
        _call(numbers[one.subject_id], windows.get(one.body["window"]), one.at)
        if isinstance(one, Entry)
        else Spoken(one.at.astimezone(SHANGHAI), _zone(one), one.text, "广播")
        for one in shown
    ]


def announced(hall: Hall, at: datetime) -> list[Announcement]:
    """What the displays show now, the latest first."""
    found = Announcement.objects.filter(hall=hall, at__gt=at - SHOWN_FOR, at__lte=at)
    return list(found.select_related("zone").order_by("-at")[:2])


def _zone(one: Announcement) -> str:
    return one.zone.name if one.zone is not None else WHOLE


def _call(number: str, window: Window | None, at: datetime) -> Spoken:
    where = window.number if window is not None else "?"
    zone = window.zone.name if window is not None and window.zone is not None else WHOLE
    return Spoken(at.astimezone(SHANGHAI), zone, f"请 {number} 号到 {where} 号窗口", "叫号")
