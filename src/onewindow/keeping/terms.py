"""存多久: for how many months each kind is kept here, and on what that rests?"""

from __future__ import annotations

from datetime import date

from onewindow.places.models import County
from onewindow.places.reads import pack_here
from onewindow.rules.keeping import SETTING, Kind, ended_by


def months(county: County, kind: Kind, today: date) -> int:
    """The local setting; of a complaint never less than the time in which one may still go to court."""
    pack = pack_here(county)
    told = pack.setting(SETTING[kind]).number
    least = pack.rule("keep.suit_months", today) if kind is Kind.COMPLAINT else None
    return max(told, least.value) if least is not None and isinstance(least.value, int) else told


def last_over(county: County, kind: Kind, today: date) -> date:
    """What ended on this day or before is over its term today."""
    return ended_by(today, months(county, kind, today))
