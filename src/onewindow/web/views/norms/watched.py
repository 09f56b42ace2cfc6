"""制度运行: how is each written rule of the place kept, month by month and window by window, and on which entries does that rest?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from onewindow.ground.clock import today
from onewindow.oversight.norms import COLUMNS, EXTENDED, listed, registers, rows
from onewindow.oversight.stations import month_of
from onewindow.rules.grants import Grant
from onewindow.web.gates import StaffRequest, staff_required

_AFTER = timedelta(days=32)


@require_GET
@never_cache
@staff_required(Grant.SUPERVISE)
def watched(request: StaffRequest) -> HttpResponse:
    """One row for each rule: how often it was used, broken, and what is open."""
    month = _month(request)
    county = request.county  # type: ignore[attr-defined]
    context = {**_beside(month), "rows": rows(county, month, _last(month))}
    return render(request, "norms/watched.html", context)


@require_GET
@never_cache
@staff_required(Grant.SUPERVISE)
def entries(request: StaffRequest, register: str, column: str) -> HttpResponse:
    """The entries behind a number."""
    county, month = request.county, _month(request)  # type: ignore[attr-defined]
    title = next((name for name, key in registers(county, _last(month)) if key == register), "")
    if not title or column not in COLUMNS:
        raise Http404
    window, after = request.GET.get("window", ""), request.GET.get("after", "")
    found, next_key = listed(
        request.officer,
        register,
        column,
        month,
        _last(month),
        window=_number(window) if window else None,
        after=_number(after),
        hall=_number(request.GET.get("hall", "")),
    )
    context = {
        **_beside(month),
        "title": title,
        "column": COLUMNS[column],
        "extended": register == EXTENDED,
        "entries": found,
        "next_key": next_key,
    }
    return render(request, "norms/entries.html", context)


def _month(request: StaffRequest) -> date:
    return month_of(request.GET.get("month", ""), today())


def _last(month: date) -> date:
    return (month + _AFTER).replace(day=1) - timedelta(days=1)


def _beside(month: date) -> dict[str, Any]:
    after = (month + _AFTER).replace(day=1)
    return {
        "month": month,
        "before": month - timedelta(days=1),
        "after": after if after <= today() else None,
    }


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0
