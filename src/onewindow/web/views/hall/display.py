"""显示屏: what hangs in the hall for everybody – the latest call, who is at which window, how many wait?"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from onewindow.ground.clock import now
from onewindow.hall.floor import Call, Floor, floor
from onewindow.hall.models import Ticket
from onewindow.hall.voice.spoken import sound_of
from onewindow.people.reads import at_window
from onewindow.places.models import Hall, Window
from onewindow.web.served import in_parts
from onewindow.web.views.hall.live import heard

ROWS, LINES, MISSED = 6, 6, 8


@require_GET
@never_cache
def main(request: HttpRequest, pk: int) -> HttpResponse:
    """The large display of a hall; `?quiet` for a second one, so that one alone speaks."""
    hall = get_object_or_404(Hall, pk=pk)
    context = {**_main(floor(hall, now())), **heard(hall), "quiet": "quiet" in request.GET}
    return render(request, "hall/display.html", context)


@require_GET
@never_cache
def main_now(request: HttpRequest, pk: int) -> HttpResponse:
    """What the display shows now."""
    return render(request, "hall/display_now.html", _main(floor(get_object_or_404(Hall, pk=pk), now())))


def _main(seen: Floor) -> dict[str, Any]:
    return {
        "hall": seen.hall,
        "at": seen.at,
        "latest": seen.called[0] if seen.called else None,
        "rows": seen.called[:ROWS],
        "calls": _to_say(seen),
        "lines": seen.lines_now[:LINES],
        "missed": [one.number for one in seen.missed[:MISSED]],
        "notices": _notices(seen),
    }


def _to_say(seen: Floor) -> list[Call]:
    """Whom to call aloud, the first call first."""
    return [one for one in reversed(seen.called) if one.fresh]


def _notices(seen: Floor) -> list[str]:
    signs = [f"{one.number} 号窗口暂停服务：{one.why_paused or '请到其他窗口'}" for one in seen.paused]
    return [*(one.text for one in seen.notices), *signs]


@require_GET
@never_cache
def window(request: HttpRequest, pk: int) -> HttpResponse:
    """The screen above one window."""
    one = get_object_or_404(Window.objects.select_related("hall"), pk=pk)
    return render(request, "hall/window.html", {**_window(one), **heard(one.hall)})


@require_GET
@never_cache
def window_now(request: HttpRequest, pk: int) -> HttpResponse:
    """What the screen above one window shows now."""
    one = get_object_or_404(Window.objects.select_related("hall"), pk=pk)
    return render(request, "hall/window_now.html", _window(one))


def _window(one: Window) -> dict[str, Any]:
    seen = floor(one.hall, now())
    lines = {s.line_id for s in seen.services if s.window_id == one.pk}
    return {
        "window": one,
        "hall": one.hall,
        "at": seen.at,
        "ticket": next((t for t in seen.called if t.window == one.number), None),
        "lines": [line.name for line in seen.lines if line.pk in lines],
        "waiting": sum(1 for t in seen.waiting if t.line_id in lines),
        "staff": [officer.name for officer in at_window(one, seen.at.date())],
    }


@require_GET
def voice(request: HttpRequest, pk: int, ticket: int) -> HttpResponse:
    """The spoken call of one number of today, as often as it is asked for the same sound."""
    found = get_object_or_404(
        Ticket.objects.select_related("window"), pk=ticket, hall=pk, day=now().date(), window__isnull=False
    )
    assert found.window is not None
    return in_parts(request, sound_of(found.number, found.window.number), "audio/wav")
