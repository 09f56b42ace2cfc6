"""A term that was not kept is answered for: who, why, what is done; sent back once at most, accepted with what was found."""

from datetime import date

import pytest

from onewindow.cases.acts import decide, examine
from onewindow.cases.models import Case
from onewindow.cases.reads.progress import PROGRESS, progress
from onewindow.cases.reads.told import steps
from onewindow.cases.reads.visible import visible_to
from onewindow.cases.reads.whole import whole
from onewindow.cases.tick import tick
from onewindow.journal.models import Entry
from onewindow.journal.reads import verify
from onewindow.notices.models import Message, OfficerMessage
from onewindow.oversight import acts, reads
from onewindow.oversight.models import Answer, Overdue
from onewindow.people.models import Officer, Post
from onewindow.rules.grants import Grant, NotAllowed, NotGranted
from onewindow.rules.overdue import CAUSE_WORDS, Cause, in_public
from onewindow.web.forms.overdue import ExplainForm
from onewindow.web.views.case.telling import history
from tests.cast import COUNTY, Cast, assemble, at, carry_out, officer
from tests.oversight.stage import LEGAL, RED, answered, explanation, overrun, pass_to, supervisor

pytestmark = pytest.mark.django_db
TALKED = {"gravity": "light", "penalty": "talk"}


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def sunli(cast: Cast) -> Officer:
    return supervisor()


def told_to(who: Officer) -> list[str]:
    rows = OfficerMessage.objects.filter(officer=who, kind__startswith="Overdue").order_by("pk")
    return [one.title.partition("：")[0] for one in rows]


def public(cast: Cast, case: Case) -> list[str]:
    found = PROGRESS.among(Case.objects.all(), case.number)
    assert found is not None
    return [step.text for step in steps(progress(found, cast.county)) if step.title == "说明超期的原因"]


@pytest.mark.req("JN-14n", "LS-延时-3")
def test_a_case_that_goes_overdue_opens_a_record_that_stays_open_until_it_is_decided(
    cast: Cast, sunli: Officer
) -> None:
    row = overrun(cast)
    assert (row.state, row.term, row.due_on, row.legal) == ("called", "promised", date(2026, 10, 13), False)
    assert told_to(cast.chenju) == ["要求说明超期"]
    assert [one.pk for one in reads.waiting(sunli)] == [row.pk]
    answered(cast, row)
    assert told_to(sunli) == ["超期说明等您审核"]
    assert reads.waiting(sunli).count() == 1
    said = {"finding": "unreasoned", "remark": "通报，计入考核"}
    with pytest.raises(NotAllowed, match=r"请选择情节轻重.*请选择怎样处理"):
        acts.settle(row, by=sunli, at=at(10, 15), **said)
    acts.settle(row, by=sunli, at=at(10, 15), **said, gravity="serious", penalty="notice")
    carry_out(row.case.subject)
    answer = Answer.objects.get()
    assert (answer.finding, answer.remark, answer.accepted) == ("unreasoned", "通报，计入考核", True)
    assert (answer.gravity, answer.penalty) == ("serious", "notice")
    assert told_to(cast.chenju) == ["要求说明超期", "超期说明已采纳"]
    assert reads.waiting(sunli).count() == 0
    assert verify() == []


def test_the_record_is_made_once_however_often_the_duty_runs_and_the_tick_ticks(cast: Cast) -> None:
    row = overrun(cast)
    for when in (RED, at(10, 15), at(10, 20)):
        pass_to(when, row.case)
    assert Overdue.objects.count() == 1
    pass_to(LEGAL, row.case)  # the law's own day is a term of its own, and graver
    assert sorted(Overdue.objects.values_list("term", "legal")) == [("decide", True), ("promised", False)]


