"""审核和受理的接口: the same rules as at the desk, with the places of the request that must be put right."""

import pytest

from onewindow.cases.models import Case, Decision, Opinion
from tests.api.conftest import Program, application, at_moment
from tests.api.test_life import done, opened
from tests.cast import STEPS, at
from tests.people.conftest import Stage

pytestmark = pytest.mark.django_db
POINTS = ({"look": "场所", "check": "一致"}, {"look": "设备", "check": "独立"})
LOOKED = [{"point": "场所", "fits": True}, {"point": "设备", "fits": None}]
TWO_GO = (STEPS[0], {"name": "审核", "role": "examiner", "inspectors": 2}, STEPS[2])
ONE_STEP = (STEPS[0], {"name": "审核并决定", "role": "examiner"})
VISIT = {"second": "S001", "on": "2026-09-24", "place": "测试路 60 号", "record": "与布局图一致"}


@pytest.mark.parametrize("stage", [{"points": POINTS}], indirect=True)
def test_a_favourable_opinion_without_its_points_is_refused_with_their_names(
    stage: Stage, window: Program, examiner: Program
) -> None:
    number = opened(stage, window)
    done(window.step(number, "accept"))
    told = {"favourable": True, "text": "建议准予"}
    for points in ([], LOOKED[:1]):
        answer = examiner.step(number, "review", points=points, **told)
        assert answer.status_code == 422
        missing = [one["look"] for one in POINTS[len(points) :]]
        assert [one["field"] for one in answer.json()["errors"]] == [f"points.{one}" for one in missing]
    foreign = examiner.step(number, "review", points=[{"point": "消防", "fits": True}], **told)
    assert (foreign.status_code, foreign.json()["errors"][0]["field"]) == (422, "points.消防")
    assert done(examiner.step(number, "review", points=LOOKED, **told))["stage"]["code"] == "deciding"
    assert [one["fits"] for one in Opinion.objects.get().points] == [True, None]


@pytest.mark.parametrize("stage", [{"steps": TWO_GO}], indirect=True)
def test_the_visit_of_two_is_sent_with_the_opinion(stage: Stage, window: Program, examiner: Program) -> None:
    number = opened(stage, window)
    done(window.step(number, "accept"))
    told = {"favourable": True, "text": "建议准予"}
    alone = examiner.step(number, "review", **told)
    assert (alone.status_code, "两名以上工作人员" in alone.json()["detail"]) == (409, True)
    stranger = examiner.step(number, "review", on_site={**VISIT, "second": "G021"}, **told)
    assert (stranger.status_code, stranger.json()["errors"][0]["field"]) == (422, "on_site.second")
    done(examiner.step(number, "review", on_site=VISIT, **told))
    assert Opinion.objects.get().second == stage.cast.chenju


@pytest.mark.parametrize("stage", [{"points": POINTS, "steps": ONE_STEP}], indirect=True)
def test_an_item_of_one_step_is_granted_with_its_points(stage: Stage, window: Program, head: Program) -> None:
    number = opened(stage, window)
    assert done(window.step(number, "accept"))["stage"]["code"] == "deciding"
    assert head.step(number, "grant", text="准予").status_code == 422
    done(head.step(number, "grant", text="准予", points=LOOKED))
    assert len(Decision.objects.get().points) == 2


def test_a_case_is_accepted_on_what_is_there_after_the_notice(stage: Stage, window: Program) -> None:
    findings = [{"code": m.code, "finding": "fits"} for m in stage.cast.materials]
    findings[1] = {"code": "bjt", "finding": "wrong", "reason": "没有水池"}
    number = done_opened(window.post("/applications", application(stage.cast, materials=findings)))
    early = window.step(number, "accept-as-is")
    assert (early.status_code, "还没有一次性告知" in early.json()["detail"]) == (409, True)
    done(window.step(number, "ask-correction", demands={"bjt": "请标出水池"}))
    with at_moment(at(9, 25)):
        done(window.step(number, "receive-correction", materials=["bjt"]))
        unnoticed = {"zd": {"finding": "missing"}}
        assert window.step(number, "judge", findings=unnoticed).status_code == 409
        done(window.step(number, "judge", findings={"bjt": {"finding": "wrong", "reason": "仍没有"}}))
        assert done(window.step(number, "accept-as-is"))["stage"]["code"] == "examining"
    assert Case.objects.get().accepted_on == at(9, 25).date()


@pytest.mark.parametrize("stage", [{"kind": "行政确认", "legal": None}], indirect=True)
def test_a_late_notice_says_why(stage: Stage, window: Program) -> None:
    findings = [{"code": m.code, "finding": "fits"} for m in stage.cast.materials]
    findings[1] = {"code": "bjt", "finding": "missing"}
    number = done_opened(window.post("/applications", application(stage.cast, materials=findings)))
    demands = {"bjt": "请补布局图"}
    with at_moment(at(10, 26)):
        silent = window.step(number, "ask-correction", demands=demands)
        assert (silent.status_code, "写明为什么超期" in silent.json()["detail"]) == (409, True)
        done(window.step(number, "ask-correction", demands=demands, why_late="人员调整"))
    assert Case.objects.get().corrections.get().late


def done_opened(answer: object) -> str:
    assert answer.status_code == 201, answer.content.decode()  # type: ignore[attr-defined]
    return answer.json()["number"]  # type: ignore[attr-defined, no-any-return]
