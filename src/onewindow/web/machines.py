"""哪台机器: is this browser a registered machine of a hall, and which one?"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from onewindow.hall.actors import Machine
from onewindow.places.acts.devices import hashed
from onewindow.places.models import Device
from onewindow.web import at_machine, carried
from onewindow.web.context import AT_MACHINE

COOKIE, PATH = "onewindow_device", "/hall/"
LASTS = (
    390 * 24 * 3600
)  # as long as a browser keeps one; a machine in use gets it anew with every page of its own
P = ParamSpec("P")


class MachineRequest(HttpRequest):
    """A request of a registered machine (for type checkers)."""

    machine: Machine
    device: Device


View = Callable[Concatenate[Any, P], HttpResponse]


def device_of(request: HttpRequest) -> Device | None:
    """The device whose key this browser holds."""
    key = request.COOKIES.get(COOKIE, "")
    if not key:
        return None
    found = Device.objects.filter(key_hash=hashed(key), retired_on__isnull=True)
    return found.select_related("hall", "window").first()


def keep_key(answer: HttpResponse, key: str) -> None:
    """Let this browser be the device from now on."""
    answer.set_cookie(
        COOKIE, key, max_age=LASTS, path=PATH, httponly=True, samesite="Strict", secure=settings.HTTPS
    )


def machine_required(*kinds: Device.Kind) -> Callable[[View[P]], View[P]]:
    """Let a registered machine of these kinds in; nobody signed in may work on it."""

    def wrap(view: View[P]) -> View[P]:
        @functools.wraps(view)
        def gated(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            device = device_of(request)
            if device is None or device.kind not in kinds:
                return render(request, "hall/unknown.html", {"kind": kinds[0].label}, status=403)
            before = at_machine.here(
                request
            )  # somebody used the ordinary pages here and did not say that he left
            if before:
                at_machine.end(request)
                request.COOKIES.pop(carried.COOKIE, None)  # the next one is not he
            elif request.user.is_authenticated:
                return render(request, "hall/signed_in.html", {"device": device}, status=403)
            request.device, request.machine = device, Machine(device)
            answer = view(request, *args, **kwargs)
            if request.method == "GET":
                keep_key(answer, cast(str, request.COOKIES[COOKIE]))
            if before and AT_MACHINE not in answer.cookies:
                at_machine.leave(answer)
            if before and carried.COOKIE not in answer.cookies:
                carried.drop(answer)
            answer["Cache-Control"] = "no-store"
            return answer

        return gated

    return wrap
