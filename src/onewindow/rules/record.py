"""有效的历史: of all that was written down, what holds – and which day may a fact be given that is written down later?

The journal keeps everything. Whoever reads what happened reads the effective history: without the facts that were
voided and without the voidings. It depends on which facts were voided alone, never on the order in which that was done.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from onewindow.rules.facts import TERMS_ZH, Fact
from onewindow.rules.facts_record import Voided
from onewindow.rules.grants import NotAllowed
from onewindow.rules.workdays import ONE_DAY, Calendar

Beside = TypeVar("Beside")


class Wrong(StrEnum):
    """原因: why a fact that was written down is wrong."""

    OTHER_CASE = "other_case"
    SLIP = "slip"
    NEVER_WAS = "never_was"
    DETAILS = "details"
    MISJUDGED = "misjudged"


# For the office that chooses, and for the applicant who reads; chosen and not written, so that no name stands in them.
WRONG_WORDS: dict[Wrong, tuple[str, str]] = {
    Wrong.OTHER_CASE: ("登记到了别的办件上", "这项记载是别的申请的，误记到了您这件上"),
    Wrong.SLIP: ("操作失误，点错了", "工作人员操作失误"),
    Wrong.NEVER_WAS: ("没有发生过这件事", "这件事并没有发生"),
    Wrong.DETAILS: ("内容登记错了，要重新登记", "登记的内容有误，要重新登记"),
    Wrong.MISJUDGED: ("办理时认定错了，尚未送达", "办理时认定有误，在送达以前自行纠正"),
}

# What came in from outside, and on which an office may be late in writing down; its own acts never are.
FROM_OUTSIDE = frozenset(
    {
        "Received",
        "CorrectionReceived",
        "PapersSupplied",
        "ProcedureEnded",
        "Delivered",
        "Served",
        "Withdrawn",
        "ThirdSpoke",
        "ThirdTold",
    }
)
# Time dates what it does by itself.
BY_TIME = frozenset(
    {
        "AcceptedBySilence",
        "RenewedByLaw",
        "LightTurned",
        "CorrectionReminded",
        "CorrectionLapsed",
        "PickupReminded",
        "Kept",
        "OverdueCalled",
        "RenewalReminded",
        "DeferralReminded",
        "DeferralMissed",
        "DeemedWithdrawn",
        "CheckOverdue",
        "ProcedureOverran",
        "ParcelSilent",
    }
)

# What an office does beside the life of a case says nothing about when something in it happened.
_BESIDE_LIFE = frozenset(
    {
        *(
            "VoidAsked",
            "VoidDeclined",
            "LetterCorrectionAsked",
            "LetterCorrectionDeclined",
            "LetterCorrected",
        ),
        *("OverdueExplained", "OverdueSentBack", "OverdueSettled", "Forwarded", "HandedBack"),
    }
)


def struck(journal: Iterable[Fact]) -> dict[int, Voided]:
    """The voided places of a journal, each with the fact that voided it."""
    found: dict[int, Voided] = {}
    for fact in journal:
        if isinstance(fact, Voided):
            found |= dict.fromkeys((fact.place, *fact.also), fact)
    return found


def struck_in(entries: Iterable[Any]) -> dict[int, str]:
    """The voided places among the rows of a journal, each with the cause."""
    voids = [entry.body for entry in entries if entry.fact == Voided.__name__]
    return {place: body["cause"] for body in voids for place in (body["place"], *body["also"])}


def effective(journal: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts that hold, in their order; told twice, it changes nothing any more."""
    facts = tuple(journal)
    return of_effect(facts, facts)


def of_effect(journal: Sequence[Fact], beside: Sequence[Beside]) -> tuple[Beside, ...]:
    """What stands beside those facts of a journal that hold, in their order."""
    gone = struck(journal)
    if not gone:
        return tuple(beside)
    return tuple(
        other
        for place, (fact, other) in enumerate(zip(journal, beside, strict=True), start=1)
        if place not in gone and not isinstance(fact, Voided)
    )


def in_public(cause: str) -> str:
    """What the applicant reads of a voided fact."""
    return f"已作废：{WRONG_WORDS[Wrong(cause)][1]}。"


def refuse_own_day(fact: Fact, today: date) -> None:
    """An act of the office has the day on which it was written down, and no other: nobody accepts or decides backwards."""
    if fact.on != today and fact.name not in FROM_OUTSIDE | BY_TIME:
        raise NotAllowed(
            f"“{TERMS_ZH[fact.name]}”是机关自己作出的，只能记在办理的当天，不能补录到别的日子。"
            "只有从外面来的事（收件、补正材料、容缺材料、送达、特别程序结束、撤回申请）可以补录。"
        )


def last_day_before(effective_facts: Iterable[Fact]) -> date | None:
    """The day of the latest fact that a person wrote down; what time did meanwhile does not stand in the way."""
    days = [fact.on for fact in effective_facts if fact.name not in BY_TIME | _BESIDE_LIFE]
    return max(days, default=None)


def earliest(today: date, days: int, calendar: Calendar) -> date:
    """The first day to which something may be dated back: so many working days before today."""
    day = today
    while calendar.between(day - ONE_DAY, today) <= days:
        day -= ONE_DAY
    return day


def refuse_day(on: date, today: date, *, after: date | None, days: int, calendar: Calendar) -> None:
    """Refuse a day that lies ahead, before what happened before, or further back than the local limit."""
    if on > today:
        raise NotAllowed("日子不能在今天以后，请核对。")
    if on == today:
        return
    if not days:
        raise NotAllowed("本地设定不允许补录，请记在今天。")
    first = earliest(today, days, calendar)
    if on < first:
        raise NotAllowed(
            f"补录最多往前 {days} 个工作日（本地设定），最早是 {_day(first)}。更早的事，请向申请人说明后记在今天。"
        )
    if after is not None and on < after:
        raise NotAllowed(f"本件在 {_day(after)}已经有后来的记载，补录的日子不能早于那天，请核对。")


def _day(day: date) -> str:
    return f"{day.month} 月 {day.day} 日"
