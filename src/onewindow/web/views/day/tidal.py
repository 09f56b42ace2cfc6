"""潮汐窗口: which windows open for a while only, when, for what and with whom; opened and closed by hand?"""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onewindow.ground.clock import now, today
from onewindow.ground.paging import page
from onewindow.hall.acts import tidal as acts
from onewindow.hall.models import TidalPlan, TidalRun
from onewindow.people.models import Officer
from onewindow.people.reads import sitting_at
from onewindow.places.models import Line, Window
from onewindow.rules.grants import Grant, NotAllowed, NotGranted
from onewindow.rules.relief import MODE_WORDS, Mode
from onewindow.web.asking import AskingForm, ask, posted
from onewindow.web.forms.absence import DAY
from onewindow.web.forms.booking import CLOCK
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.day.hall import around, day_required, of

PAGE = 20


class PlanForm(AskingForm):
    """When, how, for which lines and with whom."""

    mode = forms.ChoiceField(
        label="怎样开", choices=[(m.value, w) for m, w in MODE_WORDS.items()], widget=forms.RadioSelect
    )
    since = forms.DateField(label="从哪天", widget=DAY)
    until = forms.DateField(label="到哪天（含）", widget=DAY)
    begins = forms.TimeField(label="每天几点起", widget=CLOCK)
    ends = forms.TimeField(label="到几点", widget=CLOCK)
    lines = forms.ModelMultipleChoiceField(
        label="办哪些队列", queryset=Line.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    staff = forms.ModelMultipleChoiceField(
        label="由谁办",
        queryset=Officer.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="只列出在这个窗口有岗位的人；休假的、正在别的窗口办的，到时不开。",
    )

    def __init__(self, *args: Any, window: Window, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = Line.objects.filter(hall=window.hall_id, closed_on__isnull=True)
        self.fields["lines"].queryset = lines  # type: ignore[attr-defined]
        self.fields["lines"].label_from_instance = lambda line: f"{line.letter} {line.name}"  # type: ignore[attr-defined]
        there = Officer.objects.filter(pk__in=[one.pk for one in sitting_at(window, today())])
        self.fields["staff"].queryset = there  # type: ignore[attr-defined]
        self.fields["staff"].label_from_instance = lambda officer: officer.name  # type: ignore[attr-defined]


@require_GET
@never_cache
@day_required
def tidal(request: StaffRequest, pk: int) -> HttpResponse:
    """The tidal windows of a hall, what is planned, and when they were open lately."""
    hall = of(request, pk)
    plans = TidalPlan.objects.filter(hall=hall, dropped_at__isnull=True, until__gte=today())
    runs = TidalRun.objects.filter(hall=hall).select_related("window")
    found, next_key = page(runs, request.GET.get("after", ""), by=("-opened_at",), size=PAGE)
    context = {
        **around(request, hall, "hall_tidal"),
        "windows": list(
            Window.objects.filter(hall=hall, tidal=True).prefetch_related("lines").order_by("pk")
        ),
        "plans": list(
            plans.select_related("window")
            .prefetch_related("lines", "staff")
            .order_by("since", "begins", "pk")
        ),
        "runs": found,
        "next_key": next_key,
    }
    return render(request, "day/tidal.html", context)


def _window(request: StaffRequest, pk: int) -> Window:
    found = get_object_or_404(
        Window.objects.select_related("hall"), pk=pk, hall__county=request.officer.county
    )
    of(request, found.hall_id)
    return found


@require_http_methods(["GET", "POST"])
@staff_required(Grant.HALL_MANAGE)
def plan(request: StaffRequest, pk: int) -> HttpResponse:
    """安排潮汐窗口."""
    window = _window(request, pk)
    first = {"mode": Mode.CROWDED, "since": today(), "until": today(), "lines": window.lines.all()}
    first |= {"begins": time(9), "ends": time(17)}

    def act(told: dict[str, Any]) -> None:
        wish = acts.Wish(**{**told, "mode": Mode(told["mode"])})
        acts.plan_tidal(window, by=request.officer, at=now(), wish=wish)

    return ask(
        request,
        PlanForm(posted(request), window=window, initial=first),
        act,
        title=f"安排潮汐窗口：{window}",
        lead="安排以后它平时关着，到了时间或者排队过长才开，时间过了或者恢复正常就关；有人正在办时不关。",
        main="安排",
        back=reverse("hall_tidal", args=[window.hall_id]),
    )


@require_http_methods(["GET", "POST"])
@staff_required(Grant.HALL_MANAGE)
def drop(request: StaffRequest, pk: int) -> HttpResponse:
    """取消安排."""
    found = get_object_or_404(TidalPlan.objects.select_related("window", "hall"), pk=pk)
    hall = of(request, found.hall_id)
    return ask(
        request,
        AskingForm(posted(request)),
        lambda told: acts.drop_plan(found, by=request.officer, at=now()),
        title=f"取消安排：{found.window}？",
        lead="正开着的，等没有人在办时关闭。",
        main="取消安排",
        adverse=True,
        back=reverse("hall_tidal", args=[hall.pk]),
    )


@require_POST
@staff_required(Grant.HALL_MANAGE)
def turn(request: StaffRequest, pk: int, way: str) -> HttpResponse:
    """One button: open it now, or close it."""
    window = _window(request, pk)
    act = acts.open_by_hand if way == "open" else acts.close_by_hand
    try:
        act(window, by=request.officer, at=now())
    except NotGranted:
        raise
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{window.number} 号窗口已经{'开放' if way == 'open' else '关闭'}。")
    return redirect("hall_tidal", window.hall_id)
