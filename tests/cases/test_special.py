"""特别程序: only what the guide lists, told in writing, with planned and real days; nothing is decided while one lasts."""

from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onewindow.cases.acts import decide, examine, extend, withdraw
from onewindow.cases.acts.special import Hearing, Plan, begin_procedure, end_procedure
from onewindow.cases.models import Case, Procedure
from onewindow.cases.reads import watch
from onewindow.cases.reads.progress import progress_of
from onewindow.cases.reads.told import steps
from onewindow.cases.reads.whole import whole
from onewindow.cases.reads.work import light_of
from onewindow.cases.recheck import recheck
from onewindow.journal.models import Entry
from onewindow.letters.models import Letter
from onewindow.notices.models import Message
from onewindow.rules.grants import NotAllowed, NotGranted
from onewindow.rules.special import procedures
from onewindow.web.views.case.special import shown
from tests.cast import SEP24, STEPS, Cast, assemble, at, carry_out, officer
from tests.letters.test_follow import text

pytestmark = pytest.mark.django_db
ARTICLE_45 = {"key": "a45", "law": "中华人民共和国行政许可法", "article": "第四十五条", "quote": ""}
GUIDE: dict[str, Any] = {
    "basis": [ARTICLE_45],
    "special": [
        {"name": "专家评审", "days": 15, "basis": ["a45"], "note": ""},
        {"name": "检测", "days": 0, "basis": ["a45"], "note": ""},
        {"name": "公示", "days": 7, "basis": ["a45"], "note": ""},
        {"name": "听证", "days": 20, "basis": ["a45"], "note": ""},
        {"name": "专家论证", "days": 5, "basis": [], "note": ""},
    ],
}
SEP28, OCT9, OCT12 = at(9, 28), at(10, 9), at(10, 12)


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


@pytest.fixture
def cast() -> Cast:
    return assemble(guide=GUIDE)


def plan(kind: str = "专家评审", until: date = date(2026, 10, 16), **more: Any) -> Plan:
    told = {"why": "许可关系食品安全，需要评审。", "parties": "评审专家三人", "planned_end": until}
    return Plan(kind=kind, **{**told, **more})


def begun(cast: Cast, case: Case, kind: str = "专家评审", on: datetime = SEP28, **more: Any) -> Procedure:
    return begin_procedure(case, by=cast.zhangmin, at=on, plan=plan(kind, **more))


def over(cast: Cast, one: Procedure, on: datetime = OCT12, **more: Any) -> Case:
    told = {"outcome": "done", "result": "评审通过。", **more}
    return end_procedure(one.case, by=cast.zhangmin, at=on, procedure=one.pk, **told)


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def word(case: Case, day: datetime) -> str:
    return light_of(fresh(case), day.date()).word


def test_a_procedure_stands_in_the_file_with_its_kind_basis_limit_and_result(cast: Cast) -> None:
    case = cast.accepted()
    one = begun(cast, case)
    assert (one.kind, one.basis, one.limit_days) == ("专家评审", "《中华人民共和国行政许可法》第四十五条", 15)
    over(cast, one)
    ended = Procedure.objects.get()
    assert (ended.ended_on, ended.outcome, ended.result) == (OCT12.date(), "done", "评审通过。")
    facts = Entry.objects.filter(subject=case.subject, fact__startswith="Procedure").order_by("place")
    assert [entry.body for entry in facts] == [
        {"procedure": one.pk, "kind": "专家评审", "planned_end": "2026-10-16"},
        {"procedure": one.pk},
    ]


@pytest.mark.req("FC-3.1.5b")
def test_what_the_guide_does_not_list_or_gives_no_basis_for_cannot_be_begun(cast: Cast) -> None:
    case = cast.accepted()
    with pytest.raises(NotAllowed, match="没有列出“招标”，不能增加办理环节"):
        begun(cast, case, "招标")
    with pytest.raises(NotAllowed, match="“专家论证”没有法律、法规、规章依据"):
        begun(cast, case, "专家论证")
    assert not Procedure.objects.exists()


def test_both_terms_stand_still_from_the_day_after_the_notice_and_the_light_is_held(cast: Cast) -> None:
    """20 days by law until 10-29, 8 promised until 10-13; 9-29, 30, 10-8, 9, 10 and 12 are taken out."""
    case = cast.accepted()
    one = begun(cast, case)
    now = fresh(case)
    assert (now.held, now.due_on, now.legal_due_on, now.yellow_on) == (True, None, None, None)
    assert word(case, OCT9) == "暂停计时"
    assert list(recheck()) == []
    over(cast, one)
    now = fresh(case)
    assert (now.held, now.due_on, now.legal_due_on) == (False, date(2026, 10, 21), date(2026, 11, 6))
    assert list(recheck()) == []


