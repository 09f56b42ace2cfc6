"""Who is next: the place of a number never changes, nobody starves, and nobody of the same class passes another."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.rules.queueing import Priority, Serves, Waits, next_for, rank, returned
from tests.cast import at

NINE = at(9, 24, 9)
MOST = 60  # the largest head start that a place may set
START = {Priority.ORDINARY: 0, Priority.ELDERLY: 20, Priority.DISABLED: 35, Priority.BOOKED: MOST}

arrivals = st.lists(
    st.tuples(st.integers(0, 480), st.sampled_from(list(START)), st.integers(1, 2)), min_size=1, max_size=60
)


def places(came: list[tuple[int, Priority, int]]) -> list[tuple[datetime, Priority, Waits]]:
    made = []
    for number, (minute, priority, line) in enumerate(sorted(came, key=lambda one: one[0]), 1):
        taken = NINE + timedelta(minutes=minute)
        made.append((taken, priority, Waits(number, line, rank(taken, START[priority]))))
    return made


def called(came: list[tuple[int, Priority, int]], window: Serves, every: int) -> list[int]:
    """Who is called, when one window takes the next every few minutes."""
    left, order, now = places(came), [], NINE
    while left:
        there = [waits for taken, _, waits in left if taken <= now]
        found = next_for(window, there, now)
        if found is not None:
            order.append(found.ticket)
            left = [one for one in left if one[2].ticket != found.ticket]
        now += timedelta(minutes=every)
    return order


@given(came=arrivals, every=st.integers(1, 15))
def test_nobody_is_passed_by_whoever_comes_later_than_the_largest_head_start(
    came: list[tuple[int, Priority, int]], every: int
) -> None:
    """So that he waits for those before him and a bounded number of others, whatever comes in afterwards."""
    when = {waits.ticket: taken for taken, _, waits in places(came)}
    order = called(came, Serves(1, frozenset({1, 2})), every)
    assert sorted(order) == sorted(when)
    for place, first in enumerate(order):
        assert all(when[first] <= when[later] + timedelta(minutes=MOST) for later in order[place + 1 :])


@given(came=arrivals, every=st.integers(1, 15))
def test_those_of_one_class_keep_their_order(came: list[tuple[int, Priority, int]], every: int) -> None:
    of = {waits.ticket: priority for _, priority, waits in places(came)}
    order = called(came, Serves(1, frozenset({1, 2})), every)
    for kind in START:
        mine = [ticket for ticket in order if of[ticket] is kind]
        assert mine == sorted(mine)


@given(came=arrivals, every=st.integers(1, 15), ahead=st.integers(0, 120))
def test_a_window_of_its_own_lets_no_other_line_starve(
    came: list[tuple[int, Priority, int]], every: int, ahead: int
) -> None:
    when = {waits.ticket: taken for taken, _, waits in places(came)}
    order = called(came, Serves(1, frozenset({1, 2}), frozenset({2}), ahead), every)
    assert sorted(order) == sorted(when)
    bound = timedelta(minutes=MOST + ahead)
    for place, first in enumerate(order):
        assert all(when[first] <= when[later] + bound for later in order[place + 1 :])


def test_a_booked_place_is_never_before_its_time() -> None:
    ten = NINE + timedelta(hours=1)
    assert rank(NINE, 30, not_before=ten) == ten
    assert rank(ten + timedelta(minutes=10), 30, not_before=ten) == ten
    assert rank(ten + timedelta(minutes=45), 30, not_before=ten) == ten + timedelta(minutes=15)


@given(
    minutes=st.lists(st.integers(0, 300), max_size=20),
    old=st.integers(0, 300),
    kept=st.integers(0, 20),
)
def test_who_comes_back_stands_behind_so_many_and_before_all_others(
    minutes: list[int], old: int, kept: int
) -> None:
    ahead = sorted(NINE + timedelta(minutes=minute) for minute in minutes)
    was = NINE + timedelta(minutes=old)
    place = returned(was, ahead, kept)
    assert place >= was
    if not ahead or kept == 0:
        assert place == was
        return
    last = ahead[min(kept, len(ahead)) - 1]
    assert place > last
    assert all(rank >= place for rank in ahead if rank > max(last, was))


def test_a_number_moved_to_one_window_is_next_there_and_nowhere_else_until_its_time_is_over() -> None:
    moved = Waits(1, 1, NINE, only=4, only_until=NINE + timedelta(minutes=15))
    other = Waits(2, 1, NINE + timedelta(minutes=3))
    waiting = [moved, other]
    assert next_for(Serves(4, frozenset({1})), waiting, NINE) == moved
    assert next_for(Serves(3, frozenset({1})), waiting, NINE) == other
    assert next_for(Serves(3, frozenset({1})), waiting, NINE + timedelta(minutes=16)) == moved


@pytest.mark.parametrize(("line", "found"), [(1, 1), (2, 2), (3, None)])
def test_a_window_takes_its_own_lines(line: int, found: int | None) -> None:
    waiting = [Waits(1, 1, NINE), Waits(2, 2, NINE)]
    told = next_for(Serves(9, frozenset({line})), waiting, NINE)
    assert (told.ticket if told else None) == found


def test_after_closing_a_promise_comes_first_where_it_was_given_and_only_then() -> None:
    other, kept = Waits(1, 1, NINE), Waits(2, 1, NINE + timedelta(minutes=3), promised=3)
    sent = Waits(3, 1, NINE + timedelta(minutes=2), only=3, promised=4)
    later = Waits(4, 1, NINE + timedelta(minutes=9), promised=3)
    waiting = [other, kept, sent, later]
    closed = Serves(3, frozenset({1}), closed=True)
    assert sorted(waiting, key=closed.place) == [sent, kept, later, other]
    assert next_for(Serves(3, frozenset({1})), waiting, NINE) == other  # before closing nobody passes
    assert next_for(Serves(5, frozenset({1}), closed=True), waiting, NINE) == other
