"""作废记载: the page on which a fact is said to be wrong, and the one on which a second person decides about it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onewindow.cases.acts import void
from onewindow.cases.models import Voiding
from onewindow.cases.reads.whole import Whole
from onewindow.catalogue.models import Material
from onewindow.ground.clock import now, today
from onewindow.journal.models import Entry
from onewindow.rules import promises
from onewindow.rules.facts import TERMS_ZH
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.rules.voiding import SHOWN_BY
from onewindow.web.forms.voiding import DeclineVoidForm, ShownForm, VoidForm
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.case import telling
from onewindow.web.views.case.page import light, load
from onewindow.web.views.case.recorded import cause_words, foreseen


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.RECORD_ASK)
def ask(request: StaffRequest, number: str, place: int) -> HttpResponse:
    """What the fact says, what would be without it, and why it is wrong."""
    found = load(request, number)
    entry = next((one for one in found.entries if one.place == place), None)
    if entry is None:
        raise Http404
    form = _form(request, found, entry)
    if request.method != "POST":
        return _asking(request, found, entry, form)
    if not form.is_valid():
        return _asking(request, found, entry, form, 422)
    told: dict[str, Any] = dict(form.cleaned_data)
    told["shown_papers"] = [int(key) for key in told.get("shown_papers", ())]
    try:
        void.ask_void(light(request, number), by=request.officer, at=now(), place=place, **told)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _asking(request, found, entry, form, 409)
    messages.success(request, f"{number}　已提出作废，请另一位有权确认的同志确认。")
    return redirect("case", number=number)


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.RECORD_VOID)
def settle(request: StaffRequest, number: str, voiding: int) -> HttpResponse:
    """Before whoever confirms: what is said to be wrong, why, and what would follow; he agrees, or says why not."""
    case = light(request, number)
    beside = ("entry", "asked_by", "settled_by")
    asked = get_object_or_404(Voiding.objects.select_related(*beside), pk=voiding, case=case.pk)
    form = DeclineVoidForm(request.POST if "decline" in request.POST else None)
    if request.method != "POST":
        return _before(request, load(request, number), asked, form)
    if "decline" in request.POST and not form.is_valid():
        return _before(request, load(request, number), asked, form, 422)
    told: dict[str, Any] = {"by": request.officer, "at": now(), "voiding": voiding}
    try:
        if "decline" in request.POST:
            void.decline_void(case, **told, remark=form.cleaned_data["remark"])
            messages.success(request, f"{number}　没有作废，理由已记下。")
        else:
            void.confirm_void(case, **told)
            messages.success(request, f"{number}　已作废，期限已重新计算，请接着办。")
    except NotAllowed as refusal:
        return _before(request, load(request, number), asked, form, 409, str(refusal))
    return redirect("case", number=number)


def _form(request: StaffRequest, found: Whole, entry: Entry) -> VoidForm:
    data = request.POST if request.method == "POST" else None
    if entry.fact not in SHOWN_BY:
        return VoidForm(data)
    keys = _came_perhaps(found, SHOWN_BY[entry.fact])
    papers = list(Material.objects.filter(pk__in=keys).order_by("order")) if keys else []
    return ShownForm(data, papers=papers, promised=SHOWN_BY[entry.fact] == "PapersSupplied")


def _came_perhaps(found: Whole, shown: str) -> list[int]:
    """The papers that may have come in time: those of the notice, or those that he still owed."""
    if shown == "CorrectionReceived" and found.corrections:
        return [point.material_id for point in found.corrections[-1][1]]
    owed = promises.deferral(found.now.seen) if shown == "PapersSupplied" else None
    return list(owed.owed) if owed is not None else []


def _asking(
    request: StaffRequest, found: Whole, entry: Entry, form: VoidForm, status: int = 200
) -> HttpResponse:
    context = {
        **_told(found, entry),
        "form": form,
        "foreseen": foreseen(found, entry.place, today()),
        "waits": any(one.confirmed is None and one.entry_id == entry.pk for one in found.voidings),
    }
    return render(request, "case/void.html", context, status=status)


def _before(
    request: StaffRequest,
    found: Whole,
    asked: Voiding,
    form: DeclineVoidForm,
    status: int = 200,
    refused: str = "",
) -> HttpResponse:
    own, wrote = asked.asked_by_id == request.officer.pk, asked.entry.by == request.officer.actor_code
    office, public = cause_words(asked)
    papers = Material.objects.filter(pk__in=asked.shown_papers).order_by("order")
    context = {
        **_told(found, asked.entry),
        "asked": asked,
        "form": form,
        "refused": refused,
        "office": office,
        "public": public,
        "papers": papers if asked.shown_papers else [],
        "own": own,
        "wrote": wrote,
        "foreseen": foreseen(found, asked.entry.place, today()) if asked.confirmed is None else None,
    }
    return render(request, "case/voiding.html", context, status=status)


def _told(found: Whole, entry: Entry) -> dict[str, Any]:
    """The fact in words, as it stands on the line."""
    names = telling.names_in(found)
    line = telling.line_of(entry, found, names)
    return {"case": found.case, "line": line, "word": TERMS_ZH[entry.fact]}
