"""统一出件: one window from which results leave, whatever department decided."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from onewindow.cases.reads import issue
from onewindow.cases.reads.work import shown
from onewindow.ground.clock import today
from onewindow.rules.grants import Grant
from onewindow.web.desks import issuing
from onewindow.web.gates import StaffRequest, staff_required


@require_GET
@never_cache
@staff_required(Grant.CASE_DELIVER)
def issue_list(request: StaffRequest) -> HttpResponse:
    """What waits, is on the way, came back, is kept; found by number or name."""
    day = today()
    shelf = issue.SHELVES.get(request.GET.get("shelf", "")) or issue.SHELVES["waiting"]
    words = request.GET.get("q", "").strip()[:60]
    counts = issue.shelf_counts(request.officer, words)
    context = {
        "shelf": shelf,
        "shelves": [(one, shown(counts[one.key])) for one in issue.SHELVES.values()],
        "count": shown(counts[shelf.key]),
        "page": issue.shelf_page(
            request.officer, shelf, day, words=words, after=request.GET.get("after", "")
        ),
        "words": words,
        "title": issuing(request.county),  # type: ignore[attr-defined]
    }
    return render(request, "issue/list.html", context)
