"""取号机上的延时请求: how does somebody who holds a number ask to be served beyond closing time, and what is answered?"""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from onewindow.ground.clock import now
from onewindow.ground.limits import Limit, spend
from onewindow.hall.acts.declining import ask_extension
from onewindow.hall.models import ExtensionAsk, Ticket
from onewindow.rules.grants import NotAllowed
from onewindow.rules.tickets import OVER
from onewindow.web.machines import MachineRequest
from onewindow.web.views.hall.kiosk import kiosk_required, page_of

UNKNOWN = "今天没有这个号，或者已经办完了。请核对小票上的号，或者到导服台问一下。"
SLOWLY = "这台机器上输错的号太多，请过几分钟再试，或者到导服台说一声。"
NUMBERS = Limit("kiosk:extend", times=40, within=timedelta(minutes=10))


@require_http_methods(["GET", "POST"])
@kiosk_required
def extend(request: MachineRequest) -> HttpResponse:
    """The number on the slip, typed on the screen; the window answers on the page of the number."""
    if request.method != "POST":
        return _page(request)
    if spend(NUMBERS, str(request.device.pk), now()) is not None:
        return _page(request, SLOWLY)
    typed = "".join(request.POST.get("number", "").split()).upper()[:8]
    found = Ticket.objects.filter(hall=request.device.hall, day=now().date(), number=typed)
    ticket = found.exclude(stage__in=OVER).select_related("line").first()
    if ticket is None:
        return _page(request, UNKNOWN, typed)
    try:
        asked = ask_extension(ticket, by=request.machine, at=now(), channel=ExtensionAsk.Channel.KIOSK)
    except NotAllowed as refusal:
        return _page(request, str(refusal), typed)
    return render(request, "hall/kiosk/extend.html", {**page_of(request), "ticket": ticket, "asked": asked})


def _page(request: MachineRequest, wrong: str = "", typed: str = "") -> HttpResponse:
    page = page_of(request)
    letters = [one.line.letter for one in page["lines"]]
    told = {**page, "error": wrong, "typed": typed, "keys": (*letters, *"1234567890")}
    return render(request, "hall/kiosk/extend.html", told, status=422 if wrong else 200)
