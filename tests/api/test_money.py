"""Fees, third parties and bars by programs: the same acts, the same powers, read in the body of the case."""

import pytest

from onewindow.cases.models import Third
from tests.api.conftest import Program, at_moment
from tests.api.test_life import done, opened
from tests.api.test_statements import AT_THE_DOOR, READ, STEP, cost
from tests.cases.test_fees import GUIDE
from tests.cast import at
from tests.people.conftest import Stage

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.parametrize("stage", [{"guide": {**GUIDE, "public_safety": True}}], indirect=True),
]
CHARGES = [{"name": "证书工本费", "count": 2}]


@pytest.fixture
def number(stage: Stage, window: Program) -> str:
    found = opened(stage, window)
    done(window.step(found, "accept"))
    return found


def test_a_bill_is_made_paid_and_read_in_the_case(number: str, window: Program, examiner: Program) -> None:
    assert examiner.get(f"/cases/{number}").json()["bills"] == []
    before = done(window.step(number, "bill", charges=CHARGES))
    (bill,) = examiner.get(f"/cases/{number}").json()["bills"]
    assert (bill["total"], bill["due"], bill["paid"]) == ("40.00", "40.00", None)
    assert bill["before"] == {"code": "issue", "word": "领取结果以前缴费"}
    assert [row["unpaid"] for row in examiner.get("/cases").json()["cases"]] == [True]
    wrong = window.step(number, "collect", bill=bill["id"], amount="39.99", receipt="E1", payer="王芳")
    assert (wrong.status_code, "金额不符" in wrong.json()["detail"]) == (409, True)
    after = done(window.step(number, "collect", bill=bill["id"], amount="40.00", receipt="E1", payer="王芳"))
    assert (after["due_on"], after["seen"]) == (before["due_on"], before["seen"] + 1)
    (bill,) = examiner.get(f"/cases/{number}").json()["bills"]
    assert (bill["due"], bill["paid"]) == ("0.00", "40.00")


def test_relief_and_refund_take_two(number: str, window: Program, head: Program) -> None:
    done(window.step(number, "bill", charges=CHARGES))
    (bill,) = head.get(f"/cases/{number}").json()["bills"]
    asked = {"bill": bill["id"], "amount": "10.00", "ground": "低保对象", "basis": "办事指南列明的减免"}
    done(window.step(number, "ask-relief", **asked))
    assert window.step(number, "grant-relief").status_code == 403
    done(head.step(number, "grant-relief"))
    done(window.step(number, "collect", bill=bill["id"], amount="30.00", receipt="E2", payer="王芳"))
    done(window.step(number, "ask-refund", bill=bill["id"], amount="30.00", reason="多缴了。"))
    done(head.step(number, "refund"))
    (bill,) = head.get(f"/cases/{number}").json()["bills"]
    assert (bill["relief"], bill["paid"], bill["refunded"]) == ("10.00", "30.00", "30.00")


def test_a_third_party_is_named_told_and_heard_and_the_case_tells_how_many(
    number: str, examiner: Program
) -> None:
    done(examiner.step(number, "name-third", name="邻居测试甲", concerns="油烟排向他家的窗户"))
    third = Third.objects.get().pk
    done(examiner.step(number, "tell-third", third=third, way="counter", told_on="2026-09-24"))
    done(examiner.step(number, "note-third", third=third, text="不同意。"))
    done(examiner.step(number, "hear-third", third=third, weighed="不采纳，符合标准。"))
    answer = examiner.get(f"/cases/{number}")
    assert answer.json()["heard"] == 1
    assert "邻居" not in answer.content.decode()


def test_a_bar_is_recorded_and_lifted_by_another(number: str, examiner: Program, head: Program) -> None:
    done(examiner.step(number, "review", favourable=False, text="材料虚假"))
    done(head.step(number, "deny", text="不予", grounds="材料虚假", basis="《行政许可法》第七十八条"))
    assert examiner.step(number, "bar", ground="false_papers", facts="伪造").status_code == 403
    held = done(head.step(number, "bar", ground="false_papers", facts="健康证明是伪造的。"))
    asked = done(examiner.step(number, "ask-lift", why="复议撤销了原决定。"))
    assert asked["seen"] == held["seen"] + 1
    done(head.step(number, "lift"))


def test_the_steps_of_money_keep_the_budget(number: str, window: Program, examiner: Program) -> None:
    with at_moment(at(9, 24, 11)):
        assert cost(lambda: window.step(number, "bill", charges=CHARGES)) <= AT_THE_DOOR + STEP
        (bill,) = examiner.get(f"/cases/{number}").json()["bills"]
        paid = {"bill": bill["id"], "amount": "40.00", "receipt": "E3", "payer": "王芳"}
        assert cost(lambda: window.step(number, "collect", **paid)) <= AT_THE_DOOR + STEP
        assert cost(lambda: examiner.get(f"/cases/{number}")) <= AT_THE_DOOR + READ
