"""大厅现在: who waits where, who is at which window, what is too much, and what was done about it?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.ground.clock import now
from onewindow.hall.acts.relief import take_measure
from onewindow.hall.reads.today import Today, today
from onewindow.places.models import Hall, Window
from onewindow.places.reads import here, pack_here
from onewindow.rules.grants import Grant
from onewindow.rules.relief import MEASURES
from onewindow.web.asking import AskingForm, ask, posted
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.day.hall import around, day_required, of, sees
from onewindow.web.views.hall.live import heard


class MeasureForm(AskingForm):
    """What was done."""

    kind = forms.ChoiceField(label="措施", choices=list(MEASURES.items()), widget=forms.RadioSelect)
    window = forms.ModelChoiceField(
        label="哪个窗口", queryset=Window.objects.none(), required=False, empty_label="不写窗口"
    )
    note = forms.CharField(
        label="说明", max_length=200, required=False, help_text="如：从后台调来两个人；选“其他”时必填。"
    )

    def __init__(self, *args: Any, hall: Hall, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["window"].queryset = Window.objects.filter(hall=hall).order_by("pk")  # type: ignore[attr-defined]


def _told(request: StaffRequest, pk: int) -> Today:
    found = today(pk, now())
    if found is None or found.hall.county != request.officer.county or not sees(request.officer, found.hall):
        raise Http404("没有这个大厅，或者不是您管理的。")
    return found


@require_GET
@never_cache
@day_required
def board(request: StaffRequest, pk: int) -> HttpResponse:
    """The board; it reads itself again when something happens in the hall."""
    told = _told(request, pk)
    context = {**around(request, told.hall, "hall_day"), **heard(told.hall), **_shown(told)}
    return render(request, "day/board.html", context)


@require_GET
@never_cache
@day_required
def board_now(request: StaffRequest, pk: int) -> HttpResponse:
    """The part of it that changes."""
    told = _told(request, pk)
    return render(request, "day/board_now.html", {**around(request, told.hall, "hall_day"), **_shown(told)})


def _shown(told: Today) -> dict[str, Any]:
    pack = pack_here(here())
    return {
        "today": told,
        "most_waiting": pack.setting("queue.relief_waiting").number,
        "most_minutes": pack.setting("queue.relief_minutes").number,
    }


@require_http_methods(["GET", "POST"])
@staff_required(Grant.HALL_MANAGE)
def measure(request: StaffRequest, pk: int) -> HttpResponse:
    """登记措施."""
    hall = of(request, pk)
    return ask(
        request,
        MeasureForm(posted(request), hall=hall),
        lambda told: take_measure(hall, by=request.officer, at=now(), **told),
        title="登记采取的措施",
        lead=f"{hall}。和当前的排队提醒记在一起，写进当日报告。",
        main="记下",
        back=reverse("hall_day", args=[hall.pk]),
    )
