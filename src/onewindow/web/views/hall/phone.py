"""手机上看号: what does the page of one number show, and what may whoever holds its code say of the service?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onewindow.box.reads import copy_of
from onewindow.feedback.acts import rate_service
from onewindow.feedback.models import Rating
from onewindow.ground.clock import SHANGHAI, now
from onewindow.hall.actors import Bearer
from onewindow.hall.acts.declining import ask_extension
from onewindow.hall.hours import times
from onewindow.hall.models import ExtensionAsk, Ticket
from onewindow.hall.reads import by_code, place
from onewindow.hall.slips import Slip
from onewindow.hall.stopped import until_words
from onewindow.places.reads import here, service_mark, telephone
from onewindow.rules.grants import NotAllowed
from onewindow.rules.queueing import PRIORITY_WORDS, Priority
from onewindow.rules.tickets import DONE, OVER, STAGE_WORDS, TicketStage
from onewindow.web.views.hall.live import heard
from onewindow.web.views.rate import grades

GONE = "没有这个号。请核对小票上的二维码，或者到导服台问一下。"


def address_of_code(ticket: Ticket) -> str:
    """What the code on a slip opens."""
    return settings.PUBLIC_URL + reverse("hall_number", args=[ticket.code])


def slip_of(ticket: Ticket, at: datetime) -> Slip:
    """What stands on the slip of a number that has just been taken."""
    where = place(ticket, at)
    wait = where.wait if where else None
    soon = "很快叫到" if wait and wait.most <= 5 else f"{wait.words}叫到" if wait else ""
    special = ticket.priority != Priority.ORDINARY
    return Slip(
        hall=ticket.hall.name,
        number=ticket.number,
        line=ticket.line.name,
        priority=f"{PRIORITY_WORDS[Priority(ticket.priority)]}优先" if special else "",
        ahead=where.ahead if where else 0,
        wait=_in_its_time(ticket, at) or soon,
        taken_at=ticket.taken_at,
        url=address_of_code(ticket),
        mark=service_mark(here(), at.date()),
    )


@require_GET
@never_cache
def number(request: HttpRequest, code: str) -> HttpResponse:
    """Where a number stands now."""
    ticket = by_code(code)
    if ticket is None:
        return render(request, "hall/gone.html", {"sentence": GONE}, status=404)
    return render(
        request, "hall/number.html", {**_told(ticket), **_late(request, ticket), **heard(ticket.hall)}
    )


@require_GET
@never_cache
def number_now(request: HttpRequest, code: str) -> HttpResponse:
    """The part of that page that changes."""
    ticket = by_code(code)
    if ticket is None:
        return HttpResponse(status=404)
    return render(request, "hall/number_now.html", {**_told(ticket), **_late(request, ticket)})


@require_POST
def extend(request: HttpRequest, code: str) -> HttpResponse:
    """请求延时服务, by whoever holds the code of the number."""
    ticket = by_code(code)
    if ticket is None:
        return render(request, "hall/gone.html", {"sentence": GONE}, status=404)
    ask_extension(ticket, by=Bearer(ticket), at=now(), channel=ExtensionAsk.Channel.PHONE)
    return redirect("hall_number", code)


def _late(request: HttpRequest, ticket: Ticket) -> dict[str, Any]:
    """Near closing time: what he asked for and what was answered, or that he may ask."""
    at = now()
    if ticket.day != at.date() or ticket.stage in OVER or ticket.covered:
        return {}
    closing = times(ticket.hall, at).closing
    if closing is None:
        return {}
    county = request.county  # type: ignore[attr-defined]
    asked = ExtensionAsk.objects.filter(ticket=ticket).first()
    return {
        "asked": asked,
        "closing": closing,
        "can_extend": asked is None and not ticket.hall.box,
        "complaint": telephone(county, county.supervision_phone) if asked is not None else "",
    }


def _told(ticket: Ticket) -> dict[str, Any]:
    at = now()
    today = ticket.day == at.date()
    where, copy = place(ticket, at), copy_of(ticket.hall, at)
    return {
        "ticket": ticket,
        "hall": ticket.hall,
        "at": at,
        "stage": ticket.stage,
        "word": STAGE_WORDS[TicketStage(ticket.stage)]
        if today or ticket.stage == DONE
        else "当天有效，已经过了",
        "ahead": where.ahead if where else None,
        "wait": _in_its_time(ticket, at) or (where.wait.words if where and where.wait else ""),
        "elsewhere": copy is not None and copy.stale and ticket.stage not in OVER,
        "copy": copy,
        "until": until_words(ticket.hall),
        "can_rate": ticket.stage == DONE and not Rating.objects.filter(subject=ticket.subject_id).exists(),
    }


def _in_its_time(ticket: Ticket, at: datetime) -> str:
    """Who booked and came early is called from a certain time on, and not before because nobody stands before him."""
    return f"{ticket.rank.astimezone(SHANGHAI):%H:%M} 起叫到" if ticket.rank > at else ""


@require_http_methods(["GET", "POST"])
@never_cache
def rate(request: HttpRequest, code: str) -> HttpResponse:
    """The rating of what was done at the window, by whoever holds the code of the number; once."""
    ticket = by_code(code)
    if ticket is None:
        return render(request, "hall/gone.html", {"sentence": GONE}, status=404)
    given = Rating.objects.filter(subject=ticket.subject_id).first()
    if given is not None or ticket.stage != DONE:
        return render(request, "hall/rated.html", {"ticket": ticket, "given": given})
    told: dict[str, Any] = {"ticket": ticket, "grades": grades()}
    if request.method == "POST":
        try:
            rate_service(
                ticket,
                by=Bearer(ticket),
                at=now(),
                grade=grade_of(request),
                reasons=reasons_of(request),
                channel="phone",
            )
        except NotAllowed as refusal:
            return render(request, "hall/rate.html", {**told, "error": str(refusal)}, status=422)
        return redirect("hall_rate", code)
    return render(request, "hall/rate.html", told)


def grade_of(request: HttpRequest) -> int:
    typed = request.POST.get("grade", "")
    return int(typed) if typed in {"1", "2", "3", "4", "5"} else 0


def reasons_of(request: HttpRequest) -> list[int]:
    typed = request.POST.getlist("reason")
    return [int(code) for code in typed if code.isascii() and code.isdigit() and len(code) < 6]
