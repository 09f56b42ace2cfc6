"""请求延时: who asked to be served beyond closing time, and why was it not agreed to?"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from onewindow.hall.covering import Seat, closing_of, held_window, open_one
from onewindow.hall.hours import times
from onewindow.hall.models import ExtensionAsk, Ticket
from onewindow.hall.write import refuse_elsewhere
from onewindow.journal import write
from onewindow.people.models import Officer
from onewindow.places.models import Window
from onewindow.places.write import journalise
from onewindow.rules.extending import refuse_ground
from onewindow.rules.facts_extension import OvertimeAnswered, OvertimeAsked
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.tickets import OVER

LEAST = 4  # characters that say why not


@needs(Grant.EXTENSION_ASK)
@transaction.atomic
def ask_extension(ticket: Ticket, *, by: Actor, at: datetime, channel: ExtensionAsk.Channel) -> ExtensionAsk:
    """请求延时服务, by whoever holds the number; asked twice it is one request."""
    held = _ticket(ticket)
    refuse_elsewhere(held.hall)
    if held.stage in OVER or held.day != at.date():
        raise NotAllowed("这个号已经结束，不能再请求延时服务。还有事要办的，请重新取号或者预约。")
    if (there := ExtensionAsk.objects.filter(ticket=held).first()) is not None:
        return there
    if held.covered:
        raise NotAllowed("窗口已经为您延时，过了下班时间也会叫到您，不用再请求。")
    closing_of(times(held.hall, at))
    made = ExtensionAsk.objects.create(
        county=held.county,
        hall=held.hall,
        window=held.window,
        ticket=held,
        channel=channel.value,
        what=held.line.name,
        asked_at=at,
    )
    fact = OvertimeAsked(on=at.date(), asked=made.pk, channel=made.channel)
    write.record(held.subject, fact, by=by, at=at)
    return made


@needs(Grant.HALL_CALL)
@transaction.atomic
def agree(window: Window, *, by: Officer, at: datetime, asked: ExtensionAsk, ground: str) -> ExtensionAsk:
    """同意延时: he is covered at this window."""
    refuse_ground(ground, "按申请人请求")
    window, held = held_window(window), _open(asked, window)
    assert held.ticket is not None
    ticket = _ticket(held.ticket)
    if ticket.stage in OVER:
        raise NotAllowed(f"{ticket} 已经结束，不用再延时。请刷新后再看。")
    seat = Seat(window, by, at, closing_of(times(window.hall, at)), ground, "按申请人请求")
    open_one(seat, ticket=ticket)
    held.refresh_from_db()
    return held


@needs(Grant.HALL_CALL)
@transaction.atomic
def decline(window: Window, *, by: Officer, at: datetime, asked: ExtensionAsk, reason: str) -> ExtensionAsk:
    """不同意延时: with the reason, which the supervisors read (延时办 七)."""
    _refuse_reason(reason)
    held = _open(asked, window)
    held.agreed, held.reason, held.window = False, reason.strip()[:200], window
    held.answered_at, held.answered_by = at, by
    held.save(update_fields=["agreed", "reason", "window", "answered_at", "answered_by"])
    fact = OvertimeAnswered(on=at.date(), asked=held.pk, agreed=False)
    assert held.ticket is not None
    write.record(_ticket(held.ticket).subject, fact, by=by, at=at)
    return held


@needs(Grant.HALL_CALL)
@transaction.atomic
def note_declined(window: Window, *, by: Officer, at: datetime, what: str, reason: str) -> ExtensionAsk:
    """登记没有延时的: somebody asked in words and was not served; why stands on the same list."""
    _refuse_reason(reason)
    if not what.strip():
        raise NotAllowed("请写来人要办什么事。")
    window = held_window(window)
    made = ExtensionAsk.objects.create(
        county=window.hall.county,
        hall=window.hall,
        window=window,
        channel=ExtensionAsk.Channel.WORDS.value,
        what=what.strip()[:100],
        asked_at=at,
        agreed=False,
        answered_at=at,
        answered_by=by,
        reason=reason.strip()[:200],
    )
    for fact in (
        OvertimeAsked(on=at.date(), asked=made.pk, channel=made.channel),
        OvertimeAnswered(on=at.date(), asked=made.pk, agreed=False),
    ):
        journalise(window.county, fact, by=by, at=at)
    return made


def _refuse_reason(reason: str) -> None:
    if len(reason.strip()) < LEAST:
        raise NotAllowed("请写明为什么不能延时，至少四个字，督查会看到。")


def _ticket(ticket: Ticket) -> Ticket:
    rows = Ticket.objects.select_for_update(of=("self", "subject"))
    return rows.select_related("subject", "hall", "line", "visit__party").get(pk=ticket.pk)


def _open(asked: ExtensionAsk, window: Window) -> ExtensionAsk:
    """The request, locked, of this hall and without an answer."""
    rows = ExtensionAsk.objects.select_for_update(of=("self",)).select_related("ticket")
    held = rows.get(pk=asked.pk)
    if held.hall_id != window.hall_id:
        raise NotAllowed("这个请求不是在本大厅提出的。请刷新后再看。")
    if held.answered_at is not None:
        raise NotAllowed("这个请求已经答复了，不用再办。请刷新后再看。")
    return held
