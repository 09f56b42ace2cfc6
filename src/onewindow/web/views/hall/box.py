"""大厅本机对接: what does the county answer to the machine of a hall that calls, and to whoever calls without its key?"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from onewindow.box.models import Box
from onewindow.exchange.box import answer as county
from onewindow.exchange.box import handing
from onewindow.ground.clock import now
from onewindow.places.models import Device
from onewindow.rules.grants import NotAllowed
from onewindow.web.machines import keep_key

# The pages that a machine opens by itself; the others open the list of halls.
FIRST: dict[str, str] = {Device.Kind.KIOSK: "kiosk", Device.Kind.PAD: "pad"}
MOST = 4 * 1024 * 1024  # of one call: far more than five hundred lines have
UNKNOWN = "这里不认识这台大厅本机：没有登记，或者密钥已经换发、停用。请联系管理员。"


@csrf_exempt  # a program with a key of its own: no browser, no cookie
@require_POST
@never_cache
def push(request: HttpRequest) -> HttpResponse:
    """What the machine tells."""
    return _answer(request, "push")


@csrf_exempt
@require_POST
@never_cache
def pull(request: HttpRequest) -> HttpResponse:
    """What it asks."""
    return _answer(request, "pull")


@require_GET
@never_cache
def device(request: HttpRequest, sealed: str) -> HttpResponse:
    """A browser that was registered at the county is that device here, from now on."""
    box = Box.objects.filter(key=settings.BOX).first() if settings.BOX else None
    if box is None:
        raise NotAllowed(handing.LATE)
    key = handing.key_in(box, sealed, now())
    found = handing.device_with(box, key)
    if found is None:
        return render(request, "hall/device_waits.html", {"box": box}, status=202)
    answer = redirect(FIRST.get(found.kind, "halls"))
    keep_key(answer, key)
    return answer


def _answer(request: HttpRequest, what: str) -> HttpResponse:
    box = county.known(_key(request))
    if box is None:
        return _problem(UNKNOWN, 401)
    told = _told(request)
    if told is None:
        return _problem("上报的内容读不出来，请检查大厅本机的版本。", 400)
    try:
        return JsonResponse(county.answer(box, what, told, now()))
    except NotAllowed as refusal:
        return _problem(str(refusal), 409)


def _key(request: HttpRequest) -> str:
    kind, _, key = request.headers.get("Authorization", "").partition(" ")
    return key.strip() if kind == "Bearer" else ""


def _told(request: HttpRequest) -> dict[str, Any] | None:
    try:
        if int(request.headers.get("Content-Length") or 0) > MOST:
            return None
        told = json.loads(request.read(MOST))
    except (ValueError, OSError):
        return None
    return told if isinstance(told, dict) else None


def _problem(sentence: str, status: int) -> HttpResponse:
    return JsonResponse({"detail": sentence}, status=status, json_dumps_params={"ensure_ascii": False})
