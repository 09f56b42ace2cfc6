"""一次告知: what the one notice did not name is held against nobody, and a case goes on with what is there."""

import pytest

from onewindow.cases.acts import accept, correct, decide, examine, receive, refuse
from onewindow.cases.acts.receive import Found
from onewindow.cases.models import Case
from onewindow.cases.reads import told, watch
from onewindow.cases.reads.visible import visible_to
from onewindow.cases.reads.whole import whole
from onewindow.cases.tick import tick
from onewindow.intake.acts import Paper
from onewindow.journal.write import history
from onewindow.letters.acts.issue import issue
from onewindow.letters.bodies.intake import accepted
from onewindow.letters.data import from_plain
from onewindow.letters.models import Letter
from onewindow.people.models import Post
from onewindow.rules.facts import Accepted
from onewindow.rules.grants import SYSTEM, Grant, NotAllowed, NotGranted, Overreach
from onewindow.web.views.case import telling
from tests.cast import COUNTY, SEP24, Cast, assemble, at, officer

pytestmark = pytest.mark.django_db
BASIS = "《中华人民共和国行政许可法》第三十二条"


@pytest.fixture
def cast() -> Cast:
    return assemble()


def still_wrong(cast: Cast) -> Case:
    """The layout was asked for, came, and is wrong again."""
    layout = cast.materials[1]
    case = cast.apply(bjt="wrong")
    correct.ask_correction(case, by=cast.liwei, at=at(9, 25), demands={layout.pk: "请标出水池"})
    correct.receive_correction(case, by=cast.liwei, at=at(9, 28), papers=[Paper(layout)])
    found = {layout.pk: Found("wrong", "仍没有标出水池")}
    receive.judge(case, by=cast.liwei, at=at(9, 28), findings=found)
    return Case.objects.get(pk=case.pk)


def test_what_still_lacks_after_the_correction_is_accepted_as_it_is_and_stays_judged(cast: Cast) -> None:
    case, layout = still_wrong(cast), cast.materials[1]
    with pytest.raises(NotAllowed, match=r"核对为缺或不符：操作流程和设备布局图。.*照现有材料受理"):
        accept.accept(case, by=cast.liwei, at=at(9, 28))
    with pytest.raises(Overreach, match="照现有材料受理"):
        correct.ask_correction(case, by=cast.liwei, at=at(9, 28), demands={layout.pk: "再交"})
    done = accept.accept_as_is(case, by=cast.liwei, at=at(9, 28))
    assert (done.stage, done.accepted_on) == ("examining", at(9, 28).date())
    fact = history(case.subject)[-1]
    assert isinstance(fact, Accepted)
    assert fact.lacking == (layout.pk,)
    found = whole(visible_to(cast.zhangmin), case.number, cast.county)
    assert [paper.material.code for paper in found.papers if paper.lacks] == ["bjt"]
    assert telling.history(found)[-1]["text"] == "照现有材料受理，1 份仍缺或不符"
    step = next(one for one in told.steps(found) if one.title == "已受理")
    assert step.text.startswith("照现有材料受理，1 份材料仍缺或不符，写在受理通知书里。承诺 8 个工作日内")


def test_the_letter_says_truthfully_on_what_it_was_accepted(cast: Cast) -> None:
    case = still_wrong(cast)
    accept.accept_as_is(case, by=cast.liwei, at=at(9, 28))
    issue(case.subject.entries.get(fact="Accepted"), by=SYSTEM, kind="accepted")
    data = Letter.objects.get(kind="accepted").data
    assert [(one["name"], one["problem"]) for one in data["lacking"]] == [
        ("操作流程和设备布局图", "不符合要求：仍没有标出水池")
    ]
    assert [one["article"] for one in data["basis"]] == ["第三十二条第一款第四项"]
    text = str([block.plain() for block in accepted(from_plain(data)).blocks])
    assert "照现有材料" in text
    assert "齐全、符合法定形式，" not in text


def test_a_case_accepted_as_it_is_is_decided_on_what_is_there(cast: Cast) -> None:
    case = still_wrong(cast)
    accept.accept_as_is(case, by=cast.liwei, at=at(9, 28))
    examine.review(case, by=cast.zhangmin, at=at(9, 29), favourable=False, text="布局图没有标出水池。")
    told = {"text": "不予", "grounds": "布局图没有标出水池", "basis": BASIS}
    assert not decide.deny(case, by=cast.chenju, at=at(9, 30), **told).granted


def test_nothing_is_accepted_as_it_is_before_the_notice_or_when_all_is_in_order(cast: Cast) -> None:
    case, layout = cast.apply(bjt="missing"), cast.materials[1]
    with pytest.raises(NotAllowed, match=r"还没有一次性告知过补正.*请先"):
        accept.accept_as_is(case, by=cast.liwei, at=SEP24)
    correct.ask_correction(case, by=cast.liwei, at=SEP24, demands={layout.pk: "请补布局图"})
    with pytest.raises(NotAllowed, match="等待补正"):
        accept.accept_as_is(case, by=cast.liwei, at=SEP24)
    correct.receive_correction(case, by=cast.liwei, at=at(9, 25), papers=[Paper(layout)])
    with pytest.raises(NotAllowed, match="没有核对：操作流程和设备布局图"):
        accept.accept_as_is(case, by=cast.liwei, at=at(9, 25))
    receive.judge(case, by=cast.liwei, at=at(9, 25), findings={layout.pk: Found("fits")})
    with pytest.raises(NotAllowed, match="已经核对齐全"):
        accept.accept_as_is(case, by=cast.liwei, at=at(9, 25))
    assert accept.accept(case, by=cast.liwei, at=at(9, 25)).stage == "examining"


