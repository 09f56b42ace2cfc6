"""The home page: what people come for, and what it costs."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from onewindow.catalogue.models import Item
from onewindow.journal import write
from onewindow.people.models import Account
from tests.cast import COUNTY, SEP24, Cast, assemble, at
from tests.web.citizen import on


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


def another_item(cast: Cast, name: str, **more: object) -> Item:
    told = {"audience": ["自然人"], "themes": ["户籍办理"], "state": "published", "kind": "公共服务", **more}
    return Item.objects.create(
        county=COUNTY,
        subject=write.open_subject(COUNTY, "item", uuid4().hex[:20]),
        department=cast.police,
        local_code=uuid4().hex,
        name=name,
        changed_at=at(1, 5),
        **told,
    )


def test_the_search_box_the_progress_query_themes_and_departments_stand_on_the_page(
    cast: Cast, client: Client
) -> None:
    another_item(cast, "迁移户口")
    html = client.get("/").content.decode()
    assert 'action="/search/"' in html
    assert 'action="/track/"' in html
    assert "户籍办理" in html
    assert "罗山县公安局" in html
    assert "迁移户口" in html


def test_what_people_apply_for_stands_first(cast: Cast, client: Client) -> None:
    told = {"audience": ["自然人"], "online_depth": 4}
    for n in range(6):
        another_item(cast, f"很少办的事 {n}", **told)
    Item.objects.filter(pk=cast.version.item_id).update(audience=["自然人"])
    cast.apply()
    html = client.get("/").content.decode()
    assert html.index("食品经营许可（新办）") < html.index("很少办的事 0")


def test_while_little_has_come_in_the_published_order_leads_and_then_what_is_done(
    cast: Cast, client: Client
) -> None:
    another_item(cast, "很少办的事", online_depth=4)
    named = another_item(cast, "社会保障卡申领")
    Item.objects.filter(pk=cast.version.item_id).update(audience=["自然人"], name="另外一件事")
    cast.apply()
    html = client.get("/").content.decode()
    assert html.index(named.name) < html.index("另外一件事") < html.index("很少办的事")
    for hour in range(5):
        cast.apply(SEP24.replace(hour=11 + hour))
    html = client.get("/").content.decode()
    assert html.index("另外一件事") < html.index(named.name)


def test_what_serves_firms_too_stands_with_firms(cast: Cast, client: Client) -> None:
    another_item(cast, "开店的事", audience=["自然人", "个体工商户"])
    another_item(cast, "自己的事")
    html = client.get("/").content.decode()
    assert html.index("自己的事") < html.index("企业常办") < html.index("开店的事")


def test_an_item_that_is_not_open_is_not_on_the_home_page(cast: Cast, client: Client) -> None:
    another_item(cast, "停办的事", state="suspended")
    another_item(cast, "名录里的事", state="listed")
    html = client.get("/").content.decode()
    assert "停办的事" not in html
    assert "名录里的事" not in html


def test_a_visitor_costs_five_statements_however_many_cases_there_are(
    cast: Cast, client: Client, django_assert_max_num_queries
) -> None:
    for n in range(30):
        another_item(cast, f"事项 {n}", themes=[f"主题{n}"])
    for hour in range(3):
        cast.apply(SEP24.replace(hour=9 + hour))
    with django_assert_max_num_queries(5):
        client.get("/")


def test_somebody_who_is_signed_in_sees_his_open_case(cast: Cast, client: Client) -> None:
    case = cast.accepted()
    cast.wangfang.account = Account.objects.create(username="wangfang", joined_at=at(1, 5), password="!")
    cast.wangfang.save()
    with on(at(10, 9)):
        client.force_login(cast.wangfang.account, "onewindow.people.signing.Backend")
        html = client.get("/").content.decode()
    assert reverse("track_case", args=[case.number]) in html
    assert "已受理，正在审核" in html
