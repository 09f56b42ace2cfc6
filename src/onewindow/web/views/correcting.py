"""更正文书: the page on which a letter is put right, and the one on which whoever decides confirms it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onewindow.cases.models import Case
from onewindow.ground.clock import now
from onewindow.letters import acts, anew
from onewindow.letters.models import Letter, Reissue
from onewindow.people.reads import names_of
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.web.forms.correcting import CorrectForm, DeclineForm
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.case.page import light as case_of


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.LETTER_CORRECT)
def correct(request: StaffRequest, number: str, letter: int) -> HttpResponse:
    """What the letter says, what would change by itself, and the words that may be written anew."""
    case = case_of(request, number)
    found = get_object_or_404(
        Letter.objects.select_related("cause", "replaces__cause"), pk=letter, subject=case.subject_id
    )
    if request.method != "POST":
        return _page(request, case, found, CorrectForm(letter=found))
    form = CorrectForm(request.POST, letter=found)
    if not form.is_valid():
        return _page(request, case, found, form, 422)
    told = {"why": form.cleaned_data["why"], "wording": form.wording}
    try:
        asked = acts.ask_correction(case, by=request.officer, at=now(), letter=letter, **told)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _page(request, case, found, form, 409)
    done = "更正的文书正在生成。" if asked.confirmed else "更正已提出，等有决定权的同志确认。"
    messages.success(request, f"{found.number}　{done}")
    return redirect("case", number=number)


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.CASE_DECIDE)
def settle(request: StaffRequest, number: str, reissue: int) -> HttpResponse:
    """Before whoever decides: what was asked, what changes; he agrees, or says why not."""
    case = case_of(request, number)
    asked = get_object_or_404(
        Reissue.objects.select_related("letter__cause", "letter__replaces__cause"),
        pk=reissue,
        letter__subject=case.subject_id,
    )
    form = DeclineForm(request.POST if "decline" in request.POST else None)
    if request.method != "POST":
        return _before(request, case, asked, form)
    told: dict[str, Any] = {"by": request.officer, "at": now(), "reissue": reissue}
    if "decline" in request.POST and not form.is_valid():
        return _before(request, case, asked, form, 422)
    try:
        if "decline" in request.POST:
            acts.decline_correction(case, **told, remark=form.cleaned_data["remark"])
            messages.success(request, f"{asked.letter.number}　没有更正，理由已记下。")
        else:
            acts.confirm_correction(case, **told)
            messages.success(request, f"{asked.letter.number}　更正的文书正在生成。")
    except NotAllowed as refusal:
        return _before(request, case, asked, form, 409, str(refusal))
    return redirect("case", number=number)


def _page(
    request: StaffRequest, case: Case, letter: Letter, form: CorrectForm, status: int = 200
) -> HttpResponse:
    decided = letter.kind in anew.DECISIONS
    own = decided and anew.first_of(letter).cause.by == request.officer.actor_code
    context = {
        "case": case,
        "letter": letter,
        "form": form,
        "changes": anew.changes(letter, {}, now()),
        "second": decided and not own,
        "writable": bool(form.names),
        "again": Reissue.objects.filter(letter=letter).exclude(confirmed=False).exists(),
    }
    return render(request, "case/correct_letter.html", context, status=status)


def _before(
    request: StaffRequest,
    case: Case,
    asked: Reissue,
    form: DeclineForm,
    status: int = 200,
    refused: str = "",
) -> HttpResponse:
    context = {
        "case": case,
        "asked": asked,
        "letter": asked.letter,
        "form": form,
        "refused": refused,
        "who": names_of({asked.asked_by}).get(asked.asked_by, ""),
        "changes": anew.changes(asked.letter, asked.wording, now()) if asked.confirmed is None else [],
        "own": asked.asked_by == request.officer.actor_code,
    }
    return render(request, "case/correction.html", context, status=status)
