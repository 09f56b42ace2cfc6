"""利害关系人的页面: what does somebody see and say whom a decision touches, by the number and code of his notice?

Nothing of the case: neither its applicant nor its papers, nor anybody else who is heard.
"""

from __future__ import annotations

import hmac
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.cases.acts.third import ThirdBearer, speak
from onewindow.cases.models import Procedure, Third
from onewindow.cases.reads.told import stage_words
from onewindow.ground.clock import now, today
from onewindow.ground.limits import Limit, forgive
from onewindow.journal.write import history
from onewindow.places.reads import workdays
from onewindow.rules.grants import NotAllowed
from onewindow.rules.record import effective
from onewindow.rules.special import HEARING
from onewindow.rules.stages import Stage
from onewindow.rules.third import late_to_ask, states
from onewindow.web import held
from onewindow.web.asking import AskingForm, posted, tell
from onewindow.web.gates import to_sign_in
from onewindow.web.pace import address_of, too_often
from onewindow.web.proved import VisitorRequest

BY_ADDRESS = Limit("third:address", times=30, within=timedelta(minutes=10))
BY_NUMBER = Limit("third:number", times=5, within=timedelta(minutes=15))
LASTS = timedelta(hours=1)
WRONG = "编号或者查询码不对，请对照利害关系人告知书再核一次。"
_SLOT = "proved_third"
_AGAIN = "离您输入查询码已经超过一个小时，请再输入一次。您刚才写的还在，输入后可以接着交。"


class AskForm(forms.Form):
    """The number and the code from the notice."""

    number = forms.CharField(
        label="编号",
        max_length=40,
        help_text="印在利害关系人告知书上，结尾是 L 和数字",
        error_messages={"required": "请填写编号，印在告知书上。"},
    )
    code = forms.CharField(
        label="查询码",
        max_length=12,
        help_text="告知书上的 6 位数字",
        error_messages={"required": "请填写查询码，印在告知书上。"},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class SayForm(AskingForm):
    """What he has to say."""

    text = forms.CharField(
        label="您的意见",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "请写下您的意见。没有意见的，可以写“没有意见”。"},
    )
    hearing = forms.BooleanField(label="我要求听证", required=False)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@never_cache
def ask(request: VisitorRequest) -> HttpResponse:
    """A wrong number and a wrong code are told alike; guessing is slowed per address and per number."""
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["number"].strip().upper()
        waiting = too_often(request, (BY_ADDRESS, address_of(request)), (BY_NUMBER, number))
        if waiting is not None:
            return waiting
        one = _proven(request.county.code, number, form.cleaned_data["code"].strip())
        if one is not None:
            forgive(BY_NUMBER, number)
            request.session.cycle_key()
            request.session[_SLOT] = [one.pk, int(now().timestamp())]
            return redirect("third_held" if held.waits(request) else "third_page")
        form.add_error(None, WRONG)
    return render(request, "track/third_ask.html", {"form": form})


@require_http_methods(["GET", "POST"])
@never_cache
def page(request: VisitorRequest) -> HttpResponse:
    """What touches him, until when he may speak, what he said and how it was weighed."""
    one = _mine(request)
    if one is None:
        return _ask_again(request)
    form = SayForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            speak(one, by=ThirdBearer(one.pk), at=now(), **form.cleaned_data)
        except NotAllowed as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "收到您的意见，承办部门听取以后再作出决定。")
            return redirect("third_page")
    told = {"one": one, "form": form, **_told(one)}
    return render(request, "track/third.html", told, status=422 if form.errors else 200)


@require_GET
@never_cache
def held_form(request: VisitorRequest) -> HttpResponse:
    """After the hour: what he typed, to be sent again by whoever shows the code of the same notice."""
    one = _mine(request)
    kept = held.take_for_case(request, f"third:{one.pk}") if one is not None else None
    if kept is None:
        return redirect("third_page" if one is not None else "third")
    return render(request, "account/held.html", {"held": kept, "by_code": True})


def _ask_again(request: VisitorRequest) -> HttpResponse:
    """The hour is over; what was typed comes back with number and code."""
    if request.method == "POST":
        if held.EXPIRED in request.session:
            return to_sign_in(request)
        kept = request.session.get(_SLOT)
        if kept and held.keep_for_case(request, f"third:{kept[0]}"):
            messages.warning(request, _AGAIN)
    return redirect("third")


def _told(one: Third) -> dict[str, Any]:
    """Where his matter stands, in words that say nothing of the applicant."""
    facts, stage = effective(history(one.case.subject)), Stage(one.case.stage)
    state = next(found for found in states(facts, workdays()) if found.third == one.pk)
    open_now = stage in (Stage.EXAMINING, Stage.DECIDING)
    hearings = Procedure.objects.filter(case=one.case, kind=HEARING, asked_on__isnull=False).order_by("-pk")
    return {
        "state": state,
        "stage": stage_words(stage),
        "may_speak": open_now and state.reply_by is not None and not state.gone,
        "may_ask": state.ask_by is not None,
        "late": late_to_ask(state, today()),
        "said": one.statements.order_by("pk"),
        "hearing": hearings.first() if any(row.hearing for row in one.statements.all()) else None,
    }


def _proven(county: str, number: str, code: str) -> Third | None:
    one = _rows().filter(subject__county=county, subject__number=number).first()
    same = one is not None and hmac.compare_digest(one.code.encode(), code.encode())
    return one if same else None


def _mine(request: HttpRequest) -> Third | None:
    """His matter, for an hour after he showed the code."""
    kept = request.session.get(_SLOT)
    if not kept or kept[1] < (now() - LASTS).timestamp():
        return None
    return _rows().filter(pk=kept[0]).first()


def _rows() -> Any:
    return Third.objects.select_related("subject", "case__subject", "case__department", "case__application")
