"""窗口: which windows are open, and why are the others closed?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.ground.clock import now, today
from onewindow.hall import overtime
from onewindow.hall.extended import said
from onewindow.places import acts
from onewindow.places.models import Hall, Window
from onewindow.places.reads import coverage, here, kinds_of_window, open_departments, windows_of
from onewindow.rules.grants import Grant
from onewindow.web.asking import AskingForm, ask, posted
from onewindow.web.gates import StaffRequest, staff_required


class WindowForm(AskingForm):
    """A window of a hall."""

    number = forms.CharField(label="窗口号", max_length=10)
    name = forms.CharField(label="窗口名称", max_length=60, help_text="如：3 号综合受理窗口。")
    kinds = forms.MultipleChoiceField(
        label="窗口种类", choices=Window.Kind.choices, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = kinds_of_window(here(), today())  # type: ignore[attr-defined]


class ClosingForm(AskingForm):
    """Why a window is closed; people read it there."""

    reason = forms.CharField(label="原因", max_length=200, help_text="群众会在窗口看到，如：设备检修。")


@require_GET
@staff_required(Grant.PLACES_MANAGE)
def windows(request: StaffRequest) -> HttpResponse:
    """One hall's windows, and the list of halls to choose from."""
    halls = list(Hall.objects.filter(county=request.officer.county).select_related("region").order_by("pk"))
    wanted = request.GET.get("hall", "")
    shown = next((hall for hall in halls if str(hall.pk) == wanted), halls[0] if halls else None)
    words = dict(kinds_of_window(request.county, today()))  # type: ignore[attr-defined]
    there = list(overtime.with_leader(shown.windows.order_by("pk"))) if shown else []
    context = {
        "halls": halls,
        "hall": shown,
        "windows": [(one, _signs(one, words), one.leader_name) for one in there],
        "must_lead": said(today()).leader,
        "departments": list(open_departments(request.officer.county)),
        "coverage": coverage(request.county, halls, today()),  # type: ignore[attr-defined]
    }
    return render(request, "manage/windows.html", context)


def _signs(window: Window, words: dict[str, str]) -> str:
    """The kinds of a window as the sign above it says them."""
    return "、".join(words[kind] for kind in window.kinds)


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PLACES_MANAGE)
def open_window(request: StaffRequest, pk: int) -> HttpResponse:
    """Open a new window of the hall, or a closed one again."""
    hall = get_object_or_404(Hall, pk=pk, county=request.officer.county)
    closed = hall.windows.filter(number=request.GET.get("number", ""), is_open=False).first()
    first = {"number": closed.number, "name": closed.name, "kinds": closed.kinds} if closed else {}
    return ask(
        request,
        WindowForm(posted(request), initial=first),
        lambda told: acts.open_window(hall, by=request.officer, at=now(), **told),
        title=f"{hall}：开设窗口",
        lead="窗口号与已经关闭的窗口相同的，就是重新开放。",
        main="开放窗口",
        back="windows",
    )


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PLACES_MANAGE)
def close_window(request: StaffRequest, pk: int) -> HttpResponse:
    """Close a window, with the reason."""
    window = get_object_or_404(windows_of(request.officer.county), pk=pk)
    return ask(
        request,
        ClosingForm(posted(request)),
        lambda told: acts.close_window(window, by=request.officer, at=now(), **told),
        title=f"关闭{window}？",
        lead=f"{window.hall}。在这个窗口任岗的人仍有权限，请另行安排。",
        main="关闭窗口",
        adverse=True,
        back="windows",
    )
