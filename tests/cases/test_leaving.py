"""Nobody leaves with open cases in his name: they are forwarded first, or given back to the department."""

import pytest

from onewindow.cases.acts import examine, leave
from onewindow.cases.models import Case
from onewindow.cases.reads.work import TABS, in_hand, page
from onewindow.cases.recheck import recheck
from onewindow.journal.models import Entry
from onewindow.people.models import Holding, Officer, Post
from onewindow.rules.grants import NotAllowed, NotGranted
from tests.cast import COUNTY, EXAMINER, SEP24, at, officer
from tests.people.conftest import Stage, stage
from tests.web.citizen import on
from tests.web.desks import at_desk

pytestmark = pytest.mark.django_db
__all__ = ["stage"]
SEP28 = at(9, 28)


def forwarded(stage: Stage) -> Case:
    """An accepted case that 陈局 gave to 张敏."""
    cast = stage.cast
    case = cast.accepted()
    return examine.forward(case, by=cast.chenju, at=SEP24, to=cast.zhangmin)


@pytest.mark.req("JN-14a")
def test_who_has_open_cases_does_not_leave_until_they_are_handed_over(stage: Stage) -> None:
    cast, case = stage.cast, forwarded(stage)
    with pytest.raises(NotAllowed, match=f"还有 1 件没有办完（{case.number}）"):
        leave.let_go(cast.zhangmin, by=stage.admin, at=SEP28, reason="调离")
    assert Officer.objects.get(pk=cast.zhangmin.pk).left_on is None
    leave.let_go(cast.zhangmin, by=stage.admin, at=SEP28, reason="调离", hands_back=True)
    gone = Officer.objects.select_related("account").get(pk=cast.zhangmin.pk)
    assert (gone.left_on, gone.account.is_active) == (SEP28.date(), False)
    back = Case.objects.get(pk=case.pk)
    assert (back.examiner, back.stage, back.due_on) == (None, "examining", case.due_on)
    entry = Entry.objects.filter(subject=case.subject).latest("place")
    assert (entry.fact, entry.body, entry.by) == (
        "HandedBack",
        {"officer": gone.pk},
        stage.admin.actor_code,
    )
    assert list(recheck()) == []


def test_what_came_back_waits_for_every_colleague(stage: Stage) -> None:
    cast, case = stage.cast, forwarded(stage)
    post = Post.objects.create(
        county=COUNTY, name="审核二岗", scope="department", grants=EXAMINER, department=cast.market
    )
    colleague = officer(COUNTY, "钱文", "S012", post)
    assert page(colleague, TABS["examine"], SEP28.date(), only_mine=True).rows == []
    leave.let_go(cast.zhangmin, by=stage.admin, at=SEP28, reason="调离", hands_back=True)
    (row,) = page(colleague, TABS["examine"], SEP28.date(), only_mine=True).rows
    assert row.case == case
    examine.review(case, by=colleague, at=SEP28, favourable=True, text="建议准予。")


def test_whose_opinion_is_given_has_nothing_in_hand_and_what_is_sent_back_finds_no_leaver(
    stage: Stage,
) -> None:
    cast, case = stage.cast, forwarded(stage)
    examine.review(case, by=cast.zhangmin, at=SEP24, favourable=True, text="建议准予。")
    assert in_hand(cast.zhangmin) == []
    leave.let_go(cast.zhangmin, by=stage.admin, at=SEP28, reason="调离")
    examine.send_back_review(case, by=cast.chenju, at=SEP28, text="请再看布局图。")
    assert Case.objects.get(pk=case.pk).examiner is None


def test_what_was_forwarded_for_the_decision_is_in_hand(stage: Stage) -> None:
    cast, case = stage.cast, forwarded(stage)
    examine.review(case, by=cast.zhangmin, at=SEP24, favourable=True, text="建议准予。")
    head = Post.objects.get(held__officer=cast.chenju)
    deputy = officer(COUNTY, "孙国", "S013", head)
    examine.forward(case, by=cast.chenju, at=SEP24, to=deputy)
    assert [one.pk for one in in_hand(deputy)] == [case.pk]


def test_a_post_is_ended_only_when_another_lets_him_go_on(stage: Stage) -> None:
    cast = stage.cast
    forwarded(stage)
    held = Holding.objects.get(officer=cast.zhangmin)
    with pytest.raises(NotAllowed, match="请先转办"):
        leave.end_post(held, by=stage.admin, at=SEP28, last_day=SEP28.date())
    other = Post.objects.create(
        county=COUNTY, name="审核二岗", scope="department", grants=EXAMINER, department=cast.market
    )
    Holding.objects.create(officer=cast.zhangmin, post=other, since=SEP24.date())
    assert leave.end_post(held, by=stage.admin, at=SEP28, last_day=SEP28.date()).until == SEP28.date()


def test_only_who_manages_people_hands_back(stage: Stage) -> None:
    case = forwarded(stage)
    for who in (stage.cast.zhangmin, stage.cast.chenju, stage.cast.zhaoqiang, stage.cast.wangfang):
        with pytest.raises(NotGranted):
            leave.hand_back(case, by=who, at=SEP28)
        with pytest.raises(NotGranted):
            leave.let_go(stage.cast.zhangmin, by=who, at=SEP28, reason="调离", hands_back=True)
        with pytest.raises(NotGranted):
            leave.end_post(Holding.objects.first(), by=who, at=SEP28, last_day=SEP28.date())


def test_the_page_lists_the_cases_without_their_people(stage: Stage) -> None:
    case = forwarded(stage)
    admin = at_desk(stage.admin)
    page_of = f"/manage/organisation/officers/{stage.cast.zhangmin.pk}/close/"
    with on(SEP28):
        shown = admin.get(page_of).content.decode()
        assert f"手上没有办完的 1 件：{case.number} {case.item_name}，10 月 13 日到期" in shown
        assert "王芳" not in shown
        assert "请先转办" in admin.post(page_of, {"reason": "调离"}).content.decode()
        assert admin.post(page_of, {"reason": "调离", "hands_back": "on"}).status_code == 302
    assert Case.objects.get(pk=case.pk).examiner is None
