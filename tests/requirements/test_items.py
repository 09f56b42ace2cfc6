"""What the documents ask of items and guides: complete before they are public, one source, every version kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from onewindow.catalogue import acts, reads, text
from onewindow.catalogue.demo.format import Item as ItemText
from onewindow.catalogue.models import Change, Item, ItemVersion
from onewindow.intake.acts import take_in
from onewindow.people.models import Officer, Party, Post
from onewindow.places.models import County, Department
from onewindow.rules import codes
from onewindow.rules.grants import Grant, NotAllowed
from tests.cast import assemble, carry_out, officer
from tests.catalogue.conftest import CODE, FOOD, NOW, TODAY, at_desk
from tests.web.desks import at_desk as sit

Offices = dict[str, Department]
WHEN: dict[str, Any] = {"on": TODAY, "at": NOW}


def drafted(offices: Offices, by: Officer, **changes: Any) -> ItemVersion:
    """A new item of the market office whose text differs from the whole one in `changes`; content by its parts."""
    code = codes.build_item(offices["shichang"].uscc, 4, FOOD.code, 1)
    item = Item(
        county=CODE,
        department=offices["shichang"],
        base_code=code.base,
        task_code=code.task,
        handle_code=code.handle,
    )
    whole = text.of_file(FOOD, "罗山县")
    content = {**whole.content, **changes.pop("content", {})}
    return acts.draft(item, replace(whole, content=content, **changes), by=by, **WHEN)


def page(client: Client, address: str, **query: str) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


@pytest.fixture
def food(county: County, offices: Offices, chenju: Officer) -> Item:
    acts.load_demo(county, by=chenju, at=NOW, items=[FOOD])
    item = Item.objects.get()
    carry_out(item.subject)
    return item


def changed(item: Item, newer: ItemText, asks: Officer, approves: Officer) -> None:
    """The department asks for a new version and the managing office agrees."""
    version = acts.draft(item, text.of_file(newer, "罗山县"), by=asks, **WHEN)
    told = {"kind": Change.Kind.ALTER, "ground": Change.Ground.BUSINESS, "reason": "改得更明白"}
    change = acts.request_change(item, by=asks, version=version, wanted_on=TODAY, **told, **WHEN)
    acts.approve(change, by=approves, opinion="同意", **WHEN)
    carry_out(Item.objects.get(pk=item.pk).subject)


@pytest.mark.req("ZH-2.1.2d")
@pytest.mark.req("ZH-2.3.1a")
@pytest.mark.req("FC-3.2.12c")
def test_an_approved_change_is_in_every_channel_at_once_and_the_version_before_is_kept(
    client: Client, food: Item, zhangmin: Officer, chenju: Officer
) -> None:
    newer = replace(FOOD, name="食品经营许可（新办）（含迁址）")
    changed(food, newer, zhangmin, chenju)
    code = food.handle_code
    assert newer.name in page(client, "/search/", q="食品经营许可").replace("<mark>", "").replace(
        "</mark>", ""
    )
    public = {"guide": page(client, f"/items/{code}/"), "leaflet": page(client, f"/items/{code}/leaflet/")}
    for channel, shown in public.items():
        assert newer.name in shown, channel
        assert "第 2 版" in shown, channel
        assert "2026 年 11 月 23 日" in shown, channel
    program = client.get(f"/api/v1/items/{code}").json()
    assert (program["name"], program["version"], program["effective_on"]) == (newer.name, 2, "2026-11-23")
    assert [one["name"] for one in client.get("/api/v1/items").json()["items"]] == [newer.name]
    window = reads.version_to_apply(CODE, code)
    assert window is not None
    assert (window.number, window.name, window.effective_on) == (2, newer.name, TODAY)

    old = page(client, f"/items/{code}/v/1/")
    assert "这是第 1 版，已经不用了" in old
    assert newer.name not in old
    program = client.get(f"/api/v1/items/{code}/versions/1").json()
    assert (program["version"], program["current"]) == (1, False)


PROCEDURE = {
    "设定依据": {"content": {"grounds": []}},
    "受理条件": {"content": {"conditions": []}},
    "申请材料目录": {"materials": ()},
    "办理流程": {"content": {"steps": []}},
    "收费标准": {"content": {"fee": {}}},
    "承诺办结时限：没有填写": {"promised_days": None},
    "承诺办结时限：承诺 11 天，长于法定 10 天": {"promised_days": 11},
}


@pytest.mark.req("ZH-2.2.1a")
@pytest.mark.parametrize("lack", PROCEDURE)
def test_an_item_whose_procedure_lacks_a_part_or_promises_beyond_the_law_is_not_opened(
    lack: str, offices: Offices, zhangmin: Officer, chenju: Officer
) -> None:
    version = drafted(offices, zhangmin, **PROCEDURE[lack])
    with pytest.raises(NotAllowed, match=lack):
        acts.review(version, by=chenju, **WHEN)
    with pytest.raises(NotAllowed):
        acts.publish(version, by=chenju, **WHEN)
    assert reads.version_to_apply(CODE, version.item.handle_code) is None


STANDARD = {
    "受理条件": {"content": {"conditions": []}},
    "申请材料目录": {"materials": ()},
    "办理流程": {"content": {"steps": []}},
}


@pytest.mark.req("FC-3.1.3c")
@pytest.mark.parametrize("part", STANDARD)
def test_a_licence_without_a_part_of_its_standard_is_flagged_and_not_released(
    part: str, client: Client, offices: Offices, zhangmin: Officer, chenju: Officer
) -> None:
    version = drafted(offices, zhangmin, **STANDARD[part])
    assert version.kind == "行政许可"
    office = at_desk(chenju)
    assert f"1 处：{part}" in page(office, "/catalogue/")
    office.post(f"/catalogue/{version.item_id}/v/1/do/review/")
    office.post(f"/catalogue/{version.item_id}/v/1/do/publish/")
    assert client.get(f"/items/{version.item.handle_code}/").status_code == 404


@pytest.mark.req("HD-A2-标准-2")
def test_a_village_item_without_its_legal_ground_is_refused_by_the_name_of_the_element(
    offices: Offices, zhangmin: Officer, chenju: Officer
) -> None:
    village = {**text.of_file(FOOD, "罗山县").index, "level": 6}
    version = drafted(offices, zhangmin, content={"grounds": []}, index=village)
    with pytest.raises(NotAllowed, match="设定依据：没有填写"):
        acts.review(version, by=chenju, **WHEN)


@pytest.mark.req("HD-3.4.10l")
def test_a_guide_with_a_vague_material_or_no_time_limit_stands_on_the_list_of_what_is_missing(
    county: County, offices: Offices, zhangmin: Officer, chenju: Officer
) -> None:
    whole = text.of_file(FOOD, "罗山县")
    vague = replace(whole.materials[0], name="其他材料")
    version = drafted(offices, zhangmin, materials=(vague, *whole.materials[1:]))
    office = at_desk(chenju)
    assert "1 处：用语" in page(office, "/catalogue/")
    assert "其他材料" in page(office, f"/catalogue/{version.item_id}/v/1/")
    acts.draft(version.item, replace(whole, promised_days=None), by=zhangmin, **WHEN)
    assert "1 处：承诺办结时限" in page(office, "/catalogue/")


@pytest.mark.req("ZH-2.1.3d")
def test_a_guide_with_other_papers_is_refused_with_field_and_phrase(
    offices: Offices, zhangmin: Officer, chenju: Officer
) -> None:
    whole = text.of_file(FOOD, "罗山县")
    vague = replace(whole.materials[0], name="其他材料")
    version = drafted(offices, zhangmin, materials=(vague, *whole.materials[1:]))
    with pytest.raises(NotAllowed, match="第 1 份材料的名称：“其他材料”"):
        acts.review(version, by=chenju, **WHEN)


@pytest.mark.req("JN-3c")
def test_an_item_is_open_at_the_window_and_found_on_the_net_in_the_same_moment(
    client: Client, offices: Offices, zhangmin: Officer, chenju: Officer
) -> None:
    counter = Post.objects.create(
        county=CODE, name="综合窗口", scope="county", grants=[Grant.INTAKE_RECEIVE.value]
    )
    liwei = officer(CODE, "李伟", "C003", counter)
    wangfang = Party.objects.create(kind="person", name="王芳", paper_kind="resident", paper_hash=b"1" * 32)
    version = acts.review(drafted(offices, zhangmin), by=chenju, **WHEN)
    told = {"applicant": wangfang, "window": None, "form": {}, "papers": [], "once": None, "complete": False}
    with pytest.raises(NotAllowed, match="停用或更换"):
        take_in(version, by=liwei, at=NOW, **told)
    assert f"/items/{version.item.handle_code}/" not in page(client, "/search/", q=FOOD.name)

    acts.settle(version.item, by=chenju, moved_in=True, staffed=True, empowered=True, **WHEN)
    published = acts.publish(version, by=chenju, **WHEN)
    carry_out(published.item.subject)
    assert take_in(published, by=liwei, at=NOW, **told).version == published
    code = version.item.handle_code
    assert f"/items/{code}/" in page(client, "/search/", q=FOOD.name)
    assert FOOD.name in page(client, f"/items/{code}/")


HIDDEN = {
    "依据": {"content": {"grounds": []}},
    "内容": {"content": {"result": {}}},
    "条件": {"content": {"conditions": []}},
    "程序": {"content": {"steps": []}},
    "时限": {"promised_days": None},
    "责任人": {
        "content": {"steps": [{"name": "决定", "role": "head", "post": "", "days": 1, "does": "决定"}]}
    },
}


@pytest.mark.req("LS-联合-7")
def test_the_guide_names_six_data_with_the_responsible_post_and_none_of_them_can_be_hidden(
    client: Client, food: Item, offices: Offices, zhangmin: Officer, chenju: Officer
) -> None:
    shown = page(client, f"/items/{food.handle_code}/")
    for words in (
        FOOD.on_what(FOOD.grounds)[0].quote,
        FOOD.result.name,
        FOOD.conditions[0].text,
        FOOD.steps[1].does,
        "8 个工作日",
        FOOD.steps[2].post,
    ):
        assert words in shown, words
    whole = text.of_file(FOOD, "罗山县")
    for told in HIDDEN.values():
        content = {**whole.content, **told.get("content", {})}
        hiding = replace(whole, **{**told, "content": content})
        version = acts.draft(food, hiding, by=zhangmin, **WHEN)
        with pytest.raises(NotAllowed, match="还不能发布"):
            acts.review(version, by=chenju, **WHEN)


@pytest.mark.req("ZH-2.2.1f")
def test_the_guide_shows_the_points_that_the_examiner_ticks(client: Client, db: None) -> None:
    points = [
        {"look": "经营场所", "check": "与执照地址一致", "fails": "一次告知改正"},
        {"look": "冷食专间", "check": "独立设置", "fails": "不予许可"},
    ]
    cast = assemble(points=points)
    public = page(client, f"/items/{cast.version.item.address}/")
    inner = page(sit(cast.zhangmin), f"/cases/{cast.accepted().number}/")
    for point in points:
        assert all(words in public for words in point.values())
        assert point["look"] in inner
        assert point["check"] in inner


@pytest.mark.req("FC-3.1.5b")
def test_a_special_step_that_no_law_gives_is_refused(
    offices: Offices, zhangmin: Officer, chenju: Officer
) -> None:
    hearing = {"name": "专家论证", "days": 10, "basis": [], "note": "另行安排"}
    version = drafted(offices, zhangmin, content={"special": [hearing]})
    with pytest.raises(NotAllowed, match="特别程序：“专家论证”没有写依据"):
        acts.review(version, by=chenju, **WHEN)


@pytest.mark.req("ZH-2.2.1b")
@pytest.mark.parametrize("place", ["zhanhe", "luoshan"])
def test_a_fourth_step_is_refused_by_the_text_of_the_place_and_elsewhere_by_its_setting(
    place: str,
    county: County,
    offices: Offices,
    zhangmin: Officer,
    chenju: Officer,
) -> None:
    steps = text.of_file(FOOD, "罗山县").content["steps"]
    fourth = {**steps[1], "name": "复审", "days": 0}
    version = drafted(offices, zhangmin, content={"steps": [*steps, fourth]})
    County.objects.update(pack=place)
    with pytest.raises(NotAllowed, match="办理流程：有 4 个环节，最多 3 个"):
        acts.review(version, by=chenju, **WHEN)
