"""利害关系人 (行政许可法 36, 47): told, given their days, heard before the decision; the applicant never reads who they are."""

from dataclasses import replace
from datetime import date

import pytest

from onewindow.cases.acts import decide, examine, special, third
from onewindow.cases.acts.special import Hearing, Plan
from onewindow.cases.acts.third import ThirdBearer, Touched
from onewindow.cases.models import BackDated, Case, Third, ThirdStatement
from onewindow.cases.reads.progress import progress_of
from onewindow.cases.reads.told import steps
from onewindow.cases.recheck import recheck
from onewindow.journal.models import Entry
from onewindow.journal.write import history
from onewindow.letters.models import Letter
from onewindow.letters.reads import letters_of
from onewindow.notices.models import Message, OfficerMessage
from onewindow.rules.grants import NotAllowed, NotGranted
from onewindow.rules.third import late_to_ask, states
from onewindow.rules.workdays import Calendar
from tests.calendar import CALENDAR, Y2025, Y2026, Y2027
from tests.cast import Cast, assemble, at, carry_out
from tests.letters.test_follow import text

pytestmark = pytest.mark.django_db
NEIGHBOUR = Touched(name="邻居测试甲", contact="测试路2号", concerns="油烟直接排向他家的窗户")
SEP25, SEP28 = at(9, 25), at(9, 28)
# Told on Monday, 28 September: 29, 30 two, 8 and 9 October four, Saturday the 10th (worked) five.
OCT9, OCT10, OCT12 = at(10, 9), at(10, 10), at(10, 12)


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


@pytest.fixture
def cast() -> Cast:
    return assemble()


def named(cast: Cast) -> tuple[Case, Third]:
    case = cast.accepted()
    return case, third.name_third(case, by=cast.zhangmin, at=SEP25, who=NEIGHBOUR)


def told(cast: Cast) -> tuple[Case, Third]:
    case, one = named(cast)
    third.tell_third(case, by=cast.zhangmin, at=SEP28, third=one.pk, way="counter", told_on=SEP28.date())
    return case, one


def reviewed(cast: Cast, case: Case) -> None:
    examine.review(case, by=cast.zhangmin, at=SEP28, favourable=True, text="同意")


def refused(cast: Cast, case: Case, when, sentence: str) -> None:
    with pytest.raises(NotAllowed, match=sentence):
        decide.grant(case, by=cast.chenju, at=when, text="准予")
    with pytest.raises(NotAllowed, match=sentence):
        decide.deny(case, by=cast.chenju, at=when, text="不予", grounds="不符合", basis="《食品安全法》")


def test_his_five_days_run_from_the_day_on_which_the_notice_reached_him(cast: Cast) -> None:
    _, one = told(cast)
    one.refresh_from_db()
    assert (one.reply_by, one.ask_by) == (date(2026, 10, 10), date(2026, 10, 10))


def test_nothing_is_decided_before_he_was_told_nor_before_his_last_day(cast: Cast) -> None:
    case, one = named(cast)
    reviewed(cast, case)
    refused(cast, case, SEP28, "告知书还没有送达")
    third.tell_third(case, by=cast.zhangmin, at=SEP28, third=one.pk, way="post", told_on=SEP28.date())
    refused(cast, case, OCT9, "10 月 10 日以前（含当日）提出意见")
    refused(cast, case, OCT10, "还没有到期")
    decide.grant(case, by=cast.chenju, at=OCT12, text="准予")


def test_who_spoke_early_is_heard_and_then_it_may_be_decided_early(cast: Cast) -> None:
    case, one = told(cast)
    reviewed(cast, case)
    third.note_third(case, by=cast.zhangmin, at=SEP28, third=one.pk, how="counter", text="油烟太大。")
    refused(cast, case, OCT12, "还没有记下是怎样听取的")
    third.hear_third(case, by=cast.zhangmin, at=OCT9, third=one.pk, weighed="采纳，要求加装净化设备。")
    decide.grant(case, by=cast.chenju, at=OCT9, text="准予")
    assert list(recheck()) == []


def test_he_speaks_online_with_the_code_of_his_own_notice_and_of_no_other(cast: Cast) -> None:
    case, one = told(cast)
    other = third.name_third(case, by=cast.zhangmin, at=SEP28, who=NEIGHBOUR)
    with pytest.raises(NotGranted):
        third.speak(one, by=ThirdBearer(other.pk), at=OCT9, text="冒名")
    with pytest.raises(NotGranted):
        third.speak(one, by=cast.wangfang, at=OCT9, text="申请人替他说")
    third.speak(one, by=ThirdBearer(one.pk), at=OCT9, text="请求不予许可。")
    said = ThirdStatement.objects.get()
    assert (said.how, said.text, said.by) == ("online", "请求不予许可。", None)
    assert Entry.objects.get(fact="ThirdSpoke").by == f"third:{one.pk}"


