"""广播记录: what was said aloud in a hall – every call of a number, and every announcement – when, in which zone, in which words?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from onewindow.ground.clock import SHANGHAI
from onewindow.hall.models import Ticket
from onewindow.helping.models import Announcement
from onewindow.journal.models import Entry
from onewindow.places.models import Hall, Window

SHOWN_FOR = timedelta(minutes=2)
_CALLS = ("TicketCalled", "TicketRecalled", "TicketResumed")
WHOLE = "全大厅"


@dataclass(frozen=True)
class Spoken:
    """One line of the log."""

    at: datetime
    zone: str
    text: str
    kind: str


def broadcast_log(hall: Hall, day: date) -> list[Spoken]:
    """The calls as their facts say them and the announcements, the latest first; four statements."""
    numbers = dict(Ticket.objects.filter(hall=hall, day=day).values_list("subject_id", "number"))
    windows = {one.pk: one for one in Window.objects.filter(hall=hall).select_related("zone")}
    calls = Entry.objects.filter(county=hall.county, fact__in=_CALLS, on=day, subject__in=list(numbers))
    told = [
        _call(numbers[one.subject_id], windows.get(one.body["window"]), one.at)
        for one in calls.order_by("at")
    ]
    said = Announcement.objects.filter(hall=hall, at__date=day).select_related("zone")
    told += [Spoken(one.at, _zone(one), one.text, "广播") for one in said]
    return sorted(told, key=lambda one: one.at, reverse=True)


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
