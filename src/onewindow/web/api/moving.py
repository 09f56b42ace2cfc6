"""动期限的步骤: what does a program send to lengthen a case, and to begin and end a special procedure?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from onewindow.cases.acts import extend, longer, special
from onewindow.cases.models import Case
from onewindow.people.reads import colleagues
from onewindow.web.api.deed import Dated, Deed, Line, Text, fault


class AskExtension(Deed):
    """提请延长；只能延长一次，在法定期限届满以前，法律或者办事指南写明可以延长的事项才可以"""

    step: Literal["ask-extension"]
    takes = ("reason",)
    reason: Annotated[str, Field(min_length=1, max_length=500, description="写给申请人看，印在告知书上")]
    act = staticmethod(extend.ask_extension)


class Extend(Deed):
    """批准延长；由本机关负责人办，不能是提请的人"""

    step: Literal["extend"]
    act = staticmethod(extend.extend)


class DeclineExtension(Deed):
    """不批准延长"""

    step: Literal["decline-extension"]
    takes = ("remark",)
    remark: Line
    act = staticmethod(extend.decline_extension)


class HearingIn(BaseModel):
    """听证的安排."""

    model_config = ConfigDict(extra="forbid")
    held_on: date = Field(description="举行的日期，至少在七个工作日以后")
    host: str = Field(min_length=1, max_length=20, description="主持人的工号，不能是审查本件的人")
    told_on: date | None = Field(None, description="告知听证权利的日期；依职权举行的不写")
    asked_on: date | None = Field(None, description="提出听证申请的日期；依职权举行的不写")


class BeginProcedure(Deed):
    """特别程序开始；只能是本事项办事指南列出的，所需时间书面告知申请人"""

    step: Literal["begin-procedure"]
    kind: str = Field(min_length=1, max_length=40, description="办事指南列出的名称")
    why: Annotated[str, Field(min_length=1, max_length=500, description="写给申请人看，印在告知书上")]
    parties: Line
    place: str = Field("", max_length=200)
    planned_end: date = Field(description="计划结束的日期")
    hearing: HearingIn | None = Field(None, description="kind 是听证的必填")

    def do(self, case: Case, by: Any, at: datetime) -> object:
        names = ("kind", "why", "parties", "place", "planned_end")
        told = {name: getattr(self, name) for name in names}
        plan = special.Plan(**told, hearing=_hearing(self.hearing, case, at) if self.hearing else None)
        return special.begin_procedure(case, by=by, at=at, plan=plan)


class EndProcedure(Dated):
    """特别程序结束，写明结果；停止计算的期限从次日起接着算"""

    step: Literal["end-procedure"]
    takes = ("procedure", "outcome", "result", "signed", "on", "why_late")
    procedure: int = Field(description="办件里 procedures 的 id")
    outcome: Literal["done", "called_off"] = Field("done", description="done 已完成，called_off 没有进行")
    result: Text
    signed: bool = Field(False, description="听证笔录已经参加人签字或者盖章")
    act = staticmethod(special.end_procedure)


class ProlongProcedure(Deed):
    """延长特别程序，写明理由和新的计划结束日期，再书面告知一次；每一项只能延长一次"""

    step: Literal["prolong-procedure"]
    takes = ("procedure", "planned_end", "reason")
    procedure: int = Field(description="办件里 procedures 的 id")
    planned_end: date = Field(description="新的计划结束日期")
    reason: Annotated[str, Field(min_length=2, max_length=500, description="写给申请人看，印在告知书上")]
    act = staticmethod(longer.prolong_procedure)


class ReplaceHost(Deed):
    """更换听证主持人；由部门负责人办，书面告知申请人"""

    step: Literal["replace-host"]
    procedure: int = Field(description="办件里 procedures 的 id")
    host: str = Field(min_length=1, max_length=20, description="新主持人的工号，不能是审查本件的人")

    def do(self, case: Case, by: Any, at: datetime) -> object:
        there = colleagues(case.department_id, at.date())
        host = next((one for one in there if one.staff_no == self.host), None)
        if host is None:
            raise fault("host", "本部门今天没有这个工号的工作人员。")
        return longer.replace_host(case, by=by, at=at, procedure=self.procedure, host=host)


def _hearing(told: HearingIn, case: Case, at: datetime) -> special.Hearing:
    there = colleagues(case.department_id, at.date())
    host = next((one for one in there if one.staff_no == told.host), None)
    if host is None:
        raise fault("hearing.host", "本部门今天没有这个工号的工作人员。")
    return special.Hearing(held_on=told.held_on, host=host, told_on=told.told_on, asked_on=told.asked_on)
