"""到点了: whose slot and which day is over in a hall with a machine of its own, as far as that machine was heard?"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from onewindow.box.reads import running
from onewindow.hall import tick_day
from onewindow.hall.acts.coming import lapse
from onewindow.hall.booked import to_lapse
from onewindow.rules.grants import SYSTEM


def tick(at: datetime) -> int:
    """Safe to be called at any time and as often as one likes; on the machine itself nothing is due."""
    if settings.BOX:
        return 0
    for box in running():
        tick_day.count(at, box.key, box.whole_at)
    return sum(
        lapse(one, by=SYSTEM, at=at, heard=box.whole_at)
        for box in running()
        for one in to_lapse(
            min(at, box.whole_at or at), box.key
        )  # nobody lapses whose hour was not heard of yet
    )
