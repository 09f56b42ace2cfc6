"""填写: the situation and the form, kept as it is typed, with or without a script."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from onewindow.ground.clock import now, today
from onewindow.intake import form as item_form
from onewindow.intake.acts import online
from onewindow.intake.known import known
from onewindow.intake.situation import refuse_at_home
from onewindow.rules.grants import NotAllowed
from onewindow.web.gates import PartyRequest, party_required
from onewindow.web.templatetags.apply_shown import hour
from onewindow.web.views.apply.draft import Draft, load


@require_http_methods(["GET", "POST"])
@party_required
@never_cache
def situation(request: PartyRequest, once: UUID) -> HttpResponse:
    """What decides which materials are needed."""
    draft, refused = load(request, once), ""
    if draft.application.sealed_at:
        return redirect(draft.url("done"))
    if request.method == "POST":
        draft = _saved(request, draft, [question.name for question in draft.questions])
        refused = _at_window(draft)
        if not draft.open_questions and not refused:
            return redirect(draft.url("form"))
    asked = request.method == "POST" and not refused
    context = {"draft": draft, "steps": draft.steps("situation"), "asked": asked, "refused": refused}
    return render(request, "apply/situation.html", context, status=422 if request.method == "POST" else 200)


def _at_window(draft: Draft) -> str:
    """Why this situation cannot be dealt with at home; empty when it can."""
    try:
        refuse_at_home(draft.version, draft.given)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@party_required
@never_cache
def form(request: PartyRequest, once: UUID) -> HttpResponse:
    """The item's own form; what is wrong is said when somebody wants to go on, and whatever was typed is kept."""
    draft = load(request, once)
    if draft.application.sealed_at:
        return redirect(draft.url("done"))
    shows = request.method == "POST" or "check" in request.GET
    if request.method == "POST":
        draft = _saved(request, draft, _sent(request, draft))
        if not draft.faults:
            return redirect(draft.url("papers"))
    context = {
        "draft": draft,
        "steps": draft.steps("form"),
        "values": item_form.entered(draft.version.form, draft.application.draft),
        "known": known(draft.version.form, draft.application.applicant, today()),
        "faults": draft.faults if shows else {},
    }
    return render(request, "apply/form.html", context, status=422 if request.method == "POST" else 200)


@sensitive_post_parameters()
@require_POST
@party_required
def save(request: PartyRequest, once: UUID) -> HttpResponse:
    """Kept in the background as it is typed; answers with the words beside the tick."""
    draft = load(request, once)
    try:
        application = online.save(
            draft.application, by=request.party, at=now(), names=_sent(request, draft), typed=_lists(request)
        )
    except NotAllowed as refusal:
        return HttpResponse(str(refusal), status=409)
    return HttpResponse(f"已保存 {hour(application.saved_at)}")


def _saved(request: PartyRequest, draft: Draft, names: Collection[str]) -> Draft:
    application = online.save(
        draft.application, by=request.party, at=now(), names=names, typed=_lists(request)
    )
    draft.application.draft, draft.application.saved_at = application.draft, application.saved_at
    return Draft(draft.application, draft.by)


def _sent(request: PartyRequest, draft: Draft) -> list[str]:
    """The fields that this page sent: an empty group of boxes is sent by its absence."""
    known = {question.name for question in draft.questions}
    properties = (draft.version.form.get("schema") or {}).get("properties", {})
    boxes = {name for name, field in properties.items() if field.get("type") == "array"}
    on_page = boxes if request.POST.get("step") == "form" else set()
    return [name for name in (*known, *properties) if name in request.POST or name in on_page]


def _lists(request: PartyRequest) -> dict[str, list[str]]:
    return {name: [text[:4000] for text in texts] for name, texts in request.POST.lists()}
