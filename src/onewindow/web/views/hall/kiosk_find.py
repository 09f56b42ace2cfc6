"""取号机上找事项: what does one touch to find an item, to be sent to the self-service zone first, and to take its leaflet along?"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from onewindow.catalogue import reads
from onewindow.catalogue.models import Item
from onewindow.ground.clock import now, today
from onewindow.guidance.reads import Wanted, search
from onewindow.hall.reads import lines_for
from onewindow.helping.acts.guiding import guide
from onewindow.intake.acts.online import ONLINE_FROM
from onewindow.places.models import Hall, Zone
from onewindow.places.reads import pack_here
from onewindow.web import at_machine, guides
from onewindow.web.machines import MachineRequest
from onewindow.web.views.guide import qr
from onewindow.web.views.hall.kiosk import kiosk_required, page_of

KEYS = "QWERTYUIOPASDFGHJKLZXCVBNM"
SHOWN = 8


@require_GET
@kiosk_required
def find(request: MachineRequest) -> HttpResponse:
    """First letters of the pinyin, typed on the screen."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:40]
    context = {**page_of(request), "words": words, "rows": _rows(request, words), "keys": KEYS}
    part = request.headers.get("X-Requested-With") == "fetch"
    return render(request, "hall/kiosk/found.html" if part else "hall/kiosk/find.html", context)


def _rows(request: MachineRequest, words: str) -> list[dict[str, Any]]:
    if not words:
        return []
    county = request.county.code  # type: ignore[attr-defined]
    hits = [one.item for one in search(county, Wanted(words=words)).page(1, SHOWN)]
    named = reads.names_of(hits)
    marked = reads.at_machines(county, hits)
    return [{"item": named[pk], "self": pk in marked} for pk in hits if pk in named]


@require_GET
@kiosk_required
def item(request: MachineRequest, address: str) -> HttpResponse:
    """One item: the self-service zone first where a machine does it, then the line; its leaflet."""
    found, page = item_at(request, address), page_of(request)
    line = next(iter(lines_for(request.device.hall, found)), None)
    counted = next((one for one in page["lines"] if line and one.line.pk == line.pk), None)
    zone = self_zone(request.device.hall) if by_machine(found) else None
    context = {**page, "item": found, "counted": counted, "self": by_machine(found), "zone": zone}
    return render(
        request, "hall/kiosk/item.html", {**context, "days": _days(found), "online": _online(found)}
    )


def by_machine(found: Item) -> bool:
    """Whether a self-service machine does it."""
    return bool(reads.at_machines(found.county, [found.pk]))


def _days(found: Item) -> str:
    version = found.current
    if version is None:
        return ""
    return guides.span(version.promised_days, version.promised_unit, version.immediate)


def _online(found: Item) -> bool:
    return found.current is not None and found.online_depth >= ONLINE_FROM


def self_zone(hall: Hall) -> Zone | None:
    """Where the self-service machines of a hall stand."""
    zones = Zone.objects.filter(hall=hall, kind=Zone.Kind.SELF_SERVICE, closed_on__isnull=True)
    return zones.order_by("pk").first()


@require_POST
@kiosk_required
def go_there(request: MachineRequest, address: str) -> HttpResponse:
    """到自助区: counted, and told where it is."""
    found, hall = item_at(request, address), request.device.hall
    if not by_machine(found):
        return redirect("kiosk_item", address)
    told: dict[str, Any] = {"need": "apply", "way": "self", "item": found, "device": request.device}
    guide(hall, by=request.machine, at=now(), **told)
    context = {**page_of(request), "item": found, "zone": self_zone(hall), "online": _online(found)}
    return render(request, "hall/kiosk/there.html", context)


@require_GET
@kiosk_required
def leaflet(request: MachineRequest, address: str) -> HttpResponse:
    """工作折页, printed by the machine's browser."""
    county = request.county  # type: ignore[attr-defined]
    found = reads.guide(county.code, address)
    if found is None or not found.complete:
        raise Http404
    page = guides.page(found, pack_here(county), today(), county.name)
    link = f"{settings.PUBLIC_URL}/guide/{address}/"  # scanned with a telephone, which reaches no network of a hall
    context = {
        **page_of(request),
        "page": page,
        "item": found.item,
        "version": found.version,
        "code": qr(link),
    }
    return render(request, "hall/kiosk/leaflet.html", context)


@require_GET
@kiosk_required
def marked(request: MachineRequest) -> HttpResponse:
    """The items that are done at a machine, at any hour."""
    county = request.county.code  # type: ignore[attr-defined]
    all_of = reads.published(county).filter(
        online_depth__gte=ONLINE_FROM, current__content__service__kiosk=True
    )
    rows = list(all_of.select_related("current").order_by("name")[:40])
    return render(request, "hall/kiosk/marked.html", {**page_of(request), "rows": rows})


@require_POST
@kiosk_required
def apply(request: MachineRequest, address: str) -> HttpResponse:
    """自助申请: the ordinary pages, large and with keys, until he is through or gone."""
    found = item_at(request, address)
    if not (by_machine(found) and _online(found)):
        return redirect("kiosk_item", address)
    return at_machine.enter(redirect("apply", found.address))


def item_at(request: MachineRequest, address: str) -> Item:
    """The published item at an address."""
    found = reads.called(request.county.code, address)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found
