"""A wrong fact is voided by another fact, with a reason and a second person; all that is stored is reckoned anew."""

from datetime import date, datetime

import pytest

from onewindow.cases.acts import (
    decide,
    deliver,
    examine,
    refuse,
    void,
)
from onewindow.cases.acts import withdraw as withdrawing
from onewindow.cases.acts.taking import Taker
from onewindow.cases.models import (
    Case,
    Delivery,
    Opinion,
    Refusal,
    TermMoved,
    Voiding,
)
from onewindow.cases.recheck import recheck
from onewindow.cases.tick import tick
from onewindow.cases.write import hold
from onewindow.journal.models import Entry
from onewindow.journal.reads import verify
from onewindow.people.models import Officer
from onewindow.rules.grants import NotAllowed, NotGranted
from onewindow.rules.stages import Stage
from tests.cast import Cast, assemble, at, officer

pytestmark = pytest.mark.django_db
WHY = "这是另一件的决定，误点在本件上。"
SEP28, SEP29, SEP30 = at(9, 28), at(9, 29), at(9, 30)
TAKER = Taker("王芳", "resident", "991523198803040427", signed=True)


@pytest.fixture
def cast() -> Cast:
    return assemble()


def deputy(cast: Cast) -> Officer:
    """孙丽, a second head of the same office."""
    return officer(cast.chenju.county, "孙丽", "S002", cast.chenju.posts[0])


def place(case: Case, fact: str) -> int:
    return Entry.objects.filter(subject=case.subject_id, fact=fact).latest("place").place


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def ask(
    cast: Cast, case: Case, fact: str, when: datetime = SEP29, cause: str = "slip", **told: object
) -> Voiding:
    return void.ask_void(
        case, by=cast.zhangmin, at=when, place=place(case, fact), cause=cause, reason=WHY, **told
    )


def voided(cast: Cast, case: Case, fact: str, when: datetime = SEP29, by: Officer | None = None) -> Case:
    asked = ask(cast, case, fact, when)
    void.confirm_void(case, by=by or cast.chenju, at=when, voiding=asked.pk)
    return fresh(case)


def reviewed(cast: Cast) -> Case:
    case = cast.accepted()
    examine.review(case, by=cast.zhangmin, at=SEP28, favourable=True, text="同意")
    return case


def granted(cast: Cast) -> Case:
    case = reviewed(cast)
    decide.grant(case, by=cast.chenju, at=SEP28, text="准予")
    return case


def test_a_decision_voided_before_it_was_served_leaves_the_case_to_be_decided_anew(cast: Cast) -> None:
    case = granted(cast)
    after = voided(cast, case, "Granted", by=deputy(cast))
    assert (after.stage, after.decided_on, after.due_on) == (Stage.DECIDING, None, date(2026, 10, 13))
    decide.deny(
        case, by=cast.chenju, at=SEP30, text="不予", grounds="不符合", basis="《食品安全法》第三十五条"
    )
    case = fresh(case)
    assert (case.decision.granted, case.decided_on) == (False, date(2026, 9, 30))
    assert [one.granted for one in case.voided_decisions.all()] == [True]
    assert list(recheck()) == []
    assert verify() == []


def test_the_journal_keeps_the_wrong_fact_and_every_reading_leaves_it_out(cast: Cast) -> None:
    case = granted(cast)
    voided(cast, case, "Granted", by=deputy(cast))
    kept = list(Entry.objects.filter(subject=case.subject).order_by("place").values_list("fact", flat=True))
    assert kept[-3:] == ["Granted", "VoidAsked", "Voided"]
    held = hold(case)
    assert "Granted" not in [fact.name for fact in held.facts]
    assert [fact.name for fact in held.journal] == kept
    assert (held.doer_of("Granted"), held.doer_of("Reviewed")) == ("", cast.zhangmin.actor_code)


def test_which_days_moved_is_written_down(cast: Cast) -> None:
    case = granted(cast)
    voided(cast, case, "Granted", by=deputy(cast))
    told = {one.term: (one.before, one.after) for one in TermMoved.objects.filter(case=case)}
    assert told["decide"] == (None, date(2026, 10, 29))
    assert told["promised"] == (None, date(2026, 10, 13))
    assert told["deliver"][1] is None


def test_the_row_says_who_why_and_who_confirmed_and_the_fact_only_ids_and_a_code(cast: Cast) -> None:
    case = granted(cast)
    voided(cast, case, "Granted", by=deputy(cast))
    row = Voiding.objects.get()
    assert (row.reason, row.asked_by, row.settled_by.name, row.confirmed) == (
        WHY,
        cast.zhangmin,
        "孙丽",
        True,
    )
    assert [one.entry.fact for one in row.struck.all()] == ["Granted"]
    body = Entry.objects.get(fact="Voided").body
    assert body == {"voiding": row.pk, "place": place(case, "Granted"), "cause": "slip", "also": []}


