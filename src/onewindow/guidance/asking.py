"""读首问: what was somebody asked first and has not answered, and what of it is late?"""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from onewindow.guidance.models import Asked
from onewindow.journal.models import Entry
from onewindow.people.models import Officer
from onewindow.people.reads import names_of
from onewindow.rules.facts import TERMS_ZH

PAGE = 50


def _rows(where: Q) -> QuerySet[Asked]:
    return Asked.objects.filter(where).select_related("first", "keeper", "offered_to", "about")


def of(officer: Officer) -> Q:
    """His to answer: what he keeps, and what is kept by those in whose place he sits today."""
    return Q(keeper__in=[officer.pk, *officer.stands_for], answered_at__isnull=True)


def waiting(officer: Officer, *, after: int = 0, size: int = PAGE) -> list[Asked]:
    """What waits for him or is offered to him, the first to fall due first; a page of `size` and one more."""
    rows = _rows(of(officer) | Q(offered_to=officer, answered_at__isnull=True))
    return list(rows.order_by("due_on", "pk")[after : after + size + 1])


def first_by(officer: Officer, *, before: int = 0, size: int = PAGE) -> list[Asked]:
    """我首问的: whatever has become of it, the latest first."""
    rows = _rows(Q(first=officer, pk__lt=before) if before else Q(first=officer))
    return list(rows.order_by("-pk")[: size + 1])


def late(county: str, today: date) -> QuerySet[Asked]:
    """Past the day of the answer, the longest overdue first; for whoever supervises."""
    return _rows(Q(county=county, answered_at__isnull=True, due_on__lt=today)).order_by("due_on", "pk")


def one(officer: Officer, number: str, *, watches: bool) -> Asked | None:
    """One of those that he was asked, keeps, is offered or stands in for; whoever supervises sees all."""
    his = Q(first=officer) | Q(keeper__in=[officer.pk, *officer.stands_for]) | Q(offered_to=officer)
    rows = _rows(Q(county=officer.county, number=number)).select_related(
        "subject", "keeper", "first", "offered_to", "about__case", "party"
    )
    return (rows if watches else rows.filter(his)).first()


def due_to_tell(today: date) -> QuerySet[Asked]:
    """Those of whose day nobody was told yet."""
    near = Q(due_on=today, reminded_on__isnull=True) | Q(due_on__lt=today, late_told_on__isnull=True)
    return Asked.objects.filter(near, answered_at__isnull=True).order_by("due_on", "pk")


def course(asked: Asked) -> list[tuple[Entry, str, str, str]]:
    """What happened to it: the entry, its word, by whom, and to whom; two statements."""
    entries = list(Entry.objects.filter(subject=asked.subject_id).order_by("place"))
    told = {f"officer:{one.body[key]}" for one in entries for key in ("to", "instead") if key in one.body}
    names = names_of({*(one.by for one in entries), *told})
    return [
        (one, TERMS_ZH[one.fact], _who(one, names), names.get(f"officer:{one.body.get('to')}", ""))
        for one in entries
    ]


def _who(entry: Entry, names: dict[str, str]) -> str:
    instead = names.get(f"officer:{entry.body.get('instead')}", "")
    return f"{names.get(entry.by, '')}（顶岗，代{instead}）" if instead else names.get(entry.by, "")
