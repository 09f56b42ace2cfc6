"""当天结束: what becomes of the numbers and of 延时服务 of a day that is over?"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from onewindow.ground.whole import one
from onewindow.hall import extended
from onewindow.hall.models import Extension, Ticket
from onewindow.hall.write import hold, move
from onewindow.rules.extending import Stage as ExtensionStage
from onewindow.rules.facts_extension import ExtensionEnded, ExtensionLeft
from onewindow.rules.facts_tickets import ServiceFinished, TicketAbandoned
from onewindow.rules.grants import Actor, Grant, needs
from onewindow.rules.tickets import ABANDONED, OVER, SERVING

# 延时服务 that goes on after midnight is not closed under its hands; in the morning nobody sits there any more.
LATE = timedelta(hours=6)
UNATTENDED = "当天没有登记结束，延时不计时间"


@needs(Grant.HALL_TICK)
@one
def close(ticket: Ticket, *, by: Actor, at: datetime) -> Ticket:
    """收号: who was never served is written down as gone; a service whose end nobody noted is over."""
    ticket = hold(ticket.pk)
    if ticket.stage in OVER or ticket.day >= at.date():
        return ticket
    if ticket.covered and at < _midnight(ticket, at) + LATE:
        return ticket
    if ticket.stage == SERVING:
        over = ServiceFinished(on=at.date(), window=ticket.window_id or 0, unattended=True)
        return move(ticket, over, by=by, at=at, ended_at=at)
    return move(ticket, TicketAbandoned(on=at.date(), why="closing"), by=by, at=at, ended_at=at)


def _midnight(ticket: Ticket, at: datetime) -> datetime:
    """When the day of the number was over."""
    return datetime.combine(ticket.day + timedelta(days=1), time(), tzinfo=at.tzinfo)


@needs(Grant.HALL_TICK)
@one
def settle(extension: Extension, *, by: Actor, at: datetime) -> Extension:
    """没有登记结束的延时服务, on the next day: whose number was given up has left; of the others no time is counted."""
    held = extended.hold(extension)
    if held.stage != ExtensionStage.OPEN.value or held.day >= at.date():
        return held
    if held.ticket is not None and held.ticket.stage not in OVER:
        return held
    if held.ticket is not None and held.ticket.stage == ABANDONED:
        left = ExtensionLeft(on=at.date(), extension=held.pk)
        return extended.move(held, left, by=by, at=at, ended_at=at)
    fact = ExtensionEnded(
        on=at.date(), extension=held.pk, window=held.window_id, officer=held.officer_id, minutes=0
    )
    return extended.move(held, fact, by=by, at=at, ended_at=at, outcome=UNATTENDED)
