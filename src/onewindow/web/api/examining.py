"""审核和准予: what does a program send of the examination – the points, the visit of two, the opinion, the grant?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from onewindow.cases.acts import decide, examine
from onewindow.cases.examined import OnSite
from onewindow.cases.models import Case
from onewindow.people.reads import colleagues
from onewindow.web.api.deed import Deed, Line, Text, fault


class Point(BaseModel):
    """One examination point."""

    model_config = ConfigDict(extra="forbid")
    point: Line = Field(description="办事指南 guide.points 里的 look，原文")
    fits: bool | None = Field(description="true 符合，false 不符，null 不涉及")
    note: str = Field("", max_length=300)


class Visit(BaseModel):
    """两人实地核查"""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)
    second: str = Field(min_length=1, max_length=20, description="同去的核查人员的工号，不能是自己")
    on: date = Field(description="核查日期，受理以后、今天以前（含今天）")
    place: Annotated[str, Field(min_length=1, max_length=200)]
    record: Text


class Review(Deed):
    """审核意见；建议准予的，审查要点要逐项核对，否则 422，errors 写明还没有核对的要点"""

    step: Literal["review"]
    favourable: bool
    text: Text
    points: list[Point] = Field([], max_length=100)
    on_site: Visit | None = Field(
        None, description="事项的环节写明两人现场核查（guide.steps 的 inspectors）的，建议准予时必填"
    )

    def do(self, case: Case, by: Any, at: datetime) -> object:
        told: dict[str, Any] = {"favourable": self.favourable, "text": self.text}
        points = [one.model_dump() for one in self.points]
        check = _visit(case, self.on_site, at) if self.on_site else None
        return examine.review(case, by=by, at=at, points=points, check=check, **told)


class GrantIt(Deed):
    """准予；只有一个决定环节的事项（即办件）在这里逐项核对审查要点，规则同审核意见"""

    step: Literal["grant"]
    text: Text
    valid_from: date | None = Field(None, description="有效期自；空着的，事项定了有效期就从作出决定之日起算")
    valid_until: date | None = Field(None, description="有效期至；空着的，按事项定的有效期算")
    points: list[Point] = Field([], max_length=100)

    def do(self, case: Case, by: Any, at: datetime) -> object:
        told: dict[str, Any] = {
            "text": self.text,
            "valid_from": self.valid_from,
            "valid_until": self.valid_until,
        }
        points = [one.model_dump() for one in self.points]
        return decide.grant(case, by=by, at=at, points=points, **told)


def _visit(case: Case, told: Visit, at: datetime) -> OnSite:
    there = colleagues(case.department_id, at.date())
    second = next((one for one in there if one.staff_no == told.second), None)
    if second is None:
        raise fault("on_site.second", "本部门没有这个工号的在岗人员。")
    return OnSite(second, told.on, told.place, told.record)
