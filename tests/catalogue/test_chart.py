"""The flow chart is drawn from the steps of the item, for the eye, the table and the screen reader alike."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from onewindow.catalogue import chart
from onewindow.catalogue.demo.format import read_all
from tests.catalogue.conftest import FOOD, ID_CARD

STEPS = [asdict(step) for step in FOOD.steps]


def drawn(steps: list[dict[str, object]]) -> chart.Chart:
    made = chart.draw(steps, unit="working", organ="市场监督管理局", result="食品经营许可证", immediate=False)
    assert made is not None
    return made


def test_the_boxes_of_the_chart_and_the_rows_of_the_table_are_the_steps_of_the_item() -> None:
    made = drawn(STEPS)
    assert [box.title for box in made.boxes] == ["提交申请", "受理", "审核", "决定", "送达", "收到结果"]
    assert [(row.name, row.time) for row in made.rows] == [
        ("受理", "当日"),
        ("审核", "6 个工作日"),
        ("决定", "2 个工作日"),
    ]


@pytest.mark.req("ZH-2.1.3b")
def test_changing_a_step_changes_chart_table_and_text() -> None:
    shorter = [STEPS[0], {**STEPS[2], "days": 4, "name": "当场决定"}]
    one, other = drawn(STEPS), drawn(shorter)
    assert len(other.boxes) == len(one.boxes) - 1
    assert [row.name for row in other.rows] == ["受理", "当场决定"]
    assert other.text != one.text
    assert "当场决定，4 个工作日" in other.text
    assert [a.path for a in one.arrows] != [a.path for a in other.arrows]


def test_two_items_with_different_steps_give_different_charts() -> None:
    food = drawn(STEPS)
    card = chart.draw(
        [asdict(step) for step in ID_CARD.steps],
        unit="calendar",
        organ="公安局",
        result="居民身份证",
        immediate=False,
    )
    assert card is not None
    assert [lane.label for lane in food.lanes] != [lane.label for lane in card.lanes]
    assert "15 天" in card.text


def test_the_text_for_a_screen_reader_names_every_actor_step_and_time() -> None:
    made = drawn(STEPS)
    assert made.text.startswith("您提交申请；综合窗口受理，当日；市场监督管理局审核，6 个工作日；")
    assert made.text.endswith("补正时间不算在办理时限里。")


def test_no_box_of_any_item_overlaps_another_or_leaves_the_drawing() -> None:
    for item in read_all():
        made = chart.draw(
            [asdict(step) for step in item.steps],
            unit=item.limit.unit,
            organ="测试局",
            result=item.result.name,
            immediate=item.case_kind == "即办件",
        )
        assert made is not None
        places = [(box.x, box.y, box.x + box.width, box.y + chart.HIGH) for box in made.boxes]
        assert all(right <= made.width and bottom <= made.height for _, _, right, bottom in places)
        for n, (x, y, right, bottom) in enumerate(places):
            for x2, y2, right2, bottom2 in places[n + 1 :]:
                assert right <= x2 or right2 <= x or bottom <= y2 or bottom2 <= y, item.key


def test_an_item_without_steps_has_no_chart() -> None:
    assert chart.draw([], unit="working", organ="市场监督管理局", result="证", immediate=False) is None
