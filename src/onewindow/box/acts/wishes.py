"""远程取号: how does somebody on the road get a number from a hall whose own machine gives the numbers?

The county asks, the machine answers. While it is not heard nothing is promised: 到场取号.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from onewindow.box import ledger
from onewindow.box.models import Box, Outgoing, Wish
from onewindow.box.reads import OFFLINE, copy_of
from onewindow.hall.actors import Visitor
from onewindow.hall.acts.tickets import take
from onewindow.hall.models import Ticket
from onewindow.hall.write import owned
from onewindow.places.models import Hall, Line
from onewindow.places.reads import here, pack_here
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.queueing import Priority


@needs(Grant.HALL_TAKE)
@transaction.atomic
def wish(
    hall: Hall, line: Line, *, by: Actor, at: datetime, once: UUID, priority: Priority = Priority.ORDINARY
) -> Wish:
    """请求取号: kept until the machine answers; the same page sent twice is one wish."""
    copy = copy_of(hall, at)
    if owned(hall) or copy is None:
        raise NotAllowed("这个大厅直接取号，请刷新后再取。")
    if copy.stale:
        raise NotAllowed(OFFLINE)
    if line.hall_id != hall.pk or line.closed_on is not None:
        raise NotAllowed("这一队今天不取号，请选别的业务，或者问导服台。")
    told = {"county": hall.county, "hall": hall, "line": line, "priority": priority.value, "asked_at": at}
    return Wish.objects.get_or_create(once=once, defaults=told)[0]


@needs(Grant.BOX_LINK)
@transaction.atomic
def grant_wish(box: Box, *, by: Actor, at: datetime, asked: dict[str, Any]) -> str:
    """On the machine: a number, or why there is none; asked twice, answered the same."""
    once, line = UUID(asked["once"]), Line.objects.filter(pk=asked["line"], hall=box.hall_id).first()
    told = {"once": str(once), "answer": Wish.Answer.GIVEN.value, "why": ""}
    late = pack_here(here()).setting("box.wish_minutes").number
    asked_at = datetime.fromisoformat(asked["asked_at"])
    given = Ticket.objects.filter(hall=box.hall_id, once=once).exists()
    if not given and (
        at.date() != asked_at.astimezone(at.tzinfo).date() or at - asked_at > timedelta(minutes=late)
    ):
        told |= {"answer": Wish.Answer.REFUSED.value, "why": "大厅当时联系不上，时间已经过了。请到场取号。"}
    elif not given:
        told |= _give(box, line, once, asked, at)
    ledger.say(Outgoing.Kind.WISH, told, at)
    return str(told["answer"])


def _give(box: Box, line: Line | None, once: UUID, asked: dict[str, Any], at: datetime) -> dict[str, str]:
    if line is None:
        return {"answer": Wish.Answer.REFUSED.value, "why": "这一队已经没有了。请到场取号。"}
    try:
        ticket = take(
            box.hall,
            line,
            by=Visitor(box.hall),
            at=at,
            once=once,
            channel=Ticket.Channel.PHONE,
            priority=Priority(asked["priority"]),
        )
    except NotAllowed as refusal:
        return {"answer": Wish.Answer.REFUSED.value, "why": str(refusal)[:200]}
    ticket.code = asked["code"]  # under it his telephone waits already
    ticket.save(update_fields=["code"])
    return {}


@needs(Grant.BOX_LINK)
def settle_wish(box: Box, told: dict[str, Any], *, by: Actor, at: datetime) -> None:
    """At the county: what the machine answered, once."""
    open_ones = Wish.objects.filter(hall=box.hall_id, once=UUID(told["once"]), answered_at__isnull=True)
    open_ones.update(answer=told["answer"], why=told["why"][:200], answered_at=at)
