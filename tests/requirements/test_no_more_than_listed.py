"""What the documents ask of demands: nothing beyond the guide, nothing twice, and whoever tries is seen."""

from __future__ import annotations

from typing import Any

import pytest

from onewindow.cases.acts import correct, receive
from onewindow.cases.acts.receive import Found, hand_in
from onewindow.cases.models import Case, Correction
from onewindow.intake.acts import Paper
from onewindow.journal.models import Access
from onewindow.rules.grants import Overreach
from tests.api.conftest import ALL, Program, program_of, stage
from tests.cast import SEP24, Cast, at
from tests.intake.test_online import TOLD, filled
from tests.people.conftest import Stage
from tests.web.citizen import on
from tests.web.desks import at_desk
from tests.web.test_case import do

__all__ = ["stage"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(tmp_path: Any, settings: Any) -> None:
    settings.FILES_DIR = tmp_path / "files"


def noted(stage: Stage) -> str:
    """What the supervisor sees of refused demands."""
    with on(at(9, 30)):
        return at_desk(stage.sunli).get("/watch/?list=overreach").content.decode()


def program(stage: Stage) -> Program:
    with on(SEP24):
        return program_of(stage, stage.cast.liwei, *ALL)


def corrected(cast: Cast) -> Case:
    """The layout was asked for and came in, still defective."""
    case, layout = cast.apply(bjt="missing"), cast.materials[1]
    correct.ask_correction(case, by=cast.liwei, at=at(9, 24, 15), demands={layout.pk: "请补布局图"})
    correct.receive_correction(case, by=cast.liwei, at=at(9, 29), papers=[Paper(layout)])
    return Case.objects.get(pk=case.pk)


@pytest.mark.req("HD-3.1.2f")
@pytest.mark.req("ZH-2.1.3h")
@pytest.mark.req("FC-3.2.6a")
def test_a_paper_that_the_guide_does_not_name_cannot_be_demanded_and_the_attempt_is_kept(
    stage: Stage,
) -> None:
    case = stage.cast.apply(bjt="missing")
    assert case.number not in noted(stage)
    with on(SEP24):
        demands = {"bjt": "请补布局图", "wuye": "物业证明"}
        answer = program(stage).step(case.number, "ask-correction", demands=demands)
    assert answer.status_code == 422
    assert "不得索要清单以外的材料" in answer.json()["detail"]
    assert answer.json()["errors"][0]["field"] == "demands.wuye"
    assert not Correction.objects.exists()
    line = Access.objects.get(what="overreach")
    assert (line.by, line.about, line.at) == (stage.cast.liwei.actor_code, case.number, SEP24)
    seen = noted(stage)
    assert case.number in seen
    assert "李伟" in seen
    assert "不得索要清单以外的材料" in seen
    with pytest.raises(Overreach):
        correct.ask_correction(case, by=stage.cast.liwei, at=SEP24, demands={999999: "物业证明"})


@pytest.mark.req("HD-3.2.5b")
def test_a_second_correction_about_what_the_first_did_not_name_alarms_the_supervisor(stage: Stage) -> None:
    case, rules = corrected(stage.cast), stage.cast.materials[2]
    told = {f"demand-{rules.pk}": "请补食品安全管理制度", "what_is_wrong": "没有制度"}
    answer = do(at_desk(stage.cast.chenju), case, "ask-again", at(9, 29), **told)
    assert answer.status_code == 409
    assert "第一次就应当看出" in answer.content.decode()
    assert Correction.objects.count() == 1
    seen = noted(stage)
    assert case.number in seen
    assert "陈局" in seen
    assert "第一次就应当看出" in seen


@pytest.mark.req("FC-3.2.12b")
def test_what_was_received_online_is_not_demanded_again_on_paper(stage: Stage) -> None:
    cast = stage.cast
    type(cast.version.item).objects.update(online_depth=3)
    cast.version.item.refresh_from_db()
    case, layout = hand_in(filled(cast), by=cast.wangfang, at=SEP24, told=TOLD), cast.materials[1]
    paper = {f"demand-{layout.pk}": "请交纸质布局图"}
    fits = {material.pk: Found("fits") for material in cast.materials}
    receive.judge(case, by=cast.zhangmin, at=at(9, 25), findings=fits)
    answer = do(at_desk(cast.zhangmin), case, "ask", at(9, 25), **paper)
    assert answer.status_code == 409
    assert "操作流程和设备布局图没有核为缺或不符，不得要求再交" in answer.content.decode()
    assert case.number in noted(stage)
    receive.judge(case, by=cast.zhangmin, at=at(9, 25), findings={layout.pk: Found("wrong", "看不清")})
    assert do(at_desk(cast.zhangmin), case, "ask", at(9, 25), **paper).status_code == 302


def test_a_demand_before_anybody_looked_leads_to_the_judging_and_is_no_overreach(stage: Stage) -> None:
    cast = stage.cast
    type(cast.version.item).objects.update(online_depth=3)
    cast.version.item.refresh_from_db()
    case, layout = hand_in(filled(cast), by=cast.wangfang, at=SEP24, told=TOLD), cast.materials[1]
    desk = at_desk(cast.zhangmin)
    answer = do(desk, case, "ask", at(9, 25), **{f"demand-{layout.pk}": "请交清楚的布局图"})
    assert answer.status_code == 409
    assert "还有 3 份材料没有核对：食品经营许可申请书、操作流程和设备布局图" in answer.content.decode()
    assert f'href="/cases/{case.number}/do/judge/?then=ask"' in answer.content.decode()
    assert case.number not in noted(stage)
    assert not Access.objects.filter(what="overreach").exists()
