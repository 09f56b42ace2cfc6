"""大厅本机的窗口: how does a clerk call numbers and take papers in while the county cannot be reached?"""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onewindow.box.models import Box
from onewindow.box.reads import clock_words, copy
from onewindow.cases.acts.offline import left_of, settle_receipt, try_again, write_receipt
from onewindow.cases.models import OfflineReceipt
from onewindow.catalogue.models import Item, ItemVersion, Material
from onewindow.ground.clock import SHANGHAI, now
from onewindow.ground.paging import page
from onewindow.hall.reads import window_of
from onewindow.intake import form as item_form
from onewindow.intake.acts.papers import FormFaults
from onewindow.people.acts import PartyData
from onewindow.people.models import PaperKind
from onewindow.places.reads import here
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.rules.identity import masked
from onewindow.rules.keeping import CLEARED
from onewindow.web.asking import AskingForm, ask, posted
from onewindow.web.forms.phone import PhoneField
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.counter import queue

FOUND, PAGE = 12, 50


class HandedInBy(AskingForm):
    """Who handed the papers in, by the paper that he showed."""

    paper_kind = forms.ChoiceField(label="证件", choices=PaperKind.choices, initial=PaperKind.RESIDENT)
    paper_number = forms.CharField(label="证件号码", max_length=60)
    nation = forms.CharField(label="护照的国家（地区）代码", max_length=3, required=False)
    name = forms.CharField(label="姓名或者单位名称", max_length=100)
    phone = PhoneField("联系电话")


class OutcomeForm(AskingForm):
    """What was done instead."""

    outcome = forms.CharField(label="怎样处理的", max_length=300, help_text="如：已电话告知，材料退回本人。")


def window(request: StaffRequest) -> HttpResponse:
    """The page of a window on the machine of a hall: its numbers, the line to the county, what was taken in today."""
    box = Box.objects.select_related("hall").first()
    at = now()
    told: dict[str, Any] = {"box": box, "at": at, **queue.bar(request)}
    if box is not None:
        since = at.replace(hour=0, minute=0, second=0, microsecond=0)
        rows = OfflineReceipt.objects.filter(box=box, taken_at__gte=since).select_related("version")
        told |= {"line": copy(_as_heard(box), at), "receipts": list(rows.order_by("-taken_at"))}
        told |= {"left": left_of(box), "clock": clock_words(box)}
    return render(request, "counter/box.html", told)


def _as_heard(box: Box) -> Box:
    """On the machine the line is as old as the last answer of the county."""
    box.whole_at = box.heard_at
    return box


@require_GET
@never_cache
@staff_required(Grant.RECEIPT_WRITE)
def choose(request: StaffRequest) -> HttpResponse:
    """Which item it is: of those that the machine knows."""
    words = request.GET.get("q", "").strip()[:60]
    rows = Item.objects.filter(state=Item.State.PUBLISHED, current__isnull=False)
    for word in words.split():
        rows = rows.filter(name__icontains=word)
    found = list(rows.select_related("department").order_by("name")[:FOUND]) if words else []
    return render(request, "counter/offline_items.html", {"words": words, "items": found, "once": uuid4()})


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.RECEIPT_WRITE)
@sensitive_post_parameters()
def take(request: StaffRequest, version: int, once: UUID) -> HttpResponse:
    """Who it is, what he filled in, which papers came: on one page, and the numbered receipt after it."""
    known = OfflineReceipt.objects.filter(once=once, officer=request.officer).first()
    if known is not None:
        return redirect("offline_receipt", known.number)
    found = get_object_or_404(ItemVersion.objects.select_related("item__department"), pk=version)
    form = HandedInBy(posted(request))
    raw = {name: [str(one) for one in texts] for name, texts in request.POST.lists()}
    told: dict[str, Any] = {"version": found, "form": form, "values": item_form.entered(found.form, raw)}
    told |= {
        "materials": list(found.materials.exclude(necessity=Material.Necessity.EXEMPT)),
        "came": request.POST.getlist("came"),
        **queue.bar(request),
    }
    if request.method != "POST":
        return render(request, "counter/offline.html", told)
    if form.is_valid():
        try:
            return redirect("offline_receipt", _written(request, found, form, raw, once).number)
        except FormFaults as wrong:
            told["wrong"] = wrong.by_field
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
    else:
        told["wrong"] = item_form.faults(found.form, item_form.typed(found.form, raw))
    told["cells"] = [(f"f-{name}", sentence) for name, sentence in told.get("wrong", {}).items()]
    return render(request, "counter/offline.html", told, status=422)


