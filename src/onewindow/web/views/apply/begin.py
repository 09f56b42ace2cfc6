"""开始申请: for whom, what is needed, what is done with the data – and then the draft."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.catalogue.models import Item, ItemVersion
from onewindow.catalogue.reads import version_to_apply
from onewindow.ground.clock import now, today
from onewindow.intake import reads, whom
from onewindow.intake.acts import online
from onewindow.intake.models import Application, Channel
from onewindow.people.models import Party
from onewindow.rules.grants import NotAllowed
from onewindow.web import at_machine, guides
from onewindow.web.chosen import Chosen, read
from onewindow.web.gates import PartyRequest, party_required
from onewindow.web.views.apply.draft import load
from onewindow.web.views.rate import channel_of


@require_http_methods(["GET", "POST"])
@party_required
def begin(request: PartyRequest, address: str) -> HttpResponse:
    """The first page of an application; nothing is written before it is sent."""
    version = version_to_apply(request.county.code, address)  # type: ignore[attr-defined]
    if version is None:
        raise Http404("没有这个事项，或者现在不能申请。")
    if request.method == "POST":
        return _begun(request, version)
    return render(request, "apply/begin.html", _context(request, version))


@require_GET
@party_required
def go_on(request: PartyRequest, once: UUID) -> HttpResponse:
    """To the step where the work goes on; to the receipt when it was submitted."""
    draft = load(request, once)
    return redirect(draft.url("done" if draft.application.sealed_at else draft.first))


def candidates(party: Party, item: Item) -> list[Party]:
    """Those for whom this person may apply for this item: himself, his wards, his firms."""
    return [one for one in _spoken_for(party) if whom.fits(item, one.kind)]


def _spoken_for(party: Party) -> list[Party]:
    return list(Party.objects.filter(pk__in=party.speaks_for | party.claims_for).order_by("pk"))


def _begun(request: PartyRequest, version: ItemVersion) -> HttpResponse:
    chosen = request.POST.get("applicant", "")
    applicant = next((one for one in candidates(request.party, version.item) if str(one.pk) == chosen), None)
    faults: dict[str, str] = {}
    if applicant is None:
        faults["applicant"] = "请选择为谁申请。"
    if request.POST.get("agrees") != "on":
        faults["agrees"] = "请先看完上面的说明，勾选后才能开始。"
    if faults or applicant is None:
        told = {**_context(request, version), "faults": faults, "chosen": chosen}
        return render(request, "apply/begin.html", told, status=422)
    try:
        application = online.begin(
            version,
            by=request.party,
            at=now(),
            once=_once(request.POST.get("once", "")),
            applicant=applicant,
            channel=Channel.TERMINAL if at_machine.here(request) else channel_of(request),  # type: ignore[arg-type]
        )
    except NotAllowed as refusal:
        told = {**_context(request, version), "faults": {"applicant": str(refusal)}, "chosen": chosen}
        return render(request, "apply/begin.html", told, status=422)
    _carry(application, read(version, request.POST), by=request.party)
    return redirect("apply_draft", application.once)


def _carry(application: Application, chosen: Chosen, *, by: Party) -> None:
    """What was answered on the guide enters the draft, where he had not answered there already."""
    fresh = {name: value for name, value in chosen.typed.items() if name not in application.draft}
    if fresh:
        online.save(application, by=by, at=now(), names=fresh, typed=fresh)


def _once(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        return uuid4()


def _context(request: PartyRequest, version: ItemVersion) -> dict[str, Any]:
    item = version.item
    county = request.county.code  # type: ignore[attr-defined]
    everybody = _spoken_for(request.party)
    return {
        "told": read(version, request.POST if request.method == "POST" else request.GET),
        "item": item,
        "version": version,
        "who": [one for one in everybody if whom.fits(item, one.kind)],
        "not_for": whom.unfit(item, *everybody),
        "chosen": str(request.party.pk),
        "faults": {},
        "once": uuid4(),
        "days": guides.span(version.promised_days, version.promised_unit, version.immediate),
        "online": item.online_depth >= online.ONLINE_FROM,
        "open": [one for one in reads.drafts_for(request.party, county) if one.version.item_id == item.pk],
        "today": today(),
    }
