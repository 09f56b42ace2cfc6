"""陪他办: who belongs to a group, who goes with him, what they did, whom to look after, and who was helped at a machine?"""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from onewindow.ground.clock import now
from onewindow.hall.models import Escort, Ticket
from onewindow.helping.acts import guiding
from onewindow.people.models import Officer
from onewindow.people.reads import guides_at
from onewindow.places.models import Device
from onewindow.rules.grants import NotAllowed
from onewindow.rules.guiding import NEEDS
from onewindow.web.asking import AskingForm, ask, posted
from onewindow.web.forms.colleagues import PersonField
from onewindow.web.gates import StaffRequest
from onewindow.web.views.guiding.find import groups_said
from onewindow.web.views.helping import guide_required, hall_of


def _ticket(request: StaffRequest, pk: int) -> Ticket:
    return get_object_or_404(Ticket.objects.select_related("hall", "visit"), pk=pk, hall=hall_of(request))


def _escort(request: StaffRequest, pk: int) -> Escort:
    return get_object_or_404(Escort.objects.select_related("ticket"), pk=pk, hall=hall_of(request))


@require_POST
@guide_required
def mark(request: StaffRequest, pk: int) -> HttpResponse:
    """标记老弱病残孕军."""
    guiding.mark(_ticket(request, pk), by=request.officer, at=now(), groups=groups_said(request))
    messages.success(request, "已标记，窗口和导办员都看得到。")
    return redirect("guiding_number", pk)


@require_POST
@guide_required
def care(request: StaffRequest, pk: int) -> HttpResponse:
    """一杯水: ticked off."""
    guiding.care(_ticket(request, pk), by=request.officer, at=now())
    return redirect("helping")


@require_POST
@guide_required
def step(request: StaffRequest, pk: int) -> HttpResponse:
    """One step, by one tap or in words."""
    what = request.POST.get("words", "").strip() or request.POST.get("what", "")
    guiding.step(_escort(request, pk), by=request.officer, at=now(), what=what)
    return redirect("helping")


@require_POST
@guide_required
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """He was seen to the door, or did not want it."""
    guiding.end_help(_escort(request, pk), by=request.officer, at=now(), how=request.POST.get("how", ""))
    return redirect("helping")


@require_POST
@guide_required
def mine(request: StaffRequest, pk: int) -> HttpResponse:
    """我来陪."""
    guiding.assign(_escort(request, pk), by=request.officer, at=now(), helper=request.officer)
    return redirect("helping")


class HelperForm(AskingForm):
    """Who goes with him."""

    helper = PersonField("由谁陪")


@require_http_methods(["GET", "POST"])
@guide_required
def assign(request: StaffRequest, pk: int) -> HttpResponse:
    """指派协助: another guide."""
    escort, form = _escort(request, pk), HelperForm(posted(request))
    there = [one.pk for one in guides_at(escort.hall_id, now().date())]
    form.fields["helper"].queryset = Officer.objects.filter(pk__in=there)  # type: ignore[attr-defined]
    return ask(
        request,
        form,
        lambda told: guiding.assign(escort, by=request.officer, at=now(), **told),
        title=f"{escort.ticket}：换人陪",
        lead="从现在到他离开，由这位导办员陪。",
        main="指派",
        back="helping",
    )


class DeviceForm(AskingForm):
    """Help at a machine."""

    device = forms.ModelChoiceField(Device.objects.none(), label="哪台设备", empty_label="请选择")
    need = forms.ChoiceField(label="办什么", choices=list(NEEDS.items()))
    worked = forms.BooleanField(label="办成了", required=False, initial=True)


@require_http_methods(["GET", "POST"])
@guide_required
def device(request: StaffRequest) -> HttpResponse:
    """帮助用设备: which machine, for what, and whether it worked out."""
    hall, form = hall_of(request), DeviceForm(posted(request))
    there = Device.objects.filter(hall=hall, retired_on__isnull=True).order_by("kind", "pk")
    form.fields["device"].queryset = there  # type: ignore[attr-defined]
    return ask(
        request,
        form,
        lambda told: guiding.guide(hall, by=request.officer, at=now(), way="device", **told),
        title="登记设备帮助",
        lead="没有人按“叫人帮忙”、您主动帮了的，在这里记一笔。",
        main="记下",
        back="helping",
    )


@require_POST
@guide_required
def look_up(request: StaffRequest) -> HttpResponse:
    """The number on his slip, typed."""
    typed = request.POST.get("number", "").strip().upper()[:8]
    hall = hall_of(request)
    found = Ticket.objects.filter(hall=hall, day=now().date(), number=typed).first() if typed else None
    if found is None:
        raise NotAllowed("今天没有这个号，请核对小票上的号码。")
    return redirect("guiding_number", found.pk)
