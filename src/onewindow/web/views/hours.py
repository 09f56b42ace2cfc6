"""开放时段: at which hours is a hall open, on which days, and what does the next fortnight look like?"""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.ground.clock import now, today
from onewindow.hall.acts.openings import end_hours, set_hours
from onewindow.hall.offered import sessions_of, terms
from onewindow.places.models import Hall, Opening
from onewindow.rules.grants import Grant
from onewindow.rules.opening import EVERY_DAY, SESSION_WORDS, WORKING, Hours, SessionKind
from onewindow.rules.workdays import WEEK
from onewindow.web.asking import ask, posted
from onewindow.web.forms.booking import HoursForm, LastDayForm
from onewindow.web.gates import StaffRequest, staff_required

FORTNIGHT = 14


@require_GET
@staff_required(Grant.PLACES_MANAGE)
def hours(request: StaffRequest, pk: int) -> HttpResponse:
    """The hours of one hall, and the sessions that follow from them and the calendar."""
    hall, day = _hall(request, pk), today()
    said = terms(day).policy
    days = []
    for n in range(FORTNIGHT):
        on = day + timedelta(days=n)
        told = [
            (
                SESSION_WORDS[one.kind],
                one,
                said.words[service] if (service := said.service(one.kind)) else "不接受预约",
            )
            for one in sessions_of(hall, on)
        ]
        days.append((on, told))
    context = {
        "hall": hall,
        "rows": [(one, _days(one)) for one in hall.openings.order_by("begins", "kind")],
        "days": days,
        "day": day,
    }
    return render(request, "manage/hours.html", context)


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PLACES_MANAGE)
def new(request: StaffRequest, pk: int) -> HttpResponse:
    """设置开放时段."""
    hall = _hall(request, pk)

    def act(told: dict[str, Any]) -> None:
        wanted = Hours(
            SessionKind(told["kind"]), told["begins"], told["ends"], frozenset(map(int, told["weekdays"]))
        )
        set_hours(hall, by=request.officer, at=now(), hours=wanted, since=told["since"])

    first = {"since": today(), "begins": time(9), "ends": time(12)}
    lead = "同一时间只能属于一个场次；上午和下午分两次设置。"
    form = HoursForm(posted(request), initial=first)
    return ask(request, form, act, title=f"{hall}：设置开放时段", lead=lead, main="设置", back="windows")


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PLACES_MANAGE)
def end(request: StaffRequest, pk: int, opening: int) -> HttpResponse:
    """停止开放时段."""
    hall = _hall(request, pk)
    found = get_object_or_404(Opening, pk=opening, hall=hall)
    return ask(
        request,
        LastDayForm(posted(request), initial={"last_day": today()}),
        lambda told: end_hours(hall, by=request.officer, at=now(), opening=found, **told),
        title="停止这个开放时段？",
        lead=f"{SESSION_WORDS[SessionKind(found.kind)]} {found.begins:%H:%M}–{found.ends:%H:%M}。以后的日子不再接受预约；已经约好的系统马上告诉申请人，可以一步改约，没有改的列在“约的时间没有了”。",
        main="停止",
        adverse=True,
        back="windows",
    )


def _days(one: Opening) -> str:
    """The days of the week in words."""
    days = frozenset(one.weekdays) or EVERY_DAY
    if one.kind in WORKING and days >= frozenset(range(1, 6)):
        return "工作日"
    return _named(days)


def _named(days: frozenset[int]) -> str:
    return "每天" if days == EVERY_DAY else "、".join(f"星期{WEEK[day - 1]}" for day in sorted(days))


def _hall(request: StaffRequest, pk: int) -> Hall:
    return get_object_or_404(Hall, pk=pk, county=request.officer.county)
