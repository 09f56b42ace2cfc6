"""Nobody waits for whoever is away: B stands in by himself, and no longer than the leave lasts."""

from datetime import date, datetime

import pytest

from onewindow.cases.acts import decide, examine, void
from onewindow.cases.models import Case
from onewindow.cases.reads.hands import seats
from onewindow.cases.reads.work import TABS, page
from onewindow.journal.models import Entry
from onewindow.journal.write import history
from onewindow.notices.models import OfficerMessage
from onewindow.people import acts
from onewindow.people.acts import Leave
from onewindow.people.away import without_b
from onewindow.people.models import Absence, Holding, Officer, Post
from onewindow.people.tick import leaves
from onewindow.places.write import organisation
from onewindow.rules.facts_absence import LeaveBegan, LeaveEnded
from onewindow.rules.grants import Grant, NotAllowed, NotGranted
from tests.cast import COUNTY, EXAMINER, SEP24, at, carry_out, officer
from tests.people.conftest import Stage, stage

pytestmark = pytest.mark.django_db
__all__ = ["stage"]
MON, TUE, WED, NEXT = at(9, 28, 8), at(9, 29), at(9, 30), at(10, 8)


def arranging(who: Officer) -> Officer:
    """Whoever heads a department may arrange who stands in."""
    post = who.posts[0]
    post.grants = [*post.grants, Grant.ABSENCE_ARRANGE.value]
    post.head = True
    post.save(update_fields=["grants", "head"])
    return who


class AB:
    """张敏 is A of the examining post, 钱文 of a second one and B of hers; 陈局 heads them."""

    def __init__(self, stage: Stage) -> None:
        self.stage, cast = stage, stage.cast
        self.chenju = arranging(cast.chenju)
        self.post = Post.objects.get(held__officer=cast.zhangmin)
        self.second = Post.objects.create(
            county=COUNTY, name="核查岗", scope="department", grants=["people:unmask"], department=cast.market
        )
        self.b = officer(COUNTY, "钱文", "S012", self.second)
        acts.name_deputy(self.post, officer=self.b, by=self.chenju, at=SEP24)

    def today(self, who: Officer, when: datetime) -> Officer:
        return self.stage.on(Officer.objects.get(pk=who.pk), when.date())

    def leave(self, since: int = 28, until: int = 30, when: datetime = SEP24) -> Absence:
        told = Leave(kind="leave", since=date(2026, 9, since), until=date(2026, 9, until))
        return acts.go_on_leave(self.stage.cast.zhangmin, by=self.stage.cast.zhangmin, at=when, leave=told)

    def his_case(self) -> Case:
        case = self.stage.cast.accepted()
        return examine.forward(case, by=self.chenju, at=SEP24, to=self.stage.cast.zhangmin)


@pytest.fixture
def ab(stage: Stage) -> AB:
    return AB(stage)


def told(who: Officer) -> list[str]:
    return list(OfficerMessage.objects.filter(officer=who).order_by("pk").values_list("title", flat=True))


def test_b_examines_what_waits_for_a_and_both_names_stand_in_the_record(ab: AB) -> None:
    case = ab.his_case()
    ab.leave()
    leaves(MON)
    carry_out(organisation(COUNTY))
    assert told(ab.b) == ["张敏休假，由您顶岗", "今天起您替张敏顶岗"]
    b = ab.today(ab.b, MON)
    (row,) = page(b, TABS["examine"], MON.date(), only_mine=True).rows
    assert row.case == case
    assert seats(case, MON.date()).in_charge() == [b]
    opinion = examine.review(case, by=b, at=MON, favourable=True, text="建议准予。")
    assert (opinion.by, opinion.instead_of) == (b, ab.stage.cast.zhangmin)
    entry = Entry.objects.filter(subject=case.subject).latest("place")
    assert (entry.by, entry.body["instead"]) == (b.actor_code, ab.stage.cast.zhangmin.pk)
    assert Case.objects.get(pk=case.pk).examiner == ab.stage.cast.zhangmin


