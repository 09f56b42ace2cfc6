"""取号机上的预约签到: how does somebody who booked get his number by himself, and why not, when he cannot?"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from onewindow.ground.clock import now
from onewindow.ground.limits import Limit, forgive, spend
from onewindow.hall import booked
from onewindow.hall.acts.coming import arrive
from onewindow.hall.models import Booking, Ticket
from onewindow.helping.actors import Kiosk
from onewindow.helping.acts.visiting import check_in
from onewindow.helping.models import AidRequest
from onewindow.helping.reads import aids
from onewindow.rules.grants import NotAllowed
from onewindow.web import carried
from onewindow.web.machines import MachineRequest
from onewindow.web.views.hall.kiosk import booked_by, kiosk_required, page_of, paper, printed_by

# The signs of a booking's code, none that is read as another; the way back stands beside them.
KEYS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE = 8
UNKNOWN = "今天在本大厅没有这个预约。请核对预约码和日子，也可以返回输入证件号，或者直接取号。"
SLOWLY = "这台机器上输错的预约码太多，请过几分钟再试，或者到导服台签到。"
CODES = Limit("kiosk:booking", times=30, within=timedelta(minutes=10))


@require_http_methods(["GET", "POST"])
@kiosk_required
def booking(request: MachineRequest) -> HttpResponse:
    """The code of a booking, typed on the screen; right, it is the number at once."""
    if request.method != "POST":
        return _page(request)
    return _called(request, request.POST.get("code", ""))


def _called(request: MachineRequest, told: str) -> HttpResponse:
    """The booking, or the service, that has this code."""
    who = str(request.device.pk)
    if spend(CODES, who, now()) is not None:
        return _page(request, SLOWLY)
    typed = "".join(told.split()).upper()[:12]
    found = booked.at_door(request.device.hall, now().date(), code=typed)
    asked = None if found else aids.at_door(request.device.hall, now().date(), typed)
    if asked is not None:
        forgive(CODES, who)
        return _helped(request, asked)
    if not found:
        return _page(request, UNKNOWN, typed)
    forgive(CODES, who)
    return _arrived(request, found[0])


@require_POST
@kiosk_required
def shown(request: MachineRequest) -> HttpResponse:
    """What the reader of the first page typed: a booking's code checks in, everything else is an identity number."""
    typed = "".join(request.POST.get("paper", "").split()).upper()
    if len(typed) == CODE and set(typed) <= set(KEYS):
        return _called(request, typed)
    return paper(request)


@require_POST
@kiosk_required
def booked_here(request: MachineRequest) -> HttpResponse:
    """One of the bookings of whoever showed his paper on the page before."""
    pressed = request.POST.get("booking", "")
    found = [one for one in booked_by(page_of(request)) if one.number == pressed]
    if not found:
        return redirect("kiosk")
    return _arrived(request, found[0])


def _arrived(request: MachineRequest, found: Booking) -> HttpResponse:
    """His number on paper; who has come already sees the one that he has."""
    at = now()
    try:
        came = arrive(found, by=request.machine, at=at, device=request.device)
    except NotAllowed as refusal:
        return _page(request, str(refusal))
    return _given(request, came.once, at)


def _given(request: MachineRequest, once: UUID, at: datetime) -> HttpResponse:
    ticket = Ticket.objects.select_related("hall", "line", "window").get(once=once)
    printed = ticket.taken_at == at and printed_by(request.device, ticket)
    answer = redirect(f"{reverse('kiosk_slip', args=[ticket.code])}{'?printed' if printed else ''}")
    carried.drop(answer)
    return answer


def _helped(request: MachineRequest, asked: AidRequest) -> HttpResponse:
    """绿色通道、帮办陪同: his number, which goes before others."""
    at = now()
    try:
        came = check_in(asked, by=Kiosk(request.device), at=at, device=request.device)
    except NotAllowed as refusal:
        return _page(request, str(refusal))
    return _given(request, came.once, at)


def _page(request: MachineRequest, wrong: str = "", typed: str = "") -> HttpResponse:
    told = {**page_of(request), "error": wrong, "typed": typed, "keys": KEYS}
    return render(request, "hall/kiosk/booking.html", told, status=422 if wrong else 200)
