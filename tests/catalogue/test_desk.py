"""The desk of those who keep the catalogue: written, compared, decided and imported on screens."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onewindow.catalogue import acts, text
from onewindow.catalogue.follow import run_import
from onewindow.catalogue.models import Change, ImportRun, Item, ItemVersion
from onewindow.guidance.models import Missed
from onewindow.journal.models import Entry
from onewindow.people.models import Officer
from onewindow.places.models import County, Department
from tests.catalogue.conftest import CODE, FOOD, NOW, TODAY, at_desk
from tests.catalogue.test_import import as_csv, line

Offices = dict[str, Department]
WHEN = {"on": TODAY, "at": NOW}


@pytest.fixture
def food_item(county: County, offices: Offices, chenju: Officer) -> Item:
    acts.load_demo(county, by=chenju, at=NOW, items=[FOOD])
    return Item.objects.get()


def page(client: Client, address: str, **query: str) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def filled_in(html: str) -> dict[str, Any]:
    """The form of a page as a browser would send it back unchanged."""
    sent: dict[str, Any] = {}
    form = html.partition('class="ow-drafting"')[2].partition("</form>")[0]
    for tag in re.findall(r"<input[^>]*>", form):
        told = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        kind = told.get("type", "text")
        if kind in ("checkbox", "radio") and " checked" not in tag:
            continue
        sent.setdefault(told.get("name", ""), []).append(
            unescape(told.get("value", "on" if kind == "checkbox" else ""))
        )
    for name, value in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, flags=re.S):
        sent[name] = [unescape(value)]
    for name, body in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, flags=re.S):
        chosen = re.findall(r'<option value="([^"]*)" selected', body)
        sent[name] = chosen or re.findall(r'<option value="([^"]*)"', body)[:1]
    return sent


def test_the_list_shows_each_office_its_own_items_and_what_is_missing(
    food_item: Item, offices: Offices, zhangmin: Officer, zhaoqiang: Officer, chenju: Officer
) -> None:
    listed = Item(
        county=CODE, department=offices["gongan"], local_code="G-1", name="测试名录", kind="公共服务"
    )
    acts.list_item(listed, by=zhaoqiang, **WHEN)
    assert FOOD.name in page(at_desk(zhangmin), "/catalogue/")
    assert "测试名录" not in page(at_desk(zhangmin), "/catalogue/")
    assert "整份指南" in page(at_desk(zhaoqiang), "/catalogue/")
    whole = page(at_desk(chenju), "/catalogue/")
    assert FOOD.name in whole
    assert "测试名录" in whole
    assert FOOD.name not in page(at_desk(chenju), "/catalogue/", state="listed")
    assert "测试名录" not in page(at_desk(chenju), "/catalogue/", q=food_item.handle_code)


def test_another_office_finds_no_page_of_the_item_and_an_applicant_no_desk(
    food_item: Item, zhaoqiang: Officer, client: Client
) -> None:
    for address in ("", "draft/", "change/", "v/1/", "state/suspend/", "compare/?from=1&to=1"):
        assert at_desk(zhaoqiang).get(f"/catalogue/{food_item.pk}/{address}").status_code == 404, address
    post = at_desk(zhaoqiang).post(f"/catalogue/{food_item.pk}/v/1/do/publish/")
    assert post.status_code == 404
    assert client.get("/catalogue/").status_code == 302


def test_saving_the_drafting_page_unchanged_changes_no_word(food_item: Item, zhangmin: Officer) -> None:
    desk = at_desk(zhangmin)
    sent = filled_in(page(desk, f"/catalogue/{food_item.pk}/draft/"))
    answer = desk.post(f"/catalogue/{food_item.pk}/draft/", sent)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    second = food_item.versions.get(number=2)
    assert second.state == ItemVersion.State.DRAFT
    before, after = text.of_version(food_item.versions.get(number=1)), text.of_version(second)
    assert after.materials == before.materials
    assert after.form == before.form
    assert after.index == before.index
    assert after.content == before.content


def test_a_row_can_be_added_moved_and_taken_out_and_a_material_keeps_its_code(
    food_item: Item, zhangmin: Officer
) -> None:
    desk = at_desk(zhangmin)
    sent = filled_in(page(desk, f"/catalogue/{food_item.pk}/draft/"))
    count = len(FOOD.materials)
    sent["materials-0-ORDER"] = ["99"]
    sent["materials-1-DELETE"] = ["on"]
    sent |= {
        f"materials-{count}-{key}": [value]
        for key, value in {
            "name": "门店照片",
            "source": "申请人自备",
            "necessity": "required",
            "copies": "1",
            "basis": "form29",
            "sample": "样例",
        }.items()
    }
    sent["promised_days"] = ["9"]
    assert desk.post(f"/catalogue/{food_item.pk}/draft/", sent).status_code == 302
    made = [(m.code, m.name) for m in food_item.versions.get(number=2).materials.all()]
    names = [m.name for m in FOOD.materials]
    assert [name for _, name in made] == [*names[2:], names[0], "门店照片"]
    assert ("M01", names[0]) in made


def test_the_limits_of_a_field_and_when_it_is_asked_are_written_on_the_draft(
    food_item: Item, zhangmin: Officer
) -> None:
    desk, address = at_desk(zhangmin), f"/catalogue/{food_item.pk}/draft/"
    sent = filled_in(page(desk, address))
    rows = [
        name.removesuffix("-type")
        for name, told in sent.items()
        if name.endswith("-type") and told == ["number"]
    ]
    row = rows[0]
    first = sent[f"{row}-key"][0]
    refused = desk.post(address, {**sent, f"{row}-minimum": ["9"], f"{row}-maximum": ["3"]})
    assert "请填不小于最小值的数" in refused.content.decode()
    text_row = next(
        name.removesuffix("-type")
        for name, told in sent.items()
        if name.endswith("-type") and told == ["text"]
    )
    told = {f"{row}-minimum": ["3"], f"{row}-maximum": ["9.5"], f"{text_row}-max_length": ["12"]}
    assert desk.post(address, {**sent, **told}).status_code == 302
    spec = food_item.versions.get(number=2).form["schema"]["properties"]
    assert (spec[first]["minimum"], spec[first]["maximum"]) == (3, 9.5)
    assert spec[sent[f"{text_row}-key"][0]]["maxLength"] == 12


def test_the_examination_points_that_a_guide_must_have_are_written_on_its_draft(
    food_item: Item, zhangmin: Officer
) -> None:
    desk = at_desk(zhangmin)
    sent = filled_in(page(desk, f"/catalogue/{food_item.pk}/draft/"))
    count = len(FOOD.points)
    assert count > 0
    new = {"look": "门店招牌", "check": "名称和营业执照一致", "fails": "请申请人改正"}
    sent |= {f"points-{count}-{key}": [value] for key, value in new.items()}
    assert desk.post(f"/catalogue/{food_item.pk}/draft/", sent).status_code == 302
    assert "草稿已经保存" in page(desk, f"/catalogue/{food_item.pk}/draft/")
    assert food_item.versions.get(number=2).content["points"][-1] == new


def test_a_basis_that_nobody_listed_is_refused_beside_its_field_and_nothing_typed_is_lost(
    food_item: Item, zhangmin: Officer
) -> None:
    desk = at_desk(zhangmin)
    sent = filled_in(page(desk, f"/catalogue/{food_item.pk}/draft/"))
    sent["grounds"] = ["nowhere9"]
    sent["summary"] = ["改过的说明。"]
    answer = desk.post(f"/catalogue/{food_item.pk}/draft/", sent)
    assert answer.status_code == 200
    assert "没有代号 nowhere9" in answer.content.decode()
    assert "改过的说明。" in answer.content.decode()
    assert food_item.versions.count() == 1


@pytest.mark.req("HD-3.1.1c")
def test_the_department_asks_on_its_screen_and_the_office_sees_the_difference_and_approves(
    food_item: Item, zhangmin: Officer, chenju: Officer
) -> None:
    desk = at_desk(zhangmin)
    sent = filled_in(page(desk, f"/catalogue/{food_item.pk}/draft/"))
    sent["summary"] = ["开饭馆先办这个证。"]
    desk.post(f"/catalogue/{food_item.pk}/draft/", sent)
    asked = {
        "which": "implementing",
        "kind": "alter",
        "ground": "business",
        "reason": "说明写得更明白",
        "wanted_on": "2099-01-01",
    }
    assert desk.post(f"/catalogue/{food_item.pk}/change/", asked).status_code == 302
    change = Change.objects.get()
    own = page(desk, f"/catalogue/changes/{change.pk}/")
    assert "要由政务服务管理办公室的另一位同事审核" in own
    assert 'name="approve"' not in own

    office = at_desk(chenju)
    shown = page(office, f"/catalogue/changes/{change.pk}/")
    assert "一句话说明" in shown
    assert "<ins>开饭馆先办这个证。</ins>" in shown
    decided = office.post(
        f"/catalogue/changes/{change.pk}/", {"opinion": "同意", "effective_on": "2098-12-31", "approve": "1"}
    )
    assert decided.status_code == 302
    change.refresh_from_db()
    assert (change.state, str(change.effective_on)) == ("approved", "2098-12-31")
    assert food_item.versions.get(number=2).state == ItemVersion.State.REVIEWED


def test_a_declined_request_keeps_its_opinion(food_item: Item, zhangmin: Officer, chenju: Officer) -> None:
    asked = {
        "which": "implementing",
        "kind": "suspend",
        "ground": "practice",
        "reason": "设备检修",
        "wanted_on": "2099-01-01",
    }
    at_desk(zhangmin).post(f"/catalogue/{food_item.pk}/change/", asked)
    change = Change.objects.get()
    at_desk(chenju).post(f"/catalogue/changes/{change.pk}/", {"opinion": "可以不停办", "decline": "1"})
    change.refresh_from_db()
    assert (change.state, change.opinion) == ("declined", "可以不停办")
    assert food_item.state == Item.State.PUBLISHED


def test_a_new_item_is_coded_drafted_reviewed_and_published_on_screens(
    county: County, offices: Offices, zhangmin: Officer, chenju: Officer
) -> None:
    desk, office = at_desk(zhangmin), at_desk(chenju)
    told = {
        "department": offices["shichang"].pk,
        "base_code": FOOD.code,
        "seq": "2",
        "name": "食品经营许可（测试）",
    }
    assert desk.post("/catalogue/new/", told).status_code == 302
    item = Item.objects.get()
    assert item.handle_code == f"{offices['shichang'].uscc}4{FOOD.code}02"
    shown = page(office, f"/catalogue/{item.pk}/v/1/")
    assert "设定依据" in shown
    assert "审核通过" not in shown
    again = desk.post("/catalogue/new/", told)
    assert "已经有事项使用" in again.content.decode()

    acts.draft(item, text.of_file(FOOD, "罗山县"), by=zhangmin, **WHEN)
    assert "审核通过" in page(office, f"/catalogue/{item.pk}/v/1/")
    office.post(f"/catalogue/{item.pk}/v/1/do/review/")
    refused = office.post(f"/catalogue/{item.pk}/v/1/do/publish/", follow=True).content.decode()
    assert "还没有做到事项进驻到位、人员进驻到位、权限授权到位" in refused
    office.post(f"/catalogue/{item.pk}/settle/", {"moved_in": "1", "staffed": "1", "empowered": "1"})
    office.post(f"/catalogue/{item.pk}/v/1/do/publish/")
    item.refresh_from_db()
    assert item.state == Item.State.PUBLISHED
    assert "已发布" in page(desk, f"/catalogue/{item.pk}/")


def test_a_new_item_of_another_office_cannot_be_begun(
    county: County, offices: Offices, zhangmin: Officer
) -> None:
    told = {"department": offices["gongan"].pk, "base_code": FOOD.code, "seq": "2", "name": "不归我管"}
    assert at_desk(zhangmin).post("/catalogue/new/", told).status_code == 200
    assert Item.objects.count() == 0


def test_suspending_on_the_screen_needs_a_reason(food_item: Item, chenju: Officer) -> None:
    office = at_desk(chenju)
    assert (
        "请填写“原因”"
        in office.post(f"/catalogue/{food_item.pk}/state/suspend/", {"reason": ""}).content.decode()
    )
    office.post(f"/catalogue/{food_item.pk}/state/suspend/", {"reason": "系统升级，周一恢复"})
    food_item.refresh_from_db()
    assert food_item.state == Item.State.SUSPENDED


def test_two_versions_are_compared_field_by_field(county: County, food_item: Item, chenju: Officer) -> None:
    acts.load_demo(county, by=chenju, at=NOW, items=[replace(FOOD, summary="第二版的说明。")])
    shown = page(at_desk(chenju), f"/catalogue/{food_item.pk}/compare/", **{"from": "1", "to": "2"})
    assert "第二版的说明。" in shown
    assert "1 处不同" in shown


def test_a_file_is_checked_watched_and_then_taken_in_on_screens(
    county: County, offices: Offices, zhangmin: Officer
) -> None:
    desk = at_desk(zhangmin)
    content = as_csv(line("好的事项", "A-1"), line("", "A-2"))
    answer = desk.post("/catalogue/import/", {"file": SimpleUploadedFile("目录.csv", content)})
    checked = ImportRun.objects.get()
    assert answer["Location"] == f"/catalogue/import/{checked.pk}/"
    waiting = page(desk, f"/catalogue/import/{checked.pk}/")
    assert 'hx-trigger="every 2s"' in waiting
    run_import(Entry.objects.get(fact="ImportAsked"))

    shown = page(desk, f"/catalogue/import/{checked.pk}/")
    assert "hx-trigger" not in shown
    assert "没有事项名称" in shown
    assert "导入可以导入的 1 个事项" in shown
    assert Item.objects.count() == 0
    desk.post(f"/catalogue/import/{checked.pk}/take-in/")
    run_import(Entry.objects.filter(fact="ImportAsked").latest("pk"))
    assert Item.objects.get().name == "好的事项"


def test_the_count_in_the_middle_of_a_run_is_the_same_after_a_reload(
    county: County, offices: Offices, zhangmin: Officer
) -> None:
    run = acts.ask_import(county, by=zhangmin, at=NOW, content=b"x", name="x.csv", dry=False)
    ImportRun.objects.filter(pk=run.pk).update(state="running", total=1135, done=420, added=400, refused=20)
    for _ in range(2):
        shown = page(at_desk(zhangmin), f"/catalogue/import/{run.pk}/")
        assert "已完成 420 行，共 1,135 行" in shown
        assert '<progress class="ow-prog" value="420" max="1135"' in shown


def test_what_nobody_found_is_listed_the_most_frequent_first(county: County, chenju: Officer) -> None:
    for words, times in (("宠物上牌", 3), ("修鞋摊", 9)):
        Missed.objects.create(county=CODE, typed=words, times=times, last_at=NOW)
    shown = page(at_desk(chenju), "/catalogue/missed/")
    assert shown.index("修鞋摊") < shown.index("宠物上牌")


def test_fee_places_and_public_safety_are_written_on_the_draft_with_lint(
    food_item: Item, zhangmin: Officer
) -> None:
    desk = at_desk(zhangmin)
    address = f"/catalogue/{food_item.pk}/draft/"
    sent = filled_in(page(desk, address))
    key = sent["basis-0-key"][0]
    sent |= {"charged": ["on"], "fee_note": ["收工本费。"], "fee_before": ["decide"], "public_safety": ["on"]}
    row = {"name": "证书工本费", "standard": "每本 20 元", "amount": "20 元", "basis": key, "relief": ""}
    sent |= {f"charges-0-{name}": [value] for name, value in row.items()}
    sent |= {"limited_number": ["40"], "limited_period": ["year"], "limited_basis": [""]}
    wrong = desk.post(address, sent)
    assert "金额请写成 20.00 这样" in wrong.content.decode()
    assert desk.post(address, {**sent, "charges-0-amount": ["20.00"]}).status_code == 302
    assert "没有文件规定的，勾选“本地设定”" in page(desk, address)
    assert (
        desk.post(address, {**sent, "charges-0-amount": ["20.00"], "limited_local": ["on"]}).status_code
        == 302
    )
    text = food_item.versions.order_by("-number").first().content
    assert text["fee"]["items"][0]["amount"] == "20.00"
    assert (text["fee"]["before"], text["public_safety"]) == ("decide", True)
    assert text["limited"] == {"number": 40, "period": "year", "basis": [], "local": True}
    again = page(desk, address)
    assert "没有文件规定的，勾选“本地设定”" not in again
    assert filled_in(again)["limited_number"] == ["40"]
