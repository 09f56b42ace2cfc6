"""开放时间外给号: may somebody who came when the hall is closed still have a number, and why?"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onewindow.ground.clock import now
from onewindow.hall.acts.tickets import take
from onewindow.hall.hours import times
from onewindow.hall.models import Ticket
from onewindow.hall.reads import lines_of
from onewindow.rules.grants import Grant
from onewindow.rules.queueing import Priority
from onewindow.web.asking import ask, posted
from onewindow.web.forms.extending import OutsideForm
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.helping import hall_of


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.HALL_TAKE)
def give(request: StaffRequest) -> HttpResponse:
    """The number, with the reason that stays in its row; inside the hours the reason is not kept."""
    hall = hall_of(request)
    hours = times(hall, now())

    def act(told: dict[str, Any]) -> None:
        made = take(
            hall,
            told["line"],
            by=request.officer,
            at=now(),
            once=told["once"],
            channel=Ticket.Channel.GUIDE,
            priority=Priority(told["priority"]),
            outside=told["outside"],
        )
        messages.success(request, f"取到 {made.number}，{made.line.name}。请把号告诉来人，并告诉窗口。")

    when = f"{hours.next_words} 起取号机开放。" if not hours.gives and hours.next_words else ""
    lead = (
        "现在是取号时间，取号机就能取号。"
        if hours.gives
        else f"现在不在取号时间。{when}窗口同意办理的，写明原因给号。"
    )
    form = OutsideForm(lines_of(hall), posted(request), initial={"once": uuid4()})
    return ask(request, form, act, title="开放时间外给号", lead=lead, main="给号", back="helping")
