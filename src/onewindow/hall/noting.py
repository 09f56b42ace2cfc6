"""记下措施: how is what was done about a long queue written down, and how do the screens hear of it?"""

from __future__ import annotations

from datetime import datetime

from onewindow.ground.events import tell
from onewindow.hall.models import Measure, Overload
from onewindow.hall.write import channel_of
from onewindow.places.models import Hall, Window
from onewindow.places.write import journalise
from onewindow.rules.facts_relief import MeasureTaken
from onewindow.rules.grants import Actor


def noted(hall: Hall, kind: str, note: str, window: Window | None, *, by: Actor, at: datetime) -> Measure:
    """Write a measure down, beside the alert that is open."""
    alert = Overload.objects.filter(hall=hall, cleared_at__isnull=True).first()
    made = Measure.objects.create(
        hall=hall, alert=alert, kind=kind, note=note.strip()[:200], window=window, by=by.actor_code, at=at
    )
    fact = MeasureTaken(on=at.date(), alert=alert.pk if alert else 0, hall=hall.pk, measure=kind)
    journalise(hall.county, fact, by=by, at=at)
    heard(hall.pk, fact.name)
    return made


def heard(hall: int, fact: str) -> None:
    """The screens of the hall read again what they show."""
    tell(channel_of(hall), f'{{"fact":"{fact}"}}')
