"""A case from the counter to the rating, in the law's own days."""

from datetime import date
from uuid import uuid4

import pytest

from onewindow.cases.acts import accept, correct, decide, deliver, examine, receive, refuse, withdraw
from onewindow.cases.acts.receive import Found
from onewindow.cases.judged import Unjudged
from onewindow.cases.models import Case
from onewindow.cases.reads.work import light_of
from onewindow.cases.recheck import recheck
from onewindow.cases.tick import tick
from onewindow.feedback.acts import rate
from onewindow.intake.acts import FormFaults, Paper, take_in
from onewindow.journal.models import Entry
from onewindow.journal.reads import verify
from onewindow.journal.write import history
from onewindow.notices.models import Message, OfficerMessage
from onewindow.rules.grants import NotAllowed, NotGranted
from tests.cast import SEP24, Cast, assemble, at, carry_out

pytestmark = pytest.mark.django_db

TAKER = deliver.Taker(name="王芳", paper_kind="resident", paper="991523198803040427", signed=True)


@pytest.fixture
def cast() -> Cast:
    return assemble()


def decided(cast: Cast):
    case = cast.accepted()
    examine.review(case, by=cast.zhangmin, at=at(10, 9), favourable=True, text="符合规定的条件，建议准予。")
    decide.grant(case, by=cast.chenju, at=at(10, 12), text="准予许可。")
    case.refresh_from_db()
    return case


def test_a_case_is_granted_handed_over_and_rated(cast: Cast) -> None:
    case = decided(cast)
    assert (case.stage, case.due_on) == ("granted", date(2026, 10, 26))
    deliver.hand_over(case, by=cast.liwei, at=at(10, 13), taker=TAKER, window=cast.window)
    case.refresh_from_db()
    assert (case.stage, case.is_open, case.closed_on) == ("closed", False, date(2026, 10, 13))
    rating = rate(case, by=cast.wangfang, at=at(10, 13, 11), grade=5, reasons=[510], channel="web")
    assert rating.subject == case.subject
    names = [fact.name for fact in history(case.subject)]
    assert names == ["Received", "Accepted", "Reviewed", "Granted", "Delivered", "Rated"]
    assert verify() == []


def test_the_promised_and_the_legal_day_stand_side_by_side(cast: Cast) -> None:
    case = cast.accepted()
    assert (case.due_on, case.legal_due_on) == (date(2026, 10, 13), date(2026, 10, 29))
    assert case.yellow_on == date(2026, 10, 12)
    assert not case.provisional


def test_the_same_page_sent_twice_opens_one_case(cast: Cast) -> None:
    once = uuid4()
    told = {
        "by": cast.liwei,
        "at": SEP24,
        "once": once,
        "applicant": cast.wangfang,
        "window": cast.window,
        "form": {"shop": "罗山县芳邻小面馆", "area": 46},
        "papers": [Paper(cast.materials[0])],
    }
    assert take_in(cast.version, **told) == take_in(cast.version, **told)


def test_a_wrong_form_names_each_field_and_takes_nothing_in(cast: Cast) -> None:
    with pytest.raises(FormFaults) as refused:
        take_in(
            cast.version,
            by=cast.liwei,
            at=SEP24,
            once=uuid4(),
            applicant=cast.wangfang,
            window=cast.window,
            form={"area": 0},
            papers=[],
        )
    assert set(refused.value.by_field) == {"shop", "area"}
    assert not cast.wangfang.applications.exists()


def test_a_case_with_a_lacking_paper_is_not_accepted(cast: Cast) -> None:
    case = cast.apply(bjt="missing")
    with pytest.raises(NotAllowed, match="操作流程和设备布局图"):
        accept.accept(case, by=cast.liwei, at=SEP24)


def test_everything_lacking_is_told_once_and_answered_before_acceptance(cast: Cast) -> None:
    case = cast.apply(bjt="missing", zd="wrong")
    demands = {m.pk: f"请补{m.name}" for m in cast.materials[1:]}
    correction = correct.ask_correction(case, by=cast.liwei, at=at(9, 24, 15), demands=demands)
    assert correction.reply_by == date(2026, 10, 22)
    case.refresh_from_db()
    assert (case.stage, case.due_on) == ("correcting", None)
    correct.receive_correction(
        case, by=cast.liwei, at=at(9, 29), papers=[Paper(m) for m in cast.materials[1:]]
    )
    case.refresh_from_db()
    assert case.stage == "received"
    with pytest.raises(NotAllowed, match="已经一次性告知过"):
        correct.ask_correction(case, by=cast.liwei, at=at(9, 29), demands=demands)


