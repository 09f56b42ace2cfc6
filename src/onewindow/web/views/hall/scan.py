"""扫码取号: how does somebody who is in the hall, and nobody elsewhere, take a number on his telephone?

The code on the kiosk's screen is drawn anew all the time and opens the page for some minutes only.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.box.acts.wishes import wish
from onewindow.box.models import Box
from onewindow.box.reads import OFFLINE, by_wish, copy_of
from onewindow.ground.clock import now
from onewindow.ground.limits import Limit
from onewindow.hall.actors import Visitor
from onewindow.hall.acts.tickets import take
from onewindow.hall.hours import line_of, times
from onewindow.hall.models import Ticket
from onewindow.hall.reads import board, by_code
from onewindow.hall.write import owned
from onewindow.places.models import Hall
from onewindow.rules.grants import NotAllowed
from onewindow.rules.queueing import PRIORITY_WORDS
from onewindow.web.pace import address_of, too_often
from onewindow.web.views.hall.asked import ASKED, key_of, priority_of, told_of, whole

LASTS = timedelta(minutes=10)
_SALT = "onewindow.hall.scan"
_TAKES = Limit("hall-scan", 20, timedelta(minutes=10))  # a household behind one address, not a program


def address_of_hall(hall: Hall) -> str:
    """What the code on the kiosk opens, for some minutes."""
    shown = signing.dumps(hall.pk, key=_key(hall), salt=_SALT)
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
    copy = copy_of(hall, now())
    if copy is not None and copy.stale:
        return render(request, "hall/wish.html", {"hall": hall, "offline": OFFLINE})
    asked = [(one.value, PRIORITY_WORDS[one]) for one in ASKED]
    at = now()
    seen = board(hall, at)
    context = {"hall": hall, "lines": seen.lines, "limits": seen.limits, "asked": asked, "once": uuid4()}
    context["hours"] = times(hall, at)
    return render(request, "hall/scan.html", context)


def _is_here(request: HttpRequest, hall: Hall) -> bool:
    return shown_here(request.GET.get("t", ""), hall)


def shown_here(shown: str, hall: Hall) -> bool:
    """Whether this is what the kiosk of the hall shows now, or showed a few minutes ago."""
    try:
        told = signing.loads(shown, key=_key(hall), salt=_SALT, max_age=LASTS)
    except signing.BadSignature:
        return False
    return bool(told == hall.pk)


def _key(hall: Hall) -> str:
    """With what the code is signed: of a hall with a machine of its own both sides know the same of its key."""
    box = Box.objects.filter(key=hall.box, hall=hall).first() if hall.box else None
    return bytes(box.key_hash).hex() if box is not None else settings.SECRET_KEY


def _take(request: HttpRequest, hall: Hall) -> HttpResponse:
    line = line_of(hall, whole(request.POST.get("line", "")))
    if line is None:
        raise NotAllowed("请选择要办的业务，再取号。")
    told: dict[str, Any] = {"by": Visitor(hall), "at": now(), "once": key_of(request)}
    told["priority"] = priority_of(request)
    if not owned(hall):
        return redirect("hall_wish", wish(hall, line, **told).code)
    waits = told_of(request, line.pk)
    ticket = take(hall, line, channel=Ticket.Channel.PHONE, told_minutes=waits, **told)
    return redirect("hall_number", ticket.code)


@require_GET
@never_cache
def wished(request: HttpRequest, code: str) -> HttpResponse:
    """What became of the number that was wished; with the number its own page."""
    return _wished(request, code, "hall/wish.html")


@require_GET
@never_cache
def wished_now(request: HttpRequest, code: str) -> HttpResponse:
    """The part of that page that changes."""
    return _wished(request, code, "hall/wish_now.html")


def _wished(request: HttpRequest, code: str, page: str) -> HttpResponse:
    found = by_wish(code)
    if found is None:
        raise Http404
    if by_code(code) is not None:
        return redirect("hall_number", code)
    copy = copy_of(found.hall, now())
    told = {"wish": found, "hall": found.hall, "offline": OFFLINE, "stale": copy is None or copy.stale}
    return render(request, page, told)
