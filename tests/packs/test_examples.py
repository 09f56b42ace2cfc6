"""The worked examples of every pack, reckoned a second time day by day."""

import pytest
from tests.packs.reckon import PACKS, reckon

from onewindow.packs import load
from onewindow.packs.keys import RULES, TERMS
from onewindow.rules.pack import Example, Pack

NAMES = sorted(path.parent.name for path in PACKS.glob("*/pack.toml"))
LOADED = {name: load(name, PACKS) for name in NAMES}
WORKED = [(pack, e) for pack in LOADED.values() for e in pack.examples if e.pack == pack.id]


@pytest.mark.parametrize(("pack", "example"), WORKED, ids=[f"{p.id}: {e.name}" for p, e in WORKED])
def test_the_dates_worked_by_hand_are_the_dates_counted_one_by_one(pack: Pack, example: Example) -> None:
    assert reckon(pack, example) == example.expect


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
    assert set(TERMS) <= shown
    assert shown <= set(TERMS) | set(RULES)
