"""亮灯: the light of a case turns because time has passed; written down once, so that it can be told."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from onewindow.cases.models import Case
from onewindow.cases.write import hold
from onewindow.rules.grants import Actor, Grant, needs
from onewindow.rules.turns import to_turn


@needs(Grant.CASE_TICK)
@transaction.atomic
def turn_light(case: Case, *, by: Actor, at: datetime) -> bool:
    """Write down the gravest light that shows now and was not told; whoever comes second finds nothing to tell.

    What was yellow unseen and is red now is told as red alone.
    """
    held = hold(case)
    turn = to_turn(held.now.turns, at.date())
    if turn is None:
        return False
    held.record(turn.fact(), by=by, at=at)
    return True
