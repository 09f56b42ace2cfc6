"""Extensions and special procedures by programs: the same acts, the same powers, what they do to the days."""

import pytest

from onewindow.people.models import ApiToken
from tests.api.conftest import Program, at_moment, program_of
from tests.api.test_life import done, opened
from tests.api.test_statements import AT_THE_DOOR, READ, STEP, cost
from tests.cases.test_special import GUIDE
from tests.cast import SEP24, at
from tests.people.conftest import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("stage", [{"guide": GUIDE}], indirect=True)]
PLAN = {"kind": "专家评审", "why": "需要评审。", "parties": "评审专家三人", "planned_end": "2026-10-16"}
WHY = "需要向原登记机关核实资料，二十日内不能完成。"


@pytest.fixture
def number(stage: Stage, window: Program) -> str:
    found = opened(stage, window)
    done(window.step(found, "accept"))
    return found


def test_a_procedure_is_begun_read_and_ended(number: str, examiner: Program) -> None:
    held = done(examiner.step(number, "begin-procedure", **PLAN))
    assert (held["due_on"], held["legal_due_on"]) == (None, None)
    case = examiner.get(f"/cases/{number}").json()
    (one,) = case["procedures"]
    expected = {"kind": "专家评审", "begun_on": "2026-09-24", "planned_end": "2026-10-16", "ended_on": None}
    assert {name: one[name] for name in expected} == expected
    assert (one["stops"], one["overrun"]) == (["promised", "decide"], False)
    assert case["light"]["code"] == "held"
    with at_moment(at(9, 28)):
        told = {"procedure": one["id"], "outcome": "done", "result": "评审通过。"}
        after = done(examiner.step(number, "end-procedure", **told))
        assert after["legal_due_on"] == "2026-10-30"
        again = examiner.step(number, "end-procedure", **told)
        assert (again.status_code, "没有在进行" in again.json()["detail"]) == (409, True)
        lines = examiner.get(f"/cases/{number}/proof").json()["terms"][0]["days_proved"]
    assert {line["kind"] for line in lines} == {"day", "paused"}


def test_what_the_guide_does_not_list_is_refused(number: str, examiner: Program) -> None:
    answer = examiner.step(number, "begin-procedure", **{**PLAN, "kind": "招标"})
    assert (answer.status_code, "没有列出“招标”" in answer.json()["detail"]) == (409, True)


def test_the_host_of_a_hearing_is_named_by_his_staff_number(number: str, examiner: Program) -> None:
    told = {**PLAN, "kind": "听证", "place": "二楼"}
    hearing = {"held_on": "2026-10-14", "host": "G021"}
    answer = examiner.step(number, "begin-procedure", **told, hearing=hearing)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "hearing.host")
    done(examiner.step(number, "begin-procedure", **told, hearing={**hearing, "host": "S001"}))


def test_the_head_approves_what_the_examiner_asked_for(number: str, examiner: Program, head: Program) -> None:
    done(examiner.step(number, "ask-extension", reason=WHY))
    assert examiner.step(number, "extend").status_code == 403
    assert head.step(number, "decline-extension", remark="").status_code == 422
    longer = done(head.step(number, "extend"))
    assert longer["legal_due_on"] == "2026-11-12"
    (decide,) = (
        term for term in examiner.get(f"/cases/{number}").json()["terms"] if term["name"] == "decide"
    )
    assert (decide["days"], decide["extended_days"]) == (30, 10)
    refused = examiner.step(number, "ask-extension", reason=WHY)
    assert (refused.status_code, "只能延长一次" in refused.json()["detail"]) == (409, True)


def test_another_office_finds_nothing(stage: Stage, number: str, examiner: Program) -> None:
    done(examiner.step(number, "ask-extension", reason=WHY))
    zhaoqiang = program_of(stage, stage.cast.zhaoqiang)
    for step, told in (("extend", {}), ("begin-procedure", PLAN), ("ask-extension", {"reason": WHY})):
        answer = zhaoqiang.step(number, step, **told)
        assert answer.status_code == 404
        assert WHY not in answer.content.decode()


def test_they_keep_within_the_budget_of_a_step_and_of_reading(
    number: str, examiner: Program, head: Program
) -> None:
    ApiToken.objects.update(used_on=SEP24.date())
    steps = (
        (examiner, "begin-procedure", PLAN),
        (examiner, "ask-extension", {"reason": WHY}),
        (head, "extend", {}),
    )
    for who, step, told in steps:
        assert cost(lambda: who.step(number, step, key=step, **told)) <= STEP + AT_THE_DOOR, step  # noqa: B023
    assert cost(lambda: examiner.get(f"/cases/{number}")) <= READ + AT_THE_DOOR
    (one,) = examiner.get(f"/cases/{number}").json()["procedures"]
    told = {"procedure": one["id"], "result": "评审通过。"}
    ending = cost(lambda: examiner.step(number, "end-procedure", key="end", **told))
    assert ending <= STEP + AT_THE_DOOR
