"""叫号: who is called to which window, and what happens to him there?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet

from onewindow.ground.gathered import beside
from onewindow.ground.prepared import Question, rows, slot_number
from onewindow.ground.whole import one
from onewindow.hall.hours import THERE, hours_of
from onewindow.hall.models import Ticket
from onewindow.hall.stopped import refuse_stopped
from onewindow.hall.write import hold, move, refuse_elsewhere
from onewindow.people.models import Officer
from onewindow.places.models import Opening, Window
from onewindow.places.reads import here, pack_here
from onewindow.rules.facts_tickets import (
    ServiceBegun,
    ServiceFinished,
    TicketAbandoned,
    TicketCalled,
    TicketMissed,
    TicketParked,
    TicketRecalled,
    TicketResumed,
)
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.tickets import WHY_ABANDONED, WHY_PARKED

# The first of those who wait for this window, passing by those whom another window takes at this very moment.
# A line of its own has a head start, and after closing time 延时 that was promised here comes first
# (`rules.queueing.Serves.place`).
_NEXT = """
SELECT t.id FROM hall_ticket t
JOIN places_service s ON s.line_id = t.line_id AND s.window_id = %(window)s
WHERE t.stage = 'waiting' AND t.hall_id = %(hall)s AND t.day = %(day)s
  AND (t.only_id IS NULL OR t.only_id = %(window)s OR t.only_until < %(at)s)
ORDER BY NOT (%(closed)s::boolean AND t.covered AND (t.only_id = %(window)s OR EXISTS (
    SELECT FROM hall_extension e WHERE e.ticket_id = t.id AND e.window_id = %(window)s AND e.stage = 'open'))),
  CASE WHEN s.first THEN t.rank - %(ahead)s ELSE t.rank END, t.id
LIMIT 1 FOR UPDATE OF t SKIP LOCKED
"""
_CURRENT = "SELECT number FROM hall_ticket WHERE window_id = %(window)s AND stage IN ('called', 'serving')"


@needs(Grant.HALL_CALL)
@one
def call_next(window: Window, *, by: Officer, at: datetime) -> Ticket | None:
    """叫号: the next of the window's lines; none when nobody waits for it."""
    window = _free(window)
    ahead = timedelta(minutes=setting("queue.first_minutes"))
    told = {"window": window.pk, "hall": window.hall_id, "day": at.date(), "at": at, "ahead": ahead}
    found = rows(_NEXT, {**told, "closed": hours_of(window, at).closed})
    if not found:
        return None
    return _call(hold(found[0][0]), window, by=by, at=at)


@needs(Grant.HALL_CALL)
@one
def call(window: Window, ticket: Ticket, *, by: Officer, at: datetime) -> Ticket:
    """指定叫号: this very number, out of its turn; who did it stands in the journal."""
    window = _free(window)
    ticket = hold(ticket.pk)
    if ticket.hall_id != window.hall_id or ticket.day != at.date():
        raise NotAllowed("这个号不是今天在本大厅取的，不能叫。请让他重新取号。")
    return _call(ticket, window, by=by, at=at)


@needs(Grant.HALL_CALL)
@one
def call_again(ticket: Ticket, *, by: Officer, at: datetime) -> Ticket:
    """重呼: once more to the same window."""
    ticket = hold(ticket.pk)
    fact = TicketRecalled(on=at.date(), window=ticket.window_id or 0)
    return move(ticket, fact, by=by, at=at, called_at=at, calls=ticket.calls + 1)


@needs(Grant.HALL_CALL)
@one
def begin(ticket: Ticket, *, by: Officer, at: datetime) -> Ticket:
    """开始办理: he is at the window."""
    ticket = hold(ticket.pk)
    return move(ticket, ServiceBegun(on=at.date(), window=ticket.window_id or 0), by=by, at=at, begun_at=at)


@needs(Grant.HALL_CALL)
@one
def finish(ticket: Ticket, *, by: Officer, at: datetime) -> Ticket:
    """窗口办结: what he came for at this window is through."""
    ticket = hold(ticket.pk)
    if ticket.asks:
        raise NotAllowed(f"{ticket} 是导办员转来的咨询，请先写下答复，写下就办结。")
    return move(
        ticket, ServiceFinished(on=at.date(), window=ticket.window_id or 0), by=by, at=at, ended_at=at
    )


