"""在自助机上: is this browser one that stands in a hall, where whoever was here before must leave nothing behind?

A cookie that only a registered machine sets, for how pages look and when they end; no power hangs on it.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from onewindow.web.context import AT_MACHINE, ELDER, MODE_COOKIE

IDLE = 90  # seconds without a touch: so long the page's own script waits
# So long the server waits when the browser tells nothing more; while somebody touches the page it tells each minute.
LASTS = 180
_SECOND = b' target="_blank"'


def enter(answer: HttpResponse) -> HttpResponse:
    """From here on the ordinary pages are large, have keys on the screen and end by themselves."""
    for name, value in ((AT_MACHINE, str(IDLE)), (MODE_COOKIE, ELDER)):
        answer.set_cookie(name, value, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return answer


def here(request: HttpRequest) -> bool:
    return AT_MACHINE in request.COOKIES


def shorten(session: Any, idle: str) -> None:
    """Who signed in here stays for a moment only, whatever the page's script does; `idle` is where a session keeps it."""
    if session.get(idle, 0) > LASTS:
        session[idle] = LASTS


def alone(answer: HttpResponse | StreamingHttpResponse) -> HttpResponse | StreamingHttpResponse:
    """One window and nothing kept: no page opens a second one, and going back shows nothing of the last person."""
    if isinstance(answer, HttpResponse) and answer.get("Content-Type", "").startswith("text/html"):
        answer.content = answer.content.replace(_SECOND, b"")
        answer["Cache-Control"] = "no-store"
    return answer


def end(request: HttpRequest) -> None:
    """Whoever was here is signed out, and his session is gone."""
    if request.user.is_authenticated:
        logout(request)
    request.session.flush()


def leave(answer: HttpResponse) -> HttpResponse:
    """Nothing of him stays: what pages kept in the browser is cleared with it."""
    answer.delete_cookie(AT_MACHINE, samesite="Lax")
    answer.delete_cookie(MODE_COOKIE, samesite="Lax")
    answer["Clear-Site-Data"] = '"cache", "storage"'
    return answer
