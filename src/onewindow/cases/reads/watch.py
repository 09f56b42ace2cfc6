"""监督: which cases are overdue, and who was asked a second time to correct his papers?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from onewindow.cases.models import Case, Correction
from onewindow.cases.reads.visible import visible_to
from onewindow.cases.reads.work import PAGE, Page, keyed
from onewindow.people.models import Officer


def late(officer: Officer, today: date) -> QuerySet[Case]:
    """Open cases past the day on which the office owed something."""
    return visible_to(officer).filter(is_open=True, held=False, due_on__lt=today)


def asked_twice(officer: Officer) -> QuerySet[Correction]:
    """Second correction notices."""
    return Correction.objects.filter(second=True, case__in=visible_to(officer))


def overdue(officer: Officer, today: date, *, after: str = "", size: int = PAGE) -> Page:
    """The overdue ones, the longest overdue first."""
    return keyed(late(officer, today).select_related("department"), today, after=after, size=size)


def second_corrections(
    officer: Officer, *, before: int | None = None, size: int = PAGE
) -> Sequence[Correction]:
    """Second correction notices, the latest first, with who approved them."""
    found = asked_twice(officer)
    if before is not None:
        found = found.filter(pk__lt=before)
    return list(found.select_related("case__department", "asked_by", "approved_by").order_by("-pk")[:size])
