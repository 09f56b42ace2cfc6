"""后续事项: which duties that follow from facts could not be done, why, and shall they be tried again?"""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from onewindow.ground.clock import now
from onewindow.journal import acts, reads
from onewindow.rules.facts import TERMS_ZH
from onewindow.rules.grants import Grant
from onewindow.web.duties import duty_words
from onewindow.web.gates import StaffRequest, staff_required

PAGE = 50


@require_GET
@never_cache
@staff_required(Grant.ERRANDS_RETRY)
def failed(request: StaffRequest) -> HttpResponse:
    """The duties that used up their tries, the latest first."""
    told = request.GET.get("after", "")
    rows = reads.failed_page(request.officer.county, int(told) if told.isdigit() else None, size=PAGE)
    context = {
        "rows": [
            (row, TERMS_ZH.get(row.entry.fact, "") if row.entry else "", duty_words(row.follower))
            for row in rows
        ],
        "next_key": rows[-1].job.pk if len(rows) == PAGE else "",
        "waiting": reads.waiting_errands()[:1001].count(),
    }
    return render(request, "desk/errands.html", context)


@require_POST
@staff_required(Grant.ERRANDS_RETRY)
def retry(request: StaffRequest, job: int) -> HttpResponse:
    """重办."""
    found = reads.failed_one(request.officer.county, job)
    if found is None:
        raise Http404
    acts.retry(found, by=request.officer, at=now())
    messages.success(request, "已放回队列，过一会儿刷新看结果。")
    return redirect("errands")
