"""Will those who wait be through before closing, and which windows would stay for them? Reckoned by hand."""

from datetime import timedelta

from onewindow.rules.forecast import Counter, asks, beyond
from tests.cast import at

NOW, CLOSING = at(9, 24, 11, 30), at(9, 24, 12, 0)
A, B = 1, 2
EACH = {A: 9.5, B: 19.5}  # with the half minute between two people: every ten, every twenty minutes


def window(pk: int, *lines: int, free: int = 0) -> Counter:
    return Counter(pk, frozenset(lines), NOW + timedelta(minutes=free))


def test_three_for_one_window_in_half_an_hour_are_through_in_time() -> None:
    # 11:30–11:39:30, 11:40–11:49:30, 11:50–11:59:30
    told = beyond([A, A, A], EACH, [window(3, A)], NOW, CLOSING)
    assert (told.numbers, dict(told.windows), told.any) == (0, {}, False)
    assert told.through == NOW + timedelta(minutes=29.5)


def test_the_fourth_is_late_and_the_window_stays_ten_minutes_for_him() -> None:
    # … and 12:00–12:09:30, in whole minutes 10
    told = beyond([A, A, A, A], EACH, [window(3, A)], NOW, CLOSING)
    assert (told.numbers, dict(told.windows), told.minutes) == (1, {3: 10}, 10)


def test_only_the_windows_that_are_needed_stay() -> None:
    # Window 5 alone serves B: 11:30–11:49:30 and 11:50–12:09:30. The three of A are shared: window 3 is through 11:59:30.
    told = beyond([A, B, A, B, A], EACH, [window(3, A), window(5, B)], NOW, CLOSING)
    assert (told.numbers, dict(told.windows)) == (1, {5: 10})


def test_a_service_that_is_going_on_keeps_its_window_though_nobody_waits() -> None:
    told = beyond([], EACH, [window(3, A, free=35), window(4, A)], NOW, CLOSING)
    assert (told.numbers, dict(told.windows)) == (0, {3: 5})


def test_whom_no_window_serves_is_late_and_keeps_no_window() -> None:
    told = beyond([B, B], EACH, [window(3, A)], NOW, CLOSING)
    assert (told.numbers, dict(told.windows), told.minutes) == (2, {}, 0)
    assert beyond([A], EACH, [], NOW, CLOSING).numbers == 1


def test_one_looks_ahead_from_a_set_time_before_closing() -> None:
    assert asks(CLOSING - timedelta(minutes=30), CLOSING, 30)
    assert not asks(CLOSING - timedelta(minutes=31), CLOSING, 30)
