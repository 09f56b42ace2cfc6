"""到点了: who is reminded, whose slot is over, who was not answered, and who should be on duty and is not?"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from onewindow.hall.acts.coming import lapse, remind
from onewindow.hall.acts.displacing import displace, tell_late
from onewindow.hall.booked import to_lapse, to_remind, unmet
from onewindow.hall.gone import changed, to_tell
from onewindow.hall.offered import terms
from onewindow.people.acts.duties import note_unmet
from onewindow.places.models import County, Hall
from onewindow.rules.bookings import Cause
from onewindow.rules.grants import SYSTEM


def tick(at: datetime) -> int:
    """Safe to be called at any time and as often as one likes."""
    if (
        settings.BOX or not County.objects.exists()
    ):  # the county's bookings are the county's to end and to remind of
        return 0
    done = sum(lapse(one, by=SYSTEM, at=at) for one in to_lapse(at))
    done += sum(remind(one, by=SYSTEM, at=at) for one in to_remind(at, terms(at.date()).remind))
    done += _stopped(at)
    done += sum(tell_late(one, by=SYSTEM, at=at) for one in to_tell(at))
    return done + sum(note_unmet(one, by=SYSTEM, at=at) for one in unmet(at))


def _stopped(at: datetime) -> int:
    """A stop that lasts longer than was said, and whoever booked in the moment in which it began."""
    counties = Hall.objects.filter(stopped_at__isnull=False).values_list("county", flat=True).distinct()
    found = [row for county in counties for row in changed(county, at, Cause.STOP)]
    return sum(displace(one, by=SYSTEM, at=at, cause=why) for one, why in found if why is not None)
