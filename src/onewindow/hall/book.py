"""一个预约怎样变动: how does what happens to a booking reach its row and the journal, and who is locked meanwhile?"""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from onewindow.hall.models import Booking, Session
from onewindow.journal import write
from onewindow.journal.models import Subject
from onewindow.places.models import Hall, Line, Window
from onewindow.rules.bookings import Stage, after
from onewindow.rules.facts import Fact
from onewindow.rules.facts_booking import SESSION_KIND
from onewindow.rules.grants import Actor
from onewindow.rules.opening import Session as Stretch


def hold(booking: Booking) -> Booking:
    """The booking with its row locked: two who press at once come one after the other."""
    rows = Booking.objects.select_for_update(of=("self", "subject"))
    return rows.select_related("subject", "hall", "line", "party").get(pk=booking.pk)


def move(booking: Booking, fact: Fact, *, by: Actor, at: datetime, **index: Any) -> Booking:
    """Write what happened to a booking that is held, and put it into the index."""
    booking.stage = after(Stage(booking.stage), fact.name).value
    for name, value in index.items():
        setattr(booking, name, value)
    write.record(booking.subject, fact, by=by, at=at)
    booking.save(update_fields=["stage", *index])
    return booking


def note(booking: Booking, fact: Fact, *, by: Actor, at: datetime) -> None:
    """Write down what moves no stage."""
    write.record(booking.subject, fact, by=by, at=at)


def session_for(
    hall: Hall, stretch: Stretch, *, line: Line | None = None, window: Window | None = None
) -> Session:
    """The session of a line or a window, made when it is the first, and locked: who counts its places is alone."""
    seat = {"hall": hall, "on": stretch.on, "kind": stretch.kind.value, "begins": stretch.begins}
    found = Session.objects.filter(**seat, line=line, window=window).first()
    if found is None:
        found = _make(hall, stretch, line, window)
    return Session.objects.select_for_update(of=("self",)).select_related("subject").get(pk=found.pk)


def _make(hall: Hall, stretch: Stretch, line: Line | None, window: Window | None) -> Session:
    where = f"L{line.pk}" if line is not None else f"W{window.pk if window is not None else 0}"
    number = f"{hall.pk}-{stretch.on:%Y%m%d}-{stretch.begins:%H%M}-{stretch.kind.value}-{where}"
    subject, _ = Subject.objects.get_or_create(county=hall.county, kind=SESSION_KIND, number=number[:40])
    made, _ = Session.objects.get_or_create(
        hall=hall,
        on=stretch.on,
        kind=stretch.kind.value,
        begins=stretch.begins,
        line=line,
        window=window,
        defaults={"county": hall.county, "subject": subject, "ends": stretch.ends},
    )
    return made


def hour(at: time) -> str:
    """A time as the journal keeps it."""
    return f"{at:%H:%M}"
