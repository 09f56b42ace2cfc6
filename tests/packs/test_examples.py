"""The worked examples of every pack, reckoned twice: by the clock of the product, and day by day."""

from dataclasses import replace
from datetime import date

import pytest

from onewindow.packs import load
from onewindow.packs.calendar import load as load_calendar
from onewindow.packs.keys import RULES, TERMS
from onewindow.packs.worked import disagreements, provisional, reckoned
from onewindow.rules.facts import FACTS
from onewindow.rules.pack import Example, Kind, Pack
from onewindow.rules.workdays import Calendar
from tests.packs.reckon import PACKS, reckon

NAMES = sorted(path.parent.name for path in PACKS.glob("*/pack.toml"))
LOADED = {name: load(name, PACKS) for name in NAMES}
WORKED = [(pack, e) for pack in LOADED.values() for e in pack.examples if e.pack == pack.id]


@pytest.mark.parametrize(("pack", "example"), WORKED, ids=[f"{p.id}: {e.name}" for p, e in WORKED])
def test_the_dates_worked_by_hand_are_the_dates_counted_one_by_one(pack: Pack, example: Example) -> None:
    assert reckon(pack, example) == example.expect


CALENDAR = Calendar(tuple(load_calendar(PACKS).values()))


@pytest.mark.parametrize(("pack", "example"), WORKED, ids=[f"{p.id}: {e.name}" for p, e in WORKED])
def test_the_clock_gives_the_dates_worked_by_hand(pack: Pack, example: Example) -> None:
    assert reckoned(pack, example, CALENDAR) == example.expect
    assert provisional(pack, example, CALENDAR) == set(example.provisional)


def test_a_date_worked_wrongly_is_named_in_a_sentence() -> None:
    pack, example = WORKED[0]
    wrong = replace(example, expect={**example.expect, "accept_due": date(2024, 2, 19)})
    assert disagreements(pack, wrong, CALENDAR) == [
        "政策包 cn：算例“春节前收件五日内无人答复，除夕上班也算一天”的 accept_due：手算 2024-02-19，程序算出 2024-02-18"
    ]


def test_every_fact_that_a_term_names_can_happen() -> None:
    for pack in LOADED.values():
        named = {fact for term in pack.terms for fact in (*term.runs_from, *term.ends_with)}
        assert named <= set(FACTS)


def test_silence_accepts_nothing_but_licences() -> None:
    silent = [(p, e) for p, e in WORKED if [s.fact for s in e.history] == ["Received"] and not e.as_of]
    assert {e.kind for _, e in silent if "deemed_on" in e.expect} == {Kind.LICENCE}
    others = [(p, e) for p, e in silent if e.kind is not Kind.LICENCE]
    assert others
    assert not any(p.at(e.history[0].on).holds("accept.deemed", e.kind) for p, e in others)


@pytest.mark.parametrize(("pack", "example"), WORKED, ids=[f"{p.id}: {e.name}" for p, e in WORKED])
def test_an_example_names_what_it_shows_and_only_that_which_its_pack_holds(
    pack: Pack, example: Example
) -> None:
    day = example.history[0].on
    assert example.shows
    for name in example.shows:
        found = pack.term(name, example.kind, day, example.channel) if name in TERMS else pack.rule(name, day)
        assert found, f"{example.name}：{name}"


def test_a_date_in_a_year_without_notice_is_marked_provisional_and_no_other() -> None:
    for _, example in WORKED:
        late = {name for name, day in example.expect.items() if day.year >= 2027 and name.endswith("_due")}
        assert set(example.provisional) == late


def test_there_are_many_examples_over_three_years_and_in_every_place() -> None:
    assert len(WORKED) >= 40
    assert {day.year for _, e in WORKED for day in e.expect.values()} >= {2024, 2025, 2026, 2027}
    assert {pack.id for pack, _ in WORKED} == {"cn", "luoshan", "zhanhe", "fangcheng", "jining", "hedong"}


def test_every_term_is_shown_by_an_example() -> None:
    shown = {name for _, example in WORKED for name in example.shows}
    # Two terms that no place has by itself: a county switches them on, and tests of cases try them.
    off = {term.name for term in LOADED["cn"].terms if term.setting and not term.days}
    assert off == {"look_online", "tell_correction"}
    assert set(TERMS) - off <= shown
    assert shown <= set(TERMS) | set(RULES)


def test_an_example_that_cannot_happen_is_named_in_a_sentence() -> None:
    pack, example = WORKED[0]
    wrong = replace(example, history=(replace(example.history[0], fact="Granted"), *example.history[1:]))
    (said,) = disagreements(pack, wrong, CALENDAR)
    assert "走不下去" in said
    assert "第一件事应当是收件" in said
