"""现在要顾到谁: whom does a guide look after at this moment?"""

from __future__ import annotations

from typing import Any

from onewindow.ground.clock import now
from onewindow.helping.reads import guided
from onewindow.places.models import Hall
from onewindow.places.reads import here, pack_here
from onewindow.rules.guiding import ENDS, GROUP_WORDS, NEEDS, STEPS
from onewindow.web.gates import StaffRequest


def present(request: StaffRequest, hall: Hall) -> dict[str, Any]:
    """Who is accompanied, who waits long, who belongs to a group, and which questions lie at the windows."""
    at = now()
    minutes = pack_here(here()).setting("queue.care_minutes").number
    going = guided.going(hall)
    special, long = guided.looked_after(hall, at, minutes)
    with_us = {one.visit_id for one in going}
    return {
        "officer": request.officer,
        "going": going,
        "special": [one for one in special if one.visit_id not in with_us],
        "long": long,
        "care_minutes": minutes,
        "questions": guided.open_questions(hall, at.date()),
        "steps": STEPS,
        "ends": ENDS.items(),
        "groups": GROUP_WORDS.items(),
        "needs": NEEDS.items(),
    }
