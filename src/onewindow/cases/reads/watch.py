"""监督: which cases are overdue, and who was asked late or a second time to correct his papers?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from onewindow.cases.models import Case, Correction
from onewindow.cases.reads.visible import visible_to
from onewindow.cases.reads.work import PAGE, Page, keyed
from onewindow.people.models import Officer


def late(officer: Officer, today: date) -> QuerySet[Case]:
    """Open cases past the day on which the office owed something."""
    return visible_to(officer).filter(is_open=True, held=False, due_on__lt=today)


def unusual(officer: Officer) -> QuerySet[Correction]:
    """Correction notices that came late or a second time."""
    return Correction.objects.filter(Q(second=True) | Q(late=True), case__in=visible_to(officer))


def overdue(officer: Officer, today: date, *, after: str = "", size: int = PAGE) -> Page:
    """The overdue ones, the longest overdue first."""
    return keyed(late(officer, today).select_related("department"), today, after=after, size=size)


def corrections(officer: Officer, *, before: int | None = None, size: int = PAGE) -> Sequence[Correction]:
    """Correction notices that came late or a second time, the latest first, with who approved them."""
    found = unusual(officer)
    if before is not None:
        found = found.filter(pk__lt=before)
    return list(found.select_related("case__department", "asked_by", "approved_by").order_by("-pk")[:size])
