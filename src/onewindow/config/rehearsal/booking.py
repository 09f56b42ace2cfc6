"""预约的人: how do those who book get a place before the day, by the ordinary act?"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from random import Random
from uuid import uuid4

from onewindow.catalogue.models import Item
from onewindow.config.practice import applicant
from onewindow.config.rehearsal.plan import Comes
from onewindow.hall import offered
from onewindow.hall.acts import asking
from onewindow.hall.models import Booking
from onewindow.people.models import Officer
from onewindow.places.models import Hall, Line
from onewindow.rules.bookings import Channel, Service
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.rules.slots import Slot

BEFORE = timedelta(hours=20)  # so long before the day begins the window writes it down


def items_of(hall: Hall) -> dict[int, Item]:
    """For each line an item that is done in it; who books says what for."""
    found: dict[int, Item] = {}
    published = Item.objects.filter(county=hall.county, state=Item.State.PUBLISHED)
    for item in published.select_related("department").order_by("pk"):
        line = offered.line_for(hall, [item])
        if line is not None:
            found.setdefault(line.pk, item)
    return found


def book(
    coming: list[Comes], hall: Hall, clerk: Officer, began: datetime, chance: Random
) -> dict[int, Booking]:
    """A booking for each who books and finds a place near his hour, by his place in `coming`; the others line up."""
    items, found = items_of(hall), {}
    asked = datetime.combine(began.date(), began.timetz()) - BEFORE
    clerk.day = asked.date()
    for n, one in enumerate(coming):
        if not one.booked or one.line.pk not in items or not clerk.may(Grant.BOOKING_ASK, hall):
            continue
        slot = _nearest(hall, one.line, one.at, asked)
        if slot is not None:
            booking = _ask(one, hall, items[one.line.pk], slot, clerk, asked, chance)
            if booking is not None:
                found[n] = booking
    return found


def _nearest(hall: Hall, line: Line, at: datetime, asked: datetime) -> Slot | None:
    """The free slot that begins nearest to when he would come."""
    wanted = offered.Wanted(hall, line, line.minutes, frozenset({Service.ORDINARY}))
    days = (at.date() - asked.date()).days
    for day in offered.days_open(wanted, at=asked, days=days):
        if day.on == at.date():
            slots = [slot for _, _, several in day.times for slot in several if slot.left]
            wanted_at = _minutes(at.time())
            return min(slots, key=lambda slot: abs(_minutes(slot.begins) - wanted_at), default=None)
    return None


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _ask(
    one: Comes, hall: Hall, item: Item, slot: Slot, clerk: Officer, asked: datetime, chance: Random
) -> Booking | None:
    try:
        party = applicant(chance, by=clerk, at=asked)
        wish = asking.Wish(
            hall=hall,
            items=[item],
            party=party,
            on=one.at.date(),
            begins=slot.begins,
            channel=Channel.PHONE,
            phone=party.phone,
        )
        return asking.ask(wish, by=clerk, at=asked, once=uuid4())
    except NotAllowed:  # full meanwhile, or not to be booked this way here: he lines up
        return None
