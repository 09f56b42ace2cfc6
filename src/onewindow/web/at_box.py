"""在大厅本机上: which pages does the machine of a hall answer, and where are all the others?

It knows no case, no letter and no applicant: what it would say of them would be wrong. Those pages are the county's.
"""

from __future__ import annotations

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from onewindow.box.models import Box

# By the first part of their address.
HERE = frozenset(
    {
        "accounts",
        "box",
        "complain",
        "complaints",
        "counter",
        "day",
        "emergency",
        "extensions",
        "hall",
        "helping",
        "messages",
        "mode",
    }
)
# Within those, what only the county knows, or keeps: nobody there would find what is written here.
AT_COUNTY = re.compile(
    r"/(hall/((services|near)/|\d+/(guides|suggest)/)|helping/(remarks|trainings|devices/\d+)/|emergency/\d+/(?!stop|until|resume).)"
)


def elsewhere(request: HttpRequest) -> HttpResponse | None:
    """The page that says so; at the county, and for the machine's own pages, nothing."""
    if not settings.BOX:
        return None
    first = request.path.split("/")[1]
    if not first:
        box = Box.objects.filter(key=settings.BOX).first()
        return redirect("hall_page", box.hall_id) if box is not None else redirect("halls")
    if first in HERE and not AT_COUNTY.match(request.path):
        return None
    asked = request.get_full_path() if request.method == "GET" else "/"
    return render(request, "hall/at_county.html", {"address": f"{settings.COUNTY_URL}{asked}"}, status=404)
