"""A licence is valid in whole calendar years from the day of the decision on, to the day before the same day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.rules.validity import last_day, months_of, same_day


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 10, 12), 60, date(2031, 10, 11)),
        (date(2026, 1, 1), 12, date(2026, 12, 31)),
        (date(2024, 2, 29), 60, date(2029, 2, 28)),  # no 29 February in 2029
        (date(2024, 2, 29), 48, date(2028, 2, 28)),
        (date(2026, 3, 1), 12, date(2027, 2, 28)),
        (date(2027, 3, 1), 12, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 14)),
    ],
)
def test_it_ends_on_the_day_before_the_same_day(start: date, months: int, end: date) -> None:
    assert last_day(start, months) == end


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 240))
def test_what_follows_on_begins_where_it_ends_and_no_month_is_lost(start: date, months: int) -> None:
    following = last_day(start, months) + timedelta(days=1)
    assert following == same_day(start, months)
    passed = (following.year - start.year) * 12 + following.month - start.month
    if start.day <= 28:
        assert (passed, following.day) == (months, start.day)
    else:  # a month without that day: never less than the item says
        assert following >= date(start.year, start.month, 28) + timedelta(days=28 * months)


@pytest.mark.parametrize(
    ("result", "months"),
    [
        ({"valid_years": 5, "validity": "5 年"}, 60),
        ({"validity": "5 年"}, 60),
        ({"validity": "有效期为三年。"}, 36),
        ({"validity": "十五年"}, 180),
        ({"validity": "二十年"}, 240),
        ({"validity": "6 个月"}, 6),
        ({"validity": "长期"}, 0),
        ({"validity": "5 年或者 10 年"}, 0),
        ({"validity": "6 年、10 年或者长期"}, 0),
        ({"validity": "不超过三年"}, 0),
        ({"validity": "自通知之日起 6 个月内签借款合同"}, 0),
        ({"validity": "年"}, 0),
        ({}, 0),
    ],
)
def test_only_one_single_length_is_a_length(result: dict[str, object], months: int) -> None:
    assert months_of(result) == months
