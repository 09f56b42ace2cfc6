"""延时回访: the samples that were drawn, whom to call, and what was said."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.ground.clock import now, today
from onewindow.hall import called_back
from onewindow.hall.acts import calling_back
from onewindow.hall.extended import said
from onewindow.places.reads import pack_here
from onewindow.rules.grants import Grant, NotGranted
from onewindow.web.asking import ask, posted
from onewindow.web.forms.extending import CallForm, PeriodForm
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.extending.listing import links

call_required = staff_required(Grant.EXTENSION_CALL_BACK)


@require_GET
@never_cache
@call_required
def draws(request: StaffRequest) -> HttpResponse:
    """Every draw, and whether the next one is due."""
    county, day = request.county, today()  # type: ignore[attr-defined]
    pack = pack_here(county)
    rows, next_key = called_back.draws_page(request.officer, request.GET.get("after", ""))
    whole = called_back.whole(request.officer)
    context = {
        "rows": rows,
        "next_key": next_key,
        "whole": whole,
        "due": called_back.due(county.code, day) if whole else None,
        "days": pack.setting("extension.call_back_days"),
        "percent": pack.setting("extension.call_back_percent"),
        "rule": pack.rule("extension.called_back_by", day),
        "said": said(day),
        "links": [one for one in links(request.officer) if one[1] != "extension_calls"],
    }
    return render(request, "extending/draws.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
@call_required
def draw(request: StaffRequest) -> HttpResponse:
    """抽取回访."""
    county, day = request.county, today()  # type: ignore[attr-defined]
    if not called_back.whole(request.officer):
        raise NotGranted("您的岗位只管本大厅的回访，由全县统一抽取。请在“回访”里看抽到您大厅的。")
    days = pack_here(county).setting("extension.call_back_days").number
    percent = pack_here(county).setting("extension.call_back_percent").number

    def act(told: dict[str, Any]) -> None:
        made = calling_back.draw(county, by=request.officer, at=now(), **told)
        messages.success(request, f"从 {made.services} 件里抽取了 {made.calls.count()} 件，请逐件回访。")

    first = {"since": day - timedelta(days=days), "until": day}
    return ask(
        request,
        PeriodForm(posted(request), initial=first),
        act,
        title="抽取延时服务回访",
        lead=f"抽取这些日子里还没有回访过的 {percent}%，至少一件；由系统抽，不由人挑。",
        main="抽取",
        back="extension_calls",
    )


@require_GET
@never_cache
@call_required
def calls(request: StaffRequest, number: str) -> HttpResponse:
    """Whom to call of one draw."""
    found = get_object_or_404(called_back.draws(request.officer), number=number)
    rows, next_key = called_back.calls_of(found, request.officer, request.GET.get("after", ""))
    context = {"draw": found, "rows": rows, "next_key": next_key, "whole": called_back.whole(request.officer)}
    return render(request, "extending/calls.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
@call_required
@sensitive_post_parameters()
def call(request: StaffRequest, number: str, pk: int) -> HttpResponse:
    """登记回访; his telephone in full only when it is asked for, with a line of the access log."""
    beside = ("draw", "extension__party", "extension__ticket", "extension__window")
    rows = called_back.visible_to(request.officer).select_related(*beside)
    found = get_object_or_404(rows, pk=pk, draw__number=number)
    one = found.extension

    def act(told: dict[str, Any]) -> None:
        told["reached"] = told["reached"] == "yes"
        calling_back.record_call(found, by=request.officer, at=now(), **told)

    shown = "show" in request.POST
    origin = request.META.get("REMOTE_ADDR", "")
    number_told = (
        calling_back.show_telephone(found, by=request.officer, at=now(), origin=origin)
        if shown
        else one.telephone_masked
    )
    phone = f"电话 {number_told}" if one.telephone else "没有留电话"
    return ask(
        request,
        CallForm(None if shown else posted(request)),
        act,
        title=f"回访 {one.who}",
        lead=f"{phone}。{one.began_at.astimezone(now().tzinfo):%m 月 %d 日} 在{one.window}办“{one.what}”，承办人 {one.officer.name}。",
        main="登记",
        back=reverse("extension_draw", args=[number]),
        beside="extending/telephone.html" if one.telephone and not shown else "",
    )
