"""哪天都能办: by which ways can something be done on each day, working day or holiday?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from onewindow.hall.offered import sessions_between, terms
from onewindow.helping.models import Aid
from onewindow.places.models import Hall
from onewindow.rules.aids import COURSES, Way
from onewindow.rules.opening import SESSION_WORDS, SessionKind

ONLINE = "网上申请"


@dataclass(frozen=True)
class Open:
    """A day with its ways: the hours of the hall, what is booked beforehand, and what is open at any hour."""

    on: date
    hours: list[str]
    booked: list[str]
    always: list[str]

    @property
    def ways(self) -> list[str]:
        return [*self.hours, *self.booked, *self.always]


def days_open(hall: Hall, first: date, last: date, aids: Sequence[Aid]) -> list[Open]:
    """Each of these days; what is done online, and home visits where the hall offers them, ask for no hours."""
    said = terms(first).policy
    at_home = [one.name for one in aids if COURSES[Way(one.way)].at_home]
    found = []
    for on, sessions in sessions_between(hall, first, last).items():
        hours = [
            f"{one.begins:%H:%M}–{one.ends:%H:%M}" for one in sessions if one.kind is SessionKind.REGULAR
        ]
        booked = [
            f"{SESSION_WORDS[one.kind]} {one.begins:%H:%M}–{one.ends:%H:%M}（先预约）"
            for one in sessions
            if one.kind is not SessionKind.REGULAR and said.service(one.kind) is not None
        ]
        found.append(Open(on, hours, booked, [ONLINE, *(f"申请{name}" for name in at_home)]))
    return found
