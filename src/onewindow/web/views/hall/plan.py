"""大厅平面图的页面: where in the hall is which window, how is it now, and how does one get there?"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from onewindow.ground.clock import now
from onewindow.hall.reads import board
from onewindow.places.models import Hall, Zone
from onewindow.web.hall_plan import draw, words_of
from onewindow.web.machines import MachineRequest
from onewindow.web.views.hall.asked import whole
from onewindow.web.views.hall.equipment import equipment
from onewindow.web.views.hall.kiosk import kiosk_required, page_of
from onewindow.web.views.hall.live import heard


@require_GET
@never_cache
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The map of a hall for everybody: internal zones are left out."""
    hall = get_object_or_404(Hall, pk=pk)
    return render(request, "hall/plan.html", {**planned(hall, request), **heard(hall)})


@require_GET
@never_cache
def plan_now(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of it that changes."""
    return render(request, "hall/plan_now.html", planned(get_object_or_404(Hall, pk=pk), request))


@require_GET
@kiosk_required
def kiosk_plan(request: MachineRequest) -> HttpResponse:
    """The same at the machine in the hall, where one also sees which way is not for visitors."""
    page = page_of(request)
    told = planned(page["hall"], request, inside=True)
    return render(request, "hall/kiosk/plan.html", {**page, **told})


def planned(
    hall: Hall, request: HttpRequest, *, inside: bool = False, instead: Zone | None = None
) -> dict[str, Any]:
    """What a map is drawn of; `instead` is a zone as it would be."""
    at = now()
    signs = board(hall, at).signs
    wanted = whole(request.GET.get("window", ""))
    aim = next((one for one in signs if one.window.pk == wanted and one.window.is_open), None)
    kept = Zone.objects.filter(hall=hall, closed_on__isnull=True).order_by("floor", "pk")
    zones = [instead if instead and one.pk == instead.pk else one for one in kept]
    drawing = draw(hall, zones, signs, equipment(hall), aim=aim, inside=inside)
    return {
        "hall": hall,
        "at": at,
        "drawing": drawing,
        "windows": [(one.window, words_of(one)) for one in signs if one.window.is_open],
        "wanted": aim.window.pk if aim else 0,
    }
