"""A step of the guide that is late is told once, to whoever has it; nobody answers for it before the case itself is late."""

from datetime import date

import pytest

from onewindow.cases.acts import examine
from onewindow.cases.acts.promise_check import announce_revocation
from onewindow.cases.models import Case
from onewindow.cases.recheck import recheck
from onewindow.cases.tick import tick
from onewindow.journal.models import Entry
from onewindow.notices.models import OfficerMessage
from onewindow.oversight.models import Overdue
from onewindow.rules.facts_watch import LightTurned
from onewindow.rules.step_terms import StepTerm
from onewindow.rules.turns import Lit, step_turn
from tests.cases.test_promise import OFFER, granted
from tests.cases.test_steps_days import STEPS
from tests.cast import Cast, assemble, at, carry_out

pytestmark = pytest.mark.django_db
STEP = StepTerm("examiner", date(2026, 9, 24), 5, date(2026, 10, 9))
OCT13 = date(2026, 10, 13)


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


@pytest.fixture
def cast() -> Cast:
    return assemble(steps=STEPS)


def told(case: Case) -> list[tuple[str, str]]:
    carry_out(case.subject)
    rows = OfficerMessage.objects.filter(case_number=case.number, title__startswith="环节超期")
    return list(rows.order_by("pk").values_list("officer__name", "text"))


def lights(case: Case) -> list[str]:
    rows = Entry.objects.filter(subject=case.subject_id, fact="LightTurned").order_by("place")
    return [entry.body["light"] for entry in rows]


def test_five_days_to_examine_end_on_the_ninth_and_the_examiner_is_told_on_the_tenth(cast: Cast) -> None:
    """24 September and five working days: 28, 29, 30, 8 and 9 October; the case itself ends on the 13th."""
    case = cast.accepted()
    tick(at(10, 9))
    assert told(case) == []
    for _ in range(3):
        tick(at(10, 10))
    assert told(case) == [("张敏", "审核环节 10 月 9 日到期，本件 10 月 13 日到期，请今天办。")]
    assert lights(case).count("step") == 1
    assert not Overdue.objects.exists()
    assert list(recheck()) == []


def test_what_was_done_before_anybody_was_told_is_no_news(cast: Cast) -> None:
    case = cast.accepted()
    examine.review(case, by=cast.zhangmin, at=at(10, 9), favourable=True, text="同意")
    tick(at(10, 10))
    assert told(case) == []


def test_the_next_step_has_a_light_of_its_own_told_to_whoever_decides(cast: Cast) -> None:
    case = cast.accepted()
    examine.review(case, by=cast.zhangmin, at=at(9, 28), favourable=True, text="同意")
    tick(at(10, 9))
    assert told(case) == [("陈局", "决定环节 10 月 8 日到期，本件 10 月 13 日到期，请今天办。")]


def test_beside_a_red_case_no_late_step_is_told(cast: Cast) -> None:
    case = cast.accepted()
    for _ in range(3):
        tick(at(10, 14))
    assert lights(case) == ["red"]


def test_a_step_that_ends_with_its_case_has_no_light_of_its_own() -> None:
    assert step_turn(STEP, STEP.due, ()) is None
    turn = step_turn(STEP, OCT13, ())
    assert turn is not None
    assert (turn.lit, turn.on, turn.term) == (Lit.STEP, date(2026, 10, 10), "step:examiner")
    assert step_turn(STEP, OCT13, (turn.fact(),)) is None
    red = LightTurned(on=date(2026, 10, 14), light="red", term="promised", due=OCT13)
    assert step_turn(STEP, OCT13, (red,)) is None


def test_the_head_hears_that_a_decision_is_to_be_revoked() -> None:
    cast = assemble(guide={"promise": dict(OFFER)})
    case = granted(cast)
    announce_revocation(case, by=cast.zhangmin, at=at(10, 13), grounds="承诺不实", basis="某法第一条")
    carry_out(case.subject)
    rows = OfficerMessage.objects.filter(case_number=case.number, title__startswith="拟撤销一项决定")
    assert [row.officer.name for row in rows] == ["陈局"]
