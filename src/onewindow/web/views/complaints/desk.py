"""投诉核查: what waits, what is written down of calls and letters, what was found, and the record of windows and members."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onewindow.feedback import complained
from onewindow.feedback.acts.complaints import HIMSELF, NOBODY_ELSE, Found, Told, complain, settle
from onewindow.feedback.models import Complaint
from onewindow.ground.clock import now, today
from onewindow.hall.write import refuse_on_machine
from onewindow.journal.write import log_access
from onewindow.people.reads import officers_of
from onewindow.places.reads import pack_here
from onewindow.rules.complaints import STAGE_WORDS, Kind, Stage
from onewindow.rules.facts_tickets import KIND as TICKET
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.web.asking import posted, tell
from onewindow.web.forms.complaints import FoundForm, TakenDownForm
from onewindow.web.forms.extending import PeriodForm
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.complaints.mine import happening, said_of

YEAR = timedelta(days=365)


@require_GET
@never_cache
@staff_required(*complained.SEES)
def listing(request: StaffRequest) -> HttpResponse:
    """投诉登记簿: open ones by the day on which they are due, settled ones the latest first."""
    typed = request.GET.get("list", "")
    stage = typed if typed in list(Stage) else Stage.OPEN.value
    rows, next_key = complained.complaints(request.officer, stage, request.GET.get("after", ""))
    context = {
        "rows": rows,
        "next_key": next_key,
        "stage": stage,
        "stages": [(one.value, word) for one, word in STAGE_WORDS.items()],
        "day": today(),
        "may_give": request.officer.may(Grant.COMPLAINT_GIVE),
        **said_of(request),
    }
    return render(request, "complaints/list.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.COMPLAINT_GIVE)
@sensitive_post_parameters()
def new(request: StaffRequest) -> HttpResponse:
    """登记来电、来访、来信投诉."""
    refuse_on_machine()  # before anything is typed
    county, first = request.officer.county, {"once": uuid4(), "happened_on": today()}
    people = officers_of(county)
    form = TakenDownForm(happening(Kind), county, people, posted(request), initial=first)
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        hall, once = told.pop("hall"), told.pop("once")
        try:
            made = complain(hall, by=request.officer, at=now(), once=once, told=Told(**told))
        except NotAllowed as refusal:
            tell(form, refusal)
        else:
            if made.officer_id == request.officer.pk:
                others = complained.settlers(made, today())
                messages.success(request, f"已登记，编号 {made.number}。{HIMSELF if others else NOBODY_ELSE}")
                return redirect("complaints")
            return redirect("complaint", made.number)
    context = {"form": form, **said_of(request)}
    return render(request, "complaints/new.html", context, status=422 if form.errors else 200)


@require_GET
@never_cache
@staff_required(*complained.SEES)
def show(request: StaffRequest, number: str) -> HttpResponse:
    """One, with who complained and where he is reached: reading it is logged."""
    return _page(request, _load(request, number))


@require_POST
@never_cache
@staff_required(Grant.COMPLAINT_SETTLE)
@sensitive_post_parameters()
def decide(request: StaffRequest, number: str) -> HttpResponse:
    """核查办结."""
    row = _load(request, number)
    form = FoundForm(row.hall_id, officers_of(row.county), request.POST)
    if not form.is_valid():
        return _page(request, row, form, 422)
    try:
        settle(row, by=request.officer, at=now(), found=Found(**form.cleaned_data))
    except NotAllowed as refusal:
        tell(form, refusal)
        return _page(request, row, form, 409)
    messages.success(request, "投诉已办结，投诉人会收到答复。")
    return redirect("complaint", number)


@require_GET
@never_cache
@staff_required(*complained.SEES)
def record(request: StaffRequest) -> HttpResponse:
    """窗口和工作人员的投诉记录, with the score of each window and who may be named for an award."""
    day = today()
    first = {"since": day - YEAR, "until": day}
    form = PeriodForm(request.GET) if request.GET else PeriodForm(initial=first)
    told: dict[str, Any] = form.cleaned_data if form.is_bound and form.is_valid() else first
    pack = pack_here(request.county)  # type: ignore[attr-defined]
    context = {
        "form": form,
        "record": complained.record(
            request.officer.county, told["since"], told["until"], complained.halls_of(request.officer)
        ),
        "rule": pack.rule("complaint.no_award", day),
        "points": pack.setting("complaint.points"),
        **told,
    }
    return render(request, "complaints/record.html", context)


def _load(request: StaffRequest, number: str) -> Complaint:
    found = complained.one(request.officer, number[:24])
    if found is None and complained.of_himself(request.officer, number[:24]):
        raise NotAllowed(_another(request, number[:24]))
    if found is None:
        raise Http404
    return found


def _another(request: StaffRequest, number: str) -> str:
    """Who looks into what is about himself: another one, or whoever is given the post."""
    alone = complained.settled_by_nobody(request.officer.county, today()).filter(number=number).exists()
    return NOBODY_ELSE if alone else HIMSELF


def _page(request: StaffRequest, row: Complaint, form: Any = None, status: int = 200) -> HttpResponse:
    officer = request.officer
    origin = request.META.get("REMOTE_ADDR", "")
    log_access(officer.county, by=officer, at=now(), what="complaint", about=row.number, origin=origin)
    judges = row.is_open and officer.may(Grant.COMPLAINT_SETTLE, row)
    first = {"window": row.window_id, "officer": row.officer_id}
    given = form or (FoundForm(row.hall_id, officers_of(row.county), initial=first) if judges else None)
    rule = {"booking": "complaint.booking", "extended": "complaint.extended"}.get(
        row.service, "complaint.office"
    )
    context = {
        "row": row,
        "about": _called(row),
        "form": given,
        "day": today(),
        **said_of(request, rule),
    }
    return render(request, "complaints/one.html", context, status=status)


def _called(row: Complaint) -> str:
    """What it is about, as people call it: a number of a day without the hall and the day before it."""
    if row.about is None:
        return ""
    return row.about.number.rpartition("-")[2] if row.about.kind == TICKET else row.about.number
