"""Two versions compared: every element that differs is named, and what only moved is said to have moved."""

from __future__ import annotations

from dataclasses import replace

from onewindow.catalogue.diff import Difference, Kind, differences
from onewindow.catalogue.text import VersionText, of_file
from tests.catalogue.conftest import FOOD

TEXT = of_file(FOOD, "罗山县")


def changed(**content: object) -> VersionText:
    return replace(TEXT, content={**TEXT.content, **content})


def test_the_same_text_has_no_difference() -> None:
    assert differences(TEXT, of_file(FOOD, "罗山县")) == []


def test_a_shorter_promise_and_a_new_summary_are_shown_before_and_after() -> None:
    other = replace(changed(summary="新的说明"), promised_days=6)
    assert differences(TEXT, other) == [
        Difference("时限", "承诺办结时限", Kind.CHANGED, "8 个工作日", "6 个工作日"),
        Difference("基本信息", "一句话说明", Kind.CHANGED, FOOD.summary, "新的说明"),
    ]


def test_a_material_that_moved_is_not_one_removed_and_one_added() -> None:
    first, *rest = TEXT.materials
    moved = [replace(one, code=f"M{n:02}") for n, one in enumerate((*rest, first), 1)]
    assert differences(TEXT, replace(TEXT, materials=tuple(moved))) == [
        Difference("申请材料", first.name, Kind.MOVED, "第 1 位", f"第 {len(moved)} 位")
    ]


def test_a_renamed_material_is_changed_and_a_different_one_is_another() -> None:
    first, second, *rest = TEXT.materials
    renamed = replace(first, name="食品经营许可申请书（2026 版）")
    other = replace(second, name="店主健康码截图")
    found = differences(TEXT, replace(TEXT, materials=(renamed, other, *rest)))
    assert [(one.what, one.kind) for one in found] == [
        (second.name, Kind.REMOVED),
        ("店主健康码截图", Kind.ADDED),
        (f"{renamed.name}：名称", Kind.CHANGED),
    ]


def test_a_material_that_moved_and_changed_is_both() -> None:
    first, *rest = TEXT.materials
    later = replace(first, necessity="deferrable")
    found = differences(TEXT, replace(TEXT, materials=(*rest, later)))
    assert [(one.what, one.kind, one.before, one.after) for one in found] == [
        (f"{first.name}：必要性", Kind.CHANGED, "必要", "可容缺"),
        (first.name, Kind.MOVED, "第 1 位", f"第 {len(rest) + 1} 位"),
    ]


def test_one_entry_put_in_front_moves_nobody_else() -> None:
    new = {"text": "一条新的条件。", "basis": []}
    found = differences(TEXT, changed(conditions=[new, *TEXT.content["conditions"]]))
    assert [(one.section, one.what, one.kind) for one in found] == [
        ("受理条件", "一条新的条件。", Kind.ADDED)
    ]


def test_steps_fees_bases_questions_and_form_fields_are_compared_too() -> None:
    steps = [dict(step) for step in TEXT.content["steps"]]
    steps[1]["days"] = 4
    basis = [dict(one) for one in TEXT.content["basis"]]
    basis[0]["article"] = "第三十六条"
    fee = {
        **TEXT.content["fee"],
        "charged": True,
        "items": [{"name": "工本费", "standard": "10 元", "basis": []}],
    }
    schema = {**TEXT.form["schema"], "required": []}
    other = replace(changed(steps=steps, basis=basis, fee=fee), form={**TEXT.form, "schema": schema})
    found = {(one.section, one.kind) for one in differences(TEXT, other)}
    assert found == {
        ("办理流程", Kind.CHANGED),
        ("依据", Kind.CHANGED),
        ("收费", Kind.CHANGED),
        ("收费", Kind.ADDED),
        ("申请表", Kind.CHANGED),
    }


def test_everyday_names_come_and_go() -> None:
    index = {**TEXT.index, "aliases": [*TEXT.index["aliases"][1:], "开火锅店"]}
    found = differences(TEXT, replace(TEXT, index=index))
    assert [(one.kind, one.before, one.after) for one in found] == [
        (Kind.ADDED, "", "开火锅店"),
        (Kind.REMOVED, TEXT.index["aliases"][0], ""),
    ]
