"""保存期限: a month later by the calendar, counted both ways, and every kind says what goes and what stays."""

from datetime import date, timedelta

import pytest

from onewindow.rules.keeping import KEPT, SETTING, Kind, ended_by, kept_until


def test_kept_until_the_same_day_of_the_month_or_its_last() -> None:
    assert kept_until(date(2026, 9, 24), 6) == date(2027, 3, 24)
    assert kept_until(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert kept_until(date(2028, 2, 29), 12) == date(2029, 2, 28)


@pytest.mark.parametrize("months", [1, 3, 6, 12, 36, 60])
def test_the_last_day_that_is_over_is_found_for_every_day_of_five_years(months: int) -> None:
    for today in (date(2026, 1, 1) + timedelta(days=n) for n in range(5 * 366)):
        over = ended_by(today, months)
        assert kept_until(over, months) < today
        assert kept_until(over + timedelta(days=1), months) >= today


def test_every_kind_says_what_goes_what_stays_and_by_which_setting() -> None:
    assert set(KEPT) == set(SETTING) == set(Kind)
    assert len(set(SETTING.values())) == len(Kind)
