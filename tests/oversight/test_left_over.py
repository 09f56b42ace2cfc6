"""What is told again, taken back, kept and prolonged: the rest of what lights and accountability owe."""

from datetime import date
from typing import Any

import pytest

from onewindow.cases.acts import decide, examine
from onewindow.cases.acts.longer import prolong_procedure
from onewindow.cases.follow import reckon_anew
from onewindow.cases.models import Case, Procedure
from onewindow.cases.recheck import recheck
from onewindow.cases.tick import tick
from onewindow.journal.models import Entry
from onewindow.journal.write import history
from onewindow.letters.models import Letter
from onewindow.notices.models import Message, OfficerMessage
from onewindow.oversight import acts, reads
from onewindow.oversight.models import Overdue
from onewindow.people.models import Holding, Officer, Post
from onewindow.places import acts as places
from onewindow.rules.facts_watch import OverdueTakenBack
from onewindow.rules.grants import Grant, NotAllowed
from tests.cases.test_calendar import NOTICE
from tests.cases.test_special import GUIDE, begun
from tests.cast import COUNTY, Cast, assemble, at, carry_out, officer
from tests.letters.test_follow import text
from tests.oversight.stage import DUE, RED, answered, overrun, pass_to, supervisor

pytestmark = pytest.mark.django_db
SEP28, OCT19, NIGHT = at(9, 28), at(10, 19), at(1, 9, year=2027)


@pytest.fixture(autouse=True)
def folders(tmp_path: Any, settings: Any) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


@pytest.fixture
def cast() -> Cast:
    return assemble(guide=GUIDE)


@pytest.fixture
def sunli(cast: Cast) -> Officer:
    return supervisor()


def told(who: Officer, kind: str) -> list[str]:
    rows = OfficerMessage.objects.filter(officer=who, kind=kind).order_by("pk")
    return [one.title.partition("：")[0] for one in rows]


def test_an_overrun_that_a_notice_undid_is_taken_back_with_the_reason_and_stays_in_the_register() -> None:
    """Accepted on 10 December 2026, twenty days end on 8 January 2027 as far as anybody knows; the notice makes it the 9th."""
    cast = assemble(promised=20)
    sunli = supervisor()
    case = cast.accepted(at(12, 10))
    pass_to(NIGHT, case)
    row = Overdue.objects.get(case=case)
    reason = "放假通知把到期日推后一天，1 月 9 日是调休上班。"
    with pytest.raises(NotAllowed, match="到期日没有因为放假通知推后"):
        acts.take_back(row, by=sunli, at=NIGHT, reason=reason)
    _notice(cast)
    with pytest.raises(NotAllowed, match="请写明为什么不成立"):
        acts.take_back(row, by=sunli, at=NIGHT, reason=" ")
    done = acts.take_back(row, by=sunli, at=NIGHT, reason=reason)
    assert (done.state, done.void_by, done.is_open) == ("void", sunli, False)
    fact = history(case.subject)[-1]
    assert fact == OverdueTakenBack(on=NIGHT.date(), overdue=row.pk, due=date(2027, 1, 9))
    assert (list(reads.waiting(sunli)), list(reads.register(sunli))) == ([], [row])
    with pytest.raises(NotAllowed, match="已经认定不成立"):
        acts.take_back(row, by=sunli, at=NIGHT, reason=reason)
    with pytest.raises(NotAllowed, match="已经交了"):
        answered(cast, row, NIGHT)
    pass_to(at(1, 10, year=2027), case)
    assert Overdue.objects.get(case=case, state="called").due_on == date(
        2027, 1, 9
    )  # the new day has passed too
    assert list(recheck()) == []


def test_what_is_late_by_the_new_day_too_is_not_taken_back() -> None:
    cast = assemble(promised=20)
    sunli = supervisor()
    case = cast.accepted(at(12, 10))
    pass_to(NIGHT, case)
    _notice(cast)
    with pytest.raises(NotAllowed, match="照新的到期日也超期了"):
        acts.take_back(
            Overdue.objects.get(case=case), by=sunli, at=at(1, 10, year=2027), reason="放假通知推后了一天。"
        )


def _notice(cast: Cast) -> None:
    keeping = Post.objects.create(
        county=COUNTY, name="管理", scope="county", grants=[str(Grant.SETTINGS_CHANGE)]
    )
    keeper = officer(COUNTY, "郑凯", "A001", keeping)
    places.import_notice(cast.county, by=keeper, at=NIGHT, text=NOTICE)
    reckon_anew(Entry.objects.get(fact="CalendarNoticed"))


def test_a_department_without_a_head_has_its_overruns_told_to_the_supervisor(
    cast: Cast, sunli: Officer
) -> None:
    Holding.objects.filter(officer=cast.chenju).update(until=date(2026, 9, 30))
    overrun(cast)
    assert told(sunli, "LightTurned") == ["红灯，已超期"]
    assert told(sunli, "OverdueCalled") == ["要求说明超期"]


