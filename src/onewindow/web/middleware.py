"""每个请求是谁的: who asks, is he still signed in, and what does he read when an act refuses?"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.db import DataError, IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from psycopg.errors import UniqueViolation

from onewindow.ground.clock import now, today
from onewindow.ground.disk import NoRoom
from onewindow.notices.reads import WITH_UNREAD
from onewindow.people import signing
from onewindow.people.models import Account, Officer, Party
from onewindow.people.reads import on_duty
from onewindow.places.reads import here, reading_once
from onewindow.rules.grants import NotAllowed, NotGranted
from onewindow.rules.workdays import UncoveredDay
from onewindow.web import at_box, at_machine, faults, held
from onewindow.web.spared import by_token

Answer = Callable[[HttpRequest], HttpResponse]
TWICE = "同样的内容刚刚已经有了，没有再办一次。请回到刚才的页面看最新情况。"
UNSEEN = "填的内容里有看不见的字符，不能保存。请回到刚才的页面，把粘贴进去的部分删掉，自己输入一遍。"


class Who:
    """Attaches `request.officer`, `request.party` and `request.county`, each read when it is first asked.

    Three statements at most for session, account and grants. Ask `if request.officer`, never `is None`:
    the attribute is a stand-in until then. Views behind a gate of `web.gates` get the plain object.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with reading_once():
            return self._answer(request)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        self._end_when_expired(request)
        request.county = SimpleLazyObject(here)  # type: ignore[attr-defined]
        request.officer = SimpleLazyObject(lambda: officer_of(request))  # type: ignore[attr-defined]
        request.party = SimpleLazyObject(lambda: party_of(request))  # type: ignore[attr-defined]
        answer = at_box.elsewhere(request) or self.get_response(request)
        if at_machine.here(request):
            answer = cast(HttpResponse, at_machine.alone(answer))
        if request.method == "POST" and answer.status_code < 400 and _has_session(request):
            held.sent(request)
        return answer

    def process_exception(self, request: HttpRequest, refusal: Exception) -> HttpResponse | None:
        """A refusal that no view caught is a page with its sentence, not a failure."""
        if isinstance(refusal, NoRoom):
            return faults.unavailable(request, faults.FULL)
        if isinstance(refusal, DataError) and "NUL" in str(refusal):  # found by the driver, before it asks
            return render(request, "409.html", {"exception": UNSEEN, "status": 400}, status=400)
        if isinstance(refusal, IntegrityError) and isinstance(refusal.__cause__, UniqueViolation):
            return faults.refused(request, TWICE)
        if not isinstance(refusal, NotAllowed | UncoveredDay):
            return None
        if isinstance(refusal, NotGranted):
            return faults.forbidden(request, refusal)
        return faults.refused(request, refusal)

    def _end_when_expired(self, request: HttpRequest) -> None:
        if not _has_session(request) or not request.user.is_authenticated:
            return
        machine = at_machine.here(request)
        if machine:
            at_machine.shorten(request.session, signing.IDLE)
        if not signing.expired(request.session, now()):
            signing.seen(request.session, now())
            return
        account = request.user
        signing.log(request, account if isinstance(account, Account) else None, "expired")
        request.session.flush()
        request.user = AnonymousUser()
        if not machine:  # at a machine of a hall nothing of him waits for the next one
            request.session[held.EXPIRED] = account.pk


def _has_session(request: HttpRequest) -> bool:
    return not by_token(request) and bool(request.session.session_key)


def officer_of(request: HttpRequest) -> Officer | None:
    """The officer who asks, with the posts that he holds today."""
    account = getattr(request, "user", None)
    officer = on_duty(account, today()) if isinstance(account, Account) else None
    if officer is not None and not by_token(request):
        officer.asks_posts = WITH_UNREAD
    return officer


def party_of(request: HttpRequest) -> Party | None:
    """The applicant who asks."""
    return getattr(getattr(request, "user", None), "party", None)