def test_the_powers_of_the_post_end_by_themselves_with_the_last_day(ab: AB) -> None:
    ab.leave()
    days = [date(2026, 9, 25), date(2026, 9, 28), date(2026, 9, 30), date(2026, 10, 1)]
    found = [ab.stage.on(ab.b, day).may(Grant.CASE_EXAMINE) for day in days]
    assert found == [False, True, True, False]


@pytest.mark.req("ZH-2.4.3h", "JN-12e")
def test_a_new_case_goes_to_b_alone_while_a_is_away(ab: AB) -> None:
    case = ab.stage.cast.accepted()
    before = seats(case, SEP24.date()).in_charge()
    ab.leave()
    assert [one.name for one in before] == ["张敏"]
    assert [one.name for one in seats(case, MON.date()).in_charge()] == ["钱文"]
    with pytest.raises(NotAllowed, match="张敏到 9 月 30 日不在岗，不能转给他。请转给替他顶岗的钱文"):
        examine.forward(case, by=ab.chenju, at=MON, to=ab.stage.cast.zhangmin)


@pytest.mark.req("JN-12e")
def test_b_may_not_go_while_he_stands_in_unless_the_head_names_who_takes_over(ab: AB) -> None:
    ab.leave()
    away = Leave(kind="training", since=date(2026, 9, 29), until=date(2026, 9, 29))
    with pytest.raises(NotAllowed, match="您要替张敏顶“审核岗”到 9 月 30 日，A、B角不能同时不在"):
        acts.go_on_leave(ab.b, by=ab.b, at=SEP24, leave=away)
    assert not Absence.objects.filter(officer=ab.b).exists()
    acts.send_on_leave(ab.second, officer=ab.b, by=ab.chenju, at=SEP24, leave=away, takes_over=ab.chenju)
    assert ab.stage.on(ab.b, date(2026, 9, 28)).may(Grant.CASE_EXAMINE)
    assert not ab.stage.on(ab.b, date(2026, 9, 29)).may(Grant.CASE_EXAMINE)
    assert [ab.stage.on(ab.chenju, date(2026, 9, day)).may(Grant.CASE_EXAMINE) for day in (28, 29, 30)] == [
        False,
        True,
        True,
    ]


def test_a_may_not_go_while_b_is_away(ab: AB) -> None:
    acts.go_on_leave(
        ab.b, by=ab.b, at=SEP24, leave=Leave(kind="leave", since=date(2026, 9, 30), until=date(2026, 9, 30))
    )
    with pytest.raises(NotAllowed, match="“审核岗”的B角钱文9 月 30 日至 9 月 30 日也不在岗"):
        ab.leave()
    with pytest.raises(NotAllowed, match=r"钱文.*也不在岗，不能顶岗"):
        acts.send_on_leave(
            ab.post,
            officer=ab.stage.cast.zhangmin,
            by=ab.chenju,
            at=SEP24,
            leave=Leave(kind="sick", since=date(2026, 9, 30), until=date(2026, 9, 30)),
            takes_over=ab.b,
        )


def test_where_nobody_is_b_the_head_gets_the_work_and_is_told(ab: AB) -> None:
    acts.name_deputy(ab.second, officer=ab.stage.cast.zhangmin, by=ab.chenju, at=SEP24)
    ab.post.deputies.update(ended_at=SEP24)
    case = ab.his_case()
    ab.leave()
    leaves(MON)
    carry_out(organisation(COUNTY))
    assert told(ab.chenju) == ["张敏休假，由您顶岗", "今天起您替张敏顶岗"]
    assert seats(case, MON.date()).in_charge() == [ab.chenju]


