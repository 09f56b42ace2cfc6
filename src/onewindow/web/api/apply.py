"""申请接口: a program hands an application in, and it becomes a case with its receipt."""

from __future__ import annotations

from functools import cache
from typing import Annotated
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.urls import reverse
from ninja import Header, Router

from onewindow.cases.models import Case
from onewindow.people.models import ApiToken, Officer
from onewindow.web.api import opening, shapes
from onewindow.web.api.ahead import Ahead
from onewindow.web.api.cases import stage_of
from onewindow.web.api.door import ApiRequest, Caller, Door
from onewindow.web.api.once import once
from onewindow.web.api.parts import filled
from onewindow.web.api.refusals import WITH_TOKEN, refusals
from onewindow.web.api.sent import ApplicationIn
from onewindow.web.api.shapes import said

router = Router(tags=["申请"])
_NUMBER = "_number_"
Key = Annotated[str | None, Header(alias="Idempotency-Key", description="同一个键和正文只办一次")]


@router.post(
    "/applications",
    auth=Door("apply", ApiToken.Scope.APPLY, a_minute=600, parts=True),
    response=refusals(shapes.Opened, 404, 409, 411, 413, 415, *WITH_TOKEN, status=201),
)
def apply(request: ApiRequest, told: ApplicationIn, idempotency_key: Key = None) -> HttpResponse:
    """提交申请: 窗口的令牌代表收件人员收件，申请人的令牌等于本人网上提交；马上有编号和查询码。"""
    filled(request, told.files())
    caller, ahead = request.auth, Ahead(request.auth, told)
    first = ahead.ask if isinstance(caller.actor, Officer) else None
    return once(request, lambda: _opened(_open(caller, told, ahead), caller), first=first)


def _open(caller: Caller, told: ApplicationIn, ahead: Ahead) -> Case:
    version = ahead.version
    if version is None:
        raise Http404("没有这个事项，或者现在不能申请，请核对编码。")
    if isinstance(caller.actor, Officer):
        return opening.at_the_window(caller, caller.actor, version, told, ahead)
    return opening.online_by(caller, caller.actor, version, told)


@cache
def _address() -> str:
    """The address of a case: looked up once, the same for all but the number in it."""
    return reverse("api-1:case", args=[_NUMBER])


def _opened(case: Case, caller: Caller) -> HttpResponse:
    url = _address().replace(_NUMBER, quote(case.number))
    answer = said(
        shapes.Opened(
            number=case.number,
            national_number=case.national_number,
            enquiry_code=case.enquiry_code,
            stage=stage_of(case.stage, caller),
            received_at=case.received_at,
            due_on=case.due_on,
            provisional=case.provisional,
            url=url,
        ),
        status=201,
    )
    answer["Location"] = url
    return answer
