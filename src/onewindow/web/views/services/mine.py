"""申请便民服务: what do the halls offer, how does somebody ask for a home visit at any hour, and how far is it?"""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onewindow.ground.clock import now, today
from onewindow.helping.acts.aids import AidWish, ask_aid, withdraw_aid
from onewindow.helping.acts.rescheduling import change_day
from onewindow.helping.models import Aid, AidRequest
from onewindow.helping.reads import aids
from onewindow.helping.reads.every_day import days_open
from onewindow.people.models import Party
from onewindow.places.models import Hall
from onewindow.places.reads import pack_here, telephone
from onewindow.rules.aids import OPEN, Stage
from onewindow.rules.bookings import Channel
from onewindow.rules.grants import NotAllowed
from onewindow.web.asking import tell
from onewindow.web.forms.aids import DayForm, WishForm
from onewindow.web.gates import PartyRequest, party_required
from onewindow.web.views.guide import qr

FORTNIGHT = timedelta(days=13)


@require_GET
@never_cache
def offered(request: HttpRequest) -> HttpResponse:
    """What each hall offers beside its windows."""
    county = request.county.code  # type: ignore[attr-defined]
    found = aids.offering(county)
    hall = Hall.objects.filter(county=county, openings__isnull=False).order_by("kind", "pk").first()
    first = today()
    days = (
        days_open(hall, first, first + FORTNIGHT, [one for one in found if one.hall_id == hall.pk])
        if hall is not None
        else []
    )
    rules = list(pack_here(request.county).rules_of("aids.offered", first))  # type: ignore[attr-defined]
    return render(
        request, "services/offered.html", {"aids": found, "days": days, "hall": hall, "rules": rules}
    )


@require_http_methods(["GET", "POST"])
@party_required
@never_cache
@sensitive_post_parameters()
def ask(request: PartyRequest, pk: int) -> HttpResponse:
    """One page: for whom, why, where, when, under which telephone."""
    aid = _aid(request, pk)
    whom = list(Party.objects.filter(pk__in=request.party.speaks_for).order_by("pk"))
    if request.method != "POST":
        first = {"phone": request.party.phone, "address": request.party.address, "once": uuid4()}
        return _page(request, aid, WishForm(aid, initial=first), whom)
    form = WishForm(aid, request.POST)
    if not form.is_valid():
        return _page(request, aid, form, whom, 422)
    chosen = request.POST.get("whom", "")
    party = next((one for one in whom if str(one.pk) == chosen), request.party)
    wish = AidWish(aid=aid, party=party, agent=request.party, channel=Channel.WEB, **form.told())
    try:
        made = ask_aid(wish, by=request.party, at=now(), once=form.cleaned_data["once"])
    except NotAllowed as refusal:
        tell(form, refusal)
        return _page(request, aid, form, whom, 409)
    return redirect("my_service", made.number)


@require_GET
@party_required
@never_cache
def show(request: PartyRequest, number: str) -> HttpResponse:
    """One request: who comes when, or why not."""
    return _one(request, _load(request, number), DayForm())


@require_POST
@party_required
@never_cache
def move(request: PartyRequest, number: str) -> HttpResponse:
    """改日子."""
    row, form = _load(request, number), DayForm(request.POST)
    if not form.is_valid():
        return _one(request, row, form, 422)
    try:
        change_day(row, by=request.party, at=now(), **form.cleaned_data)
    except NotAllowed as refusal:
        tell(form, refusal)
        return _one(request, row, form, 409)
    messages.success(request, "已改日子，安排好了会告诉您。")
    return redirect("my_service", number)


def _one(request: PartyRequest, row: AidRequest, form: DayForm, status: int = 200) -> HttpResponse:
    in_hall = row.aid.course.in_hall and row.stage == Stage.ARRANGED.value
    context = {
        "row": row,
        "code": qr(row.code) if in_hall else "",
        "open": Stage(row.stage) in OPEN,
        "may_withdraw": Stage(row.stage) in (Stage.ASKED, Stage.ARRANGED),
        "form": form,
        "phone": telephone(request.county, row.hall.phone),  # type: ignore[attr-defined]
        "tab": "bookings",
    }
    return render(request, "services/one.html", context, status=status)


@require_POST
@party_required
def withdraw(request: PartyRequest, number: str) -> HttpResponse:
    """取消申请."""
    withdraw_aid(_load(request, number), by=request.party, at=now())
    messages.success(request, "申请已取消。")
    return redirect("my_bookings")


def _page(
    request: PartyRequest, aid: Aid, form: WishForm, whom: list[Party], status: int = 200
) -> HttpResponse:
    context = {
        "aid": aid,
        "form": form,
        "whom": whom,
        "wanted": request.POST.get("whom", str(request.party.pk)),
    }
    return render(request, "services/ask.html", context, status=status)


def _aid(request: PartyRequest, pk: int) -> Aid:
    county = request.county.code  # type: ignore[attr-defined]
    found = get_object_or_404(Aid.objects.select_related("hall"), pk=pk, hall__county=county)
    if found.closed_on is not None:
        raise Http404("这项服务现在不提供。")
    return found


def _load(request: PartyRequest, number: str) -> AidRequest:
    county = request.county.code  # type: ignore[attr-defined]
    found = aids.of_party(request.party, county).filter(number=number[:24]).first()
    if found is None:
        raise Http404("没有这个申请，或者不是您的。")
    return found
