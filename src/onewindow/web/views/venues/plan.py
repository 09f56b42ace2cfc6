"""画平面图: where does each zone of a hall lie, and which sign hangs over it?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.ground.clock import now
from onewindow.places import acts
from onewindow.places.models import Hall, Zone
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.rules.plan import Box, fault
from onewindow.web.asking import AskingForm, posted, tell
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.hall.plan import planned


class PlaceForm(AskingForm):
    """Where a zone lies, in hundredths of its floor."""

    floor = forms.IntegerField(label="几楼", min_value=-3, max_value=60)
    left = forms.IntegerField(label="离左边", min_value=0, max_value=96, help_text="整层宽为 100")
    top = forms.IntegerField(label="离上边", min_value=0, max_value=96, help_text="整层深为 100")
    width = forms.IntegerField(label="宽", min_value=4, max_value=100)
    height = forms.IntegerField(label="高", min_value=4, max_value=100)

    @property
    def box(self) -> Box:
        told = self.cleaned_data
        return Box(told["left"], told["top"], told["width"], told["height"])


@require_GET
@staff_required(Grant.PLACES_MANAGE, Grant.HALL_MANAGE)
def edit_plan(request: StaffRequest, pk: int) -> HttpResponse:
    """The map as it is, and each zone to be put somewhere else."""
    hall = get_object_or_404(Hall, pk=pk, county=request.officer.county)
    told = planned(hall, request, inside=True)
    edits = request.officer.may(Grant.PLACES_MANAGE, hall)
    zones = list(hall.zones.filter(closed_on__isnull=True).order_by("floor", "pk"))
    return render(request, "venues/plan.html", {**told, "zones": zones, "edits": edits})


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PLACES_MANAGE)
def place_zone(request: StaffRequest, pk: int) -> HttpResponse:
    """Put a zone where the numbers say; 预览 draws it without keeping it."""
    zone = get_object_or_404(Zone.objects.select_related("hall"), pk=pk, hall__county=request.officer.county)
    form = PlaceForm(posted(request), initial=_first(zone))
    if request.method == "POST" and form.is_valid():
        try:
            if "look" not in request.POST:
                acts.place_zone(
                    zone, by=request.officer, at=now(), place=form.box, floor=form.cleaned_data["floor"]
                )
                return redirect("edit_plan", zone.hall_id)
            _try(zone, form)
        except NotAllowed as refusal:
            tell(form, refusal)
    told = (
        planned(zone.hall, request, inside=True) if form.errors or not form.is_bound else _look(request, zone)
    )
    back = reverse("edit_plan", args=[zone.hall_id])
    return render(request, "venues/place.html", {**told, "form": form, "zone": zone, "back": back})


def _first(zone: Zone) -> dict[str, Any]:
    place = zone.place or [0, 0, 25, 16]
    return {"floor": zone.floor, **dict(zip(("left", "top", "width", "height"), place, strict=True))}


def _try(zone: Zone, form: PlaceForm) -> None:
    floor = form.cleaned_data["floor"]
    others = zone.hall.zones.filter(closed_on__isnull=True, floor=floor).exclude(pk=zone.pk)
    if wrong := fault(form.box, {str(one): Box(*one.place) for one in others if one.place}):
        raise NotAllowed(wrong)
    zone.place, zone.floor = list(form.box), floor


def _look(request: StaffRequest, zone: Zone) -> dict[str, Any]:
    """The map with this zone where it would be."""
    return planned(zone.hall, request, inside=True, instead=zone)


@require_GET
@staff_required(Grant.PLACES_MANAGE, Grant.HALL_MANAGE)
def signs(request: StaffRequest, pk: int) -> HttpResponse:
    """标牌清单: the words of the sign of each zone, with the windows that lie in it, to be printed."""
    hall = get_object_or_404(Hall, pk=pk, county=request.officer.county)
    zones = hall.zones.filter(closed_on__isnull=True).prefetch_related("windows").order_by("floor", "pk")
    found = [(zone, [one for one in zone.windows.all() if one.is_open]) for zone in zones]
    loose = hall.windows.filter(is_open=True, zone__isnull=True).order_by("pk")
    return render(request, "venues/signs.html", {"hall": hall, "signs": found, "loose": list(loose)})