def test_it_is_sent_back_once_and_then_it_is_accepted(cast: Cast, sunli: Officer) -> None:
    row = overrun(cast)
    answered(cast, row)
    with pytest.raises(NotAllowed, match="没有说清楚"):
        acts.send_back(row, by=sunli, at=at(10, 15), remark=" ")
    acts.send_back(row, by=sunli, at=at(10, 15), remark="没有说谁应当顶岗")
    with pytest.raises(NotAllowed, match="不等审核"):
        acts.settle(row, by=sunli, at=at(10, 15), finding="reasoned")
    answered(cast, row, at(10, 16), why="应当由副局长安排顶岗，没有安排。", expected=date(2026, 10, 19))
    with pytest.raises(NotAllowed, match="已经退回过一次"):
        acts.send_back(row, by=sunli, at=at(10, 16), remark="还是不清楚")
    acts.settle(row, by=sunli, at=at(10, 16), finding="reasoned")
    assert [one.place for one in row.answers.all()] == [1, 2]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"cause": "rain"}, "选择超期的原因"),
        ({"why": "忙"}, "为什么超期"),
        ({"done": ""}, "怎么补救"),
        ({"expected": date(2026, 10, 1)}, "不早于今天"),
        ({"expected": None}, "预计办好"),
        # The promise is past, the law still leaves time until 29 October: nothing later is announced.
        ({"expected": date(2026, 10, 30)}, "不能晚于那一天"),
    ],
)
def test_an_explanation_that_lacks_something_is_refused_and_says_what(
    cast: Cast, wrong: dict[str, object], said: str
) -> None:
    row = overrun(cast)
    with pytest.raises(NotAllowed, match=said):
        acts.explain(row, by=cast.chenju, at=RED, **explanation(cast, **wrong))
    assert Answer.objects.count() == 0


def test_nobody_of_another_office_is_named_and_nobody_there_answers_or_judges(
    cast: Cast, sunli: Officer
) -> None:
    row = overrun(cast)
    with pytest.raises(NotAllowed, match="本部门"):
        acts.explain(row, by=cast.chenju, at=RED, **explanation(cast, responsible=cast.zhaoqiang.pk))
    with pytest.raises(NotGranted):
        acts.explain(row, by=cast.zhaoqiang, at=RED, **explanation(cast))
    with pytest.raises(NotGranted):
        acts.explain(row, by=cast.zhangmin, at=RED, **explanation(cast))
    assert reads.one(cast.zhangmin, row.pk) is None
    answered(cast, row)
    for who in (cast.zhaoqiang, cast.chenju):
        with pytest.raises(NotGranted):
            acts.settle(row, by=who, at=RED, finding="reasoned")
    assert reads.one(cast.zhaoqiang, row.pk) is None
    assert list(reads.register(cast.zhaoqiang)) == []
    assert list(reads.register(cast.zhangmin)) == []
    assert reads.one(cast.zhangmin, row.pk) == row  # who is named reads what was said of him
    assert reads.one(cast.chenju, row.pk) == row


def test_whoever_is_named_or_wrote_it_does_not_judge_it(cast: Cast, sunli: Officer) -> None:
    row = overrun(cast)
    answered(cast, row)
    Answer.objects.update(responsible=sunli)
    with pytest.raises(NotAllowed, match="另一位督查人员"):
        acts.settle(row, by=sunli, at=RED, finding="reasoned")
    acts.settle(row, by=supervisor("周洁", "D002"), at=RED, finding="reasoned")


def test_a_finding_without_a_reason_needs_what_follows_from_it(cast: Cast, sunli: Officer) -> None:
    row = overrun(cast)
    answered(cast, row)
    with pytest.raises(NotAllowed, match="处理意见"):
        acts.settle(row, by=sunli, at=RED, finding="deliberate")
    with pytest.raises(NotAllowed, match="认定"):
        acts.settle(row, by=sunli, at=RED, finding="")


def test_the_applicant_reads_the_reason_in_public_words_and_no_name(cast: Cast) -> None:
    row = overrun(cast)
    answered(cast, row)
    (text,) = public(cast, row.case)
    assert text == "超期的原因：承办的岗位一时缺人，没有及时接上。预计 10 月 16 日以前办好。"
    (message,) = Message.objects.filter(kind="OverdueExplained")
    for inner in ("张敏", "陈局", "培训", "督办"):
        assert inner not in message.text + text


def test_of_two_explanations_the_applicant_reads_the_last(cast: Cast, sunli: Officer) -> None:
    row = overrun(cast)
    answered(cast, row)
    acts.send_back(row, by=sunli, at=RED, remark="不是缺人")
    answered(cast, row, at(10, 15), cause="omitted")
    (text,) = public(cast, row.case)
    assert "工作疏忽" in text


@pytest.mark.parametrize("cause", list(Cause))
def test_every_cause_has_words_for_the_office_and_for_the_public(cause: Cause) -> None:
    label, said = CAUSE_WORDS[cause]
    assert label
    assert said in in_public(cause, date(2026, 10, 14), date(2026, 10, 14))
    assert "预计" not in in_public(cause, date(2026, 10, 14), date(2026, 10, 14))


