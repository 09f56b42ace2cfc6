"""导办的行为: what does a guide do for somebody in the hall, and what does the window learn of him?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

from onewindow.catalogue.models import Item
from onewindow.ground.events import tell
from onewindow.ground.whole import one
from onewindow.hall.escorts import accompany
from onewindow.hall.models import Escort, Ticket, Visit
from onewindow.hall.write import channel_of, hold, refuse_elsewhere
from onewindow.helping.models import Guided
from onewindow.journal.write import record
from onewindow.people.models import Officer, Party
from onewindow.people.reads import guides_at
from onewindow.places.models import Device, Hall, Line
from onewindow.places.write import journalise
from onewindow.rules.facts_guiding import (
    CareGiven,
    HelperAssigned,
    HelpOver,
    HelpStepDone,
    OneToOneOffered,
    PersonBound,
    VisitorGuided,
    VisitorMarked,
)
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.guiding import ENDS, GROUP_WORDS, NEEDS, WAYS, accompanied, groups_of
from onewindow.rules.queueing import Priority
from onewindow.rules.tickets import OVER, TicketStage

_MOST_STEPS = 60


@needs(Grant.HALL_TAKE)
@one
def guide(
    hall: Hall,
    *,
    by: Actor,
    at: datetime,
    need: str,
    way: str,
    item: Item | None = None,
    line: Line | None = None,
    ticket: Ticket | None = None,
    device: Device | None = None,
    worked: bool | None = None,
) -> Guided:
    """引导登记: what he wanted, and where he was sent; once for one number."""
    if settings.BOX:
        refuse_elsewhere(hall)  # what was done there before, the county does not take
    if need not in NEEDS or way not in WAYS:
        raise NotAllowed("请点一下他要办什么。")
    if any(there is not None and there.hall_id != hall.pk for there in (line, ticket, device)):
        raise NotAllowed("请选本大厅的队列、号和设备。")
    if ticket is not None:
        # Tapped twice at once, the second one waits and finds what the first one wrote.
        Ticket.objects.select_for_update(of=("self",), no_key=True).get(pk=ticket.pk)
        if (already := ticket.guided.first()) is not None:
            return already
    made = Guided.objects.create(
        county=hall.county,
        hall=hall,
        day=at.date(),
        at=at,
        by=by.actor_code,
        need=need,
        way=way,
        item=item,
        line=line,
        ticket=ticket,
        device=device,
        worked=worked,
    )
    journalise(hall.county, VisitorGuided(on=at.date(), guided=made.pk, way=way), by=by, at=at)
    return made


@needs(Grant.HALL_TAKE)
@one
def mark(ticket: Ticket, *, by: Actor, at: datetime, groups: Iterable[str]) -> Ticket:
    """标记特殊群体: window and guide see it, and a guide goes with whoever needs one."""
    said = groups_of(Priority.ORDINARY, groups)
    if not said:
        raise NotAllowed(f"请勾选他属于哪一种：{'、'.join(GROUP_WORDS.values())}。")
    ticket = _open(ticket)
    ticket.visit.groups = said
    ticket.visit.save(update_fields=["groups"])
    record(ticket.subject, VisitorMarked(on=at.date(), groups=tuple(said)), by=by, at=at)
    if accompanied(said, False):
        accompany(ticket, by=by, at=at)
    _heard(ticket, "VisitorMarked")
    return ticket


@needs(Grant.HALL_TAKE)
@one
def assign(escort: Escort, *, by: Actor, at: datetime, helper: Officer) -> Escort:
    """指派协助: this guide goes with him from now on."""
    held = _going(escort)
    if helper.pk not in {one.pk for one in guides_at(held.hall_id, at.date())}:
        raise NotAllowed("请选择本大厅今天的导办员。")
    held.helper = helper
    held.save(update_fields=["helper"])
    record(
        held.ticket.subject,
        HelperAssigned(on=at.date(), escort=held.pk, helper=helper.pk),
        by=by,
        at=at,
    )
    _heard(held.ticket, "HelperAssigned")
    return held


@needs(Grant.HALL_TAKE)
@one
def step(escort: Escort, *, by: Actor, at: datetime, what: str) -> Escort:
    """协助一步: what they did together."""
    held, words = _going(escort), what.replace("\x00", "").strip()[:60]
    if not words:
        raise NotAllowed("请点一下或者写一下陪他做了什么。")
    if len(held.steps) >= _MOST_STEPS:
        raise NotAllowed("这一次协助的步骤已经记满，请先结束，需要时再开始一次。")
    held.steps = [*held.steps, {"at": at.isoformat(), "what": words, "by": by.actor_code}]
    held.save(update_fields=["steps"])
    record(held.ticket.subject, HelpStepDone(on=at.date(), escort=held.pk), by=by, at=at)
    return held


@needs(Grant.HALL_TAKE)
@one
def end_help(escort: Escort, *, by: Actor, at: datetime, how: str) -> Escort:
    """协助结束: he was seen to the door, or did not want it."""
    if how not in ENDS:
        raise NotAllowed("请选择协助是怎样结束的。")
    return _end(escort, by, at, how)


@needs(Grant.HALL_TICK)
@one
def leave(escort: Escort, *, by: Actor, at: datetime) -> Escort:
    """协助结束 of a day that is over."""
    return _end(escort, by, at, "left")


def _end(escort: Escort, by: Actor, at: datetime, how: str) -> Escort:
    held = _going(escort)
    held.how, held.ended_at = how, at
    held.save(update_fields=["how", "ended_at"])
    record(held.ticket.subject, HelpOver(on=at.date(), escort=held.pk, how=how), by=by, at=at)
    _heard(held.ticket, "HelpOver")
    return held


@needs(Grant.HALL_CALL)
@one
def answer_offer(ticket: Ticket, *, by: Actor, at: datetime, accepted: bool) -> Ticket:
    """主动提供一对一专办: what he said to it, once."""
    ticket = _open(ticket)
    if not ticket.visit.to_offer:
        raise NotAllowed("他的回答已经记下，不用再问。请刷新后再看。")
    ticket.visit.one_to_one = accepted
    ticket.visit.save(update_fields=["one_to_one"])
    record(ticket.subject, OneToOneOffered(on=at.date(), accepted=accepted), by=by, at=at)
    return ticket


@needs(Grant.HALL_TAKE)
@one
def care(ticket: Ticket, *, by: Actor, at: datetime) -> Ticket:
    """关怀等候: a guide was with him; ticked twice it is one."""
    ticket = hold(ticket.pk)
    if ticket.cared_at is None:
        ticket.cared_at = at
        ticket.save(update_fields=["cared_at"])
        record(ticket.subject, CareGiven(on=at.date()), by=by, at=at)
        _heard(ticket, "CareGiven")
    return ticket


@needs(Grant.HALL_CALL)
@one
def bind(ticket: Ticket, *, by: Actor, at: datetime, party: Party) -> Ticket:
    """绑定来人: whose number it is that was taken without a paper; his file opens, and what he does belongs to his stay."""
    ticket = _open(ticket)
    if ticket.visit.party_id is not None and ticket.visit.party_id != party.pk:
        raise NotAllowed(f"{ticket} 已经是另一个人的号。请给这一位另取一个号。")
    if ticket.visit.party_id is None:
        ticket.visit.party, ticket.visit.shown = party, {}
        ticket.visit.save(update_fields=["party", "shown"])
        record(ticket.subject, PersonBound(on=at.date(), party=party.pk), by=by, at=at)
    return ticket


def _open(ticket: Ticket) -> Ticket:
    """The number, locked together with the stay, while it is not over."""
    held = hold(ticket.pk)
    if TicketStage(held.stage) in OVER:
        raise NotAllowed(f"{held} 已经结束，不能再改。请给他另取一个号。")
    held.visit = Visit.objects.select_for_update(of=("self",)).select_related("party").get(pk=held.visit_id)
    return held


def _going(escort: Escort) -> Escort:
    held = (
        Escort.objects.select_for_update(of=("self",))
        .select_related("ticket__subject", "ticket__hall", "helper")
        .get(pk=escort.pk)
    )
    if held.ended_at is not None:
        raise NotAllowed("这一次协助已经结束。请刷新后再看。")
    held.ticket = hold(held.ticket_id)
    return held


def _heard(ticket: Ticket, fact: str) -> None:
    """The screens of the hall read again what they show."""
    tell(channel_of(ticket.hall_id), f'{{"fact":"{fact}","ticket":{ticket.pk}}}')