@needs(Grant.HALL_CALL)
@one
def miss(ticket: Ticket, *, by: Officer, at: datetime) -> Ticket:
    """过号: called as often as is laid down here and did not come."""
    ticket, calls = hold(ticket.pk), setting("queue.calls")
    if ticket.calls < calls:
        raise NotAllowed(f"{ticket} 只叫了 {ticket.calls} 次，叫满 {calls} 次没有人来才能过号。请再叫一次。")
    return move(
        ticket, TicketMissed(on=at.date(), window=ticket.window_id or 0, calls=ticket.calls), by=by, at=at
    )


@needs(Grant.HALL_CALL)
@one
def park(ticket: Ticket, *, by: Officer, at: datetime, why: str) -> Ticket:
    """挂起: he fetches or fills in something; the window calls others meanwhile."""
    if why not in WHY_PARKED:
        raise NotAllowed("请选择挂起的原因。")
    ticket = hold(ticket.pk)
    return move(ticket, TicketParked(on=at.date(), window=ticket.window_id or 0, why=why), by=by, at=at)


@needs(Grant.HALL_CALL)
@one
def resume(ticket: Ticket, *, by: Officer, at: datetime, window: Window) -> Ticket:
    """恢复: he is back, and comes before whoever waits."""
    window = _free(window)
    ticket = hold(ticket.pk)
    if ticket.hall_id != window.hall_id:
        raise NotAllowed("这个号是在别的大厅取的，不能在这里办。请让他在这里取号。")
    return move(
        ticket, TicketResumed(on=at.date(), window=window.pk), by=by, at=at, **_at(window, ticket, by, at)
    )


@needs(Grant.HALL_TAKE)
@one
def abandon(ticket: Ticket, *, by: Actor, at: datetime, why: str) -> Ticket:
    """弃号: he left or gave it up; said by himself, the guide or the window."""
    if why not in WHY_ABANDONED:
        raise NotAllowed("请选择弃号的原因。")
    return move(hold(ticket.pk), TicketAbandoned(on=at.date(), why=why), by=by, at=at, ended_at=at)


def setting(name: str) -> int:
    return pack_here(here()).setting(name).number


def _to_free(pk: int) -> QuerySet[Window]:
    """With the hours of its hall."""
    held = Window.objects.select_for_update(of=("self",)).select_related("hall").filter(pk=pk)
    return held.annotate(**{THERE: beside(Opening, hall=OuterRef("hall"))})


_TO_FREE = Question(_to_free, slot_number())


def _free(window: Window) -> Window:
    """The window, locked, when it may call: it is open, not paused, and nobody is called to it or served there."""
    found = _TO_FREE.one(window.pk)
    if found is None:
        raise Window.DoesNotExist
    refuse_elsewhere(found.hall)
    refuse_stopped(found.hall)
    if not found.is_open:
        raise NotAllowed(f"{found.number} 号窗口已经关闭，不能叫号。请联系大厅管理员。")
    if found.paused:
        raise NotAllowed(f"{found.number} 号窗口正在暂停服务，不能叫号。请先恢复服务。")
    if there := rows(_CURRENT, {"window": found.pk}):
        number = there[0][0]
        raise NotAllowed(
            f"{found.number} 号窗口正在办 {number}。请先办结、过号、挂起或者转移这个号，再叫下一位。"
        )
    return found


def _call(ticket: Ticket, window: Window, *, by: Officer, at: datetime) -> Ticket:
    return move(
        ticket, TicketCalled(on=at.date(), window=window.pk), by=by, at=at, **_at(window, ticket, by, at)
    )


def _at(window: Window, ticket: Ticket, by: Officer, at: datetime) -> dict[str, Any]:
    """What its row says of a number that is called to a window."""
    return {
        "window": window,
        "officer": by,
        "only": None,
        "only_until": None,
        "first_called_at": ticket.first_called_at or at,
        "called_at": at,
        "calls": 1,
    }
