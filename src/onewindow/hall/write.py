"""一个号怎样变动: how does what happens to a number reach its row, the journal and the screens, in one statement?"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from onewindow.ground.hearing import DATABASE_CHANNEL, hall_channel
from onewindow.ground.prepared import Question, change, slot_number, together
from onewindow.ground.together import Together
from onewindow.hall.models import Ticket
from onewindow.journal.write import record
from onewindow.places.models import Hall
from onewindow.rules.facts import Fact
from onewindow.rules.grants import Actor, NotAllowed
from onewindow.rules.tickets import TicketStage, after

_TOLD = "(SELECT pg_notify(%(heard)s, %(said)s)::text)"
ELSEWHERE = "该大厅的排队由大厅本机管理，这里不能取号和叫号。请到该大厅办。"

NOT_YET = (
    "本机现在不能取号、叫号和离线收件：还没有接管，或者数据是从旧备份恢复的。"
    "请管理员看县里的“大厅本机”页面，按那里写的办。"
)

AT_COUNTY = (
    "大厅本机只管取号、叫号、显示、评价和离线收件，这一项请在县里的系统办。断网时先记在纸上，恢复以后补登。"
)


def channel_of(hall: int) -> str:
    """Where everybody hears what happens in a hall: ids and numbers, never names."""
    return hall_channel(hall)


def owned(hall: Hall) -> bool:
    """Whether this installation gives the numbers of the hall."""
    return bool(hall.box == settings.BOX)


def refuse_elsewhere(hall: Hall) -> None:
    """A hall with a machine of its own is run by that machine alone, and such a machine runs no other hall."""
    if not owned(hall):
        raise NotAllowed(NOT_YET if settings.BOX else ELSEWHERE)


def refuse_on_machine() -> None:
    """What is planned, approved or filed is the county's: kept at the machine of a hall, nobody there would find it."""
    if settings.BOX:
        raise NotAllowed(AT_COUNTY)


def _to_hold(pk: int) -> QuerySet[Ticket]:
    beside = ("subject", "hall", "line", "window", "visit__party")
    return Ticket.objects.select_for_update(of=("self", "subject")).select_related(*beside).filter(pk=pk)


_TO_HOLD = Question(_to_hold, slot_number())


def hold(ticket: int) -> Ticket:
    """The number with its row locked: two who press at once come one after the other."""
    found = _TO_HOLD.one(ticket)
    if found is None:
        raise Ticket.DoesNotExist
    refuse_elsewhere(found.hall)
    return found


def move(ticket: Ticket, fact: Fact, *, by: Actor, at: datetime, **index: Any) -> Ticket:
    """Write what happened to a number that is held, put it into the index, and tell the screens.

    Nothing follows it in its transaction.
    """
    return _written(ticket, fact, by, at, index, last=True)


def move_among(ticket: Ticket, fact: Fact, *, by: Actor, at: datetime, **index: Any) -> Ticket:
    """The same, written at once: more comes after it in the same transaction."""
    return _written(ticket, fact, by, at, index, last=False)


def _written(
    ticket: Ticket, fact: Fact, by: Actor, at: datetime, index: dict[str, Any], *, last: bool
) -> Ticket:
    stage = after(TicketStage(ticket.stage), fact)
    ticket.stage = stage.value
    for name, value in index.items():
        setattr(ticket, name, value)
    with together(last=last) as waits:
        record(ticket.subject, fact, by=by, at=at)
        change(ticket, "stage", *index)
        tell(waits, ticket, fact)
    return ticket


def tell(waits: Together, ticket: Ticket, fact: Fact) -> None:
    """Say in the hall what happened, with the same statement; heard when it is committed, never when it is not."""
    waits.tell(
        _TOLD,
        {"heard": DATABASE_CHANNEL, "said": f"{channel_of(ticket.hall_id)} {said(ticket, fact)}"},
        lambda _: None,
    )


def said(ticket: Ticket, fact: Fact) -> str:
    """What the screens hear: which fact, of which number, at which window."""
    told = {
        "fact": fact.name,
        "ticket": ticket.pk,
        "line": ticket.line_id,
        "window": ticket.window_id,
        "stage": ticket.stage,
    }
    return json.dumps(told, separators=(",", ":"))
