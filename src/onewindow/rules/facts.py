"""事实: what can happen in the life of a case?

A fact is dated with the day on which it takes effect (`on`); its other fields are ids, dates and codes,
never names or numbers of persons, because the journal keeps them for ever.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Any, get_type_hints

# Every kind of fact by its name; kinds of other modules (`facts_*.py`) enter when they are defined.
FACTS: dict[str, type[Fact]] = {}


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that happened, with effect from the day `on`."""

    on: date

    def __init_subclass__(cls) -> None:
        FACTS[cls.__name__] = cls

    @property
    def name(self) -> str:
        return type(self).__name__


@dataclass(frozen=True, kw_only=True)
class Received(Fact):
    """收件: the papers came in; the five days of 行政许可法 32(四) run from here."""

    channel: str
    application: int
    # The shorter way that the item's version takes at this place (`rules.risk.Route`), fixed with the receipt.
    route: str = ""
    # What the clerk found when the papers came over the counter: the ids of the materials.
    fits: tuple[int, ...] = ()
    lacking: tuple[int, ...] = ()
    apart: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Judged(Fact):
    """材料核对: the ids of the materials that were found to fit or not, before acceptance; why stands in the verdicts.

    `apart`: those of a situation that is not this applicant's.
    """

    fits: tuple[int, ...]
    lacking: tuple[int, ...]
    apart: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CorrectedOnSpot(Fact):
    """当场更正 (行政许可法 32(三)): what could be put right at the counter, logged and not noticed."""

    materials: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CorrectionAsked(Fact):
    """补正告知 (行政许可法 32(四)): everything at once; `second` needs the department head.

    `late`: told after the last day for it, where no law lets silence accept.
    """

    correction: int
    reply_by: date
    materials: tuple[str, ...]
    second: bool = False
    late: bool = False


@dataclass(frozen=True, kw_only=True)
class CorrectionReceived(Fact):
    """补正收件: the papers asked for came in; without any, he has nothing to add and asks to go on with what is there."""

    correction: int
    materials: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CorrectionReminded(Fact):
    """补正催告: the day for the answer is near or past; the applicant is reminded once."""

    correction: int
    reply_by: date


@dataclass(frozen=True, kw_only=True)
class CorrectionLapsed(Fact):
    """补正逾期终止: no answer after the reminder; not a refusal, the applicant may apply again."""

    correction: int


@dataclass(frozen=True, kw_only=True)
class Accepted(Fact):
    """受理 (行政许可法 32(五)): the days to decide run from here.

    `lacking`: accepted on what is there; the ids of the materials that stay judged as lacking. `one_step`: nobody
    examines before the one who decides.
    """

    lacking: tuple[int, ...] = ()
    one_step: bool = False
    chief: int = 0  # the delegation by which a 首席事务代表 did it, here and in the facts below


@dataclass(frozen=True, kw_only=True)
class AcceptedBySilence(Fact):
    """逾期不告知，视为受理 (行政许可法 32(四)): recorded on day six, dated back to the receipt."""

    recorded_on: date
    one_step: bool = False


@dataclass(frozen=True, kw_only=True)
class RefusalProposed(Fact):
    """提请不予受理: the window has no veto; a second person confirms or sends back."""

    refusal: int


@dataclass(frozen=True, kw_only=True)
class RefusalSentBack(Fact):
    """不予受理未获同意: the second person sent the proposal back."""

    refusal: int


@dataclass(frozen=True, kw_only=True)
class Refused(Fact):
    """不予受理: a written decision with its reasons and the remedy."""

    refusal: int
    chief: int = 0


@dataclass(frozen=True, kw_only=True)
class NotOurs(Fact):
    """不属本机关职权 (行政许可法 32(二)): refused at once, and told where to go."""

    refusal: int


@dataclass(frozen=True, kw_only=True)
class NotNeeded(Fact):
    """依法不需要许可 (行政许可法 32(一)): told at once."""

    refusal: int


@dataclass(frozen=True, kw_only=True)
class Forwarded(Fact):
    """转办: another officer of the same department goes on."""

    to: int


@dataclass(frozen=True, kw_only=True)
class HandedBack(Fact):
    """退回部门待办: whoever had it leaves; it waits for the department again."""

    officer: int


@dataclass(frozen=True, kw_only=True)
class ExplanationAsked(Fact):
    """请您说明: a question after acceptance; it stops no clock and demands no paper."""

    question: int
    reply_by: date


@dataclass(frozen=True, kw_only=True)
class Explained(Fact):
    """已作说明: the applicant answered."""

    question: int


@dataclass(frozen=True, kw_only=True)
class Reviewed(Fact):
    """审核: the examiner's opinion, for or against; `second` checked on the spot with him (行政许可法 34)."""

    opinion: int
    favourable: bool
    second: int = 0


@dataclass(frozen=True, kw_only=True)
class ReviewSentBack(Fact):
    """退回重新审核: the one who decides wants it looked at again."""

    opinion: int


@dataclass(frozen=True, kw_only=True)
class Granted(Fact):
    """准予 (行政许可法 38); `judgement`: by the decision table, without a person."""

    decision: int
    chief: int = 0
    judgement: int = 0


