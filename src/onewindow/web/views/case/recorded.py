"""哪些记载还算数: how does the page of a case show what was voided, what waits for it, and what was written down late?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from onewindow.cases.acts.void import foresee
from onewindow.cases.models import Voiding
from onewindow.cases.reads.story import moved_words
from onewindow.cases.reads.whole import Whole
from onewindow.ground.clock import SHANGHAI
from onewindow.journal.models import Entry
from onewindow.rules.facts import TERMS_ZH, rebuild
from onewindow.rules.grants import NotAllowed
from onewindow.rules.record import FROM_OUTSIDE, WRONG_WORDS, Wrong, struck_in
from onewindow.rules.stages import STAGE_WORDS
from onewindow.rules.voiding import SHOWN_BY, VOIDABLE, Move, moves, refuse_unvoidable


@dataclass(frozen=True)
class Mark:
    """What the line of one fact says beside the fact itself."""

    place: int
    void: str = ""  # why it no longer holds
    waits: int = 0  # the voiding that somebody asked for
    may_ask: bool = False
    late: str = ""  # 补录
    moved: str = ""


def marks(whole: Whole, *, may_ask: bool) -> dict[int, Mark]:
    """One for every entry of the case, by its place."""
    gone = struck_in(whole.entries)
    waiting = {one.entry_place: one.pk for one in whole.voidings if one.confirmed is None}  # type: ignore[attr-defined]
    reasons = {one.entry_id: one.why for one in whole.dated}
    return {
        entry.place: Mark(
            place=entry.place,
            void=WRONG_WORDS[Wrong(gone[entry.place])][0] if entry.place in gone else "",
            waits=waiting.get(entry.place, 0),
            may_ask=may_ask and entry.place not in gone and entry.place not in waiting and _by_office(entry),
            late=_late(entry, reasons.get(entry.pk, "")),
            moved=moved_words(one for one in whole.moved if one.cause_id == entry.pk),
        )
        for entry in whole.entries
    }


def _by_office(entry: Entry) -> bool:
    voidable = entry.fact in VOIDABLE or entry.fact in SHOWN_BY
    return voidable and not entry.by.startswith(("party:", "bearer:"))


def _late(entry: Entry, why: str) -> str:
    written = entry.at.astimezone(SHANGHAI).date()
    if entry.on == written or entry.fact not in FROM_OUTSIDE:
        return ""
    reason = f"：{why}" if why else ""
    return f"{_day(entry.on)}的事，{_day(written)}登记{reason}"


@dataclass(frozen=True)
class Foreseen:
    """What would be if a fact were voided: the stage and the days, what falls with it, or why it cannot be."""

    refused: str = ""
    before: str = ""
    after: str = ""
    moved: Sequence[Move] = ()
    falls: Sequence[str] = ()
    deemed: str = ""


def foreseen(whole: Whole, place: int, today: date) -> Foreseen:
    """The same as the act would find it now."""
    journal = tuple(rebuild(entry.fact, entry.on, entry.body) for entry in whole.entries)
    doers = tuple(entry.by for entry in whole.entries)
    try:
        fact = refuse_unvoidable(journal, doers, place, shown=journal[place - 1].name in SHOWN_BY)
        before, after, also = foresee(journal, place, whole.law)
    except NotAllowed as refusal:
        return Foreseen(refused=str(refusal))
    return Foreseen(
        before=STAGE_WORDS[before.stage],
        after=STAGE_WORDS[after.stage],
        moved=moves(before, after),
        falls=[TERMS_ZH[journal[one - 1].name] for one in also],
        deemed=_deemed(whole, fact.name, after, today),
    )


def _deemed(whole: Whole, name: str, after: Any, today: date) -> str:
    """That the law accepts by itself what stands unanswered without the voided notice."""
    term = next((state for state in after.running() if state.term.name == "accept"), None)
    past = term is not None and term.due is not None and today > term.due
    if name == "Accepted" or not past or not whole.pack.holds("accept.deemed", whole.case.version.kind):
        return ""
    return "告知的期限已经过了：作废以后，依法自收到申请材料之日起视为受理，系统会自动记下。"


def cause_words(asked: Voiding) -> tuple[str, str]:
    """What is wrong, for the office and for the applicant."""
    return WRONG_WORDS[Wrong(asked.cause)]


def _day(day: date) -> str:
    return f"{day.month} 月 {day.day} 日"
