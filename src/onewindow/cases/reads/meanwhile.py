"""不在的时候: what happened to somebody's cases while he was away, and what was done in his place?"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.db.models.fields.json import KT

from onewindow.ground.clock import SHANGHAI
from onewindow.journal.models import Entry

PAGE = 50


def meanwhile(
    officer: int, since: date, last_day: date, *, before: int | None = None, size: int = PAGE
) -> list[Entry]:
    """The latest first, paged by key, one more than a page: of what is in his name, and done for him; two statements."""
    begins = datetime.combine(since, time.min, SHANGHAI)
    ends = datetime.combine(last_day + timedelta(1), time.min, SHANGHAI)
    rows = Entry.objects.filter(at__gte=begins, at__lt=ends).exclude(by=f"officer:{officer}")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    done = rows.filter(body__has_key="instead").annotate(whose=KT("body__instead")).filter(whose=str(officer))
    found = {one.pk: one for part in (done, _his(rows, officer)) for one in _page(part, size)}
    return sorted(found.values(), key=lambda one: -one.pk)[: size + 1]


def _his(rows: QuerySet[Entry], officer: int) -> QuerySet[Entry]:
    return rows.filter(subject__case__examiner=officer)


def _page(rows: QuerySet[Entry], size: int) -> QuerySet[Entry]:
    return rows.select_related("subject__case").order_by("-pk")[: size + 1]
