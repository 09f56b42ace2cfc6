"""The effective history: a journal with voidings reads like the journal of those facts alone that were not voided."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.rules import facts
from onewindow.rules.facts import Fact
from onewindow.rules.facts_record import VoidAsked, Voided
from onewindow.rules.facts_time import Extended, ExtensionAsked, ProcedureBegun, ProcedureEnded
from onewindow.rules.facts_watch import LightTurned
from onewindow.rules.grants import NotAllowed
from onewindow.rules.record import (
    WRONG_WORDS,
    Wrong,
    earliest,
    effective,
    last_day_before,
    of_effect,
    refuse_day,
    refuse_own_day,
    struck,
)
from onewindow.rules.stages import NEXT, Stage
from onewindow.rules.standing import CaseLaw, standing
from onewindow.rules.voiding import SHOWN_BY, VOIDABLE, falling, moves, refuse_unvoidable
from tests.calendar import CALENDAR
from tests.rules.test_second_reckoning import law as law_of

SEP24 = date(2026, 9, 24)
OFFICE = "officer:1"
# One body for every kind of fact of a life; ids are told apart where they must be.
BODIES: dict[str, dict[str, object]] = {
    "Received": {"channel": "counter", "application": 1},
    "Judged": {"fits": (1,), "lacking": ()},
    "CorrectedOnSpot": {"materials": ("sqs",)},
    "CorrectionAsked": {"correction": 1, "reply_by": date(2026, 11, 1), "materials": ("sqs",)},
    "CorrectionReceived": {"correction": 1, "materials": ("sqs",)},
    "CorrectionReminded": {"correction": 1, "reply_by": date(2026, 11, 9)},
    "CorrectionLapsed": {"correction": 1},
    "AcceptedBySilence": {"recorded_on": date(2026, 10, 10)},
    "RefusalProposed": {"refusal": 1},
    "RefusalSentBack": {"refusal": 1},
    "Refused": {"refusal": 1},
    "NotOurs": {"refusal": 1},
    "NotNeeded": {"refusal": 1},
    "Reviewed": {"opinion": 1, "favourable": True},
    "ReviewSentBack": {"opinion": 2},
    "Granted": {"decision": 1},
    "Denied": {"decision": 1},
    "Dispatched": {"delivery": 1},
    "CameBack": {"delivery": 1},
    "PickupReminded": {"reminder": 1},
    "Delivered": {"delivery": 2, "way": "counter"},
    "LightTurned": {"light": "yellow", "term": "decide", "due": date(2026, 10, 29)},
}
PLAIN = ("Accepted", "Withdrawn", "Kept")


def law() -> CaseLaw:
    return law_of(8)


def made(name: str, on: date) -> Fact:
    return facts.FACTS[name](on=on, **BODIES.get(name, {}))


def void(place: int, *also: int, on: date = date(2026, 12, 1)) -> Voided:
    return Voided(on=on, voiding=1, place=place, cause=Wrong.SLIP.value, also=also)


@st.composite
def lives(draw: st.DrawFn) -> list[Fact]:
    """A possible life: every fact a working day after the one before it."""
    stage, day, path = Stage.NEW, SEP24, list[Fact]()
    known = {*BODIES, *PLAIN}
    for _ in range(draw(st.integers(1, 14))):
        names = sorted(fact for at, fact in NEXT if at == stage and fact in known)
        if not names:
            break
        name = draw(st.sampled_from(names))
        path.append(made(name, day))
        stage, day = NEXT[stage, name], day + timedelta(days=1)
    return path


def takeable(path: list[Fact]) -> list[tuple[int, tuple[int, ...]]]:
    """The places that may be voided, each with what falls with it."""
    found = []
    for place in range(1, len(path) + 1):
        try:
            refuse_unvoidable(path, [OFFICE] * len(path), place)
            found.append((place, falling(path, place)))
        except NotAllowed:
            continue
    return found


def told(path: list[Fact], under: CaseLaw) -> tuple[object, ...]:
    now = standing(path, under)
    days = tuple((s.term.name, s.due, s.ended, s.rests_since) for s in now.terms)
    return now.stage, now.due_on, now.legal_due_on, now.held, now.yellow_on, days


@given(lives(), st.data())
def test_a_history_with_voids_projects_like_the_history_without_them(
    path: list[Fact], data: st.DataObject
) -> None:
    under, journal, gone = law(), list(path), set[int]()
    for _ in range(data.draw(st.integers(1, 3))):
        open_ones = takeable(journal)
        if not open_ones:
            break
        place, also = data.draw(st.sampled_from(open_ones))
        journal.append(void(place, *also))
        gone |= {place, *also}
    without = [fact for place, fact in enumerate(path, start=1) if place not in gone]
    assert list(effective(journal)) == without
    assert told(journal, under) == told(without, under)
    assert effective(effective(journal)) == effective(journal)


@given(lives(), st.randoms())
def test_the_order_of_voidings_does_not_matter(path: list[Fact], chance: object) -> None:
    voids, journal = list[Voided](), list(path)
    while open_ones := takeable(journal):
        place, also = chance.choice(open_ones)  # type: ignore[attr-defined]
        voids.append(void(place, *also))
        journal.append(voids[-1])
    mixed = list(voids)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert effective([*path, *voids]) == effective([*path, *mixed])
    assert told([*path, *voids], law()) == told([*path, *mixed], law())


@given(lives())
def test_whatever_may_be_voided_leaves_a_possible_life_that_began_with_a_receipt(path: list[Fact]) -> None:
    for place, also in takeable(path):
        left = standing([*path, void(place, *also)], law())
        assert left.stage is not Stage.NEW
        assert not ({"Granted", "Denied"} & {fact.name for fact in left.seen}) or {
            "Accepted",
            "AcceptedBySilence",
        } & {fact.name for fact in left.seen}


@given(lives())
def test_a_voiding_never_takes_a_served_decision(path: list[Fact]) -> None:
    names = [fact.name for fact in path]
    if "Delivered" in names:
        taken = {path[place - 1].name for place, _ in takeable(path)}
        assert not taken & {"Granted", "Denied"}


def life(*names: str) -> list[Fact]:
    return [made(name, SEP24 + timedelta(days=n)) for n, name in enumerate(names)]


def test_what_stands_beside_the_facts_is_left_out_with_them() -> None:
    path = [*life("Received", "Accepted", "Reviewed"), void(3)]
    assert of_effect(path, ("a", "b", "c", "d")) == ("a", "b")
    assert set(struck(path)) == {3}


def test_voiding_a_decision_brings_back_the_days_to_decide() -> None:
    """9-24 accepted: 8 working days promised end 10-13, 20 by law 10-29 (1–7 October off, 10 October worked)."""
    path = life("Received", "Accepted", "Reviewed", "Granted")
    after = standing([*path, void(4)], law())
    moved = {one.term: (one.before, one.after) for one in moves(standing(path, law()), after)}
    assert after.stage is Stage.DECIDING
    assert moved["decide"] == (None, date(2026, 10, 29))
    assert moved["promised"] == (None, date(2026, 10, 13))


def test_voiding_an_extension_takes_its_days_away_and_a_procedure_its_pause() -> None:
    path: list[Fact] = [
        *life("Received", "Accepted"),
        ProcedureBegun(on=date(2026, 9, 28), procedure=1, kind="听证", planned_end=date(2026, 10, 20)),
        ProcedureEnded(on=date(2026, 10, 12), procedure=1),
        ExtensionAsked(on=date(2026, 10, 26), extension=1, asked_days=10),
        Extended(on=date(2026, 10, 27), extension=1, days=10),
    ]
    with_all = standing(path, law()).legal_due_on
    assert with_all is not None
    without_days = standing([*path, void(6)], law()).legal_due_on
    assert without_days is not None
    assert CALENDAR.between(without_days, with_all) == 10
    with pytest.raises(NotAllowed, match="请先作废“特别程序结束”"):
        falling(path, 3)
    bare = standing([*path, void(4), void(3), void(6), void(5)], law()).legal_due_on
    assert bare == standing(path[:2], law()).legal_due_on


def test_a_light_that_was_turned_stays_turned() -> None:
    path = life("Received", "Accepted", "LightTurned", "Reviewed")
    assert LightTurned in map(type, standing([*path, void(4)], law()).seen)
    with pytest.raises(NotAllowed, match="亮灯是按期限自动记下的"):
        refuse_unvoidable(path, [OFFICE] * 4, 3)


def test_a_decision_is_voided_before_the_opinion_on_which_it_stands() -> None:
    path = life("Received", "Accepted", "Reviewed", "Granted")
    with pytest.raises(NotAllowed, match=r"请先作废“准予”（9 月 27 日）"):
        falling(path, 3)


def test_what_is_not_voidable_says_so_when_it_stands_in_the_way() -> None:
    path = [
        *life("Received", "Accepted", "Reviewed", "Granted", "Delivered"),
        facts.Rated(on=date(2026, 10, 1), rating=1, grade=5, reasons=(), channel="online"),
    ]
    with pytest.raises(NotAllowed, match="“评价”（10 月 1 日）不能作废，所以它也不能作废"):
        falling(path, 5)


def test_time_is_overruled_only_by_what_came_from_outside() -> None:
    path = life("Received", "AcceptedBySilence")
    with pytest.raises(NotAllowed, match="不能单独作废"):
        refuse_unvoidable(path, [OFFICE, "system"], 2)
    assert refuse_unvoidable(path, [OFFICE, "system"], 2, shown=True) is path[1]
    assert not set(SHOWN_BY) & VOIDABLE


def test_only_facts_of_a_case_stand_in_the_tables_and_every_cause_has_both_words() -> None:
    of_cases = {fact for _, fact in NEXT}
    assert VOIDABLE | set(SHOWN_BY) | set(SHOWN_BY.values()) <= of_cases
    assert set(WRONG_WORDS) == set(Wrong)
    assert all(office and public for office, public in WRONG_WORDS.values())


# Worked by hand: 2026-10-12 is a Monday, 10-10 a Saturday that is worked, 10-01 to 10-07 are off.
@pytest.mark.parametrize(
    ("today", "days", "first"),
    [
        (date(2026, 10, 14), 2, date(2026, 10, 12)),  # Wednesday: Tuesday and Monday
        (date(2026, 10, 12), 2, date(2026, 10, 9)),  # Monday: Saturday 10 worked, Friday 9
        (date(2026, 10, 19), 1, date(2026, 10, 16)),  # Monday: the Friday before
        (date(2026, 10, 18), 1, date(2026, 10, 15)),  # Sunday: since Thursday only the Friday has passed
        (
            date(2026, 10, 9),
            2,
            date(2026, 9, 30),
        ),  # Friday 9, Thursday 8, then the last day before the holiday
    ],
)
def test_how_far_back_is_counted_in_working_days(today: date, days: int, first: date) -> None:
    assert earliest(today, days, CALENDAR) == first
    refuse_day(first, today, after=None, days=days, calendar=CALENDAR)
    with pytest.raises(NotAllowed, match=f"最多往前 {days} 个工作日"):
        refuse_day(first - timedelta(days=1), today, after=None, days=days, calendar=CALENDAR)


def test_no_day_ahead_none_before_what_happened_before_and_none_at_all_where_it_is_off() -> None:
    today, calendar = date(2026, 10, 14), CALENDAR
    with pytest.raises(NotAllowed, match="今天以后"):
        refuse_day(today + timedelta(days=1), today, after=None, days=2, calendar=calendar)
    with pytest.raises(NotAllowed, match="不能早于那天"):
        refuse_day(date(2026, 10, 12), today, after=date(2026, 10, 13), days=2, calendar=calendar)
    with pytest.raises(NotAllowed, match="本地设定不允许补录"):
        refuse_day(date(2026, 10, 13), today, after=None, days=0, calendar=calendar)
    refuse_day(today, today, after=None, days=0, calendar=calendar)


@pytest.mark.parametrize("name", ["Accepted", "Granted", "Denied", "Reviewed", "Refused", "CorrectionAsked"])
def test_an_act_of_the_office_is_never_dated_back(name: str) -> None:
    fact = made(name, date(2026, 10, 13))
    with pytest.raises(NotAllowed, match="机关自己作出的，只能记在办理的当天"):
        refuse_own_day(fact, date(2026, 10, 14))
    refuse_own_day(fact, date(2026, 10, 13))


def test_what_time_did_meanwhile_does_not_stand_in_the_way_of_an_earlier_day() -> None:
    path = life("Received", "Accepted", "LightTurned")
    asked = VoidAsked(on=date(2026, 10, 20), voiding=1, place=2)
    assert last_day_before([*path, asked]) == date(2026, 9, 25)
