"""Filings by programs: the same acts and powers, and what is only filed is never accepted."""

import pytest

from onewindow.cases.models import Filing
from tests.api.conftest import Program
from tests.api.test_life import done, opened
from tests.api.test_statements import AT_THE_DOOR, STEP, cost
from tests.cases.test_instant import BASIS
from tests.people.conftest import Stage

RISK = {"tier": "filing", "basis": ["law"], "note": ""}
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.parametrize(
        "stage", [{"pack": "fangcheng", "guide": {"basis": BASIS, "risk": RISK}}], indirect=True
    ),
]


def test_a_filing_is_filed_and_checked_and_never_accepted(
    stage: Stage, window: Program, examiner: Program
) -> None:
    number = opened(stage, window)
    refused = window.step(number, "accept")
    assert (refused.status_code, "备案备查" in refused.json()["detail"]) == (409, True)
    spent = cost(lambda: window.step(number, "file", key="file"))
    assert spent <= STEP + AT_THE_DOOR
    assert Filing.objects.get().case.number == number
    unsure = examiner.step(number, "check-filing", fits=False)
    assert (unsure.status_code, "写明是什么问题" in unsure.json()["detail"]) == (409, True)
    assert done(examiner.step(number, "check-filing", fits=True))["stage"]["code"] == "filed"


def test_what_was_not_filed_is_not_checked(stage: Stage, window: Program, examiner: Program) -> None:
    number = opened(stage, window)
    refused = examiner.step(number, "check-filing", fits=True)
    assert (refused.status_code, "没有备案过" in refused.json()["detail"]) == (409, True)
