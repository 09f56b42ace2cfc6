"""大厅在等多少人: what does anybody see of a hall from home – how many wait, which windows are open, what hangs there?"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from onewindow.ground.clock import now, today
from onewindow.hall.reads import board, with_waiting
from onewindow.places.models import Device, Hall
from onewindow.places.reads import hanging, telephone
from onewindow.web.machines import device_of
from onewindow.web.views.hall.live import heard

K = Device.Kind


@require_GET
@never_cache
def halls(request: HttpRequest) -> HttpResponse:
    """All halls that give numbers; the registered machine itself goes to its own page."""
    device = device_of(request)
    if device is not None and "list" not in request.GET:
        return _to_its_page(device)
    return render(request, "hall/halls.html", {"halls": list(with_waiting(today()))})


def _to_its_page(device: Device) -> HttpResponse:
    if device.kind == K.KIOSK:
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
    return render(request, "hall/hall.html", {**_told(request, found), **heard(found)})


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
    if centre is None or centre.box:
        return HttpResponse(status=204)
    return render(request, "hall/waiting.html", {"hall": centre, "lines": board(centre, now()).lines})


def _told(request: HttpRequest, hall: Hall) -> dict[str, Any]:
    at = now()
    seen = board(hall, at)
    return {
        "hall": hall,
        "at": at,
        "lines": seen.lines,
        "signs": [one for one in seen.signs if one.there],
        "notices": [*(one.words for one in seen.limits), *(one.text for one in hanging(hall, at))],
        "missed": [one.number for one in seen.missed],
        "phone": telephone(request.county, hall.phone),  # type: ignore[attr-defined]
        "elsewhere": bool(hall.box),
    }
