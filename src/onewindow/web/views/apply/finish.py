"""核对并提交: everything once more on one page, then once and for all; or throw it away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.cases.acts.chosen import Route, hand_in_on_promise, ways
from onewindow.cases.acts.receive import hand_in
from onewindow.catalogue.promised import days_of, offer
from onewindow.ground.clock import now, today
from onewindow.intake import delivery
from onewindow.intake import form as item_form
from onewindow.intake.acts import FormFaults, online
from onewindow.intake.acts.online import PapersMissing
from onewindow.journal.models import Entry
from onewindow.letters.reads import letters_of
from onewindow.packs.keys import in_words
from onewindow.packs.keys_settings import SETTINGS
from onewindow.places.reads import here, pack_here
from onewindow.rules.grants import NotAllowed
from onewindow.rules.pack import LOCAL_WORDS
from onewindow.web.forms.route import RouteForm
from onewindow.web.forms.told import ToldForm
from onewindow.web.gates import PartyRequest, party_required
from onewindow.web.views.apply.draft import Draft, load
from onewindow.web.views.track.shown import letter_links


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@party_required
@never_cache
def review(request: PartyRequest, once: UUID) -> HttpResponse:
    """Look it over and submit."""
    draft = load(request, once)
    if draft.application.sealed_at:
        return redirect(draft.url("done"))
    form, route = _told(request, draft), _route(request, draft)
    refused = ""
    if request.method == "POST" and all([form.is_valid(), route is None or route.is_valid()]):
        try:
            _send(request, draft, form, route)
        except (FormFaults, PapersMissing):
            refused = "还有要补的地方，见下面，补好再交。"
        except NotAllowed as refusal:
            refused = str(refusal)
        else:
            return redirect(draft.url("done"))
    status = 422 if request.method == "POST" else 200
    context = {**_context(draft, form, refused), **_promises(draft, route)}
    return render(request, "apply/review.html", context, status=status)


def _send(request: PartyRequest, draft: Draft, form: ToldForm, route: RouteForm | None) -> None:
    sent: dict[str, Any] = {"by": request.party, "at": now(), "told": form.told()}
    if route is None or route.chosen is Route.PLAIN:
        hand_in(draft.application, **sent)
    else:
        hand_in_on_promise(draft.application, route=route.chosen, **sent)


def _route(request: PartyRequest, draft: Draft) -> RouteForm | None:
    """Asked only where there is something to choose."""
    open_ways = [] if draft.open_questions else ways(draft.version, draft.missing)
    if open_ways in ([], [Route.PLAIN]):
        return None
    return RouteForm(request.POST if request.method == "POST" else None, ways=open_ways)


def _promises(draft: Draft, route: RouteForm | None) -> dict[str, Any]:
    """What he reads before he promises."""
    if route is None:
        return {"route": None}
    open_ways = ways(draft.version, draft.missing)
    pack = pack_here(here())
    told = offer(draft.version) if Route.PROMISE in open_ways else None
    missed = in_words(SETTINGS["rongque.missed"], pack.setting("rongque.missed").value)
    return {
        "route": route,
        "offer": told,
        "check_days": (told.check_days if told else 0) or pack.setting("commitment.check_days").number,
        "later": [m.name for m in draft.missing] if Route.LATER in open_ways else [],
        "later_days": min(
            (days_of(m) or pack.setting("rongque.days").number for m in draft.missing), default=0
        ),
        "missed": missed,
        "local": LOCAL_WORDS,
    }


@require_GET
@party_required
@never_cache
def done(request: PartyRequest, once: UUID) -> HttpResponse:
    """The receipt: number, enquiry code, and what comes next."""
    draft = load(request, once)
    case = draft.application.cases.select_related("department", "subject").first()
    if case is None:
        return redirect(draft.url(draft.first))
    links = letter_links(list(letters_of(case.subject)), case.number, case.stage)
    receipt = Entry.objects.filter(subject=case.subject_id, place=1).values_list("body", flat=True).first()
    told = {"draft": draft, "case": case, "letters": links, "route": (receipt or {}).get("route", "")}
    return render(request, "apply/done.html", told)


@require_http_methods(["GET", "POST"])
@party_required
@never_cache
def discard(request: PartyRequest, once: UUID) -> HttpResponse:
    """Throw the draft away, on a page of its own that says what is lost."""
    draft = load(request, once)
    if draft.application.sealed_at:
        return redirect(draft.url("done"))
    if request.method == "POST":
        online.throw_away(draft.application, by=request.party)
        messages.success(request, "草稿和里面的文件都删掉了。")
        return redirect("my")
    return render(request, "apply/discard.html", {"draft": draft})


def _told(request: PartyRequest, draft: Draft) -> ToldForm:
    """The last questions, answered beforehand where the item and the person's own file answer them."""
    party = draft.application.applicant
    agreed = party.e_service_agreed_at is not None
    address = "" if party.pk in request.party.claims_for else party.address
    pack = pack_here(request.county)  # type: ignore[attr-defined]
    rule = delivery.post_free(pack, draft.version, today())
    way = delivery.first(draft.version, e_service=agreed, free=rule is not None, address=address)
    initial = {
        "phone": draft.application.phone,
        "delivery_way": way,
        "delivery_address": address,
        "e_service": agreed,
    }
    post = f"{pack.sources[rule.cite.source].title}{rule.cite.clause}" if rule is not None else ""
    data = request.POST if request.method == "POST" else None
    return ToldForm(data, initial=initial, version=draft.version, post=post)


def _context(draft: Draft, form: ToldForm, refused: str) -> dict[str, Any]:
    lines = [] if draft.open_questions else draft.lines()
    labels = {key: dict(question.options) for question in draft.questions for key in (question.key,)}
    return {
        "draft": draft,
        "steps": draft.steps("review"),
        "form": form,
        "refused": refused,
        "situation": [(q.ask, labels[q.key].get(draft.given.get(q.key, ""), "")) for q in draft.questions],
        "answers": item_form.labels(draft.version.form, draft.values),
        "lines": [line for line in lines if not line.free],
        "problems": _problems(draft),
    }


def _problems(draft: Draft) -> list[tuple[str, str]]:
    """What keeps it from being submitted, each with the page where it is put right."""
    found = []
    if draft.open_questions:
        found.append((draft.url("situation"), f"情形还有 {draft.open_questions} 处没选"))
    if draft.faults:
        found.append((f"{draft.url('form')}?check=1", f"信息还有 {len(draft.faults)} 处要填或者要改"))
    if draft.missing and not draft.open_questions and not ways(draft.version, draft.missing):
        names = "、".join(material.name for material in draft.missing)
        found.append((draft.url("papers"), f"还差 {len(draft.missing)} 份材料：{names}"))
    return found
