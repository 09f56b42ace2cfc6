"""当天结束: what becomes of the numbers of a day that is over?"""

from __future__ import annotations

from datetime import datetime

from onewindow.ground.whole import one
from onewindow.hall.models import Ticket
from onewindow.hall.write import hold, move
from onewindow.rules.facts_tickets import ServiceFinished, TicketAbandoned
from onewindow.rules.grants import Actor, Grant, needs
from onewindow.rules.tickets import OVER, SERVING


@needs(Grant.HALL_TICK)
@one
def close(ticket: Ticket, *, by: Actor, at: datetime) -> Ticket:
    """收号: who was never served is written down as gone; a service whose end nobody noted is over."""
    ticket = hold(ticket.pk)
    if ticket.stage in OVER or ticket.day >= at.date():
        return ticket
    if ticket.stage == SERVING:
        over = ServiceFinished(on=at.date(), window=ticket.window_id or 0, unattended=True)
        return move(ticket, over, by=by, at=at, ended_at=at)
    return move(ticket, TicketAbandoned(on=at.date(), why="closing"), by=by, at=at, ended_at=at)
