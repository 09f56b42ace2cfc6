"""监督: what the supervisor must see: overdue cases and procedures, second and late corrections, refused demands, bad ratings."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from onewindow.cases.reads import watch
from onewindow.cases.reads.work import bounded_counts, shown
from onewindow.feedback.models import Grade
from onewindow.feedback.reads import bad_ratings
from onewindow.feedback.reasons import REASONS
from onewindow.ground.clock import today
from onewindow.people.reads import access_page, accesses
from onewindow.places.reads import workdays
from onewindow.rules.grants import Grant
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.overreach import OVERREACH

PAGE = 50
LISTS = (
    ("overdue", "超期办件"),
    ("procedures", "超时的特别程序"),
    ("corrections", "再次和超期的补正"),
    ("overreach", "超清单索要"),
    ("ratings", "差评"),
)


@require_GET
@never_cache
@staff_required(Grant.SUPERVISE)
def lists(request: StaffRequest) -> HttpResponse:
    """One of the five lists; the first on which something stands opens by itself."""
    counts = _counts(request)
    chosen = request.GET.get("list", "")
    if chosen not in counts:
        chosen = next((key for key, _ in LISTS if counts[key]), "overdue")
    tell = {
        "procedures": _procedures,
        "corrections": _corrections,
        "overreach": _overreach,
        "ratings": _ratings,
    }.get(chosen, _overdue)
    context = {
        "lists": [(key, label, shown(counts[key])) for key, label in LISTS],
        "chosen": chosen,
        "count": shown(counts[chosen]),
        **tell(request, request.GET.get("after", "")),
    }
    return render(request, "desk/watch.html", context)


def _counts(request: StaffRequest) -> dict[str, int]:
    """How much stands on each list, in one statement."""
    officer = request.officer
    return bounded_counts(
        {
            "overdue": watch.late(officer, today()),
            "procedures": watch.overrun(officer, today()),
            "corrections": watch.unusual(officer),
            "overreach": accesses(officer.county, OVERREACH),
            "ratings": bad_ratings(officer.county).select_related(None),
        }
    )


def _overdue(request: StaffRequest, after: str) -> dict[str, object]:
    page = watch.overdue(request.officer, today(), after=after)
    return {"page": page, "next_key": page.after}


def _procedures(request: StaffRequest, after: str) -> dict[str, object]:
    start = int(after) if after.isdigit() and len(after) < 6 else 0
    rows, following = watch.procedures(request.officer, today(), after=start, size=PAGE)
    over = [(one, workdays().between(one.planned_end, today())) for one in rows]
    return {"procedures": over, "next_key": following or ""}


def _corrections(request: StaffRequest, after: str) -> dict[str, object]:
    rows = watch.corrections(request.officer, before=int(after) if after.isdigit() else None, size=PAGE)
    return {"corrections": rows, "next_key": rows[-1].pk if len(rows) == PAGE else ""}


def _overreach(request: StaffRequest, after: str) -> dict[str, object]:
    before = int(after) if after.isdigit() and len(after) < 19 else None
    rows = access_page(request.officer.county, what=OVERREACH, before=before, size=PAGE)
    return {"overreach": rows, "next_key": rows[-1].id if len(rows) == PAGE else ""}


def _ratings(request: StaffRequest, after: str) -> dict[str, object]:
    found = bad_ratings(request.officer.county)
    start = int(after) if after.isdigit() and len(after) < 6 else 0
    rows = list(found[start : start + PAGE + 1])
    told = [
        (row, Grade(row.grade).label, [REASONS[code][1] for code in row.reasons if code in REASONS])
        for row in rows[:PAGE]
    ]
    return {"ratings": told, "next_key": start + PAGE if len(rows) > PAGE else ""}
