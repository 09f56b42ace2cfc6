"""到时: what is over its term of keeping is cleared, a bounded number of rows of each kind in a minute."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from onewindow.keeping.acts import clear
from onewindow.places.models import County
from onewindow.rules.grants import SYSTEM
from onewindow.rules.keeping import Kind

# At the machine of a hall: a register that the county never heard of; the rest it forgets by itself (`exchange.box.forget`).
AT_MACHINE = (Kind.EXTENSION,)


def tick(at: datetime) -> int:
    """Safe to be called at any time and as often as one likes."""
    kinds = AT_MACHINE if settings.BOX else tuple(Kind)
    return sum(clear(one, by=SYSTEM, at=at, kind=kind) for one in County.objects.all() for kind in kinds)
