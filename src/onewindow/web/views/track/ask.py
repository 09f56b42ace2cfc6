"""凭编号和查询码查进度: which case does somebody ask about, without signing in?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from onewindow.cases.reads import public
from onewindow.ground.clock import now
from onewindow.ground.limits import Limit, forgive
from onewindow.web import held, proved
from onewindow.web.pace import address_of, too_often
from onewindow.web.proved import VisitorRequest

BY_ADDRESS = Limit("track:address", times=30, within=timedelta(minutes=10))
BY_NUMBER = Limit("track:number", times=5, within=timedelta(minutes=15))
WRONG = "办件编号或者查询码不对，请对照收件凭证再核一次。"


class AskForm(forms.Form):
    """The number and the code from the receipt."""

    number = forms.CharField(
        label="办件编号",
        max_length=40,
        help_text="印在收件凭证的第一行",
        error_messages={"required": "请填写办件编号，印在收件凭证上。"},
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off"}),
    )
    code = forms.CharField(
        label="查询码",
        max_length=12,
        help_text="收件凭证上的 6 位数字",
        error_messages={"required": "请填写查询码，印在收件凭证上。"},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@never_cache
def ask(request: VisitorRequest) -> HttpResponse:
    """A wrong number and a wrong code are told alike; guessing is slowed per address and per number."""
    form = AskForm(request.POST if request.method == "POST" else None, initial=_asked_for(request))
    if request.method == "POST" and form.is_valid():
        number = public.by_number(form.cleaned_data["number"])
        waiting = too_often(request, (BY_ADDRESS, address_of(request)), (BY_NUMBER, number))
        if waiting is not None:
            return waiting
        case = public.proven(request.county.code, number, form.cleaned_data["code"])
        if case is not None:
            forgive(BY_NUMBER, number)
            proved.remember(request, case, now())
            return redirect("track_held" if held.waits(request) else "track_case", case.number)
        form.add_error(None, WRONG)
    return render(request, "track/ask.html", {"form": form})


def _asked_for(request: VisitorRequest) -> dict[str, Any]:
    return {"number": request.GET.get("number", "")[:40]}
