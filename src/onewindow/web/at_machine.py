"""在自助机上: is this browser one that stands in a hall, where whoever was here before must leave nothing behind?

A cookie that only a registered machine sets, for how pages look and when they end; no power hangs on it.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from onewindow.web.context import AT_MACHINE, ELDER, MODE_COOKIE

IDLE = 90  # seconds without a touch


def enter(answer: HttpResponse) -> HttpResponse:
    """From here on the ordinary pages are large, have keys on the screen and end by themselves."""
    for name, value in ((AT_MACHINE, str(IDLE)), (MODE_COOKIE, ELDER)):
        answer.set_cookie(name, value, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return answer


def here(request: HttpRequest) -> bool:
    return AT_MACHINE in request.COOKIES


def leave(answer: HttpResponse) -> HttpResponse:
    """Nothing of him stays: what pages kept in the browser is cleared with it."""
    answer.delete_cookie(AT_MACHINE, samesite="Lax")
    answer.delete_cookie(MODE_COOKIE, samesite="Lax")
    answer["Clear-Site-Data"] = '"cache", "storage"'
    return answer
