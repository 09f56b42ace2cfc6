"""What a person types finds the item: by any part of a name, by sound, with typing errors, in everyday words."""

from __future__ import annotations

import random

import pytest

from onewindow.catalogue.models import Item
from onewindow.guidance import words
from onewindow.guidance.models import Listing
from onewindow.guidance.reads import Wanted, containing, search
from tests.guidance.conftest import CODE

pytestmark = pytest.mark.django_db


def scan(typed: str) -> set[int]:
    """Every item whose text holds the typed text, found by reading all of them."""
    part = words.fold(typed)
    return {row.item_id for row in Listing.objects.all() if part in row.body}


def test_every_part_of_a_name_finds_the_same_items_as_reading_them_all(many: list[Item]) -> None:
    dice = random.Random(7)
    for item in dice.sample(many, 120):
        start = dice.randrange(len(item.name) - 2)
        part = item.name[start : start + dice.randint(2, 8)]
        if len(words.fold(part)) < 2:
            continue
        expected = scan(part)
        assert item.pk in expected
        assert set(containing(CODE, part, limit=5000)) == expected, part
        found = search(CODE, Wanted(words=part))
        assert found.more or expected <= {hit.item for hit in found.hits}, part


def misspell(name: str, dice: random.Random) -> str:
    """One slip of the hand: another character of the same sound, a wrong, missing, doubled or swapped one."""
    place = dice.randrange(1, len(name) - 1)
    how = dice.choice(("sound", "wrong", "missing", "double", "swap"))
    alike = {"身": "深", "证": "正", "许": "栩", "可": "渴", "经": "京", "营": "盈", "业": "页", "务": "物"}
    if how == "sound":
        found = [n for n, char in enumerate(name) if char in alike]
        if found:
            place = dice.choice(found)
            return name[:place] + alike[name[place]] + name[place + 1 :]
    if how in ("wrong", "sound"):
        return name[:place] + dice.choice("的一是在不了有和人这") + name[place + 1 :]
    if how == "missing":
        return name[:place] + name[place + 1 :]
    if how == "double":
        return name[:place] + name[place] + name[place:]
    return name[: place - 1] + name[place] + name[place - 1] + name[place + 1 :]


def test_of_a_hundred_misspelt_names_every_one_is_among_the_first_three(many: list[Item]) -> None:
    dice = random.Random(11)
    lost = []
    for item in dice.sample(many, 100):
        typed = misspell(item.name, dice)
        first = [hit.item for hit in search(CODE, Wanted(words=typed)).hits[:3]]
        if item.pk not in first:
            lost.append(f"{typed} ← {item.name}")
    assert lost == []
