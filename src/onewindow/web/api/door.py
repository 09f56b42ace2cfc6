"""谁在敲门: whose token is it, what may it be used for, and has it been used too often?"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from ninja.security import HttpBearer

from onewindow.cases.models import Case
from onewindow.cases.reads import public
from onewindow.cases.reads.visible import Asked, visible_to
from onewindow.ground.clock import now
from onewindow.ground.limits import Limit, spend
from onewindow.people.bearer import Known, bearer
from onewindow.people.models import ApiToken, Officer, Party
from onewindow.places.models import County
from onewindow.places.reads import here, learned
from onewindow.rules.grants import NotGranted
from onewindow.web.api.problems import Kind, Refusal, TooOften
from onewindow.web.pace import address_of

MINUTE = timedelta(minutes=1)
UNKNOWN = Limit("api:unknown", times=30, within=MINUTE)
KEY = "HTTP_IDEMPOTENCY_KEY"
KEY_LENGTH = 100


@dataclass(frozen=True)
class Caller:
    """Who asks by a program: the token, the officer or applicant behind it, and the moment."""

    token: ApiToken
    actor: Officer | Party
    at: datetime
    known: Known | None = None

    @property
    def county(self) -> County:
        return self.token.place

    @property
    def today(self) -> date:
        return self.at.date()

    @property
    def visible(self) -> QuerySet[Case]:
        """The cases that he may see; all others are not there."""
        if isinstance(self.actor, Officer):
            return visible_to(self.actor)
        return public.open_to(self.county.code, self.actor)

    def find(self, asked: Asked[Case], number: str) -> Case:
        """The case of this number, when he may see it; else there is no such case."""
        if isinstance(self.actor, Officer):
            found = asked.by(self.actor, number)
        else:
            found = asked.among(self.visible, number)
        if found is None:
            raise Http404(f"没有编号为 {number[:40]} 的办件，或者不归您办理。")
        return found


class ApiRequest(HttpRequest):
    """A request that passed a door (for type checkers)."""

    auth: Caller
    county: County


class Door(HttpBearer):
    """Lets a token in that has the scope, so many times a minute; the limit is the same for all workers."""

    def __init__(self, name: str, scope: ApiToken.Scope, *, a_minute: int) -> None:
        super().__init__()
        self.scope = scope
        self.limit = Limit(f"api:{name}", times=a_minute, within=MINUTE)

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        refuse_large(request)
        at = now()
        found = bearer(token, request.META.get(KEY, "")[:KEY_LENGTH], at.date())
        if found is None or found.actor is None:
            _pass(UNKNOWN, address_of(request), at)
            return None
        _pass(self.limit, str(found.token.pk), at)
        if self.scope not in found.token.scopes:
            raise NotGranted(f"这个令牌的范围里没有“{self.scope.label}”，请管理员另发一个。")
        _note(found.token, at.date())
        learned(found.token.place)
        return Caller(found.token, found.actor, at, found.known)


class PublicDoor:
    """Lets everybody in, so many times a minute from one address."""

    def __init__(self, name: str, *, a_minute: int) -> None:
        self.limit = Limit(f"api:{name}", times=a_minute, within=MINUTE)

    def __call__(self, request: HttpRequest) -> bool:
        _pass(self.limit, address_of(request), now())
        cast(ApiRequest, request).county = here()
        return True


def refuse_large(request: HttpRequest) -> None:
    """A body that would not be read is refused before anything is done."""
    told = request.META.get("CONTENT_LENGTH") or "0"
    if int(told) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // (1024 * 1024)
        raise Refusal(Kind.TOO_LARGE, f"请求正文不能超过 {most} MB。")


def _pass(limit: Limit, key: str, at: datetime) -> None:
    wait = spend(limit, key, at)
    if wait is not None:
        raise TooOften(wait)


def _note(token: ApiToken, day: date) -> None:
    """The day of its last use, once a day."""
    if token.used_on != day:
        ApiToken.objects.filter(pk=token.pk).update(used_on=day)


def canonical(body: bytes) -> bytes:
    """The same request, however its JSON was spaced and ordered."""
    told: Any = json.loads(body or b"null")
    return json.dumps(told, sort_keys=True, ensure_ascii=False).encode()
