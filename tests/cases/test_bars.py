"""警告和限制申请 (行政许可法 78, 79): one year, three years, for this licence alone; ended by itself or by two persons."""

from datetime import date, datetime
from uuid import uuid4

import pytest

from onewindow.cases.acts import accept, bars, decide, examine, receive, refuse
from onewindow.cases.acts.bars import Finding
from onewindow.cases.acts.fraud import announce_fraud
from onewindow.cases.acts.promise_check import hear_statement, revoke
from onewindow.cases.models import Case
from onewindow.intake.acts import counter
from onewindow.letters.models import Letter
from onewindow.notices.models import Message
from onewindow.people.models import Block, Party
from onewindow.rules.bars import last_day
from onewindow.rules.grants import NotAllowed, NotGranted
from tests.cast import Cast, assemble, at, carry_out
from tests.letters.test_follow import text

pytestmark = pytest.mark.django_db
SEP28, SEP29 = at(9, 28), at(9, 29)
FALSE = Finding(ground="false_papers", facts="健康证明是伪造的。")
FRAUD = Finding(
    ground="fraud",
    facts="以伪造的证明取得许可。",
    decision="罗市监罚〔2026〕1号",
    decided_on=date(2026, 10, 12),
)


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


@pytest.fixture
def cast() -> Cast:
    return assemble(guide={"public_safety": True})


def decided(cast: Cast, granted: bool) -> Case:
    case = cast.accepted()
    examine.review(case, by=cast.zhangmin, at=SEP28, favourable=granted, text="意见")
    if granted:
        decide.grant(case, by=cast.chenju, at=SEP28, text="准予")
    else:
        decide.deny(
            case, by=cast.chenju, at=SEP28, text="不予", grounds="材料虚假", basis="《行政许可法》第七十八条"
        )
    return case


def revoked(cast: Cast, case: Case) -> None:
    """What was got by fraud is revoked first, on 9 October."""
    announce_fraud(case, by=cast.zhangmin, at=at(10, 8), grounds="证明是伪造的。")
    hear_statement(case, by=cast.zhangmin, at=at(10, 9), statement="没有意见。")
    revoke(case, by=cast.chenju, at=at(10, 9), remark="")


def begun(cast: Cast, when: datetime, applicant: Party | None = None) -> object:
    who = Party.objects.get(pk=(applicant or cast.wangfang).pk)
    return counter.begin(
        cast.version, by=cast.liwei, at=when, once=uuid4(), applicant=who, window=cast.window
    )


@pytest.mark.parametrize(
    ("decided_on", "months", "last"),
    [
        (date(2026, 9, 28), 12, date(2027, 9, 28)),
        (date(2026, 10, 12), 36, date(2029, 10, 12)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),  # no 29 February: the month's last day (民法典 202)
        (date(2027, 2, 28), 12, date(2028, 2, 28)),
        (date(2026, 12, 31), 36, date(2029, 12, 31)),
        (date(2026, 10, 1), 12, date(2027, 10, 1)),  # a holiday makes no prohibition longer
    ],
)
def test_whole_years_end_on_the_same_calendar_day(decided_on: date, months: int, last: date) -> None:
    assert last_day(decided_on, months) == last


def test_after_a_denial_for_false_papers_he_is_warned_and_may_not_apply_for_a_year(cast: Cast) -> None:
    case = decided(cast, granted=False)
    made = bars.bar(case, by=cast.chenju, at=SEP29, finding=FALSE)
    assert (made.until, made.decided_on) == (date(2027, 9, 28), date(2026, 9, 28))
    for day in (SEP29, at(9, 28, year=2027)):
        with pytest.raises(NotAllowed, match=r"到 2027 年 9 月 28 日为止不得再次申请.*复议"):
            begun(cast, day)
    begun(cast, at(9, 29, year=2027))  # it ends by itself


def test_the_refusal_says_who_why_until_when_and_what_can_be_done(cast: Cast) -> None:
    case = decided(cast, granted=False)
    bars.bar(case, by=cast.chenju, at=SEP29, finding=FALSE)
    with pytest.raises(NotAllowed) as refused:
        begun(cast, SEP29)
    said = str(refused.value)
    for word in (
        "王芳",
        "提供虚假材料",
        "第七十八条",
        "2027 年 9 月 28 日",
        "食品经营许可",
        "申请解除",
        "行政诉讼",
    ):
        assert word in said


def test_a_licence_got_by_fraud_bars_for_three_years_from_its_own_decision(cast: Cast) -> None:
    case = decided(cast, granted=True)
    revoked(cast, case)
    with pytest.raises(NotAllowed, match="在准予以后、今天以前"):
        bars.bar(case, by=cast.chenju, at=at(10, 11), finding=FRAUD)
    made = bars.bar(case, by=cast.chenju, at=at(10, 13), finding=FRAUD)
    assert made.until == date(2029, 10, 12)


def test_a_refusal_to_accept_for_false_papers_counts_as_well(cast: Cast) -> None:
    case = cast.apply()
    refuse.refuse(
        case,
        by=cast.chenju,
        at=SEP28,
        kind="refused",
        reasons="材料虚假",
        basis="《行政许可法》第七十八条",
        go_to="",
    )
    assert bars.bar(case, by=cast.chenju, at=SEP29, finding=FALSE).until == date(2027, 9, 28)


def test_where_no_public_safety_is_at_stake_he_is_warned_alone() -> None:
    cast = assemble()
    case = decided(cast, granted=False)
    made = bars.bar(case, by=cast.chenju, at=SEP29, finding=FALSE)
    assert made.until is None
    begun(cast, SEP29)
    carry_out(case.subject)
    assert "给予警告" in text(Letter.objects.get(kind="barred"))
    assert Message.objects.filter(kind="Warned").exists()
    other = decided(cast, granted=True)
    revoked(cast, other)
    with pytest.raises(NotAllowed, match="第七十九条的限制不适用"):
        bars.bar(other, by=cast.chenju, at=at(10, 13), finding=FRAUD)


