"""到哪天该看: on which day must time itself look at a case again, when nobody does anything until then?

Who was asked for a correction is reminded, and then not waited for any longer; whose result lies ready is reminded to
fetch it, until it is kept for him. All other cases wait for people, or for a light (`rules.turns`).
"""

from __future__ import annotations

from datetime import date, timedelta

from onewindow.rules.facts import CorrectionAsked, CorrectionReminded, Fact
from onewindow.rules.stages import DECIDED, Stage
from onewindow.rules.workdays import ONE_DAY

_FETCHING = ("Granted", "Denied", "GrantedAbove", "DeniedAbove", "RenewedByLaw", "PickupReminded")


def wakes_on(stage: Stage, facts: tuple[Fact, ...], pickup_days: int) -> date | None:
    """The first day on which there may be something to do; `pickup_days` calendar days lie between two reminders."""
    if stage is Stage.CORRECTING:
        asked = next(f for f in reversed(facts) if isinstance(f, CorrectionAsked | CorrectionReminded))
        return asked.reply_by + ONE_DAY
    if stage in DECIDED and not any(fact.name == "Kept" for fact in facts):
        if _on_its_way(facts):
            return None
        last = next(fact for fact in reversed(facts) if fact.name in _FETCHING)
        return last.on + timedelta(days=pickup_days)
    return None


def _on_its_way(facts: tuple[Fact, ...]) -> bool:
    """Whether the result was sent and did not come back."""
    return next(
        (f.name == "Dispatched" for f in reversed(facts) if f.name in ("Dispatched", "CameBack")), False
    )
