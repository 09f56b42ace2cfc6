"""显示屏: what hangs in the hall for everybody – the latest call, who is at which window, how many wait?"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from onewindow.cases.reads.public import granted
from onewindow.ground.clock import now
from onewindow.hall.hours import times
from onewindow.hall.models import Ticket
from onewindow.hall.reads import Board, Shown, board
from onewindow.hall.stopped import until_words
from onewindow.hall.voice import clips
from onewindow.hall.voice.spoken import sound_of
from onewindow.helping.reads.said import announced
from onewindow.people.reads import sitting_at
from onewindow.places.models import Hall, Window
from onewindow.places.reads import hanging
from onewindow.web.served import in_parts
from onewindow.web.views.hall.live import heard

ROWS, LINES, MISSED, FINISHED = 6, 6, 8, 8


@require_GET
@never_cache
def main(request: HttpRequest, pk: int) -> HttpResponse:
    """The large display of a hall; `?quiet` for a second one, so that one alone speaks."""
    hall = get_object_or_404(Hall, pk=pk)
    context = {**_main(hall), **heard(hall), "quiet": "quiet" in request.GET}
    return render(request, "hall/display.html", context)


@require_GET
@never_cache
def main_now(request: HttpRequest, pk: int) -> HttpResponse:
    """What the display shows now."""
    return render(request, "hall/display_now.html", _main(get_object_or_404(Hall, pk=pk)))


def _main(hall: Hall) -> dict[str, Any]:
    at = now()
    seen = board(hall, at)
    return {
        "hall": hall,
        "at": at,
        "latest": seen.calls[0] if seen.calls else None,
        "rows": seen.calls[:ROWS],
        "calls": _to_say(seen),
        "lines": seen.lines[:LINES],
        "missed": [one.number for one in seen.missed[:MISSED]],
        "until": until_words(hall),
        "hours": lambda: (
            times(hall, at).today_words or hall.hours
        ),  # asked for only where nothing else is said
        "announced": announced(hall, at),
        "notices": [
            *([hall.advice] if hall.advice else []),
            *(one.text for one in hanging(hall, at)),
            *(one.short for one in seen.limits),
            *_signs(seen),
        ],
    }


def _to_say(seen: Board) -> list[Shown]:
    """Whom to call aloud, the first call first."""
    return [one for one in reversed(seen.calls) if one.fresh]


def _signs(seen: Board) -> list[str]:
    paused = (one.window for one in seen.signs if one.window.is_open and one.window.paused)
    return [f"{one.number} 号窗口暂停服务：{one.why_paused or '请到其他窗口'}" for one in paused]


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
    at = now()
    seen = board(one.hall, at)
    sign = next(sign for sign in seen.signs if sign.window.pk == one.pk)
    return {
        "window": one,
        "hall": one.hall,
        "at": at,
        "ticket": sign.current,
        "lines": sign.lines,
        "waiting": sum(line.waiting for line in seen.lines if line.line.name in sign.lines),
        "staff": [officer.name for officer in sitting_at(one, at.date())],
        "until": until_words(one.hall),
    }


@require_GET
def voice(request: HttpRequest, pk: int, ticket: int) -> HttpResponse:
    """The spoken call of one number of today, as often as it is asked for the same sound."""
    found = get_object_or_404(
        Ticket.objects.select_related("window"), pk=ticket, hall=pk, day=now().date(), window__isnull=False
    )
    assert found.window is not None
    return in_parts(request, sound_of(found.number, found.window.number), "audio/wav")


@require_GET
def chime(request: HttpRequest, pk: int) -> HttpResponse:
    """The chime alone, before words that are read."""
    return in_parts(request, clips.path_of("chime"), "audio/wav")


@require_GET
@never_cache
def finished(request: HttpRequest, pk: int) -> HttpResponse:
    """办结公示: the licences granted last, on a screen of the hall; persons by their family name alone."""
    hall = get_object_or_404(Hall, pk=pk)
    return render(request, "hall/finished.html", {**_finished(hall), **heard(hall)})


@require_GET
@never_cache
def finished_now(request: HttpRequest, pk: int) -> HttpResponse:
    """What that screen shows now."""
    return render(request, "hall/finished_now.html", _finished(get_object_or_404(Hall, pk=pk)))


def _finished(hall: Hall) -> dict[str, Any]:
    return {"hall": hall, "at": now(), "rows": granted(hall.county, size=FINISHED).rows}
