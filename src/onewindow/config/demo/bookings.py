"""演示预约: when are the halls of the demonstration county open, and who arranges the duty and keeps the forms?"""

from __future__ import annotations

from datetime import datetime, time

from onewindow.config.demo.cast import Staff
from onewindow.hall.acts.openings import set_hours
from onewindow.journal.models import Entry
from onewindow.people.usual import DUTY, FORMS
from onewindow.places.models import County, Hall
from onewindow.places.reads import pack_of
from onewindow.rules.bookings import policy
from onewindow.rules.facts_booking import HoursSet
from onewindow.rules.grants import FOUNDER
from onewindow.rules.opening import Hours, SessionKind

_K = SessionKind
_WEEK, _DAYS_OFF = frozenset(range(1, 6)), frozenset({6, 7})
_EVERY = frozenset(range(1, 8))
# Kind, from, to, days of the week; sessions outside office hours only where the text of the place has them.
_HOURS = (
    (_K.REGULAR, time(8, 30), time(12), _WEEK),
    (_K.REGULAR, time(14, 30), time(17, 30), _WEEK),
    (_K.NOON, time(12), time(14, 30), _WEEK),
    (_K.EVENING, time(17, 30), time(19), frozenset({3})),
    (_K.WEEKEND, time(9), time(12), _DAYS_OFF),
    (_K.HOLIDAY, time(9), time(11), _EVERY),
)


def load(county: County, now: datetime) -> None:
    """Opening hours of every hall that has a line, and two more posts; what is there already stays as it is."""
    _hours(county, now)
    staff = Staff(county, now)
    staff.seat("zhiban", "吕宁", staff.post("值班安排岗", DUTY))
    staff.seat("dengji", "方洁", staff.post("登记备案岗", FORMS))


def _hours(county: County, now: datetime) -> None:
    """Once: a hall that somebody closed, opened without hours or whose hours he took away stays as he left it."""
    if Entry.objects.filter(county=county.code, fact=HoursSet.__name__).exists():
        return
    said = policy(pack_of(county.pack).at(now.date()))
    halls = Hall.objects.filter(county=county.code, lines__isnull=False, openings__isnull=True)
    for hall in halls.distinct().order_by("pk"):
        for kind, begins, ends, days in _HOURS:
            if said.service(kind) is not None:
                hours = Hours(kind, begins, ends, days)
                set_hours(hall, by=FOUNDER, at=now, hours=hours, since=now.date())