def test_who_took_part_in_another_role_does_not_decide_and_the_head_names_somebody_else(ab: AB) -> None:
    """陈局 is away and B examined the case: four eyes stay four."""
    case, head = ab.his_case(), Post.objects.get(held__officer=ab.chenju)
    acts.name_deputy(head, officer=ab.b, by=ab.stage.cast.chenju, at=SEP24)
    ab.leave(28, 28)
    examine.review(case, by=ab.today(ab.b, MON), at=MON, favourable=True, text="建议准予。")
    away = Leave(kind="out", since=TUE.date(), until=WED.date())
    gone = acts.go_on_leave(ab.chenju, by=ab.chenju, at=MON, leave=away)
    case.refresh_from_db()
    with pytest.raises(NotAllowed, match="您正在顶岗，您或者您顶的人审核过本件：请由部门负责人决定"):
        decide.grant(case, by=ab.today(ab.b, TUE), at=TUE, text="准予。")
    post = Post.objects.create(
        county=COUNTY,
        name="综合岗",
        scope="department",
        grants=["people:unmask"],
        department=ab.stage.cast.market,
    )
    other = officer(COUNTY, "周正", "S013", post)
    acts.name_cover(head, absence=gone, officer=other, by=ab.chenju, at=TUE)
    deputy = ab.today(other, TUE)
    assert not ab.today(ab.b, TUE).may(Grant.CASE_DECIDE)
    decide.grant(case, by=deputy, at=TUE, text="准予。")
    entry = Entry.objects.filter(subject=case.subject, fact="Granted").get()
    assert (entry.by, entry.body["instead"]) == (deputy.actor_code, ab.chenju.pk)


def test_the_head_enters_a_sudden_absence_on_the_same_morning(ab: AB) -> None:
    case = ab.his_case()
    told_so = Leave(kind="sick", since=MON.date(), until=TUE.date(), reason="发烧")
    acts.send_on_leave(ab.post, officer=ab.stage.cast.zhangmin, by=ab.chenju, at=MON, leave=told_so)
    assert [one.name for one in seats(case, MON.date()).in_charge()] == ["钱文"]
    yesterday = Leave(kind="sick", since=MON.date(), until=TUE.date())
    with pytest.raises(NotAllowed, match="不能早于今天"):
        acts.send_on_leave(ab.second, officer=ab.b, by=ab.chenju, at=TUE, leave=yesterday)


def test_who_comes_back_early_ends_the_standing_in_at_once(ab: AB) -> None:
    case, gone = ab.his_case(), ab.leave()
    leaves(MON)
    b = ab.today(ab.b, TUE)
    assert b.may(Grant.CASE_EXAMINE)
    acts.come_back(gone, by=ab.stage.cast.zhangmin, at=TUE)
    assert not ab.today(ab.b, TUE).may(Grant.CASE_EXAMINE)
    assert [one.name for one in seats(case, TUE.date()).in_charge()] == ["张敏"]
    with pytest.raises(NotAllowed, match="已经销假"):
        acts.come_back(gone, by=ab.stage.cast.zhangmin, at=TUE)


def test_a_leave_that_is_called_off_leaves_no_powers_behind(ab: AB) -> None:
    gone = ab.leave()
    back = acts.come_back(gone, by=ab.stage.cast.zhangmin, at=at(9, 25))
    assert (back.back_on, back.away_on(date(2026, 9, 28))) == (date(2026, 9, 28), False)
    assert not ab.today(ab.b, MON).may(Grant.CASE_EXAMINE)
    assert Holding.objects.filter(absence=gone, until__gte=date(2026, 9, 28)).count() == 0
    ab.leave()


def test_the_tick_begins_and_ends_a_leave_once(ab: AB) -> None:
    gone = ab.leave()
    assert [leaves(SEP24), leaves(MON), leaves(TUE), leaves(at(10, 1)), leaves(NEXT)] == [0, 1, 0, 1, 0]
    facts = history(organisation(COUNTY))[-2:]
    assert facts == (
        LeaveBegan(on=MON.date(), absence=gone.pk, officer=gone.officer_id),
        LeaveEnded(
            on=date(2026, 10, 1), absence=gone.pk, officer=gone.officer_id, last_day=date(2026, 9, 30)
        ),
    )
    carry_out(organisation(COUNTY))
    assert told(ab.stage.cast.zhangmin) == ["您回来了：这几天办了什么"]


