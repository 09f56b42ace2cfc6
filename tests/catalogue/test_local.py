"""What the pack of the place demands of a guide: refused before publication, shown on the page."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import pytest
from django.test import Client

from onewindow.catalogue import acts, local, text
from onewindow.catalogue.models import Item
from onewindow.packs.keys import RULES
from onewindow.people.models import Officer
from onewindow.places import acts as places
from onewindow.places.models import County, Department
from onewindow.places.reads import pack_of
from onewindow.rules.grants import FOUNDER, NotAllowed
from tests.catalogue.conftest import FOOD, ID_CARD, NOW, TODAY
from tests.catalogue.test_publishing import new_item

PLACES = ("fangcheng", "hedong", "jining", "luoshan", "zhanhe")
STEPS = [asdict(step) for step in FOOD.steps]
# Where the guide of 食品经营许可 says what a pack may name.
SHOWN = {
    "事项名称": f"<h1>{FOOD.name}</h1>",
    "受理单位": "<dt>办理部门</dt>",
    "依据": ">设定依据</h2>",
    "服务对象": "<dt>谁能办</dt>",
    "条件": ">受理条件</h2>",
    "数量": "<dt>名额</dt>",
    "材料目录": ">申请材料</h2>",
    "示范文本": "样例、空表和依据",
    "表单字段": ">要填的内容</h2>",
    "程序": ">办理流程</h2>",
    "流程图": 'id="flow-t"',
    "审查标准": ">审查标准</h2>",
    "审批责任人": ">审批责任人</h2>",
    "期限": ">时限和依据</h2>",
    "收费标准": ">收费</h2>",
    "注意事项": ">常见问题</h2>",
    "联系方式": "<dt>咨询</dt>",
    "投诉渠道": "<b>投诉监督</b>",
    "容缺受理": ">容缺受理</h2>",
    "告知承诺": ">告知承诺</h2>",
}


def words(**content: Any) -> text.VersionText:
    """The text of 食品经营许可 with some parts put otherwise."""
    made = text.of_file(FOOD, "罗山县")
    return replace(made, content={**made.content, **content})


def law(*sections: str, steps: int = 3) -> local.Law:
    return local.Law({FOOD.kind: (steps, "本地文件")}, {FOOD.kind: sections})


def said(version: text.VersionText, told: local.Law) -> list[str]:
    return [str(gap) for gap in local.gaps(version, told)]


@pytest.mark.parametrize("word", RULES["guide.sections"].words)
def test_every_section_that_a_pack_can_name_has_its_place_on_the_page(word: str) -> None:
    assert word in SHOWN


@pytest.mark.django_db
@pytest.mark.parametrize("place", PLACES)
def test_the_guide_shows_each_section_that_the_pack_of_the_place_names(
    place: str, client: Client, county: County, offices: dict[str, Department], chenju: Officer
) -> None:
    acts.load_demo(county, by=chenju, at=NOW, items=[FOOD])
    County.objects.update(pack=place)
    page = client.get(f"/items/{Item.objects.get().handle_code}/").content.decode()
    named = pack_of(place).value("guide.sections", TODAY, FOOD.kind)
    assert isinstance(named, tuple)
    missing = [word for word in named if SHOWN[word] not in page]
    assert missing == []
    own = {"表单字段", "审批责任人", "容缺受理", "告知承诺"} - set(named)
    assert [word for word in own if SHOWN[word] in page] == []


@pytest.mark.django_db
def test_the_fields_are_those_of_the_form_and_the_answerable_are_posts(
    client: Client, county: County, offices: dict[str, Department], chenju: Officer
) -> None:
    acts.load_demo(county, by=chenju, at=NOW, items=[FOOD, ID_CARD])
    address = Item.objects.get(name=FOOD.name).handle_code
    seats = client.get(f"/items/{address}/").content.decode().partition('id="s-seats"')[2][:1500]
    for step in FOOD.steps:
        assert (step.post in seats) == (step.role != "window")
    assert chenju.name not in seats
    County.objects.update(pack="hedong")
    cells = client.get(f"/items/{address}/").content.decode().partition('id="s-form"')[2]
    for field in FOOD.form:
        assert f'<th scope="row">{field.label}</th>' in cells


@pytest.mark.django_db
def test_a_paper_that_may_follow_is_named_with_what_that_means(
    client: Client, county: County, offices: dict[str, Department], chenju: Officer
) -> None:
    acts.load_demo(county, by=chenju, at=NOW, items=[FOOD, ID_CARD])
    for file in (FOOD, ID_CARD):
        page = client.get(f"/items/{Item.objects.get(name=file.name).handle_code}/").content.decode()
        part = page.partition('id="s-later"')[2].partition("</section>")[0]
        names = [one.name for one in file.materials if one.need == "可容缺"]
        assert ("本事项没有可以容缺的材料" in part) == (not names)
        assert all(name in part for name in names)
        assert ("签了承诺书就先受理" in part) == bool(names)


def test_four_steps_are_one_too_many_wherever_no_document_says_so() -> None:
    four = words(steps=[*STEPS, {**STEPS[-1], "name": "复核"}])
    assert "有 4 个环节，最多 3 个" in said(four, law())[0]
    assert said(words(), law()) == []
    assert "有 3 个环节，最多 2 个" in said(words(), law(steps=2))[0]


@pytest.mark.parametrize(
    ("roles", "fault"),
    [
        (("examiner", "examiner", "head"), "每一种只有一个环节"),
        (("window", "head", "examiner"), "每一种只有一个环节"),
        (("window",), "没有作出决定的环节"),
    ],
)
def test_a_guide_whose_steps_no_case_would_run_is_refused(roles: tuple[str, ...], fault: str) -> None:
    steps = [{**STEPS[0], "role": role} for role in roles]
    assert any(fault in one for one in said(words(steps=steps), law()))


@pytest.mark.parametrize(
    ("section", "content", "fault"),
    [
        ("审查标准", {"points": []}, "没有写审查要点"),
        ("审查标准", {"points": [{"look": "场所", "check": ""}]}, "第 1 个审查要点没有写"),
        ("审批责任人", {"steps": [*STEPS[:2], {**STEPS[2], "post": ""}]}, "没有写由哪个岗位决定"),
    ],
)
def test_what_the_pack_names_stands_in_the_way_while_it_is_missing(
    section: str, content: dict[str, Any], fault: str
) -> None:
    assert any(fault in one for one in said(words(**content), law(section)))
    assert not any(fault in one for one in said(words(**content), law()))


def test_a_field_without_a_name_is_refused_where_the_pack_names_the_fields() -> None:
    made = words()
    bare = replace(made, form={"schema": {"properties": {"a": {"type": "string"}}}})
    assert said(bare, law("表单字段")) == ["表单字段：申请表的 a 没有名称"]


@pytest.mark.django_db
@pytest.mark.parametrize("place", PLACES)
def test_every_place_has_three_steps_at_most_and_a_county_may_allow_fewer(place: str, county: County) -> None:
    County.objects.update(pack=place)
    assert {most for most, _ in local.law(TODAY).steps.values()} == {3}
    told = {"name": "case.most_steps", "value": 2, "reason": "县里规定"}
    places.change_setting(County.objects.get(), by=FOUNDER, at=NOW, **told)  # type: ignore[arg-type]
    assert {most for most, _ in local.law(TODAY).steps.values()} == {2}


@pytest.mark.django_db
def test_a_version_of_four_steps_cannot_be_published_in_a_place_whose_text_is_silent(
    offices: dict[str, Department], zhangmin: Officer, chenju: Officer
) -> None:
    four = words(steps=[*STEPS, {**STEPS[-1], "name": "复核", "days": 0}])
    version = acts.draft(new_item(offices["shichang"]), four, by=zhangmin, on=TODAY, at=NOW)
    with pytest.raises(NotAllowed, match="有 4 个环节，最多 3 个"):
        acts.review(version, by=chenju, on=TODAY, at=NOW)
