"""评价器: what did whoever was just served at this window think of it? Asked once, chosen by himself."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_POST

from onewindow.feedback.acts import rate_service
from onewindow.feedback.models import Grade, Rating
from onewindow.feedback.reasons import of_grade
from onewindow.ground.clock import now
from onewindow.hall.models import Ticket
from onewindow.people.reads import sitting_at
from onewindow.places.models import Device
from onewindow.rules.grants import NotAllowed
from onewindow.rules.tickets import DONE, SERVING
from onewindow.web.machines import MachineRequest, machine_required
from onewindow.web.views.hall.asked import whole
from onewindow.web.views.hall.live import heard
from onewindow.web.views.hall.phone import grade_of, reasons_of

ASKED_FOR = timedelta(minutes=5)
THANKED = timedelta(seconds=8)
pad_required = machine_required(Device.Kind.PAD)


@require_GET
@ensure_csrf_cookie
@pad_required
def pad(request: MachineRequest) -> HttpResponse:
    """The whole page."""
    return render(request, "hall/pad.html", {**_told(request), **heard(request.device.hall)})


@require_GET
@pad_required
def pad_now(request: MachineRequest) -> HttpResponse:
    """The part of it that changes: the question after each service, else who works here."""
    return render(request, "hall/pad_now.html", _told(request))


def _told(request: MachineRequest) -> dict[str, Any]:
    window, at = request.device.window, now()
    assert window is not None
    ticket, given = _served(request.device, at)
    bad = [(grade, of_grade(grade)) for grade in (Grade.BAD, Grade.VERY_BAD)]
    return {
        "window": window,
        "hall": request.device.hall,
        "at": at,
        "ticket": None if given else ticket,
        "thanks": given is not None and timedelta() <= at - given.given_at < THANKED,
        "grades": sorted(Grade, reverse=True),
        "bad": bad,
        "staff": [officer.name for officer in sitting_at(window, at.date())],
    }


def _served(device: Device, at: datetime) -> tuple[Ticket | None, Rating | None]:
    """Who was served last at the window, as long as nobody else is served there and it was a moment ago."""
    here = Ticket.objects.filter(window=device.window_id, day=at.date()).select_related("line", "officer")
    last = (
        here.filter(stage=DONE, ended_at__gt=at - ASKED_FOR, ended_at__lte=at).order_by("-ended_at").first()
    )
    if last is None or here.filter(stage=SERVING).exists():
        return None, None
    return last, Rating.objects.filter(subject=last.subject_id).first()


@require_POST
@pad_required
def rate(request: MachineRequest) -> HttpResponse:
    """The grade that was pressed."""
    at = now()
    ticket, _ = _served(request.device, at)
    if ticket is None or ticket.pk != whole(request.POST.get("ticket", "")):
        raise NotAllowed("这次服务的评价时间已经过了。还想评价的，请扫小票上的二维码。")
    rate_service(
        ticket,
        by=request.machine,
        at=at,
        grade=grade_of(request),
        reasons=reasons_of(request),
        channel="pad",
    )
    return redirect("pad")
