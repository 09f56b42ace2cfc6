"""拒绝怎么说: how does a program read that something was refused, why, and where in its request? (RFC 9457)"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from enum import Enum
from functools import partial
from math import ceil
from typing import Any

from django.conf import settings
from django.db import DataError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import BaseModel, Field

from onewindow.cases.judged import Unjudged
from onewindow.cases.write import Stale
from onewindow.ground.disk import NoRoom, is_full
from onewindow.rules.grants import NotAllowed, NotGranted
from onewindow.rules.workdays import UncoveredDay
from onewindow.web.faults import AGAIN_AFTER, AWAY, FULL
from onewindow.web.pace import in_words

MEDIA_TYPE = "application/problem+json"
log = logging.getLogger("onewindow.api")


class Kind(Enum):
    """Every kind of refusal: its status, its code and its title."""

    BAD_REQUEST = (400, "bad-request", "请求读不懂")
    NO_TOKEN = (401, "no-token", "没有有效的令牌")
    TOKEN_ENDED = (401, "token-ended", "令牌已经失效")
    NOT_GRANTED = (403, "not-granted", "没有权限")
    NOT_FOUND = (404, "not-found", "没有找到")
    NO_METHOD = (405, "no-method", "这个地址不能这样用")
    NOT_ALLOWED = (409, "not-allowed", "现在不能办")
    UNJUDGED = (409, "unjudged", "材料还没有核对")
    STALE = (409, "stale", "刚刚有人办过")
    NO_LENGTH = (411, "no-length", "没有写明正文长度")
    TOO_LARGE = (413, "too-large", "请求太大")
    NOT_JSON = (415, "not-json", "正文的格式不收")
    FAULTS = (422, "faults", "有内容需要改正")
    KEY_REUSED = (422, "key-reused", "幂等键用在了另一个请求上")
    TOO_OFTEN = (429, "too-often", "请求太频繁")
    FAILED = (500, "failed", "系统出错")
    UNAVAILABLE = (503, "unavailable", "暂时不能用")

    @property
    def status(self) -> int:
        return self.value[0]


CODES: list[Any] = [kind.value[1] for kind in Kind]


class Fault(BaseModel):
    """One place of the request that must be put right."""

    field: str = Field(description="请求中的位置，例如 form.shop")
    message: str = Field(description="怎样改")


class Problem(BaseModel):
    """Why a request was refused."""

    type: str = Field(description="拒绝的种类，指向接口说明", examples=["/api/v1/docs#not-allowed"])
    code: str = Field(description="拒绝的种类，给程序判断用，不会改", json_schema_extra={"enum": CODES})
    title: str
    status: int
    detail: str = Field(description="一句可以照着办的话")
    errors: list[Fault] = []


class Refusal(Exception):
    """A refusal of the door itself."""

    def __init__(self, kind: Kind, detail: str, errors: Sequence[Fault] = ()) -> None:
        super().__init__(detail)
        self.kind, self.errors = kind, errors


class Unscanned(Exception):
    """The virus scanner is silent: nothing is kept until it speaks again."""


class TooOften(Exception):
    """A limit is used up."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"请求太频繁，请 {in_words(wait)}后再试。")
        self.seconds = ceil(wait.total_seconds())


def told(kind: Kind, detail: str, errors: Iterable[Fault] = ()) -> Problem:
    """What a program reads of a refusal."""
    status, code, title = kind.value
    return Problem(
        type=f"/api/v1/docs#{code}", code=code, title=title, status=status, detail=detail, errors=list(errors)
    )


def problem(kind: Kind, detail: str, errors: Iterable[Fault] = ()) -> HttpResponse:
    """The answer to a refused request."""
    words, status = told(kind, detail, errors), kind.status
    answer = HttpResponse(words.model_dump_json(), status=status, content_type=MEDIA_TYPE)
    answer["Content-Language"] = "zh-CN"
    answer["Cache-Control"] = "no-store"
    if status == 401:
        ended = ', error="invalid_token"' if kind is Kind.TOKEN_ENDED else ""
        answer["WWW-Authenticate"] = f'Bearer realm="onewindow"{ended}'
    return answer


def listen(api: NinjaAPI) -> None:
    """Let every exception that a handler may raise become a problem."""
    for exception, answer in _ANSWERS.items():
        api.add_exception_handler(exception, answer)


# pydantic's words for what is wrong, by its own code.
_SENTENCES = {
    "missing": "请填写。",
    "extra_forbidden": "没有这一项，请删去。",
    "string_too_long": "太长了，请写得短一些。",
    "string_too_short": "请填写。",
    "literal_error": "只能是规定的值之一，见接口说明。",
    "enum": "只能是规定的值之一，见接口说明。",
    "union_tag_invalid": "没有这一步，能办的步骤见接口说明。",
    "union_tag_not_found": "请写明办哪一步（step）。",
    "greater_than_equal": "太小了，请核对。",
    "less_than_equal": "太大了，请核对。",
    "date_from_datetime_parsing": "日期写作 2026-09-24。",
    "date_parsing": "日期写作 2026-09-24。",
    "string_pattern_mismatch": "写法不对，请核对。翻页的 after 要原样带上一页答复里的 next。",
    "base64_decode": "文件内容用 Base64 编码。",
    "too_long": "项数太多。",
    "too_short": "至少要有一项。",
}


