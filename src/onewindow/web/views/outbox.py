"""发件箱和回执: what went out of the demonstration, and what did the gateway say about a message?"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from onewindow.ground.clock import now
from onewindow.ground.limits import Limit
from onewindow.notices import gateway, reads
from onewindow.notices.acts import note_receipt
from onewindow.rules.grants import SYSTEM
from onewindow.web.pace import address_of, too_often
from onewindow.web.proved import VisitorRequest

RECEIPTS = Limit("gateway:address", times=6000, within=timedelta(minutes=1))
LONGEST = 4096


@require_GET
@never_cache
def outbox(request: VisitorRequest) -> HttpResponse:
    """Every message of the demonstration county; a real installation has no such page."""
    if not settings.DEMO or not request.county.demo:
        raise Http404
    before = request.GET.get("after", "")
    found = reads.outbox(request.county.code, before=int(before) if before.isdigit() else None)
    context = {
        "rows": found[: reads.PAGE],
        "next_key": found[reads.PAGE - 1].pk if len(found) > reads.PAGE else "",
    }
    return render(request, "outbox.html", context)


@csrf_exempt
@require_POST
def receipt(request: VisitorRequest) -> HttpResponse:
    """A delivery receipt, signed by the gateway; anything else changes nothing."""
    waiting = too_often(request, (RECEIPTS, address_of(request)))
    if waiting is not None:
        return waiting
    body = request.read(LONGEST + 1)
    told = (
        gateway.read_receipt(body, request.headers.get("X-Signature", "")) if len(body) <= LONGEST else None
    )
    if told is None:
        return JsonResponse(
            {"title": "回执没有通过校验"}, status=403, content_type="application/problem+json"
        )
    known = note_receipt(told, by=SYSTEM, at=now())
    return JsonResponse({"known": known}, status=200 if known else 404)
