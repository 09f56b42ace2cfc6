"""办事指南: the page of one item, its earlier versions, its leaflet, and the lists by theme and department."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any, cast

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET

from onewindow.catalogue import reads
from onewindow.ground.clock import today
from onewindow.ground.limits import Limit
from onewindow.hall.offered import can_be_booked
from onewindow.intake.acts.online import ONLINE_FROM
from onewindow.places.models import County
from onewindow.places.reads import pack_here, telephone
from onewindow.web import guides, papers
from onewindow.web.chosen import Chosen, read
from onewindow.web.pace import address_of, too_often

_DOWNLOADS = Limit("papers", 60, timedelta(minutes=1))


def county_of(request: HttpRequest) -> County:
    return cast(County, request.county)  # type: ignore[attr-defined]


@require_GET
def guide(request: HttpRequest, address: str, number: int | None = None) -> HttpResponse:
    """The guide of an item, or of one of its earlier versions; an item of the mere list says whom to ask."""
    found, county = _found(request, address, number), county_of(request)
    if not found.complete:
        return render(
            request,
            "guide/listed.html",
            {
                "guide": found,
                "item": found.item,
                "link": _link(request, found),
                "phone": telephone(county, found.item.department.phone, found.item.phone, county.phone),
            },
        )
    return render(request, "guide/guide.html", _context(request, found))


@require_GET
def leaflet(request: HttpRequest, address: str) -> HttpResponse:
    """工作折页: the guide on one sheet, with a QR code that leads to the newest one."""
    found = _found(request, address, None)
    if not found.complete:
        raise Http404("这个事项的指南还不完善，没有折页。")
    context = _context(request, found)
    context["qr"] = qr(context["link"])
    return render(request, "guide/leaflet.html", context)


@require_GET
def paper(request: HttpRequest, address: str, number: int, code: str, role: str) -> HttpResponse:
    """免费下载: a blank sheet or a sample of one version; it never changes, so a browser may keep it."""
    if refused := too_often(request, (_DOWNLOADS, address_of(request))):
        return refused
    found = _found(request, address, number)
    one = papers.sheet(county_of(request), found, code, role)
    if one is None:
        raise Http404("没有这份表格，请从办事指南页下载。")
    answer = HttpResponse(one.content, content_type=one.media_type)
    answer["Content-Disposition"] = content_disposition_header(True, one.name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "public, max-age=86400"
    return answer


def qr(text: str) -> SafeString:
    """The QR code of an address as SVG inside the page; a screen reader gets the address itself."""
    drawn = io.BytesIO()
    segno.make(text, error="m").save(
        drawn,
        kind="svg",
        xmldecl=False,
        svgns=True,
        border=0,
        svgclass="ow-qr",
        lineclass=None,
        omitsize=True,
    )
    return mark_safe(drawn.getvalue().decode())  # noqa: S308 (made here, from our own address)


def _found(request: HttpRequest, address: str, number: int | None) -> reads.Guide:
    found = reads.guide(county_of(request).code, address, number)
    if found is None:
        raise Http404("没有这个事项，或者没有这一版。")
    return found


def _context(request: HttpRequest, found: reads.Guide) -> dict[str, Any]:
    county = county_of(request)
    offers = papers.offered(county, found)
    assert found.version is not None
    chosen = read(found.version, request.GET)
    told = found.version.content.get("service", {})
    office = found.item.department
    return {
        "consult": telephone(county, told.get("consult", ""), office.phone, county.phone),
        "complaint": telephone(county, told.get("complaint", ""), county.supervision_phone),
        "guide": found,
        "form_papers": [] if papers.stands_in_list(found, offers) else offers.get(papers.FORM, []),
        "item": found.item,
        "version": found.version,
        "page": guides.page(found, pack_here(county), today(), county.name, offers, chosen.given),
        "chosen": chosen,
        "link": _link(request, found) + chosen.query,
        "apply_url": _apply_url(found, chosen),
        "book_url": _book_url(found, county),
        "earlier": range(1, found.version.number) if found.version is not None else (),
    }


def _apply_url(found: reads.Guide, chosen: Chosen) -> str:
    """Only where one can really apply online in this situation; what was answered goes along."""
    here = found.item.online_depth >= ONLINE_FROM and found.item.is_open and not chosen.at_window
    return reverse("apply", args=[found.item.address]) + chosen.query if here else ""


def _book_url(found: reads.Guide, county: County) -> str:
    """Where some hall has hours that can be booked."""
    bookable = found.item.is_open and not found.outdated and can_be_booked(county.code)
    return reverse("book", args=[found.item.address]) if bookable else ""


def _link(request: HttpRequest, found: reads.Guide) -> str:
    return request.build_absolute_uri(reverse("guide", args=[found.item.address]))
