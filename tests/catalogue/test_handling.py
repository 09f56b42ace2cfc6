"""马上办、网上办、就近办、一次办: read from the guide, found by the search, and set by nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from onewindow.catalogue import acts, gate, handling, text
from onewindow.catalogue.demo.format import read_all
from onewindow.catalogue.models import Item, ItemVersion
from onewindow.guidance import index
from onewindow.guidance.reads import Wanted, search
from onewindow.people.models import Officer
from onewindow.places.models import County, Department
from tests.catalogue.conftest import CODE, FOOD, NOW

SOME = [
    one
    for one in read_all()
    if one.key in ("prepacked_food_filing", "food_business_new", "elder_allowance", "marriage")
]


def version(**service: object) -> ItemVersion:
    form = {"schema": {"properties": {"name": {"type": "string"}}}}
    return ItemVersion(content={"service": service}, form=form, immediate=False)


@pytest.mark.parametrize(
    ("service", "said"),
    [
        (
            {"online": 3, "visits": 0, "places": [{"key": "hall", "name": "罗山县政务服务中心"}]},
            ["网上办", "一次办"],
        ),
        (
            {"online": 2, "visits": 1, "places": [{"key": "town", "name": "乡镇便民服务中心"}]},
            ["就近办", "一次办"],
        ),
        ({"online": 0, "visits": 2, "places": [{"name": "村便民服务站"}]}, ["就近办"]),
        ({}, []),
    ],
)
def test_each_tag_is_borne_out_by_the_guide(service: dict[str, object], said: list[str]) -> None:
    assert handling.tags(version(**service)) == said


def test_an_item_of_the_mere_list_carries_none() -> None:
    assert handling.tags(None) == []


@pytest.mark.req("JN-6c")
def test_filtering_by_at_once_gives_only_what_is_decided_on_the_spot_and_online_needs_a_form(
    client: Client, county: County, offices: dict[str, Department], chenju: Officer
) -> None:
    acts.load_demo(county, by=chenju, at=NOW, items=SOME)
    index.rebuild(CODE)
    for word in handling.MEANS:
        found = {hit.item for hit in search(CODE, Wanted(handling=word)).hits}
        carry = {
            one.pk for one in Item.objects.select_related("current") if word in handling.tags(one.current)
        }
        assert found == carry
    at_once = search(CODE, Wanted(handling="马上办")).hits
    assert at_once
    assert all(Item.objects.get(pk=hit.item).immediate for hit in at_once)
    page = client.get("/search/", {"handling": "马上办"}).content.decode()
    assert "马上办（当场办结）" in page
    assert f"找到 {len(at_once)} 个事项" in page
    assert "马上办" in client.get(f"/items/{Item.objects.get(pk=at_once[0].item).address}/").content.decode()
    formless = replace(text.of_file(FOOD, "罗山县"), form={})
    assert formless.content["service"]["online"] == 3
    assert "申请表没有一个栏目" in [gap.says for gap in gate.gaps(formless)]
    bare = version(online=3)
    bare.form = {}
    assert handling.tags(bare) == []
