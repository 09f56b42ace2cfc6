"""名额公开 (行政许可法 30, 57): how many places has an item, who stands where in the order of acceptance? Numbers, no names."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from onewindow.cases.quotas import quota_of, row_of_item
from onewindow.catalogue import reads
from onewindow.ground.clock import today
from onewindow.web.proved import VisitorRequest

CITE = (
    "《中华人民共和国行政许可法》第五十七条",
    "行政机关应当根据受理行政许可申请的先后顺序作出准予行政许可的决定。",
)


@require_GET
def places(request: VisitorRequest, address: str) -> HttpResponse:
    """The row of one item."""
    found = reads.guide(request.county.code, address)
    quota = quota_of(found.version) if found is not None and found.version is not None else None
    if found is None or quota is None:
        raise Http404
    item = found.item
    line = row_of_item(item, today())
    granted = sum(one.place.granted for one in line)
    left = max(quota.number - granted, 0)
    told = {
        "item": item,
        "quota": quota,
        "line": line,
        "granted": granted,
        "left": left,
        "cite": CITE,
        "today": today(),
    }
    return render(request, "public/places.html", told)
