"""Waits and services counted by the hour: means, nine in ten, and the error of what was told. Reckoned by hand."""

from dataclasses import replace
from datetime import datetime, timedelta

from onewindow.rules.hourly import Error, Seen, Spread, count, errors, together
from tests.cast import at

NINE = at(9, 24, 9, 0)


def seen(taken: int, called: int | None, ended: int | None, *, told: int | None = None) -> Seen:
    """Minutes after nine; he is served from the call on."""

    def moment(minute: int | None) -> datetime | None:
        return None if minute is None else NINE + timedelta(minutes=minute)

    return Seen(
        line=1,
        window=3 if called is not None else 0,
        taken=NINE + timedelta(minutes=taken),
        called=moment(called),
        begun=moment(called),
        ended=moment(ended),
        done=ended is not None,
        abandoned=called is None,
        told=told,
    )


def test_a_number_is_counted_in_the_hour_of_each_thing_that_happened_to_it() -> None:
    rows = count([seen(50, 65, 75), seen(55, None, None)])
    assert sorted(rows) == [(9, 1, 0), (10, 1, 3)]
    before, there = rows[9, 1, 0], rows[10, 1, 3]
    assert (before.taken, before.abandoned, before.served) == (2, 1, 0)
    assert (there.served, there.wait.mean, there.service.mean) == (1, 15.0, 10.0)


def test_who_comes_early_for_his_booked_hour_waits_from_when_his_turn_can_come() -> None:
    early = replace(seen(0, 50, 60), due=NINE + timedelta(minutes=40))
    late = replace(seen(45, 50, 60), due=NINE + timedelta(minutes=40))
    before = replace(seen(0, 30, 40), due=NINE + timedelta(minutes=40))
    assert [count([one])[9, 1, 3].wait.mean for one in (early, late, before)] == [10.0, 5.0, 0.0]


def test_nine_in_ten_are_told_of_whole_minutes_and_of_several_hours_together() -> None:
    nine = Spread({4: 9}, 9 * 270)  # nine of four and a half minutes
    slow = Spread({29: 1}, 1790)
    assert (nine.most, together((nine, slow)).most, together((nine, slow)).last) == (5, 5, 30)
    assert together((nine, slow, slow)).most == 30  # ten of eleven, and nine in ten of eleven are ten
    assert together((nine, slow)).mean == (9 * 270 + 1790) / 600
    assert (Spread().mean, Spread().most, Spread().last) == (None, None, None)


def test_the_error_is_what_was_told_beside_what_was_true() -> None:
    # Told 10: said "5–15 minutes". True 14 lies within, true 20 does not.
    rows = count([seen(0, 14, 20, told=10), seen(1, 21, 30, told=10), seen(2, 30, 40)])
    error = errors(row.error for row in rows.values())
    assert error == Error(told=2, within=1, off=4 + 10, over=-4 - 10)
    assert (error.mean, error.bias, error.percent) == (7.0, -7.0, 50)


def test_what_was_closed_on_the_next_day_is_no_service() -> None:
    rows = count([seen(0, 5, 24 * 60)])
    assert sum(row.served for row in rows.values()) == 0
