"""大厅的反应: what follows when a hall stops or goes on, its hours or the calendar change, or a sitting is withdrawn?"""

from __future__ import annotations

from datetime import datetime

from onewindow.ground.clock import SHANGHAI
from onewindow.hall.acts.displacing import displace, restore
from onewindow.hall.gone import changed
from onewindow.journal.models import Entry
from onewindow.places.reads import here
from onewindow.rules.bookings import Cause
from onewindow.rules.grants import SYSTEM

_CAUSES = {
    "HoursSet": Cause.HOURS,
    "HoursEnded": Cause.HOURS,
    "CalendarNoticed": Cause.CALENDAR,
    "SittingWithdrawn": Cause.SITTING,
}


def bookings(entry: Entry) -> None:
    """Whose time is gone is told so, and whose is there again; run twice it tells once."""
    here()  # the calendar learns the county's imported notices
    cause, at = _CAUSES.get(entry.fact, Cause.STOP), _latest(entry)
    for one, why in changed(entry.county, at, cause):
        if why is None:
            restore(one, by=SYSTEM, at=at)
        else:
            displace(one, by=SYSTEM, at=at, cause=why)


def _latest(entry: Entry) -> datetime:
    """What is true is what the last change made of it, however late this one is followed."""
    last = Entry.objects.filter(subject=entry.subject_id).order_by("-place").values_list("at", flat=True)[0]
    return last.astimezone(SHANGHAI)