def _simple(kind: Kind, _: HttpRequest, refusal: Exception) -> HttpResponse:
    return problem(kind, str(refusal))


def _refused(_: HttpRequest, refusal: Refusal) -> HttpResponse:
    return problem(refusal.kind, str(refusal), refusal.errors)


def _not_allowed(_: HttpRequest, refusal: NotAllowed) -> HttpResponse:
    """A refusal that names fields is 422, one that names none is 409."""
    by_field: Mapping[str, str] = getattr(refusal, "by_field", {})
    if not by_field:
        return problem(Kind.NOT_ALLOWED, str(refusal))
    within = getattr(refusal, "within", "form")
    faults = [Fault(field=f"{within}.{name}", message=told) for name, told in by_field.items()]
    return problem(Kind.FAULTS, str(refusal), faults)


def _unjudged(_: HttpRequest, refusal: Unjudged) -> HttpResponse:
    """Which materials must be judged first, by their codes."""
    told = [
        Fault(field=f"findings.{one.code}", message=f"“{one.name}”还没有核对。") for one in refusal.materials
    ]
    return problem(Kind.UNJUDGED, str(refusal), told)


def _invalid(_: HttpRequest, invalid: ValidationError) -> HttpResponse:
    faults = [Fault(field=_place(one["loc"]), message=_sentence(one)) for one in invalid.errors]
    return problem(Kind.FAULTS, f"请求里有 {len(faults)} 处需要改正。", faults)


def _place(loc: Sequence[Any]) -> str:
    """`body, told, materials, 0, code` → `materials.0.code`; the names of our own functions are left out."""
    inner = loc[2:] if loc[0] == "body" else loc[1:]
    if loc[:2] == ("body", "deed"):  # of the step's own fields, without the word of the step
        inner = inner[1:]
    return ".".join(str(part) for part in inner) or str(loc[0])


def _sentence(error: Mapping[str, Any]) -> str:
    kind = str(error.get("type", ""))
    if kind == "value_error":  # said by one of our own checks
        return str(error.get("msg", "")).removeprefix("Value error, ")
    return _SENTENCES.get(kind, "写法不对，请核对。")


def _unreadable(_: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(Kind.BAD_REQUEST, "请求正文不是合法的 JSON（UTF-8），请核对。")


def _no_token(_: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problem(Kind.NO_TOKEN, "请在请求头里带上有效的令牌：Authorization: Bearer ow_…")


def _not_found(_: HttpRequest, error: Http404) -> HttpResponse:
    return problem(Kind.NOT_FOUND, str(error) or "没有找到，请核对编号。")


def _too_often(_: HttpRequest, refusal: TooOften) -> HttpResponse:
    answer = problem(Kind.TOO_OFTEN, str(refusal))
    answer["Retry-After"] = str(refusal.seconds)
    return answer


def _unkeepable(_: HttpRequest, error: DataError) -> HttpResponse:
    """A character or a number that no column takes; nothing was written."""
    return problem(Kind.FAULTS, "请求里有不能保存的字符或数值（例如空字符），请去掉后再发。")


def _unavailable(_: HttpRequest, broken: Exception) -> HttpResponse:
    log.warning("unavailable: %s", type(broken).__name__)
    why = FULL if is_full(broken) else AWAY
    answer = problem(Kind.UNAVAILABLE, f"{why}，请稍后用同一个幂等键再试。")
    answer["Retry-After"] = str(AGAIN_AFTER[why])
    return answer


def _unscanned(_: HttpRequest, silent: Unscanned) -> HttpResponse:
    answer = problem(Kind.UNAVAILABLE, str(silent))
    answer["Retry-After"] = str(AGAIN_AFTER[AWAY])
    return answer


def _failed(request: HttpRequest, failure: Exception) -> HttpResponse:
    if settings.DEBUG:
        raise failure
    log.error("%s %s failed", request.method, request.path, exc_info=failure)
    return problem(Kind.FAILED, "系统出错，已经记下。请稍后用同一个幂等键再试。")


_ANSWERS: Mapping[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
    NotAllowed: _not_allowed,
    NotGranted: partial(_simple, Kind.NOT_GRANTED),
    Stale: partial(_simple, Kind.STALE),
    Unjudged: _unjudged,
    UncoveredDay: partial(_simple, Kind.NOT_ALLOWED),
    ValidationError: _invalid,
    HttpError: _unreadable,
    AuthenticationError: _no_token,
    Http404: _not_found,
    TooOften: _too_often,
    Refusal: _refused,
    DataError: _unkeepable,
    NoRoom: _unavailable,
    Unscanned: _unscanned,
    OperationalError: _unavailable,
    InterfaceError: _unavailable,
    Exception: _failed,
}
