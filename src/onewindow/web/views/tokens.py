"""接口令牌: which programs may act as whom, and how does an administrator give one a token or take it back?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.ground.clock import now, today
from onewindow.ground.paging import page
from onewindow.people import acts
from onewindow.people.models import Account, ApiToken
from onewindow.people.reads import tokens_of
from onewindow.places.models import County
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.rules.identity import tidy
from onewindow.web.asking import AskingForm, ask, posted, tell
from onewindow.web.gates import StaffRequest, staff_required

USUAL, PAGE = timedelta(days=180), 50


class TokenForm(AskingForm):
    """Which program, whose account, what for and how long."""

    name = forms.CharField(label="用途", max_length=60, help_text="如：省一体化平台对接。")
    username = forms.CharField(
        label="账号", max_length=60, help_text="令牌以这个账号的身份办理，权限不会更大。"
    )
    scopes = forms.MultipleChoiceField(
        label="范围", choices=ApiToken.Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    expires_on = forms.DateField(label="到哪天止", widget=forms.DateInput(attrs={"type": "date"}))

    def clean_username(self) -> str:
        typed = tidy(self.cleaned_data["username"]).lower()
        found = Account.objects.with_owner().filter(username=typed).first()
        if found is None:
            raise forms.ValidationError("没有这个账号，请核对用户名。")
        self.account = found
        return typed


@require_GET
@staff_required(Grant.TOKENS_MANAGE)
def tokens(request: StaffRequest) -> HttpResponse:
    """Every token, the good ones first."""
    found, next_key = page(
        tokens_of(request.officer.county), request.GET.get("after", ""), by=("-withdrawn_at",), size=PAGE
    )
    rows = [(one, one.good_on(today())) for one in found]
    return render(request, "manage/tokens.html", {"rows": rows, "next_key": next_key})


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.TOKENS_MANAGE)
def new_token(request: StaffRequest) -> HttpResponse:
    """Make one; its secret stands on the answer and is never shown again."""
    form = TokenForm(posted(request), initial={"expires_on": today() + USUAL})
    if request.method == "POST" and form.is_valid():
        told: dict[str, Any] = {key: value for key, value in form.cleaned_data.items() if key != "username"}
        county = County.objects.get(pk=request.officer.county)
        try:
            made = acts.make_token(county, by=request.officer, at=now(), account=form.account, **told)
        except NotAllowed as refusal:
            tell(form, refusal)
        else:
            return render(request, "manage/token.html", {"token": made.token, "secret": made.secret})
    context = {
        "form": form,
        "title": "发放接口令牌",
        "lead": "令牌只显示一次；发放和收回都记入流水和访问日志。",
        "main": "发放令牌",
        "back": reverse("tokens"),
    }
    return render(request, "manage/form.html", context)


@require_http_methods(["GET", "POST"])
@staff_required(Grant.TOKENS_MANAGE)
def withdraw_token(request: StaffRequest, pk: int) -> HttpResponse:
    """Take one back."""
    token = get_object_or_404(tokens_of(request.officer.county), pk=pk)
    return ask(
        request,
        AskingForm(posted(request)),
        lambda _: acts.withdraw_token(token, by=request.officer, at=now()),
        title=f"收回令牌“{token}”？",
        lead=f"用这个令牌的系统马上不能再以 {token.account.display_name} 的身份查询和办理。",
        main="收回令牌",
        adverse=True,
        back="tokens",
    )
