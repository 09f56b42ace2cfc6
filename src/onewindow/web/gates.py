"""谁能进这个页面: which views are for staff with a power, which for applicants, and what happens to the others?"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from onewindow.people import signing
from onewindow.people.models import Account, Officer, Party
from onewindow.rules.grants import GRANT_WORDS, Grant, NotGranted
from onewindow.web import held
from onewindow.web.middleware import officer_of, party_of

P = ParamSpec("P")


class StaffRequest(HttpRequest):
    """A request of an officer with his posts of today (for type checkers)."""

    officer: Officer


class PartyRequest(HttpRequest):
    """A request of an applicant (for type checkers)."""

    party: Party


View = Callable[Concatenate[Any, P], HttpResponse]


def staff_required(*grants: Grant) -> Callable[[View[P]], View[P]]:
    """Let officers in who hold one of `grants` (any officer when none is named); sets `request.officer`."""

    def wrap(view: View[P]) -> View[P]:
        @functools.wraps(view)
        def gated(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            officer = officer_of(request)
            if officer is None:
                raise NotGranted("这是工作人员的页面。您是申请人，请从首页办事。")
            first = _first_duty(request)
            if first is not None:
                return first
            if grants and not any(officer.may(grant) for grant in grants):
                words = "”或“".join(GRANT_WORDS[grant] for grant in grants)
                raise NotGranted(f"您的岗位没有“{words}”的权限，请联系本单位管理员。")
            request.officer = officer
            return view(request, *args, **kwargs)

        return gated

    return wrap


def party_required(view: View[P]) -> View[P]:
    """Let applicants in; sets `request.party`."""

    @functools.wraps(view)
    def gated(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        party = party_of(request)
        if party is None:
            raise NotGranted("这是申请人的页面。您现在用的是工作账号，请退出后用本人的账号登录。")
        account = cast(Account, request.user)
        if account.password_changed_at is None and account.has_usable_password():
            return redirect("account_change_password")  # what a window printed for him is no secret yet
        request.party = party
        return view(request, *args, **kwargs)

    return gated


def account_required(view: View[P]) -> View[P]:
    """Let everybody in who is signed in."""

    @functools.wraps(view)
    def gated(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return view(request, *args, **kwargs) if request.user.is_authenticated else to_sign_in(request)

    return gated


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back; a filled form is kept and offered again.

    What a script sends in the background is answered where it stands: the page with the form stays open.
    """
    if request.headers.get("HX-Request"):
        return HttpResponse("登录已到期，请点“提交”后重新登录，填好的内容不会丢失。", status=401)
    kept = request.method == "POST" and held.keep(request)
    target = reverse("account_held") if kept else request.get_full_path()
    return redirect(f"{reverse('account_login')}?{urlencode({'next': target}, safe='/')}")


def _first_duty(request: HttpRequest) -> HttpResponse | None:
    """The first password is changed, and the second factor set up where the county demands one, before all else."""
    account = cast(Account, request.user)
    if account.password_changed_at is None:
        return redirect("account_change_password")
    if request.session.get(signing.ENROL):
        return redirect("mfa_activate_totp")
    return None
