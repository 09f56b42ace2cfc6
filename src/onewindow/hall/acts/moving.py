"""转移和回队: how does a number come to another line or window, and back into its own, without losing its place?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from onewindow.ground.prepared import rows
from onewindow.ground.whole import one
from onewindow.hall.acts.calling import setting
from onewindow.hall.models import Ticket
from onewindow.hall.write import hold, move
from onewindow.places.models import Line, Window
from onewindow.rules.facts_tickets import TicketReturned, TicketTransferred
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.queueing import returned
from onewindow.rules.tickets import WHY_MOVED, WRONG

_AHEAD = """
SELECT rank FROM hall_ticket WHERE line_id = %(line)s AND stage = 'waiting' AND day = %(day)s
ORDER BY rank, id LIMIT %(places)s
"""
_SERVED = """
SELECT line_id FROM places_service s JOIN places_line l ON l.id = s.line_id
WHERE s.window_id = %(window)s AND l.closed_on IS NULL ORDER BY s.line_id <> %(line)s, s.first DESC, l."order", l.id
"""
_WAITS = {"window": None, "officer": None, "called_at": None, "calls": 0}


@needs(Grant.HALL_CALL)
@one
def transfer(
    ticket: Ticket,
    *,
    by: Actor,
    at: datetime,
    why: str,
    line: Line | None = None,
    window: Window | None = None,
) -> Ticket:
    """转移: to another line or to one window; he keeps his place, and that window alone calls him for a while."""
    if why not in WHY_MOVED:
        raise NotAllowed("请选择转移的原因。")
    if line is None and window is None:
        raise NotAllowed("请选择转到哪一队或者哪个窗口。")
    ticket = hold(ticket.pk)
    moved = _moved(ticket, line, window, at)
    fact = TicketTransferred(on=at.date(), line=moved["line"].pk, window=window.pk if window else 0, why=why)
    misled = {"misled_at": at} if why == WRONG else {}
    return move(ticket, fact, by=by, at=at, **_WAITS, **moved, **misled)


@needs(Grant.HALL_TAKE)
@one
def return_(ticket: Ticket, *, by: Actor, at: datetime) -> Ticket:
    """过号回队: he is there after all, and waits behind a few of those who wait now."""
    ticket, places = hold(ticket.pk), setting("queue.return_places")
    told = {"line": ticket.line_id, "day": ticket.day, "places": places}
    ahead = [rank for (rank,) in rows(_AHEAD, told)]
    place = returned(ticket.rank, ahead, places)
    return move(ticket, TicketReturned(on=at.date()), by=by, at=at, rank=place, **_WAITS)


def _moved(ticket: Ticket, line: Line | None, window: Window | None, at: datetime) -> dict[str, Any]:
    """The line and the window to which it goes, when they belong to its hall and to each other."""
    if any(there is not None and there.hall_id != ticket.hall_id for there in (line, window)):
        raise NotAllowed("只能转到本大厅的队列和窗口，请重新选择。")
    if window is None:
        if line is None or line.closed_on is not None:
            raise NotAllowed("这一队已经关闭，请选别的队列。")
        return {"line": line, "only": None, "only_until": None}
    if not window.calls:
        raise NotAllowed(f"{window.number} 号窗口没有开着，或者正在暂停服务，请选别的窗口。")
    served = [pk for (pk,) in rows(_SERVED, {"window": window.pk, "line": ticket.line_id})]
    if not served or (line is not None and line.pk not in served):
        raise NotAllowed(f"{window.number} 号窗口不办这一队的业务，请选别的窗口。")
    until = at + timedelta(minutes=setting("queue.transfer_minutes"))
    there = line or Line.objects.get(pk=served[0])
    return {"line": there, "only": window, "only_until": until}
