"""上报什么: which lines does the machine of a hall tell the county, in which order, each once?

A line is numbered when it is first found, by the one who looks, so that the numbers have no gaps and nothing that was
still being written is passed by. Within one number of the hall the order is that of the journal.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Count

from onewindow.box.models import Outgoing
from onewindow.ground.clock import SHANGHAI
from onewindow.hall.models import Booking, Ticket
from onewindow.journal.models import Entry
from onewindow.rules.facts_booking import KIND as BOOKING
from onewindow.rules.facts_box import RECEIPT_KIND
from onewindow.rules.facts_tickets import KIND as TICKET

ONE_AT_A_TIME = 0x6C696E65  # advisory lock: lines are numbered by one at a time
KINDS = [TICKET, BOOKING, RECEIPT_KIND]
# Nobody writes ten thousand entries while another entry waits for its commit.
_FOUND = """
INSERT INTO box_outgoing (number, kind, entry_id, body, at)
SELECT known.last + row_number() OVER (ORDER BY e.id), 'entry', e.id, '{}'::jsonb, e.at
FROM journal_entry e
JOIN journal_subject s ON s.id = e.subject_id AND s.kind = ANY(%(kinds)s::varchar[])
CROSS JOIN (SELECT coalesce(max(number), 0) AS last, coalesce(max(entry_id), 0) AS seen FROM box_outgoing) known
WHERE e.id > known.seen - 10000 AND NOT EXISTS (SELECT FROM box_outgoing o WHERE o.entry_id = e.id)
"""


@transaction.atomic
def find() -> None:
    """Number what happened since the last time."""
    with connection.cursor() as cursor:
        _alone(cursor)
        cursor.execute(_FOUND, {"kinds": KINDS})


@transaction.atomic
def say(kind: Outgoing.Kind, body: dict[str, Any], at: datetime) -> None:
    """Number an answer to the county."""
    with connection.cursor() as cursor:
        _alone(cursor)
        cursor.execute(_FOUND, {"kinds": KINDS})  # what it answers about comes before the answer
        cursor.execute("SELECT coalesce(max(number), 0) + 1 FROM box_outgoing")
        (number,) = cursor.fetchone()
    Outgoing.objects.create(number=number, kind=kind, body=body, at=at)


def _alone(cursor: Any) -> None:
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])


def left(held: int) -> int:
    """How many lines the county does not hold yet."""
    return int(Outgoing.objects.filter(number__gt=held).aggregate(n=Count("number"))["n"])


def lines(held: int, most: int) -> list[dict[str, Any]]:
    """The next lines that the county does not hold, as they are sent; four statements however many they are."""
    rows = Outgoing.objects.filter(number__gt=held).order_by("number")[:most]
    found = list(rows.select_related("entry__subject"))
    subjects = {one.entry.subject_id for one in found if one.entry is not None}
    tickets = {
        one.subject_id: one
        for one in Ticket.objects.filter(subject__in=subjects).select_related("subject", "visit")
    }
    bookings = dict(Booking.objects.filter(subject__in=subjects).values_list("subject_id", "pk"))
    return [_line(one, tickets, bookings) for one in found]


def _line(one: Outgoing, tickets: dict[int, Ticket], bookings: dict[int, int]) -> dict[str, Any]:
    told: dict[str, Any] = {"n": one.number, "kind": one.kind, "told": one.body}
    if one.entry is None:
        return told
    subject = one.entry.subject_id
    told |= {"kind": one.entry.subject.kind, "entry": _entry(one.entry)}
    if subject in tickets:
        told["ticket"] = _ticket(tickets[subject], one.entry)
    elif subject in bookings:
        told["booking"] = bookings[subject]
    else:
        told["number"] = one.entry.subject.number
    return told


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "place": entry.place,
        "fact": entry.fact,
        "on": entry.on.isoformat(),
        "at": moment(entry.at),
        "by": entry.by,
        "body": entry.body,
    }


def _ticket(ticket: Ticket, entry: Entry) -> dict[str, Any]:
    """Its key; with its first entry what it is, with its last one how it stands."""
    told: dict[str, Any] = {"once": str(ticket.once)}
    if entry.place == 1:
        told["new"] = {
            "number": ticket.number,
            "code": ticket.code,
            "device": ticket.device_id,
            "priority": ticket.priority,
            "help": ticket.help,
            "visit": str(ticket.visit.key),
            "party": ticket.visit.party_id,
            "began_at": moment(ticket.visit.began_at),
        }
    if entry.place == ticket.subject.length:
        told["now"] = {name: standing(getattr(ticket, name)) for name in NOW}
    return told


# How a number stands; what of it moves with the facts is copied whole with its last one.
NOW = (
    *("line_id", "priority", "help", "rank", "stage", "window_id", "officer_id", "only_id", "only_until"),
    *("first_called_at", "called_at", "calls", "begun_at", "ended_at"),
)


def standing(value: Any) -> Any:
    return moment(value) if isinstance(value, datetime) else value


def moment(at: datetime) -> str:
    """A moment as it is sent: in the time of China."""
    return at.astimezone(SHANGHAI).isoformat()
