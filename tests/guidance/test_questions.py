"""Questions in everyday words, ours, find the right item of the demonstration county among the first three."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from onewindow.catalogue.acts import load_demo
from onewindow.catalogue.demo import offices
from onewindow.catalogue.demo.format import read_all
from onewindow.catalogue.models import Item
from onewindow.guidance import index, synonyms
from onewindow.guidance.models import Listing
from onewindow.guidance.reads import Wanted, search
from onewindow.places.models import County, Department
from tests.catalogue.conftest import demo_uscc
from tests.guidance.conftest import CODE, NOW

ASKED = tomllib.loads((Path(__file__).parent / "questions.toml").read_text("utf-8"))["questions"]


class Keeper:
    """Whoever may publish all items of the demonstration."""

    actor_code = "keeper"

    def may(self, grant: object, subject: object | None = None) -> bool:
        return True


@pytest.fixture(scope="module")
def demonstration(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[int, str]]:
    """The item files published and indexed, once for the module; answers the file of each item."""
    with django_db_blocker.unblock(), transaction.atomic():
        county = County.objects.create(code=CODE, name="罗山县", pack="luoshan", demo=True)
        Department.objects.bulk_create(
            Department(county=CODE, key=key, name=one.called("罗山县"), short=one.short, uscc=demo_uscc(n))
            for n, (key, one) in enumerate(offices.departments().items())
        )
        load_demo(county, by=Keeper(), at=NOW)
        index.rebuild(CODE)
        files = {item.code: item.key for item in read_all()}
        yield {pk: files[code] for pk, code in Item.objects.values_list("pk", "base_code")}
        transaction.set_rollback(True)


@pytest.fixture
def files(demonstration: dict[int, str], db: None) -> dict[int, str]:
    return demonstration


def test_nine_of_ten_questions_find_their_item_among_the_first_three(files: dict[int, str]) -> None:
    lost = {}
    for asked, right in ASKED.items():
        first = [files[hit.item] for hit in search(CODE, Wanted(words=asked)).hits[:3]]
        if not set(first) & set(right):
            lost[asked] = first
    assert len(lost) <= len(ASKED) // 10, lost


def test_every_everyday_name_of_every_item_finds_it_among_the_first_three(files: dict[int, str]) -> None:
    lost = []
    for item in read_all():
        for name in (item.name, *item.everyday):
            first = [files[hit.item] for hit in search(CODE, Wanted(words=name)).hits[:3]]
            if item.key not in first:
                lost.append(f"{name} → {first}, not {item.key}")
    assert lost == []


def test_every_term_of_the_table_of_everyday_words_is_said_by_some_item(files: dict[int, str]) -> None:
    bodies = "\n".join(Listing.objects.values_list("body", flat=True))
    table = synonyms.table()
    told = [*table.meanings.items(), *((one.pattern, terms) for one, terms in table.apart)]
    assert [(word, term) for word, terms in told for term in terms if term not in bodies] == []


def test_what_is_no_matter_of_the_office_is_not_taken_for_an_item(files: dict[int, str]) -> None:
    for asked in ("今天天气怎么样", "帮我写一首诗", "推荐一部好看的电影"):
        assert all(hit.why == 3 for hit in search(CODE, Wanted(words=asked)).hits), asked


def test_initials_with_which_an_everyday_name_begins_come_before_those_inside_one(
    files: dict[int, str],
) -> None:
    first = search(CODE, Wanted(words="sbk")).hits[0]  # 社保卡怎么办, not 公司不开了
    assert files[first.item] == "social_card"