def test_a_case_that_is_done_is_still_answered_for(cast: Cast, sunli: Officer) -> None:
    row = overrun(cast)
    examine.review(row.case, by=cast.zhangmin, at=at(10, 14, 11), favourable=True, text="同意")
    decide.grant(row.case, by=cast.chenju, at=at(10, 14, 12), text="准予")
    Case.objects.filter(pk=row.case_id).update(is_open=False)
    tick(at(10, 15))
    row.refresh_from_db()
    answered(cast, row, at(10, 15))
    acts.settle(row, by=sunli, at=at(10, 15), finding="reasoned")
    assert Entry.objects.filter(subject=row.case.subject_id, fact="OverdueSettled").exists()


def test_where_no_text_calls_to_account_only_the_time_to_decide_and_legal_terms_are_answered_for() -> None:
    cast = assemble(pack="fangcheng", kind="公共服务", legal=None, promised=5)
    case = cast.apply()  # five days to accept, by a local setting
    pass_to(at(10, 20), case)
    assert Entry.objects.filter(subject=case.subject_id, fact="LightTurned").exists()
    assert Overdue.objects.count() == 0


def test_the_table_for_a_spreadsheet_has_a_line_for_each_and_the_last_answer(
    cast: Cast, sunli: Officer
) -> None:
    row = overrun(cast)
    answered(cast, row)
    acts.send_back(row, by=sunli, at=RED, remark="再说")
    answered(cast, row, at(10, 15), cause="omitted")
    head, line = reads.exported(sunli)
    told = dict(zip(head, line, strict=True))
    assert (told["编号"], told["责任人"], told["原因"]) == (row.case.number, "张敏", "疏忽，没有按时办理")
    assert len(list(reads.exported(cast.zhaoqiang))) == 1


def test_who_watches_the_lights_of_a_department_sees_no_more_cases_than_before(cast: Cast) -> None:
    overrun(cast)
    Post.objects.filter(held__officer=cast.zhaoqiang).update(grants=["oversight:lights"])
    zhaoqiang = Officer.objects.get(pk=cast.zhaoqiang.pk)
    assert list(visible_to(zhaoqiang)) == []
    lines, _ = reads.departments(zhaoqiang, date(2026, 10, 14))
    assert [(line.name, line.red) for line in lines] == [("罗山县公安局", 0)]


def test_the_applicant_reads_the_year_when_it_is_another() -> None:
    assert in_public("load", date(2026, 12, 30), date(2027, 1, 5)).endswith(
        "预计 2027 年 1 月 5 日以前办好。"
    )
    assert in_public("load", date(2026, 10, 14), date(2026, 10, 16)).endswith("预计 10 月 16 日以前办好。")


def test_what_was_decided_late_is_not_promised_once_more(cast: Cast) -> None:
    row = overrun(cast)
    examine.review(row.case, by=cast.zhangmin, at=RED, favourable=True, text="同意")
    decide.grant(row.case, by=cast.chenju, at=RED, text="准予")
    row = Overdue.objects.get(pk=row.pk)
    assert row.case.is_open
    assert "expected" not in ExplainForm(overdue=row, day=RED.date()).fields
    answer = answered(cast, row, expected=None)
    assert answer.expected == RED.date()
    (said,) = public(cast, row.case)
    assert "预计" not in said


def test_whoever_only_settles_hears_of_an_answer_too(cast: Cast) -> None:
    settles = Post.objects.create(
        county=COUNTY, name="审核超期说明", scope="county", grants=[str(Grant.OVERDUE_SETTLE)]
    )
    officer(COUNTY, "孙丽", "D002", settles)
    answered(cast, overrun(cast))
    kinds = OfficerMessage.objects.filter(officer__name="孙丽").values_list("kind", flat=True)
    assert list(kinds) == ["OverdueExplained"]


def test_what_was_found_stands_in_the_record_and_not_in_the_history_that_windows_read(cast: Cast) -> None:
    row = overrun(cast)
    answered(cast, row)
    acts.settle(row, by=supervisor(), at=RED, finding="deliberate", remark="约谈。", **TALKED)
    found = whole(Case.objects.all(), row.case.number, cast.county)
    assert "故意拖延" not in "".join(line["text"] for line in history(found))
