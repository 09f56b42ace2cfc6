"""环节等候: how long do cases taken in at this hall in a month lie between two stations?"""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from onewindow.ground.clock import now, today
from onewindow.oversight.stations import month_of, monthly, station_words
from onewindow.rules.stations import words
from onewindow.web.gates import StaffRequest
from onewindow.web.views.day.hall import around, day_required, of

_AFTER = timedelta(days=32)


@require_GET
@never_cache
@day_required
def month(request: StaffRequest, pk: int) -> HttpResponse:
    """The median wait between each two stations, month by month."""
    hall, first = of(request, pk), month_of(request.GET.get("month", ""), today())
    rows, many = monthly(hall, first, now())
    called = station_words(request.county, first)  # type: ignore[attr-defined]
    after = (first + _AFTER).replace(day=1)
    context = {
        **around(request, hall, "hall_stations"),
        "first": first,
        "before": first - timedelta(days=1),
        "after": after if after <= today() else None,
        "many": many,
        "rows": [
            (called[one.before], called[one.after], one.many, words(one.median), words(one.longest))
            for one in rows
        ],
        "slowest": max(range(len(rows)), key=lambda place: rows[place].median, default=None),
    }
    return render(request, "day/stations.html", context)