def test_it_applies_to_licences_alone() -> None:
    cast = assemble(kind="行政确认", guide={"public_safety": True})
    with pytest.raises(NotAllowed, match="只适用于行政许可"):
        bars.bar(decided(cast, granted=False), by=cast.chenju, at=SEP29, finding=FALSE)


def test_ground_and_outcome_have_to_fit(cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="本件已经准予"):
        bars.bar(decided(cast, granted=True), by=cast.chenju, at=SEP29, finding=FALSE)
    with pytest.raises(NotAllowed, match="没有准予过"):
        bars.bar(decided(cast, granted=False), by=cast.chenju, at=at(10, 13), finding=FRAUD)


def test_once_per_case_and_not_before_it_was_decided(cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="已受理"):
        bars.bar(cast.accepted(), by=cast.chenju, at=SEP29, finding=FALSE)
    case = decided(cast, granted=False)
    bars.bar(case, by=cast.chenju, at=SEP29, finding=FALSE)
    with pytest.raises(NotAllowed, match="不能重复"):
        bars.bar(case, by=cast.chenju, at=SEP29, finding=FALSE)


def test_a_sealed_application_is_not_received_and_what_came_in_while_barred_is_not_accepted(
    cast: Cast,
) -> None:
    case, sealed = decided(cast, granted=False), cast.take_in(cast.wangfang)
    running = cast.apply(SEP28)
    bars.bar(case, by=cast.chenju, at=SEP29, finding=FALSE)
    sealed.applicant.refresh_from_db()
    with pytest.raises(NotAllowed, match="不得再次申请"):
        receive.receive(sealed, by=cast.liwei, at=SEP29)
    # What had come in before is no application made again.
    accept.accept(running, by=cast.liwei, at=SEP29)
    slipped = cast_apply_past_the_bar(cast)
    with pytest.raises(NotAllowed, match="请依法作出不予受理的决定"):
        accept.accept(slipped, by=cast.liwei, at=at(10, 8))


def cast_apply_past_the_bar(cast: Cast) -> Case:
    """A case that came in while the file did not say yet that he is barred."""
    barred = Party.objects.get(pk=cast.wangfang.pk).barred_until
    Party.objects.filter(pk=cast.wangfang.pk).update(barred_until=None)
    cast.wangfang.refresh_from_db()
    case = cast.apply(at(9, 30))
    Party.objects.filter(pk=cast.wangfang.pk).update(barred_until=barred)
    return Case.objects.get(pk=case.pk)


def test_another_licence_and_another_person_are_not_barred(cast: Cast) -> None:
    case = decided(cast, granted=False)
    bars.bar(case, by=cast.chenju, at=SEP29, finding=FALSE)
    begun(cast, SEP29, applicant=another())
    Block.objects.update(item=case.subject)  # any other matter than that of this licence
    begun(cast, SEP29)


def another() -> Party:
    return Party.objects.create(
        kind="person", name="李测试", paper_kind="resident", paper_number="9", paper_hash=b"1" * 32
    )


def test_it_is_lifted_by_two_persons_and_he_may_apply_again(cast: Cast) -> None:
    case = decided(cast, granted=False)
    bars.bar(case, by=cast.chenju, at=SEP29, finding=FALSE)
    with pytest.raises(NotAllowed, match="没有等决定的解除"):
        bars.lift(case, by=cast.chenju, at=SEP29)
    bars.ask_lift(case, by=cast.zhangmin, at=SEP29, why="复议撤销了原决定。")
    with pytest.raises(NotGranted):
        bars.lift(case, by=cast.zhangmin, at=SEP29)
    bars.decline_lift(case, by=cast.chenju, at=SEP29, remark="先交复议决定书。")
    bars.ask_lift(case, by=cast.zhangmin, at=SEP29, why="复议决定书已经收到。")
    bars.lift(case, by=cast.chenju, at=SEP29)
    begun(cast, SEP29)
    carry_out(case.subject)
    assert Message.objects.get(kind="BarLifted").text == "从现在起可以再次申请。"


def test_who_asked_for_the_lifting_does_not_agree_to_it_himself(cast: Cast) -> None:
    case = decided(cast, granted=False)
    bars.bar(case, by=cast.chenju, at=SEP29, finding=FALSE)
    post = cast.chenju.posts[0]
    post.grants = [*post.grants, "cases:examine"]
    post.save()
    head = type(cast.chenju).objects.get(pk=cast.chenju.pk)
    bars.ask_lift(case, by=head, at=SEP29, why="撤销了。")
    with pytest.raises(NotAllowed, match="不能是同一个人"):
        bars.lift(case, by=head, at=SEP29)


def test_the_letter_names_facts_decision_day_and_remedy(cast: Cast) -> None:
    case = decided(cast, granted=False)
    bars.bar(case, by=cast.chenju, at=SEP29, finding=FALSE)
    carry_out(case.subject)
    letter = Letter.objects.get(kind="barred")
    said = text(letter)
    assert letter.title == "行政许可申请警告和限制申请决定书"
    assert hasattr(letter, "service")
    for word in ("给予警告", "2027年9月28日为止不得再次申请", "健康证明是伪造的", "第七十八条", "行政复议"):
        assert word in said


def test_only_the_head_of_the_department_bars(cast: Cast) -> None:
    case = decided(cast, granted=False)
    for who in (cast.zhangmin, cast.liwei, cast.zhaoqiang):
        with pytest.raises(NotGranted):
            bars.bar(case, by=who, at=SEP29, finding=FALSE)
