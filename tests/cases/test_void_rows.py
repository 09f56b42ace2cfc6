"""What a voided fact wrote is marked or stands open again, and blocks nothing; time falls only with what shows it wrong."""

from datetime import date

import pytest

from onewindow.cases.acts import accept, correct, extend, receive, refuse, special, void
from onewindow.cases.acts.receive import Found
from onewindow.cases.models import Case, Correction, Extension, Procedure, Refusal, Verdict, Voiding
from onewindow.cases.recheck import recheck
from onewindow.cases.tick import tick
from onewindow.intake.acts import Paper
from onewindow.intake.models import Submitted
from onewindow.journal.models import Entry
from onewindow.rules.grants import NotAllowed
from onewindow.rules.stages import Stage
from tests.cases.test_special import GUIDE, plan
from tests.cases.test_void import SEP28, SEP29, SEP30, WHY, ask, deputy, fresh, voided
from tests.cast import Cast, assemble, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def test_a_refusal_not_served_yet_is_voided_and_its_proposal_waits_again(cast: Cast) -> None:
    case = cast.apply()
    refuse.propose_refusal(case, by=cast.liwei, at=at(9, 25), kind="refused", reasons="不符合", basis="规定")
    refuse.confirm_refusal(case, by=cast.chenju, at=at(9, 25))
    after = voided(cast, case, "Refused", by=deputy(cast))
    assert (after.stage, Refusal.objects.get().confirmed) == (Stage.REFUSING, None)
    refuse.send_back_refusal(case, by=cast.chenju, at=SEP30, remark="材料齐全")
    accept.accept(case, by=cast.zhangmin, at=SEP30)
    assert fresh(case).stage == Stage.EXAMINING


def test_a_wrong_notice_is_voided_and_another_one_may_be_given(cast: Cast) -> None:
    case = cast.apply(bjt="wrong")
    picture = cast.materials[1]
    told = {"demands": {picture.pk: "请重画。"}}
    correct.ask_correction(case, by=cast.zhangmin, at=at(9, 25), **told)
    after = voided(cast, case, "CorrectionAsked", SEP28)
    assert (after.stage, Correction.objects.count()) == (Stage.RECEIVED, 0)
    correct.ask_correction(case, by=cast.zhangmin, at=SEP29, **told)
    assert (Correction.objects.count(), Correction.every.count()) == (1, 2)


def test_what_time_built_upon_a_wrong_notice_falls_with_it(cast: Cast) -> None:
    case = cast.apply(bjt="wrong")
    correct.ask_correction(case, by=cast.zhangmin, at=at(9, 25), demands={cast.materials[1].pk: "请重画。"})
    tick(at(11, 2))
    tick(at(11, 20))
    assert fresh(case).stage == Stage.LAPSED
    after = voided(cast, case, "CorrectionAsked", at(11, 23))
    assert (after.stage, after.is_open) == (Stage.RECEIVED, True)
    also = Entry.objects.get(fact="Voided").body["also"]
    assert [Entry.objects.get(subject=case.subject, place=one).fact for one in also] == [
        "CorrectionReminded",
        "CorrectionLapsed",
    ]


def corrected(cast: Cast) -> Case:
    """Papers came in as the correction, and were judged."""
    case = cast.apply(bjt="wrong")
    picture = cast.materials[1]
    correct.ask_correction(case, by=cast.zhangmin, at=at(9, 25), demands={picture.pk: "请重画。"})
    correct.receive_correction(case, by=cast.liwei, at=SEP28, papers=[Paper(picture)])
    receive.judge(case, by=cast.zhangmin, at=at(9, 28, 15), findings={picture.pk: Found("fits")})
    return case


def test_papers_entered_for_the_wrong_case_count_no_more_nor_what_was_found_of_them(cast: Cast) -> None:
    case = corrected(cast)
    papers, verdicts = Submitted.objects.count(), Verdict.objects.count()
    after = voided(cast, case, "CorrectionReceived")
    assert (after.stage, after.due_on) == (Stage.CORRECTING, None)
    assert (Submitted.objects.count(), Verdict.objects.count()) == (papers - 1, verdicts - 1)
    assert Correction.objects.get().points.get().answered_at is None
    correct.receive_correction(case, by=cast.liwei, at=SEP30, papers=[Paper(cast.materials[1])])
    assert fresh(case).stage == Stage.RECEIVED
    with pytest.raises(NotAllowed, match="没有核对"):
        accept.accept(case, by=cast.liwei, at=SEP30)


