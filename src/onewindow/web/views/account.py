"""我的账号: the pages of one's own account beside those of allauth."""

from __future__ import annotations

from typing import Any, cast

from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.ground.clock import now
from onewindow.people import acts, signing
from onewindow.people.acts.accounts import CHANGED_AT_COUNTY, AccountFaults
from onewindow.people.models import Account
from onewindow.people.passwords import long_enough
from onewindow.people.reads import own_accesses
from onewindow.rules.grants import Actor, NotAllowed, NotGranted
from onewindow.web import held
from onewindow.web.asking import AskingForm, posted, tell
from onewindow.web.desks import desks_of
from onewindow.web.gates import account_required
from onewindow.web.middleware import officer_of, party_of


class PasswordForm(AskingForm):
    """Old password and twice the new one."""

    oldpassword = forms.CharField(
        label="原密码", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    password1 = forms.CharField(
        label="新密码",
        help_text=long_enough("，不能全是数字，不能是常见密码，不能与原密码相同。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label="再输入一次新密码", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("password1") and told.get("password2") and told["password1"] != told["password2"]:
            self.add_error("password2", "两次输入的新密码不一样，请重新输入。")
        return told


@require_GET
@never_cache
@account_required
def home(request: HttpRequest) -> HttpResponse:
    """Who I am here, how my account is guarded, and when it was used."""
    account = cast(Account, request.user)
    officer = officer_of(request)
    desks = desks_of(officer)
    context = {
        "posts": officer.posts if officer else [],
        "office": officer.office if officer else "",
        "next": desks[0].url if desks else "",
        "next_word": f"去{desks[0].label}" if desks else "",
        "second_factor": Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists(),
        "accesses": own_accesses(signing.code_of(account)),
    }
    return render(request, "account/home.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@never_cache
@account_required
def change_password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; this session goes on, all others of the account end."""
    if settings.BOX:
        raise NotAllowed(CHANGED_AT_COUNTY)
    account = cast(Account, request.user)
    form = PasswordForm(posted(request))
    if request.method == "POST" and form.is_valid() and _changed(request, account, form):
        return redirect("account_home")
    first = account.password_changed_at is None
    context = {"form": form, "first": first, "back": "" if first else reverse("account_home")}
    return render(request, "account/password_change.html", context)


@require_GET
@never_cache
@account_required
def held_form(request: HttpRequest) -> HttpResponse:
    """After an expired session: what was typed, to be sent again by the same person."""
    kept = held.take(request)
    if kept is None:
        return redirect("/")
    return render(request, "account/held.html", {"held": kept})


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """The page for an account that is locked after too many failures."""
    seconds = int(signing.cool_off(request).total_seconds())
    answer = render(request, "account/locked.html", {"wait": f"{seconds // 60} 分钟"}, status=429)
    answer["Retry-After"] = str(seconds)
    return answer


def _changed(request: HttpRequest, account: Account, form: PasswordForm) -> bool:
    told = form.cleaned_data
    try:
        acts.change_password(
            account, by=_owner(request), at=now(), old=told["oldpassword"], new=told["password1"]
        )
    except AccountFaults as wrong:
        tell(form, wrong)
        return False
    update_session_auth_hash(request, account)
    return True


def _owner(request: HttpRequest) -> Actor:
    owner = officer_of(request) or party_of(request)
    if owner is None:
        raise NotGranted("这个账号没有对应的工作人员或申请人，请联系管理员。")
    return owner
