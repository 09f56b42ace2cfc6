"""What a person types finds the item: by any part of a name, by sound, with typing errors, in everyday words."""

from __future__ import annotations

import random

from pytest_django import DjangoAssertNumQueries

from onewindow.catalogue.models import Item
from onewindow.guidance import index, words
from onewindow.guidance.models import Gram, Listing
from onewindow.guidance.reads import WINDOW, Wanted, containing, literal, search
from tests.guidance.conftest import CODE


def scan(typed: str, bodies: dict[int, str]) -> set[int]:
    """Every item whose text holds the typed text, found by reading all of them."""
    part = words.fold(typed)
    return {item for item, body in bodies.items() if part in body}


def test_every_part_of_a_name_finds_the_same_items_as_reading_them_all(many: list[Item]) -> None:
    dice = random.Random(7)
    bodies = dict(Listing.objects.values_list("item", "body"))
    for item in dice.sample(many, 120):
        start = dice.randrange(len(item.name) - 2)
        part = item.name[start : start + dice.randint(2, 8)]
        if len(words.fold(part)) < 2:
            continue
        expected = scan(part, bodies)
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


def first(typed: str, **facets: object) -> str:
    hits = search(CODE, Wanted(words=typed, **facets)).hits  # type: ignore[arg-type]
    return Item.objects.get(pk=hits[0].item).name if hits else ""


def test_pinyin_initials_and_pinyin_with_a_slip_find_the_characters(many: list[Item]) -> None:
    for typed in ("jiehundengji", "jie hun deng ji", "jhdj", "JIEHUNDENGJI", "jiehundenji"):
        assert first(typed).startswith("结婚登记"), typed


def test_full_width_capitals_blanks_and_punctuation_make_no_difference(many: list[Item]) -> None:
    wanted = search(CODE, Wanted(words="居民身份证换发（个人）")).hits
    for typed in (
        "居民身份证换发(个人)",
        " 居民身份证换发 个人 ",
        "居民身份证换发个人",
        "居民身份证，换发，个人",
    ):
        assert search(CODE, Wanted(words=typed)).hits[0] == wanted[0], typed


def test_all_parts_set_apart_by_blanks_must_be_there(many: list[Item]) -> None:
    found = search(CODE, Wanted(words="驾驶证 补发"))
    names = [Item.objects.get(pk=hit.item).name for hit in found.hits if hit.why == 1]
    assert len(names) == 5
    assert all("驾驶证" in name and "补发" in name for name in names)


def test_a_department_is_found_by_its_name(many: list[Item]) -> None:
    found = search(CODE, Wanted(words="民政局"))
    of_office = Item.objects.filter(department__name__contains="民政局").count()
    assert len(found.hits) == of_office


def test_facets_narrow_down_and_their_counts_are_true(many: list[Item]) -> None:
    whole = search(CODE, Wanted(words="许可"))
    for facet in whole.kinds:
        assert len(search(CODE, Wanted(words="许可", kind=facet.value)).hits) == facet.count
    for facet in whole.departments:
        assert len(search(CODE, Wanted(words="许可", department=int(facet.value))).hits) == facet.count
    for facet in whole.who:
        assert len(search(CODE, Wanted(words="许可", who=facet.value)).hits) == facet.count
    for facet in whole.themes:
        assert len(search(CODE, Wanted(words="许可", theme=facet.value)).hits) == facet.count
    for facet in whole.handling:
        assert len(search(CODE, Wanted(words="许可", handling=facet.value)).hits) == facet.count


def test_counting_ends_at_a_thousand(many: list[Item]) -> None:
    everything = search(CODE, Wanted())
    assert (everything.count, len(everything.hits)) == ("1,000+", WINDOW)
    some = search(CODE, Wanted(words="结婚登记"))
    assert some.count == str(Item.objects.filter(name__contains="结婚登记").count())


def test_an_everyday_word_of_the_table_finds_the_item_that_it_means(many: list[Item]) -> None:
    assert first("我想开个小饭馆要办什么证").startswith("食品经营许可")


def test_characters_that_could_be_code_are_only_characters(many: list[Item]) -> None:
    for typed in (
        "'; DROP TABLE guidance_listing; --",
        "%",
        "_",
        "身份'证",
        "\\",
        "<script>",
        "&|!():*",
        "\x00",
    ):
        search(CODE, Wanted(words=typed))
    assert Listing.objects.count() == len(many)
    assert containing(CODE, "%_") == []


def test_an_item_of_another_county_is_not_found(many: list[Item]) -> None:
    assert search("371312000000", Wanted(words="身份证")).hits == []


def test_a_changed_item_is_found_by_its_new_name_and_a_withdrawn_one_not_at_all(many: list[Item]) -> None:
    item = many[7]
    Item.objects.filter(pk=item.pk).update(name="流动售货车占道许可")
    index.refresh([item.pk])
    assert containing(CODE, "流动售货车") == [item.pk]
    assert Gram.objects.get(county=CODE, gram="货车").items == 1
    Item.objects.filter(pk=item.pk).update(state=Item.State.WITHDRAWN)
    index.refresh([item.pk])
    assert containing(CODE, "流动售货车") == []
    assert Gram.objects.get(county=CODE, gram="货车").items == 0


def test_building_the_index_twice_makes_the_same_index(many: list[Item]) -> None:
    def kept() -> list[tuple[object, ...]]:
        return list(Listing.objects.order_by("item").values_list("item", "title", "body", "near", "whole"))

    before = kept()
    assert index.rebuild(CODE) == len(before)
    assert kept() == before


def live(part: str, county: str = CODE) -> list[tuple[int, str, int]]:
    return literal.ranked(county, part)


def test_what_is_ranked_beforehand_is_what_would_be_ranked_now(many: list[Item]) -> None:
    kept = {gram.gram: gram.best for gram in Gram.objects.filter(county=CODE, best__isnull=False)}
    assert "许可" in kept
    for part in sorted(kept)[:: max(1, len(kept) // 25)]:
        assert literal.unpacked(kept[part]) == live(part), part


def test_a_changed_item_stands_in_the_common_words_at_once(many: list[Item]) -> None:
    lost = Item.objects.get(pk=search(CODE, Wanted(words="许可")).hits[0].item)
    Item.objects.filter(pk=lost.pk).update(name="改了名字的事项")
    index.refresh([lost.pk])
    new = Item.objects.filter(name__startswith="改了").update(name="许可")
    assert new == 1
    assert lost.pk not in {item for item, _, _ in literal.rows(CODE, Wanted(words="许可"))}
    index.refresh([lost.pk])
    assert literal.rows(CODE, Wanted(words="许可"))[0][0] == lost.pk
    assert literal.unpacked(Gram.objects.get(county=CODE, gram="许可").best) == live("许可")


def test_a_common_word_is_answered_in_one_statement(
    many: list[Item], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        assert len(search(CODE, Wanted(words="许可")).hits) > literal.OFTEN


def test_two_characters_that_stand_nowhere_side_by_side_are_not_looked_for(many: list[Item]) -> None:
    assert literal.rows(CODE, Wanted(words="馕饢")) == []
