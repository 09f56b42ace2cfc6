"""等着办的: to whom may a case be forwarded, and which letters has this officer's window to serve?"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpResponse
from django.urls import reverse
from ninja import Query, Router
from pydantic import BaseModel, Field

from onewindow.cases.reads.forwarding import colleagues_for
from onewindow.letters.models import Service
from onewindow.letters.reads import to_serve
from onewindow.people.away import away
from onewindow.people.models import Officer
from onewindow.rules.grants import GRANT_WORDS, Grant, NotGranted
from onewindow.web.api.cases import NUMBER, PAGE, READ
from onewindow.web.api.door import ApiRequest, Door
from onewindow.web.api.refusals import WITH_TOKEN, refusals
from onewindow.web.api.shapes import said

router = Router(tags=["办理"])


class ColleagueOut(BaseModel):
    """One officer to whom a case may be forwarded."""

    name: str
    post: str = Field(description="岗位")
    staff_no: str = Field(description="工号，写进 forward 的 to")
    away_until: date | None = Field(None, description="请假到哪一天；在岗的没有。转给他的由替班的人接着办")


class Colleagues(BaseModel):
    """能转给谁."""

    number: str
    colleagues: list[ColleagueOut]


class LetterToServe(BaseModel):
    """One letter that waits to be served."""

    case: str = Field(description="办件编号")
    letter: int = Field(description="文书的 id，写进送达的步骤")
    title: str
    number: str = Field(description="文号")
    issued_on: date
    applicant: str
    tracking: str = Field(description="已经寄出、还没有签收的运单号；空着是还没有寄")
    url: str = Field(description="办件的地址")


class ToServe(BaseModel):
    """待送达文书."""

    letters: list[LetterToServe]
    next: int | None


@router.get(
    "/cases/{number}/colleagues",
    auth=Door("colleagues", READ, a_minute=300),
    response=refusals(Colleagues, 404, 409, *WITH_TOKEN),
)
def colleagues(request: ApiRequest, number: str) -> HttpResponse:
    """能转给谁: 本部门今天有权接着办这一件的人员，转办（forward）写他的工号。只给有转办权限的人。"""
    caller = request.auth
    case, by = caller.find(NUMBER, number), caller.actor
    if not isinstance(by, Officer) or not by.may(Grant.CASE_FORWARD, case):
        raise NotGranted(f"您的岗位没有“{GRANT_WORDS[Grant.CASE_FORWARD]}”的权限，请联系本单位管理员。")
    found = colleagues_for(case, by, caller.today)
    absent = away([one.officer.pk for one in found], caller.today, caller.today)
    people = [
        ColleagueOut(
            name=one.officer.name,
            post=one.post,
            staff_no=one.officer.staff_no,
            away_until=absent[one.officer.pk].until if one.officer.pk in absent else None,
        )
        for one in found
    ]
    return said(Colleagues(number=case.number, colleagues=people))


@router.get(
    "/letters-to-serve",
    auth=Door("to-serve", READ, a_minute=300),
    response=refusals(ToServe, *WITH_TOKEN),
)
def waiting(
    request: ApiRequest, after: Annotated[int, Query(ge=0, lt=2**63, description="上一页的 next")] = 0
) -> HttpResponse:
    """待送达文书: 您的窗口或者部门要送达的文书，最早的在前，每页最多 100 份，按 after 翻页。"""
    by = request.auth.actor
    if not isinstance(by, Officer):
        raise NotGranted("待送达文书只给工作人员。您自己的文书，请用 getCase 看 letters。")
    found = list(to_serve(by).filter(pk__gt=after)[: PAGE + 1])
    return said(
        ToServe(
            letters=[_line(one) for one in found[:PAGE]],
            next=found[PAGE - 1].pk if len(found) > PAGE else None,
        )
    )


def _line(one: Service) -> LetterToServe:
    letter, case = one.letter, one.letter.subject.case
    return LetterToServe(
        case=case.number,
        letter=letter.pk,
        title=letter.title,
        number=letter.number,
        issued_on=letter.issued_on,
        applicant=case.applicant_name,
        tracking=one.tracking if one.on_the_way else "",
        url=reverse("api-1:case", args=[case.number]),
    )
