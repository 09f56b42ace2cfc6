"""登记去世: which paper did the clerk see that the person on file has died, and why is that undone?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onewindow.ground.clock import now
from onewindow.people import acts as people
from onewindow.people.models import Death, Party
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.web.asking import AskingForm, posted, tell
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.counter import front


class DeathForm(AskingForm):
    """The day and the paper that says it."""

    died_on = forms.DateField(label="去世日期", widget=forms.DateInput(attrs={"type": "date"}))
    paper = forms.ChoiceField(label="核对了哪一种证明的原件", choices=[("", "请选择"), *Death.Paper.choices])


class UndoForm(AskingForm):
    """Why the register was wrong."""

    reason = forms.CharField(
        label="为什么撤销", max_length=200, help_text="记入访问日志，如“同名登记错了人”。"
    )


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.PEOPLE_FILE)
def death(request: StaffRequest) -> HttpResponse:
    """Enter the death of the person in front's file, or undo what was entered."""
    party = front.person(request)
    if party is None:
        raise NotAllowed("请先用证件打开这个人的档案，再登记去世。")
    form = _form(party, posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            said = _done(request, party, form.cleaned_data)
        except NotAllowed as refusal:
            tell(form, refusal)
        else:
            messages.success(request, said)
            return redirect("counter")
    return _page(request, party, form)


def _form(party: Party, sent: QueryDict | None) -> AskingForm:
    return DeathForm(sent) if party.died_on is None else UndoForm(sent)


def _done(request: StaffRequest, party: Party, told: dict[str, Any]) -> str:
    if party.died_on is None:
        people.record_death(party, by=request.officer, at=now(), **told)
        return f"登记好了。不能再用{party.name}的名义申请，他的账号不能再登录。"
    people.undo_death(party, by=request.officer, at=now(), **told)
    return f"撤销好了。{party.name}可以照常申请和登录。"


def _page(request: HttpRequest, party: Party, form: AskingForm) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "counter/death.html", {"party": party, "form": form}, status=status)
