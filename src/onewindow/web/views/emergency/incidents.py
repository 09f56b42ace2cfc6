"""突发事件的页面: its steps to tick, what else was done, the rounds of an epidemic, and the report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from onewindow.emergency.acts import incidents
from onewindow.emergency.models import Event, Incident
from onewindow.emergency.reads import course, incident_called
from onewindow.ground.clock import now, today
from onewindow.letters.incident_reports import report
from onewindow.people.models import Officer
from onewindow.people.reads import officers_of
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.web.asking import tell
from onewindow.web.forms.emergency import ActionForm, CloseForm, HealthForm, RoundForm, StepForm
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.emergency.base import READS, reads

Told = dict[str, Any]


@require_GET
@never_cache
@staff_required(*READS)
def show(request: StaffRequest, number: str) -> HttpResponse:
    """One incident; closed it is its report."""
    return _page(request, _load(request, number))


@require_GET
@never_cache
@staff_required(*READS)
def paper(request: StaffRequest, number: str) -> HttpResponse:
    """应急处置报告."""
    found = _load(request, number)
    if found.open:
        raise NotAllowed("应急还没有结束，结束以后才有报告。请先结束应急。")
    demo = request.county.demo  # type: ignore[attr-defined]
    answer = HttpResponse(report(course(found), demo=demo, at=now()), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{found.number}.pdf"'
    return answer


@require_POST
@never_cache
@staff_required(Grant.HALL_CALL)
def step(request: StaffRequest, number: str, entry: int) -> HttpResponse:
    """A step of the plan is done."""
    incident = _load(request, number)
    found = get_object_or_404(incident.entries.select_related("incident__hall"), pk=entry)
    form = StepForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    incidents.tick_step(found, by=request.officer, at=now(), note=note)
    return redirect("incident", number)


@require_POST
@never_cache
@staff_required(Grant.HALL_CALL, Grant.HALL_MANAGE)
def do(request: StaffRequest, number: str, act: str) -> HttpResponse:
    """One act, from its form on the page."""
    incident = _load(request, number)
    if act not in _ACTS:
        raise Http404
    form = _form(act, incident, request.POST)
    if not form.is_valid():
        return _page(request, incident, {act: form}, 422)
    try:
        _ACTS[act][0](incident, request.officer, dict(form.cleaned_data))
    except NotAllowed as refusal:
        tell(form, refusal)
        return _page(request, incident, {act: form}, 409)
    messages.success(request, _ACTS[act][1])
    return redirect("incident", number)


_ACTS: dict[str, tuple[Callable[[Incident, Officer, Told], object], str]] = {
    "note": (lambda one, by, told: incidents.note_action(one, by=by, at=now(), **told), "已登记。"),
    "round": (lambda one, by, told: incidents.note_round(one, by=by, at=now(), **told), "已登记这一次。"),
    "health": (
        lambda one, by, told: incidents.note_health(
            one, by=by, at=now(), officer=told["officer"], fit=told["fit"] == "yes", note=told["note"]
        ),
        "已登记健康情况。",
    ),
    "close": (
        lambda one, by, told: incidents.close_incident(one, by=by, at=now(), **told),
        "应急已结束，报告在这一页，可以打印。",
    ),
}
_KINDS: dict[str, type[forms.Form]] = {"note": ActionForm, "round": RoundForm, "close": CloseForm}


def _form(act: str, incident: Incident, sent: Any = None) -> forms.Form:
    if act == "health":
        return HealthForm(officers_of(incident.county), sent)
    return _KINDS[act](sent)


def _page(
    request: StaffRequest, incident: Incident, typed: dict[str, forms.Form] | None = None, status: int = 200
) -> HttpResponse:
    officer, seen = request.officer, course(incident)
    works, manages = officer.may(Grant.HALL_CALL, incident), officer.may(Grant.HALL_MANAGE, incident)
    epidemic = incident.plan.event == Event.EPIDEMIC
    offered = ["note"] if works else []
    offered += ["round"] if works and epidemic else []
    offered += ["health"] if manages and epidemic else []
    offered += ["close"] if manages else []
    context = {
        "incident": incident,
        "seen": seen,
        "forms": {act: (typed or {}).get(act) or _form(act, incident) for act in offered}
        if incident.open
        else {},
        "works": works and incident.open,
        "epidemic": epidemic,
        "now": now(),
        "day": today(),
    }
    return render(request, "emergency/incident.html", context, status=status)


def _load(request: StaffRequest, number: str) -> Incident:
    found = incident_called(request.officer.county, number[:24])
    if found is None or not reads(request.officer, found.hall):
        raise Http404("没有这一次应急，或者不是您看得到的。")
    return found
