"""统一出件: one window from which results leave, whatever department decided, and which serves the other letters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from onewindow.cases.reads import issue
from onewindow.cases.reads.work import PAGE, shown
from onewindow.ground.clock import today
from onewindow.letters.reads import to_serve
from onewindow.rules.grants import Grant
from onewindow.web.desks import issuing
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.serving import SHELF, ways_of

_LETTERS = issue.Shelf(
    SHELF,
    "待送达文书",
    issue.SHELVES["waiting"].where,
    "不予受理决定书、补正告知书等要送到申请人手里，登记送达回证",
)
_ALL = {"waiting": issue.SHELVES["waiting"], SHELF: _LETTERS, **issue.SHELVES}


@require_GET
@never_cache
@staff_required(Grant.CASE_DELIVER)
def issue_list(request: StaffRequest) -> HttpResponse:
    """What waits, is on the way, came back, is kept, and the letters to serve; found by number or name."""
    words = request.GET.get("q", "").strip()[:60]
    letters = to_serve(request.officer, words)
    counts = issue.shelf_counts(request.officer, words, **{SHELF: letters})
    shelf = _ALL.get(request.GET.get("shelf", "")) or _ALL[_first(counts)]
    after = request.GET.get("after", "")
    context = {
        "shelf": shelf,
        "shelves": [(one, shown(counts[one.key])) for one in _ALL.values()],
        "count": shown(counts[shelf.key]),
        "page": issue.shelf_page(request.officer, shelf, today(), words=words, after=after)
        if shelf is not _LETTERS
        else None,
        "letters": _page(letters, after) if shelf is _LETTERS else None,
        "words": words,
        "title": issuing(request.county),  # type: ignore[attr-defined]
    }
    return render(request, "issue/list.html", context)


def _first(counts: Mapping[str, int]) -> str:
    """The first list on which something waits to be done."""
    return next((key for key in ("waiting", SHELF, "back") if counts[key]), "waiting")


def _page(letters: Any, after: str) -> dict[str, Any]:
    if after.isdigit() and len(after) < 19:
        letters = letters.filter(pk__gt=int(after))
    rows = list(letters[: PAGE + 1])
    told = [(one, one.letter.subject.case, ways_of(one)) for one in rows[:PAGE]]
    return {"rows": told, "after": rows[PAGE - 1].pk if len(rows) > PAGE else ""}
