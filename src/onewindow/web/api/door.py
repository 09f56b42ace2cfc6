"""谁在敲门: whose token is it, what may it be used for, and has it been used too often?"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast

from django.conf import settings
from django.db.models import F, FilteredRelation, Q, QuerySet
from django.http import HttpRequest
from ninja.security import HttpBearer

from onewindow.cases.models import Case
from onewindow.cases.reads import public
from onewindow.cases.reads.visible import visible_to
from onewindow.ground.clock import now
from onewindow.ground.limits import Limit, spend
from onewindow.people.acts.tokens import hashed
from onewindow.people.models import ApiToken, Officer, Party
from onewindow.people.reads import bearer, on_duty, seated
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
        found = _find(token, request.META.get(KEY, ""))
        actor = _behind(found, at.date())
        if found is None or actor is None:
            _pass(UNKNOWN, address_of(request), at)
            return None
        _pass(self.limit, str(found.pk), at)
        if self.scope not in found.scopes:
            raise NotGranted(f"这个令牌的范围里没有“{self.scope.label}”，请管理员另发一个。")
        _note(found, at.date())
        learned(found.place)
        return Caller(found, actor, at)


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


def _find(secret: str, key: str) -> ApiToken | None:
    """The token, and beside it what was answered to this key before, in one statement."""
    rows = bearer(hashed(secret))
    if key:
        rows = rows.annotate(
            known=FilteredRelation("answers", condition=Q(answers__key=key[:KEY_LENGTH])),
            known_asked=F("known__asked"),
            known_status=F("known__status"),
            known_body=F("known__body"),
        )
    return rows.first()


def _behind(token: ApiToken | None, day: date) -> Officer | Party | None:
    """Whoever the token speaks for today; nobody when it is withdrawn, out of date, or its owner has left."""
    if token is None or not token.good_on(day):
        return None
    officer = on_duty(token.account, day)
    if officer is None:
        return getattr(token.account, "party", None)
    return seated(officer, token.w_held)  # type: ignore[attr-defined]


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
