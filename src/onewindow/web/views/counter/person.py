"""谁来办、办什么: find or open the applicant's file, then choose the item."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onewindow.cases.reads.public import frequent
from onewindow.catalogue.models import Item, ItemVersion
from onewindow.ground.clock import now
from onewindow.guidance.reads import Wanted, search
from onewindow.intake import acts as intake
from onewindow.intake import reads, whom
from onewindow.people import acts as people
from onewindow.people.models import Party
from onewindow.places.models import County
from onewindow.places.reads import start_order
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.web.forms.people import FileForm, PaperForm
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.counter import front, offline, queue

SHOWN = 12
MASKED = {"paper_number": "证件号码", "phone": "电话", "address": "地址"}


@require_GET
@never_cache
@staff_required(Grant.INTAKE_RECEIVE, Grant.RECEIPT_WRITE)
def start(request: StaffRequest) -> HttpResponse:
    """The paper box; with a person in front, his matters and the search for what he wants.

    On the machine of a hall nothing is taken in but on a receipt.
    """
    return offline.window(request) if settings.BOX else _start(request)


@require_POST
@never_cache
@staff_required(Grant.INTAKE_RECEIVE)
@sensitive_post_parameters()
def find(request: StaffRequest) -> HttpResponse:
    """A paper was read: its holder stands in front, or a file has to be opened."""
    at = now()
    form = PaperForm(request.POST, today=at.date())
    if not form.is_valid():
        return _start(request, paper=form, status=422)
    party = form.found()
    if party is None:
        told = form.cleaned_data
        first = {name: told[name] for name in ("paper_kind", "paper_number", "nation")}
        return _file(request, FileForm(initial={**first, "name": told["holder"]}), fresh=True)
    front.put(request, party, at)
    return redirect("counter")


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.PEOPLE_FILE)
@sensitive_post_parameters()
def file(request: StaffRequest) -> HttpResponse:
    """建档, or bringing the file of the person in front up to date."""
    party = front.person(request)
    if request.method != "POST":
        return _file(request, FileForm(initial=_known(party), known=party), fresh=party is None)
    at, form = now(), FileForm(request.POST, known=party)
    if not form.is_valid():
        return _file(request, form, status=422)
    guardian = form.guardian()
    try:
        for told in filter(None, (guardian, form.told(None))):
            people.require_real(told, request.county)  # type: ignore[attr-defined]
        held = people.file_party(guardian, by=request.officer, at=at) if guardian else None
        filed = people.file_party(form.told(held), by=request.officer, at=at)
    except people.PartyFaults as wrong:
        for name, sentence in wrong.by_field.items():
            form.add_error(name if name in form.fields else "guardian_number", sentence)
        return _file(request, form, status=422)
    except NotAllowed as invented:
        form.add_error("paper_number", str(invented))
        return _file(request, form, status=422)
    front.put(request, filed, at)
    return redirect("counter")


@require_POST
@never_cache
@staff_required(Grant.PEOPLE_UNMASK)
def unmask(request: StaffRequest) -> HttpResponse:
    """The full number of the person in front, with a reason that is logged before anybody sees it."""
    party, field = front.person(request), request.POST.get("field", "paper_number")
    if party is None or field not in MASKED:
        raise NotAllowed("请先刷申请人的证件。")
    full = people.unmask(
        party,
        by=request.officer,
        at=now(),
        reason=request.POST.get("reason", ""),
        field=field,
        origin=request.META.get("REMOTE_ADDR", ""),
    )
    return render(request, "counter/unmasked.html", {"word": MASKED[field], "full": full})


@require_POST
@staff_required(Grant.INTAKE_RECEIVE)
def next_person(request: HttpRequest) -> HttpResponse:
    """The next one: nothing of the last person stays on the screen."""
    queue.gone(request)
    return redirect("counter")


@require_GET
@never_cache
@staff_required(Grant.INTAKE_RECEIVE)
def items(request: StaffRequest) -> HttpResponse:
    """What can be applied for, while the clerk types."""
    return render(request, "counter/items.html", _items(request, front.person(request)))


@require_POST
@never_cache
@staff_required(Grant.INTAKE_RECEIVE)
def begin(request: StaffRequest) -> HttpResponse:
    """The item is chosen: a draft opens, in which everything typed is kept.

    Nobody may be turned away by a page: who insists is received, and told in writing (行政许可法 32).
    """
    party = front.person(request)
    if party is None:
        raise NotAllowed("请先刷申请人的证件，再选择事项。")
    wanted = request.POST.get("version", "")
    chosen = get_object_or_404(
        ItemVersion.objects.select_related("item"),
        pk=int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 19 else 0,
        county=request.officer.county,
    )
    if request.POST.get("anyway") != "yes" and (sentence := whom.unfit(chosen.item, party)):
        told = {"version": chosen, "party": party, "sentence": sentence}
        return render(request, "counter/unfit.html", told, status=409)
    clerk = request.officer
    try:
        application = intake.begin(
            chosen,
            by=clerk,
            at=now(),
            once=uuid4(),
            applicant=party,
            window=clerk.window,
            **queue.staying(request),
        )
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("counter")
    return redirect("counter_sheet", once=application.once)


@require_POST
@never_cache
@staff_required(Grant.INTAKE_RECEIVE)
def take_up(request: StaffRequest) -> HttpResponse:
    """接着办: the person in front wants the clerk to finish with him what he began online and did not hand in."""
    party, at = front.person(request), now()
    if party is None:
        raise NotAllowed("请先刷申请人的证件，再打开他没交的申请。")
    if request.POST.get("agreed") != "on":
        raise NotAllowed("要申请人在场并且同意，才能打开他没交的申请。请问过他，勾选以后再打开。")
    application = reads.unsent(party, request.officer.county, _once(request.POST.get("once", "")))
    if application is None:
        raise NotAllowed("这份申请已经交上、删掉，或者有窗口在接着办。请回到收件首页再看。")
    origin = request.META.get("REMOTE_ADDR", "")
    dropped = intake.take_up(
        application, by=request.officer, at=at, window=request.officer.window, origin=origin
    )
    if dropped:
        messages.warning(request, f"办事指南更新过，这几份要重新收：{'、'.join(dropped)}。")
    return redirect("counter_sheet", once=application.once)


def _once(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        return uuid4()  # nobody's


def _start(request: StaffRequest, *, paper: PaperForm | None = None, status: int = 200) -> HttpResponse:
    at, party = now(), front.person(request)
    found = _items(request, party) if party else {}
    bar = queue.bar(request)
    context = {
        "paper": paper or PaperForm(initial=queue.shown(bar) if party is None else None, today=at.date()),
        "drafts": reads.drafts_of(request.officer)[:8],
        "unsent": reads.unsent_of(party, request.officer.county) if party else [],
        **(front.shown(request, party, at.date()) if party else {}),
        **found,
        **bar,
    }
    return render(request, "counter/start.html", context, status=status)


def _items(request: StaffRequest, party: Party | None) -> dict[str, object]:
    words = request.GET.get("q", "").strip()[:60]
    found = _found(request.officer.county, words) if words else _often(request, party)
    others = [item.pk for item in found if party is not None and not whom.fits(item, party.kind)]
    return {"words": words, "items": found, "others": others, "party": party}


def _often(request: StaffRequest, party: Party | None) -> list[Item]:
    """Before anything is typed: what people like the one in front apply for most."""
    county: County = request.county  # type: ignore[attr-defined]
    often = frequent(county.code, 60, start_order(county))
    kind = party.kind if party is not None else Party.Kind.PERSON
    fitting = [item.pk for item in often if item.audience and whom.fits(item, kind)]
    open_ones = {item.pk: item for item in reads.items_among(county.code, fitting)}
    return [open_ones[key] for key in fitting if key in open_ones][:SHOWN]


def _found(county: str, words: str) -> list[Item]:
    """Items in everyday words, pinyin or with typos, and those just published that the search does not know yet."""
    called = reads.items_open(county, words, SHOWN)
    hits = [hit.item for hit in search(county, Wanted(words=words)).page(1, SHOWN)]
    open_ones = {item.pk: item for item in reads.items_among(county, hits)}
    first = [open_ones[key] for key in hits if key in open_ones]
    return [*first, *(item for item in called if item.pk not in open_ones)][:SHOWN]


def _file(request: HttpRequest, form: FileForm, *, fresh: bool = False, status: int = 200) -> HttpResponse:
    return render(request, "counter/file.html", {"form": form, "fresh": fresh}, status=status)


def _known(party: Party | None) -> dict[str, object]:
    """What may stand in the form: number, telephone and address stay masked beside their empty fields."""
    if party is None:
        return {}
    told = ("paper_kind", "nation", "name", "born", "sex")
    return {
        **{name: getattr(party, name) for name in told},
        "legal_representative": party.legal_representative,
    }
