"""延长和特别程序: which days are taken out of a term, what is added to it, and which histories cannot be?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from onewindow.rules.clock import ORGAN, Extension, Pause
from onewindow.rules.facts import Fact
from onewindow.rules.facts_time import (
    Extended,
    ExtensionAsked,
    ExtensionDeclined,
    ProcedureBegun,
    ProcedureEnded,
    ProcedureProlonged,
)
from onewindow.rules.grants import NotAllowed
from onewindow.rules.pack import Term

LENGTHENED = "decide"  # 行政许可法 42 lengthens the term to decide; what the office promised stays promised
EXTENSION_LAW = "《中华人民共和国行政许可法》第四十二条第一款"
JOINT_LAW = "《中华人民共和国行政许可法》第四十二条第二款"
GOVERNMENT = "本级人民政府负责人"
OWN_LAW = "本事项自己的依据，见办事指南"
PAUSE_LAW = "《中华人民共和国行政许可法》第四十五条"
HEARING = "听证"
_MARKS = (
    ExtensionAsked,
    ExtensionDeclined,
    Extended,
    ProcedureBegun,
    ProcedureProlonged,
    ProcedureEnded,
)
_DECIDING = ("Granted", "Denied", "SentUp")


@dataclass(frozen=True)
class Procedure:
    """One special procedure of a case: from when, planned until when, ended when."""

    number: int
    kind: str
    begun: date
    planned_end: date
    ended: date | None

    def overrun(self, on: date) -> bool:
        """Whether it lasts, or lasted, beyond the day that the applicant was told."""
        return (self.ended or on) > self.planned_end


def procedures(facts: Iterable[Fact]) -> tuple[Procedure, ...]:
    """Every special procedure in the order in which they began; one that lasts when its case is withdrawn ends with it."""
    told = tuple(facts)
    ended = {fact.procedure: fact.on for fact in told if isinstance(fact, ProcedureEnded)}
    until = {fact.procedure: fact.planned_end for fact in told if isinstance(fact, ProcedureProlonged)}
    gone = next((fact.on for fact in told if fact.name in ("Withdrawn", "DeemedWithdrawn")), None)
    return tuple(
        Procedure(
            fact.procedure,
            fact.kind,
            fact.on,
            until.get(fact.procedure, fact.planned_end),
            ended.get(fact.procedure, gone),
        )
        for fact in told
        if isinstance(fact, ProcedureBegun)
    )


def marks(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts of this table alone; none in most lives."""
    return tuple(fact for fact in facts if isinstance(fact, _MARKS))


def pauses(term: Term, facts: tuple[Fact, ...], ended: date | None) -> tuple[Pause, ...]:
    """What stops this term; a pause that still lasts when the term ends, ends with it."""
    return tuple(
        Pause(one.begun, one.ended or ended, f"{one.kind}期间", PAUSE_LAW)
        for one in procedures(facts)
        if one.kind in term.stops_for
    )


def extension(term: Term, facts: tuple[Fact, ...]) -> Extension | None:
    """What is added to this term."""
    if term.name != LENGTHENED:
        return None
    found = next((fact for fact in facts if isinstance(fact, Extended)), None)
    if found is None:
        return None
    source = OWN_LAW if found.own else JOINT_LAW if found.joint else EXTENSION_LAW
    return Extension(found.on, found.days, source, GOVERNMENT if found.joint else ORGAN)


def waiting(facts: Iterable[Fact]) -> ExtensionAsked | None:
    """The wish for more days on which nobody has decided yet."""
    asked: ExtensionAsked | None = None
    for fact in facts:
        if isinstance(fact, ExtensionAsked):
            asked = fact
        elif isinstance(fact, Extended | ExtensionDeclined):
            asked = None
    return asked


def refuse_impossible(history: Iterable[Fact]) -> None:
    """Refuse what the table of stages cannot see: a second extension, an end without a beginning, a decision too soon."""
    open_ones: dict[int, str] = {}
    asked: int | None = None
    begun, prolonged, extended = set[int](), set[int](), False
    for fact in history:
        if fact.name in _DECIDING and open_ones:
            names = "、".join(f"“{kind}”" for kind in open_ones.values())
            raise NotAllowed(f"{names}还没有结束，不能作出决定。请先记下特别程序的结果。")
        if isinstance(fact, ExtensionAsked | Extended) and extended:
            raise NotAllowed("办理期限只能延长一次，本件已经延长过了。请在延长后的期限内作出决定。")
        if isinstance(fact, ExtensionAsked):
            if asked is not None:
                raise NotAllowed("已经提请延长，正在等负责人批准，不用再提。")
            asked = fact.extension
        if isinstance(fact, Extended | ExtensionDeclined):
            if asked != fact.extension:
                raise NotAllowed("这项延长没有提请，或者已经处理过了。请刷新后再看。")
            asked, extended = None, extended or isinstance(fact, Extended)
        if isinstance(fact, ProcedureBegun):
            _begin(fact, begun, open_ones)
        _goes_on(fact, prolonged, open_ones)


def _goes_on(fact: Fact, prolonged: set[int], open_ones: dict[int, str]) -> None:
    if isinstance(fact, ProcedureProlonged):
        _prolong(fact, prolonged, open_ones)
    if isinstance(fact, ProcedureEnded) and open_ones.pop(fact.procedure, None) is None:
        raise NotAllowed("这个特别程序没有在进行，或者已经结束了。请刷新后再看。")


def _begin(fact: ProcedureBegun, begun: set[int], open_ones: dict[int, str]) -> None:
    if fact.procedure in begun or fact.kind in open_ones.values():
        raise NotAllowed(f"“{fact.kind}”已经在进行，请先记下它的结果，再重新开始。")
    begun.add(fact.procedure)
    open_ones[fact.procedure] = fact.kind


def _prolong(fact: ProcedureProlonged, prolonged: set[int], open_ones: dict[int, str]) -> None:
    if fact.procedure not in open_ones:
        raise NotAllowed("这个特别程序没有在进行，不能延长。请刷新后再看。")
    if fact.procedure in prolonged:
        raise NotAllowed("特别程序只能延长一次，这一项已经延长过了。请尽快办完并记下结果。")
    prolonged.add(fact.procedure)
