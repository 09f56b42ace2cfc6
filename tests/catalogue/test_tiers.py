"""Tier and decision table are read before publication: a clause for each row, fields that exist, tests of the list."""

from dataclasses import replace
from typing import Any

import pytest

from onewindow.catalogue import text, tiers
from onewindow.catalogue.demo.format import read_all
from onewindow.catalogue.diff import differences
from onewindow.catalogue.text import VersionText
from onewindow.rules.instant import rows_of

ITEMS = {item.key: text.of_file(item, "罗山县") for item in read_all()}
JOBLESS = ITEMS["jobless_register"]
ROW = {
    "of": "field",
    "key": "wanted_job",
    "test": "filled",
    "value": "",
    "basis": ["service35"],
    "look": "求职意愿",
}


def said(content: dict[str, Any], of: VersionText = JOBLESS) -> str:
    return "；".join(str(gap) for gap in tiers.gaps(replace(of, content={**of.content, **content})))


def test_every_item_of_the_demonstration_has_a_sound_tier_and_table() -> None:
    assert {key: tiers.gaps(words) for key, words in ITEMS.items() if tiers.gaps(words)} == {}
    assert {key for key, words in ITEMS.items() if rows_of(words.content)} == {
        "jobless_register",
        "prepacked_food_filing",
    }


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"basis": []}, "没有写依据哪一条"),
        ({"basis": ["nowhere"]}, "没有写依据哪一条"),
        ({"key": "salary"}, "没有代号是“salary”的栏目"),
        ({"test": "eval"}, "没有选检验方法"),
        ({"test": "at_most"}, "要填比较的值"),
        ({"of": "material", "key": "M99", "test": "came"}, "没有编号是“M99”的材料"),
        ({"of": "holding", "key": "执照", "test": "held"}, "12 位基本编码"),
        ({"look": "体检"}, "没有名叫“体检”的审查要点"),
    ],
)
def test_a_row_that_cannot_stand_keeps_the_version_from_publication(
    change: dict[str, Any], expected: str
) -> None:
    assert expected in said({"instant": [{**ROW, **change}]})
    assert said({"instant": [ROW]}) == ""


def test_a_paper_that_no_row_looks_at_is_named() -> None:
    lease = ITEMS["house_lease_filing"]
    row = {**ROW, "key": "lease_use", "basis": ["lease54"], "look": ""}
    assert "没有一条规则看“房屋租赁合同”" in said({"instant": [row]}, lease)


def test_a_tier_has_its_basis_and_a_promise_its_texts() -> None:
    assert "没有写依据" in said({"risk": {"tier": "filing", "basis": []}})
    assert "没有“low”这一级" in said({"risk": {"tier": "low", "basis": ["service35"]}})
    promised = {"tier": "promise", "basis": ["service35"]}
    assert "没有写承诺的内容" in said({"risk": promised, "promise": None})
    assert said({"risk": {"tier": "strict", "basis": ["service35"]}}) == ""


def test_what_the_machine_says_nothing_of_is_told_before_publication() -> None:
    assert tiers.uncovered(JOBLESS) == ["就业状态"]


def test_two_versions_are_compared_by_tier_and_by_row() -> None:
    after = replace(
        JOBLESS,
        content={
            **JOBLESS.content,
            "risk": {"tier": "strict", "basis": ["service35"], "note": ""},
            "instant": [*JOBLESS.content["instant"][:2], {**ROW, "value": "x"}],
        },
    )
    told = {(one.section, one.what) for one in differences(JOBLESS, after)}
    assert ("风险分级", "等级") in told
    assert ("秒批规则", "“想找什么工作”已经填写：值") in told