def test_a_notice_to_the_public_stops_nothing(cast: Cast) -> None:
    case = cast.accepted()
    begun(cast, case, "公示", until=date(2026, 10, 9))
    now = fresh(case)
    assert (now.held, now.due_on, now.legal_due_on) == (False, date(2026, 10, 13), date(2026, 10, 29))


def test_other_kinds_of_items_are_not_stopped_by_the_law_of_licences() -> None:
    cast = assemble(kind="行政确认", guide=GUIDE)
    case = cast.accepted()
    begun(cast, case)
    assert (fresh(case).held, fresh(case).legal_due_on) == (False, date(2026, 10, 29))


def test_two_at_the_same_time_are_held_until_both_have_ended(cast: Cast) -> None:
    case = cast.accepted()
    first, second = begun(cast, case), begun(cast, case, "检测")
    over(cast, first, OCT9)
    assert fresh(case).held
    over(cast, second, OCT12)
    assert (fresh(case).held, fresh(case).legal_due_on) == (False, date(2026, 11, 6))


def test_the_same_one_is_not_begun_twice_at_a_time_but_may_be_again(cast: Cast) -> None:
    case = cast.accepted()
    one = begun(cast, case)
    with pytest.raises(NotAllowed, match="“专家评审”已经在进行"):
        begun(cast, case)
    over(cast, one, OCT9)
    begun(cast, case, on=OCT12, until=date(2026, 10, 20))
    assert Procedure.objects.count() == 2
    with pytest.raises(NotAllowed, match="没有在进行"):
        over(cast, one)


def test_the_plan_keeps_within_the_limit_that_the_guide_published(cast: Cast) -> None:
    """15 working days after 9-28: 29, 30, 10-8, 9, 10, 12–16, 19–23."""
    case = cast.accepted()
    with pytest.raises(NotAllowed, match="最长 15 天，计划最晚写到 10 月 23 日"):
        begun(cast, case, until=date(2026, 10, 24))
    with pytest.raises(NotAllowed, match="要在今天以后"):
        begun(cast, case, until=SEP28.date())
    begun(cast, case, until=date(2026, 10, 23))


@pytest.mark.parametrize("empty", ["why", "parties"])
def test_the_notice_says_why_and_by_whom(cast: Cast, empty: str) -> None:
    with pytest.raises(NotAllowed, match="为什么要进行、由谁进行"):
        begun(cast, cast.accepted(), **{empty: " "})


def test_the_written_notice_tells_the_time_needed_and_what_it_does_to_the_term(cast: Cast) -> None:
    case = cast.accepted()
    begun(cast, case)
    begun(cast, case, "公示", until=date(2026, 10, 9))
    carry_out(case.subject)
    review, notice = Letter.objects.filter(kind="procedure").order_by("pk")
    assert review.title == "行政许可申请特别程序告知书"
    assert hasattr(review, "service")
    told = text(review)
    assert "依照《中华人民共和国行政许可法》第四十五条的规定，需要进行专家评审" in told
    assert "自2026年9月28日至2026年10月16日（星期五），计划10个工作日（本事项公布的限时为15个工作日）" in told
    assert "自本告知书发出的次日起停止计算" in told
    assert "计算在办理期限之内，办理期限不变" in text(notice)


def test_the_acceptance_letter_names_what_may_not_be_counted(cast: Cast) -> None:
    case = cast.accepted()
    carry_out(case.subject)
    told = text(Letter.objects.get(kind="accepted"))
    assert "专家评审、检测、听证所需时间依法不计算在期限内" in told
    assert "公示" not in told


@pytest.mark.req("FC-3.1.5c")
def test_a_procedure_has_a_day_of_its_own_and_its_overrun_is_listed_for_the_supervisor(cast: Cast) -> None:
    case = cast.accepted()
    one = begun(cast, case)
    assert not watch.overrun(cast.zhangmin, date(2026, 10, 16)).exists()
    ((found,), following) = watch.procedures(cast.zhangmin, date(2026, 10, 17))
    assert (found, following) == (one, 0)
    assert not watch.overrun(cast.zhaoqiang, date(2026, 10, 17)).exists()
    over(cast, one, at(10, 19))
    assert not watch.overrun(cast.zhangmin, date(2026, 10, 20)).exists()


def test_what_ended_with_its_case_is_no_overrun(cast: Cast) -> None:
    case = cast.accepted()
    begun(cast, case)
    withdraw.withdraw(case, by=cast.wangfang, at=OCT9)
    assert not watch.overrun(cast.zhangmin, date(2026, 10, 30)).exists()


def test_what_lasts_when_the_case_is_withdrawn_ends_with_it(cast: Cast) -> None:
    case = cast.accepted()
    begun(cast, case)
    withdraw.withdraw(case, by=cast.wangfang, at=OCT9)
    found = whole(Case.objects.all(), case.number, cast.county)
    (one,) = procedures(found.now.seen)
    assert (one.ended, one.overrun(date(2026, 12, 1))) == (OCT9.date(), False)
    (card,) = shown(found, date(2026, 12, 1))
    assert (card.gone, card.late, card.over) == (OCT9.date(), False, 0)


