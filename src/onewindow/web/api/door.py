"""谁在敲门: whose token is it, what may it be used for, and has it been used too often?"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast

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
from onewindow.web.api.parts import MEDIA_TYPE, digests, in_parts, unpack
from onewindow.web.api.problems import Kind, Refusal, TooOften
from onewindow.web.bounds import MEGABYTE, length_of, most_megabytes
from onewindow.web.pace import address_of

MINUTE = timedelta(minutes=1)
UNKNOWN = Limit("api:unknown", times=30, within=MINUTE)
KEY = "HTTP_IDEMPOTENCY_KEY"
ENDED = "这个令牌已经到期或者收回，请管理员另发一个。"
KEY_LENGTH = 100
JSON = "application/json"


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

    openapi_description = "系统管理员在“接口令牌”页面发放的令牌，以 ow_ 开头。"

    def __init__(self, name: str, scope: ApiToken.Scope, *, a_minute: int, parts: bool = False) -> None:
        super().__init__()
        self.scope, self.parts = scope, parts
        self.limit = Limit(f"api:{name}", times=a_minute, within=MINUTE)

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        if request.method == "POST":
            _refuse_unread(request, parts=self.parts)
        at = now()
        found = bearer(token, request.META.get(KEY, "")[:KEY_LENGTH], self.limit, at)
        if found is None or found.actor is None:
            _pass(UNKNOWN, address_of(request), at)
            if found is not None:  # whoever holds the secret may know that it ended
                raise Refusal(Kind.TOKEN_ENDED, ENDED)
            return None
        if found.wait is not None:
            raise TooOften(found.wait)
        if self.scope not in found.token.scopes:
            raise NotGranted(f"这个令牌的范围里没有“{self.scope.label}”，请管理员另发一个。")
        _note(found.token, at.date())
        learned(found.token.place)
        if in_parts(request):
            unpack(request)
        return Caller(found.token, found.actor, at, found.known)


class PublicDoor:
    """Lets everybody in, so many times a minute from one address."""

    def __init__(self, name: str, *, a_minute: int) -> None:
        self.limit = Limit(f"api:{name}", times=a_minute, within=MINUTE)

    def __call__(self, request: HttpRequest) -> bool:
        if request.method == "POST":
            _refuse_unread(request, parts=False)
        _pass(self.limit, address_of(request), now())
        cast(ApiRequest, request).county = here()
        return True


def _refuse_unread(request: HttpRequest, *, parts: bool) -> None:
    """A body that would not be read is refused before anything is done."""
    if "chunked" in request.headers.get("Transfer-Encoding", "").lower():
        raise Refusal(Kind.NO_LENGTH, "请在请求头写明正文的字节数（Content-Length），不要分块发送。")
    told, most = length_of(request), most_megabytes(request)
    if told and request.content_type != JSON and not (parts and in_parts(request)):
        also = f"；要附大的文件用 {MEDIA_TYPE}" if parts else ""
        raise Refusal(Kind.NOT_JSON, f"正文请用 JSON，请求头写 Content-Type: {JSON}{also}。")
    if told > most * MEGABYTE:
        hint = "" if in_parts(request) else "大的文件请改用 multipart/form-data 另附，见接口说明。"
        raise Refusal(Kind.TOO_LARGE, f"请求正文不能超过 {most} MB。{hint}")


def _pass(limit: Limit, key: str, at: datetime) -> None:
    wait = spend(limit, key, at)
    if wait is not None:
        raise TooOften(wait)


def spend_or_wait(*tries: tuple[Limit, str], at: datetime) -> None:
    """Count one try under each limit; the longest wait is told when one of them is used up."""
    waits = [wait for limit, key in tries if (wait := spend(limit, key, at)) is not None]
    if waits:
        raise TooOften(max(waits))


def _note(token: ApiToken, day: date) -> None:
    """The day of its last use, once a day."""
    if token.used_on != day:
        ApiToken.objects.filter(pk=token.pk).update(used_on=day)


def canonical(request: HttpRequest) -> bytes:
    """The same request, however its JSON was spaced and ordered; with the files that came beside it."""
    told: Any = json.loads(request.body or b"null")
    beside = digests(request)
    return json.dumps([told, beside] if beside else told, sort_keys=True, ensure_ascii=False).encode()