def test_what_he_says_is_told_to_all_whose_turn_it_is_before_anybody_has_examined(cast: Cast) -> None:
    case, one = told(cast)
    assert case.examiner_id is None
    third.speak(one, by=ThirdBearer(one.pk), at=OCT9, text="请求不予许可。", hearing=True)
    carry_out(case.subject)
    titles = OfficerMessage.objects.filter(officer=cast.zhangmin).values_list("title", flat=True)
    assert any("利害关系人提出了意见" in title for title in titles)
    assert not OfficerMessage.objects.filter(officer=cast.zhaoqiang).exists()


def test_a_hearing_that_he_asked_for_is_held_before_the_decision(cast: Cast) -> None:
    """The guide lists no hearing; 行政许可法 47 gives it to him all the same."""
    case, one = told(cast)
    third.speak(one, by=ThirdBearer(one.pk), at=OCT9, text="要求听证。", hearing=True)
    with pytest.raises(NotAllowed, match="听证还没有举行"):
        third.hear_third(case, by=cast.zhangmin, at=OCT12, third=one.pk, weighed="不采纳")
    plan = Plan(
        kind="听证",
        why="利害关系人要求听证。",
        parties="王芳、利害关系人",
        place="二楼会议室",
        planned_end=date(2026, 10, 30),
        hearing=Hearing(
            held_on=date(2026, 10, 22), host=cast.chenju, told_on=SEP28.date(), asked_on=OCT9.date()
        ),
    )
    begun = special.begin_procedure(case, by=cast.zhangmin, at=OCT12, plan=plan)
    assert begun.basis == "《中华人民共和国行政许可法》第四十七条第一款"
    ended = {"procedure": begun.pk, "outcome": "done", "result": "笔录在卷。", "signed": True}
    special.end_procedure(case, by=cast.zhangmin, at=at(10, 23), **ended)
    examine.review(case, by=cast.zhangmin, at=at(10, 26), favourable=True, text="同意")
    refused(cast, case, at(10, 26), "还没有记下是怎样听取的")
    third.hear_third(case, by=cast.zhangmin, at=at(10, 26), third=one.pk, weighed="按听证笔录采纳一部分。")
    # 陈局 led the hearing and does not examine; he may decide on its record.
    decide.grant(case, by=cast.chenju, at=at(10, 27), text="准予")


def test_after_the_fifth_day_a_hearing_is_no_right_any_more_but_the_wish_is_taken_and_weighed(
    cast: Cast,
) -> None:
    case, one = told(cast)
    said = third.speak(one, by=ThirdBearer(one.pk), at=OCT12, text="要求听证。", hearing=True)
    assert said.hearing
    body = Entry.objects.get(fact="ThirdSpoke").body
    assert (body["hearing"], body["late"]) == (False, True)
    reviewed(cast, case)
    refused(cast, case, OCT12, "还没有记下是怎样听取的")
    third.hear_third(case, by=cast.zhangmin, at=OCT12, third=one.pk, weighed="逾期提出，不再听证；意见采纳。")
    decide.grant(case, by=cast.chenju, at=OCT12, text="准予")


def test_a_hearing_that_was_asked_for_in_time_and_written_down_late_is_held(cast: Cast) -> None:
    """The letter lay in the post room from 9 to 14 October; his five days had ended on the 10th."""
    case, one = told(cast)
    note = {"third": one.pk, "how": "paper", "text": "要求听证。", "hearing": True}
    oct14 = at(10, 14)
    with pytest.raises(NotAllowed, match="写明为什么今天才登记"):
        third.note_third(case, by=cast.zhangmin, at=oct14, said_on=OCT9.date(), **note)
    with pytest.raises(NotAllowed, match="告知书送达以后"):
        third.note_third(case, by=cast.zhangmin, at=oct14, said_on=SEP25.date(), why_late="误放", **note)
    third.note_third(case, by=cast.zhangmin, at=oct14, said_on=OCT9.date(), why_late="误放在收发室", **note)
    assert BackDated.objects.get(case=case).why == "误放在收发室"
    reviewed_on = {"by": cast.zhangmin, "at": oct14, "favourable": True, "text": "同意"}
    examine.review(case, **reviewed_on)
    refused(cast, case, oct14, "听证还没有举行")


