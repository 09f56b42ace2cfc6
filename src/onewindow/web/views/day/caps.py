"""限号: what was proposed, by whom approved, and where are numbers limited now?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.ground.clock import now, today
from onewindow.ground.paging import page
from onewindow.hall.acts import caps as acts
from onewindow.hall.models import Cap
from onewindow.people.reads import names_of
from onewindow.places.models import Hall, Line
from onewindow.rules.grants import Grant
from onewindow.rules.opening import SESSION_WORDS, SessionKind
from onewindow.web.asking import AskingForm, ask, posted
from onewindow.web.forms.absence import DAY
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.day.hall import around, day_required, of

PAGE = 50


class CapForm(AskingForm):
    """Which line, how many, when and why."""

    line = forms.ModelChoiceField(label="哪一队", queryset=Line.objects.none(), empty_label="请选择")
    number = forms.IntegerField(label="每场给多少个号", min_value=1, max_value=999)
    kinds = forms.MultipleChoiceField(label="哪些场次", widget=forms.CheckboxSelectMultiple)
    since = forms.DateField(label="从哪天", widget=DAY)
    until = forms.DateField(label="到哪天（含）", widget=DAY)
    reason = forms.CharField(
        label="为什么要限",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="批准以后公布在大厅、取号机和手机上，群众看得到。",
    )

    def __init__(self, *args: Any, hall: Hall, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = Line.objects.filter(hall=hall, closed_on__isnull=True).select_related("hall")
        self.fields["line"].queryset = lines  # type: ignore[attr-defined]
        self.fields["line"].label_from_instance = lambda line: f"{line.letter} {line.name}"  # type: ignore[attr-defined]
        never = acts.forbidden_kinds(today())
        words = [(kind.value, word) for kind, word in SESSION_WORDS.items() if kind not in never]
        self.fields["kinds"].choices = words  # type: ignore[attr-defined]


class OpinionForm(AskingForm):
    """Why so."""

    opinion = forms.CharField(label="意见", max_length=200, required=False)


class DeclineForm(AskingForm):
    """Why not."""

    opinion = forms.CharField(label="为什么不批准", max_length=200)


class EndForm(AskingForm):
    """Why no longer."""

    why = forms.CharField(label="说明", max_length=200, required=False)


@require_GET
@never_cache
@day_required
def caps(request: StaffRequest, pk: int) -> HttpResponse:
    """The register: nothing is limited that does not stand here."""
    hall = of(request, pk)
    caps = Cap.objects.filter(hall=hall).select_related("line")
    rows, next_key = page(caps, request.GET.get("after", ""), by=("-pk",), size=PAGE)
    names = names_of(code for one in rows for code in (one.proposed_by, one.decided_by, one.ended_by))
    context = {
        **around(request, hall, "hall_caps"),
        "rows": [
            (one, names.get(one.proposed_by, ""), names.get(one.decided_by, ""), names.get(one.ended_by, ""))
            for one in rows
        ],
        "next_key": next_key,
        "quotes": acts.forbidden_by(today()),
        "approves": request.officer.may(Grant.CAP_APPROVE, hall),
        "himself": request.officer.actor_code,
        "day": today(),
    }
    return render(request, "day/caps.html", context)


@require_http_methods(["GET", "POST"])
@staff_required(Grant.HALL_MANAGE)
def propose(request: StaffRequest, pk: int) -> HttpResponse:
    """提请限号."""
    hall = of(request, pk)

    def act(told: dict[str, Any]) -> None:
        told["kinds"] = [SessionKind(kind) for kind in told["kinds"]]
        acts.propose_cap(told.pop("line"), by=request.officer, at=now(), **told)

    return ask(
        request,
        CapForm(posted(request), hall=hall, initial={"since": today(), "until": today()}),
        act,
        title="提请限号",
        lead=f"{hall}。由中心负责人批准，批准以前照常给号；预约的人不受限制。",
        main="提请",
        back=reverse("hall_caps", args=[hall.pk]),
    )


def _cap(request: StaffRequest, pk: int) -> Cap:
    found = get_object_or_404(Cap.objects.select_related("hall", "line"), pk=pk)
    of(request, found.hall_id)
    return found


def _lead(cap: Cap) -> str:
    return f"{cap.hall}，{cap.since:%Y-%m-%d} 至 {cap.until:%Y-%m-%d}，{cap.kinds_words}。理由：{cap.reason}"


@require_http_methods(["GET", "POST"])
@staff_required(Grant.CAP_APPROVE)
def approve(request: StaffRequest, pk: int) -> HttpResponse:
    """批准限号."""
    cap = _cap(request, pk)
    return ask(
        request,
        OpinionForm(posted(request)),
        lambda told: acts.approve_cap(cap, by=request.officer, at=now(), **told),
        title=f"批准限号：{cap}",
        lead=_lead(cap),
        main="批准，马上公布",
        back=reverse("hall_caps", args=[cap.hall_id]),
    )


@require_http_methods(["GET", "POST"])
@staff_required(Grant.CAP_APPROVE)
def decline(request: StaffRequest, pk: int) -> HttpResponse:
    """不批准."""
    cap = _cap(request, pk)
    return ask(
        request,
        DeclineForm(posted(request)),
        lambda told: acts.decline_cap(cap, by=request.officer, at=now(), **told),
        title=f"不批准限号：{cap}",
        lead=_lead(cap),
        main="不批准",
        adverse=True,
        back=reverse("hall_caps", args=[cap.hall_id]),
    )


@require_http_methods(["GET", "POST"])
@staff_required(Grant.HALL_MANAGE)
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """取消限号."""
    cap = _cap(request, pk)
    return ask(
        request,
        EndForm(posted(request)),
        lambda told: acts.end_cap(cap, by=request.officer, at=now(), **told),
        title=f"取消限号：{cap}？",
        lead="取消以后照常给号，不用批准。",
        main="取消限号",
        back=reverse("hall_caps", args=[cap.hall_id]),
    )
