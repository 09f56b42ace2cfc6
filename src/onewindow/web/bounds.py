"""多大才收: how large may what somebody sends be, before anything of it is read?"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from onewindow.places.reads import setting_here

MEGABYTE = 1024 * 1024
FILES_AT_ONCE = 2  # so many of the largest files in one request
READ_AWAY = 512 * MEGABYTE  # a browser that is still sending hears no answer; beyond this it is cut off
_PIECE = MEGABYTE


class Bounded:
    """Refuses a request with files that is larger than the county takes, with a page that says the limit."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.META.get("CONTENT_TYPE", "").startswith("multipart/"):
            return self.get_response(request)
        most = int(setting_here("upload.max_megabytes", 50)) * FILES_AT_ONCE
        length = _length(request)
        if length <= most * MEGABYTE:
            return self.get_response(request)
        _read_away(request, length)
        return render(request, "413.html", {"most": most}, status=413)


def _length(request: HttpRequest) -> int:
    told = request.META.get("CONTENT_LENGTH") or "0"
    return int(told) if told.isascii() and told.isdigit() else 0


def _read_away(request: HttpRequest, length: int) -> None:
    left = min(length, READ_AWAY)
    while left > 0 and (piece := request.read(min(_PIECE, left))):
        left -= len(piece)
