"""多大才收: how large may what somebody sends be, before anything of it is read?"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from onewindow.places.reads import setting_here

MEGABYTE = 1024 * 1024
FILES_AT_ONCE = 2  # so many of the largest files in one request
READ_AWAY = 512 * MEGABYTE  # a browser that is still sending hears no answer; beyond this it is cut off
API = "/api/"
_PIECE = MEGABYTE


class Bounded:
    """Refuses a request that is larger than the county takes, with a page that says the limit.

    What a program sends is refused by the door of the API, in its own words; here it is only read away.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = length_of(request)
        if length <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return self.get_response(request)
        most = most_megabytes(request)
        if length <= most * MEGABYTE:
            return self.get_response(request)
        _read_away(request, length)
        if request.path.startswith(API):
            return self.get_response(request)
        return render(request, "413.html", {"most": most}, status=413)


def most_megabytes(request: HttpRequest) -> int:
    """Megabytes: with files what the county says, without any what a form can hold."""
    if request.META.get("CONTENT_TYPE", "").startswith("multipart/"):
        return int(setting_here("upload.max_megabytes", 50)) * FILES_AT_ONCE
    return settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE


def length_of(request: HttpRequest) -> int:
    told = request.META.get("CONTENT_LENGTH") or "0"
    return int(told) if told.isascii() and told.isdigit() else 0


def _read_away(request: HttpRequest, length: int) -> None:
    left = min(length, READ_AWAY)
    while left > 0 and (piece := request.read(min(_PIECE, left))):
        left -= len(piece)
