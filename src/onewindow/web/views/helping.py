"""导办: who in the hall needs a guide now, which machine is broken, and what hangs on the displays?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.ground.clock import SHANGHAI, now
from onewindow.ground.gathered import beside, made
from onewindow.places import acts
from onewindow.places.models import Device, Hall, HelpCall, Notice
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.web.asking import AskingForm, ask, posted
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.guiding.present import present
from onewindow.web.views.hall.live import heard

CLOSED = 10
guide_required = staff_required(Grant.HALL_TAKE, Grant.HALL_MANAGE)


class HelpForm(AskingForm):
    """How it went."""

    what = forms.CharField(label="帮了什么", max_length=120, help_text="如：帮助选择业务、读出屏幕上的字。")
    helped = forms.BooleanField(label="解决了", required=False, initial=True)


class FaultForm(AskingForm):
    """What is wrong with a machine."""

    what = forms.CharField(label="什么问题", max_length=200, help_text="如：不出纸、触摸没有反应。")


class NoticeForm(AskingForm):
    """One line on the displays."""

    text = forms.CharField(
        label="公告", max_length=40, help_text="一行，最多 40 个字，站在十米外也要看得清。"
    )
    hours = forms.IntegerField(label="挂几小时", min_value=1, max_value=240, initial=8)


def hall_of(request: StaffRequest) -> Hall:
    """The hall in which he guides or which he manages, as it was read with his posts; else the centre."""
    officer, own = request.officer, {Grant.HALL_TAKE.value, Grant.HALL_MANAGE.value}
    mine = next((post.hall for post in officer.posts if post.hall and not own.isdisjoint(post.grants)), None)
    if mine is not None:
        return mine
    hall = Hall.objects.filter(county=officer.county, kind=Hall.Kind.CENTRE).order_by("pk").first()
    if hall is None:
        raise NotAllowed("您的岗位不在大厅里，请联系本单位管理员。")
    return hall


@require_GET
@never_cache
@guide_required
def helping(request: StaffRequest) -> HttpResponse:
    """Who waits for a guide, and what can be posted or reported."""
    hall = hall_of(request)
    told = _told(request, hall)
    devices = sorted(made(Device, told["beside"].devices_there), key=lambda one: (one.kind, one.pk))
    return render(request, "hall/helping.html", {**told, **heard(hall), "devices": devices})


@require_GET
@never_cache
@guide_required
def helping_now(request: StaffRequest) -> HttpResponse:
    """The part of it that changes."""
    return render(request, "hall/helping_now.html", _told(request, hall_of(request)))


def _told(request: StaffRequest, hall: Hall) -> dict[str, Any]:
    at = now()
    found = _beside(hall, at)
    calls = {one.pk: one for one in made(HelpCall, [*found.open_calls, *found.calls_of_today])}
    of_today = sorted(calls.values(), key=lambda one: one.called_at)
    return {
        "hall": hall,
        "at": at,
        "calls": [one for one in of_today if one.answered_at is None],
        "closed": [one for one in reversed(of_today) if one.answered_at is not None][:CLOSED],
        "notices": sorted(made(Notice, found.notices_up), key=lambda one: one.since, reverse=True),
        "beside": found,
        "manages": request.officer.may(Grant.HALL_MANAGE, hall),
        **present(request, hall),
    }


def _beside(hall: Hall, at: datetime) -> Any:
    """The hall with its devices, what hangs on its displays, and who calls for help; one statement."""
    mine: dict[str, Any] = {"hall": OuterRef("pk")}
    where = ("device__name", "device__zone__name")
    return (
        Hall.objects.filter(pk=hall.pk)
        .annotate(
            notices_up=beside(Notice, **mine, down_at__isnull=True, until__gt=at),
            devices_there=beside(Device, **mine, retired_on__isnull=True),
            open_calls=beside(HelpCall, *where, **mine, answered_at__isnull=True),
            calls_of_today=beside(HelpCall, *where, **mine, called_at__date=at.astimezone(SHANGHAI).date()),
        )
        .get()
    )


def _calls(request: StaffRequest) -> QuerySet[HelpCall]:
    return HelpCall.objects.filter(hall=hall_of(request)).select_related("device", "hall")


@require_http_methods(["GET", "POST"])
@guide_required
def answer(request: StaffRequest, pk: int) -> HttpResponse:
    """He was there."""
    call = get_object_or_404(_calls(request), pk=pk)
    return ask(
        request,
        HelpForm(posted(request)),
        lambda told: acts.answer_help(call, by=request.officer, at=now(), **told),
        title=f"去过了：{call.device}",
        lead=f"{call.called_at.astimezone(SHANGHAI):%H:%M} 有人叫帮忙。",
        main="记下",
        back="helping",
    )


@require_http_methods(["GET", "POST"])
@guide_required
def fault(request: StaffRequest, pk: int) -> HttpResponse:
    """A machine is broken."""
    device = get_object_or_404(Device.objects.select_related("hall"), pk=pk, hall=hall_of(request))
    return ask(
        request,
        FaultForm(posted(request)),
        lambda told: acts.tell_fault(device, by=request.officer, at=now(), **told),
        title=f"报修：{device}",
        lead="写明以后，管理员在设备清单里看到。",
        main="报修",
        back="helping",
    )


@require_http_methods(["GET", "POST"])
@staff_required(Grant.HALL_MANAGE)
def post(request: StaffRequest) -> HttpResponse:
    """A line on the displays of the hall."""
    hall = hall_of(request)
    return ask(
        request,
        NoticeForm(posted(request)),
        lambda told: acts.post_notice(
            hall, by=request.officer, at=now(), text=told["text"], until=_until(told["hours"])
        ),
        title=f"{hall}：张贴公告",
        lead="马上出现在大厅的显示屏和大厅的网页上，到时间自己撤下。",
        main="张贴",
        back="helping",
    )


def _until(hours: int) -> datetime:
    return now() + timedelta(hours=hours)


@require_http_methods(["GET", "POST"])
@staff_required(Grant.HALL_MANAGE)
def take_down(request: StaffRequest, pk: int) -> HttpResponse:
    """Before its time."""
    notice = get_object_or_404(Notice.objects.select_related("hall"), pk=pk, hall=hall_of(request))
    return ask(
        request,
        AskingForm(posted(request)),
        lambda told: acts.take_down(notice, by=request.officer, at=now()),
        title="撤下公告？",
        lead=f"“{notice}”",
        main="撤下",
        adverse=True,
        back="helping",
    )