def test_accepting_as_it_is_needs_the_power_of_acceptance(cast: Cast) -> None:
    case = still_wrong(cast)
    for stranger in (cast.zhaoqiang, cast.chenju):
        stranger.day = at(9, 28).date()
        with pytest.raises(NotGranted):
            accept.accept_as_is(case, by=stranger, at=at(9, 28))


def test_what_the_notice_did_not_name_may_not_fail_any_longer(cast: Cast) -> None:
    case, (form, layout, rules) = still_wrong(cast), cast.materials
    for finding in ("missing", "wrong"):
        with pytest.raises(Overreach, match=r"食品安全管理制度没有写进补正告知.*一次告知"):
            receive.judge(case, by=cast.liwei, at=at(9, 28), findings={rules.pk: Found(finding, "没有盖章")})
    receive.judge(
        case, by=cast.liwei, at=at(9, 28), findings={form.pk: Found("fits"), layout.pk: Found("fits")}
    )
    assert accept.accept(case, by=cast.liwei, at=at(9, 28)).stage == "examining"


def test_whoever_handed_in_all_that_was_asked_for_is_not_refused(cast: Cast) -> None:
    case, layout = still_wrong(cast), cast.materials[1]
    cast.chenju.day = at(9, 28).date()
    why = {"kind": "refused", "reasons": "材料不全", "basis": BASIS}
    receive.judge(case, by=cast.liwei, at=at(9, 28), findings={layout.pk: Found("fits")})
    for act, by in ((refuse.refuse, cast.chenju), (refuse.propose_refusal, cast.liwei)):
        with pytest.raises(NotAllowed, match=r"都已补齐.*依法应当受理"):
            act(case, by=by, at=at(9, 28), **why)
    ours = {"kind": "not_ours", "reasons": "不归市场监管", "basis": BASIS, "go_to": "罗山县公安局"}
    assert refuse.propose_refusal(case, by=cast.liwei, at=at(9, 28), **ours).kind == "not_ours"


def test_what_still_lacks_after_the_correction_may_be_refused_until_it_is_judged_in_order(cast: Cast) -> None:
    case, layout = still_wrong(cast), cast.materials[1]
    why = {"kind": "refused", "reasons": "补正后布局图仍没有标出水池", "basis": BASIS}
    refuse.propose_refusal(case, by=cast.liwei, at=at(9, 28), **why)
    receive.judge(case, by=cast.liwei, at=at(9, 28), findings={layout.pk: Found("fits")})
    with pytest.raises(NotAllowed, match="都已补齐"):
        refuse.confirm_refusal(case, by=cast.chenju, at=at(9, 29))
    receive.judge(case, by=cast.liwei, at=at(9, 29), findings={layout.pk: Found("wrong", "没有水池")})
    refuse.confirm_refusal(case, by=cast.chenju, at=at(9, 29))
    assert Case.objects.get(pk=case.pk).stage == "refused"


def test_a_licence_is_not_asked_for_papers_when_silence_has_accepted_it(cast: Cast) -> None:
    case, layout = cast.apply(bjt="missing"), cast.materials[1]
    late = at(10, 10)
    assert case.due_on is not None
    assert case.due_on < late.date()
    with pytest.raises(NotAllowed, match="自收到申请材料之日起即为受理"):
        correct.ask_correction(
            case, by=cast.liwei, at=late, demands={layout.pk: "请补布局图"}, why_late="忘了"
        )
    tick(late)
    assert Case.objects.get(pk=case.pk).stage == "examining"


def test_of_other_kinds_a_late_notice_says_why_and_stands_on_the_supervisors_list() -> None:
    cast = assemble(kind="行政确认", legal=None)
    case, layout = cast.apply(bjt="missing"), cast.materials[1]
    demands, late = {layout.pk: "请补布局图"}, at(10, 26)
    assert case.due_on is not None
    assert case.due_on < late.date()
    tick(late)
    assert Case.objects.get(pk=case.pk).stage == "received"
    with pytest.raises(NotAllowed, match=r"期限已过.*写明为什么超期"):
        correct.ask_correction(case, by=cast.liwei, at=late, demands=demands)
    asked = correct.ask_correction(
        case, by=cast.liwei, at=late, demands=demands, why_late="收件岗人员调整，没有及时核对"
    )
    assert (asked.late, asked.why_late) == (True, "收件岗人员调整，没有及时核对")
    assert history(case.subject)[-1].late  # type: ignore[attr-defined]
    issue(case.subject.entries.get(fact="CorrectionAsked"), by=SYSTEM, kind="correction")
    assert Letter.objects.get(kind="correction").data["late"] == "收件岗人员调整，没有及时核对"
    watching = Post.objects.create(
        county=COUNTY, name="督查岗", scope="county", grants=[Grant.SUPERVISE.value]
    )
    sunli = officer(COUNTY, "孙丽", "D001", watching)
    sunli.day = late.date()
    assert watch.corrections(sunli) == [asked]


def test_a_notice_in_time_is_not_late(cast: Cast) -> None:
    case, layout = cast.apply(bjt="missing"), cast.materials[1]
    assert case.due_on is not None
    last = at(case.due_on.month, case.due_on.day)
    asked = correct.ask_correction(
        case, by=cast.liwei, at=last, demands={layout.pk: "请补布局图"}, why_late="x"
    )
    assert (asked.late, asked.why_late) == (False, "")
