"""选时间: which hall, items, day and time are being chosen, and what is there to choose from?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from onewindow.catalogue import reads
from onewindow.catalogue.models import Item
from onewindow.guidance.reads import Wanted as Sought
from onewindow.guidance.reads import search
from onewindow.hall.models import Booking
from onewindow.hall.offered import Offered, Wanted, days_open, halls_open, line_for, minutes_of, terms
from onewindow.places.models import Hall, Line
from onewindow.rules.bookings import Service
from onewindow.rules.opening import SESSION_WORDS

MOST_ITEMS = 5


@dataclass
class Choosing:
    """What was chosen so far, and what can be chosen next."""

    county: str
    items: list[Item]
    halls: list[Hall]
    hall: Hall | None
    line: Line | None
    minutes: int
    days: list[Offered] = field(default_factory=list)
    day: Offered | None = None

    @property
    def times(self) -> list[tuple[str, list[tuple[str, str, int]]]]:
        """The times of the chosen day, session by session."""
        if self.day is None:
            return []
        called = terms(self.day.on).policy.words
        return [
            (
                f"{SESSION_WORDS[session.kind]}　{called[service]}",
                [
                    (f"{slot.begins:%H:%M}", f"{slot.begins:%H:%M}–{slot.ends:%H:%M}", slot.left)
                    for slot in slots
                ],
            )
            for session, service, slots in self.day.times
            if slots
        ]

    @property
    def services(self) -> list[Service]:
        """The services of the chosen day."""
        return (
            list(dict.fromkeys(service for _, service, _ in self.day.times)) if self.day is not None else []
        )

    def query(self, **more: Any) -> str:
        """This choice as the address of the page, with something more chosen."""
        told: dict[str, Any] = {
            "with": [item.address for item in self.items[1:]],
            "hall": self.hall.pk if self.hall is not None else "",
            "day": self.day.on.isoformat() if self.day is not None else "",
            **more,
        }
        return "?" + urlencode({name: value for name, value in told.items() if value}, doseq=True)


def choosing(county: str, first: Item, asked: QueryDict, at: datetime) -> Choosing:
    """Read what was chosen; whatever does not fit is as if nothing was chosen."""
    items = _items(county, first, asked.getlist("with"))
    halls = halls_open(county)
    wanted = asked.get("hall", "")
    hall = next((one for one in halls if str(one.pk) == wanted), halls[0] if halls else None)
    line = line_for(hall, items) if hall is not None else None
    made = Choosing(county, items, halls, hall, line, minutes_of(line, items) if line is not None else 0)
    if hall is not None and line is not None:
        made.days = days_open(Wanted(hall, line, made.minutes), at=at)
        made.day = _day(made.days, asked.get("day", ""))
    return made


def other_times(booking: Booking, asked: QueryDict, at: datetime, services: frozenset[Service]) -> Choosing:
    """Other times for a booking that is there."""
    items = list(booking.items.all())
    made = Choosing(booking.county, items, [booking.hall], booking.hall, booking.line, booking.minutes)
    wanted = Wanted(booking.hall, booking.line, booking.minutes, services, but=booking.pk)
    made.days = days_open(wanted, at=at)
    made.day = _day(made.days, asked.get("day", "") or booking.on.isoformat())
    return made


def more_items(chosen: Choosing, words: str) -> list[Item]:
    """What else could be done in the same visit, by the words typed."""
    if not words.strip() or len(chosen.items) >= MOST_ITEMS:
        return []
    return [item for item in items_called(chosen.county, words[:60]) if item not in chosen.items]


def items_called(county: str, words: str) -> list[Item]:
    """The items that one can apply for, by everyday words."""
    hits = [hit.item for hit in search(county, Sought(words=words)).page(1, 8)]
    found = {item.pk: item for item in reads.published(county).filter(pk__in=hits)}
    return [found[key] for key in hits if key in found]


def time_of(text: str) -> time | None:
    """A time as the form sends it."""
    try:
        return time.fromisoformat(text)
    except ValueError:
        return None


def _items(county: str, first: Item, addresses: Sequence[str]) -> list[Item]:
    found = [first]
    for address in dict.fromkeys(addresses[:MOST_ITEMS]):
        guide = reads.guide(county, address)
        if guide is not None and guide.item.is_open and guide.item not in found:
            found.append(guide.item)
    return found[:MOST_ITEMS]


def _day(days: Sequence[Offered], wanted: str) -> Offered | None:
    try:
        asked: date | None = date.fromisoformat(wanted)
    except ValueError:
        asked = None
    return next((one for one in days if one.on == asked), days[0] if days else None)
