"""文书的步骤: what does a program send to have a letter served, and to have one put right?

The powers are those of the acts; who only hands letters out serves those that its window has to, of any case.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import Http404
from pydantic import Field

from onewindow.cases.models import Case
from onewindow.letters import acts, anew
from onewindow.letters.models import Letter
from onewindow.letters.reads import to_serve
from onewindow.people.models import Officer
from onewindow.places.reads import here
from onewindow.web.api.deed import Dated, Deed, Taken, fault
from onewindow.web.api.door import Caller
from onewindow.web.api.parts import kept
from onewindow.web.api.sent import FileIn

LetterId = Annotated[int, Field(ge=1, lt=2**63, description="文书的 id，见 getCase 的 letters")]
ReissueId = Annotated[
    int, Field(ge=1, lt=2**63, description="更正的编号，见 getCase 的 letters 里 correction")
]
WORDS = "、".join(
    dict.fromkeys(f"{name} {label}" for words in anew.WORDING.values() for name, label in words)
)


class _OfLetter(Deed):
    def do(self, case: Case, by: Any, at: datetime) -> object:
        """The act answers with what it wrote about the letter; the caller is told of the letter's case."""
        done: Any = self.perform(case, by, at)
        return done.letter.subject.case

    def perform(self, case: Case, by: Any, at: datetime) -> object:
        return super().do(case, by, at)


class _Serving(_OfLetter):
    letter: LetterId

    def find(self, caller: Caller, number: str) -> Case:
        """Also one that he does not see as a case, when this letter waits at his window."""
        try:
            return super().find(caller, number)
        except Http404:
            if not isinstance(caller.actor, Officer):
                raise
            waits = to_serve(caller.actor).filter(letter=self.letter, letter__subject__case__number=number)
            found = waits.select_related("letter__subject__case__subject").first()
            if found is None:
                raise
            case: Case = found.letter.subject.case
            return case


class HandLetter(Dated, _Serving, Taken):
    """当面送达文书（结果用 hand-over）"""

    step: Literal["hand-letter"]

    def perform(self, case: Case, by: Any, at: datetime) -> object:
        told: dict[str, Any] = {"taker": self.taker, "window": getattr(by, "window", None), **self.late}
        return acts.serve_at_counter(case, by=by, at=at, letter=self.letter, **told)


class LeaveLetter(Dated, _Serving):
    """拒收的，留置送达；见证人和现场照片至少有一样"""

    step: Literal["leave-letter"]
    place: Annotated[str, Field(min_length=1, max_length=200, description="留在了哪里，写到门牌")]
    why: Annotated[str, Field(min_length=1, max_length=200, description="对方怎样拒收")]
    witness: str = Field("", max_length=100, description="见证人的姓名和单位")
    photo: FileIn | None = Field(None, description="现场照片")

    def perform(self, case: Case, by: Any, at: datetime) -> object:
        [photo] = kept(here(), at, "photo", [self.photo]) if self.photo else [None]
        told: dict[str, Any] = {"place": self.place, "why": self.why, "witness": self.witness, **self.late}
        return acts.serve_by_leaving(case, by=by, at=at, letter=self.letter, photo=photo, **told)

    def attached(self) -> Iterator[tuple[str, FileIn]]:
        if self.photo is not None:
            yield "photo", self.photo


class SendLetter(_Serving):
    """寄出文书；签收以后才是送达"""

    step: Literal["send-letter"]
    takes = ("letter", "tracking")
    tracking: Annotated[str, Field(min_length=1, max_length=40)]
    act = staticmethod(acts.send_letter)


class LetterArrived(Dated, _Serving):
    """寄出的文书已签收，照回执写签收人"""

    step: Literal["letter-arrived"]
    takes = ("letter", "taker", "on", "why_late")
    taker: Annotated[str, Field(min_length=1, max_length=60)]
    act = staticmethod(acts.letter_arrived)


class LetterBack(_Serving):
    """寄出的文书退了回来"""

    step: Literal["letter-back"]
    takes = ("letter", "why")
    why: Annotated[str, Field(min_length=1, max_length=200)]
    act = staticmethod(acts.letter_came_back)


class TakeLetter(_OfLetter):
    """申请人网上签收文书；要同意过电子送达"""

    step: Literal["take-letter"]
    takes = ("letter",)
    letter: LetterId
    act = staticmethod(acts.take_online)


class CorrectLetter(_OfLetter):
    """更正文书；别人作的决定，等有决定权的人确认（confirm-correction），其他的马上重新出具"""

    step: Literal["correct-letter"]
    letter: LetterId
    why: Annotated[str, Field(min_length=1, max_length=200, description="会印在新的文书上")]
    wording: dict[str, Annotated[str, Field(max_length=2000)]] = Field(
        {}, description=f"改写的文字，只写要改的：{WORDS}；其余照现在的档案重新出具"
    )

    def perform(self, case: Case, by: Any, at: datetime) -> object:
        self._refuse_foreign(case)
        told: dict[str, Any] = {"why": self.why, "wording": self.wording}
        return acts.ask_correction(case, by=by, at=at, letter=self.letter, **told)

    def _refuse_foreign(self, case: Case) -> None:
        if not self.wording:
            return
        letter = Letter.objects.filter(pk=self.letter, subject=case.subject_id).only("kind", "data").first()
        now = anew.wording_of(letter) if letter else {}
        if foreign := [name for name in self.wording if not now.get(name)]:
            raise fault(f"wording.{foreign[0]}", "这份文书没有这一处可以改写的文字，请删去。")


class ConfirmCorrection(_OfLetter):
    """同意更正文书"""

    step: Literal["confirm-correction"]
    takes = ("reissue",)
    reissue: ReissueId
    act = staticmethod(acts.confirm_correction)


class DeclineCorrection(_OfLetter):
    """不同意更正文书"""

    step: Literal["decline-correction"]
    takes = ("reissue", "remark")
    reissue: ReissueId
    remark: Annotated[str, Field(min_length=1, max_length=200)]
    act = staticmethod(acts.decline_correction)
