"""能办的步骤: what does a program send to take a case one step on, and which act does each step call?

The powers are those of the acts themselves; nothing is allowed here that the desk would refuse.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from onewindow.cases.acts import accept, correct, decide, examine, receive, refuse, withdraw
from onewindow.cases.acts.receive import Found
from onewindow.cases.models import Case, Question
from onewindow.catalogue.models import Material
from onewindow.intake.acts import Paper
from onewindow.intake.models import Submitted
from onewindow.people.models import Officer
from onewindow.people.reads import holders_in
from onewindow.places.reads import here
from onewindow.rules.grants import Grant, Overreach
from onewindow.rules.stages import Stage
from onewindow.web.api.deed import Codes, Dated, Deed, FilesByCode, Line, Text, fault, materials_of
from onewindow.web.api.examining import GrantIt, Review
from onewindow.web.api.filing import CheckFiling, FileIt
from onewindow.web.api.handing import ConfirmArrival, Dispatch, Download, HandOver, ReturnOriginals, TakeBack
from onewindow.web.api.kinds import (
    AnswerAbove,
    ContactAbove,
    DecideAtOnce,
    DeclineJoint,
    ExtendJoint,
    NameLicence,
    SendUp,
)
from onewindow.web.api.moving import (
    AskExtension,
    BeginProcedure,
    DeclineExtension,
    EndProcedure,
    Extend,
    ProlongProcedure,
    ReplaceHost,
)
from onewindow.web.api.others import AnyOther
from onewindow.web.api.parts import kept
from onewindow.web.api.promising import Promising
from onewindow.web.api.serving import (
    ConfirmCorrection,
    CorrectLetter,
    DeclineCorrection,
    HandLetter,
    LeaveLetter,
    LetterArrived,
    LetterBack,
    SendLetter,
    TakeLetter,
)
from onewindow.web.api.voiding import AskVoid, ConfirmVoid, DeclineVoid


class Finding(BaseModel):
    """What was found for one material."""

    model_config = ConfigDict(extra="forbid")
    finding: Literal["fits", "missing", "wrong", "none"] = Field(
        description="fits 符合，missing 缺，wrong 不符，none 不涉及（只用于有情形条件的和免提交的材料）"
    )
    reason: str = Field("", max_length=300)


class Judge(Deed):
    """核对材料"""

    step: Literal["judge"]
    findings: dict[str, Finding] = Field(min_length=1, description="按材料编码")

    def do(self, case: Case, by: Any, at: datetime) -> object:
        known = materials_of(case, self.findings, "findings")
        found = {known[code].pk: Found(one.finding, one.reason) for code, one in self.findings.items()}
        return receive.judge(case, by=by, at=at, findings=found)


class Accept(Deed):
    """受理；每份材料都核对过才能受理，否则 409 unjudged，errors 写明还没有核对的材料编码"""

    step: Literal["accept"]
    act = staticmethod(accept.accept)


class AcceptAsIs(Deed):
    """照现有材料受理；只在一次性告知补正用过以后、仍有材料核为缺或不符时，受理通知书如实写明"""

    step: Literal["accept-as-is"]
    act = staticmethod(accept.accept_as_is)


class CorrectOnSpot(Deed):
    """当场更正"""

    step: Literal["correct"]
    materials: Codes

    def do(self, case: Case, by: Any, at: datetime) -> object:
        known = list(materials_of(case, self.materials, "materials").values())
        papers = [Paper(one) for one in known]
        done = correct.correct_on_spot(case, by=by, at=at, materials=self.materials, papers=papers)
        fits = {one.pk: Found("fits", "当场更正") for one in known}
        return receive.judge(done, by=by, at=at, findings=fits)


class AskCorrection(Deed):
    """一次性告知补正"""

    step: Literal["ask-correction"]
    demands: dict[str, Line] = Field(min_length=1, description="按材料编码写明缺什么、怎样补")
    why_late: str = Field(
        "", max_length=300, description="超过期限才告知的理由；逾期依法视为受理的事项不能再告知"
    )

    def do(self, case: Case, by: Any, at: datetime) -> object:
        told = {"demands": _demands(case, self.demands), "why_late": self.why_late}
        return correct.ask_correction(case, by=by, at=at, **told)  # type: ignore[arg-type]


class AskAgain(Deed):
    """批准再次补正"""

    step: Literal["ask-again"]
    demands: dict[str, Line] = Field(min_length=1)
    what_is_wrong: Text

    def do(self, case: Case, by: Any, at: datetime) -> object:
        demands = _demands(case, self.demands)
        return correct.ask_again(case, by=by, at=at, demands=demands, what_is_wrong=self.what_is_wrong)


class ReceiveCorrection(Dated):
    """收补正材料"""

    step: Literal["receive-correction"]
    materials: Codes
    files: FilesByCode = {}

    def do(self, case: Case, by: Any, at: datetime) -> object:
        known = materials_of(case, self.materials, "materials")
        materials_of(case, self.files, "files")
        papers = [paper for code, one in known.items() for paper in self._papers(code, one, at)]
        return correct.receive_correction(case, by=by, at=at, papers=papers, **self.late)

    def _papers(self, code: str, material: Material, at: datetime) -> list[Paper]:
        scans = kept(here(), at, f"files.{code}", self.files.get(code, ()))
        return [Paper(material, how=Submitted.How.SCAN, file=one) for one in scans] or [Paper(material)]


class AnswerCorrection(Deed):
    """网上补正"""

    step: Literal["answer-correction"]
    files: FilesByCode = Field(min_length=1)

    def do(self, case: Case, by: Any, at: datetime) -> object:
        known = materials_of(case, self.files, "files")
        papers = [
            Paper(known[code], how=Submitted.How.UPLOAD, file=one)
            for code, files in self.files.items()
            for one in kept(here(), at, f"files.{code}", files)
        ]
        return correct.answer_correction(case, by=by, at=at, papers=papers)


class NothingToAdd(Deed):
    """申请人答复没有可补正的，请按现有材料处理；申请人自己，或者收件的窗口照他说的登记"""

    step: Literal["nothing-to-add"]

    def do(self, case: Case, by: Any, at: datetime) -> object:
        act = correct.note_nothing if isinstance(by, Officer) else correct.answer_nothing
        return act(case, by=by, at=at)


class _WhyNot(Deed):
    takes = ("kind", "reasons", "basis", "go_to")
    kind: Literal["refused", "not_ours", "not_needed"]
    reasons: Text
    basis: Line
    go_to: str = Field("", max_length=200)


class Refuse(_WhyNot):
    """不予受理"""

    step: Literal["refuse"]
    act = staticmethod(refuse.refuse)


class ProposeRefusal(_WhyNot):
    """提请不予受理"""

    step: Literal["propose-refusal"]
    act = staticmethod(refuse.propose_refusal)


class ConfirmRefusal(Deed):
    """同意不予受理"""

    step: Literal["confirm-refusal"]
    act = staticmethod(refuse.confirm_refusal)


class SendBackRefusal(Deed):
    """不同意，退回受理"""

    step: Literal["send-back-refusal"]
    takes = ("remark",)
    remark: Line
    act = staticmethod(refuse.send_back_refusal)


class Forward(Deed):
    """转办"""

    step: Literal["forward"]
    to: str = Field(min_length=1, max_length=20, description="工号，见 listColleagues")

    def do(self, case: Case, by: Any, at: datetime) -> object:
        needed = Grant.CASE_DECIDE if case.stage == Stage.DECIDING else Grant.CASE_EXAMINE
        there = holders_in(case.department_id, needed, at.date())
        to = next((one for one in there if one.staff_no == self.to), None)
        if to is None:
            raise fault("to", "本部门没有这个工号、又有权接着办本件的人员。")
        return examine.forward(case, by=by, at=at, to=to)


class AskExplanation(Deed):
    """请您说明"""

    step: Literal["ask-explanation"]
    takes = ("text", "reply_by")
    text: Annotated[str, Field(min_length=1, max_length=500)]
    reply_by: date | None = None
    act = staticmethod(examine.ask_explanation)


class Explain(Deed):
    """申请人的说明"""

    step: Literal["explain"]
    question: int
    answer: Annotated[str, Field(min_length=1, max_length=2000)]

    def do(self, case: Case, by: Any, at: datetime) -> object:
        asked = Question.objects.filter(case=case, pk=self.question).first()
        if asked is None:
            raise fault("question", "本件没有这个问题。")
        return examine.explain(case, by=by, at=at, question=asked, answer=self.answer)


class SendBackReview(Deed):
    """退回重新审核"""

    step: Literal["send-back-review"]
    takes = ("text",)
    text: Text
    act = staticmethod(examine.send_back_review)


class Deny(Deed):
    """不予"""

    step: Literal["deny"]
    takes = ("text", "grounds", "basis")
    text: Text
    grounds: Text
    basis: Line
    act = staticmethod(decide.deny)


class Withdraw(Dated):
    """撤回申请"""

    step: Literal["withdraw"]
    takes = ("on", "why_late")
    act = staticmethod(withdraw.withdraw)


AnyDeed = Annotated[
    Judge
    | Accept
    | AcceptAsIs
    | CorrectOnSpot
    | AskCorrection
    | AskAgain
    | ReceiveCorrection
    | AnswerCorrection
    | NothingToAdd
    | Refuse
    | ProposeRefusal
    | ConfirmRefusal
    | SendBackRefusal
    | Forward
    | AskExplanation
    | Explain
    | FileIt
    | CheckFiling
    | AskExtension
    | Extend
    | DeclineExtension
    | BeginProcedure
    | EndProcedure
    | AnyOther
    | DecideAtOnce
    | SendUp
    | ContactAbove
    | AnswerAbove
    | NameLicence
    | ExtendJoint
    | DeclineJoint
    | ProlongProcedure
    | ReplaceHost
    | Promising
    | Review
    | SendBackReview
    | GrantIt
    | Deny
    | Withdraw
    | HandOver
    | ReturnOriginals
    | Dispatch
    | ConfirmArrival
    | TakeBack
    | Download
    | HandLetter
    | LeaveLetter
    | SendLetter
    | LetterArrived
    | LetterBack
    | TakeLetter
    | CorrectLetter
    | ConfirmCorrection
    | DeclineCorrection
    | AskVoid
    | ConfirmVoid
    | DeclineVoid,
    Field(discriminator="step"),
]


def _demands(case: Case, told: Mapping[str, str]) -> dict[int, str]:
    listed = dict(Material.objects.filter(version=case.version_id).values_list("code", "pk"))
    if beyond := [code for code in told if code not in listed]:
        raise Overreach("只能要求补正本事项清单里的材料，不得索要清单以外的材料。请从清单里选。", *beyond)
    return {listed[code]: demand for code, demand in told.items()}
