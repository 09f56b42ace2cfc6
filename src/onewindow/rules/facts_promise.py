"""承诺的事实: what can happen to a promise – to bring a paper later (容缺受理), or to meet what the law demands (告知承诺)?

The bodies hold row ids, days and the ids of materials; words, reasons and statements stand in the rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onewindow.rules.facts import TERMS_ZH, Fact


@dataclass(frozen=True, kw_only=True)
class LackPromised(Fact):
    """申请容缺: the applicant chose it online and signed that he brings the papers after the acceptance."""

    deferral: int
    materials: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class PapersDeferred(Fact):
    """容缺受理: accepted on the signed promise to bring `materials` within so many working days."""

    deferral: int
    materials: tuple[int, ...]
    days: int


@dataclass(frozen=True, kw_only=True)
class DeferralReminded(Fact):
    """提醒补交容缺材料: the promised day comes near."""

    deferral: int
    due: date


@dataclass(frozen=True, kw_only=True)
class PapersSupplied(Fact):
    """补交容缺材料: `materials` came in; `left` are those that he still owes."""

    deferral: int
    materials: tuple[int, ...]
    left: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SupplyReturned(Fact):
    """补交的材料不符: what came was judged; `materials` are owed again, within so many working days from now."""

    deferral: int
    materials: tuple[int, ...]
    days: int


@dataclass(frozen=True, kw_only=True)
class PapersCleared(Fact):
    """容缺材料补齐: all that was promised came in and is in order."""

    deferral: int


@dataclass(frozen=True, kw_only=True)
class DeferralMissed(Fact):
    """容缺逾期未补齐: the promised day is over; from now on only a refusal can be decided."""

    deferral: int


@dataclass(frozen=True, kw_only=True)
class DeemedWithdrawn(Fact):
    """视为撤回申请: the promised day is over, and the place treats that as a withdrawal."""

    deferral: int


@dataclass(frozen=True, kw_only=True)
class PromiseSigned(Fact):
    """签署告知承诺书: the applicant chose the route of notice and promise; `materials` need not be handed in."""

    promise: int
    materials: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PromiseTakenBack(Fact):
    """收回承诺: before the decision he goes over to the ordinary route; its first term runs from here."""

    promise: int


@dataclass(frozen=True, kw_only=True)
class PromiseKept(Fact):
    """承诺核查属实: the later check found what was promised."""

    promise: int


@dataclass(frozen=True, kw_only=True)
class CheckOverdue(Fact):
    """承诺核查超期: the day of the later check passed and nobody checked."""

    promise: int
    due: date


@dataclass(frozen=True, kw_only=True)
class MendOrdered(Fact):
    """责令限期整改: the check found the promise broken; it is to be put right by a day."""

    promise: int
    mend_by: date


@dataclass(frozen=True, kw_only=True)
class Mended(Fact):
    """整改到位: what was ordered was done."""

    promise: int


@dataclass(frozen=True, kw_only=True)
class RevocationAnnounced(Fact):
    """拟撤销告知: the decision is to be revoked; he is heard first, until a day."""

    revocation: int
    reply_by: date


@dataclass(frozen=True, kw_only=True)
class StatementHeard(Fact):
    """陈述申辩: he was heard, or said that he has nothing to say."""

    revocation: int


@dataclass(frozen=True, kw_only=True)
class RevocationDropped(Fact):
    """不予撤销: after hearing him the decision stays."""

    revocation: int


@dataclass(frozen=True, kw_only=True)
class Revoked(Fact):
    """撤销决定: what was granted on a promise that was not kept is revoked."""

    revocation: int


TERMS_ZH.update(
    {
        "LackPromised": "申请容缺受理",
        "PapersDeferred": "容缺受理承诺",
        "DeferralReminded": "提醒补交容缺材料",
        "PapersSupplied": "补交容缺材料",
        "SupplyReturned": "补交的材料不符",
        "PapersCleared": "容缺材料补齐",
        "DeferralMissed": "容缺材料逾期未补齐",
        "DeemedWithdrawn": "逾期未补交，视为撤回申请",
        "PromiseSigned": "签署告知承诺书",
        "PromiseTakenBack": "收回承诺",
        "PromiseKept": "承诺核查属实",
        "CheckOverdue": "承诺核查超期",
        "MendOrdered": "责令限期整改",
        "Mended": "整改到位",
        "RevocationAnnounced": "拟撤销告知",
        "StatementHeard": "听取陈述申辩",
        "RevocationDropped": "不予撤销",
        "Revoked": "撤销决定",
    }
)
