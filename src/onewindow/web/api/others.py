"""费用、利害关系人、限制的步骤: what does a program send to bill, collect, hear others, and bar?"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from onewindow.cases.acts import bars, fees, relief
from onewindow.cases.acts import third as thirds
from onewindow.cases.models import Case
from onewindow.web.api.deed import Deed, Line, Text, now_of

Yuan = Annotated[
    Decimal, Field(ge=0, max_digits=10, decimal_places=2, description="元，最多两位小数", examples=["75.50"])
]
Why = Annotated[str, Field(min_length=1, max_length=500)]
BillId = Annotated[int, Field(description="办件里 bills 的 id")]
ThirdId = Annotated[int, Field(description="办件里 thirds 的 id")]


class ChargeIn(BaseModel):
    """一项费用."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)
    name: str = Field(min_length=1, max_length=100, description="办事指南列出的收费项目")
    count: int = Field(1, ge=1, le=9999)
    price: Yuan | None = Field(None, description="指南没有固定金额的必填")
    how: str = Field("", max_length=200, description="怎样计算；指南没有固定金额的必填")


Charges = Annotated[list[ChargeIn], Field(min_length=1, max_length=50)]


def _charged(rows: list[ChargeIn]) -> list[fees.Charged]:
    return [fees.Charged(name=one.name, count=one.count, price=one.price, how=one.how) for one in rows]


class MakeBill(Deed):
    """开缴费通知书；费用一次性告知，只开一张"""

    step: Literal["bill"]
    charges: Charges

    def do(self, case: Case, by: Any, at: datetime) -> object:
        return fees.bill(case, by=by, at=at, charged=_charged(self.charges))


class MakeBillAgain(Deed):
    """另开缴费通知书；由部门负责人写明理由，代替没有缴的那张，已经缴清的是补收"""

    step: Literal["bill-again"]
    charges: Charges
    why: Why

    def do(self, case: Case, by: Any, at: datetime) -> object:
        return fees.bill_again(case, by=by, at=at, charged=_charged(self.charges), why=self.why)


class Collect(Deed):
    """窗口收费；一次缴清，金额不符的不能入账"""

    step: Literal["collect"]
    bill: BillId
    amount: Yuan
    receipt: str = Field(min_length=1, max_length=40, description="财政票据号码，只能用一次")
    payer: str = Field(min_length=1, max_length=100)

    def do(self, case: Case, by: Any, at: datetime) -> object:
        told: dict[str, Any] = {name: getattr(self, name) for name in ("bill", "amount", "receipt", "payer")}
        return fees.collect(case, by=by, at=at, window=getattr(by, "window", None), **told)


class AskRelief(Deed):
    """提请减免；由另一个人决定"""

    step: Literal["ask-relief"]
    takes = ("bill", "amount", "ground", "basis")
    bill: BillId
    amount: Yuan
    ground: Why
    basis: Line
    act = staticmethod(relief.ask_relief)


class GrantRelief(Deed):
    """同意减免"""

    step: Literal["grant-relief"]
    act = staticmethod(relief.grant_relief)


class DeclineRelief(Deed):
    """不同意减免"""

    step: Literal["decline-relief"]
    takes = ("remark",)
    remark: Line
    act = staticmethod(relief.decline_relief)


class AskRefund(Deed):
    """提请退付；由另一个人决定"""

    step: Literal["ask-refund"]
    takes = ("bill", "amount", "reason")
    bill: BillId
    amount: Yuan
    reason: Why
    act = staticmethod(relief.ask_refund)


class Refund(Deed):
    """同意退付"""

    step: Literal["refund"]
    act = staticmethod(relief.refund)


class DeclineRefund(Deed):
    """不同意退付"""

    step: Literal["decline-refund"]
    takes = ("remark",)
    remark: Line
    act = staticmethod(relief.decline_refund)