@dataclass(frozen=True, kw_only=True)
class Denied(Fact):
    """不予 (行政许可法 38): in writing, with reasons and the remedy."""

    decision: int
    chief: int = 0


@dataclass(frozen=True, kw_only=True)
class Served(Fact):
    """送达: a letter other than the result reached the applicant."""

    letter: int
    way: str


@dataclass(frozen=True, kw_only=True)
class LetterSent(Fact):
    """文书寄出: a letter other than the result left by courier."""

    letter: int


@dataclass(frozen=True, kw_only=True)
class LetterCameBack(Fact):
    """文书退件: the courier brought such a letter back."""

    letter: int


@dataclass(frozen=True, kw_only=True)
class LetterCorrectionAsked(Fact):
    """申请更正文书: the words of a decision letter are to be put right; whoever decides confirms it."""

    letter: int
    reissue: int


@dataclass(frozen=True, kw_only=True)
class LetterCorrectionDeclined(Fact):
    """更正文书未获同意: the decision letter stays as it is."""

    reissue: int


@dataclass(frozen=True, kw_only=True)
class LetterCorrected(Fact):
    """更正文书: the letter is made anew from what the file says now; the old one stays, marked."""

    letter: int
    reissue: int


@dataclass(frozen=True, kw_only=True)
class Dispatched(Fact):
    """寄出: the result left by courier."""

    delivery: int


@dataclass(frozen=True, kw_only=True)
class CameBack(Fact):
    """退件: the courier brought the result back."""

    delivery: int


@dataclass(frozen=True, kw_only=True)
class PickupReminded(Fact):
    """催领: the result waits at the counter."""

    reminder: int


@dataclass(frozen=True, kw_only=True)
class Kept(Fact):
    """留存待领: nobody came after the reminders; the result is kept and listed."""


@dataclass(frozen=True, kw_only=True)
class Delivered(Fact):
    """结果送达: handed over, delivered or downloaded with proof; the case is closed."""

    delivery: int
    way: str


@dataclass(frozen=True, kw_only=True)
class OriginalsReturned(Fact):
    """退还原件: originals that were taken in went back against a receipt."""

    delivery: int
    materials: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Withdrawn(Fact):
    """撤回申请: by the applicant, at any time before the decision."""


@dataclass(frozen=True, kw_only=True)
class Rated(Fact):
    """评价: the grade and the national reason codes; what was written stands in the rating."""

    rating: int
    grade: int
    reasons: tuple[int, ...]
    channel: str


TERMS_ZH: dict[str, str] = {
    "Received": "收件",
    "Judged": "材料核对",
    "CorrectedOnSpot": "当场更正",
    "CorrectionAsked": "一次性告知补正",
    "CorrectionReceived": "补正材料收到",
    "CorrectionReminded": "补正提醒",
    "CorrectionLapsed": "逾期未补正，终止办理",
    "Accepted": "受理",
    "AcceptedBySilence": "逾期未告知，视为受理",
    "RefusalProposed": "提请不予受理",
    "RefusalSentBack": "不予受理未获同意",
    "Refused": "不予受理",
    "NotOurs": "不属本机关职权",
    "NotNeeded": "依法不需要办理",
    "Forwarded": "转办",
    "HandedBack": "退回部门待办",
    "ExplanationAsked": "请您说明",
    "Explained": "已作说明",
    "Reviewed": "审核",
    "ReviewSentBack": "退回重新审核",
    "Granted": "准予",
    "Denied": "不予",
    "Served": "文书送达",
    "LetterSent": "文书寄出",
    "LetterCameBack": "文书退件",
    "LetterCorrectionAsked": "申请更正文书",
    "LetterCorrectionDeclined": "更正文书未获同意",
    "LetterCorrected": "更正文书",
    "Dispatched": "结果寄出",
    "CameBack": "结果退件",
    "PickupReminded": "提醒领取",
    "Kept": "留存待领",
    "Delivered": "结果送达，办结",
    "OriginalsReturned": "退还原件",
    "Withdrawn": "撤回申请",
    "Rated": "评价",
}


def body(fact: Fact) -> dict[str, Any]:
    """The fact as the journal keeps it: plain JSON values without `on`."""
    return {field.name: _plain(getattr(fact, field.name)) for field in fields(fact) if field.name != "on"}


def rebuild(name: str, on: date, kept: dict[str, Any]) -> Fact:
    """The fact again, from its name, day and kept body."""
    kind = FACTS[name]
    hints = _hints(name)
    return kind(on=on, **{key: _typed(value, hints[key]) for key, value in kept.items() if key in hints})


@cache
def _hints(name: str) -> dict[str, Any]:
    """The types of a fact's fields; read once, because every reading of a case rebuilds all of its facts."""
    kind = FACTS[name]
    hints = get_type_hints(kind)
    return {f.name: hints[f.name] for f in fields(kind) if f.name != "on"}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _typed(value: Any, hint: Any) -> Any:
    if hint is date:
        return date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value
