"""承诺: what is still owed under a promise, until when, and which histories of it cannot be?

Two kinds. 容缺受理: a paper that may follow is promised for a day; until all of it is there nothing is granted. 告知承诺:
what the law demands is promised instead of proved; it is decided at once and checked afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from onewindow.rules import revoking
from onewindow.rules.clock import Pause
from onewindow.rules.facts import Fact
from onewindow.rules.facts_promise import (
    CheckOverdue,
    DeemedWithdrawn,
    DeferralMissed,
    DeferralReminded,
    LackPromised,
    Mended,
    MendOrdered,
    PapersCleared,
    PapersDeferred,
    PapersSupplied,
    PromiseKept,
    PromiseSigned,
    PromiseTakenBack,
    RevocationAnnounced,
    RevocationDropped,
    Revoked,
    StatementHeard,
    SupplyReturned,
)
from onewindow.rules.grants import NotAllowed
from onewindow.rules.pack import Term

TERM = "supply_deferred"  # 容缺补交期限: its days are those of the promise, not of the pack
_DEFERRING = (
    LackPromised,
    PapersDeferred,
    DeferralReminded,
    PapersSupplied,
    SupplyReturned,
    PapersCleared,
    DeferralMissed,
    DeemedWithdrawn,
)
_PROMISING = (
    PromiseSigned,
    PromiseTakenBack,
    PromiseKept,
    CheckOverdue,
    MendOrdered,
    Mended,
    RevocationAnnounced,
    StatementHeard,
    RevocationDropped,
    Revoked,
)
NAMES = frozenset(kind.__name__ for kind in _DEFERRING + _PROMISING)
# Those that begin, end or lengthen a term.
MOVING = frozenset(
    {
        "PapersDeferred",
        "PapersSupplied",
        "SupplyReturned",
        "PapersCleared",
        "DeferralMissed",
        "DeemedWithdrawn",
        "PromiseSigned",
        "PromiseTakenBack",
    }
)
_NO_PROMISE = "本件没有要补交的容缺材料，请刷新后再看。"


@dataclass(frozen=True)
class Deferral:
    """容缺: which papers may follow, which are still owed, which came and wait to be judged."""

    number: int
    materials: tuple[int, ...]
    owed: tuple[int, ...]
    waits: tuple[int, ...] = ()
    reminded: bool = False
    cleared: bool = False
    missed: bool = False

    @property
    def open(self) -> bool:
        """Whether something promised is not there and in order yet."""
        return not self.cleared and not self.missed


@dataclass(frozen=True)
class Promise:
    """告知承诺: as far as it has come."""

    number: int
    signed_on: date
    materials: tuple[int, ...]
    taken_back: bool = False
    kept: bool = False
    mend_by: date | None = None
    mended: bool = False
    overdue: bool = False
    revocation: int = 0  # the one that was announced and not settled yet
    reply_by: date | None = None
    heard: bool = False
    revoked: bool = False

    @property
    def settled(self) -> bool:
        """Whether nothing is left to check."""
        return self.taken_back or self.kept or self.mended or self.revoked


def marks(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts of promises alone; none in most lives."""
    return tuple(fact for fact in facts if isinstance(fact, _DEFERRING + _PROMISING))


def days_of(term: Term, fact: Fact) -> int | None:
    """How long a term is that this fact begins: the promise itself says it, everything else the pack."""
    return fact.days if term.name == TERM and isinstance(fact, PapersDeferred | SupplyReturned) else term.days


def pauses(term: Term, facts: Iterable[Fact], ended: date | None) -> tuple[Pause, ...]:
    """Where the place says so, the promised term waits for the papers; the legal one never does."""
    if term.name != "promised":
        return ()
    begun = next((fact.on for fact in facts if isinstance(fact, PapersDeferred)), None)
    if begun is None:
        return ()
    done = next((fact.on for fact in facts if isinstance(fact, PapersCleared | DeferralMissed)), ended)
    return (Pause(begun, done, "等待补交容缺材料", "本地设定，文件未规定"),)


def leaves_owed(fact: Fact) -> bool:
    """Whether only a part of what was promised came."""
    return isinstance(fact, PapersSupplied) and bool(fact.left)


