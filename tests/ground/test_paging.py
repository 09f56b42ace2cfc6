"""A list turned page by page holds every row once, in its order, whatever the page size and whatever comes meanwhile."""

import random
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db.models import Case, F, QuerySet, Value, When

from onewindow.ground import paging
from onewindow.places.models import Hall, Opening
from tests.cast import assemble

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 24)
KINDS = ("regular", "noon", "week_end")
ORDERS: tuple[tuple[str, ...], ...] = (
    ("since",),
    ("-since",),
    ("since", "begins"),
    ("-since", "-begins"),
    ("since", "-begins"),
    ("-since", "begins"),
    ("until",),
    ("-until",),
    ("until", "begins"),
    ("-until", "since", "-begins"),
    ("since", "until"),
    ("-since", "-until"),
    ("kind", "-until"),
    ("late", "since"),
)


@pytest.fixture
def hall() -> Hall:
    return assemble().window.hall


def put(hall: Hall, chance: random.Random, many: int) -> None:
    """Some rows of few values, so that many of them are equal in every column of an order."""
    Opening.objects.bulk_create(
        Opening(
            hall=hall,
            kind=chance.choice(KINDS),
            begins=time(chance.choice((8, 9))),
            ends=time(17),
            since=DAY + timedelta(days=chance.randrange(3)),
            until=chance.choice((None, DAY, DAY + timedelta(days=9))),
        )
        for _ in range(many)
    )


def rows() -> QuerySet[Any]:
    late = Case(When(begins=time(9), then=F("until")), default=Value(None))
    return Opening.objects.annotate(late=late)


def turned(by: tuple[str, ...], size: int) -> Iterator[list[Any]]:
    after = ""
    while True:
        found, after = paging.page(rows(), after, by=by, size=size)
        yield found
        if not after:
            return


def in_order(found: list[Any], by: tuple[str, ...]) -> list[Any]:
    """What the order means, said in plain Python: what is empty is greater than everything."""
    for word in reversed((*by, "-pk" if by[-1].startswith("-") else "pk")):
        name = word.removeprefix("-")
        told = [(getattr(one, name) is None, getattr(one, name)) for one in found]
        filled = sorted({value for empty, value in told if not empty})
        places = {value: n for n, value in enumerate(filled)} | {None: len(filled)}
        found = sorted(
            found,
            key=lambda one, name=name, places=places: places[getattr(one, name)],
            reverse=word[0] == "-",
        )
    return found


@pytest.mark.parametrize("by", ORDERS, ids=" ".join)
def test_every_row_stands_on_one_page_in_its_order_whatever_the_size(hall: Hall, by: tuple[str, ...]) -> None:
    put(hall, random.Random(7), 23)
    meant = in_order(list(rows()), by)
    for size in (1, 2, 3, 7, 22, 23, 24, 100):
        pages = list(turned(by, size))
        assert [one.pk for page in pages for one in page] == [one.pk for one in meant], size
        assert {len(page) for page in pages[:-1]} <= {size}
        assert pages[-1]


@pytest.mark.parametrize("by", ORDERS, ids=" ".join)
def test_what_comes_between_two_pages_moves_no_row_to_another(hall: Hall, by: tuple[str, ...]) -> None:
    chance = random.Random(11)
    put(hall, chance, 17)
    there = {one.pk for one in rows()}
    seen: list[Any] = []
    for page in turned(by, 4):
        seen += page
        put(hall, chance, 3 if len(seen) < 30 else 0)
    told = [one.pk for one in seen]
    assert len(told) == len(set(told))
    assert there <= set(told)
    assert told == [one.pk for one in in_order(seen, by)]


def test_what_is_gone_between_two_pages_does_not_hide_the_next(hall: Hall) -> None:
    put(hall, random.Random(3), 12)
    by = ("since", "begins")
    found, after = paging.page(rows(), "", by=by, size=5)
    Opening.objects.filter(pk__in=[one.pk for one in found]).delete()  # the row of the key too
    rest, after = paging.page(rows(), after, by=by, size=20)
    assert (len(rest), after) == (7, "")


def test_columns_that_are_filled_are_compared_as_one_row(hall: Hall) -> None:
    put(hall, random.Random(5), 20)
    full = rows().filter(until__isnull=False)
    found, after = paging.page(full, "", by=("-until",), size=4, filled=True)
    rest, end = paging.page(full, after, by=("-until",), size=50, filled=True)
    assert [*found, *rest] == in_order(list(full), ("-until",))
    assert end == ""


@pytest.mark.parametrize("kind", ["a_b", "~", "%41", "年 度", "a%5Fb", "-"])
def test_a_word_with_the_signs_of_the_key_in_it_is_found_again(hall: Hall, kind: str) -> None:
    put(hall, random.Random(5), 3)
    Opening.objects.update(kind=kind)
    pages = list(turned(("kind",), 1))
    assert [one.pk for page in pages for one in page] == sorted(one.pk for one in rows())


@pytest.mark.parametrize(
    "key",
    [
        *("x", "_", "__", "2026-09-24", "2026-09-24_09:00", "2026-13-99_09:00_1", "2026-09-24_25:00_1"),
        *("~_09:00_1", "2026-09-24_~_1", "2026-09-24_09:00_~", "2026-09-24_09:00_x", "2026-09-24_09:00_" + "9" * 30),
        *("2026-09-24_09:00_1_2", "2026-09-24_09:00_1%00", "\x00", "~_~_~", "_" * 900),
    ],
)  # fmt: skip
def test_a_key_that_nobody_can_read_is_the_first_page(hall: Hall, key: str) -> None:
    put(hall, random.Random(1), 5)
    first = paging.page(rows(), "", by=("since", "begins"), size=3)
    assert paging.page(rows(), key, by=("since", "begins"), size=3) == first


def test_one_word_instead_of_a_tuple_of_columns_is_refused(hall: Hall) -> None:
    with pytest.raises(TypeError, match="tuple"):
        paging.page(Opening.objects.all(), "", by="weekday", size=2)