def test_a_plan_reaches_no_year_of_which_nothing_is_known(cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="2226 年哪些天是工作日还不知道"):
        begun(cast, cast.accepted(), "检测", until=date(2226, 12, 1))


def test_nothing_is_decided_while_a_procedure_lasts(cast: Cast) -> None:
    case = cast.accepted()
    one = begun(cast, case)
    examine.review(case, by=cast.zhangmin, at=OCT9, favourable=True, text="同意")
    with pytest.raises(NotAllowed, match="“专家评审”还没有结束，不能作出决定"):
        decide.grant(case, by=cast.chenju, at=OCT9, text="准予")
    with pytest.raises(NotAllowed, match="“专家评审”还没有结束，不能作出决定"):
        decide.deny(case, by=cast.chenju, at=OCT9, text="不予", grounds="不符", basis="依据")
    over(cast, one)
    decide.grant(case, by=cast.chenju, at=OCT12, text="准予")


def test_the_result_is_written_down(cast: Cast) -> None:
    one = begun(cast, cast.accepted())
    with pytest.raises(NotAllowed, match="写明结果"):
        over(cast, one, result=" ")
    with pytest.raises(NotAllowed, match="写明结果"):
        over(cast, one, outcome="")


def test_who_does_not_examine_here_begins_and_ends_nothing(cast: Cast) -> None:
    case = cast.accepted()
    one = begun(cast, case)
    for who in (cast.liwei, cast.chenju, cast.zhaoqiang):
        with pytest.raises(NotGranted):
            begin_procedure(case, by=who, at=SEP28, plan=plan("检测"))
        with pytest.raises(NotGranted):
            end_procedure(case, by=who, at=OCT9, procedure=one.pk, outcome="done", result="通过")


def test_a_procedure_and_an_extension_add_up(cast: Cast) -> None:
    case = cast.accepted()
    over(cast, begun(cast, case))
    extend.ask_extension(case, by=cast.zhangmin, at=at(11, 5), reason="评审意见需要补充核实。")
    extend.extend(case, by=cast.chenju, at=at(11, 6))
    assert fresh(case).legal_due_on == date(2026, 11, 20)
    assert list(recheck()) == []


def test_the_applicant_reads_it_in_plain_words(cast: Cast) -> None:
    case = cast.accepted()
    one = begun(cast, case)
    carry_out(case.subject)
    story = {step.title: step.text for step in steps(progress_of(case.subject_id, cast.county))}
    assert story["开始一项特别程序"] == "专家评审，计划 10 月 16 日以前结束，这段时间不算在办理期限里。"
    assert story["正在审核"] == "正在进行专家评审，计划 10 月 16 日以前结束；期限暂停计算，结束以后接着算。"
    assert Message.objects.get(kind="ProcedureBegun").text == story["开始一项特别程序"]
    late = {s.title: s.text for s in steps(progress_of(case.subject_id, cast.county), date(2026, 10, 17))}
    assert "原来计划 10 月 16 日以前结束，已经超时，监督部门能看到" in late["正在审核"]
    over(cast, one)
    carry_out(case.subject)
    story = {step.title: step.text for step in steps(progress_of(case.subject_id, cast.county))}
    assert story["特别程序结束了"] == "专家评审结束，办理期限接着算，最迟 10 月 21 日。"
    assert Message.objects.get(kind="ProcedureEnded").text == story["特别程序结束了"]


def test_beginning_and_ending_keep_within_the_budget_of_a_step(cast: Cast) -> None:
    case = cast.accepted()
    with CaptureQueriesContext(connection) as asked:
        one = begun(cast, case)
    assert len([q for q in asked if "SAVEPOINT" not in str(q["sql"])]) <= 8
    with CaptureQueriesContext(connection) as asked:
        over(cast, one)
    assert len([q for q in asked if "SAVEPOINT" not in str(q["sql"])]) <= 8


# 听证


@pytest.fixture
def host(cast: Cast) -> Any:
    """孙丽 of the same department, who did not examine."""
    return officer(cast.county.code, "孙丽", "S077", cast.zhangmin.posts[0])


def heard(cast: Cast, case: Case, host: Any, held_on: date = date(2026, 10, 14), **more: Any) -> Procedure:
    wish = {"told_on": date(2026, 9, 24), "asked_on": date(2026, 9, 28), **more}
    hearing = Hearing(held_on=held_on, host=host, **wish)
    return begun(cast, case, "听证", hearing=hearing, place="政务服务中心二楼")


