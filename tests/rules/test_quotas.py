"""名额的规则 (行政许可法 57): over random rows never more than the number, and nobody passes one accepted earlier."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.rules.grants import NotAllowed
from onewindow.rules.quotas import Claim, Quota, refuse_beyond, row

START = datetime(2026, 9, 24, 9, tzinfo=timezone(timedelta(hours=8)))


def claims(order: list[int], granted: frozenset[int] = frozenset()) -> list[Claim]:
    """Case n was accepted n minutes after nine."""
    return [Claim(n, START + timedelta(minutes=n), n, n in granted) for n in order]


@given(st.permutations(range(8)), st.integers(1, 8))
def test_the_order_in_which_they_are_read_does_not_matter(order: list[int], number: int) -> None:
    quota = Quota(number)
    assert row(claims(order), quota) == row(claims(sorted(order)), quota)
    assert [one.case for one in row(claims(order), quota) if one.has_place] == list(range(number))


@given(st.lists(st.integers(0, 11), max_size=40), st.integers(1, 5))
def test_whoever_presses_when_only_the_first_so_many_are_granted(presses: list[int], number: int) -> None:
    quota, granted = Quota(number, "total"), frozenset[int]()
    for case in presses:
        if case in granted:
            continue
        try:
            refuse_beyond(claims(list(range(12)), granted), quota, case)
        except NotAllowed:
            continue
        granted |= {case}
    assert granted <= set(range(number))


def test_two_accepted_in_the_same_moment_stand_as_the_journal_has_them() -> None:
    same = [Claim(1, START, 8), Claim(2, START, 7)]
    assert [one.case for one in row(same, Quota(1))] == [2, 1]


def test_a_year_is_that_of_the_acceptance_and_a_total_knows_none() -> None:
    assert Quota(3, "year").span(date(2026, 12, 31)) == (date(2026, 1, 1), date(2026, 12, 31))
    assert Quota(3, "total").span(date(2026, 12, 31)) is None


def test_the_refusal_names_number_and_clause() -> None:
    with pytest.raises(NotAllowed, match=r"每年 1 个，已经全部准予.*第五十七条"):
        refuse_beyond(claims([1, 2], frozenset({1})), Quota(1), 2)