def test_a_provisional_day_never_says_that_he_was_silent_and_the_notice_moves_it_back(cast: Cast) -> None:
    """Told on Wednesday, 30 December 2026, without the notice for 2027: 31, then 4, 5, 6, 7 January.

    The notice then makes 4 January a holiday: 31 December one, 5, 6, 7, 8 January five.
    """
    case, one = named(cast)
    on = at(12, 30)
    third.tell_third(case, by=cast.zhangmin, at=on, third=one.pk, way="counter", told_on=on.date())
    one.refresh_from_db()
    facts = [fact for fact in history(case.subject) if fact.name.startswith("Third")]
    (state,) = states(facts, CALENDAR)
    assert (state.reply_by, state.provisional) == (date(2027, 1, 7), True)
    assert "暂定" in state.stands_in_the_way(date(2027, 1, 20))
    assert not late_to_ask(state, date(2027, 1, 20))
    noticed = replace(Y2027, off={**Y2027.off, date(2027, 1, 4): "元旦"}, noticed=True)
    known = Calendar((Y2025, Y2026, noticed))
    (state,) = states(facts, known)
    assert not state.provisional
    assert state.reply_by == state.ask_by == date(2027, 1, 8)
    assert state.stands_in_the_way(date(2027, 1, 8))
    assert not state.stands_in_the_way(date(2027, 1, 9))


def test_who_does_not_want_the_hearing_any_more_says_so(cast: Cast) -> None:
    case, one = told(cast)
    third.speak(one, by=ThirdBearer(one.pk), at=OCT9, text="要求听证。", hearing=True)
    third.speak(one, by=ThirdBearer(one.pk), at=OCT10, text="不要求听证了。")
    third.hear_third(case, by=cast.zhangmin, at=OCT12, third=one.pk, weighed="已经协商。")
    reviewed(cast, case)
    decide.grant(case, by=cast.chenju, at=OCT12, text="准予")


def test_other_kinds_of_items_have_the_days_of_the_local_setting_and_no_right_to_a_hearing() -> None:
    cast = assemble(kind="行政确认")
    _, one = told(cast)
    one.refresh_from_db()
    assert (one.reply_by, one.ask_by) == (date(2026, 10, 10), None)
    with pytest.raises(NotAllowed, match="没有要求听证的权利"):
        third.speak(one, by=ThirdBearer(one.pk), at=OCT9, text="要求听证。", hearing=True)


def test_his_notice_is_his_and_the_applicant_finds_neither_it_nor_his_name(cast: Cast) -> None:
    case, one = told(cast)
    carry_out(case.subject)
    letter = Letter.objects.get(kind="third")
    assert letter.subject_id == one.subject_id
    assert "third" not in {one.kind for one in letters_of(case.subject)}
    said = text(letter)
    assert "邻居测试甲" in said
    assert "油烟直接排向他家的窗户" in said
    assert one.code in said
    assert "王芳" not in said
    assert case.enquiry_code not in said
    shown = " ".join(f"{step.title}{step.text}" for step in steps(progress_of(case.subject_id, cast.county)))
    assert "告知了利害关系人" in shown
    assert "邻居" not in shown
    assert "邻居" not in Message.objects.get(kind="ThirdTold").text
    assert all("邻居" not in str(entry.body) for entry in Entry.objects.all())


def test_named_by_mistake_he_is_released_with_a_reason_unless_he_has_spoken(cast: Cast) -> None:
    case, one = told(cast)
    with pytest.raises(NotAllowed, match="为什么"):
        third.release_third(case, by=cast.zhangmin, at=OCT9, third=one.pk, why=" ")
    third.release_third(case, by=cast.zhangmin, at=OCT9, third=one.pk, why="住址查错了。")
    reviewed(cast, case)
    decide.grant(case, by=cast.chenju, at=OCT9, text="准予")


def test_who_has_spoken_is_not_released(cast: Cast) -> None:
    case, one = told(cast)
    third.note_third(case, by=cast.zhangmin, at=OCT9, third=one.pk, how="paper", text="不同意。")
    with pytest.raises(NotAllowed, match="已经提出意见"):
        third.release_third(case, by=cast.zhangmin, at=OCT9, third=one.pk, why="嫌麻烦")


def test_another_office_names_nobody(cast: Cast) -> None:
    case, one = told(cast)
    for who in (cast.zhaoqiang, cast.liwei):
        with pytest.raises(NotGranted):
            third.name_third(case, by=who, at=SEP28, who=NEIGHBOUR)
        with pytest.raises(NotGranted):
            third.hear_third(case, by=who, at=SEP28, third=one.pk, weighed="采纳")
