"""注册: how does somebody get an account of his own – a code to the telephone, then paper, name and password?"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from onewindow.ground.clock import now
from onewindow.ground.limits import Limit
from onewindow.notices.acts import check_code, send_code, use_code
from onewindow.people.acts import Newcomer, register
from onewindow.people.models import Account
from onewindow.rules.grants import SYSTEM, NotAllowed
from onewindow.rules.identity import phone_fault, tidy_phone
from onewindow.web.asking import posted, tell
from onewindow.web.forms.own import PhoneForm, RegisterForm
from onewindow.web.pace import address_of, too_often
from onewindow.web.proved import VisitorRequest

PURPOSE = "register"
CODES_BY_PHONE = Limit("code:phone", times=3, within=timedelta(minutes=10))
CODES_BY_ADDRESS = Limit("code:address", times=20, within=timedelta(minutes=10))
BY_ADDRESS = Limit("register:address", times=20, within=timedelta(minutes=10))
_SLOT = "registering_phone"
BACKEND = "onewindow.people.signing.Backend"


@require_http_methods(["GET", "POST"])
@never_cache
def phone(request: VisitorRequest) -> HttpResponse:
    """The telephone first. Outside of a demonstration a clerk who has seen the paper opens the account."""
    _open_here()
    form = PhoneForm(posted(request))
    if request.method == "POST" and form.is_valid():
        number = tidy_phone(form.cleaned_data["phone"])
        fault = phone_fault(number)
        if fault is None:
            waiting = too_often(request, (CODES_BY_ADDRESS, address_of(request)), (CODES_BY_PHONE, number))
            if waiting is not None:
                return waiting
            send_code(request.county, by=SYSTEM, at=now(), phone=number, purpose=PURPOSE)
            request.session[_SLOT] = number
            return redirect("register_paper")
        form.add_error("phone", fault)
    return render(request, "register/phone.html", {"form": form}, status=422 if form.errors else 200)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@never_cache
def paper(request: VisitorRequest) -> HttpResponse:
    """Code, paper, name and password; then one is signed in."""
    _open_here()
    number = request.session.get(_SLOT)
    if not number:
        return redirect("register")
    form = RegisterForm(posted(request), initial={"username": number})
    if request.method == "POST" and form.is_valid():
        waiting = too_often(request, (BY_ADDRESS, address_of(request)))
        if waiting is not None:
            return waiting
        account = _registered(request, form, number)
        if account is not None:
            del request.session[_SLOT]
            login(request, account, backend=BACKEND)
            return redirect("my")
    status = 422 if request.method == "POST" else 200
    return render(request, "register/paper.html", {"form": form, "phone": number}, status=status)


def _registered(request: VisitorRequest, form: RegisterForm, number: str) -> Account | None:
    told, at = form.cleaned_data, now()
    try:
        check_code(request.county, by=SYSTEM, at=at, phone=number, purpose=PURPOSE, typed=told["code"])
    except NotAllowed as refusal:
        form.add_error("code", str(refusal))
        return None
    try:
        account = register(
            form.party(number),
            by=Newcomer(request.county.code, number),
            at=at,
            username=told["username"],
            password=told["password1"],
        )
    except NotAllowed as refusal:
        tell(form, refusal)
        return None
    use_code(request.county, by=SYSTEM, at=at, phone=number, purpose=PURPOSE)
    return Account.objects.with_owner().get(pk=account.pk)


def _open_here() -> None:
    if not settings.DEMO:
        raise Http404("本地不开放网上注册，请带证件到窗口开通账号。")
