"""扫码取号: how does somebody who is in the hall, and nobody elsewhere, take a number on his telephone?

The code on the kiosk's screen is drawn anew all the time and opens the page for some minutes only.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onewindow.ground.clock import now
from onewindow.ground.limits import Limit
from onewindow.hall.actors import Visitor
from onewindow.hall.acts.tickets import take
from onewindow.hall.hours import line_of, times
from onewindow.hall.models import Ticket
from onewindow.hall.reads import board
from onewindow.places.models import Hall
from onewindow.rules.grants import NotAllowed
from onewindow.rules.queueing import PRIORITY_WORDS
from onewindow.web.pace import address_of, too_often
from onewindow.web.views.hall.asked import ASKED, key_of, priority_of, whole

LASTS = timedelta(minutes=10)
_SALT = "onewindow.hall.scan"
_TAKES = Limit("hall-scan", 20, timedelta(minutes=10))  # a household behind one address, not a program


def address_of_hall(hall: Hall) -> str:
    """What the code on the kiosk opens, for some minutes."""
    shown = signing.dumps(hall.pk, salt=_SALT)
    return f"{settings.PUBLIC_URL}{reverse('hall_scan', args=[hall.pk])}?t={shown}"


@require_http_methods(["GET", "POST"])
@never_cache
def scan(request: HttpRequest, pk: int) -> HttpResponse:
    """One page: the business, whether one goes before others, the number."""
    hall = get_object_or_404(Hall, pk=pk)
    if not _is_here(request, hall):
        return render(request, "hall/scan_again.html", {"hall": hall}, status=403)
    if request.method == "POST":
        return too_often(request, (_TAKES, address_of(request))) or _take(request, hall)
    asked = [(one.value, PRIORITY_WORDS[one]) for one in ASKED]
    context = {"hall": hall, "lines": board(hall, now()).lines, "asked": asked, "once": uuid4()}
    context["hours"] = times(hall, now())
    return render(request, "hall/scan.html", context)


def _is_here(request: HttpRequest, hall: Hall) -> bool:
    try:
        return bool(signing.loads(request.GET.get("t", ""), salt=_SALT, max_age=LASTS) == hall.pk)
    except signing.BadSignature:
        return False


def _take(request: HttpRequest, hall: Hall) -> HttpResponse:
    line = line_of(hall, whole(request.POST.get("line", "")))
    if line is None:
        raise NotAllowed("请选择要办的业务，再取号。")
    ticket = take(
        hall,
        line,
        by=Visitor(hall),
        at=now(),
        once=key_of(request),
        channel=Ticket.Channel.PHONE,
        priority=priority_of(request),
    )
    return redirect("hall_number", ticket.code)