def test_neither_who_asked_nor_who_wrote_the_wrong_fact_confirms(cast: Cast) -> None:
    case = granted(cast)
    asked = ask(cast, case, "Granted")
    with pytest.raises(NotAllowed, match="是您自己记的"):
        void.confirm_void(case, by=cast.chenju, at=SEP29, voiding=asked.pk)
    case = reviewed(cast)
    asked = void.ask_void(
        case, by=cast.chenju, at=SEP29, place=place(case, "Reviewed"), cause="slip", reason=WHY
    )
    for act, more in ((void.confirm_void, {}), (void.decline_void, {"remark": "不同意"})):
        with pytest.raises(NotAllowed, match="不能是同一个人"):
            act(case, by=cast.chenju, at=SEP29, voiding=asked.pk, **more)


def test_each_act_needs_its_power_and_another_office_has_none(cast: Cast) -> None:
    case = granted(cast)
    asked = ask(cast, case, "Granted")
    for who in (cast.liwei, cast.zhangmin, cast.zhaoqiang):
        with pytest.raises(NotGranted):
            void.confirm_void(case, by=who, at=SEP29, voiding=asked.pk)
        with pytest.raises(NotGranted):
            void.decline_void(case, by=who, at=SEP29, voiding=asked.pk, remark="不同意")
    with pytest.raises(NotGranted):
        void.ask_void(
            case, by=cast.zhaoqiang, at=SEP29, place=place(case, "Reviewed"), cause="slip", reason=WHY
        )


def test_it_is_asked_once_declined_with_a_reason_and_may_be_asked_again(cast: Cast) -> None:
    case = granted(cast)
    asked = ask(cast, case, "Granted")
    with pytest.raises(NotAllowed, match="已经有人提出"):
        ask(cast, case, "Granted")
    other = deputy(cast)
    with pytest.raises(NotAllowed, match="不同意作废的理由"):
        void.decline_void(case, by=other, at=SEP29, voiding=asked.pk, remark=" ")
    void.decline_void(case, by=other, at=SEP29, voiding=asked.pk, remark="决定没有错。")
    assert fresh(case).stage == Stage.GRANTED
    with pytest.raises(NotAllowed, match="已经处理过了"):
        void.confirm_void(case, by=other, at=SEP29, voiding=asked.pk)
    again = ask(cast, case, "Granted", SEP30)
    void.confirm_void(case, by=other, at=SEP30, voiding=again.pk)
    assert fresh(case).stage == Stage.DECIDING
    with pytest.raises(NotAllowed, match="已经作废了"):
        ask(cast, case, "Granted", SEP30)


@pytest.mark.parametrize(
    ("cause", "reason", "match"), [("typo", WHY, "错在哪里"), ("slip", " ", "写明事情的经过")]
)
def test_cause_and_reason_are_demanded(cast: Cast, cause: str, reason: str, match: str) -> None:
    case = granted(cast)
    with pytest.raises(NotAllowed, match=match):
        void.ask_void(
            case, by=cast.zhangmin, at=SEP29, place=place(case, "Granted"), cause=cause, reason=reason
        )


def test_a_served_decision_is_revoked_and_not_voided(cast: Cast) -> None:
    case = granted(cast)
    asked = ask(cast, case, "Granted", SEP28)
    deliver.hand_over(case, by=cast.liwei, at=SEP29, taker=TAKER)
    for act in (
        lambda: ask(cast, case, "Granted"),
        lambda: void.confirm_void(case, by=deputy(cast), at=SEP29, voiding=asked.pk),
    ):
        with pytest.raises(NotAllowed, match=r"9 月 29 日送达.*依法撤销（行政许可法第六十九条）"):
            act()
    assert fresh(case).stage == Stage.CLOSED


def test_a_decision_on_its_way_is_not_voided_and_one_that_came_back_may_be(cast: Cast) -> None:
    case = granted(cast)
    deliver.dispatch(case, by=cast.liwei, at=SEP28, tracking="EMS1")
    with pytest.raises(NotAllowed, match="9 月 28 日寄出"):
        ask(cast, case, "Granted")
    deliver.take_back(case, by=cast.liwei, at=SEP29, why="无人签收")
    after = voided(cast, case, "Granted", by=deputy(cast))
    assert (after.stage, after.deliveries.count()) == (Stage.DECIDING, 0)
    assert len(Entry.objects.get(fact="Voided").body["also"]) == 2


