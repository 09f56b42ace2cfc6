"""上报件: looked at here, decided above; and the answer that comes down."""

from dataclasses import replace
from datetime import date

import pytest

from onewindow.cases.acts import decide, deliver, examine, fees, third
from onewindow.cases.acts.upward import Answer, answer_above, contact_above, send_up
from onewindow.cases.acts.withdraw import withdraw
from onewindow.cases.models import Case, Report
from onewindow.cases.reads import told
from onewindow.cases.reads.progress import progress_of
from onewindow.cases.reads.work import light_of
from onewindow.cases.recheck import recheck
from onewindow.cases.tick import tick
from onewindow.journal.write import history
from onewindow.letters.data import from_plain
from onewindow.letters.kinds import Incomplete, check
from onewindow.letters.models import Letter
from onewindow.notices.models import OfficerMessage
from onewindow.places.models import County
from onewindow.rules.grants import NotAllowed, NotGranted
from onewindow.rules.lights import READY
from tests.cases.test_life import TAKER
from tests.cast import Cast, assemble, at, carry_out

pytestmark = pytest.mark.django_db
ABOVE = {"organ": "信阳市市场监督管理局", "days": 15, "unit": "working", "basis": ["up"]}
UPWARD = {"case_kind": "上报件", "upward": ABOVE}
GRANTED = Answer(granted=True, number="信市监许〔2026〕12号", decided_on=date(2026, 10, 20), text="准予许可")


@pytest.fixture
def cast() -> Cast:
    return assemble(guide=UPWARD)


def looked_at(cast: Cast) -> Case:
    case = cast.accepted()
    examine.review(case, by=cast.zhangmin, at=at(9, 28), favourable=True, text="符合条件，建议报送。")
    case.refresh_from_db()
    return case


def sent(cast: Cast) -> Case:
    case = looked_at(cast)
    send_up(case, by=cast.chenju, at=at(9, 29), opinion="初审合格，同意报送。")
    case.refresh_from_db()
    return case


def test_the_first_look_has_its_own_twenty_days_and_no_days_to_decide(cast: Cast) -> None:
    case = cast.accepted()
    assert case.kind == "upward"
    # 9 月 25—27 日放假，28—30 日三，10 月 1—7 日放假，8、9、10 日（周六上班）六，12、13 日八；初审二十天到 29 日。
    assert (case.due_on, case.legal_due_on) == (date(2026, 10, 13), date(2026, 10, 29))
    names = {state.term.name for state in progress_of(case.subject_id, County.objects.get()).now.terms}
    assert "first_look" in names
    assert "decide" not in names


def test_nobody_decides_here_what_is_decided_above(cast: Cast) -> None:
    case = looked_at(cast)
    with pytest.raises(NotAllowed, match="由上级机关决定"):
        decide.grant(case, by=cast.chenju, at=at(9, 29), text="准予")
    with pytest.raises(NotAllowed, match="由上级机关决定"):
        decide.deny(case, by=cast.chenju, at=at(9, 29), text="", grounds="不合", basis="《法》")


def test_what_is_decided_here_is_not_sent_up() -> None:
    cast = assemble()
    with pytest.raises(NotAllowed, match="不是上报件"):
        send_up(looked_at(cast), by=cast.chenju, at=at(9, 29), opinion="报送")


def test_it_goes_up_with_all_its_papers_and_waits_there_on_the_days_of_the_organ_above(cast: Cast) -> None:
    case = sent(cast)
    report = Report.objects.get()
    assert (report.organ, len(report.sent), report.sent_on) == (ABOVE["organ"], 3, date(2026, 9, 29))
    assert (case.stage, case.is_open, case.legal_due_on) == ("above", True, None)
    now = progress_of(case.subject_id, County.objects.get()).now
    terms = {state.term.name: state.due for state in now.running()}
    # 联系：9 月 30 日一，10 月 8、9、10（周六上班）、12 日五。上级十五天：接着 13—16 日九，19—23 日十四，26 日十五。
    assert terms == {"contact_above": date(2026, 10, 12), "above": date(2026, 10, 26)}
    assert case.due_on == date(2026, 10, 12)
    assert light_of(case, date(2026, 9, 30)).colour == "green"
    assert list(recheck()) == []