def test_a_second_notice_needs_the_head_and_concerns_only_the_corrected_paper(cast: Cast) -> None:
    case = cast.apply(bjt="missing")
    layout, rules = cast.materials[1], cast.materials[2]
    correct.ask_correction(case, by=cast.liwei, at=at(9, 24, 15), demands={layout.pk: "请补布局图"})
    correct.receive_correction(case, by=cast.liwei, at=at(9, 29), papers=[Paper(layout)])
    told = {"at": at(9, 29), "what_is_wrong": "没有标明水池的位置"}
    with pytest.raises(Unjudged, match="1 份材料没有核对：操作流程和设备布局图"):
        correct.ask_again(case, by=cast.chenju, demands={layout.pk: "请标明水池"}, **told)
    receive.judge(case, by=cast.liwei, at=at(9, 29), findings={layout.pk: Found("wrong", "没有标明水池")})
    with pytest.raises(NotGranted):
        correct.ask_again(case, by=cast.liwei, demands={layout.pk: "请标明水池"}, **told)
    with pytest.raises(NotAllowed, match="第一次就应当看出"):
        correct.ask_again(case, by=cast.chenju, demands={rules.pk: "请补制度"}, **told)
    assert correct.ask_again(case, by=cast.chenju, demands={layout.pk: "请标明水池"}, **told).second


@pytest.mark.req("HD-3.2.5f")
@pytest.mark.req("JN-5a")
def test_five_days_from_a_thursday_end_on_the_next_thursday_and_are_overdue_on_friday() -> None:
    cast = assemble(promised=5)
    case = cast.accepted(at(11, 5))
    assert case.due_on == date(2026, 11, 12)
    shown = [light_of(case, date(2026, 11, day)).colour for day in (11, 12, 13)]
    assert shown == ["yellow", "yellow", "red"]


def test_silence_accepts_on_the_sixth_day_with_effect_from_the_receipt(cast: Cast) -> None:
    case = cast.apply()
    assert case.due_on == date(2026, 10, 9)
    assert tick(at(10, 9, 23))["视为受理"] == 0
    assert tick(at(10, 10, 0, 1))["视为受理"] == 1
    case.refresh_from_db()
    assert (case.stage, case.accepted_on) == ("examining", SEP24.date())
    assert case.due_on == date(2026, 10, 13)
    assert tick(at(10, 10, 0, 2))["视为受理"] == 0


def test_silence_does_not_accept_what_is_no_licence(db: None) -> None:
    cast = assemble(kind="公共服务", legal=None)
    cast.apply()
    assert tick(at(10, 20))["视为受理"] == 0


def test_a_provisional_day_never_acts(cast: Cast) -> None:
    case = cast.apply(at(12, 28))
    assert case.provisional
    assert tick(at(2, 1, year=2027))["视为受理"] == 0


@pytest.mark.req("HD-3.2.5g")
def test_a_window_proposes_a_refusal_and_another_person_confirms_it(cast: Cast) -> None:
    why = {
        "kind": "refused",
        "reasons": "经营场所在禁止区域",
        "basis": "《中华人民共和国行政许可法》第三十二条",
    }
    refuse.propose_refusal(case := cast.apply(), by=cast.liwei, at=SEP24, **why)
    with pytest.raises(NotGranted):
        refuse.confirm_refusal(case, by=cast.liwei, at=SEP24)
    assert [fact.name for fact in history(case.subject)] == ["Received", "RefusalProposed"]
    refuse.confirm_refusal(case, by=cast.chenju, at=at(9, 28))
    case.refresh_from_db()
    assert (case.stage, case.is_open) == ("refused", False)


def test_at_hedong_even_the_head_needs_a_proposal_from_another_person(db: None) -> None:
    cast = assemble(pack="hedong")
    why = {"kind": "refused", "reasons": "不符合", "basis": "《中华人民共和国行政许可法》第三十二条"}
    with pytest.raises(NotAllowed, match="第二人确认"):
        refuse.refuse(cast.apply(), by=cast.chenju, at=SEP24, **why)


def test_a_refusal_without_reasons_is_no_refusal(cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="理由和依据"):
        refuse.propose_refusal(cast.apply(), by=cast.liwei, at=SEP24, kind="refused", reasons=" ", basis="x")


def test_examining_and_deciding_are_two_persons(cast: Cast) -> None:
    case = cast.accepted()
    with pytest.raises(NotGranted):
        examine.review(case, by=cast.chenju, at=at(9, 28), favourable=True, text="同意")
    with pytest.raises(NotAllowed, match="还没有审核意见"):
        decide.grant(case, by=cast.chenju, at=at(9, 28), text="准予")


def test_another_office_may_do_nothing(cast: Cast) -> None:
    case = cast.accepted()
    with pytest.raises(NotGranted):
        examine.review(case, by=cast.zhaoqiang, at=at(9, 28), favourable=True, text="同意")
    with pytest.raises(NotGranted):
        decide.grant(case, by=cast.zhaoqiang, at=at(9, 28), text="准予")


def test_a_denial_names_grounds_and_basis(cast: Cast) -> None:
    case = cast.accepted()
    examine.review(case, by=cast.zhangmin, at=at(9, 28), favourable=False, text="场所不符")
    with pytest.raises(NotAllowed, match="理由和依据"):
        decide.deny(case, by=cast.chenju, at=at(9, 29), text="不予许可", grounds="", basis="")


