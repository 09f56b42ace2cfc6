"""上报什么: which lines does the machine of a hall tell the county, in which order, each once?

A line is numbered when it is first found, by the one who looks, so that the numbers have no gaps and nothing that was
still being written is passed by. Within one number of the hall the order is that of the journal.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Count

from onewindow.box.beside import BESIDE, IN_JOURNAL, rows_of
from onewindow.box.models import Outgoing
from onewindow.ground import sm
from onewindow.ground.clock import SHANGHAI
from onewindow.hall.models import Ticket
from onewindow.journal.models import Entry
from onewindow.rules.facts_booking import KIND as BOOKING
from onewindow.rules.facts_box import RECEIPT_KIND
from onewindow.rules.facts_extension import KIND as EXTENSION
from onewindow.rules.facts_org import KIND as ORGANISATION
from onewindow.rules.facts_tickets import KIND as TICKET

ONE_AT_A_TIME = 0x6C696E65  # advisory lock: lines are numbered by one at a time
_OPENS, _SHUTS = "TidalOpened", "TidalClosed"
_TURNS = (_OPENS, _SHUTS)
KINDS = [TICKET, BOOKING, RECEIPT_KIND, EXTENSION]
_WHICH: dict[str, Any] = {"kinds": KINDS, "organisation": ORGANISATION, "facts": sorted(IN_JOURNAL)}
# Nobody writes ten thousand entries while another entry waits for its commit.
_FOUND = """
INSERT INTO box_outgoing (number, kind, entry_id, body, at)
SELECT known.last + row_number() OVER (ORDER BY e.id), 'entry', e.id, '{}'::jsonb, e.at
FROM journal_entry e
JOIN journal_subject s ON s.id = e.subject_id AND (s.kind = ANY(%(kinds)s::varchar[])
  OR s.kind = %(organisation)s AND e.fact = ANY(%(facts)s::varchar[]))
CROSS JOIN (SELECT coalesce(max(number), 0) AS last, coalesce(max(entry_id), 0) AS seen FROM box_outgoing) known
WHERE e.id > known.seen - 10000 AND NOT EXISTS (SELECT FROM box_outgoing o WHERE o.entry_id = e.id)
"""


@transaction.atomic
def find() -> None:
    """Number what happened since the last time."""
    with connection.cursor() as cursor:
        _alone(cursor)
        cursor.execute(_FOUND, _WHICH)


@transaction.atomic
def say(kind: Outgoing.Kind, body: dict[str, Any], at: datetime) -> None:
    """Number an answer to the county."""
    with connection.cursor() as cursor:
        _alone(cursor)
        cursor.execute(_FOUND, _WHICH)  # what it answers about comes before the answer
        cursor.execute("SELECT coalesce(max(number), 0) + 1 FROM box_outgoing")
        (number,) = cursor.fetchone()
    Outgoing.objects.create(number=number, kind=kind, body=body, at=at)


def _alone(cursor: Any) -> None:
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])


def left(held: int) -> int:
    """How many lines the county does not hold yet."""
    return int(Outgoing.objects.filter(number__gt=held).aggregate(n=Count("number"))["n"])


def lines(held: int, most: int) -> list[dict[str, Any]]:
    """The next lines that the county does not hold, as they are sent; three statements, and one for each row beside."""
    rows = Outgoing.objects.filter(number__gt=held).order_by("number")[:most]
    found = list(rows.select_related("entry__subject"))
    subjects = {one.entry.subject_id for one in found if one.entry is not None}
    tickets = {
        one.subject_id: one
        for one in Ticket.objects.filter(subject__in=subjects).select_related("subject", "visit")
    }
    return [_line(one, tickets) for one in found]


def turned(held: int, now: int) -> dict[str, bool]:
    """Which tidal windows the county has as open or closed since it holds these lines too: that is no word of its own."""
    rows = Outgoing.objects.filter(number__gt=held, number__lte=now, entry__fact__in=_TURNS)
    told = rows.order_by("number").values_list("entry__body__window", "entry__fact")
    return {str(window): fact == _OPENS for window, fact in told}


def _line(one: Outgoing, tickets: dict[int, Ticket]) -> dict[str, Any]:
    if one.entry is None:
        return {"n": one.number, "kind": one.kind, "told": one.body}
    told = {"n": one.number, "entry": _entry(one.entry)}
    if beside := rows_of(one.entry):
        told["rows"] = beside
    if one.entry.subject_id in tickets:
        return {**told, **of_ticket(tickets[one.entry.subject_id], one.entry)}
    subject = one.entry.subject
    if subject.kind == ORGANISATION:
        return {**told, "kind": BESIDE}
    return {**told, "kind": subject.kind, "number": subject.number}


def mark(line: dict[str, Any]) -> str:
    """By which both sides know a line again (SM3): its number and its fact, not how things stand since.

    From where a machine went on (从县里接着用) it bears the mark of the county's line in whose place it stands.
    """
    told, ticket = line.get("told"), line.get("ticket")
    if line.get("kind") == Outgoing.Kind.RESUMED:
        return str(told.get("mark", ""))[:64] if isinstance(told, dict) else ""
    same = {name: line.get(name) for name in ("n", "kind", "number", "entry", "told")}
    same["once"] = ticket.get("once") if isinstance(ticket, dict) else None
    return sm.digest(json.dumps(same, sort_keys=True).encode()).hex()


def of_ticket(ticket: Ticket, entry: Entry) -> dict[str, Any]:
    """One entry of a number, as it is sent."""
    return {"kind": TICKET, "entry": _entry(entry), "ticket": _ticket(ticket, entry)}


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
        now = {name: standing(getattr(ticket, name)) for name in NOW}
        told["now"] = now | {name: standing(getattr(ticket.visit, name)) for name in STAY}
        told["now"]["party"] = ticket.visit.party_id
    return told


# How a number stands; what of it moves with the facts is copied whole with its last one.
NOW = (
    *("line_id", "priority", "help", "rank", "stage", "window_id", "officer_id", "only_id", "only_until"),
    *("first_called_at", "called_at", "calls", "begun_at", "ended_at"),
    *("item_id", "asks", "misled_at", "cared_at", "told_minutes", "why_outside", "covered"),
)
# Of his stay; when it ended each side says by itself, once the day is over.
STAY = ("groups", "one_to_one")
# Behind a number that was given twice, by a machine that had forgotten the first one.
DOUBLED = "复"
# How far the clock of a machine may be from the county's before its moments are not believed.
CLOCK = timedelta(minutes=5)


def standing(value: Any) -> Any:
    return moment(value) if isinstance(value, datetime) else value


def moment(at: datetime) -> str:
    """A moment as it is sent: in the time of China."""
    return at.astimezone(SHANGHAI).isoformat()
