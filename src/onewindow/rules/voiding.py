"""可否作废: may a fact be voided, and what falls with it?

Only what a person of the office wrote down, only while it has not left the house, and only when what remains is a
life that the table of stages allows: else the sentence names the later fact that must be voided first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from onewindow.rules import special
from onewindow.rules.facts import TERMS_ZH, Fact
from onewindow.rules.facts_record import Voided
from onewindow.rules.grants import NotAllowed
from onewindow.rules.record import struck
from onewindow.rules.stages import OPEN, Stage
from onewindow.rules.standing import Standing, follow

# What may be voided, and what becomes possible again.
VOIDABLE = frozenset(
    {
        "CorrectedOnSpot",
        "CorrectionAsked",
        "CorrectionReceived",
        "Accepted",
        "Refused",
        "NotOurs",
        "NotNeeded",
        "ExplanationAsked",
        "Explained",
        "Reviewed",
        "ReviewSentBack",
        "ExtensionAsked",
        "ExtensionDeclined",
        "Extended",
        "ProcedureBegun",
        "ProcedureEnded",
        "Granted",
        "Denied",
        "Dispatched",
        "CameBack",
        "Delivered",
        "OriginalsReturned",
        "Withdrawn",
        "RenewalNamed",
    }
)
# Time's own facts, and the fact from outside that shows that time had no ground: only both together.
SHOWN_BY: Mapping[str, str] = MappingProxyType(
    {
        "CorrectionLapsed": "CorrectionReceived",
        "AcceptedBySilence": "Withdrawn",
        "DeferralMissed": "PapersSupplied",
        "DeemedWithdrawn": "PapersSupplied",
    }
)
# What was built by time, inside the office, by looking at papers that never came, or by sending out what is void and came back: it falls.
_FALLING = frozenset(
    {
        "CorrectionReminded",
        "CorrectionLapsed",
        "DeferralReminded",
        "CheckOverdue",
        "ProcedureOverran",
        "ParcelSilent",
        "PickupReminded",
        "Kept",
        # Into whose hands it went inside the office: it stays there.
        "Forwarded",
        "HandedBack",
        "HandedOver",
        "Judged",
        "Dispatched",
        "CameBack",
    }
)
# What answers a row that the voided fact wrote cannot be without it, whatever the stage allows.
_ANSWERS: Mapping[str, str] = MappingProxyType({"Dispatched": "delivery", "ExplanationAsked": "question"})
_BESIDE = ("VoidAsked", "VoidDeclined", "Voided")
_DECISIONS = frozenset({"Granted", "Denied"})
_RENEWED = frozenset({"Granted", "Denied", "GrantedAbove", "DeniedAbove", "RenewedByLaw"})
_REFUSALS = frozenset({"Refused", "NotOurs", "NotNeeded"})
_WHY_NOT: Mapping[str, str] = MappingProxyType(
    {
        "Received": "收件不能作废：申请人交来材料的那天起，法定期限已经开始计算。收错了的，请按不予受理或者申请人撤回办理。",
        "LightTurned": "亮灯是按期限自动记下的，不能由人作废；期限变了，灯会自动重新计算。",
        "AcceptedBySilence": "视为受理是法律规定的后果（行政许可法第三十二条第一款第四项），不能单独作废。"
        "只有申请人在期限届满以前已经书面撤回、当时漏记的，可以连同补录撤回一起作废。",
        "CorrectionLapsed": "逾期终止是按期限自动记下的，不能单独作废。"
        "申请人在期限内已经交来补正材料、当时漏记的，可以连同补录收件一起作废。",
        "Judged": "材料核对结果不用作废，受理以前重新核对一次就以新的为准。",
        "RefusalProposed": "提请不予受理不用作废，由第二人退回就可以。",
        "Forwarded": "转办不用作废，再转给应当承办的同志就可以。",
        "LetterCorrected": "更正文书不用作废，新的文书还有错的，可以再更正。",
        "PapersDeferred": "容缺承诺和受理是一起记的。受理错了的，请作废“受理”，容缺承诺随着作废。",
        "DeferralMissed": "逾期没有补齐是按期限自动记下的，不能单独作废。"
        "申请人在期限内已经补齐、当时漏记的，可以连同补录补交的材料一起作废。",
        "DeemedWithdrawn": "视为撤回是按承诺书写明的期限自动记下的，不能单独作废。"
        "申请人在期限内已经补齐、当时漏记的，可以连同补录补交的材料一起作废；没有补齐的，可以重新申请。",
        "RenewedByLaw": "视为准予延续是法律规定的后果（行政许可法第五十条第二款），不能作废。"
        "确有错误的，只能依法撤销（行政许可法第六十九条）。",
        "Exempted": "这是系统按办事指南书面告知的，不能作废。分级定错了的，请修改办事指南，并书面告知申请人。",
        "Filed": "备案不能作废。核查发现问题的，请在备查清单里写明问题和怎样处理。",
        "BillMade": "缴费通知书不能作废。开错了的，请部门负责人写明理由另开一张，原来那张随着作废。",
        "PaidAstray": "钱已经到账，不能作废。请退付。",
        "FeePaid": "收了的费用不能作废。收错了的，请提请退付。",
        "ThirdNamed": "不用作废。列错了的，请写明理由，不再列为利害关系人。",
        "SentUp": "已经转报上级，材料在上级手里，不能作废。报错了的，请与上级联系，由上级退回或者决定。",
        "GrantedAbove": "上级的决定不能由本级作废。登记错了的，请更正文书；决定本身有错的，由上级机关依法处理。",
        "DeniedAbove": "上级的决定不能由本级作废。登记错了的，请更正文书；决定本身有错的，由上级机关依法处理。",
        "Revoked": "撤销决定不能作废。确有错误的，由作出决定的机关或者上级机关依法处理。",
    }
)


def refuse_unvoidable(
    journal: Sequence[Fact], doers: Sequence[str], place: int, *, shown: bool = False
) -> Fact:
    """The fact at this place, when it may be voided; `shown`: together with the fact that shows that it was wrong."""
    if not 1 <= place <= len(journal):
        raise NotAllowed("本件没有这项记载，请刷新后再看。")
    fact, doer = journal[place - 1], doers[place - 1]
    if place in struck(journal):
        raise NotAllowed("这项记载已经作废了，请刷新后再看。")
    allowed = fact.name in (SHOWN_BY if shown else VOIDABLE)
    if not allowed:
        raise NotAllowed(
            _WHY_NOT.get(
                fact.name, f"“{TERMS_ZH[fact.name]}”不能作废。记错了的，请按现在的阶段接着办或者重新登记。"
            )
        )
    if doer.startswith(("party:", "bearer:")):
        raise NotAllowed("这是申请人自己办的，机关不能作废。请联系申请人，由他自己决定怎么办。")
    _refuse_served(journal, place, fact)
    _refuse_renewed(journal, place, fact)
    return fact


def _refuse_renewed(journal: Sequence[Fact], place: int, fact: Fact) -> None:
    """The licence that was to go on has been decided upon: what it was is part of that decision."""
    gone = struck(journal)
    later = (one for n, one in enumerate(journal, start=1) if n > place and n not in gone)
    if fact.name == "RenewalNamed" and any(one.name in _RENEWED for one in later):
        raise NotAllowed("延续已经有了结果，登记的原证不能作废。结果确有错误的，请由作出决定的机关依法处理。")


def _refuse_served(journal: Sequence[Fact], place: int, fact: Fact) -> None:
    """What has reached the applicant binds the office: it is revoked by a procedure of its own, never struck out."""
    gone = struck(journal)
    later = [one for n, one in enumerate(journal, start=1) if n > place and n not in gone]
    if fact.name in _DECISIONS:
        left = _left(later, "Delivered", "Dispatched", "CameBack")
    elif fact.name in _REFUSALS:
        left = _left(later, "Served", "LetterSent", "LetterCameBack")
    else:
        return
    if left is None:
        return
    day = f"{left.on.month} 月 {left.on.day} 日"
    if left.name in ("Dispatched", "LetterSent"):
        raise NotAllowed(
            f"决定已经在 {day}寄出，不能作废。退件回来以后可以作废；送达以后确有错误的，只能依法撤销"
            "（行政许可法第六十九条），撤销以前要听取申请人的意见。"
        )
    raise NotAllowed(
        f"决定已经在 {day}送达，对申请人生效，不能作废。确有错误的，由作出决定的机关或者上级机关依法撤销"
        "（行政许可法第六十九条），撤销以前要听取申请人的意见；申请人不服的，可以申请行政复议或者提起诉讼。"
    )


def _left(later: Sequence[Fact], served: str, sent: str, back: str) -> Fact | None:
    """The fact by which it has reached the applicant or is on its way to him."""
    found: Fact | None = None
    for fact in later:
        if fact.name == served:
            return fact
        if fact.name == sent:
            found = fact
        elif fact.name == back:
            found = None
    return found


def falling(journal: Sequence[Fact], place: int) -> tuple[int, ...]:
    """The places of all that falls with the fact at this place; refuses when something else would hang in the air."""
    gone = {*struck(journal), place}
    fallen = [] if (signed := _signed_with(journal, place, gone)) is None else [signed]
    gone |= set(fallen)
    kept: list[Fact] = []
    before = after = Stage.NEW
    for number, fact in enumerate(journal, start=1):
        if isinstance(fact, Voided) or (number in gone and number not in (place, *fallen)):
            continue
        stood = before
        before = follow(before, fact)  # as it was, with the fact
        if number in (place, signed):
            continue
        if _answers(journal[place - 1], fact) or not _possible(kept, after, fact, stood):
            if fact.name not in _FALLING:
                raise NotAllowed(_first(fact))
            fallen.append(number)
            continue
        after = follow(after, fact)
        kept.append(fact)
    return tuple(fallen)


def _signed_with(journal: Sequence[Fact], place: int, gone: set[int]) -> int | None:
    """容缺受理 is one breath: the promise to bring papers later falls with the acceptance that it was signed for."""
    if journal[place - 1].name != "Accepted":
        return None
    before = [number for number in range(1, place) if number not in gone]
    lights = ("LightTurned", *_BESIDE)
    last = next((n for n in reversed(before) if journal[n - 1].name not in lights), None)
    return last if last is not None and journal[last - 1].name == "PapersDeferred" else None


def _answers(wrong: Fact, later: Fact) -> bool:
    """Whether the later fact speaks of the parcel or the question of the wrong one, or was decided because of it."""
    if wrong.name == "DeferralMissed":
        return later.name in _DECISIONS
    field = _ANSWERS.get(wrong.name, "")
    return bool(field) and getattr(later, field, None) == getattr(wrong, field)


def _possible(kept: Sequence[Fact], stage: Stage, fact: Fact, stood: Stage) -> bool:
    """Whether it can still follow upon what is left; a decision only from where it was taken."""
    if fact.name in _DECISIONS and stage is not stood:
        return False
    try:
        follow(stage, fact)
        special.refuse_impossible((*kept, fact))
    except NotAllowed:
        return False
    return True


def _first(fact: Fact) -> str:
    """Which later fact stands in the way, and whether that one may be voided."""
    named = f"“{TERMS_ZH[fact.name]}”（{fact.on.month} 月 {fact.on.day} 日）"
    if fact.name in VOIDABLE:
        return f"后来的{named}是在它的基础上记的，请先作废{named}。"
    return f"后来的{named}是在它的基础上记的，而{named}不能作废，所以它也不能作废。"


@dataclass(frozen=True)
class Move:
    """The last day of one running term before and after; None where it does not run, or stands still."""

    term: str
    title: str
    before: date | None
    after: date | None


def moves(before: Standing, after: Standing) -> tuple[Move, ...]:
    """Which last days are others now."""
    was, now = _days(before), _days(after)
    titles = {state.term.name: state.term.title_zh for state in (*before.terms, *after.terms)}
    return tuple(
        Move(name, title, was.get(name), now.get(name))
        for name, title in titles.items()
        if was.get(name) != now.get(name)
    )


def _days(standing: Standing) -> dict[str, date | None]:
    open_now = standing.stage in OPEN
    return {s.term.name: s.due if open_now and s.running else None for s in standing.terms}
