"""监督: which cases are overdue, and who was asked late or a second time to correct his papers?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from onewindow.cases.models import Case, Correction, Procedure
from onewindow.cases.reads.visible import visible_to
from onewindow.cases.reads.work import PAGE, Page, keyed
from onewindow.people.models import Officer
from onewindow.rules.kinds_of_case import CaseKind


def late(officer: Officer, today: date) -> QuerySet[Case]:
    """Open cases past the day on which the office owed something."""
    return visible_to(officer).filter(is_open=True, held=False, due_on__lt=today)


def late_steps(officer: Officer, today: date) -> QuerySet[Case]:
    """Open cases in time whose running step is past the days that the guide gives it."""
    running = visible_to(officer).filter(is_open=True, held=False, step_due_on__lt=today)
    return running.filter(due_on__gte=today)


def returned(officer: Officer) -> QuerySet[Case]:
    """退办件: refused before their acceptance or denied after it."""
    return visible_to(officer).filter(kind=CaseKind.RETURNED.value)


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


def overrun(officer: Officer, today: date) -> QuerySet[Procedure]:
    """Special procedures that last longer than the applicant was told."""
    running = Procedure.objects.filter(ended_on__isnull=True, planned_end__lt=today)
    return running.filter(case__is_open=True, case__in=visible_to(officer))


def procedures(
    officer: Officer, today: date, *, after: int = 0, size: int = PAGE
) -> tuple[Sequence[Procedure], int]:
    """Those, the longest overrun first, from the place `after` on; and the place of the next page, 0 when there is none."""
    rows = (
        overrun(officer, today).select_related("case__department", "begun_by").order_by("planned_end", "pk")
    )
    found = list(rows[after : after + size + 1])
    return found[:size], after + size if len(found) > size else 0