def test_whoever_examined_does_not_send_it_up_and_neither_does_the_window(cast: Cast) -> None:
    case = looked_at(cast)
    for nobody in (cast.liwei, cast.zhangmin, cast.zhaoqiang):
        with pytest.raises(NotGranted):
            send_up(case, by=nobody, at=at(9, 29), opinion="报送")


def test_an_opinion_is_needed_and_an_organ(cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="初审意见"):
        send_up(looked_at(cast), by=cast.chenju, at=at(9, 29), opinion=" ")


@pytest.mark.req("ZH-2.2.2.1e")
def test_without_a_contact_in_its_days_a_reminder_comes_and_each_contact_stands_in_the_log(
    cast: Cast,
) -> None:
    case = sent(cast)
    tick(at(10, 13))
    carry_out(case.subject)
    assert OfficerMessage.objects.filter(officer=cast.zhangmin, title__contains="超期").exists()
    contact_above(case, by=cast.zhangmin, at=at(10, 13), whom="许可科", said="正在会签")
    contact_above(case, by=cast.zhangmin, at=at(10, 14), whom="许可科", said="明天上会")
    case.refresh_from_db()
    assert case.due_on == date(2026, 10, 21)
    assert [one.said for one in case.contacts.order_by("pk")] == ["正在会签", "明天上会"]
    with pytest.raises(NotAllowed, match="对方怎么答复"):
        contact_above(case, by=cast.zhangmin, at=at(10, 15), whom="许可科", said="")


def test_the_answer_comes_down_is_handed_on_and_the_case_is_closed(cast: Cast) -> None:
    case = sent(cast)
    decision = answer_above(case, by=cast.zhangmin, at=at(10, 21), answer=GRANTED)
    case.refresh_from_db()
    assert (decision.organ, decision.result_number, decision.on) == (
        ABOVE["organ"],
        "信市监许〔2026〕12号",
        date(2026, 10, 20),
    )
    assert (case.stage, case.decided_on, case.due_on) == ("granted", date(2026, 10, 21), date(2026, 10, 23))
    deliver.hand_over(case, by=cast.liwei, at=at(10, 22), taker=TAKER, window=cast.window)
    case.refresh_from_db()
    assert (case.stage, case.kind) == ("closed", "upward")
    names = [fact.name for fact in history(case.subject)]
    # Nobody had asked above by 13 October, and no tick had run: the red light is written down with the answer.
    assert names == ["Received", "Accepted", "Reviewed", "SentUp", "LightTurned", "GrantedAbove", "Delivered"]
    assert list(recheck()) == []


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"number": ""}, "文号"),
        ({"decided_on": date(2026, 9, 28)}, "转报以后"),
        ({"decided_on": date(2026, 10, 22)}, "今天以前"),
        ({"granted": False}, "理由和依据"),
        ({"valid_until": date(2026, 10, 19)}, "截止日早于"),
    ],
)
def test_an_answer_that_says_too_little_or_cannot_be_is_refused(
    cast: Cast, change: dict[str, object], why: str
) -> None:
    case = sent(cast)
    with pytest.raises(NotAllowed, match=why):
        answer_above(case, by=cast.zhangmin, at=at(10, 21), answer=replace(GRANTED, **change))


def test_denied_above_is_a_case_sent_back_with_the_reasons_of_the_organ_above(cast: Cast) -> None:
    case = sent(cast)
    no = Answer(
        granted=False,
        number="信市监不许〔2026〕3号",
        decided_on=date(2026, 10, 20),
        text="不予许可",
        grounds="场所在禁设区",
        basis="《食品安全法》第三十三条",
    )
    answer_above(case, by=cast.zhangmin, at=at(10, 21), answer=no)
    case.refresh_from_db()
    assert (case.stage, case.kind) == ("denied", "returned")
    carry_out(case.subject)
    letter = Letter.objects.get(kind="above")
    assert letter.data["reasons"] == ["场所在禁设区"]


