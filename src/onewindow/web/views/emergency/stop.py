"""停止服务: how does a manager stop his hall in two steps, and let it go on?"""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onewindow.emergency.acts import stopping
from onewindow.ground.clock import now, today
from onewindow.hall.gone import booked_until, waiting
from onewindow.hall.models import Ticket
from onewindow.hall.stopped import until_words
from onewindow.places.models import Hall
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.rules.tickets import WAITING
from onewindow.web.asking import ask, posted, tell
from onewindow.web.forms.emergency import StopForm, UntilForm
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.emergency.base import moment


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.HALL_MANAGE)
def stop(request: StaffRequest, pk: int) -> HttpResponse:
    """First why and until when; then, with whom it concerns before one's eyes, once more yes."""
    hall, at = _hall(request, pk), now()
    soon = at + timedelta(hours=2)
    form = StopForm(posted(request), initial={"day": soon.date(), "hour": soon.time().replace(second=0)})
    told = {"hall": hall, "form": form, "back": reverse("emergency", args=[hall.pk])}
    if request.method != "POST" or not form.is_valid():
        return render(request, "emergency/stop.html", told, status=422 if form.is_bound else 200)
    until = moment(form.cleaned_data["day"], form.cleaned_data["hour"])
    if request.POST.get("confirmed") == "yes":
        try:
            stopping.stop_service(
                hall, by=request.officer, at=at, reason=form.cleaned_data["reason"], until=until
            )
        except NotAllowed as refusal:
            tell(form, refusal)
            return render(request, "emergency/stop.html", told, status=409)
        messages.success(request, f"{hall}已停止服务，约了这段时间的人正在逐个通知。")
        return redirect("emergency", hall.pk)
    told |= {
        "sure": True,
        "until": until,
        "waits": Ticket.objects.filter(hall=hall, day=at.date(), stage=WAITING).count(),
        "booked": booked_until(hall, at, until),
    }
    return render(request, "emergency/stop.html", told)


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.HALL_MANAGE)
def until(request: StaffRequest, pk: int) -> HttpResponse:
    """改预计时间."""
    hall = _hall(request, pk)
    return ask(
        request,
        UntilForm(posted(request)),
        lambda told: stopping.change_end(
            hall, by=request.officer, at=now(), until=moment(told["day"], told["hour"])
        ),
        title=f"{hall}：改预计恢复的时间",
        lead=f"现在写的是 {until_words(hall)}。改晚了，多出来的时间里约了的人会收到通知；改早了，照常的也会。",
        main="改时间",
        back=reverse("emergency", args=[hall.pk]),
    )


@require_POST
@staff_required(Grant.HALL_MANAGE)
def resume(request: StaffRequest, pk: int) -> HttpResponse:
    """恢复服务."""
    hall = _hall(request, pk)
    stopping.resume_service(hall, by=request.officer, at=now())
    messages.success(request, f"{hall}已恢复服务，可以取号叫号了。")
    return redirect("emergency", hall.pk)


@require_GET
@never_cache
@staff_required(Grant.BOOKING_ASK, Grant.BOOKING_ANSWER, Grant.HALL_MANAGE, Grant.DUTY_ARRANGE)
def gone(request: StaffRequest) -> HttpResponse:
    """约的时间没有了: who has to be rung up until he has another time."""
    county = request.officer.county
    halls = [hall for hall in Hall.objects.filter(county=county) if _sees(request, hall)]
    rows, next_key = waiting(county, halls, request.GET.get("after", ""))
    return render(request, "booking/gone.html", {"rows": rows, "next_key": next_key, "day": today()})


def _sees(request: StaffRequest, hall: Hall) -> bool:
    grants = (Grant.BOOKING_ASK, Grant.BOOKING_ANSWER, Grant.HALL_MANAGE, Grant.DUTY_ARRANGE)
    return any(request.officer.may(grant, hall) for grant in grants)


def _hall(request: StaffRequest, pk: int) -> Hall:
    return get_object_or_404(Hall, pk=pk, county=request.officer.county)
