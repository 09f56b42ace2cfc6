"""How long somebody still waits: worked by hand, and held against simulated days that nothing was fitted to."""

import random
from datetime import datetime, timedelta
from statistics import mean

import pytest

from onewindow.rules.queueing import Serves, Waits, next_for, rank
from onewindow.rules.waiting import BETWEEN, Desk, forecast, free_at, told, typical
from tests.cast import at

NINE = at(9, 24, 9)
BOTH, GENERAL = frozenset({1, 2}), frozenset({1})


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def waits(number: int, line: int = 1, minute: int = 0) -> Waits:
    return Waits(number, line, NINE + minutes(minute))


def test_three_wait_for_two_windows() -> None:
    """Both are free: the first two go at once, the third when the first is through and has left the chair."""
    desks = [Desk(Serves(3, GENERAL)), Desk(Serves(4, GENERAL))]
    found = forecast(desks, [waits(1), waits(2, minute=1), waits(3, minute=2)], {1: 10}, NINE)
    assert found == {1: minutes(0), 2: minutes(0), 3: minutes(10) + BETWEEN}


def test_whoever_is_being_served_is_waited_for() -> None:
    """Begun four minutes ago, ten are usual: six are left."""
    desk = Desk(Serves(3, GENERAL), line=1, since=NINE - minutes(4))
    assert forecast([desk], [waits(1)], {1: 10}, NINE) == {1: minutes(6)}


def test_a_service_that_goes_on_and_on_is_not_expected_to_end_at_once() -> None:
    desk = Desk(Serves(3, GENERAL), line=1, since=NINE - minutes(30))
    assert free_at(desk, {1: 10}, NINE) == NINE + minutes(5)


def test_a_window_for_both_lines_helps_where_the_first_waits() -> None:
    """Window 4 serves both: the older of line 2 goes there first, so the second of line 1 waits for window 3."""
    desks = [Desk(Serves(3, GENERAL)), Desk(Serves(4, BOTH))]
    found = forecast(desks, [waits(1, 2), waits(2, 1, 1), waits(3, 1, 2)], {1: 10, 2: 20}, NINE)
    assert found == {2: minutes(0), 1: minutes(0), 3: minutes(10) + BETWEEN}


def test_whom_no_window_serves_nothing_is_told() -> None:
    assert forecast([Desk(Serves(3, GENERAL))], [waits(1, 2)], {1: 10, 2: 20}, NINE) == {}
    assert forecast([], [waits(1)], {1: 10}, NINE) == {}


def test_few_services_weigh_little_and_one_endless_one_not_much() -> None:
    assert typical(10, []) == 10
    assert typical(10, [16] * 6) == 13
    assert typical(10, [600]) == (60 + 40) / 7


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        (0, "5 分钟以内"),
        (2, "5 分钟以内"),
        (10, "约 5–15 分钟"),
        (20, "约 10–30 分钟"),
        (60, "约 40–80 分钟"),
    ],
)
def test_a_wait_is_told_as_a_range(wait: int, words: str) -> None:
    assert told(minutes(wait)).words == words


def day(seed: int) -> list[tuple[float, float, float]]:
    """A day of four windows and two lines: of each the true wait, what was told, and what the count of heads alone would say.

    Assumed: arrivals by chance, two hours of rush in the morning; services of line 1 take 9 minutes and of line 2
    18 in the middle, some twice that and more; the standard says 10 and 15.
    """
    chance = random.Random(seed)
    desks = {3: GENERAL, 4: GENERAL, 5: BOTH, 6: BOTH}
    came, now = [], 0.0
    while now < 360:
        now += chance.expovariate(1 / (2.6 if 30 < now < 150 else 4.2))
        came.append((now, 2 if chance.random() < 0.3 else 1, chance.random() < 0.15))
    busy: dict[int, tuple[float, int, float]] = {}
    waiting: dict[int, Waits] = {}
    expected: dict[int, tuple[float, float]] = {}
    lately: dict[int, list[float]] = {1: [], 2: []}
    seen_waits: list[tuple[float, float, float]] = []

    def moment(minute: float) -> datetime:
        return NINE + minutes(minute)

    def call(minute: float) -> None:
        for window, lines in desks.items():
            if window in busy:
                continue
            found = next_for(Serves(window, lines), waiting.values(), moment(minute))
            if found is None:
                continue
            del waiting[found.ticket]
            taken = came[found.ticket - 1][0]
            seen_waits.append((minute - taken, *expected[found.ticket]))
            long = chance.lognormvariate(0, 0.6) * (9 if found.line == 1 else 18)
            busy[window] = (minute, found.line, minute + long + 0.5)

    events = [(minute, number) for number, (minute, _, _) in enumerate(came, 1)]
    while events or busy:
        ends = min(((end, window) for window, (_, _, end) in busy.items()), default=(float("inf"), 0))
        if events and events[0][0] <= ends[0]:
            minute, number = events.pop(0)
            _, line, old = came[number - 1]
            waiting[number] = Waits(number, line, rank(moment(minute), 20 if old else 0))
            seen = [
                Desk(
                    Serves(w, lines),
                    line=busy[w][1] if w in busy else 0,
                    since=moment(busy[w][0]) if w in busy else None,
                )
                for w, lines in desks.items()
            ]
            usual = {1: typical(10, lately[1][-20:]), 2: typical(15, lately[2][-20:])}
            found = forecast(seen, waiting.values(), usual, moment(minute))
            heads = sum(1 for one in waiting.values() if one.line == line and one.ticket != number)
            naive = heads * (10, 15)[line - 1] / sum(line in lines for lines in desks.values())
            expected[number] = found[number].total_seconds() / 60, naive
            call(minute)
        else:
            minute, window = ends
            begun, line, _ = busy.pop(window)
            lately[line].append(minute - begun - 0.5)
            call(minute)
    return seen_waits


def test_the_error_is_small_on_days_that_nothing_was_fitted_to() -> None:
    """The numbers in `rules/waiting.py` were chosen on the days 1 to 20; these are others."""
    found = [one for seed in range(1001, 1031) for one in day(seed)]
    true = mean(wait for wait, _, _ in found)
    error = mean(abs(wait - said) for wait, said, _ in found)
    naive = mean(abs(wait - heads) for wait, _, heads in found)
    within = [told(minutes(said)).least <= wait <= told(minutes(said)).most for wait, said, _ in found]
    assert len(found) > 2500
    assert error < true / 3
    assert error < naive * 0.7
    assert mean(within) > 0.75
