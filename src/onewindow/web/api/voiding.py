"""作废的步骤: what does a program send to say that a fact is wrong, and to confirm or decline it?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from onewindow.cases.acts import void
from onewindow.cases.models import Case
from onewindow.rules.record import Wrong
from onewindow.web.api.deed import Deed, materials_of


class AskVoid(Deed):
    """提出作废一项记载；由另一位有权的人确认以后才作废。收件、亮灯和已经送达的决定不能作废"""

    step: Literal["ask-void"]
    place: int = Field(ge=1, description="记载在本件里的序号，从 1 起，见办件 records 的 place")
    cause: Wrong = Field(
        description="other_case 别的件的，slip 操作失误，never_was 没有发生，details 内容登记错，misjudged 认定错、尚未送达"
    )
    reason: Annotated[str, Field(min_length=1, max_length=500, description="事情的经过，申请人看不到")]
    shown_on: date | None = Field(
        None,
        description="只用于视为受理、逾期终止和容缺逾期：当时漏记的撤回、补正材料或者容缺材料是哪天来的，一并补录",
    )
    shown_materials: list[Annotated[str, Field(max_length=20)]] = Field(
        default=[], max_length=100, description="逾期终止、容缺逾期的：当时交来的材料编码"
    )

    def do(self, case: Case, by: Any, at: datetime) -> object:
        papers = materials_of(case, self.shown_materials, "shown_materials")
        return void.ask_void(
            case,
            by=by,
            at=at,
            place=self.place,
            cause=self.cause.value,
            reason=self.reason,
            shown_on=self.shown_on,
            shown_papers=[one.pk for one in papers.values()],
        )


class ConfirmVoid(Deed):
    """确认作废；不能是提出的人，也不能是记下这项记载的人"""

    step: Literal["confirm-void"]
    takes = ("voiding",)
    voiding: int = Field(description="办件 records 里的 voiding")
    act = staticmethod(void.confirm_void)


class DeclineVoid(Deed):
    """不同意作废，写明理由"""

    step: Literal["decline-void"]
    takes = ("voiding", "remark")
    voiding: int
    remark: Annotated[str, Field(min_length=1, max_length=300)]
    act = staticmethod(void.decline_void)
