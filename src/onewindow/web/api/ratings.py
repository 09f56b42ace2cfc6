"""评价接口: the applicant's own program rates a service that has ended."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpResponse
from ninja import Router
from pydantic import BaseModel, ConfigDict, Field

from onewindow.feedback.acts import rate as give
from onewindow.feedback.models import Grade
from onewindow.feedback.reasons import REASONS
from onewindow.people.models import ApiToken
from onewindow.web.api import shapes
from onewindow.web.api.apply import Key
from onewindow.web.api.cases import NUMBER
from onewindow.web.api.door import ApiRequest, Caller, Door
from onewindow.web.api.once import once
from onewindow.web.api.problems import Fault, Kind, Refusal
from onewindow.web.api.refusals import WITH_TOKEN, refusals
from onewindow.web.api.shapes import Word, said

CHANNEL = "api"
_CODES = "国家评价指标的原因编码，要和评价的等次相配：" + "，".join(
    f"{code} {words}" for code, (_, words) in sorted(REASONS.items())
)
router = Router(tags=["评价"])


class RatingIn(BaseModel):
    """What the person served says."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)
    grade: Annotated[
        int, Field(ge=1, le=5, description="5 非常满意，4 满意，3 基本满意，2 不满意，1 非常不满意")
    ]
    reasons: list[int] = Field([], max_length=20, description=_CODES)
    text: str = Field("", max_length=500)


@router.post(
    "/cases/{number}/rating",
    auth=Door("rating", ApiToken.Scope.APPLY, a_minute=60),
    response=refusals(shapes.Rated, 404, 409, 411, 413, 415, *WITH_TOKEN, status=201),
)
def rate(request: ApiRequest, number: str, told: RatingIn, idempotency_key: Key = None) -> HttpResponse:
    """评价: 办完的事由申请人评价，一次服务评价一次。"""
    return once(request, lambda: _rate(request.auth, number, told))


def _rate(caller: Caller, number: str, told: RatingIn) -> HttpResponse:
    case = caller.find(NUMBER, number)
    unfit = [n for n, code in enumerate(told.reasons) if REASONS.get(code, (0,))[0] != told.grade]
    if unfit:
        faults = [Fault(field=f"reasons.{n}", message="没有这个原因，或者和评价的等次不配。") for n in unfit]
        raise Refusal(Kind.FAULTS, f"原因有 {len(unfit)} 处需要改正，见接口说明。", faults)
    rating = give(case, by=caller.actor, at=caller.at, channel=CHANNEL, **told.model_dump())
    grade = Word(code=str(rating.grade), word=Grade(rating.grade).label)
    reasons = [Word(code=str(code), word=REASONS[code][1]) for code in rating.reasons]
    return said(shapes.Rated(number=case.number, grade=grade, reasons=reasons), status=201)
