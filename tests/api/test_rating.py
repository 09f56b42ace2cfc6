"""The applicant's program rates an ended service once; nobody else does."""

import pytest

from onewindow.feedback.models import Rating
from onewindow.feedback.reasons import REASONS
from tests.api.conftest import Program, program_of
from tests.people.conftest import Stage
from tests.web.citizen import closed

pytestmark = pytest.mark.django_db
HIGHEST = next(code for code, (grade, _) in REASONS.items() if grade == 5)


@pytest.fixture
def hers(stage: Stage) -> Program:
    return program_of(stage, stage.cast.wangfang)


def test_a_service_is_rated_once(stage: Stage, hers: Program) -> None:
    path, told = f"/cases/{closed(stage.cast).number}/rating", {"grade": 5, "reasons": [HIGHEST]}
    answer = hers.post(path, told)
    assert (answer.status_code, answer.json()["grade"]) == (201, {"code": "5", "word": "非常满意"})
    assert answer.json()["reasons"][0]["word"] == REASONS[HIGHEST][1]
    assert "已经评价过" in hers.post(path, told).json()["detail"]
    assert Rating.objects.get().grade == 5


def test_what_has_not_ended_or_does_not_fit_is_refused(stage: Stage, hers: Program) -> None:
    running = hers.post(f"/cases/{stage.cast.accepted().number}/rating", {"grade": 5})
    assert (running.status_code, "还没有办完" in running.json()["detail"]) == (409, True)
    path = f"/cases/{closed(stage.cast).number}/rating"
    unfit = hers.post(path, {"grade": 1, "reasons": [HIGHEST]})
    assert (unfit.status_code, unfit.json()["errors"][0]["field"]) == (422, "reasons.0")
    assert hers.post(path, {"grade": 6}).status_code == 422
    assert not Rating.objects.exists()


def test_an_officer_does_not_rate_for_the_applicant(stage: Stage, window: Program) -> None:
    path = f"/cases/{closed(stage.cast).number}"
    assert window.get(path).status_code == 200  # he sees it, and yet it is not his to rate
    assert window.post(f"{path}/rating", {"grade": 5}).status_code == 403
    assert not Rating.objects.exists()
