"""到点了: who is reminded, whose slot is over, who was not answered, and who should be on duty and is not?"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from onewindow.hall.acts.coming import lapse, remind
from onewindow.hall.acts.displacing import displace, restore, tell_late
from onewindow.hall.booked import to_lapse, to_remind, unmet
from onewindow.hall.gone import STILL, changed, to_tell
from onewindow.hall.models import Booking
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
    """A stop that lasts longer than was said, and whoever booked in the moment in which it began.

    Of a hall's own machine the county hears that it goes on again, and has no fact of it: the tick gives the times back.
    """
    stopped = Hall.objects.filter(stopped_at__isnull=False).values_list("county", flat=True)
    gone = Booking.objects.filter(stage__in=STILL, on__gte=at.date(), why_gone=Cause.STOP.value)
    again = gone.exclude(hall__box="").values_list("county", flat=True)
    found = [row for county in {*stopped, *again} for row in changed(county, at, Cause.STOP)]
    done = sum(displace(one, by=SYSTEM, at=at, cause=why) for one, why in found if why is not None)
    back = [one for one, why in found if why is None and one.hall.box and one.why_gone == Cause.STOP.value]
    return done + sum(restore(one, by=SYSTEM, at=at) for one in back)