def deferral(facts: Iterable[Fact]) -> Deferral | None:
    """What was promised to follow, as it stands; None where nothing was, or where it is only asked for."""
    now: Deferral | None = None
    for fact in facts:
        if isinstance(fact, PapersDeferred):
            now = Deferral(fact.deferral, fact.materials, fact.materials)
        elif now is not None and isinstance(fact, _DEFERRING):
            now = _further(now, fact)
    return now


def _further(now: Deferral, fact: Fact) -> Deferral:
    n, all_, told = now.number, now.materials, now.reminded
    match fact:
        case DeferralReminded():
            return Deferral(n, all_, now.owed, now.waits, reminded=True)
        case PapersSupplied():
            came = tuple(sorted({*now.waits, *fact.materials}))
            return Deferral(n, all_, fact.left, came, reminded=told)
        case SupplyReturned():
            return Deferral(n, all_, fact.materials)
        case PapersCleared():
            return Deferral(n, all_, (), reminded=told, cleared=True)
        case DeferralMissed() | DeemedWithdrawn():
            return Deferral(n, all_, now.owed, now.waits, reminded=told, missed=True)
    return now


def asked(facts: Iterable[Fact]) -> LackPromised | None:
    """The wish to bring papers later that the applicant signed online."""
    return next((fact for fact in reversed(tuple(facts)) if isinstance(fact, LackPromised)), None)


def promise(facts: Iterable[Fact]) -> Promise | None:
    """The last promise instead of proof, as it stands."""
    told: dict[str, object] | None = None
    for fact in facts:
        if isinstance(fact, PromiseSigned):
            told = {"number": fact.promise, "signed_on": fact.on, "materials": fact.materials}
        elif told is not None:
            told |= _told(fact)
    return Promise(**told) if told is not None else None  # type: ignore[arg-type]


def _told(fact: Fact) -> dict[str, object]:
    if isinstance(fact, MendOrdered):
        return {"mend_by": fact.mend_by}
    if isinstance(fact, RevocationAnnounced):
        return {"revocation": fact.revocation, "reply_by": fact.reply_by, "heard": False}
    return _TOLD.get(fact.name, {})


_TOLD: dict[str, dict[str, object]] = {
    "PromiseTakenBack": {"taken_back": True},
    "PromiseKept": {"kept": True},
    "CheckOverdue": {"overdue": True},
    "Mended": {"mended": True},
    "StatementHeard": {"heard": True},
    "RevocationDropped": {"revocation": 0, "reply_by": None},
    "Revoked": {"revocation": 0, "revoked": True},
}


def live(facts: Iterable[Fact]) -> Promise | None:
    """The promise on which the case is accepted and decided; None where it was taken back."""
    found = promise(facts)
    return found if found is not None and not found.taken_back else None


def refuse_impossible(history: Iterable[Fact]) -> None:
    """Refuse what the table of stages cannot see, fact by fact."""
    before: list[Fact] = []
    for fact in history:
        if fact.name == "Granted":
            _refuse_grant(before)
        elif fact.name == "SentUp" and (now := deferral(before)) is not None and now.open:
            raise NotAllowed("容缺材料还没有补齐、核对，不能转报上级。请等申请人补齐，核对以后再报。")
        elif isinstance(fact, _DEFERRING):
            _refuse_deferring(deferral(before), fact)
        elif isinstance(fact, revoking.FACTS) and not _unsettled(before):
            revoking.refuse(before, fact)  # not for a promise, but because it was got by fraud
        elif isinstance(fact, _PROMISING):
            _refuse_promising(promise(before), fact, before)
        before.append(fact)


def _unsettled(before: list[Fact]) -> bool:
    now = live(before)
    return now is not None and not now.settled


def _refuse_grant(before: list[Fact]) -> None:
    now = deferral(before)
    if now is None or now.cleared:
        return
    if now.missed:
        raise NotAllowed("容缺材料逾期没有补齐，不能准予。请依法作出不予的决定，写明理由。")
    if now.waits and not now.owed:
        raise NotAllowed("补交的容缺材料还没有核对，不能准予。请先核对补交的材料。")
    raise NotAllowed(
        f"还有 {len(now.owed)} 份容缺材料没有补来，不能准予，也不能发结果。审核可以照常进行，请等申请人补齐。"
    )