def _written(
    request: StaffRequest, version: ItemVersion, form: HandedInBy, raw: dict[str, list[str]], once: UUID
) -> OfflineReceipt:
    box = Box.objects.first()
    if box is None:
        raise NotAllowed("这里不是大厅本机，请在一窗收件里收件。")
    return write_receipt(
        version,
        by=request.officer,
        at=now(),
        once=once,
        box=box,
        person=PartyData(**form.cleaned_data),
        form=item_form.typed(version.form, raw),
        papers=raw.get("came", []),
        window=window_of(request.officer),
        visit=queue.stay(request),
    )


@require_GET
@never_cache
@staff_required(Grant.RECEIPT_WRITE, Grant.INTAKE_RECEIVE)
def receipt(request: StaffRequest, number: str) -> HttpResponse:
    """The numbered receipt, to be printed twice: one for him, one with the papers."""
    rows = OfflineReceipt.objects.filter(number=number, county=request.officer.county)
    rows = rows.filter(box__hall__in=request.officer.halls)
    found = rows.select_related("version__item__department", "officer", "window", "box__hall", "case").first()
    if found is None:
        raise Http404
    came = [one.name for one in found.version.materials.all() if one.code in found.papers]
    told = {
        "receipt": found,
        "taken_at": found.taken_at.astimezone(SHANGHAI),
        "papers": came,
        "paper_number": masked(str(found.person.get("paper_number", ""))),
        "filled": item_form.labels(found.version.form, found.form),
        "cleared": "" if found.person else CLEARED,  # the machine forgets what the county has
        "county": here(),
    }
    return render(request, "counter/offline_receipt.html", told)


def _of(request: StaffRequest) -> Any:
    rows = OfflineReceipt.objects.filter(county=request.officer.county, heard_at__isnull=False)
    return rows.filter(box__hall__in=request.officer.halls).select_related(
        "version", "officer", "box", "case"
    )


@require_GET
@never_cache
@staff_required(Grant.INTAKE_RECEIVE)
def receipts(request: StaffRequest) -> HttpResponse:
    """At the county: those of which no case could be made, first, and the register of the others."""
    rows = _of(request)
    open_ones = Q(case__isnull=True, settled_at__isnull=True)
    waiting, waiting_key = page(
        rows.filter(open_ones), request.GET.get("waiting", ""), by=("taken_at",), size=PAGE
    )
    others, next_key = page(
        rows.exclude(open_ones), request.GET.get("after", ""), by=("-taken_at",), size=PAGE
    )
    told = {"waiting": waiting, "waiting_key": waiting_key, "others": others, "next_key": next_key}
    return render(request, "counter/receipts.html", told)


@require_POST
@staff_required(Grant.INTAKE_RECEIVE)
def again(request: StaffRequest, number: str) -> HttpResponse:
    """What stood in the way may be gone."""
    found = get_object_or_404(_of(request), number=number)
    case = try_again(found, by=request.officer, at=now())
    found.refresh_from_db()
    if case is not None:
        messages.success(request, f"已成件：{case.number}，收件日期 {case.received_on.isoformat()}。")
    else:
        messages.error(request, f"还是不能成件：{found.why}")
    return redirect("offline_receipts")


@require_http_methods(["GET", "POST"])
@staff_required(Grant.INTAKE_RECEIVE)
def settle(request: StaffRequest, number: str) -> HttpResponse:
    """What was done for him instead."""
    found = get_object_or_404(_of(request), number=number)
    return ask(
        request,
        OutcomeForm(posted(request)),
        lambda told: settle_receipt(found, by=request.officer, at=now(), **told),
        title=f"处理离线收件 {found.number}",
        lead=f"{found.version.name}，{found.name}。没有成件的原因：{found.why or '还没有轮到'}",
        main="登记",
        back="offline_receipts",
    )