def test_the_applicant_withdraws_until_the_decision_and_not_after(cast: Cast) -> None:
    withdraw.withdraw(case := cast.accepted(), by=cast.wangfang, at=at(9, 28))
    case.refresh_from_db()
    assert case.stage == "withdrawn"
    with pytest.raises(NotAllowed):
        withdraw.withdraw(decided(cast), by=cast.wangfang, at=at(10, 13))


def test_an_unanswered_notice_is_reminded_once_and_then_closed_as_not_pursued(cast: Cast) -> None:
    case = cast.apply(bjt="missing")
    correct.ask_correction(
        case, by=cast.liwei, at=at(9, 24, 15), demands={cast.materials[1].pk: "请补布局图"}
    )
    assert tick(at(10, 22, 23))["补正提醒或终止"] == 0
    assert tick(at(10, 23))["补正提醒或终止"] == 1
    assert tick(at(10, 24))["补正提醒或终止"] == 0
    assert tick(at(10, 31))["补正提醒或终止"] == 1
    case.refresh_from_db()
    assert (case.stage, case.is_open) == ("lapsed", False)


def test_a_parcel_that_comes_back_waits_at_the_counter(cast: Cast) -> None:
    case = decided(cast)
    deliver.dispatch(case, by=cast.liwei, at=at(10, 13), tracking="TEST0001")
    with pytest.raises(NotAllowed, match="还在途中"):
        deliver.dispatch(case, by=cast.liwei, at=at(10, 13), tracking="TEST0002")
    deliver.take_back(case, by=cast.liwei, at=at(10, 20), why="无人签收")
    deliver.hand_over(case, by=cast.liwei, at=at(10, 21), taker=TAKER)
    case.refresh_from_db()
    assert case.stage == "closed"


def test_a_parcel_of_which_nobody_hears_is_asked_after_once_and_again_when_it_is_sent_again(
    cast: Cast,
) -> None:
    """Sent on 13 October; seven calendar days later, on the 20th, somebody must ask the courier."""
    case = decided(cast)
    deliver.dispatch(case, by=cast.liwei, at=at(10, 13), tracking="TEST0001")
    assert [tick(at(10, day))["催领或留存"] for day in (19, 20, 21, 30)] == [0, 1, 0, 0]
    carry_out(case.subject)
    assert OfficerMessage.objects.filter(kind="ParcelSilent").exists()
    assert Message.objects.filter(kind="ParcelSilent").count() == 1
    case = Case.objects.get(pk=case.pk)
    deliver.take_back(case, by=cast.liwei, at=at(10, 30), why="快递丢失")
    deliver.dispatch(case, by=cast.liwei, at=at(10, 30), tracking="TEST0002")
    assert tick(at(11, 6))["催领或留存"] == 1
    deliver.confirm_arrival(case, by=cast.liwei, at=at(11, 7))
    assert Case.objects.get(pk=case.pk).stage == "closed"
    assert list(recheck()) == []


def test_a_result_that_nobody_fetches_is_reminded_and_then_kept(cast: Cast) -> None:
    case = decided(cast)
    moved = [tick(at(11, day))["催领或留存"] for day in range(1, 30)] + [
        tick(at(12, day))["催领或留存"] for day in range(1, 31)
    ]
    names = [fact.name for fact in history(case.subject)]
    assert names.count("Kept") == 1
    assert sum(moved) == names.count("PickupReminded") + 1
    case.refresh_from_db()
    assert case.stage == "granted"


@pytest.mark.req("ZH-2.4.3i")
def test_one_service_is_rated_once_and_only_after_it_ended(cast: Cast) -> None:
    case = decided(cast)
    with pytest.raises(NotAllowed, match="还没有办完"):
        rate(case, by=cast.wangfang, at=at(10, 13), grade=5, channel="web")
    deliver.hand_over(case, by=cast.liwei, at=at(10, 13), taker=TAKER)
    case.refresh_from_db()
    rate(case, by=cast.wangfang, at=at(10, 13), grade=2, reasons=[213], channel="web")
    with pytest.raises(NotAllowed, match="已经评价过"):
        rate(case, by=cast.wangfang, at=at(10, 13), grade=5, channel="web")


def test_recheck_finds_no_difference_and_names_one_that_was_made(cast: Cast) -> None:
    case = cast.accepted()
    assert list(recheck()) == []
    type(case).objects.filter(pk=case.pk).update(due_on=date(2026, 12, 1))
    (found,) = recheck()
    assert (found.number, found.column, found.computed) == (case.number, "due_on", date(2026, 10, 13))


def test_the_database_refuses_to_change_or_delete_an_entry(cast: Cast) -> None:
    from django.db import DatabaseError, transaction

    case = cast.accepted()
    for change in (lambda e: e.update(by="officer:1"), lambda e: e.delete()):
        with pytest.raises(DatabaseError, match="for ever"), transaction.atomic():
            change(Entry.objects.filter(subject=case.subject))