class NameThird(Deed):
    """确定利害关系人；告知书随后生成，申请人看不到他是谁"""

    step: Literal["name-third"]
    name: str = Field(min_length=1, max_length=100)
    concerns: Annotated[
        str, Field(min_length=1, max_length=500, description="关系他的什么重大利益，印在告知书上")
    ]
    contact: str = Field("", max_length=200)
    organisation: bool = False

    def do(self, case: Case, by: Any, at: datetime) -> object:
        names = ("name", "concerns", "contact", "organisation")
        who = thirds.Touched(**{name: getattr(self, name) for name in names})
        return thirds.name_third(case, by=by, at=at, who=who)


class TellThird(Deed):
    """登记告知书送达利害关系人；他的期限从次日起算"""

    step: Literal["tell-third"]
    takes = ("third", "way", "told_on")
    third: ThirdId
    way: Literal["counter", "post", "left", "public"]
    told_on: date
    act = staticmethod(thirds.tell_third)


class NoteThird(Deed):
    """记下利害关系人的意见"""

    step: Literal["note-third"]
    takes = ("third", "how", "text", "hearing", "said_on", "why_late")
    third: ThirdId
    how: Literal["counter", "paper"] = "counter"
    text: Text
    hearing: bool = Field(False, description="要求听证；期限过了才提出的照样记下，由承办部门决定要不要听证")
    said_on: date | None = Field(None, description="哪一天提出的；不写的是今天")
    why_late: str = Field("", max_length=300, description="不是今天提出的，写明为什么今天才登记")
    act = staticmethod(thirds.note_third)


class HearThird(Deed):
    """听取利害关系人的意见，写明采纳了没有"""

    step: Literal["hear-third"]
    takes = ("third", "weighed")
    third: ThirdId
    weighed: Annotated[str, Field(min_length=1, max_length=1000)]
    act = staticmethod(thirds.hear_third)


class ReleaseThird(Deed):
    """不再列为利害关系人"""

    step: Literal["release-third"]
    takes = ("third", "why")
    third: ThirdId
    why: Line
    act = staticmethod(thirds.release_third)


class Bar(Deed):
    """警告和限制申请；只适用于行政许可，由部门负责人作出"""

    step: Literal["bar"]
    ground: Literal["false_papers", "fraud"]
    facts: Annotated[str, Field(min_length=1, max_length=1000)]
    decision: str = Field(
        "", max_length=200, description="依据的决定书和文号；空着就是本件的撤销决定或者不予决定"
    )
    decided_on: date | None = Field(None, description="那份决定的日期；空着同上")

    def do(self, case: Case, by: Any, at: datetime) -> object:
        names = ("ground", "facts", "decision", "decided_on")
        finding = bars.Finding(**{name: getattr(self, name) for name in names})
        bars.bar(case, by=by, at=at, finding=finding)
        return now_of(case)


class _OfBar(Deed):
    def do(self, case: Case, by: Any, at: datetime) -> object:
        super().do(case, by, at)
        return now_of(case)


class AskLift(_OfBar):
    """提请解除限制申请"""

    step: Literal["ask-lift"]
    takes = ("why",)
    why: Why
    act = staticmethod(bars.ask_lift)


class Lift(_OfBar):
    """同意解除限制申请；不能是提请的人"""

    step: Literal["lift"]
    act = staticmethod(bars.lift)


class DeclineLift(_OfBar):
    """不同意解除限制申请"""

    step: Literal["decline-lift"]
    takes = ("remark",)
    remark: Line
    act = staticmethod(bars.decline_lift)


AnyOther = (
    MakeBill
    | MakeBillAgain
    | Collect
    | AskRelief
    | GrantRelief
    | DeclineRelief
    | AskRefund
    | Refund
    | DeclineRefund
    | NameThird
    | TellThird
    | NoteThird
    | HearThird
    | ReleaseThird
    | Bar
    | AskLift
    | Lift
    | DeclineLift
)
