"""就近办: at which places can this be done, the nearest township first, and of what has a hall its guides?"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from onewindow.catalogue.models import Item
from onewindow.catalogue.reads import guide, published
from onewindow.places.models import County, Hall, Line, Sheet
from onewindow.places.reads import townships_of

MOST = 12


@require_GET
def guides(request: HttpRequest, pk: int) -> HttpResponse:
    """The guides of what is done in one hall today, each to be read, and printed with its code."""
    county: County = request.county  # type: ignore[attr-defined]
    hall = get_object_or_404(Hall, pk=pk, county=county.code)
    sheet = Sheet.objects.filter(hall=hall).first()
    return render(request, "hall/guides.html", {"hall": hall, "sheet": sheet, "items": list(_done_in(hall))})


def _done_in(hall: Hall) -> QuerySet[Item]:
    """What it took over; else what its lines are for, and everything where one is for all."""
    rows = published(hall.county)
    listed = Sheet.items.through.objects.filter(sheet__hall=hall)
    if hall.kind == Hall.Kind.OUTPOST or listed.exists():
        return rows.filter(subject__in=listed.values("subject"))
    lines = Line.objects.filter(hall=hall, closed_on__isnull=True)
    if lines.filter(items__isnull=True, departments__isnull=True).exists():
        return rows
    own = Q(department__in=lines.values("departments")) | Q(subject__in=lines.values("items"))
    return rows.filter(own)


@require_GET
def near(request: HttpRequest) -> HttpResponse:
    """All places, or those where one item is done."""
    county: County = request.county  # type: ignore[attr-defined]
    typed = request.GET.get("q", "").strip()[:60]
    items = _items(county, typed, request.GET.get("item", ""))
    item = items[0] if len(items) == 1 else None
    town = request.GET.get("town", "")[:12]
    halls = Hall.objects.filter(county=county.code).select_related("region", "sheet")
    found = list(_doing(halls, item) if item else halls if not typed else halls.none())
    context = {
        "typed": typed or (item.name if item else ""),
        "item": item,
        "several": items[:MOST] if len(items) > 1 else [],
        "towns": list(townships_of(county)),
        "town": town,
        "halls": sorted(found, key=lambda hall: _far(hall, town)),
    }
    return render(request, "hall/near.html", context)


def _items(county: County, typed: str, address: str) -> list[Item]:
    """The item at an address, the item of this very name, or those whose name has these words."""
    rows = published(county.code)
    if address:
        found = guide(county.code, address)
        return [found.item] if found else []
    if not typed:
        return []
    return list(rows.filter(name=typed)[:1]) or list(rows.filter(name__icontains=typed)[: MOST + 1])


def _doing(halls: QuerySet[Hall], item: Item) -> QuerySet[Hall]:
    """Where it was taken over (承接事项), and where a line is for it, for its department or for everything."""
    of_item = Line.items.through.objects.filter(line=OuterRef("pk"))
    of_department = Line.departments.through.objects.filter(line=OuterRef("pk"))
    lines = Line.objects.filter(hall=OuterRef("pk"), closed_on__isnull=True).filter(
        Exists(of_item.filter(subject=item.subject_id))
        | Exists(of_department.filter(department=item.department_id))
        | (~Exists(of_item) & ~Exists(of_department))
    )
    taken = Sheet.items.through.objects.filter(sheet__hall=OuterRef("pk"), subject=item.subject_id)
    # A place with a list of its own does what stands on it and nothing else; an outpost has nothing but its list.
    listed = Sheet.items.through.objects.filter(sheet__hall=OuterRef("pk"))
    by_line = ~Q(kind=Hall.Kind.OUTPOST) & ~Exists(listed) & Exists(lines)
    return halls.filter(Exists(taken) | by_line)


def _far(hall: Hall, town: str) -> tuple[bool, bool, int]:
    """His own township first, then the county's centre, then the rest as they stand."""
    own = bool(town) and town in (hall.region_id, hall.region.parent_id)
    return not own, hall.kind != Hall.Kind.CENTRE, hall.pk
