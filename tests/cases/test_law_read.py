"""Where the law says no word, the reading that we rest on: after a reminder, after a correction, over a waiting proposal."""

from datetime import date

import pytest

from onewindow.cases.acts import correct, deliver, examine, refuse, withdraw
from onewindow.cases.models import Case, Refusal
from onewindow.cases.reads import told, watch
from onewindow.cases.reads.visible import visible_to
from onewindow.cases.reads.whole import Whole, whole
from onewindow.cases.reads.work import light_of
from onewindow.cases.recheck import recheck
from onewindow.cases.tick import tick
from onewindow.intake.acts import Paper
from onewindow.intake.models import Application
from onewindow.journal.write import history
from onewindow.people.models import Post
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.rules.lights import Light
from tests.cases.test_least_power import supervisor
from tests.cast import COUNTY, HEAD, SEP24, Cast, assemble, at, officer
from tests.web.citizen import TAKER, granted

pytestmark = pytest.mark.django_db
WHY = {"kind": "refused", "reasons": "场所在禁止区域", "basis": "《中华人民共和国行政许可法》第三十二条"}


@pytest.fixture
def cast() -> Cast:
    return assemble()


def seen(cast: Cast, case: Case) -> Whole:
    return whole(visible_to(cast.zhangmin), case.number, cast.county)


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_a_result_that_waits_for_a_reminded_applicant_is_not_the_offices_fault(cast: Cast) -> None:
    case = granted(cast)
    assert case.due_on == date(2026, 10, 22)
    assert tick(at(10, 19))["催领或留存"] == 1
    assert light_of(fresh(case), date(2026, 10, 26)) == Light("held", "待送达")
    assert watch.overdue(supervisor(), date(2026, 10, 26)).rows == []
    (term,) = [state for state in seen(cast, case).now.running() if state.term.name == "deliver"]
    assert (term.running, term.rests_since, term.late) == (True, date(2026, 10, 19), False)
    assert list(recheck()) == []
    for day in (29, 30, 31):
        tick(at(10, day))
    for day in range(1, 29):
        tick(at(11, day))
    assert [fact.name for fact in history(case.subject)][-1] == "Kept"
    assert light_of(fresh(case), date(2026, 12, 30)) == Light("held", "待送达")
    deliver.hand_over(case, by=cast.liwei, at=at(12, 30), taker=TAKER)
    assert fresh(case).stage == "closed"


def test_whoever_asked_for_the_post_is_not_told_to_fetch_and_the_light_turns_red(cast: Cast) -> None:
    case = granted(cast)
    Application.objects.filter(pk=case.application_id).update(delivery_way="courier")
    assert tick(at(10, 26))["催领或留存"] == 0
    assert light_of(fresh(case), date(2026, 10, 26)).colour == "red"
    deliver.dispatch(case, by=cast.liwei, at=at(10, 26), tracking="TEST0001")
    deliver.take_back(case, by=cast.liwei, at=at(10, 29), why="无人签收")
    assert tick(at(10, 30))["催领或留存"] == 1


def corrected(cast: Cast, when: int = 29) -> Case:
    case, layout = cast.apply(bjt="missing"), cast.materials[1]
    correct.ask_correction(case, by=cast.liwei, at=at(9, 24, 15), demands={layout.pk: "请补布局图"})
    correct.receive_correction(case, by=cast.liwei, at=at(9, when), papers=[Paper(layout)])
    return fresh(case)


