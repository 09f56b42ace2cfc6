"""What a program reads of the ways that a case takes: up and down again, others heard, filed, judged at once, promised."""

from typing import Any

import pytest

from onewindow.cases.acts import instant
from onewindow.rules.grants import SYSTEM
from tests.api.conftest import Program, at_moment, program_of
from tests.api.test_life import done, opened
from tests.api.test_statements import AT_THE_DOOR, READ, cost
from tests.cases.test_instant import BASIS, TABLE
from tests.cases.test_promise import OFFER
from tests.cases.test_upward import UPWARD
from tests.cast import SEP24, at
from tests.people.conftest import Stage

UP = {"pack": "zhanhe", "guide": UPWARD}
FILED = {
    "pack": "fangcheng",
    "guide": {"basis": BASIS, "risk": {"tier": "filing", "basis": ["law"], "note": ""}},
}
pytestmark = pytest.mark.django_db


def read(who: Program, number: str) -> dict[str, Any]:
    return who.get(f"/cases/{number}").json()


@pytest.mark.parametrize("stage", [UP], indirect=True)
def test_what_was_sent_up_is_read_with_its_organ_its_days_and_its_answer(
    stage: Stage, window: Program, examiner: Program, head: Program
) -> None:
    number = opened(stage, window)
    done(window.step(number, "accept"))
    assert read(window, number)["upward"] is None
    with at_moment(at(9, 29)):
        done(examiner.step(number, "review", favourable=True, text="建议报送"))
        done(head.step(number, "send-up", opinion="同意报送"))
        told = read(program_of(stage, stage.cast.wangfang), number)
    assert (told["kind"]["code"], told["upward"]["organ"]) == ("upward", "信阳市市场监督管理局")
    assert (told["upward"]["sent_on"], told["upward"]["granted"]) == ("2026-09-29", None)
    assert told["light"]["word"] == "等上级决定"
    with at_moment(at(10, 13)):
        told = {"granted": True, "number": "信市监许〔2026〕3号", "decided_on": "2026-10-12", "text": "准予"}
        done(examiner.post(f"/cases/{number}/steps", {"step": "answer-above", **told}))
        after = read(window, number)["upward"]
        assert (after["answered_on"], after["granted"]) == ("2026-10-13", True)
        assert cost(lambda: window.get(f"/cases/{number}")) <= READ + AT_THE_DOOR


def test_a_third_party_is_found_by_his_number_by_the_office_and_only_counted_by_the_applicant(
    stage: Stage, window: Program, examiner: Program
) -> None:
    number = opened(stage, window)
    done(window.step(number, "accept"))
    done(examiner.step(number, "name-third", name="邻居测试甲", concerns="油烟排向他家的窗户"))
    (one,) = read(examiner, number)["thirds"]
    assert (one["reply_by"], one["heard"]) == (None, False)
    done(examiner.step(number, "tell-third", third=one["id"], way="counter", told_on="2026-09-24"))
    (one,) = read(examiner, number)["thirds"]
    assert one["reply_by"] is not None
    own = read(program_of(stage, stage.cast.wangfang), number)
    assert (own["heard"], own["thirds"]) == (1, [])


@pytest.mark.parametrize("stage", [FILED], indirect=True)
def test_a_filing_is_read_with_what_was_found_afterwards(
    stage: Stage, window: Program, examiner: Program
) -> None:
    number = opened(stage, window)
    assert read(window, number)["filing"] is None
    done(window.step(number, "file"))
    assert read(window, number)["filing"] == {"filed_on": "2026-09-24", "checked_on": None, "fits": None}
    done(examiner.step(number, "check-filing", fits=True))
    assert read(window, number)["filing"]["fits"] is True


@pytest.mark.parametrize("stage", [{"guide": {"basis": BASIS, "instant": TABLE}}], indirect=True)
def test_the_trace_of_the_decision_table_is_read_row_by_row_without_what_was_filled_in(
    stage: Stage, window: Program, examiner: Program
) -> None:
    case = stage.cast.apply()
    assert read(window, case.number)["instant"] is None
    assert instant.judge_at_once(case, by=SYSTEM, at=SEP24)
    told = read(examiner, case.number)["instant"]
    assert told["granted"] is True
    assert told["rows"] == [{"row": n, "holds": True} for n in range(1, 6)]
    assert read(program_of(stage, stage.cast.wangfang), case.number)["instant"]["rows"] == []
    assert "芳邻" not in str(told)


@pytest.mark.parametrize("stage", [{"guide": {"promise": dict(OFFER)}}], indirect=True)
def test_every_step_of_a_promise_answers_with_the_length_of_the_record_as_it_now_is(
    stage: Stage, window: Program, examiner: Program, head: Program
) -> None:
    number = opened(stage, window)
    why = {"grounds": "承诺的场所不存在。", "basis": "《行政许可法》第六十九条"}
    for who, step, told in (
        (window, "sign-promise", {"on_paper": True}),
        (window, "accept", {}),
        (head, "grant", {"text": "准予。"}),
        (examiner, "announce-revocation", why),
        (examiner, "hear-statement", {"statement": "没有意见。"}),
        (head, "revoke", {"remark": "同意。"}),
    ):
        before = read(who, number)["seen"]
        answer = done(who.step(number, step, seen=before, **told))
        assert answer["seen"] == read(who, number)["seen"] > before, step
