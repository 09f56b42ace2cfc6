"""工作消息: what was this officer told, and what of it has he not read?"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from onewindow.ground.clock import now
from onewindow.notices import reads
from onewindow.notices.acts import read_told
from onewindow.notices.models import OfficerMessage
from onewindow.oversight.reads import one as overrun
from onewindow.web.gates import StaffRequest, staff_required


@require_GET
@never_cache
@staff_required()
def inbox(request: StaffRequest) -> HttpResponse:
    """His messages, the latest first."""
    typed, only = request.GET.get("after", ""), request.GET.get("unread") == "1"
    before = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else None
    found = reads.told_officer(request.officer, unread_only=only, before=before)
    context = {
        "told": found[: reads.PAGE],
        "only_unread": only,
        "next_key": found[reads.PAGE - 1].pk if len(found) > reads.PAGE else "",
    }
    return render(request, "desk/messages.html", context)


@require_POST
@never_cache
@staff_required()
def opened(request: StaffRequest, message: int) -> HttpResponse:
    """Read, and on to what it is about."""
    found = get_object_or_404(OfficerMessage, pk=message, officer=request.officer)
    read_told(request.officer.account, by=request.officer, at=now(), message=found.pk)
    if found.overdue is not None and overrun(request.officer, found.overdue) is not None:
        return redirect("overrun", found.overdue)
    return redirect(found.page) if found.page else redirect("case", found.case_number)


@require_POST
@never_cache
@staff_required()
def all_read(request: StaffRequest) -> HttpResponse:
    """All of it is read."""
    read_told(request.officer.account, by=request.officer, at=now())
    return redirect("staff_messages")
