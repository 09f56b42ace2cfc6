"""哪个大厅: whose day may somebody look at, and which pages stand beside it?"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from onewindow.people.models import Officer
from onewindow.places.models import Hall
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.hall.asked import whole

SEES = (Grant.HALL_MANAGE, Grant.CAP_APPROVE)
day_required = staff_required(*SEES)
_TABS = (
    ("hall_day", "现在"),
    ("hall_hours_counted", "按小时"),
    ("hall_report", "当日报告"),
    ("hall_stations", "环节等候"),
    ("hall_tidal", "潮汐窗口"),
    ("hall_caps", "限号"),
)


def of(request: StaffRequest, pk: int) -> Hall:
    """The hall, when its day is open to whoever asks."""
    found = Hall.objects.filter(pk=pk, county=request.officer.county).first()
    if found is None or not sees(request.officer, found):
        raise Http404("没有这个大厅，或者不是您管理的。")
    return found


def sees(officer: Officer, hall: Hall) -> bool:
    """Whether he manages it, or decides for it."""
    return any(officer.may(grant, hall) for grant in SEES)


def around(request: StaffRequest, hall: Hall, here: str) -> dict[str, Any]:
    """What each of these pages shows beside its own."""
    tabs = [(reverse(name, args=[hall.pk]), word, name == here) for name, word in _TABS]
    others = _halls(request.officer) if _above(request.officer) else []
    manages = request.officer.may(Grant.HALL_MANAGE, hall)
    return {"hall": hall, "halls": others, "tabs": tabs, "manages": manages}


def _own(officer: Officer) -> int | None:
    """The hall in which he has his post; none for those who are above them all."""
    return officer.hall_for(Grant.HALL_MANAGE) or officer.hall_for(Grant.CAP_APPROVE)


def _above(officer: Officer) -> bool:
    """Whether one of his posts reaches beyond a hall, be it for some days only (顶岗)."""
    words = {grant.value for grant in SEES}
    return any(post.hall_id is None and words & set(post.grants) for post in officer.posts)


def _halls(officer: Officer) -> list[Hall]:
    rows = Hall.objects.filter(county=officer.county).order_by("kind", "pk")
    return [one for one in rows if sees(officer, one)]


@require_GET
@day_required
def first(request: StaffRequest) -> HttpResponse:
    """To the hall in which he has his post; who is above them all, to the one he chose or the centre."""
    officer = request.officer
    if chosen := whole(request.GET.get("hall", "")):
        return redirect("hall_day", of(request, chosen).pk)
    pk, halls = _own(officer), Hall.objects.filter(county=officer.county)
    found = halls.filter(pk=pk).first() if pk else halls.filter(kind=Hall.Kind.CENTRE).order_by("pk").first()
    if found is None:
        raise NotAllowed("您的岗位不在大厅里，请联系本单位管理员。")
    return redirect("hall_day", found.pk)
