"""An extension lengthens once and a procedure takes its days out: never shorter, whatever came first on a day."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onewindow.rules.clock import Extension, Pause, prove, reckon
from onewindow.rules.facts import Accepted, Denied, Fact, Granted, Received, Withdrawn
from onewindow.rules.facts_time import (
    Extended,
    ExtensionAsked,
    ExtensionDeclined,
    ProcedureBegun,
    ProcedureEnded,
)
from onewindow.rules.grants import NotAllowed
from onewindow.rules.special import EXTENSION_LAW, PAUSE_LAW, procedures
from onewindow.rules.standing import Standing, standing
from onewindow.rules.workdays import ONE_DAY
from tests.calendar import CALENDAR
from tests.rules.test_second_reckoning import law

OCT12, OCT15, OCT28 = date(2026, 10, 12), date(2026, 10, 15), date(2026, 10, 28)
ACCEPTED = (Received(on=OCT12, channel="counter", application=1), Accepted(on=OCT12))
LAW = law(10)


def now(*facts: Fact, by: object = LAW) -> Standing:
    return standing((*ACCEPTED, *facts), by)  # type: ignore[arg-type]


def begun(on: date, kind: str = "鉴定", number: int = 1, planned: date = OCT28) -> ProcedureBegun:
    return ProcedureBegun(on=on, procedure=number, kind=kind, planned_end=planned)


def ended(on: date, number: int = 1) -> ProcedureEnded:
    return ProcedureEnded(on=on, procedure=number)


def asked(on: date, number: int = 1) -> ExtensionAsked:
    return ExtensionAsked(on=on, extension=number, asked_days=10)


def extended(on: date, number: int = 1) -> Extended:
    return Extended(on=on, extension=number, days=10)


def due(found: Standing, name: str) -> date | None:
    return next(state.due for state in found.terms if state.term.name == name)


def test_ten_days_more_to_decide_and_the_promise_stays() -> None:
    found = now(asked(date(2026, 11, 5)), extended(date(2026, 11, 6)))
    assert (due(found, "decide"), due(found, "promised")) == (date(2026, 11, 23), date(2026, 10, 26))
    assert (found.due_on, found.legal_due_on) == (date(2026, 10, 26), date(2026, 11, 23))


def test_the_proof_says_the_extension_in_a_line_of_its_own_with_its_clause() -> None:
    found = now(asked(date(2026, 11, 5)), extended(date(2026, 11, 6)))
    (decide,) = (state for state in found.terms if state.term.name == "decide")
    lines = prove(decide.reckoning, CALENDAR)
    (said,) = (line for line in lines if line.kind == "extension")
    assert (said.on, said.counted, said.source) == (date(2026, 11, 9), False, EXTENSION_LAW)
    assert said.reason == "11 月 6 日经本机关负责人批准，延长 10 个工作日，从第 21 天接着数"
    after = lines[lines.index(said) + 1]
    assert (after.on, after.number) == (date(2026, 11, 10), 21)
    assert (sum(line.counted for line in lines), lines[-1].on) == (30, date(2026, 11, 23))


def test_a_procedure_of_the_eight_takes_the_days_after_its_notice_out_and_the_proof_says_why() -> None:
    found = now(begun(OCT15), ended(OCT28))
    assert (due(found, "decide"), due(found, "promised")) == (date(2026, 11, 20), date(2026, 11, 6))
    (decide,) = (state for state in found.terms if state.term.name == "decide")
    by_day = {line.on: line for line in prove(decide.reckoning, CALENDAR)}
    assert by_day[OCT15].counted
    out = by_day[date(2026, 10, 16)]
    assert (out.kind, out.counted, out.reason, out.source) == ("paused", False, "鉴定期间", PAUSE_LAW)


def test_what_is_none_of_the_eight_stops_nothing() -> None:
    found = now(begun(OCT15, "公示"))
    assert (found.held, due(found, "decide")) == (False, date(2026, 11, 9))


def test_a_case_is_held_only_while_every_open_term_stands_still() -> None:
    assert now(begun(OCT15)).held
    assert now(begun(OCT15)).due_on is None
    assert now(begun(OCT15)).yellow_on is None
    promised_alone = tuple(
        replace(term, stops_for=()) if term.name == "decide" else term for term in LAW.terms
    )
    found = now(begun(OCT15), by=replace(LAW, terms=promised_alone))
    assert (found.held, found.due_on) == (False, date(2026, 11, 9))


def test_a_case_that_is_overdue_does_not_become_held_by_a_procedure() -> None:
    found = now(begun(date(2026, 11, 10)))
    assert (found.held, found.legal_due_on) == (False, date(2026, 11, 9))


def test_a_pause_that_lasts_ends_with_the_term() -> None:
    found = now(begun(date(2026, 10, 14), "听证"), Withdrawn(on=date(2026, 10, 21)))
    assert due(found, "decide") == date(2026, 11, 16)
    assert not found.held


@pytest.mark.parametrize("decision", [Granted(on=OCT28, decision=1), Denied(on=OCT28, decision=1)])
def test_nothing_is_decided_before_the_hearing_has_ended(decision: Fact) -> None:
    with pytest.raises(NotAllowed, match="“听证”还没有结束"):
        now(begun(OCT15, "听证"), decision)
    now(begun(OCT15, "听证"), ended(OCT28), decision)


@pytest.mark.parametrize("again", [asked(date(2026, 11, 9), 2), extended(date(2026, 11, 9), 2)])
def test_a_case_is_extended_once(again: Fact) -> None:
    with pytest.raises(NotAllowed, match="只能延长一次"):
        now(asked(date(2026, 11, 5)), extended(date(2026, 11, 6)), again)


def test_what_was_declined_may_be_asked_again_and_what_waits_may_not() -> None:
    day = date(2026, 11, 5)
    declined = ExtensionDeclined(on=day, extension=1)
    found = now(asked(day), declined, asked(day, 2), extended(day, 2))
    assert due(found, "decide") == date(2026, 11, 23)
    with pytest.raises(NotAllowed, match="正在等"):
        now(asked(day), asked(day, 2))
    with pytest.raises(NotAllowed, match="没有提请"):
        now(extended(day))


def test_a_procedure_ends_once_and_is_not_begun_twice_at_a_time() -> None:
    with pytest.raises(NotAllowed, match="没有在进行"):
        now(begun(OCT15), ended(OCT28), ended(OCT28))
    with pytest.raises(NotAllowed, match="已经在进行"):
        now(begun(OCT15), begun(OCT15, number=2))
    again = now(begun(OCT15), ended(OCT28), begun(OCT28, number=2))
    assert [one.ended for one in procedures(again.seen)] == [OCT28, None]


def test_a_procedure_overruns_from_the_day_after_the_one_that_was_told() -> None:
    (one,) = procedures((begun(OCT15),))
    assert [one.overrun(OCT28), one.overrun(OCT28 + ONE_DAY)] == [False, True]
    (late,) = procedures((begun(OCT15), ended(OCT28 + ONE_DAY)))
    assert late.overrun(date(2026, 12, 31))


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_what_happened_on_one_day_gives_one_answer_in_whatever_order_it_was_written(
    order: tuple[int, ...],
) -> None:
    day = date(2026, 10, 20)
    same_day: list[Fact] = [ended(day), begun(day, "听证", 2), begun(day, "公示", 3), asked(day)]
    facts = [begun(OCT15), *(same_day[n] for n in order)]
    last = (ended(OCT28, 2), extended(OCT28), ended(OCT28, 3))
    found, wanted = now(*facts, *last), now(begun(OCT15), *same_day, *last)
    assert [state.due for state in found.terms] == [state.due for state in wanted.terms]
    assert (found.due_on, found.yellow_on, found.held) == (wanted.due_on, wanted.yellow_on, wanted.held)


days = st.integers(0, 60)
spans = st.lists(st.tuples(days, st.integers(0, 30)), max_size=5)


def paused(start: date, told: list[tuple[int, int]]) -> tuple[Pause, ...]:
    return tuple(Pause(start + timedelta(days=a), start + timedelta(days=a + b), "鉴定期间") for a, b in told)


@settings(deadline=None)
@given(st.dates(date(2025, 1, 2), date(2026, 6, 30)), st.integers(1, 45), spans, st.integers(0, 10))
def test_neither_a_pause_nor_an_extension_ever_shortens(
    start: date, long: int, told: list[tuple[int, int]], more: int
) -> None:
    plain = reckon(start, long, "working", CALENDAR).due
    pauses = paused(start, told)
    some = reckon(start, long, "working", CALENDAR, pauses[1:]).due
    whole = reckon(start, long, "working", CALENDAR, pauses)
    longer = reckon(start, long, "working", CALENDAR, pauses, Extension(start, more, EXTENSION_LAW))
    assert plain is not None
    assert some is not None
    assert whole.due is not None
    assert longer.due is not None
    assert plain <= some <= whole.due <= longer.due
    assert sum(line.counted for line in prove(whole, CALENDAR)) == long
    assert sum(line.counted for line in prove(longer, CALENDAR)) == long + more
    assert sum(line.kind == "extension" for line in prove(longer, CALENDAR)) == (more > 0)


@settings(deadline=None)
@given(st.dates(date(2025, 1, 2), date(2026, 6, 30)), st.integers(1, 45), spans, st.randoms())
def test_the_order_of_the_pauses_does_not_matter(
    start: date, long: int, told: list[tuple[int, int]], chance: object
) -> None:
    pauses = list(paused(start, told))
    wanted = reckon(start, long, "working", CALENDAR, tuple(pauses)).due
    chance.shuffle(pauses)  # type: ignore[attr-defined]
    assert reckon(start, long, "working", CALENDAR, tuple(pauses)).due == wanted


@given(spans)
def test_a_calendar_term_is_not_shortened_either(told: list[tuple[int, int]]) -> None:
    plain = reckon(OCT12, 30, "calendar", CALENDAR).due
    longer = reckon(OCT12, 30, "calendar", CALENDAR, paused(OCT12, told)).due
    assert plain is not None
    assert longer is not None
    assert plain <= longer
