"""承诺的步骤: what does a program send to sign a promise, to bring and judge what was promised, and to check it afterwards?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import Field

from onewindow.cases.acts import defer, fraud, promise, promise_check
from onewindow.cases.acts.receive import Found
from onewindow.cases.models import Case
from onewindow.catalogue.models import Material
from onewindow.intake.acts import Paper
from onewindow.intake.models import Submitted
from onewindow.people.models import Officer
from onewindow.places.reads import here
from onewindow.web.api.deed import Codes, Dated, Deed, FilesByCode, Line, Text, materials_of
from onewindow.web.api.parts import kept

_PAPER = "申请人已在纸质承诺书上签字，原件存档"


class AcceptOnPromise(Deed):
    """容缺受理；只缺可容缺的材料、申请人签了承诺书才可以，补交的日子由事项或者本地设定给出"""

    step: Literal["accept-on-promise"]
    takes = ("on_paper",)
    on_paper: bool = Field(False, description=f"{_PAPER}；申请人在网上签过的不写")
    act = staticmethod(defer.accept_on_promise)


class SupplyDeferred(Dated):
    """补交容缺材料；窗口收的写编码，申请人自己交的要附文件"""

    step: Literal["supply-deferred"]
    materials: Codes
    files: FilesByCode = {}

    def do(self, case: Case, by: Any, at: datetime) -> object:
        known = materials_of(case, self.materials, "materials")
        materials_of(case, self.files, "files")
        papers = [paper for code, one in known.items() for paper in self._papers(code, one, at)]
        if isinstance(by, Officer):
            return defer.receive_supply(case, by=by, at=at, papers=papers, **self.late)
        return defer.supply(case, by=by, at=at, papers=papers)

    def _papers(self, code: str, material: Material, at: datetime) -> list[Paper]:
        files = kept(here(), at, f"files.{code}", self.files.get(code, ()))
        return [Paper(material, how=Submitted.How.UPLOAD, file=one) for one in files] or [Paper(material)]


class JudgeSupply(Deed):
    """核对补交的材料；不符的写明哪里不符，告知申请人再补"""

    step: Literal["judge-supply"]
    fits: list[str] = Field([], max_length=100, description="符合的材料编码")
    wrong: dict[str, Line] = Field({}, max_length=100, description="按材料编码写明哪里不符")

    def do(self, case: Case, by: Any, at: datetime) -> object:
        good, bad = materials_of(case, self.fits, "fits"), materials_of(case, self.wrong, "wrong")
        found = {one.pk: Found("fits") for one in good.values()}
        found |= {one.pk: Found("wrong", self.wrong[code]) for code, one in bad.items()}
        return defer.judge_supply(case, by=by, at=at, findings=found)


class SignPromise(Deed):
    """按告知承诺办理；申请人自愿选择，窗口登记纸质承诺书，申请人自己在网上确认"""

    step: Literal["sign-promise"]
    on_paper: bool = Field(False, description=f"{_PAPER}；申请人自己办的不写")

    def do(self, case: Case, by: Any, at: datetime) -> object:
        if isinstance(by, Officer):
            return promise.sign_promise(case, by=by, at=at, on_paper=self.on_paper)
        return promise.promise_online(case, by=by, at=at)


class TakePromiseBack(Deed):
    """收回承诺，改按一般程序办理；作出决定以前"""

    step: Literal["take-promise-back"]
    act = staticmethod(promise.take_promise_back)


class ConfirmKept(Deed):
    """承诺核查属实"""

    step: Literal["confirm-kept"]
    takes = ("found",)
    found: Text
    act = staticmethod(promise_check.confirm_kept)


class OrderMending(Deed):
    """责令限期整改"""

    step: Literal["order-mending"]
    takes = ("found", "demand", "mend_by")
    found: Text
    demand: Text
    mend_by: date | None = Field(None, description="不写的按本地设定的天数")
    act = staticmethod(promise_check.order_mending)


class ConfirmMended(Deed):
    """整改到位"""

    step: Literal["confirm-mended"]
    takes = ("result",)
    result: Text
    act = staticmethod(promise_check.confirm_mended)


class AnnounceRevocation(Deed):
    """拟撤销告知，先听取陈述申辩"""

    step: Literal["announce-revocation"]
    takes = ("grounds", "basis")
    grounds: Text
    basis: Line
    act = staticmethod(promise_check.announce_revocation)


class AnnounceFraud(Deed):
    """以欺骗、贿赂等不正当手段取得的许可，拟撤销告知；以后的步骤与承诺不实的撤销相同"""

    step: Literal["announce-fraud"]
    takes = ("grounds",)
    grounds: Text
    act = staticmethod(fraud.announce_fraud)


class HearStatement(Deed):
    """记下陈述申辩"""

    step: Literal["hear-statement"]
    takes = ("statement",)
    statement: Text
    act = staticmethod(promise_check.hear_statement)


class Revoke(Deed):
    """撤销决定；不能是提出撤销的人，听取陈述申辩或者期限过了才可以"""

    step: Literal["revoke"]
    takes = ("remark",)
    remark: str = Field("", max_length=1000)
    act = staticmethod(promise_check.revoke)


class DropRevocation(Deed):
    """不予撤销"""

    step: Literal["drop-revocation"]
    takes = ("remark",)
    remark: Text
    act = staticmethod(promise_check.drop_revocation)


Promising = (
    AcceptOnPromise
    | SupplyDeferred
    | JudgeSupply
    | SignPromise
    | TakePromiseBack
    | ConfirmKept
    | OrderMending
    | ConfirmMended
    | AnnounceRevocation
    | AnnounceFraud
    | HearStatement
    | Revoke
    | DropRevocation
)