def _refuse_deferring(now: Deferral | None, fact: Fact) -> None:
    if isinstance(fact, LackPromised):
        return
    if isinstance(fact, PapersDeferred):
        if now is not None:
            raise NotAllowed("本件已经按容缺受理承诺受理过，不能再承诺一次。请刷新后再看。")
        if fact.days < 1 or not fact.materials:
            raise NotAllowed("请写明补交哪些材料，补交期限至少一个工作日。")
        return
    if now is None or not now.open:
        raise NotAllowed(_NO_PROMISE)
    if isinstance(fact, PapersSupplied) and not _fits(now, fact):
        raise NotAllowed("只收还没有补来的容缺材料，请对照承诺书核对。")
    if isinstance(fact, SupplyReturned | PapersCleared) and (now.owed or not now.waits):
        raise NotAllowed("容缺材料还没有全部补来，请等补齐以后一起核对。")
    if isinstance(fact, DeferralMissed | DeemedWithdrawn) and not now.owed:
        raise NotAllowed("容缺材料已经在期限内补来，正在等核对，不能按逾期处理，请先核对。")
    if isinstance(fact, DeferralReminded) and now.reminded:
        raise NotAllowed("已经提醒过补交容缺材料，不再提醒。请等补交的日子。")


def _fits(now: Deferral, fact: PapersSupplied) -> bool:
    came, left = set(fact.materials), set(fact.left)
    return bool(came) and came | left == set(now.owed) and not came & left


def _refuse_promising(now: Promise | None, fact: Fact, before: list[Fact]) -> None:
    decided = any(one.name == "Granted" for one in before)
    if isinstance(fact, PromiseSigned):
        if now is not None:
            raise NotAllowed("本件已经签过告知承诺书，收回以后不能再签，请按一般程序办理。")
        return
    if now is None or now.taken_back:
        raise NotAllowed("本件不是按告知承诺办理的，请刷新后再看。")
    if isinstance(fact, PromiseTakenBack):
        return
    if not decided:
        raise NotAllowed("本件还没有准予，没有要核查的承诺。请先作出决定。")
    if now.settled:
        raise NotAllowed("这份承诺已经核查完毕，请刷新后再看。")
    _refuse_after_decision(now, fact)


def _refuse_after_decision(now: Promise, fact: Fact) -> None:
    if isinstance(fact, RevocationAnnounced) and now.revocation:
        raise NotAllowed("已经告知拟撤销，正在听取陈述申辩，不用再告知。请等他的意见。")
    if isinstance(fact, StatementHeard | RevocationDropped | Revoked) and (
        not now.revocation or now.revocation != fact.revocation
    ):
        raise NotAllowed("没有等处理的拟撤销告知，或者已经处理过了。请刷新后再看。")
    if isinstance(fact, StatementHeard) and now.heard:
        raise NotAllowed("已经听取过陈述申辩，请作出撤销或者不予撤销的决定。")
    if isinstance(fact, PromiseKept | MendOrdered) and now.mend_by is not None:
        raise NotAllowed("已经责令限期整改，请记下整改是否到位。")
    if isinstance(fact, Mended) and now.mend_by is None:
        raise NotAllowed("没有责令过限期整改，请先记下核查结果。")
    if isinstance(fact, PromiseKept | MendOrdered | Mended) and now.revocation:
        raise NotAllowed("正在办理撤销，请先作出撤销或者不予撤销的决定。")
    if isinstance(fact, CheckOverdue) and now.overdue:
        raise NotAllowed("核查超期已经记下，请尽快核查。")
    if isinstance(fact, Revoked) and not now.heard and now.reply_by is not None and fact.on <= now.reply_by:
        raise NotAllowed(
            f"陈述申辩的期限到 {now.reply_by.month} 月 {now.reply_by.day} 日，还没有听取他的意见，不能撤销。请先听取，或者等期限过了再决定。"
        )
