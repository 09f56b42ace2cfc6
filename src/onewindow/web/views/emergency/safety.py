"""安全设备的页面: a piece is entered, looked at, used, or taken out of service."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.emergency.acts import safety
from onewindow.emergency.models import SafetyItem
from onewindow.ground.clock import now, today
from onewindow.ground.paging import page
from onewindow.people.reads import names_of
from onewindow.rules.grants import Grant
from onewindow.web.asking import AskingForm, ask, posted
from onewindow.web.forms.emergency import CheckForm, SafetyForm, UseForm
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.emergency.base import READS, hall_of

PAGE = 50


@require_GET
@never_cache
@staff_required(*READS)
def show(request: StaffRequest, pk: int) -> HttpResponse:
    """One piece with its checks and uses."""
    item = _item(request, pk)
    checks, checks_key = page(item.checks.all(), request.GET.get("checks", ""), by=("-on",), size=PAGE)
    uses, uses_key = page(item.uses.all(), request.GET.get("uses", ""), by=("-at",), size=PAGE)
    context = {
        "item": item,
        "overdue": item.overdue(today()),
        **{"checks": checks, "checks_key": checks_key, "uses": uses, "uses_key": uses_key},
        "names": names_of({one.by for one in checks} | {one.noted_by for one in uses}),
        "manages": request.officer.may(Grant.HALL_MANAGE, item.hall),
        "works": request.officer.may(Grant.HALL_CALL, item.hall),
    }
    return render(request, "emergency/safety.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.HALL_MANAGE)
def enter(request: StaffRequest, pk: int) -> HttpResponse:
    """登记一件."""
    hall = hall_of(request, pk)

    def act(told: dict[str, Any]) -> None:
        safety.enter_safety(hall, by=request.officer, at=now(), piece=safety.Piece(**told))

    return ask(
        request,
        SafetyForm(posted(request), initial={"checked_on": today()}),
        act,
        title=f"{hall}：登记安全和急救设备",
        lead="到期没有检查的，列在提醒里，大厅主任会收到消息。",
        main="登记",
        back=reverse("emergency", args=[hall.pk]),
    )


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.HALL_MANAGE)
def change(request: StaffRequest, pk: int) -> HttpResponse:
    """修改登记."""
    item = _item(request, pk)
    first = {name: getattr(item, name) for name in SafetyForm.base_fields}

    def act(told: dict[str, Any]) -> None:
        piece = safety.Piece(**told)
        safety.enter_safety(item.hall, by=request.officer, at=now(), piece=piece, item=item)

    form = SafetyForm(posted(request), initial=first)
    return ask(
        request, form, act, title=f"修改：{item}", lead="检查记录不变。", main="保存", back=_back(item)
    )


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.HALL_CALL)
def check(request: StaffRequest, pk: int) -> HttpResponse:
    """登记检查."""
    item = _item(request, pk)

    def act(told: dict[str, Any]) -> None:
        safety.check_safety(item, by=request.officer, at=now(), **{**told, "sound": told["sound"] == "yes"})

    lead = f"{item.place}，{item.keeper}负责。有问题的写明怎么处理，到期提醒不消。"
    return ask(
        request,
        CheckForm(posted(request)),
        act,
        title=f"登记检查：{item}",
        lead=lead,
        main="登记",
        back=_back(item),
    )


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.HALL_CALL)
def use(request: StaffRequest, pk: int) -> HttpResponse:
    """登记使用."""
    item = _item(request, pk)
    return ask(
        request,
        UseForm(posted(request)),
        lambda told: safety.note_use(item, by=request.officer, at=now(), **told),
        title=f"登记使用：{item}",
        lead="时间按现在记；用过以后请马上检查、补齐。",
        main="登记",
        back=_back(item),
    )


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.HALL_MANAGE)
def retire(request: StaffRequest, pk: int) -> HttpResponse:
    """停用."""
    item = _item(request, pk)
    return ask(
        request,
        AskingForm(posted(request)),
        lambda told: safety.retire_safety(item, by=request.officer, at=now()),
        title=f"停用：{item}？",
        lead="不再提醒检查，记录留着。",
        main="停用",
        adverse=True,
        back=reverse("emergency", args=[item.hall_id]),
    )


def _item(request: StaffRequest, pk: int) -> SafetyItem:
    found = get_object_or_404(
        SafetyItem.objects.select_related("hall"), pk=pk, hall__county=request.officer.county
    )
    hall_of(request, found.hall_id)
    return found


def _back(item: SafetyItem) -> str:
    return reverse("safety_item", args=[item.pk])
