"""Wordings that leave the applicant guessing are found, good ones are left alone."""

from __future__ import annotations

import pytest

from onewindow.catalogue import lint
from onewindow.catalogue.demo.format import read_all
from onewindow.catalogue.text import of_file

NAMES = (*lint.EVERYWHERE, *lint.MATERIAL_NAMES)


@pytest.mark.parametrize(
    "name",
    [
        "其他材料",
        "法律规定的其他文件",
        "相关证明",
        "有关部门出具的批准文件",
        "验收合格证明等文件",
        "身份证、户口簿等",
        "相关资质",
        "必要时提供婚姻证明",
        "本人到场",
        "组织机构代码证",
        "体检报告（以窗口要求为准）",
    ],
)
def test_a_vague_name_of_a_material_stops_the_publication(name: str) -> None:
    assert any(found.stops for found in lint.check("材料", name, NAMES)), name


@pytest.mark.parametrize(
    "name",
    [
        "居民身份证",
        "高等学校毕业证书",
        "伤残等级证明",
        "中等职业学校学籍卡",
        "其他行政权力事项申请表",
        "《关于进一步规范有关材料的通知》回执",
        "平等就业承诺书",
        "甲等医院诊断书",
        "房屋租赁合同",
    ],
)
def test_a_name_that_says_what_it_means_is_left_alone(name: str) -> None:
    assert lint.check("材料", name, NAMES) == []


@pytest.mark.parametrize(
    "sentence",
    ["符合法律、法规规定的其他条件", "按照有关规定执行", "原则上当日办结", "视情况延长", "向有关单位提出"],
)
def test_a_vague_condition_is_found(sentence: str) -> None:
    assert lint.check("条件", sentence, lint.EVERYWHERE)


def test_the_finding_names_the_place_the_words_and_what_to_do() -> None:
    (found,) = lint.check("第 2 条受理条件", "还要交其他证明材料。", lint.EVERYWHERE)
    assert str(found) == "第 2 条受理条件：“其他证明材料”，“其他”没有穷尽，请逐项列出"


def test_no_item_of_the_demonstration_has_a_wording_that_stops_it() -> None:
    stopped = {item.key: hits for item in read_all() if (hits := _stops(item))}
    assert stopped == {}


def _stops(item: object) -> list[str]:
    return [str(found) for found in lint.read(of_file(item, "罗山县")) if found.stops]  # type: ignore[arg-type]
