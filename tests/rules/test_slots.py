"""At which times a session still has a place, reckoned by hand."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.rules.opening import Session, SessionKind
from onewindow.rules.slots import Slot, ends_at, free, grid, needed, places, shortage

MORNING = Session(date(2026, 11, 23), SessionKind.REGULAR, time(9), time(11))
HALF = time(9, 30)


def test_a_session_is_cut_into_slots_and_a_short_rest_is_none() -> None:
    assert grid(MORNING, 30) == [time(9), HALF, time(10), time(10, 30)]
    assert grid(MORNING, 50) == [time(9), time(9, 50)]


@pytest.mark.parametrize(("minutes", "slots"), [(0, 1), (1, 1), (30, 1), (31, 2), (60, 2), (75, 3)])
def test_a_visit_takes_as_many_slots_as_its_items_need(minutes: int, slots: int) -> None:
    assert needed(minutes, 30) == slots


@pytest.mark.parametrize(("windows", "percent", "kept"), [(0, 50, 0), (1, 10, 1), (4, 50, 2), (7, 50, 3)])
def test_some_windows_are_kept_for_bookings_and_one_at_least(windows: int, percent: int, kept: int) -> None:
    assert places(windows, percent) == kept


def test_free_times_are_those_with_a_place_in_every_slot_of_the_visit() -> None:
    visits = [(HALF, time(10)), (HALF, time(10))]
    assert free(MORNING, slot=30, places=2, visits=visits, minutes=20) == [
        Slot(time(9), HALF, 2),
        Slot(time(10), time(10, 30), 2),
        Slot(time(10, 30), time(11), 2),
    ]
    # An hour finds no room before ten: half past nine is full.
    assert free(MORNING, slot=30, places=2, visits=visits, minutes=60) == [Slot(time(10), time(11), 2)]


def test_a_full_slot_is_not_offered() -> None:
    visits = [(time(9), HALF)]
    assert time(9) not in [one.begins for one in free(MORNING, slot=30, places=1, visits=visits, minutes=20)]


def test_what_has_begun_is_not_offered() -> None:
    assert [one.begins for one in free(MORNING, slot=30, places=1, minutes=20, after=HALF)] == [
        time(10),
        time(10, 30),
    ]


def test_a_visit_ends_with_its_last_slot() -> None:
    assert ends_at(time(9), 40, 30) == time(10)


@pytest.mark.parametrize(
    ("visits", "staff", "missing"),
    [
        ([], 0, 0),
        ([(time(9), HALF)], 0, 1),
        # Two at the same time need two, though the load of an hour would fit one.
        ([(time(9), HALF), (time(9), HALF)], 1, 1),
        # Five half hours in a row of a session of two hours are more than one person's.
        ([(time(9), HALF), (HALF, time(10)), (time(10), time(10, 30)), (time(10, 30), time(11))], 1, 0),
        ([(time(9), time(11)), (time(9), time(11)), (time(10), time(10, 30))], 2, 1),
    ],
)
def test_how_many_more_have_to_be_on_duty(visits: list[tuple[time, time]], staff: int, missing: int) -> None:
    assert shortage(MORNING, visits, staff) == missing


@given(
    st.lists(st.tuples(st.sampled_from([0, 1, 2, 3]), st.sampled_from([20, 45, 75])), max_size=20),
    st.integers(1, 3),
)
def test_who_takes_only_free_times_never_overfills_a_slot(wishes: list[tuple[int, int]], room: int) -> None:
    visits: list[tuple[time, time]] = []
    for place, minutes in wishes:
        open_ones = free(MORNING, slot=30, places=room, visits=visits, minutes=minutes)
        if open_ones:
            chosen = open_ones[place % len(open_ones)]
            visits.append((chosen.begins, chosen.ends))
    for start in grid(MORNING, 30):
        assert sum(1 for begins, ends in visits if begins <= start < ends) <= room
