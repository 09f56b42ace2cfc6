"""抄录: how does what the machine of a hall did come into the county's own rows, each once and in its order?

The county decides nothing here: it writes down the same fact, of the same moment, by the same doer. `Copied` is that
doer; the power to write is the machine's (BOX_LINK), for its own hall alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from onewindow.box.ledger import DOUBLED, NOW, STAY
from onewindow.box.models import Box, BoxBooking
from onewindow.catalogue.models import Item
from onewindow.ground.clock import SHANGHAI
from onewindow.ground.prepared import together
from onewindow.hall import book
from onewindow.hall.models import Booking, Ticket, Visit
from onewindow.hall.write import move_among, tell
from onewindow.journal.models import Entry, Subject
from onewindow.journal.write import open_subject, record
from onewindow.people.models import Officer, Party
from onewindow.places.models import Device, Window
from onewindow.rules.bookings import Stage
from onewindow.rules.facts import Fact, rebuild
from onewindow.rules.facts_booking import BookingArrived
from onewindow.rules.facts_box import BookingHadArrived
from onewindow.rules.facts_tickets import KIND, TicketTaken
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.tickets import AT_WINDOW, LIFE, TicketStage

_OFTEN = 3
_MOMENTS = (
    *("rank", "only_until", "first_called_at", "called_at", "begun_at", "ended_at"),
    *("misled_at", "cared_at"),
)
_CALLED = ("TicketCalled", "TicketResumed")
_OVER = ("ServiceFinished", "TicketAbandoned")
_WAITS = ("TicketReturned", "TicketTransferred")


class Copied:
    """Whoever did it there; here he does what he did there and nothing else."""

    def __init__(self, code: str, *grants: Grant) -> None:
        self.actor_code, self._grants = code[:40], grants

    def may(self, grant: Grant, subject: object | None = None) -> bool:
        return grant in self._grants


@needs(Grant.BOX_LINK)
def copy_ticket(
    box: Box, line: dict[str, Any], *, by: Actor, beside: Callable[[], dict[str, int]] = dict
) -> Ticket:
    """One entry of a number of the hall; the caller holds the machine's row.

    `beside` puts the rows down that the fact tells of, and answers their keys here; asked for what is new alone.
    """
    told, entry = line["ticket"], line["entry"]
    fact, at = fact_of(entry), when(entry["at"])
    ticket = Ticket.objects.filter(hall=box.hall_id, once=UUID(told["once"]))
    held = ticket.select_for_update(of=("self", "subject")).select_related("subject", "hall").first()
    doer = Copied(entry["by"])
    if held is None:
        held = _taken(box, told, fact, by=doer, at=at)
    elif not _has(held, entry, at):
        if (TicketStage(held.stage), fact.name) in LIFE:
            if fact.name in _CALLED:
                _only(held, entry["body"]["window"])
            held = move_among(held, fact, by=doer, at=at, **_moved(held, fact, entry, at))
        else:  # told of the number, and no step of its life: who goes with him, what he asked
            record(held.subject, with_keys(fact, beside()), by=doer, at=at)
    if "now" in told and held.subject.length >= entry["place"]:
        stand(held, told["now"])
    return held


def _has(held: Ticket, entry: dict[str, Any], at: datetime) -> bool:
    """Whether the entry is here: its place is taken, and not by what was written here alone (评价 by telephone)."""
    if entry["place"] > held.subject.length:
        return False
    same = {"fact": entry["fact"], "at": at, "by": entry["by"]}
    return Entry.objects.filter(subject=held.subject_id, **same).exists()


def _only(held: Ticket, window: int) -> None:
    """Whom this copy still sees at the window is there no more: only one is, and who is there, the machine says."""
    there = Ticket.objects.filter(hall=held.hall_id, window=window, stage__in=AT_WINDOW)
    there.exclude(pk=held.pk).update(window=None)


def _taken(box: Box, told: dict[str, Any], fact: Fact, *, by: Copied, at: datetime) -> Ticket:
    """The number as it was given there, under its own key and code; nothing is drawn here."""
    if not isinstance(fact, TicketTaken) or fact.hall != box.hall_id:
        raise NotAllowed("上报的第一条记载不是本大厅的取号，没有抄录。请核对这台本机是哪个大厅的。")
    new = told["new"]
    party = Party.objects.filter(pk=new["party"]).first() if new["party"] else None
    stay, _ = Visit.objects.get_or_create(
        key=UUID(new["visit"]),
        defaults={
            **{"county": box.county, "hall": box.hall, "day": at.date(), "party": party},
            "began_at": when(new["began_at"]),
        },
    )
    if stay.hall_id != box.hall_id:
        raise NotAllowed("上报的到访不在本大厅，没有抄录。请核对这台本机是哪个大厅的。")
    number = number_here(box, KIND, f"{box.hall_id}-{at:%Y%m%d}-", new["number"])
    subject = open_subject(box.county, KIND, f"{box.hall_id}-{at:%Y%m%d}-{number}")
    ticket = Ticket.objects.create(
        **{"county": box.county, "subject": subject, "visit": stay, "hall": box.hall, "line_id": fact.line},
        **{"day": at.date(), "number": number, "code": new["code"], "once": UUID(told["once"])},
        device=Device.objects.filter(pk=new["device"]).first() if new["device"] else None,
        **{"channel": fact.channel, "priority": new["priority"], "help": new["help"]},
        **{"taken_at": at, "rank": at, "stage": TicketStage.WAITING.value},
    )
    with together() as waits:
        record(subject, fact, by=by, at=at)
        tell(waits, ticket, fact)
    return ticket


def numbers_of(number: str) -> list[str]:
    """As it was given there, and with the mark of one that was given twice."""
    return [number + DOUBLED * mark for mark in range(_OFTEN + 1)]


def number_here(box: Box, kind: str, day: str, number: str) -> str:
    """As it was given there; one that is here already, of somebody else, is kept with a mark and not lost."""
    for told in numbers_of(number):
        if not Subject.objects.filter(county=box.county, kind=kind, number=day + told).exists():
            return told
    raise NotAllowed(f"{number} 号给出了几次，没有抄录。请管理员停用这台本机，另外登记。")


def _moved(held: Ticket, fact: Fact, entry: dict[str, Any], at: datetime) -> dict[str, Any]:
    """The index as far as the fact says it; the last entry brings the whole of it."""
    if fact.name in _CALLED:
        kind, _, key = entry["by"].partition(":")
        return {
            "window": Window.objects.get(pk=entry["body"]["window"]),
            "officer": Officer.objects.filter(pk=int(key)).first() if kind == "officer" else None,
            **{"first_called_at": held.first_called_at or at, "called_at": at, "calls": 1},
            **{"only": None, "only_until": None},
        }
    if fact.name == "TicketRecalled":
        return {"called_at": at, "calls": held.calls + 1}
    if fact.name == "ServiceBegun":
        return {"begun_at": at}
    if fact.name in _OVER:
        return {"ended_at": at}
    if fact.name not in _WAITS:
        return {}
    line = {"line_id": entry["body"]["line"]} if fact.name == "TicketTransferred" else {}
    return {**line, "window": None, "officer": None, "called_at": None, "calls": 0}


def stand(held: Ticket, now: dict[str, Any]) -> None:
    """How it stands there, column by column, and how his stay does."""
    if now["stage"] in AT_WINDOW and now["window_id"]:
        _only(held, now["window_id"])
    told = [name for name in NOW if name in now]  # a machine of an earlier version does not say everything
    for name in told:
        value = now[name]
        setattr(held, name, when(value) if name in _MOMENTS and value else value)
    held.officer_id = _there(Officer, now["officer_id"])
    held.item_id = _there(Item, now["item_id"])
    held.save(update_fields=[name.removesuffix("_id") for name in told])
    stay = {name: now[name] for name in STAY if name in now}
    if _there(Party, now["party"]):
        stay["party"] = now["party"]
    Visit.objects.filter(pk=held.visit_id, hall=held.hall_id).update(**stay)


def _there(model: type[Officer] | type[Item] | type[Party], key: int | None) -> int | None:
    """A machine knows not everybody whom the county knows."""
    return key if key and model._default_manager.filter(pk=key).exists() else None


@needs(Grant.BOX_LINK)
def copy_arrival(box: Box, line: dict[str, Any], *, by: Actor) -> Booking | None:
    """预约到场: his number was copied before; what was over here meanwhile is written down as it was there."""
    entry = line["entry"]
    if entry["fact"] != BookingArrived.__name__:
        return None
    at = when(entry["at"])
    here = Booking.objects.filter(number=line["number"], county=box.county)
    there = here.filter(hall=box.hall_id).first()
    if there is None:
        if not BoxBooking.objects.filter(booking__in=here, box=box).exists():
            raise NotAllowed("上报的预约不在本大厅，没有抄录。请核对这台本机是哪个大厅的。")
        return None  # moved to another hall meanwhile: he has his number here, and the other hall its booking
    held = book.hold(there)
    if held.stage in (Stage.ARRIVED.value, Stage.SERVED.value, Stage.FILED.value):
        return held
    kind = BookingArrived if held.stage == Stage.CONFIRMED.value else BookingHadArrived
    fact = kind(on=at.date(), booking=held.pk)
    ticket = Ticket.objects.filter(hall=box.hall_id, once=held.once).first()
    return book.move(held, fact, by=Copied(entry["by"]), at=at, arrived_at=at, ticket=ticket)


def with_keys(fact: Fact, keys: dict[str, int]) -> Fact:
    """The fact with the keys that the rows have here."""
    known: dict[str, Any] = {name: key for name, key in keys.items() if hasattr(fact, name)}
    return replace(fact, **known)


def fact_of(entry: dict[str, Any]) -> Fact:
    """The fact as it was recorded there."""
    return rebuild(entry["fact"], date.fromisoformat(entry["on"]), entry["body"])


def when(text: str) -> datetime:
    """A moment as it was sent, in the time of China."""
    return datetime.fromisoformat(text).astimezone(SHANGHAI)
