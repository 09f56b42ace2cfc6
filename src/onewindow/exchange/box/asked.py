"""请求: what does the county ask of the machine of a hall – bookings, numbers wished by telephone – until it answers?"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from onewindow.box.ledger import moment
from onewindow.box.models import Box, BoxBooking, Wish
from onewindow.hall.models import Booking
from onewindow.places.reads import here, pack_here
from onewindow.rules.bookings import Stage
from onewindow.rules.grants import Actor, Grant, needs

# What is agreed and has not begun, or was agreed and is no more.
_ON = (Stage.CONFIRMED.value, Stage.ARRIVED.value, Stage.SERVED.value, Stage.FILED.value)
MOST = 200  # in one call; the next call brings the others


def bookings(box: Box, at: datetime) -> list[dict[str, Any]]:
    """Every booking of the coming days whose present state the machine has not answered yet; two statements and one for items."""
    days = pack_here(here()).setting("box.ahead_days").number
    until = at.date() + timedelta(days=days)
    rows = Booking.objects.filter(hall=box.hall_id, on__gte=at.date(), on__lte=until)
    told = BoxBooking.objects.filter(box=box)
    known = {one.booking_id: one for one in told.filter(booking__in=rows.values("pk"))}
    found = []
    beside = ("party", "line", "window")
    for one in rows.select_related(*beside).prefetch_related("items__subject").order_by("on", "begins", "pk"):
        said = _booking(one)
        if one.pk not in known and not said["on"]:
            continue
        if one.pk not in known or known[one.pk].digest != said["digest"]:
            found.append(said)
    # What was moved to a later day or to another hall is taken back; where it is now, this machine is not told.
    gone = told.filter(answer=BoxBooking.Answer.KEPT, booking__on__gte=at.date() - timedelta(days=days))
    gone = gone.exclude(booking__in=rows.values("pk")).exclude(
        booking__on__lt=at.date(), booking__hall=box.hall_id
    )
    for pk in gone.order_by("booking_id").values_list("booking_id", flat=True):
        found.append(_digested({"pk": pk, "on": False}))
    return found[:MOST]


def _booking(one: Booking) -> dict[str, Any]:
    return _digested({**_row(one), "on": one.stage in _ON})


def _digested(told: dict[str, Any]) -> dict[str, Any]:
    text = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return {**told, "digest": hashlib.sha256(text.encode()).hexdigest()}


def _row(one: Booking) -> dict[str, Any]:
    """What the machine needs to know him at the door and to call him in his time, and nothing else."""
    party = one.party
    assert party is not None  # a booking of the coming days is not over its term of keeping
    return {
        "pk": one.pk,
        "number": one.number,
        "code": one.code,
        "once": str(one.once),
        "service": one.service,
        "channel": one.channel,
        "line": one.line_id,
        "window": one.window_id,
        "minutes": one.minutes,
        "asked_at": moment(one.asked_at),
        "day": one.on.isoformat(),
        "begins": one.begins.isoformat(),
        "ends": one.ends.isoformat(),
        "provisional": one.provisional,
        "items": sorted(item.subject.number for item in one.items.all()),
        "party": {
            **{"pk": party.pk, "kind": party.kind, "name": party.name, "nation": party.nation},
            **{"paper_kind": party.paper_kind, "paper_number": party.paper_number},
            "born": party.born.isoformat() if party.born else None,
        },
    }


@needs(Grant.BOX_LINK)
def booking_answered(box: Box, told: dict[str, Any], *, by: Actor, at: datetime) -> None:
    """What the machine answered about a booking of its hall in this very state."""
    known = told["answer"] in BoxBooking.Answer.values
    here = Booking.objects.filter(pk=told["booking"], hall=box.hall_id).exists()
    if known and (here or BoxBooking.objects.filter(booking=told["booking"], box=box).exists()):
        BoxBooking.objects.update_or_create(
            booking_id=told["booking"],
            box=box,
            defaults={"digest": told["digest"], "answer": told["answer"], "answered_at": at},
        )


def wishes(box: Box) -> list[dict[str, Any]]:
    """The numbers that are wished and not answered, the oldest first."""
    rows = Wish.objects.filter(hall=box.hall_id, answered_at__isnull=True).order_by("asked_at", "pk")
    return [
        {
            **{"once": str(one.once), "code": one.code, "line": one.line_id, "priority": one.priority},
            "asked_at": moment(one.asked_at),
        }
        for one in rows[:MOST]
    ]
