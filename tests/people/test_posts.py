"""Power hangs on posts: given by another, held for a time, and gone with the last day."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from onewindow.journal.models import Entry
from onewindow.journal.reads import verify
from onewindow.journal.write import history
from onewindow.people import acts
from onewindow.people.acts.accounts import AccountFaults
from onewindow.people.demonstration import DEMO_PASSWORD
from onewindow.people.models import Account, Holding, Officer, Post
from onewindow.people.reads import holders_in, names_of, on_duty, reach
from onewindow.places.models import County
from onewindow.places.write import organisation
from onewindow.rules.facts_org import OfficerLeft, PostEnded, StoodIn
from onewindow.rules.grants import FOUNDER, Grant, NotAllowed, NotGranted
from tests.cast import COUNTY, SEP24, at, officer
from tests.people.conftest import Stage

MONDAY, FRIDAY = date(2026, 9, 21), date(2026, 9, 25)
GOOD = "石榴花开满山-2026"


@pytest.fixture
def liuyang(stage: Stage) -> Officer:
    """A colleague at another window."""
    post = Post.objects.create(
        county=COUNTY, name="咨询帮办", scope="hall", hall=stage.cast.window.hall, grants=["people:file"]
    )
    return officer(COUNTY, "刘洋", "C002", post)


def test_a_stand_in_has_the_powers_for_the_days_and_not_a_day_longer(stage: Stage, liuyang: Officer) -> None:
    acts.stand_in(
        stage.desk,
        officer=liuyang,
        by=stage.admin,
        at=SEP24,
        since=MONDAY,
        until=FRIDAY,
        reason="李伟休假",
    )
    days = [MONDAY - timedelta(1), MONDAY, FRIDAY, FRIDAY + timedelta(1)]
    assert [stage.on(liuyang, day).may(Grant.INTAKE_RECEIVE) for day in days] == [False, True, True, False]
    assert [stage.on(liuyang, day).may(Grant.PEOPLE_FILE) for day in days] == [True] * 4
    assert not stage.on(liuyang, MONDAY).may(Grant.CASE_DECIDE)


def test_a_stand_in_is_written_into_the_journal_without_a_name(stage: Stage, liuyang: Officer) -> None:
    holding = acts.stand_in(
        stage.desk, officer=liuyang, by=stage.admin, at=SEP24, since=MONDAY, until=FRIDAY, reason="李伟休假"
    )
    fact = history(organisation(COUNTY))[-1]
    assert fact == StoodIn(
        on=MONDAY, holding=holding.pk, officer=liuyang.pk, post=stage.desk.pk, until=FRIDAY
    )
    entry = Entry.objects.get(fact="StoodIn")
    assert entry.by == stage.admin.actor_code
    assert "刘洋" not in str(entry.body)
    assert "李伟" not in str(entry.body)
    assert verify() == []


@pytest.mark.parametrize(
    ("since", "until", "reason"),
    [
        (FRIDAY, MONDAY, "倒着写"),
        (date(2026, 8, 1), date(2026, 8, 31), "已经过去"),
        (MONDAY, FRIDAY, "  "),
    ],
)
def test_a_stand_in_without_days_or_reason_is_refused(
    stage: Stage, liuyang: Officer, since: date, until: date, reason: str
) -> None:
    told = {"officer": liuyang, "by": stage.admin, "at": SEP24}
    with pytest.raises(NotAllowed):
        acts.stand_in(stage.desk, since=since, until=until, reason=reason, **told)
    assert not Holding.objects.filter(kind="stand_in").exists()


def test_nobody_sits_twice_in_one_post_at_the_same_time(stage: Stage, liuyang: Officer) -> None:
    told = {"officer": liuyang, "by": stage.admin, "at": SEP24, "reason": "李伟休假"}
    acts.stand_in(stage.desk, since=MONDAY, until=FRIDAY, **told)
    with pytest.raises(NotAllowed, match="已经任此岗位"):
        acts.stand_in(stage.desk, since=FRIDAY, until=FRIDAY + timedelta(3), **told)
    acts.stand_in(stage.desk, since=FRIDAY + timedelta(1), until=FRIDAY + timedelta(3), **told)


def test_nobody_gives_power_to_himself(stage: Stage) -> None:
    told = {"officer": stage.admin, "at": SEP24, "since": MONDAY}
    for act, more in ((acts.give_post, {}), (acts.stand_in, {"until": FRIDAY, "reason": "自己来"})):
        with pytest.raises(NotAllowed, match="自己"):
            act(stage.desk, by=stage.admin, **told, **more)
        act(stage.desk, by=stage.other_admin, **told, **more)
        Holding.objects.filter(officer=stage.admin, post=stage.desk).delete()


def test_an_ended_post_gives_no_power_on_the_next_day(stage: Stage) -> None:
    holding = Holding.objects.get(officer=stage.cast.liwei)
    acts.end_post(holding, by=stage.admin, at=SEP24, last_day=SEP24.date())
    assert stage.on(stage.cast.liwei, SEP24.date()).may(Grant.INTAKE_RECEIVE)
    assert not stage.on(stage.cast.liwei, SEP24.date() + timedelta(1)).may(Grant.INTAKE_RECEIVE)
    with pytest.raises(NotAllowed, match="不能追改"):
        acts.end_post(holding, by=stage.admin, at=SEP24, last_day=date(2026, 9, 1))


def test_whoever_left_has_no_power_no_account_and_keeps_his_name(stage: Stage) -> None:
    liwei = stage.cast.liwei
    acts.close_officer(liwei, by=stage.admin, at=SEP24, reason="调离")
    gone = Account.objects.with_owner().get(pk=liwei.account_id)
    assert not gone.is_active
    assert on_duty(gone, SEP24.date()) is None
    assert not stage.on(liwei, SEP24.date()).may(Grant.INTAKE_RECEIVE)
    facts = history(organisation(COUNTY))
    assert [type(fact) for fact in facts] == [PostEnded, OfficerLeft]
    assert names_of([liwei.actor_code])[liwei.actor_code] == "李伟"
    with pytest.raises(NotAllowed, match="已经离岗"):
        acts.close_officer(liwei, by=stage.admin, at=SEP24, reason="调离")
    with pytest.raises(NotAllowed, match="自己"):
        acts.close_officer(stage.admin, by=stage.admin, at=SEP24, reason="不干了")


def test_a_post_of_one_department_covers_nothing_of_another(stage: Stage) -> None:
    case = stage.cast.accepted()
    zhangmin, zhaoqiang = stage.cast.zhangmin, stage.cast.zhaoqiang
    assert zhangmin.may(Grant.CASE_EXAMINE, case)
    assert zhaoqiang.may(Grant.CASE_EXAMINE)
    assert not any(zhaoqiang.may(grant, case) for grant in Grant)
    assert reach(zhaoqiang, Grant.CASE_EXAMINE).departments == {stage.cast.police.pk}
    assert not type(case).objects.filter(reach(zhaoqiang).filter()).exists()
    assert type(case).objects.filter(reach(zhangmin).filter()).count() == 1
    there = {
        grant: [who.name for who in holders_in(stage.cast.market.pk, grant, SEP24.date())]
        for grant in (Grant.CASE_EXAMINE, Grant.CASE_DECIDE)
    }
    assert there == {Grant.CASE_EXAMINE: ["张敏"], Grant.CASE_DECIDE: ["陈局"]}


def test_a_post_covers_nothing_of_another_county(stage: Stage) -> None:
    elsewhere = County(code="371312000000", name="河东区", pack="hedong")
    assert stage.admin.may(Grant.PEOPLE_MANAGE, County.objects.get())
    assert not stage.admin.may(Grant.PEOPLE_MANAGE, elsewhere)
    with pytest.raises(NotGranted):
        acts.open_post(elsewhere, by=stage.admin, at=SEP24, name="越权岗", grants=[Grant.SUPERVISE])


def test_an_account_needs_a_good_name_and_a_good_password(stage: Stage) -> None:
    county = County.objects.get()
    told = {"by": stage.admin, "at": SEP24, "name": "新来的", "staff_no": "N1"}
    for username, password, field in (
        ("坏 名", GOOD, "username"),
        ("c003", "a" * 9, "password1"),
        ("xinlai", "石榴花开", "password1"),
        ("xinlai", "password1234", "password1"),
        ("xinlai", "20260924202609", "password1"),
        ("xinlai2026", "xinlai2026!", "password1"),
        ("xinlai", DEMO_PASSWORD, "password1"),
    ):
        with pytest.raises(AccountFaults) as wrong:
            acts.open_officer(county, username=username, password=password, **told)
        assert set(wrong.value.by_field) == {field}, (username, password)
    with pytest.raises(AccountFaults, match="C003"):
        acts.open_officer(county, username="xinlai", password=GOOD, **told | {"staff_no": "C003"})
    assert not Account.objects.filter(username="xinlai").exists()
    new = acts.open_officer(county, username="XinLai", password=GOOD, **told)
    assert (new.account.username, new.account.password_changed_at) == ("xinlai", None)
    with pytest.raises(AccountFaults, match="xinlai"):
        acts.open_officer(county, username="xinlai", password=GOOD, **told | {"staff_no": "N2"})


def test_everybody_changes_his_own_password_and_nobody_anothers(stage: Stage) -> None:
    liwei, zhangmin = stage.cast.liwei, stage.cast.zhangmin
    acts.reset_password(liwei, by=stage.admin, at=SEP24, password=GOOD)
    account = Account.objects.get(pk=liwei.account_id)
    assert account.password_changed_at is None
    for who, old, new, field in (
        (liwei, "不是原密码-1", "玉兰花开满山-2026", "oldpassword"),
        (liwei, GOOD, GOOD, "password1"),
        (liwei, GOOD, "1234567890", "password1"),
    ):
        with pytest.raises(AccountFaults) as wrong:
            acts.change_password(account, by=who, at=SEP24, old=old, new=new)
        assert set(wrong.value.by_field) == {field}
    for stranger in (zhangmin, stage.admin, stage.cast.wangfang):
        with pytest.raises(NotGranted):
            acts.change_password(account, by=stranger, at=SEP24, old=GOOD, new="玉兰花开满山-2026")
    acts.change_password(account, by=liwei, at=SEP24, old=GOOD, new="玉兰花开满山-2026")
    account.refresh_from_db()
    assert account.check_password("玉兰花开满山-2026")
    assert account.password_changed_at == SEP24


def test_one_person_gets_one_account(stage: Stage) -> None:
    fang = stage.cast.wangfang
    acts.open_citizen(fang, by=stage.cast.liwei, at=SEP24, username="wangfang", password=GOOD)
    with pytest.raises(NotAllowed, match="已经有账号"):
        acts.open_citizen(fang, by=stage.cast.liwei, at=SEP24, username="wangfang2", password=GOOD)
    assert Account.objects.with_owner().get(username="wangfang").display_name == "王芳"


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_administrators_at_once_seat_an_officer_once() -> None:
    county = County.objects.create(code=COUNTY, name="罗山县", pack="luoshan", demo=True)
    post = acts.open_post(county, by=FOUNDER, at=SEP24, name="督查岗", grants=[Grant.SUPERVISE])
    sunli = acts.open_officer(
        county, by=FOUNDER, at=SEP24, name="孙丽", staff_no="D1", username="sunli", password=None
    )
    start, given = Barrier(4), []

    def administrator() -> None:
        try:
            start.wait(timeout=20)
            given.append(acts.give_post(post, officer=sunli, by=FOUNDER, at=at(9, 24), since=MONDAY).pk)
        except NotAllowed:
            pass
        finally:
            connection.close()

    threads = [Thread(target=administrator) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert len(given) == 1 == Holding.objects.count()
    assert verify() == []