def test_what_is_sent_back_after_the_leave_waits_for_a_again(ab: AB) -> None:
    case = ab.his_case()
    ab.leave(28, 28)
    examine.review(case, by=ab.today(ab.b, MON), at=MON, favourable=True, text="建议准予。")
    examine.send_back_review(case, by=ab.chenju, at=TUE, text="请再看布局图。")
    assert Case.objects.get(pk=case.pk).examiner == ab.stage.cast.zhangmin


@pytest.mark.req("ZH-2.4.3h")
def test_the_posts_without_b_are_listed(ab: AB) -> None:
    assert {post.name for post in without_b(COUNTY, SEP24.date())} == {"核查岗", "局长", "审核岗"}
    assert ab.post not in without_b(COUNTY, SEP24.date())  # 审核岗 of the police is the one that lacks it


def test_nobody_is_his_own_b_and_nobody_enters_for_others_without_the_power(ab: AB) -> None:
    with pytest.raises(NotAllowed, match="张敏就是这个岗位的A角"):
        acts.name_deputy(ab.post, officer=ab.stage.cast.zhangmin, by=ab.chenju, at=SEP24)
    leave = Leave(kind="leave", since=MON.date(), until=MON.date())
    with pytest.raises(NotGranted):
        acts.go_on_leave(ab.stage.cast.zhangmin, by=ab.b, at=SEP24, leave=leave)
    for who in (ab.b, ab.stage.cast.zhaoqiang):
        with pytest.raises(NotGranted):
            acts.send_on_leave(ab.post, officer=ab.stage.cast.zhangmin, by=who, at=SEP24, leave=leave)


def test_what_a_stand_in_does_by_his_own_post_is_his_own(ab: AB) -> None:
    """钱文 examines by his own post too; only what stands in 张敏's name carries both names."""
    ab.second.grants = [grant.value for grant in EXAMINER]
    ab.second.save(update_fields=["grants"])
    hers, free = ab.his_case(), ab.stage.cast.accepted()
    ab.leave()
    b = ab.today(ab.b, MON)
    examine.review(hers, by=b, at=MON, favourable=True, text="建议准予。")
    examine.review(free, by=b, at=MON, favourable=True, text="建议准予。")
    rows = Entry.objects.filter(fact="Reviewed").order_by("pk")
    assert [one.body.get("instead") for one in rows] == [ab.stage.cast.zhangmin.pk, None]


def test_a_stand_in_counts_as_both_and_does_not_confirm_what_the_other_asked_for(ab: AB) -> None:
    """陈局 says that an acceptance is wrong and goes on leave: whoever sits in his place does not settle it."""
    case, head = ab.his_case(), Post.objects.get(held__officer=ab.chenju)
    acts.name_deputy(head, officer=ab.b, by=ab.stage.cast.chenju, at=SEP24)
    place = Entry.objects.get(subject=case.subject, fact="Accepted").place
    told = {"place": place, "cause": "slip", "reason": "误点了受理。"}
    asked = void.ask_void(Case.objects.get(pk=case.pk), by=ab.today(ab.chenju, SEP24), at=SEP24, **told)
    away = Leave(kind="out", since=MON.date(), until=WED.date())
    acts.go_on_leave(ab.chenju, by=ab.chenju, at=SEP24, leave=away)
    with pytest.raises(NotAllowed, match="提出作废和确认作废不能是同一个人"):
        void.confirm_void(Case.objects.get(pk=case.pk), by=ab.today(ab.b, MON), at=MON, voiding=asked.pk)
