"""设备: which machines has each hall, which of them works, who keeps it, and is this computer one of them?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import logout
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.ground.clock import now, today
from onewindow.hall.actors import SELF_SERVICE
from onewindow.places import acts
from onewindow.places.models import Device, Hall, Window, Zone
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.web.asking import AskingForm, ask, posted
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.machines import keep_key

BY_KEY = (*SELF_SERVICE, Device.Kind.PAD, Device.Kind.DISPLAY, Device.Kind.WINDOW_DISPLAY)


class DeviceForm(AskingForm):
    """A machine of a hall."""

    kind = forms.ChoiceField(label="种类", choices=Device.Kind.choices)
    name = forms.CharField(label="名称", max_length=60, help_text="如：东门取号机、3 号窗口评价器。")
    window = forms.ModelChoiceField(
        Window.objects.none(), label="窗口", required=False, help_text="评价器和窗口显示屏要选"
    )
    zone = forms.ModelChoiceField(Zone.objects.none(), label="区域", required=False)
    keeper = forms.CharField(label="保管人", max_length=60, required=False)
    count = forms.IntegerField(label="数量", min_value=1, max_value=999, initial=1)
    care = forms.CharField(label="日常维护", max_length=120, required=False, help_text="如：每周一清洁、换纸")
    printer = forms.CharField(
        label="小票打印机",
        max_length=80,
        required=False,
        help_text="tcp:地址:端口 或 file:/dev/设备名；留空的由取号机的浏览器打印",
    )

    def __init__(self, hall: Hall, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["window"].queryset = hall.windows.order_by("pk")  # type: ignore[attr-defined]
        self.fields["zone"].queryset = hall.zones.order_by("pk")  # type: ignore[attr-defined]


class MendForm(AskingForm):
    """How it was mended."""

    how = forms.CharField(label="怎样修好的", max_length=200)


class SureForm(AskingForm):
    """Nothing is asked but to press."""


def _of(request: StaffRequest) -> QuerySet[Device]:
    return Device.objects.filter(hall__county=request.officer.county).select_related("hall", "window", "zone")


@require_GET
@staff_required(Grant.PLACES_MANAGE)
def devices(request: StaffRequest) -> HttpResponse:
    """The machines of one hall, and the list of halls to choose from."""
    halls = list(Hall.objects.filter(county=request.officer.county).order_by("pk"))
    wanted = request.GET.get("hall", "")
    shown = next((hall for hall in halls if str(hall.pk) == wanted), halls[0] if halls else None)
    found = _of(request).filter(hall=shown, retired_on__isnull=True).order_by("kind", "pk")
    counted = found.annotate(
        taken=Count("ticket", filter=Q(ticket__day=today())),
    ).prefetch_related("faults")
    rows = [(one, [f for f in one.faults.all() if f.mended_at is None]) for one in counted]
    context = {"halls": halls, "hall": shown, "devices": rows, "by_key": BY_KEY}
    return render(request, "manage/devices.html", context)


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PLACES_MANAGE)
def add(request: StaffRequest, pk: int) -> HttpResponse:
    """Enter a machine."""
    hall = get_object_or_404(Hall, pk=pk, county=request.officer.county)
    return ask(
        request,
        DeviceForm(hall, posted(request)),
        lambda told: acts.add_device(hall, by=request.officer, at=now(), **told),
        title=f"{hall}：添置设备",
        lead="取号机、显示屏和评价器添置以后，到那台机器上登录，点“登记这台机器”。",
        main="添置",
        back="devices",
    )


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PLACES_MANAGE)
def change(request: StaffRequest, pk: int) -> HttpResponse:
    """Where it stands, who keeps it."""
    device = get_object_or_404(_of(request), pk=pk)
    first = {name: getattr(device, name) for name in tuple(DeviceForm.base_fields)}
    return ask(
        request,
        DeviceForm(device.hall, posted(request), initial=first),
        lambda told: acts.change_device(device, by=request.officer, at=now(), **told),
        title=f"改设备：{device}",
        lead=f"{device.hall}。",
        main="保存",
        back="devices",
    )


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PLACES_MANAGE)
def register(request: StaffRequest, pk: int) -> HttpResponse:
    """Let this very computer be the device; the administrator is signed out, for nobody works here signed in."""
    device = get_object_or_404(_of(request), pk=pk)
    if device.kind not in BY_KEY:
        raise NotAllowed("这种设备不用登记密钥，请返回设备清单。")
    if request.method == "POST":
        key = acts.register_device(device, by=request.officer, at=now())
        logout(request)
        answer = redirect("halls")
        keep_key(answer, key)
        return answer
    context = {
        "form": SureForm(),
        "title": f"把这台机器登记为“{device}”？",
        "lead": "请就在那台机器上点。登记后您会退出登录，这台机器只打开它自己的页面；以前登记的机器随即失效。",
        "main": "登记这台机器",
        "back": "/manage/devices/",
    }
    return render(request, "manage/form.html", context)


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PLACES_MANAGE)
def release(request: StaffRequest, pk: int) -> HttpResponse:
    """The machine that has the key is no longer the device."""
    device = get_object_or_404(_of(request), pk=pk)
    return ask(
        request,
        SureForm(posted(request)),
        lambda told: acts.release_device(device, by=request.officer, at=now()),
        title=f"收回“{device}”的密钥？",
        lead="机器丢了或者换了用途时收回。收回后那台机器不能再取号或评价，可以重新登记。",
        main="收回密钥",
        adverse=True,
        back="devices",
    )


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PLACES_MANAGE)
def retire(request: StaffRequest, pk: int) -> HttpResponse:
    """It is used no more."""
    device = get_object_or_404(_of(request), pk=pk)
    return ask(
        request,
        SureForm(posted(request)),
        lambda told: acts.retire_device(device, by=request.officer, at=now()),
        title=f"停用“{device}”？",
        lead="停用后留在记录里，不能再登记。",
        main="停用",
        adverse=True,
        back="devices",
    )


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PLACES_MANAGE)
def mend(request: StaffRequest, pk: int) -> HttpResponse:
    """What was done about its faults."""
    device = get_object_or_404(_of(request), pk=pk)
    return ask(
        request,
        MendForm(posted(request)),
        lambda told: acts.mend_device(device, by=request.officer, at=now(), **told),
        title=f"修复：{device}",
        lead="写明怎样修好的，报修随即销号。",
        main="已经修好",
        back="devices",
    )
