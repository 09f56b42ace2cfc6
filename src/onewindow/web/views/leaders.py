"""窗口负责人: who leads this window?"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from onewindow.ground.clock import now
from onewindow.hall import overtime
from onewindow.hall.acts.leaving import name_leader
from onewindow.people.reads import officers_of
from onewindow.places.reads import windows_of
from onewindow.rules.grants import Grant
from onewindow.web.asking import ask, posted
from onewindow.web.forms.extending import LeaderForm
from onewindow.web.gates import StaffRequest, staff_required


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PLACES_MANAGE)
def name(request: StaffRequest, pk: int) -> HttpResponse:
    """指定窗口负责人: whoever led it before leads it no longer."""
    window = get_object_or_404(windows_of(request.officer.county), pk=pk)
    now_leads = overtime.leader_of(window)
    first = {"officer": now_leads.pk if now_leads else None}
    return ask(
        request,
        LeaderForm(officers_of(request.officer.county), posted(request), initial=first),
        lambda told: name_leader(window, by=request.officer, at=now(), **told),
        title=f"{window.hall}　{window}：指定负责人",
        lead="每个窗口一位负责人。",
        main="指定",
        back="windows",
    )