def test_a_hearing_is_told_seven_working_days_before(cast: Cast, host: Any) -> None:
    """After 9-28: 29, 30, 10-8, 9, 10, 12, 13 are seven."""
    case = cast.accepted()
    with pytest.raises(NotAllowed, match="7 个工作日以前通知"):
        heard(cast, case, host, date(2026, 10, 12))
    one = heard(cast, case, host, date(2026, 10, 13))
    carry_out(case.subject)
    told = text(Letter.objects.get(kind="procedure"))
    assert "2026年10月13日（星期二），由孙丽主持。听证公开举行，你不承担听证的费用" in told
    assert one.host == host


def test_a_hearing_is_held_within_twenty_days_of_a_wish_that_came_within_five(cast: Cast, host: Any) -> None:
    case = cast.accepted()
    with pytest.raises(NotAllowed, match="5 个工作日内提出"):
        heard(cast, case, host, told_on=date(2026, 9, 18))
    with pytest.raises(NotAllowed, match="1900 年哪些天是工作日还不知道"):
        heard(cast, case, host, told_on=date(1900, 1, 1))
    late = date(2026, 11, 2)
    wish = {"told_on": date(2026, 9, 23), "asked_on": date(2026, 9, 24)}
    hearing = Hearing(held_on=late, host=host, **wish)
    with pytest.raises(NotAllowed, match="20 个工作日内要组织听证，最晚 10 月 29 日"):
        begun(cast, case, "听证", on=at(10, 8), until=late, place="二楼", hearing=hearing)
    with pytest.raises(NotAllowed, match="都要写"):
        heard(cast, case, host, told_on=None)
    heard(cast, case, host, told_on=None, asked_on=None)


def test_a_hearing_is_led_by_somebody_of_the_department_who_did_not_examine(cast: Cast, host: Any) -> None:
    case = cast.accepted()
    with pytest.raises(NotAllowed, match="审查本件的工作人员以外"):
        heard(cast, case, cast.zhangmin)
    with pytest.raises(NotAllowed, match="请选本部门的工作人员"):
        heard(cast, case, cast.zhaoqiang)
    with pytest.raises(NotAllowed, match="在哪里举行和由谁主持"):
        begun(cast, case, "听证")


def test_who_leads_the_hearing_does_not_examine_afterwards_unless_it_was_called_off(
    cast: Cast, host: Any
) -> None:
    case = cast.accepted()
    one = heard(cast, case, host)
    examine.forward(case, by=cast.chenju, at=SEP28, to=host)
    with pytest.raises(NotAllowed, match="您主持本件的听证"):
        examine.review(case, by=host, at=OCT9, favourable=True, text="同意")
    over(cast, one, OCT9, outcome="called_off", result="申请人撤回了听证申请。")
    examine.review(case, by=host, at=OCT9, favourable=True, text="同意")
    assert fresh(case).stage == "deciding"


def test_in_one_step_who_leads_the_hearing_does_not_decide() -> None:
    cast = assemble(guide=GUIDE, steps=STEPS[-1:])
    case = cast.accepted()
    hearing = Hearing(held_on=date(2026, 10, 14), host=cast.chenju)
    one = begun(cast, case, "听证", hearing=hearing, place="二楼")
    over(cast, one, at(10, 14), signed=True)
    with pytest.raises(NotAllowed, match="您主持本件的听证"):
        decide.deny(case, by=cast.chenju, at=at(10, 15), text="不予", grounds="不符", basis="条例")


def test_the_decision_rests_on_the_signed_record(cast: Cast, host: Any) -> None:
    case = cast.accepted()
    one = heard(cast, case, host)
    with pytest.raises(NotAllowed, match="还没有到举行的日子"):
        over(cast, one, OCT9, signed=True)
    with pytest.raises(NotAllowed, match="签字或者盖章"):
        over(cast, one, at(10, 14))
    over(cast, one, at(10, 14), signed=True, result="申请人和邻居都发表了意见。")
    examine.review(case, by=cast.zhangmin, at=at(10, 14), favourable=True, text="同意")
    decide.grant(case, by=cast.chenju, at=at(10, 15), text="准予")
    carry_out(case.subject)
    assert "并根据2026年10月14日举行的听证的笔录" in text(Letter.objects.get(kind="granted"))


def test_a_hearing_that_nobody_wanted_any_more_is_called_off(cast: Cast, host: Any) -> None:
    case = cast.accepted()
    one = heard(cast, case, host)
    over(cast, one, OCT9, outcome="called_off", result="申请人撤回了听证申请。")
    examine.review(case, by=cast.zhangmin, at=OCT12, favourable=True, text="同意")
    decide.grant(case, by=cast.chenju, at=OCT12, text="准予")
    carry_out(case.subject)
    assert "听证" not in text(Letter.objects.get(kind="granted"))
    assert SEP24.date() < fresh(case).decided_on  # type: ignore[operator]