def test_an_extension_is_voided_and_the_wish_waits_again(cast: Cast) -> None:
    case = cast.accepted()
    extend.ask_extension(case, by=cast.zhangmin, at=at(10, 26), reason="要核实")
    extend.extend(case, by=cast.chenju, at=at(10, 27))
    assert fresh(case).legal_due_on == date(2026, 11, 12)
    with pytest.raises(NotAllowed, match=r"请先作废“延长办理期限”"):
        ask(cast, case, "ExtensionAsked", at(10, 28))
    after = voided(cast, case, "Extended", at(10, 28), by=deputy(cast))
    assert (after.legal_due_on, Extension.objects.get().approved) == (date(2026, 10, 29), None)
    extend.decline_extension(case, by=cast.chenju, at=at(10, 28), remark="不批")
    assert list(recheck()) == []


def test_a_procedure_that_had_not_ended_runs_again_and_what_was_written_of_its_end_is_kept() -> None:
    cast = assemble(guide=GUIDE)
    case = cast.accepted()
    begun = special.begin_procedure(case, by=cast.zhangmin, at=SEP28, plan=plan())
    special.end_procedure(
        case, by=cast.zhangmin, at=SEP29, procedure=begun.pk, outcome="done", result="评审通过"
    )
    after = voided(cast, case, "ProcedureEnded", SEP30)
    row = Procedure.objects.get()
    assert (row.ended_on, row.result, after.held) == (None, "", True)
    kept = Voiding.objects.get().kept[f"procedure:{row.pk}"]
    assert (kept["result"], kept["ended_on"]) == ("评审通过", "2026-09-29")
    after = voided(cast, case, "ProcedureBegun", SEP30)
    assert (after.held, after.legal_due_on) == (False, date(2026, 10, 29))
    assert (Procedure.objects.count(), Procedure.every.count()) == (0, 1)


def test_a_lapse_falls_only_with_the_papers_that_had_come_in_time(cast: Cast) -> None:
    case = cast.apply(bjt="wrong")
    picture = cast.materials[1]
    correct.ask_correction(case, by=cast.zhangmin, at=at(9, 25), demands={picture.pk: "请重画。"})
    tick(at(10, 27))
    until = Entry.objects.get(fact="CorrectionReminded").body["reply_by"]
    assert until == "2026-11-03"
    tick(at(11, 4))
    assert fresh(case).stage == Stage.LAPSED
    told = {"shown_on": date(2026, 11, 3), "shown_papers": [picture.pk]}
    with pytest.raises(NotAllowed, match="请勾选当时交来了哪些"):
        ask(cast, case, "CorrectionLapsed", at(11, 4), shown_on=date(2026, 11, 3))
    with pytest.raises(NotAllowed, match="期限到 11 月 3 日为止"):
        ask(cast, case, "CorrectionLapsed", at(11, 4), **{**told, "shown_on": date(2026, 11, 4)})
    with pytest.raises(NotAllowed, match="最多往前 2 个工作日"):
        ask(cast, case, "CorrectionLapsed", at(11, 9), **told)
    asked = ask(cast, case, "CorrectionLapsed", at(11, 4), **told)
    void.confirm_void(case, by=cast.chenju, at=at(11, 4), voiding=asked.pk)
    after = fresh(case)
    assert (after.stage, after.due_on) == (Stage.RECEIVED, date(2026, 11, 6))
    came = Entry.objects.get(fact="CorrectionReceived")
    assert (came.on, came.at.date(), came.back_dated.why) == (date(2026, 11, 3), date(2026, 11, 4), WHY)
    assert list(recheck()) == []


def test_silence_falls_only_with_a_withdrawal_that_had_come_before_its_day(cast: Cast) -> None:
    case = cast.apply()
    tick(at(10, 10))
    assert fresh(case).stage == Stage.EXAMINING
    with pytest.raises(NotAllowed, match="期限到 10 月 9 日为止"):
        ask(cast, case, "AcceptedBySilence", at(10, 10), shown_on=date(2026, 10, 10))
    asked = ask(cast, case, "AcceptedBySilence", at(10, 10), shown_on=date(2026, 10, 9))
    void.confirm_void(case, by=cast.chenju, at=at(10, 10), voiding=asked.pk)
    after = fresh(case)
    assert (after.stage, after.closed_on, after.accepted_on) == (Stage.WITHDRAWN, date(2026, 10, 9), None)
