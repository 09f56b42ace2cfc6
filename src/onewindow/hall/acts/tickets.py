"""取号: who comes in and takes a number, once however often he presses?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from onewindow.catalogue.models import Item
from onewindow.ground.fresh import fresh
from onewindow.ground.prepared import put, together
from onewindow.ground.series import TAKE
from onewindow.ground.together import Together
from onewindow.ground.whole import joined
from onewindow.hall.acts.caps import refuse_beyond
from onewindow.hall.crowd import deferred
from onewindow.hall.escorts import accompany, kept_for, low_window
from onewindow.hall.hours import Times, of_line
from onewindow.hall.models import Ticket, Visit
from onewindow.hall.stopped import refuse_stopped
from onewindow.hall.write import refuse_elsewhere, tell
from onewindow.journal.models import Subject
from onewindow.journal.write import open_subject, record
from onewindow.people.models import Party
from onewindow.places.models import Device, Hall, Line, Window
from onewindow.places.reads import here, pack_here
from onewindow.rules.facts_tickets import KIND, TicketTaken
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.guiding import accompanied, class_of, groups_of
from onewindow.rules.queueing import HEAD_STARTS, Priority, rank
from onewindow.rules.tickets import TicketStage

# The letter of the line and three digits, and more when a day has more.
_PRINTED = """
SELECT number, %(day)s || number AS whole
FROM (SELECT %(letter)s || lpad(last::text, greatest(3, length(last::text)), '0') AS number FROM taken) AS one
"""
_NUMBER, _WHOLE = "(SELECT number FROM printed)", "(SELECT whole FROM printed)"


@needs(Grant.HALL_TAKE)
def take(
    hall: Hall,
    line: Line,
    *,
    by: Actor,
    at: datetime,
    once: UUID,
    channel: Ticket.Channel,
    priority: Priority = Priority.ORDINARY,
    letter: str = "",
    not_before: datetime | None = None,
    party: Party | None = None,
    shown: Mapping[str, str] | None = None,
    visit: Visit | None = None,
    device: Device | None = None,
    help: bool = False,
    item: Item | None = None,
    groups: Sequence[str] = (),
    only: Window | None = None,
    told_minutes: int | None = None,
    outside: str = "",
) -> Ticket:
    """取号: the next number of the line; the same button pressed twice (`once`) gives the number that it gave.

    `visit`: he is here already, and this is one more number of his stay. `not_before`: his booked time; who comes
    early is called a little before it at most, unless nobody else waits.
    `told_minutes`: how many minutes the screen said that he waits, before he pressed; held against what was true.
    `letter`: another letter than the line's, for those who booked. `shown`: the paper of somebody without a file here.
    `only`: the window that has to answer his question. `outside`: why the staff give it though the hall is closed.
    """
    _refuse(hall, line)
    booked = channel is Ticket.Channel.BOOKING
    why = "" if booked else _why_outside(of_line(line, hall, at), outside.strip(), once)
    groups = groups_of(priority, groups or (visit.groups if visit else ()))
    known = {"party": party, "shown": dict(shown or {}), "groups": groups}
    stay = visit or fresh(Visit, county=hall.county, hall=hall, day=at.date(), **known, began_at=at)
    waits = class_of(priority, groups, help)
    full = deferred(hall, line, at) if not_before is None else None
    ticket = _waiting(
        stay,
        line,
        at,
        waits,
        only,
        once=once,
        channel=channel.value,
        device=device,
        help=help,
        item=item,
        told_minutes=told_minutes,
        why_outside=why,
        rank=_place(at, waits, not_before, full),
    )
    try:
        with joined():
            if _capped(line, channel, at):
                refuse_beyond(line, at, once)
            escorted = accompanied(groups, help)
            made = _write(ticket, letter or line.letter, by=by, at=at, last=not escorted and only is None)
            return accompany(made, by=by, at=at) if escorted else made
    except IntegrityError:
        return _given(hall, once)


def _refuse(hall: Hall, line: Line) -> None:
    refuse_elsewhere(hall)
    refuse_stopped(hall)
    if line.hall_id != hall.pk or line.closed_on is not None:
        raise NotAllowed("这一队今天不取号，请选别的业务，或者问导服台。")


def _waiting(
    stay: Visit, line: Line, at: datetime, waits: Priority, only: Window | None, **told: Any
) -> Ticket:
    """The row of a number that nobody drew yet; kept for a window that must answer, or for a low counter."""
    kept = low_window(line, at) if told["help"] and only is None else kept_for(only, at)
    return fresh(
        Ticket,
        county=stay.county,
        hall=stay.hall,
        day=at.date(),
        visit=stay,
        line=line,
        number="",
        priority=waits.value,
        asks=only is not None,
        taken_at=at,
        stage=TicketStage.WAITING.value,
        **kept,
        **told,
    )


def _capped(line: Line, channel: Ticket.Channel, at: datetime) -> bool:
    """Whether a limit was approved for these days; who booked has his place."""
    booked = channel is Ticket.Channel.BOOKING
    return line.capped_until is not None and line.capped_until >= at.date() and not booked


def _write(ticket: Ticket, letter: str, *, by: Actor, at: datetime, last: bool) -> Ticket:
    """All rows in one statement, which draws the number last: others wait for that statement alone."""
    fact = TicketTaken(
        on=at.date(),
        hall=ticket.hall_id,
        line=ticket.line_id,
        channel=ticket.channel,
        priority=ticket.priority,
        outside=bool(ticket.why_outside),
    )
    models = (Subject, Ticket) if ticket.visit.pk else (Subject, Visit, Ticket)
    with together(*models, last=last) as waits:
        ticket.subject = open_subject(ticket.county, KIND, "")
        if not ticket.visit.pk:
            put(ticket.visit)
        ticket.visit_id = ticket.visit.pk
        put(ticket)
        record(ticket.subject, fact, by=by, at=at)
        _number(waits, ticket, letter)
        tell(waits, ticket, fact)
    return ticket


def _number(waits: Together, ticket: Ticket, letter: str) -> None:
    day = f"{ticket.hall_id}-{ticket.day:%Y%m%d}-"
    told = {"county": ticket.county, "names": [f"ticket:{day}{letter}"], "letter": letter, "day": day}
    waits.also(TAKE, told, name="taken")
    waits.also(_PRINTED, told, name="printed")
    waits.word(ticket, "number", _NUMBER)
    waits.word(ticket.subject, "number", _WHOLE)
    waits.tell(_NUMBER, {}, lambda number: _name(ticket, day, number))


def _name(ticket: Ticket, day: str, number: Any) -> None:
    ticket.number, ticket.subject.number = number, day + number


def _given(hall: Hall, once: UUID) -> Ticket:
    """The number that this button gave already."""
    found = Ticket.objects.filter(hall=hall, once=once).select_related("line", "hall", "visit").first()
    if found is None:
        raise NotAllowed("没有取到号，请再按一次。")
    return found


def _why_outside(hours: Times, why: str, once: UUID) -> str:
    """Nothing while the hall gives numbers; else the reason that a member of the staff wrote down for giving one."""
    if hours.gives or (not why and Ticket.objects.filter(once=once).exists()):
        return ""
    if len(why) < 4:
        raise NotAllowed(hours.refusal if not why else "请写明为什么在开放时间以外给号，至少四个字。")
    return why[:100]


def _place(
    at: datetime, priority: Priority, booked: datetime | None, full: datetime | None = None
) -> datetime:
    """His place in the line, by the head start that his class has here and by his booked time.

    `full`: the hall is as full as it may be; from when on he is called.
    """
    if full is not None:
        return full
    setting = HEAD_STARTS.get(priority)
    if setting is None and booked is None:
        return at
    pack = pack_here(here())
    early = timedelta(minutes=pack.setting("queue.early_minutes").number)
    ahead = pack.setting(setting).number if setting else 0
    return rank(at, ahead, not_before=booked - early if booked else None)
