"""承诺清单: which papers are still to come, and which promises are still to be checked, for an officer, the earliest first?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from onewindow.cases.models import Case, Deferral, Promise
from onewindow.cases.reads.visible import visible_to
from onewindow.people.models import Officer
from onewindow.places import reads as places
from onewindow.rules.lights import Light, light

PAGE = 50


@dataclass(frozen=True)
class Row:
    """One promise with its case and its light."""

    promise: Deferral | Promise
    case: Case
    light: Light


@dataclass(frozen=True)
class Page:
    """So many rows, and the key of the last where more follow."""

    rows: Sequence[Row]
    after: str


def to_come(officer: Officer, today: date, after: str = "") -> Page:
    """容缺: what was promised to follow and is not cleared."""
    rows = Deferral.objects.filter(settled_on__isnull=True, due_on__isnull=False, case__is_open=True)
    return _page(rows.filter(case__in=_seen(officer)), today, after)


def to_check(officer: Officer, today: date, after: str = "") -> Page:
    """告知承诺: what is to be checked, to be put right, or to be answered before it is revoked."""
    rows = Promise.objects.filter(state__in=Promise.OPEN, due_on__isnull=False)
    return _page(rows.filter(case__in=_seen(officer)), today, after)


def _seen(officer: Officer) -> QuerySet[Case]:
    return visible_to(officer).values("pk")  # type: ignore[return-value]


def _page(rows: QuerySet[Any], today: date, after: str) -> Page:
    day, _, number = after.partition("~")
    if number.isdigit() and len(number) < 12 and (since := _day(day)) is not None:
        rows = rows.filter(Q(due_on__gt=since) | Q(due_on=since, pk__gt=int(number)))
    found = list(rows.select_related("case").order_by("due_on", "pk")[: PAGE + 1])
    calendar = places.workdays()
    shown = [
        Row(
            one,
            one.case,
            light(
                today,
                due_on=one.due_on,
                yellow_on=one.due_on,
                legal_due_on=None,
                held=False,
                closed=False,
                calendar=calendar,
            ),
        )
        for one in found[:PAGE]
    ]
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(shown, f"{last.due_on}~{last.pk}" if last is not None else "")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