def test_an_answer_is_voided_before_its_question_and_an_arrival_before_its_parcel(cast: Cast) -> None:
    case = cast.accepted()
    question = examine.ask_explanation(case, by=cast.zhangmin, at=SEP28, text="店面在几楼？")
    examine.explain(case, by=cast.liwei, at=SEP28, question=question, answer="一楼")
    with pytest.raises(NotAllowed, match="请先作废“已作说明”"):
        ask(cast, case, "ExplanationAsked")
    voided(cast, case, "Explained")
    assert case.questions.get().answer == ""
    voided(cast, case, "ExplanationAsked")
    assert case.questions.count() == 0
    case = granted(cast)
    deliver.dispatch(case, by=cast.liwei, at=SEP28, tracking="EMS1")
    deliver.confirm_arrival(case, by=cast.liwei, at=SEP28)
    with pytest.raises(NotAllowed, match="请先作废“结果送达，办结”"):
        ask(cast, case, "Dispatched")


def test_a_delivery_entered_for_the_wrong_case_is_taken_out_and_the_result_waits_again(cast: Cast) -> None:
    case = granted(cast)
    deliver.hand_over(case, by=cast.liwei, at=SEP28, taker=TAKER)
    after = voided(cast, case, "Delivered")
    assert (after.stage, after.is_open, after.closed_on) == (Stage.GRANTED, True, None)
    assert Delivery.objects.count() == 0
    assert Delivery.every.count() == 1
    deliver.hand_over(case, by=cast.liwei, at=SEP30, taker=TAKER)
    assert fresh(case).closed_on == date(2026, 9, 30)


def test_the_sentence_names_the_later_fact_that_must_be_voided_first(cast: Cast) -> None:
    case = granted(cast)
    with pytest.raises(NotAllowed, match=r"请先作废“准予”（9 月 28 日）"):
        ask(cast, case, "Reviewed")
    with pytest.raises(NotAllowed, match=r"请先作废“审核”（9 月 28 日）"):
        ask(cast, case, "Accepted")
    other = deputy(cast)
    voided(cast, case, "Granted", by=other)
    after = voided(cast, case, "Reviewed")
    assert (after.stage, Opinion.objects.count(), Opinion.every.count()) == (Stage.EXAMINING, 0, 1)
    after = voided(cast, case, "Accepted")
    assert (after.stage, after.accepted_on, after.due_on) == (Stage.RECEIVED, None, date(2026, 10, 9))
    assert list(recheck()) == []


def test_an_acceptance_in_error_is_voided_in_the_first_five_days_and_not_after(cast: Cast) -> None:
    case = cast.accepted()
    with pytest.raises(NotAllowed, match="仍然视为受理"):
        ask(cast, case, "Accepted", at(10, 12))
    assert voided(cast, case, "Accepted").stage == Stage.RECEIVED
    tick(at(10, 10))  # nobody told him anything in time: accepted by law from the day of receipt
    after = fresh(case)
    assert (after.stage, after.accepted_on) == (Stage.EXAMINING, date(2026, 9, 24))


@pytest.mark.parametrize(
    ("fact", "match"),
    [("Received", "收件不能作废"), ("AcceptedBySilence", "视为受理是法律规定的后果")],
)
def test_the_receipt_and_what_time_did_are_not_voided_by_hand(cast: Cast, fact: str, match: str) -> None:
    case = cast.apply()
    tick(at(10, 10))
    with pytest.raises(NotAllowed, match=match):
        ask(cast, case, fact, at(10, 12))
    with pytest.raises(NotAllowed, match="没有这项记载"):
        void.ask_void(case, by=cast.zhangmin, at=at(10, 12), place=99, cause="slip", reason=WHY)


def test_what_the_applicant_did_himself_is_his(cast: Cast) -> None:
    case = cast.accepted()
    withdrawing.withdraw(case, by=cast.wangfang, at=SEP28)
    with pytest.raises(NotAllowed, match="申请人自己办的"):
        ask(cast, case, "Withdrawn")


def test_a_withdrawal_entered_for_the_wrong_case_is_voided_and_the_term_goes_on(cast: Cast) -> None:
    case = cast.apply()
    refuse.propose_refusal(case, by=cast.liwei, at=at(9, 25), kind="refused", reasons="不符合", basis="规定")
    withdrawing.withdraw(case, by=cast.liwei, at=SEP28)
    assert Refusal.objects.get().confirmed is False
    after = voided(cast, case, "Withdrawn")
    assert (after.stage, after.is_open, after.due_on) == (Stage.REFUSING, True, date(2026, 10, 9))
    refusal = Refusal.objects.get()
    assert (refusal.confirmed, refusal.settled_at) == (None, None)
    assert any("提请失效" in str(one) for one in Voiding.objects.get().kept.values())
