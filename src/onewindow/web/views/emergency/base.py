"""应急: which hall is it about, and who may look at it?"""

from __future__ import annotations

from datetime import date, datetime, time

from django.http import Http404

from onewindow.ground.clock import SHANGHAI
from onewindow.people.models import Officer
from onewindow.places.models import Hall
from onewindow.rules.grants import Grant
from onewindow.web.gates import StaffRequest

READS = (Grant.HALL_MANAGE, Grant.HALL_CALL, Grant.EMERGENCY_APPROVE, Grant.SUPERVISE)


def reads(officer: Officer, hall: Hall) -> bool:
    """Who manages or calls there, and who watches over the county."""
    return any(officer.may(grant, hall) for grant in READS)


def hall_of(request: StaffRequest, pk: int) -> Hall:
    """The hall, for those who may look at what it does in an emergency."""
    found = Hall.objects.filter(pk=pk, county=request.officer.county).first()
    if found is None or not reads(request.officer, found):
        raise Http404("没有这个大厅，或者不是您看得到的。")
    return found


def halls_of(officer: Officer) -> list[Hall]:
    """The halls that he may look at."""
    rows = Hall.objects.filter(county=officer.county).order_by("kind", "pk")
    return [one for one in rows if reads(officer, one)]


def moment(day: date, hour: time) -> datetime:
    """A day and an hour as the clocks of the county have it."""
    return datetime.combine(day, hour, tzinfo=SHANGHAI)
