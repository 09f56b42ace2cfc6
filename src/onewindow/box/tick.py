"""到点了: whose slot, which window's time and which day is over in a hall with a machine of its own, as far as that machine was heard?"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from onewindow.box.reads import running
from onewindow.hall import tick_day
from onewindow.hall.acts.coming import lapse
from onewindow.hall.booked import to_lapse
from onewindow.hall.models import TidalRun
from onewindow.rules.grants import SYSTEM


def tick(at: datetime) -> int:
    """Safe to be called at any time and as often as one likes; on the machine itself nothing is due."""
    if settings.BOX:
        return 0
    for box in running():
        tick_day.count(at, box.key, box.whole_at)
        # Opened here before the machine took the hall over, which knows nothing of it; its own it ends itself.
        own = TidalRun.objects.filter(hall__box=box.key, opened_at__lt=box.took_over_at)
        tick_day.end_runs(at, own)
    return sum(
        lapse(one, by=SYSTEM, at=at, heard=box.whole_at)
        for box in running()
        for one in to_lapse(
            min(at, box.whole_at or at), box.key
        )  # nobody lapses whose hour was not heard of yet
    )
