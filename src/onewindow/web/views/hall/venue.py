"""大厅在等多少人: what does anybody see of a hall from home – how many wait, which windows are open, what hangs there?"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from onewindow.box.reads import OFFLINE, copy_of
from onewindow.ground.clock import now, today
from onewindow.hall.actors import SELF_SERVICE
from onewindow.hall.hours import times
from onewindow.hall.reads import board, with_waiting
from onewindow.hall.stopped import until_words
from onewindow.helping.reads.aids import offered_at
from onewindow.places.models import Device, Hall, Sheet, Zone
from onewindow.places.reads import hanging, telephone
from onewindow.rules.venue_words import FREE
from onewindow.web.machines import device_of
from onewindow.web.views.hall.equipment import equipment
from onewindow.web.views.hall.live import heard

K = Device.Kind


@require_GET
@never_cache
def halls(request: HttpRequest) -> HttpResponse:
    """All halls that give numbers; the registered machine itself goes to its own page."""
    device = device_of(request)
    if device is not None and "list" not in request.GET:
        return _to_its_page(device)
    at = now()
    found = [(one, copy_of(one, at)) for one in with_waiting(today())]
    return render(request, "hall/halls.html", {"halls": found, "offline": OFFLINE})


def _to_its_page(device: Device) -> HttpResponse:
    if device.kind in SELF_SERVICE:
        return redirect("kiosk")
    if device.kind == K.PAD:
        return redirect("pad")
    if device.kind == K.WINDOW_DISPLAY and device.window_id:
        return redirect("window_display", device.window_id)
    return redirect("hall_display" if device.kind == K.DISPLAY else "hall_page", device.hall_id)


@require_GET
@never_cache
def hall(request: HttpRequest, pk: int) -> HttpResponse:
    """One hall, now."""
    found = get_object_or_404(Hall, pk=pk)
    return render(
        request, "hall/hall.html", {**_told(request, found), **heard(found), "aids": offered_at(found)}
    )


@require_GET
@never_cache
def hall_now(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of that page that changes."""
    return render(request, "hall/hall_now.html", _told(request, get_object_or_404(Hall, pk=pk)))


@require_GET
@never_cache
def waiting(request: HttpRequest) -> HttpResponse:
    """How many wait in the county's centre, for the home page; nothing where no hall gives numbers."""
    found = Hall.objects.filter(kind=Hall.Kind.CENTRE, lines__closed_on__isnull=True, lines__isnull=False)
    centre = found.order_by("pk").first()
    copy = copy_of(centre, now()) if centre is not None else None
    if centre is None or (copy is not None and copy.stale):
        return HttpResponse(status=204)
    told = {"hall": centre, "lines": board(centre, now()).lines, "closed": times(centre, now()).closed_words}
    return render(request, "hall/waiting.html", told)


def _told(request: HttpRequest, hall: Hall) -> dict[str, Any]:
    at = now()
    seen, copy, hours = board(hall, at), copy_of(hall, at), times(hall, at)
    return {
        "hall": hall,
        "at": at,
        "today": hours.today_words,
        "closed": "" if hall.stopped_at else hours.closed_words,
        "lines": seen.lines,
        "signs": [one for one in seen.signs if one.there],
        "notices": [*(one.words for one in seen.limits), *(one.text for one in hanging(hall, at))],
        "until": until_words(hall),
        "missed": [one.number for one in seen.missed],
        "phone": telephone(request.county, hall.phone),  # type: ignore[attr-defined]
        "elsewhere": copy is not None and copy.stale,
        "copy": copy,
        "offline": OFFLINE,
        **_about(hall),
    }


def _about(hall: Hall) -> dict[str, Any]:
    """Where it is, and what stands there for everybody with its state."""
    sheet = Sheet.objects.filter(hall=hall).first()
    rooms = Zone.objects.filter(hall=hall, kind__in=(Zone.Kind.TOILET, Zone.Kind.NURSING), closed_on=None)
    placed = sheet is not None and sheet.latitude is not None
    guides = (
        [(sheet.guides_place, f"{sheet.guides_on:%Y-%m-%d} 起" if sheet.guides_on else "")] if sheet else []
    )
    return {
        "sheet": sheet,
        "position": f"{sheet.latitude},{sheet.longitude}" if sheet and placed else "",
        "rooms": list(rooms.order_by("floor", "pk")),
        "free": [one for one in equipment(hall) if one.kind in FREE and not (one.zone and one.zone.internal)],
        "guides": "，".join(word for place, since in guides if place for word in (place, since) if word),
    }