def test_silence_after_a_correction_accepts_nothing_and_turns_red_for_all_to_see(cast: Cast) -> None:
    case = corrected(cast)
    due = case.due_on
    assert due == date(2026, 10, 9)  # three working days, the holidays between
    assert [state.term.name for state in seen(cast, case).now.running()] == ["check_correction"]
    assert told.steps(seen(cast, case), date(2026, 10, 8))[-3].text == (
        "正在核对您补来的材料，最迟 10 月 9 日告诉您是否受理。"
    )
    assert tick(at(10, 20))["视为受理"] == 0
    assert fresh(case).stage == "received"
    late = date(2026, 10, 12)
    assert light_of(fresh(case), due).colour == "yellow"
    assert (light_of(fresh(case), late).colour, light_of(fresh(case), late).word) == ("red", "超期 2 天")
    assert [row.case for row in watch.overdue(supervisor(), late).rows] == [case]
    said = told.steps(seen(cast, case), late)[-3].text
    assert "应当在 10 月 9 日以前告诉您是否受理，已经超期" in said
    assert "监督投诉电话" in said


def proposed(cast: Cast) -> Case:
    case = cast.apply()
    refuse.propose_refusal(case, by=cast.liwei, at=SEP24, **WHY)
    return case


def test_silence_over_a_proposal_accepts_and_settles_it(cast: Cast) -> None:
    case = proposed(cast)
    assert tick(at(10, 10))["视为受理"] == 1
    left = Refusal.objects.get()
    assert (left.settled_at, left.settled_by, left.confirmed) == (at(10, 10), None, False)
    assert "视为受理" in left.remark
    assert fresh(case).stage == "examining"


def test_a_withdrawal_settles_the_proposal_too(cast: Cast) -> None:
    withdraw.withdraw(proposed(cast), by=cast.wangfang, at=at(9, 28))
    assert Refusal.objects.get().settled_at == at(9, 28)


def test_a_refusal_decided_over_a_proposal_settles_the_proposal(cast: Cast) -> None:
    case = proposed(cast)
    refuse.refuse(case, by=cast.chenju, at=at(9, 28), **{**WHY, "reasons": "不具备主体资格"})
    first, second = Refusal.objects.order_by("pk")
    assert (first.settled_by, first.confirmed, first.settled_at) == (cast.chenju, False, at(9, 28))
    assert (second.settled_by, second.confirmed) == (cast.chenju, True)
    assert not Refusal.objects.filter(settled_at__isnull=True).exists()


def deputy(cast: Cast, *grants: Grant) -> object:
    post = Post.objects.create(
        county=COUNTY,
        name=f"副局长{len(grants)}",
        scope="department",
        department=cast.market,
        grants=[str(one) for one in grants],
    )
    return officer(COUNTY, "周局", f"S09{len(grants)}", post)


def test_a_case_that_waits_for_its_decision_is_forwarded_to_whoever_may_decide(cast: Cast) -> None:
    case = cast.accepted()
    examine.review(case, by=cast.zhangmin, at=at(9, 28), favourable=True, text="建议准予。")
    told_ = {"by": cast.chenju, "at": at(9, 29)}
    with pytest.raises(NotAllowed, match="没有决定本件的权限"):
        examine.forward(case, to=cast.zhangmin, **told_)
    with pytest.raises(NotAllowed, match="没有决定本件的权限"):
        examine.forward(case, to=cast.zhaoqiang, **told_)
    zhou = deputy(cast, *HEAD)
    examine.forward(case, to=zhou, **told_)
    assert fresh(case).examiner == zhou
    examine.send_back_review(case, by=zhou, at=at(9, 30), text="请核对面积。")
    assert fresh(case).examiner == cast.zhangmin


def test_the_decision_is_not_forwarded_to_whoever_examined(cast: Cast) -> None:
    case, both = cast.accepted(), deputy(cast, Grant.CASE_EXAMINE, Grant.CASE_DECIDE)
    with pytest.raises(NotAllowed, match="没有审核本件的权限"):
        examine.forward(case, by=cast.zhangmin, at=at(9, 28), to=cast.chenju)
    examine.forward(case, by=cast.zhangmin, at=at(9, 28), to=both)
    examine.review(case, by=both, at=at(9, 28), favourable=True, text="建议准予。")
    with pytest.raises(NotAllowed, match="不能是同一个人"):
        examine.forward(case, by=cast.chenju, at=at(9, 29), to=both)
