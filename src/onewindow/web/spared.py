"""给程序让路: which parts of a page's way is a program spared that shows its token?

A request with a token has no session, no cookie, no form and no frame; each of these parts costs it time and
gives it nothing. Everybody else goes the whole way. `MIDDLEWARE` names what stands here instead of the originals.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from onewindow.web.bounds import API

Answer = Callable[[HttpRequest], HttpResponse]


def by_token(request: HttpRequest) -> bool:
    """Whether a program asks that says who it is in the header, not by a session."""
    return request.path_info.startswith(API) and request.META.get("HTTP_AUTHORIZATION", "")[:7] == "Bearer "


class Spared:
    """One middleware that programs pass by."""

    def __init__(self, inner: Any, beyond: Answer) -> None:
        self.whole, self.beyond = inner(beyond), beyond
        if hasattr(self.whole, "process_view"):
            self.process_view = self._process_view

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer: HttpResponse = self.beyond(request) if by_token(request) else self.whole(request)
        return answer

    def _process_view(self, request: HttpRequest, *told: Any) -> HttpResponse | None:
        answer: HttpResponse | None = None if by_token(request) else self.whole.process_view(request, *told)
        return answer


def _spared(path: str) -> Callable[[Answer], Spared]:
    return lambda beyond: Spared(import_string(path), beyond)


policy = _spared("csp.middleware.CSPMiddleware")
session = _spared("django.contrib.sessions.middleware.SessionMiddleware")
forgery = _spared("django.middleware.csrf.CsrfViewMiddleware")
account = _spared("django.contrib.auth.middleware.AuthenticationMiddleware")
messages = _spared("django.contrib.messages.middleware.MessageMiddleware")
frames = _spared("django.middleware.clickjacking.XFrameOptionsMiddleware")
pieces = _spared("django_htmx.middleware.HtmxMiddleware")
