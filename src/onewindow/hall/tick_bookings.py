"""到点了: who is reminded, whose slot is over, and who should be on duty and is not?"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from onewindow.hall.acts.coming import lapse, remind
from onewindow.hall.booked import to_lapse, to_remind, unmet
from onewindow.hall.offered import terms
from onewindow.people.acts.duties import note_unmet
from onewindow.places.models import County
from onewindow.rules.grants import SYSTEM


def tick(at: datetime) -> int:
    """Safe to be called at any time and as often as one likes."""
    if (
        settings.BOX or not County.objects.exists()
    ):  # the county's bookings are the county's to end and to remind of
        return 0
    done = sum(lapse(one, by=SYSTEM, at=at) for one in to_lapse(at))
    done += sum(remind(one, by=SYSTEM, at=at) for one in to_remind(at, terms(at.date()).remind))
    return done + sum(note_unmet(one, by=SYSTEM, at=at) for one in unmet(at))
