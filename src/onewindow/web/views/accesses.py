"""访问日志: who signed in, who saw a full number, and why?"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from onewindow.ground.clock import today
from onewindow.people.reads import ACCESS_WORDS, access_page
from onewindow.places.models import County
from onewindow.places.reads import pack_here
from onewindow.rules.grants import Grant
from onewindow.web.gates import StaffRequest, staff_required

SIZE = 50


@require_GET
@staff_required(Grant.ACCESS_READ)
def accesses(request: StaffRequest) -> HttpResponse:
    """The log, newest first, by pages; `what` and `by` narrow it."""
    after = request.GET.get("after", "")
    what = request.GET.get("what", "")
    lines = access_page(
        request.officer.county,
        before=int(after) if after.isdecimal() and len(after) < 19 else None,
        what=what if what in ACCESS_WORDS else "",
        by=request.GET.get("by", "")[:40],
        size=SIZE + 1,
    )
    shown = lines[:SIZE]
    pack = pack_here(County.objects.get(pk=request.officer.county))
    kept = pack.rule("log.keep_months", today())
    context = {
        "months": kept.value if kept else "",
        "source": pack.sources[kept.cite.source].name if kept else "",
        "clause": kept.cite.clause if kept else "",
        "lines": shown,
        "next_key": shown[-1].id if len(lines) > SIZE else "",
        "words": ACCESS_WORDS,
        "what": what,
        "by": request.GET.get("by", "")[:40],
    }
    return render(request, "manage/accesses.html", context)