def test_he_may_still_withdraw_while_it_is_above(cast: Cast) -> None:
    case = sent(cast)
    withdraw(case, by=cast.liwei, at=at(10, 9))
    case.refresh_from_db()
    assert (case.stage, case.is_open, case.due_on) == ("withdrawn", False, None)


@pytest.mark.req("ZH-2.2.2.1d")
def test_the_notice_of_what_went_up_names_papers_fee_and_days_and_is_not_made_without_them(
    cast: Cast,
) -> None:
    case = sent(cast)
    carry_out(case.subject)
    letter = Letter.objects.get(kind="sent_up")
    assert len(letter.data["papers"]) == 3
    assert letter.data["fee"] == "不收费"
    assert letter.data["term"]["due"] == "2026-10-26"
    assert letter.title == "行政许可申请上报告知书"

    data = from_plain(letter.data)
    for lack in ({"papers": ()}, {"fee": ""}, {"term": None}):
        with pytest.raises(Incomplete, match="缺少"):
            check("sent_up", replace(data, **lack))


def test_the_applicant_reads_to_whom_it_went_and_until_when(cast: Cast) -> None:
    case = sent(cast)
    steps = told.steps(progress_of(case.subject_id, County.objects.get()))
    gone, waits = steps[-3], steps[-2]
    assert (gone.title, ABOVE["organ"] in gone.text) == ("已转报上级", True)
    assert (waits.title, "10 月 26 日" in waits.text) == ("等上级决定", True)
    assert told.stage_words(case.stage) == "已转报上级，等上级决定"


def test_a_result_that_came_down_waits_like_any_other(cast: Cast) -> None:
    case = sent(cast)
    answer_above(case, by=cast.zhangmin, at=at(10, 21), answer=GRANTED)
    case.refresh_from_db()
    assert light_of(case, date(2026, 10, 21)).colour in (READY.colour, "yellow")


def test_what_is_billed_is_paid_while_the_case_is_above_and_nothing_leaves_unbilled() -> None:
    item = {"name": "证书工本费", "standard": "每本 20 元", "amount": "20.00", "basis": ["p"]}
    law = {"key": "p", "law": "中华人民共和国居民身份证法", "article": "第二十条"}
    fee = {"charged": True, "before": "decide", "items": [item]}
    cast = assemble(guide={**UPWARD, "basis": [law], "fee": fee})
    case = sent(cast)
    answer_above(case, by=cast.zhangmin, at=at(10, 21), answer=GRANTED)
    with pytest.raises(NotAllowed, match="还没有开缴费通知书"):
        deliver.hand_over(case, by=cast.liwei, at=at(10, 22), taker=TAKER, window=cast.window)
    other = sent(cast)
    bill = fees.bill(other, by=cast.liwei, at=at(9, 29), charged=[fees.Charged(name="证书工本费")])
    told = {"bill": bill.pk, "amount": bill.total, "receipt": "豫财 1", "payer": "王芳"}
    fees.collect(other, by=cast.liwei, at=at(9, 30), **told)
    other.refresh_from_db()
    assert (other.stage, other.unpaid) == ("above", False)


def test_whom_it_touches_is_heard_before_it_goes_up(cast: Cast) -> None:
    case = looked_at(cast)
    third.name_third(
        case, by=cast.zhangmin, at=at(9, 28), who=third.Touched(name="邻居测试甲", concerns="油烟排向他家")
    )
    with pytest.raises(NotAllowed, match="利害关系人告知书还没有送达"):
        send_up(case, by=cast.chenju, at=at(9, 29), opinion="初审合格")
