"""我替谁办: the children and the firms for whom this person acts."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.ground.clock import now
from onewindow.people.acts import enter_firm, enter_ward
from onewindow.people.models import Party
from onewindow.rules.grants import NotAllowed
from onewindow.web.asking import posted, tell
from onewindow.web.forms.own import FirmForm, WardForm
from onewindow.web.gates import PartyRequest, party_required


@require_GET
@party_required
@never_cache
def people(request: PartyRequest) -> HttpResponse:
    """Himself and those for whom he speaks."""
    rows = Party.objects.filter(pk__in=request.party.speaks_for).exclude(pk=request.party.pk).order_by("pk")
    waiting = Party.objects.filter(pk__in=request.party.claims_for).order_by("pk")
    context = {"rows": rows, "waiting": waiting, "tab": "people"}
    return render(request, "my/people.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@party_required
@never_cache
def ward(request: PartyRequest) -> HttpResponse:
    """Enter a child."""
    form = WardForm(posted(request))
    return _entered(
        request,
        form,
        "登记孩子",
        "未成年人由监护人代为申请。登记以后请带户口簿或者出生医学证明到窗口核实；已经在窗口建过档的，直接到窗口登记监护关系。",
        lambda: enter_ward(
            request.party,
            form.party(request.party),
            by=request.party,
            at=now(),
            county=request.county,  # type: ignore[attr-defined]
        ),
    )


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@party_required
@never_cache
def firm(request: PartyRequest) -> HttpResponse:
    """Enter a firm."""
    form = FirmForm(posted(request))
    return _entered(
        request,
        form,
        "登记单位",
        "您是它的法定代表人、负责人或者经营者。登记以后请带营业执照和身份证到窗口核实；已经在窗口建过档的，直接到窗口登记。",
        lambda: enter_firm(
            request.party,
            form.party(request.party),
            by=request.party,
            at=now(),
            county=request.county,  # type: ignore[attr-defined]
        ),
    )


def _entered(
    request: PartyRequest, form: forms.Form, title: str, lead: str, act: Callable[[], Party]
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            made = act()
        except NotAllowed as refusal:
            tell(form, refusal)
        else:
            messages.success(
                request, f"登记好了，可以替{made.name}申请；带证件到窗口核实以后，才看得到他的全部办件。"
            )
            return redirect("my_people")
    context = {"form": form, "title": title, "lead": lead, "tab": "people"}
    return render(request, "my/enter.html", context, status=422 if request.method == "POST" else 200)
