"""失信记录清单: which broken promises are open for an officer, and which are a person's own?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from onewindow.people.models import Breach, Officer, Party
from onewindow.people.reads import reach
from onewindow.rules.grants import Grant

PAGE = 50


class Page(NamedTuple):
    """So many rows, the latest first, and the key of the last where more follow."""

    rows: Sequence[Breach]
    after: int | str


def open_for(officer: Officer, after: int = 0) -> Page:
    """The records of his departments that were not repaired."""
    seen = reach(officer, Grant.CREDIT_ASK, Grant.CREDIT_REPAIR)
    rows = Breach.objects.filter(seen.filter(), repaired_on__isnull=True, voided_on__isnull=True)
    if after:
        rows = rows.filter(pk__lt=after)
    found = list(
        rows.select_related("party", "department", "subject", "asked_by").order_by("-pk")[: PAGE + 1]
    )
    shown = found[:PAGE]
    return Page(shown, shown[-1].pk if len(found) > PAGE else "")


def breaches_of(party: Party) -> list[Breach]:
    """All of one's own, repaired ones too."""
    return list(
        Breach.objects.filter(party=party).select_related("department", "subject").order_by("-pk")[:20]
    )
