"""提建议: what would somebody in the hall like to be better, and what became of it?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.ground.clock import now
from onewindow.ground.limits import Limit
from onewindow.hall.actors import Visitor
from onewindow.helping.acts.remarks import enter_remark
from onewindow.helping.models import Remark
from onewindow.places.models import Hall
from onewindow.rules.grants import NotAllowed
from onewindow.web.asking import AskingForm, posted, tell
from onewindow.web.forms.phone import PhoneField
from onewindow.web.middleware import party_of
from onewindow.web.pace import address_of, too_often

_SAID = Limit("hall-suggest", 10, timedelta(hours=1))


class SuggestForm(AskingForm):
    """One suggestion, in one's own words."""

    kind = forms.ChoiceField(
        label="说的是什么",
        choices=[(one.value, one.label) for one in (Remark.Kind.FACILITY, Remark.Kind.SUGGESTION)]
        + [(Remark.Kind.PROBLEM.value, "遇到的问题")],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label="您的建议",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="如：充电口不够、老花镜度数不全。请不要写身份证号。",
    )
    phone = PhoneField("您的电话", required=False, help_text="留了电话，答复和完成都发短信告诉您。")


@require_http_methods(["GET", "POST"])
@never_cache
def suggest(request: HttpRequest, pk: int) -> HttpResponse:
    """Signed in or not; whoever leaves no telephone keeps the address of the answer."""
    hall = get_object_or_404(Hall, pk=pk)
    form = SuggestForm(posted(request))
    if request.method == "POST" and form.is_valid():
        if (waiting := too_often(request, (_SAID, address_of(request)))) is not None:
            return waiting
        try:
            made = _entered(request, hall, form.cleaned_data)
        except NotAllowed as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "收到了，谢谢您。")
            return redirect("hall_said", made.code)
    return render(request, "hall/suggest.html", {"hall": hall, "form": form})


def _entered(request: HttpRequest, hall: Hall, told: dict[str, Any]) -> Remark:
    return enter_remark(
        hall, by=Visitor(hall), at=now(), source=Remark.Source.VISITOR, party=party_of(request), **told
    )


@require_GET
@never_cache
def said(request: HttpRequest, code: str) -> HttpResponse:
    """What became of one suggestion, for whoever has its address."""
    one = get_object_or_404(Remark.objects.select_related("hall"), code=code, source=Remark.Source.VISITOR)
    return render(request, "hall/said.html", {"one": one, "hall": one.hall})
