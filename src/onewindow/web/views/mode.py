"""长辈模式: how does a browser without a script change the mode of reading?"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET

from onewindow.web.context import ELDER, MODE_COOKIE

YEAR = 365 * 24 * 3600


@require_GET
def display_mode(request: HttpRequest) -> HttpResponse:
    """Remember the mode in a cookie and go back; only how pages look hangs on it, so a GET may set it."""
    back = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    answer = HttpResponseRedirect(back)
    if request.GET.get("to") == ELDER:
        # The switch in the page writes the same cookie, so a script may read it.
        answer.set_cookie(
            MODE_COOKIE, ELDER, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    else:
        answer.delete_cookie(MODE_COOKIE, samesite="Lax")
    return answer
