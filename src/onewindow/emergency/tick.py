"""到期没有检查: of which equipment is it told that nobody looked at it in time?"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from onewindow.emergency.acts.safety import warn_safety
from onewindow.emergency.reads import to_warn
from onewindow.rules.grants import SYSTEM


def tick(at: datetime) -> int:
    """Each piece once for each day on which it was due; the equipment is the county's register."""
    if settings.BOX:
        return 0
    return sum(warn_safety(one, by=SYSTEM, at=at) for one in to_warn(at.date()))
