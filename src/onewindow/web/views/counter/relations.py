"""谁替谁办: which papers did the clerk see for the guardian of a child or the representative of a firm?"""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from onewindow.ground.clock import now
from onewindow.people import acts as people
from onewindow.people.models import Claim, Party
from onewindow.people.reads import claims_of
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.web.forms.people import SeenForm, SpeakerForm
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.counter import front


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.PEOPLE_FILE)
@sensitive_post_parameters()
def relations(request: StaffRequest) -> HttpResponse:
    """Who acts for the person in front, and whom the papers name."""
    party = _in_front(request)
    form = SpeakerForm(request.POST if request.method == "POST" else None, party=party)
    if request.method != "POST":
        return _page(request, party, form)
    if not form.is_valid():
        return _page(request, party, form, 422)
    try:
        _registered(request, party, form)
    except people.PartyFaults as wrong:
        for name, sentence in wrong.by_field.items():
            form.add_error(name if name in form.fields else None, sentence)
        return _page(request, party, form, 422)
    messages.success(request, f"登记好了，{form.cleaned_data['name']}可以替{party.name}办事，已经告诉双方。")
    return redirect("counter_relations")


@require_POST
@never_cache
@staff_required(Grant.PEOPLE_FILE)
def settle(request: StaffRequest, claim: int) -> HttpResponse:
    """What somebody said online is proved by the papers, or comes to its end."""
    party = _in_front(request)
    found = get_object_or_404(claims_of(party), pk=claim)
    try:
        if request.POST.get("do") == "end":
            reason = request.POST.get("reason", "")
            people.end_claim(found, reason=reason, by=request.officer, at=now())
            messages.success(request, "这项登记已经终止，已经告诉双方。")
        else:
            seen = SeenForm(request.POST, party=found.party)
            papers = seen.cleaned_data["papers"] if seen.is_valid() else []
            people.prove(found, papers=papers, by=request.officer, at=now())
            messages.success(request, f"核实好了，{found.claimant.name}可以替{found.party.name}办事。")
    except NotAllowed as refusal:
        form = SpeakerForm(party=party)
        return _page(request, party, form, 422, {found.pk: str(refusal)})
    return redirect("counter_relations")


def _in_front(request: StaffRequest) -> Party:
    party = front.person(request)
    if party is None:
        raise NotAllowed("请先刷申请人的证件，再登记谁替他办。")
    return party


@transaction.atomic
def _registered(request: StaffRequest, party: Party, form: SpeakerForm) -> None:
    at, papers = now(), form.cleaned_data["papers"]
    speaker = people.file_party(form.speaker(), by=request.officer, at=at)
    people.require_real(speaker, request.county)  # type: ignore[attr-defined]
    if party.kind == Party.Kind.ORG:
        people.set_representative(party, person=speaker, papers=papers, by=request.officer, at=at)
    else:
        relation = form.cleaned_data["relation"]
        people.set_guardian(
            party, guardian=speaker, relation=relation, papers=papers, by=request.officer, at=at
        )


def _page(
    request: StaffRequest,
    party: Party,
    form: SpeakerForm,
    status: int = 200,
    errors: dict[int, str] | None = None,
) -> HttpResponse:
    open_ones = list(claims_of(party))
    context = {
        "party": party,
        "form": form,
        "speaker": party.representative if party.kind == Party.Kind.ORG else party.guardian,
        "claims": [_line(claim, party, errors or {}) for claim in open_ones],
    }
    return render(request, "counter/relations.html", context, status=status)


def _line(claim: Claim, party: Party, errors: dict[int, str]) -> dict[str, object]:
    return {
        "claim": claim,
        "form": SeenForm(party=claim.party, auto_id=f"id_{claim.pk}_%s"),
        "error": errors.get(claim.pk, ""),
    }
