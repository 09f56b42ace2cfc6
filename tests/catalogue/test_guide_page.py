"""The guide as a citizen meets it: complete, with its grounds, and silent about what is not yet reviewed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from onewindow.catalogue import acts, text
from onewindow.catalogue.demo.format import read_all
from onewindow.catalogue.models import Change, Item
from onewindow.people.models import Officer
from onewindow.places.models import County, Department
from tests.catalogue.conftest import CODE, FOOD, ID_CARD, NOW, TODAY

Offices = dict[str, Department]
WHEN = {"on": TODAY, "at": NOW}


@pytest.fixture
def food_item(county: County, offices: Offices, chenju: Officer) -> Item:
    acts.load_demo(county, by=chenju, at=NOW, items=[FOOD, ID_CARD])
    return Item.objects.get(name=FOOD.name)


def read(client: Client, address: str) -> str:
    answer = client.get(f"/items/{address}/")
    assert answer.status_code == 200
    return answer.content.decode()


def drawing(page: str) -> str:
    return page.partition('aria-labelledby="flow-t"')[2].partition("</svg>")[0]


def test_the_guide_shows_everything_that_article_30_demands(client: Client, food_item: Item) -> None:
    page = read(client, food_item.handle_code)
    assert FOOD.name in page
    for condition in FOOD.conditions:
        assert condition.text in page
    for material in FOOD.materials:
        assert material.name in page
        assert material.fill in page
        assert not material.sample or material.sample in page
    for step in FOOD.steps:
        assert step.does in page
    assert "8 个工作日" in page
    assert "法定 10 个工作日" in page
    assert FOOD.fee.note in page
    assert "没有数量限制" in page
    assert FOOD.result.name in page
    assert "罗山县政务服务中心" in page
    assert "周一至周五 8:30" in page
    assert "0000-0000000" in page
    assert "行政复议" in page
    assert FOOD.faq[0].q in page
    assert "第 1 版" in page
    assert "2026 年 11 月 23 日" in page


def published(county: County, chenju: Officer, key: str) -> str:
    text = next(item for item in read_all() if item.key == key)
    acts.load_demo(county, by=chenju, at=NOW, items=[text])
    return Item.objects.get(name=text.name).handle_code


def test_what_is_decided_above_says_so_by_its_kind_its_organ_and_its_days(
    client: Client, county: County, offices: Offices, chenju: Officer
) -> None:
    page = read(client, published(county, chenju, "teacher_high_school"))
    assert '<span class="ow-tag">上报件</span>' in page
    assert "承诺件" not in page
    assert "报市教育局决定" in page
    assert "30 天" in page
    assert "初审并转报" in page
    assert "作出决定</th>" not in page
    assert "转交结果</th>" in page
    assert "送达结果</th>" not in page


def test_a_licence_that_goes_on_says_how_long_before_its_end_one_applies_and_what_the_law_adds(
    client: Client, county: County, offices: Offices, chenju: Officer
) -> None:
    page = read(client, published(county, chenju, "pesticide_shop"))
    said = page.partition('id="s-renew"')[2].partition("</section>")[0]
    assert "90 天" in said
    assert "视为准予延续" in said
    assert "农药管理条例" in said  # its own ground goes before the general thirty days
    assert "第五十条第二款" in said
    assert 'id="s-above"' not in page


def test_a_ground_that_nobody_could_check_is_marked_and_a_checked_one_shows_its_words(
    client: Client, food_item: Item
) -> None:
    page = read(client, food_item.handle_code)
    assert page.count("待核</span>") >= 2
    assert FOOD.on_what(("permit42",))[0].quote in page
    assert (
        "除可以当场作出行政许可决定的外，行政机关应当自受理行政许可申请之日起二十日内作出行政许可决定" in page
    )


def test_the_chart_in_the_page_carries_the_text_for_a_screen_reader(client: Client, food_item: Item) -> None:
    page = read(client, food_item.handle_code)
    assert '<title id="flow-t">您提交申请；综合窗口受理，当日；市场监督管理局审核' in page
    other = read(client, Item.objects.get(name=ID_CARD.name).handle_code)
    assert drawing(page) != drawing(other)


def test_the_same_guide_is_found_by_code_and_by_our_number(client: Client, food_item: Item) -> None:
    assert FOOD.name in read(client, str(food_item.pk))
    assert client.get("/items/NOPE/").status_code == 404


def test_an_item_of_the_mere_list_says_so_and_whom_to_ask(
    client: Client, offices: Offices, zhangmin: Officer
) -> None:
    listed = Item(
        county=CODE,
        department=offices["shichang"],
        local_code="511Z07-TEST-1",
        name="测试备案",
        kind="公共服务",
    )
    acts.list_item(listed, by=zhangmin, **WHEN)
    page = read(client, "511Z07-TEST-1")
    assert "指南未完善" in page
    assert "0000-0000000" in page
    assert "在线申请" not in page
    assert client.get("/items/511Z07-TEST-1/leaflet/").status_code == 404


def test_a_draft_is_not_shown_to_anybody(client: Client, food_item: Item, zhangmin: Officer) -> None:
    acts.draft(
        food_item, text.of_file(replace(FOOD, summary="未发布的新说明。"), "罗山县"), by=zhangmin, **WHEN
    )
    assert "未发布的新说明" not in read(client, food_item.handle_code)
    assert client.get(f"/items/{food_item.handle_code}/v/2/").status_code == 404


def test_after_a_change_every_channel_shows_the_new_version_and_the_old_one_says_that_it_is_old(
    client: Client, county: County, food_item: Item, chenju: Officer
) -> None:
    newer = replace(FOOD, summary="新的说明。")
    acts.load_demo(county, by=chenju, at=NOW, items=[newer])
    for address in (f"/items/{food_item.handle_code}/", f"/items/{food_item.handle_code}/leaflet/"):
        assert "第 2 版" in client.get(address).content.decode()
    old = client.get(f"/items/{food_item.handle_code}/v/1/").content.decode()
    assert "这是第 1 版，已经不用了" in old


def test_a_suspended_item_says_why(client: Client, food_item: Item, chenju: Officer) -> None:
    acts.suspend(food_item, by=chenju, reason="系统升级，下周一恢复", **WHEN)
    page = read(client, food_item.handle_code)
    assert "这个事项暂停办理" in page
    assert "系统升级，下周一恢复" in page
    assert Change.objects.count() == 0


def test_the_leaflet_has_a_code_that_leads_to_the_guide(client: Client, food_item: Item) -> None:
    page = client.get(f"/items/{food_item.handle_code}/leaflet/").content.decode()
    assert '<svg xmlns="http://www.w3.org/2000/svg"' in page
    assert f"http://testserver/items/{food_item.handle_code}/" in page


def test_a_guide_costs_five_statements_at_most(
    client: Client, food_item: Item, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(5):  # type: ignore[operator]
        read(client, food_item.handle_code)


def test_script_in_a_text_is_shown_as_text(
    client: Client, county: County, offices: Offices, chenju: Officer
) -> None:
    acts.load_demo(county, by=chenju, at=NOW, items=[replace(FOOD, summary="<script>alert(1)</script>不办")])
    page = read(client, Item.objects.get().handle_code)
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
