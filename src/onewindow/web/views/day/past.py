"""按小时和当日报告: what was taken, served and given up on a day, how long did it take, and what was reported?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from onewindow.ground.clock import now, today
from onewindow.hall.figures import by_hour, by_line, by_window, counted, figures, summed
from onewindow.hall.models import HallDay
from onewindow.letters.day_reports import day_report
from onewindow.places.models import Hall
from onewindow.web.gates import StaffRequest
from onewindow.web.views.day.hall import around, day_required, of

DAYS = 14


def _day(request: HttpRequest) -> date:
    """The day that is asked for; today, when it is none or still to come."""
    try:
        asked = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return today()
    return min(asked, today())


def _lately(hall: Hall) -> list[date]:
    rows = HallDay.objects.filter(hall=hall).order_by("-day")
    return list(rows.values_list("day", flat=True)[:DAYS])


@require_GET
@never_cache
@day_required
def hours(request: StaffRequest, pk: int) -> HttpResponse:
    """按小时: any day, by hour, by line and by window."""
    hall, on = of(request, pk), _day(request)
    rows = counted(hall, on)
    context = {
        **around(request, hall, "hall_hours_counted"),
        **_beside(hall, on),
        "rows": rows,
        "tables": [
            ("按小时", "时间", by_hour(rows)),
            ("按队列", "队列", by_line(rows)),
            ("按窗口", "窗口", by_window(rows)),
        ],
        "all": summed(rows),
    }
    return render(request, "day/hours.html", context)


def _beside(hall: Hall, on: date) -> dict[str, Any]:
    return {
        "on": on,
        "before": on - timedelta(days=1),
        "after": on + timedelta(days=1) if on < today() else None,
        "lately": _lately(hall),
    }


@require_GET
@never_cache
@day_required
def report(request: StaffRequest, pk: int) -> HttpResponse:
    """当日报告: as it was sent; of a day that is not over, as it stands now."""
    hall, on = of(request, pk), _day(request)
    kept, told = _figures(hall, on)
    tables = [("时间", told["hours"]), ("队列", told["lines"]), ("窗口", told["windows"])]
    less = -told["error"]["bias"] if told["error"]["told"] else 0
    context = {
        **around(request, hall, "hall_report"),
        **_beside(hall, on),
        "day": kept,
        "told": told,
        "tables": tables,
        "less": less,
    }
    return render(request, "day/report.html", context)


@require_GET
@never_cache
@day_required
def paper(request: StaffRequest, pk: int) -> HttpResponse:
    """The same as PDF."""
    hall, on = of(request, pk), _day(request)
    kept, told = _figures(hall, on)
    made = day_report(
        hall,
        on,
        told,
        demo=request.county.demo,  # type: ignore[attr-defined]
        at=now(),
        reported=kept.reported_at if kept else None,
    )
    answer = HttpResponse(made, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="hall-{hall.pk}-{on:%Y%m%d}.pdf"'
    return answer


def _figures(hall: Hall, on: date) -> tuple[HallDay | None, dict[str, Any]]:
    """Sealed figures before those that were sent; neither yet: reckoned from the counts."""
    kept = HallDay.objects.filter(hall=hall, day=on).first()
    if kept is not None and kept.figures:
        return kept, kept.figures.get("sealed", kept.figures)
    return kept, figures(hall, on)
