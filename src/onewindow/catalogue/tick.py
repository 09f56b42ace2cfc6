"""到日子了: which approved changes of the catalogue take effect by themselves today?"""

from __future__ import annotations

from datetime import datetime

from onewindow.catalogue.acts import bring_into_force
from onewindow.catalogue.models import Change
from onewindow.ground.clock import SHANGHAI
from onewindow.rules.grants import SYSTEM


def tick(at: datetime) -> dict[str, int]:
    """Carry out what was approved for today or earlier, county by county."""
    today = at.astimezone(SHANGHAI).date()
    due = Change.objects.filter(state=Change.State.APPROVED, effective_on__lte=today)
    counties = list(due.order_by("county").values_list("county", flat=True).distinct())
    return {"事项调整生效": sum(bring_into_force(county, by=SYSTEM, on=today, at=at) for county in counties)}
