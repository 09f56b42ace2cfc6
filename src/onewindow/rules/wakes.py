"""到哪天该看: on which day must time itself look at a case again, when nobody does anything until then?

Who was asked for a correction is reminded, and then not waited for any longer; whose result lies ready is reminded to
fetch it, until it is kept for him; a parcel of which nobody hears is asked after. All other cases wait for people, or for a light (`rules.turns`).
"""

from __future__ import annotations

from datetime import date, timedelta

from onewindow.rules.facts import CameBack, CorrectionAsked, CorrectionReminded, Delivered, Dispatched, Fact
from onewindow.rules.facts_time import ParcelSilent
from onewindow.rules.stages import DECIDED, Stage
from onewindow.rules.workdays import ONE_DAY

_FETCHING = ("Granted", "Denied", "GrantedAbove", "DeniedAbove", "RenewedByLaw", "PickupReminded")


def wakes_on(stage: Stage, facts: tuple[Fact, ...], pickup_days: int, parcel_days: int = 0) -> date | None:
    """The first day on which there may be something to do; `pickup_days` calendar days lie between two reminders.

    A parcel may be on its way for `parcel_days` calendar days before somebody asks after it, once; 0: for ever.
    """
    if stage is Stage.CORRECTING:
        asked = next(f for f in reversed(facts) if isinstance(f, CorrectionAsked | CorrectionReminded))
        return asked.reply_by + ONE_DAY
    if stage in DECIDED and (parcel := on_its_way(facts)) is not None:
        told = any(isinstance(fact, ParcelSilent) and fact.delivery == parcel.delivery for fact in facts)
        return None if told or not parcel_days else parcel.on + timedelta(days=parcel_days)
    if stage in DECIDED and not any(fact.name == "Kept" for fact in facts):
        last = next(fact for fact in reversed(facts) if fact.name in _FETCHING)
        return last.on + timedelta(days=pickup_days)
    return None


def on_its_way(facts: tuple[Fact, ...]) -> Dispatched | None:
    """The parcel with the result that was sent and neither arrived nor came back."""
    last = next((f for f in reversed(facts) if isinstance(f, Dispatched | CameBack | Delivered)), None)
    return last if isinstance(last, Dispatched) else None
