"""网上账号: the person in front gets an account, or a new password, after his paper was seen."""

from __future__ import annotations

import re

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from onewindow.ground.clock import now
from onewindow.ground.onetime import one_time
from onewindow.people import acts as people
from onewindow.people.models import Account, Party
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.web.asking import AskingForm, posted, tell
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.counter import front


class OpenForm(AskingForm):
    """Under which name he signs in, beside the number of his paper."""

    username = forms.CharField(
        label="用户名", max_length=60, help_text="用手机号码，或者小写字母开头的名字；也可以用身份证号登录"
    )


class SeenForm(AskingForm):
    """The clerk has compared paper and person."""

    seen = forms.BooleanField(label="看过证件原件，是本人来的")


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.PEOPLE_FILE)
@sensitive_post_parameters()
def account(request: StaffRequest) -> HttpResponse:
    """Open the account or set a new password; the one-time password is shown once."""
    party = front.person(request)
    if party is None:
        return redirect("counter")
    held = Account.objects.filter(party=party).first()
    mobile = party.phone if re.fullmatch(r"1\d{10}", party.phone, re.ASCII) else ""
    form = SeenForm(posted(request)) if held else OpenForm(posted(request), initial={"username": mobile})
    if request.method == "POST" and form.is_valid():
        password = one_time()
        try:
            made = _given(request, party, held, form, password)
        except NotAllowed as refusal:
            tell(form, refusal)
        else:
            told = {"party": party, "username": made.username, "password": password, "again": held}
            return render(request, "counter/account_given.html", told)
    status = 422 if form.errors else 200
    told = {"party": party, "form": form, "held": held}
    return render(request, "counter/account.html", told, status=status)


def _given(
    request: StaffRequest, party: Party, held: Account | None, form: forms.Form, password: str
) -> Account:
    by, at = request.officer, now()
    if held is not None:
        return people.reset_citizen(party, by=by, at=at, password=password)
    people.require_real(party, request.county)  # type: ignore[attr-defined]
    username = form.cleaned_data["username"]
    return people.open_citizen(party, by=by, at=at, username=username, password=password)
