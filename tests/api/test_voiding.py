"""Voiding and dating back by programs: the same acts, the same powers; the record shows what no longer holds."""

import pytest

from onewindow.people.models import ApiToken
from tests.api.conftest import Program, at_moment, program_of
from tests.api.test_life import done, opened
from tests.cast import at
from tests.people.conftest import Stage

pytestmark = pytest.mark.django_db
WHY = "这是另一件的受理，误点在本件上。"


@pytest.fixture
def number(stage: Stage, window: Program) -> str:
    found = opened(stage, window)
    done(window.step(found, "accept"))
    return found


def record(program: Program, number: str, fact: str) -> dict[str, object]:
    rows = program.get(f"/cases/{number}").json()["records"]
    return next(row for row in rows if row["fact"] == fact)


def test_a_fact_is_asked_to_be_voided_and_another_confirms(
    number: str, examiner: Program, head: Program
) -> None:
    place = record(examiner, number, "Accepted")["place"]
    told = {"place": place, "cause": "other_case", "reason": WHY}
    asked = done(examiner.step(number, "ask-void", **told))
    assert asked["stage"]["code"] == "examining"
    waiting = record(examiner, number, "Accepted")["voiding"]
    assert examiner.step(number, "confirm-void", voiding=waiting).status_code == 403
    after = done(head.step(number, "confirm-void", voiding=waiting))
    assert after["stage"]["code"] == "received"
    row = record(examiner, number, "Accepted")
    assert (row["voided"], row["voiding"]) == (True, None)
    line = next(one for one in examiner.get(f"/cases/{number}").json()["timeline"] if one["voided"])
    assert (line["title"], line["text"]) == (
        "已受理",
        "已作废：这项记载是别的申请的，误记到了您这件上。",
    )


def test_it_is_declined_with_a_reason(number: str, examiner: Program, head: Program) -> None:
    told = {"place": record(examiner, number, "Accepted")["place"], "cause": "slip", "reason": WHY}
    done(examiner.step(number, "ask-void", **told))
    waiting = record(examiner, number, "Accepted")["voiding"]
    assert head.step(number, "decline-void", voiding=waiting, remark="").status_code == 422
    done(head.step(number, "decline-void", voiding=waiting, remark="受理没有错。"))
    row = record(examiner, number, "Accepted")
    assert (row["voided"], row["voiding"]) == (False, None)


def test_what_may_not_be_voided_is_refused_with_the_sentence(number: str, examiner: Program) -> None:
    told = {"place": 1, "cause": "slip", "reason": WHY}
    answer = examiner.step(number, "ask-void", **told)
    assert (answer.status_code, "收件不能作废" in answer.json()["detail"]) == (409, True)
    assert examiner.step(number, "ask-void", **{**told, "cause": "typo"}).status_code == 422


def test_a_withdrawal_of_yesterday_has_both_days_and_an_acceptance_none(number: str, window: Program) -> None:
    with at_moment(at(9, 28)):
        told = {"on": "2026-09-25", "why_late": ""}
        answer = window.step(number, "withdraw", **told)
        assert (answer.status_code, "写明为什么今天才登记" in answer.json()["detail"]) == (409, True)
        done(window.step(number, "withdraw", on="2026-09-25", why_late="放假前没有登记"))
        row = record(window, number, "Withdrawn")
    assert (row["on"], str(row["at"])[:10]) == ("2026-09-25", "2026-09-28")
    assert window.step(number, "accept", on="2026-09-23").status_code == 422


def test_the_applicant_reads_no_records(number: str, stage: Stage) -> None:
    hers = program_of(stage, stage.cast.wangfang, ApiToken.Scope.READ)
    assert hers.get(f"/cases/{number}").json()["records"] == []
