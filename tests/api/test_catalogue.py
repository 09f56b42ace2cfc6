"""Everybody's programs read the catalogue: the list by pages, one version, the search."""

import pytest

from onewindow.catalogue.models import Item, ItemVersion
from onewindow.guidance import index
from onewindow.journal import write
from tests.api.conftest import Program
from tests.cast import COUNTY, at
from tests.people.conftest import Stage

pytestmark = pytest.mark.django_db
NOBODY = Program("")


def test_the_guide_of_an_item_stands_in_its_elements(stage: Stage) -> None:
    version = stage.cast.version
    told = NOBODY.get(f"/items/{version.item.address}").json()
    assert (told["name"], told["version"], told["current"], told["open"]) == (
        "食品经营许可（新办）",
        1,
        True,
        True,
    )
    assert told["legal"] == {"days": 20, "unit": {"code": "working", "word": "个工作日"}}
    assert told["promised"]["days"] == 8
    assert [one["code"] for one in told["materials"]] == ["sqs", "bjt", "zd"]
    assert told["materials"][0]["necessity"] == {"code": "required", "word": "必要"}
    assert told["form"]["required"] == ["shop", "area"]
    assert told["guide"]["result"] == {"name": "食品经营许可证"}
    again = NOBODY.get(f"/items/{version.item.address}/versions/1").json()
    assert again == told


def test_an_earlier_version_keeps_the_name_that_it_had(stage: Stage) -> None:
    old = stage.cast.version
    item = old.item
    ItemVersion.objects.filter(pk=old.pk).update(state="retired")
    following = ItemVersion.objects.create(
        county=COUNTY, item=item, number=2, state="draft", name="餐饮服务许可", kind="行政确认"
    )
    ItemVersion.objects.filter(pk=following.pk).update(state="published", published_at=at(2, 1))
    Item.objects.filter(pk=item.pk).update(
        current=following, name="餐饮服务许可", kind="行政确认", audience=["企业法人"]
    )
    now, then = (NOBODY.get(f"/items/{item.address}{path}").json() for path in ("", "/versions/1"))
    assert (now["name"], now["kind"], now["current"]) == ("餐饮服务许可", "行政确认", True)
    assert (then["name"], then["kind"], then["current"]) == ("食品经营许可（新办）", "行政许可", False)
    assert then["version"] == 1
    assert NOBODY.get(f"/items/{item.address}/versions/2").json() == now


@pytest.mark.parametrize("path", ["/items/none", "/items/none/versions/1"])
def test_what_is_not_there_is_a_problem(stage: Stage, path: str) -> None:
    answer = NOBODY.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_a_draft_is_never_told(stage: Stage) -> None:
    item = stage.cast.version.item
    Item.objects.filter(pk=item.pk).update(state="draft")
    assert NOBODY.get("/items").json() == {"items": [], "next": None}
    assert NOBODY.get(f"/items/{item.address}").status_code == 404


def test_the_list_goes_on_from_its_key(stage: Stage) -> None:
    Item.objects.bulk_create(
        Item(
            county=COUNTY,
            subject=write.open_subject(COUNTY, "item", f"L{n}"),
            department=stage.cast.police,
            local_code=f"L{n}",
            state="listed",
            name=f"测试事项{n}",
            kind="公共服务",
            themes=["户籍办理"],
            changed_at=at(1, 5),
        )
        for n in range(105)
    )
    first = NOBODY.get("/items").json()
    second = NOBODY.get(f"/items?after={first['next']}").json()
    codes = [one["code"] for page in (first, second) for one in page["items"]]
    assert (len(first["items"]), len(codes), len(set(codes)), second["next"]) == (100, 106, 106, None)
    assert not second["items"][-1]["open"]
    told = NOBODY.get("/items?department=罗山县市场监督管理局").json()["items"]
    assert [one["name"] for one in told] == ["食品经营许可（新办）"]
    assert len(NOBODY.get("/items?theme=户籍办理").json()["items"]) == 100


def test_the_search_says_how_it_found(stage: Stage) -> None:
    index.rebuild(COUNTY)
    for typed in ("食品经营", "spjyxk", "shipinjingying"):
        told = NOBODY.get(f"/search?q={typed}").json()
        assert (told["count"], told["hits"][0]["why"]["code"]) == ("1", "named")
        assert told["hits"][0]["item"]["code"] == stage.cast.version.item.address
    assert NOBODY.get("/search?q=没有这样的事").json()["hits"] == []
    assert NOBODY.get("/search").status_code == 422
