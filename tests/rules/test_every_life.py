"""每一种经过: a machine that lives cases by the real packs of the places; what must hold after each of its facts?

It knows of a fact only its name and its fields, so a new kind of fact is lived through as soon as the table of stages
names it. What the history refuses is not lived.
"""

from __future__ import annotations

from dataclasses import MISSING, fields, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_type_hints

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from onewindow.packs.reader import held
from onewindow.rules import fees, special, third
from onewindow.rules.facts import FACTS, Fact
from onewindow.rules.grants import NotAllowed
from onewindow.rules.kinds_of_case import KIND_WORDS, CaseKind
from onewindow.rules.pack import Kind
from onewindow.rules.stages import BEFORE_DECISION, DECIDED, NEXT, OPEN
from onewindow.rules.standing import CaseLaw, Standing, standing
from tests.calendar import CALENDAR

PACKS = Path(__file__).resolve().parents[2] / "packs"
PLACES = ("fangcheng", "hedong", "jining", "luoshan", "zhanhe")
BEGAN = date(2026, 3, 2)
LEGAL, PROMISED, ABOVE = 20, 8, 15
PLANNED = (CaseKind.INSTANT, CaseKind.PROMISED, CaseKind.JOINT, CaseKind.UPWARD)
PROCEDURES = ("听证", "鉴定", "公示", "现场踏勘")
ACCEPTING = {"Accepted", "AcceptedBySilence"}


def law(place: str, kind: str, channel: str, case_kind: CaseKind) -> CaseLaw:
    """The law of an item of this kind in this place, with the item's own days put in."""
    pack = held(place, PACKS).at(BEGAN)
    fitting = pack.terms(kind, channel, KIND_WORDS[case_kind])
    fitted = [(term, term.days_for(LEGAL, PROMISED, ABOVE)) for term in fitting]
    terms = tuple(replace(term, days=days) for term, days in fitted if days is not None)
    return CaseLaw(terms, CALENDAR, yellow_percent=20, pickup_days=10, kind=case_kind)


class Life(RuleBasedStateMachine):
    """One case from the receipt on; days pass between its facts."""

    facts: tuple[Fact, ...]
    now: Standing

    @initialize(
        place=st.sampled_from(PLACES),
        kind=st.sampled_from([kind.value for kind in Kind]),
        channel=st.sampled_from(["counter", "web"]),
        case_kind=st.sampled_from(PLANNED),
    )
    def begin(self, place: str, kind: str, channel: str, case_kind: CaseKind) -> None:
        self.law, self.day = law(place, kind, channel, case_kind), BEGAN
        self.facts = (FACTS["Received"](on=BEGAN, channel=channel, application=1),)
        self.now = standing(self.facts, self.law)

    @rule(data=st.data(), wait=st.sampled_from([0, 0, 1, 2, 5, 9, 20]))
    def goes_on(self, data: st.DataObject, wait: int) -> None:
        self.day += timedelta(days=wait)
        stage = self.now.stage
        name = data.draw(st.sampled_from(sorted(fact for at, fact in NEXT if at is stage)))
        fact = self.any_fact(data, name)
        try:
            self.now = standing((*self.facts, fact), self.law)
        except NotAllowed:
            return
        self.facts = (*self.facts, fact)

    def any_fact(self, data: st.DataObject, name: str) -> Fact:
        """A fact of this name; each of its numbers is among the few that the life knows."""
        made = FACTS[name]
        hints = get_type_hints(made)
        told = {
            one.name: data.draw(self.value(one.name, str(hints[one.name])))
            for one in fields(made)
            if one.name != "on" and (one.default is MISSING or data.draw(st.booleans()))
        }
        return made(on=self.day, **told)

    def value(self, field: str, hint: str) -> st.SearchStrategy[Any]:
        if field == "kind":
            return st.sampled_from(PROCEDURES)
        if field in ("total", "amount"):
            return st.sampled_from(["10.00", "20.00"])
        if field == "before":
            return st.sampled_from(["decide", "issue"])
        if "date" in hint:
            return st.integers(0, 30).map(lambda days: self.day + timedelta(days=days))
        if "bool" in hint:
            return st.booleans()
        if "tuple[int" in hint:
            return st.lists(st.integers(1, 3), max_size=2).map(tuple)
        if "tuple[str" in hint:
            return st.lists(st.sampled_from(["m1", "m2"]), max_size=2).map(tuple)
        return st.integers(1, 3) if "int" in hint else st.sampled_from(["counter", "web", "red"])

    @invariant()
    def nothing_is_decided_that_was_not_accepted(self) -> None:
        names = [fact.name for fact in self.facts]
        for index, name in enumerate(names):
            if name in ("Granted", "Denied", "SentUp", "GrantedAbove", "DeniedAbove", "RenewedByLaw"):
                assert ACCEPTING & set(names[:index])

    @invariant()
    def whoever_is_to_be_heard_is_heard_before_the_decision(self) -> None:
        for index, fact in enumerate(self.facts):
            if fact.name in ("Granted", "Denied", "SentUp"):
                assert all(one.ended for one in special.procedures(self.facts[:index]))
                assert not any(one.stands_in_the_way(fact.on) for one in third.states(self.facts[:index]))

    @invariant()
    def nothing_is_handed_out_unpaid_and_no_sum_is_lost(self) -> None:
        for index, fact in enumerate(self.facts):
            if fact.name in ("Delivered", "Dispatched"):
                assert not fees.owed(self.facts[:index])
        for one in fees.bills(self.facts):
            assert one.paid in (None, one.total - one.relief)
            assert one.back <= (one.paid or 0)

    @invariant()
    def nothing_runs_and_no_light_waits_on_a_case_that_has_ended(self) -> None:
        now = self.now
        if now.stage in OPEN:
            return
        assert [state.term.name for state in now.running()] == []
        assert (now.due_on, now.legal_due_on, now.yellow_on, now.wakes_on) == (None,) * 4
        assert not now.held
        assert not now.turns

    @invariant()
    def an_open_case_is_never_out_of_everybodys_sight(self) -> None:
        """It has a day, or it stands still for a reason, or it is the applicant's turn."""
        now = self.now
        if now.stage in BEFORE_DECISION:
            theirs = any(state.running and state.term.owed_by == "applicant" for state in now.terms)
            assert now.due_on or now.held or theirs or now.wakes_on
        if now.stage in DECIDED and not {"Kept", "Dispatched"} & {fact.name for fact in self.facts}:
            assert now.wakes_on

    @invariant()
    def the_day_shown_is_the_first_of_all_that_the_office_owes(self) -> None:
        now = self.now
        owed = [state.due for state in now.terms if state.owed_by_office and state.due]
        if now.stage in OPEN and owed:
            assert now.due_on == min(owed)

    @invariant()
    def a_term_ends_no_earlier_than_its_days(self) -> None:
        """No pause and no extension ever shortens what the law or the item gives."""
        for state in self.now.terms:
            if state.due is not None and state.reckoning.unit == "working":
                assert state.due >= CALENDAR.add(state.reckoning.start, state.reckoning.first_days)


def test_every_life_keeps_to_it() -> None:
    run_state_machine_as_test(Life, settings=settings(max_examples=200, stateful_step_count=30))


@given(st.data(), st.sampled_from(sorted({fact for _, fact in NEXT})))
def test_the_machine_can_live_whatever_the_table_names(data: st.DataObject, name: str) -> None:
    life = Life()
    life.begin("luoshan", Kind.LICENCE.value, "counter", CaseKind.PROMISED)
    assert life.any_fact(data, name).name == name
