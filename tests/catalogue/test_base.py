"""基本目录: what is laid down is taken over, may only be bettered, and its changes reach what rests on it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from onewindow.catalogue import acts, base, ready, text
from onewindow.catalogue.follow import run_import
from onewindow.catalogue.imports import base as rows
from onewindow.catalogue.imports import sheet
from onewindow.catalogue.models import BaseItem, BaseVersion, Change, ImportRun, Item
from onewindow.guidance import index
from onewindow.guidance.reads import containing
from onewindow.journal.models import Entry
from onewindow.people.models import Officer
from onewindow.places.models import County, Department
from onewindow.rules.grants import Grant, NotAllowed, NotGranted
from tests.catalogue.conftest import CODE, FOOD, NOW, TODAY, Hire, at_desk
from tests.catalogue.test_desk import filled_in

WHEN: dict[str, Any] = {"on": TODAY, "at": NOW}
Offices = dict[str, Department]
LAID_DOWN = base.of_file(FOOD, "罗山县")


@pytest.fixture
def food_item(county: County, offices: Offices, chenju: Officer) -> Item:
    acts.load_demo(county, by=chenju, at=NOW, items=[FOOD])
    return Item.objects.get()


def said(changed: text.VersionText, laid_down: base.BaseText = LAID_DOWN) -> list[str]:
    return [str(gap) for gap in base.divergences(changed, laid_down, 1)]


def words() -> text.VersionText:
    return text.of_file(FOOD, "罗山县")


def test_an_item_that_says_what_is_laid_down_differs_in_nothing() -> None:
    assert said(words()) == []


def test_better_for_the_applicant_is_no_difference() -> None:
    assert said(replace(words(), promised_days=1, legal_days=2, materials=words().materials[:2])) == []
    assert said(replace(words(), name=f"{FOOD.name}（连锁门店）")) == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"name": "办食品证"}, "请用这个名称"),
        ({"kind": "公共服务"}, "基本目录是“行政许可”，这里写“公共服务”"),
        ({"legal_days": 90}, "法定 90 个工作日，只能更短"),
        ({"promised_days": 90}, "承诺 90 个工作日，只能更短"),
    ],
)
def test_what_differs_is_named_in_a_sentence(changed: dict[str, object], expected: str) -> None:
    assert any(expected in one for one in said(replace(words(), **changed)))  # type: ignore[arg-type]


def test_a_material_beyond_the_base_catalogue_may_not_be_asked_for() -> None:
    beyond = replace(words().materials[0], code="M90", name="居住地证明")
    assert said(replace(words(), materials=(*words().materials, beyond))) == [
        "申请材料目录：“居住地证明”不在基本目录的材料里，不能要"
    ]


def test_a_missing_article_is_named() -> None:
    lacking = replace(words(), content={**words().content, "grounds": []})
    assert len(said(lacking)) == len(LAID_DOWN.basis)
    assert "缺少基本目录的依据" in said(lacking)[0]


def test_working_days_are_never_surely_fewer_than_as_many_days() -> None:
    laid_down = replace(LAID_DOWN, legal_days=20, legal_unit="calendar")
    short = replace(words(), legal_days=10, legal_unit="working", promised_days=5, promised_unit="working")
    assert len(said(short, laid_down)) == 2
    other = replace(LAID_DOWN, legal_days=20, legal_unit="working")
    days = replace(words(), legal_days=20, legal_unit="calendar", promised_days=20, promised_unit="calendar")
    assert said(days, other) == []


def test_a_version_that_differs_is_not_published(food_item: Item, zhangmin: Officer, chenju: Officer) -> None:
    version = acts.draft(food_item, replace(words(), promised_days=90), by=zhangmin, **WHEN)
    with pytest.raises(NotAllowed, match="基本目录的法定时限是"):
        acts.review(version, by=chenju, **WHEN)


@pytest.mark.req("HD-3.1.1a")
def test_a_new_name_of_the_base_item_reaches_every_level_and_the_portal_in_one_publication(
    food_item: Item, offices: Offices, zhangmin: Officer, chenju: Officer
) -> None:
    township = Item(
        county=CODE,
        department=offices["shichang"],
        base_code=FOOD.code,
        handle_code=f"{food_item.handle_code[:-2]}02",
        moved_in=True,
        staffed=True,
        empowered=True,
    )
    version = acts.draft(township, replace(words(), index={**words().index, "level": 5}), by=zhangmin, **WHEN)
    acts.publish(acts.review(version, by=chenju, **WHEN), by=chenju, **WHEN)

    assert (
        acts.take_in_base(
            County.objects.get(), replace(LAID_DOWN, name="食品经营许可核发"), by=chenju, **WHEN
        )
        == "changed"
    )
    assert [one.says for one in ready.gaps(version)] == [
        "基本目录的名称是“食品经营许可核发”，请用这个名称，情形写在后面"
    ]
    made = acts.follow_base(BaseItem.objects.get(), by=chenju, **WHEN)
    assert (len(made.done), made.left) == (2, [])
    items = list(Item.objects.order_by("level"))
    assert [(one.level, one.name) for one in items] == [(4, "食品经营许可核发"), (5, "食品经营许可核发")]
    assert {one.current.number for one in items if one.current} == {2}
    assert set(Change.objects.values_list("which", "state")) == {("base", "done")}
    index.rebuild(CODE)
    assert len(containing(CODE, "食品经营许可核发")) == 2


def test_an_item_in_somebodys_hand_is_left_with_the_reason(
    food_item: Item, zhangmin: Officer, chenju: Officer
) -> None:
    acts.draft(food_item, replace(words(), promised_days=3), by=zhangmin, **WHEN)
    acts.take_in_base(County.objects.get(), replace(LAID_DOWN, kind="行政确认"), by=chenju, **WHEN)
    made = acts.follow_base(BaseItem.objects.get(), by=chenju, **WHEN)
    assert made.done == []
    assert "第 2 版正在起草" in made.left[0][1]


def test_a_shorter_limit_of_the_law_is_taken_over_where_the_steps_still_fit(
    food_item: Item, chenju: Officer
) -> None:
    acts.take_in_base(County.objects.get(), replace(LAID_DOWN, legal_days=9), by=chenju, **WHEN)
    acts.follow_base(BaseItem.objects.get(), by=chenju, **WHEN)
    food_item.refresh_from_db()
    assert food_item.current is not None
    assert (food_item.current.legal_days, food_item.current.promised_days) == (9, 8)
    acts.take_in_base(County.objects.get(), replace(LAID_DOWN, legal_days=2), by=chenju, **WHEN)
    made = acts.follow_base(BaseItem.objects.get(), by=chenju, **WHEN)
    assert made.done == []
    assert "超过承诺时限 2 天" in made.left[0][1]


def test_a_base_version_never_changes_and_the_same_words_make_no_new_one(
    food_item: Item, chenju: Officer
) -> None:
    assert acts.take_in_base(County.objects.get(), LAID_DOWN, by=chenju, **WHEN) == "same"
    with pytest.raises(DatabaseError, match="不能修改"), transaction.atomic():
        BaseVersion.objects.update(name="别的")


def test_a_department_does_not_change_the_base_catalogue(food_item: Item, zhangmin: Officer) -> None:
    with pytest.raises(NotGranted):
        acts.take_in_base(County.objects.get(), replace(LAID_DOWN, name="自己起的名字"), by=zhangmin, **WHEN)
    with pytest.raises(NotGranted):
        acts.follow_base(BaseItem.objects.get(), by=zhangmin, **WHEN)


def test_what_is_laid_down_is_shown_and_cannot_be_edited_in_a_draft(
    food_item: Item, zhangmin: Officer
) -> None:
    desk = at_desk(zhangmin)
    shown = desk.get(f"/catalogue/{food_item.pk}/draft/").content.decode()
    assert "沿用基本目录" in shown
    assert re.search(r'<select[^>]*name="kind"[^>]* disabled', shown)
    assert re.search(r'<input[^>]*name="legal_days"[^>]* readonly', shown)
    sent = {**filled_in(shown), "kind": ["公共服务"], "legal_days": ["1"], "summary": ["更短的说明。"]}
    assert desk.post(f"/catalogue/{food_item.pk}/draft/", sent).status_code == 302
    version = food_item.versions.latest("number")
    assert (version.kind, version.legal_days) == (FOOD.kind, FOOD.limit.legal_days)
    assert version.content["summary"] == "更短的说明。"


def test_the_page_of_a_base_item_says_who_sets_what_and_what_differs(
    food_item: Item, zhangmin: Officer, chenju: Officer
) -> None:
    acts.take_in_base(County.objects.get(), replace(LAID_DOWN, name="食品经营许可核发"), by=chenju, **WHEN)
    shown = at_desk(zhangmin).get(f"/catalogue/base/{FOOD.code}/").content.decode()
    assert "沿用，不能改" in shown
    assert "基本目录的名称是“食品经营许可核发”" in shown
    assert "按基本目录更新本地事项" not in shown
    office = at_desk(chenju)
    assert "不一致" in office.get("/catalogue/base/").content.decode()
    done = office.post(f"/catalogue/base/{FOOD.code}/follow/", follow=True).content.decode()
    assert "已按基本目录更新并发布 1 个事项" in done
    assert "不一致" not in office.get("/catalogue/base/").content.decode()


FILE = (
    "基本编码,事项名称,事项类型,设定依据,法定办结时限,申请材料,事项状态\r\n"
    f"{FOOD.code},{FOOD.name},行政许可,《中华人民共和国食品安全法》第三十五条；《没有条文的办法》,20,申请书；身份证,在用\r\n"
    "12345,短编码,行政许可,,,,\r\n"
    f"{FOOD.code},重复,行政许可,,一个月,,\r\n"
).encode()


def test_only_the_managing_office_hands_in_a_base_catalogue(
    county: County, offices: Offices, zhangmin: Officer
) -> None:
    sent = {"file": SimpleUploadedFile("目录.csv", FILE), "of": "base"}
    at_desk(zhangmin).post("/catalogue/import/", sent)
    assert ImportRun.objects.count() == 0


def test_a_file_of_the_base_catalogue_is_checked_and_then_taken_in(
    county: County, offices: Offices, hire: Hire
) -> None:
    wujing = hire("吴静", Grant.CATALOGUE_REVIEW, Grant.CATALOGUE_PUBLISH)
    desk = at_desk(wujing)
    desk.post("/catalogue/import/", {"file": SimpleUploadedFile("目录.csv", FILE), "of": "base"})
    checked = ImportRun.objects.get()
    run_import(Entry.objects.get(fact="ImportAsked"))
    checked.refresh_from_db()
    assert (checked.added, checked.refused, BaseItem.objects.count()) == (1, 2, 0)
    desk.post(f"/catalogue/import/{checked.pk}/take-in/")
    run_import(Entry.objects.filter(fact="ImportAsked").latest("pk"))
    assert [one.code for one in BaseItem.objects.all()] == [FOOD.code]
    shown = desk.get(f"/catalogue/import/{ImportRun.objects.latest('pk').pk}/").content.decode()
    assert "看基本目录" in shown


def test_the_report_names_each_bad_row_of_a_base_catalogue() -> None:
    judged = rows.all_of(sheet.read(FILE, "目录.csv", rows.COLUMNS), "目录.csv")
    assert [len(one.refused) for one in judged] == [0, 1, 2]
    told = judged[0].told
    assert told is not None
    assert [str(one) for one in told.basis] == ["《中华人民共和国食品安全法》第三十五条"]
    assert (told.legal_days, told.materials, told.in_use) == (20, ("申请书", "身份证"), True)
    assert judged[0].remarks == ["依据《没有条文的办法》没有写明第几条，没有列入"]
    assert judged[2].refused == ["与第 2 行的编码相同", "法定办结时限“一个月”不是天数"]


@pytest.mark.req("HD-2a")
def test_an_item_is_not_opened_while_one_of_the_three_is_missing(
    food_item: Item, zhangmin: Officer, chenju: Officer
) -> None:
    with pytest.raises(NotAllowed, match="请先暂停办理"):
        acts.settle(food_item, by=chenju, moved_in=True, staffed=True, empowered=False, **WHEN)
    acts.suspend(food_item, by=chenju, reason="授权到期，正在换发", **WHEN)
    acts.settle(food_item, by=chenju, moved_in=True, staffed=True, empowered=False, **WHEN)
    with pytest.raises(NotAllowed, match="还没有做到权限授权到位"):
        acts.resume(food_item, by=chenju, reason="恢复办理", **WHEN)
    with pytest.raises(NotGranted):
        acts.settle(food_item, by=zhangmin, moved_in=True, staffed=True, empowered=True, **WHEN)
    assert at_desk(chenju).get("/catalogue/?state=unsettled").content.decode().count(FOOD.name) >= 1
    acts.settle(food_item, by=chenju, moved_in=True, staffed=True, empowered=True, **WHEN)
    acts.resume(food_item, by=chenju, reason="授权书已经换发", **WHEN)
    food_item.refresh_from_db()
    assert food_item.is_open