def test_the_examiner_reads_the_record_of_his_own_case_and_nobody_else_does(cast: Cast) -> None:
    row = overrun(cast)
    assert reads.one(cast.zhangmin, row.pk) is None
    Case.objects.filter(pk=row.case_id).update(examiner=cast.zhangmin)
    assert reads.one(cast.zhangmin, row.pk) == row
    assert reads.one(cast.zhaoqiang, row.pk) is None


def test_whoever_gets_a_case_that_burns_is_told_so_with_the_record_to_be_answered(cast: Cast) -> None:
    row = overrun(cast)
    second = Post.objects.get(held__officer=cast.zhangmin)
    to = officer(COUNTY, "钱文", "S012", second)
    examine.forward(row.case, by=cast.chenju, at=RED, to=to)
    carry_out(row.case.subject)
    message = OfficerMessage.objects.get(officer=to, kind="Forwarded")
    assert "现在超期 1 天。有一份超期说明要交。" in message.text
    assert message.overdue == row.pk


def test_after_the_promise_the_law_s_own_day_is_told_when_it_comes_near(cast: Cast, sunli: Officer) -> None:
    case = cast.accepted()
    Case.objects.filter(pk=case.pk).update(examiner=cast.zhangmin)
    for when in (RED, at(10, 23), at(10, 28), at(10, 30)):
        pass_to(when, case)
    assert told(cast.zhangmin, "LightTurned") == [
        "红灯，已超期",
        "快到法定期限",
        "快到法定期限",
        "红灯，超法定期限",
    ]
    assert told(cast.chenju, "LightTurned")[1:3] == ["快到法定期限"] * 2


def test_a_case_that_ends_late_while_nobody_ticked_keeps_its_red_light_and_is_answered_for(
    cast: Cast,
) -> None:
    case = cast.accepted()
    examine.review(case, by=cast.zhangmin, at=SEP28, favourable=True, text="建议准予。")
    decide.grant(case, by=cast.chenju, at=OCT19, text="准予。")
    facts = list(Entry.objects.filter(subject=case.subject).order_by("place").values_list("fact", "by"))
    assert facts[-2:] == [("LightTurned", "system"), ("Granted", cast.chenju.actor_code)]
    carry_out(case.subject)
    assert Overdue.objects.get(case=case).due_on == DUE.date()
    assert list(recheck()) == []


def test_what_ends_in_time_or_was_told_already_gets_no_second_light(cast: Cast) -> None:
    early, late = cast.accepted(), cast.accepted()
    for case in (early, late):
        examine.review(case, by=cast.zhangmin, at=SEP28, favourable=True, text="建议准予。")
    decide.grant(early, by=cast.chenju, at=DUE, text="准予。")
    pass_to(RED, late)
    decide.grant(late, by=cast.chenju, at=RED, text="准予。")
    assert not Entry.objects.filter(subject=early.subject, fact="LightTurned").exists()
    assert Entry.objects.filter(subject=late.subject, fact="LightTurned").count() == 1


def test_a_procedure_past_its_end_is_told_once_to_examiner_head_and_applicant(cast: Cast) -> None:
    case = cast.accepted()
    Case.objects.filter(pk=case.pk).update(examiner=cast.zhangmin)
    begun(cast, case)  # until 16 October
    for when in (at(10, 16), OCT19, at(10, 20)):
        tick(when)
        carry_out(case.subject)
    assert Entry.objects.filter(subject=case.subject, fact="ProcedureOverran").count() == 1
    for who in (cast.zhangmin, cast.chenju):
        assert told(who, "ProcedureOverran") == ["特别程序超过计划时间"]
    message = Message.objects.get(kind="ProcedureOverran")
    assert "专家评审没有按计划结束" in message.text
    assert list(recheck()) == []


def test_a_procedure_is_prolonged_once_by_a_second_notice_with_its_reason(cast: Cast) -> None:
    case = cast.accepted()
    one = begun(cast, case)
    longer = {"procedure": one.pk, "reason": "专家还要到现场看一次。"}
    with pytest.raises(NotAllowed, match="在今天和原来计划的日子以后"):
        prolong_procedure(case, by=cast.zhangmin, at=OCT19, planned_end=date(2026, 10, 16), **longer)
    with pytest.raises(NotAllowed, match="最长 15 天，延长最晚写到 11 月 9 日"):
        prolong_procedure(case, by=cast.zhangmin, at=OCT19, planned_end=date(2026, 11, 10), **longer)
    prolong_procedure(case, by=cast.zhangmin, at=OCT19, planned_end=date(2026, 10, 23), **longer)
    row = Procedure.objects.get()
    assert (row.first_end, row.planned_end) == (date(2026, 10, 16), date(2026, 10, 23))
    with pytest.raises(NotAllowed, match="只能延长一次"):
        prolong_procedure(case, by=cast.zhangmin, at=OCT19, planned_end=date(2026, 10, 30), **longer)
    carry_out(case.subject)
    letter = Letter.objects.get(subject=case.subject, kind="prolonged")
    assert letter.title == "行政许可申请特别程序延长告知书"
    said = text(letter)
    assert "改为计划2026年10月23日（星期五）以前结束" in said
    assert "专家还要到现场看一次。" in said
    first = Letter.objects.get(subject=case.subject, kind="procedure")
    assert "2026年10月16日" in text(first)
    assert list(recheck()) == []
