"""证明里写什么: what does the proof sheet of one term of a case say, to the office and to the applicant alike?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple

from onewindow.cases.reads.whole import Whole
from onewindow.journal.models import Entry
from onewindow.letters.proofs import ProofSheet, Row, Words
from onewindow.packs.reads import counting as counting_words
from onewindow.rules.clock import ProofDay, lasting
from onewindow.rules.facts import TERMS_ZH
from onewindow.rules.pack import LOCAL_WORDS, Basis, InForce
from onewindow.rules.proofs import counting, proved, reason, sources
from onewindow.rules.record import WRONG_WORDS, Wrong, struck_in
from onewindow.rules.standing import TermState
from onewindow.web.clauses import clauses_of, own_note
from onewindow.web.templatetags.ow_time import at as moment
from onewindow.web.templatetags.ow_time import full_day, weekday
from onewindow.web.views.track.dates import PROVISIONAL

NO_DAYS = "这个期限是当场办结，没有可以逐日计算的天数。"
_SIDES = {"officer": "工作人员", "party": "申请人", "bearer": "申请人", "system": "系统自动记录"}


class Began(NamedTuple):
    """The fact from which a term runs: its word, when it was recorded, and by whom."""

    entry: Entry
    word: str
    by: str


def began(found: Whole, state: TermState, names: Mapping[str, str] | None = None) -> Began | None:
    """The fact that started a term; the name of whoever recorded it for the office alone (`names`)."""
    gone = struck_in(found.entries)
    starts = [one for one in found.entries if one.fact in state.term.runs_from and one.place not in gone]
    entry = next((one for one in reversed(starts) if one.on == state.reckoning.start), None)
    if entry is None:
        return None
    by = names.get(entry.by, "") if names is not None else _side(entry.by)
    return Began(entry, TERMS_ZH[entry.fact], by)


def sheet(
    found: Whole,
    key: str,
    at: datetime,
    *,
    demo: bool,
    names: Mapping[str, str] | None = None,
) -> ProofSheet:
    """The proof sheet of one term as of `at`; names of officers only where they are given."""
    state = found.terms[key]
    case, reckoning = found.case, state.reckoning
    days = lines(found, state, at.date())
    basis = sources(days)
    return ProofSheet(
        key=key,
        case=case.number,
        item=case.item_name,
        organ=case.department.name,
        title=f"{state.term.title_zh}　{lasting(reckoning.days, reckoning.unit)}",
        answer=answer(state),
        provisional=PROVISIONAL if reckoning.provisional else "",
        told=tuple(_told(found, state, names)),
        rows=tuple(_row(line, basis, first=n == 0) for n, line in enumerate(days)),
        total=sum(line.counted for line in days),
        sources=basis,
        clauses=tuple(Words(c.source, c.clause, c.quote, c.verified) for c in clauses_of(found, state)),
        rules=_rules(found.pack, state, case.version.kind),
        notes=tuple(_notes(found, state)),
        drawn=at,
        demo=demo,
    )


def lines(found: Whole, state: TermState, today: date) -> tuple[ProofDay, ...]:
    """Every day of the term, as the clock proves it; none for what is done at once."""
    return proved(state.reckoning, found.law.calendar, today) if state.reckoning.days else ()


def answer(state: TermState) -> str:
    """The day that the sheet proves, in one sentence."""
    if state.due is None:
        return "期限正在暂停，恢复以后才能算出到期日"
    return f"{state.due.year} 年 {weekday(state.due)}到期"


def standing_of(state: TermState) -> str:
    """Whether it still runs, rests, stands still or has ended, and whether that was in time."""
    if state.ended is not None:
        late = "，已经超过期限" if state.late else "，在期限以内"
        return f"{full_day(state.ended)}结束{late if state.due else ''}"
    if state.rests_since is not None:
        return f"{full_day(state.rests_since)}起轮到申请人，不再算机关的期限"
    if state.due is None:
        return "正在暂停"
    return "正在走，是申请人的期限" if state.term.owed_by == "applicant" else "正在走"


def _told(found: Whole, state: TermState, names: Mapping[str, str] | None) -> Iterator[tuple[str, str]]:
    case, reckoning = found.case, state.reckoning
    yield "事项", case.item_name
    yield "办理机关", case.department.name
    start, first = began(found, state, names), full_day(reckoning.start)
    yield "从哪天起", f"{first}{f'，{start.word}' if start else ''}；当天不算，从次日起数"
    if start is not None:
        yield "谁在何时记下", "，".join(part for part in (start.by, _at(start.entry.at)) if part)
    yield "期限", lasting(reckoning.days, reckoning.unit) + ("（法定）" if state.term.legal else "")
    for pause in reckoning.pauses:
        until = full_day(pause.end) if pause.end else "现在还没有结束"
        yield "暂停", f"{pause.ground}：{full_day(pause.start)}起，{until}{'止' if pause.end else ''}"
    yield "现在", standing_of(state)
    yield from _voided(found)


def _voided(found: Whole) -> Iterator[tuple[str, str]]:
    """The facts of the case that no longer hold, beside those that do: no day is reckoned from them."""
    gone = struck_in(found.entries)
    for entry in found.entries:
        if entry.place in gone:
            why = WRONG_WORDS[Wrong(gone[entry.place])][1]
            yield "作废的记载", f"{full_day(entry.on)}，{TERMS_ZH[entry.fact]}；{why}。期限不从它计算"


def _at(when: datetime) -> str:
    return f"{when.year} 年 {moment(when)}"


def _side(by: str) -> str:
    """Who recorded a fact, as the applicant is told: never an officer's name."""
    return _SIDES.get(by.partition(":")[0], "")


def _row(line: ProofDay, basis: tuple[str, ...], *, first: bool) -> Row:
    place = basis.index(line.source) + 1 if line.source else 0
    return Row(line.on, line.counted, counting(line, first=first), reason(line), place, line.last)


def _rules(pack: InForce, state: TermState, kind: str) -> tuple[Words, ...]:
    """How days are counted, in the words of the rules that were used for this term."""
    working, paused = state.reckoning.unit == "working", bool(state.reckoning.pauses)
    quoted = counting_words(pack, kind, working=working, paused=paused)
    return tuple(Words(one.source, one.clause, one.quote, one.verified) for one in quoted)


def _notes(found: Whole, state: TermState) -> Iterator[str]:
    term = state.term
    if not state.reckoning.days:
        yield NO_DAYS
    if term.basis is Basis.LOCAL and not term.cites:
        yield f"{LOCAL_WORDS}。"
    if note := own_note(found, state) or term.note:
        yield note
    if state.reckoning.provisional:
        yield "期限跨入了放假通知还没有公布的年份，按法定节日推算；通知公布后重新计算，变了会另行告诉您。"
