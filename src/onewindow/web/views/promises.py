"""承诺: which papers are to come, which promises are to be checked, which records of broken ones are open?"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from onewindow.cases.reads import promised
from onewindow.ground.clock import now, today
from onewindow.people import acts, reads_credit
from onewindow.people.models import Breach
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.web.gates import StaffRequest, staff_required

LISTS = (("later", "容缺待补交"), ("check", "承诺待核查"), ("breach", "失信记录"))
_READERS = (Grant.CASE_EXAMINE, Grant.CASE_DECIDE, Grant.CREDIT_ASK, Grant.CREDIT_REPAIR)


@require_GET
@never_cache
@staff_required(*_READERS)
def lists(request: StaffRequest) -> HttpResponse:
    """One list at a time, paged by key."""
    chosen = request.GET.get("list", "later")
    chosen = chosen if chosen in dict(LISTS) else "later"
    after, day = request.GET.get("after", "")[:30], today()
    told = {"lists": LISTS, "chosen": chosen, "title": dict(LISTS)[chosen]}
    if chosen == "breach":
        number = int(after) if after.isdigit() and len(after) < 12 else 0
        told["page"] = reads_credit.open_for(request.officer, number)  # type: ignore[assignment]
        told["may_ask"] = request.officer.may(Grant.CREDIT_ASK)  # type: ignore[assignment]
        told["may_repair"] = request.officer.may(Grant.CREDIT_REPAIR)  # type: ignore[assignment]
    else:
        read = promised.to_come if chosen == "later" else promised.to_check
        told["page"] = read(request.officer, day, after)  # type: ignore[assignment]
    return render(request, "desk/promises.html", told)


@require_POST
@never_cache
@staff_required(Grant.CREDIT_ASK)
def ask(request: StaffRequest, breach: int) -> HttpResponse:
    """提请信用修复."""
    row, why = _load(request, breach), request.POST.get("why", "")
    return _do(
        request, lambda: acts.ask_repair(row, by=request.officer, at=now(), why=why), "已提请，等第二人同意。"
    )


@require_POST
@never_cache
@staff_required(Grant.CREDIT_REPAIR)
def repair(request: StaffRequest, breach: int) -> HttpResponse:
    """同意信用修复."""
    row = _load(request, breach)
    return _do(request, lambda: acts.repair(row, by=request.officer, at=now()), "信用已修复。")


@require_POST
@never_cache
@staff_required(Grant.CREDIT_REPAIR)
def decline(request: StaffRequest, breach: int) -> HttpResponse:
    """不同意信用修复."""
    row, remark = _load(request, breach), request.POST.get("remark", "")
    return _do(
        request,
        lambda: acts.decline_repair(row, by=request.officer, at=now(), remark=remark),
        "没有同意，记录保留。",
    )


def _load(request: StaffRequest, pk: int) -> Breach:
    """A record of his own departments; another office's is not found."""
    row = get_object_or_404(Breach.objects.select_related("department"), pk=pk)
    mine = any(request.officer.may(grant, row) for grant in (Grant.CREDIT_ASK, Grant.CREDIT_REPAIR))
    return get_object_or_404(Breach, pk=pk if mine else 0)


def _do(request: StaffRequest, act: Callable[[], object], sentence: str) -> HttpResponse:
    try:
        act()
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, sentence)
    return redirect("/promises/?list=breach")
