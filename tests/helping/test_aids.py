"""便民服务: a home visit with its case, a green channel that goes first, and what a hall adds by itself."""

from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from onewindow.cases.acts.receive import Found, receive
from onewindow.emergency.acts.stopping import change_end, resume_service
from onewindow.hall.acts import calling
from onewindow.hall.models import Extension, Ticket, Visit
from onewindow.helping.acts import visiting
from onewindow.helping.acts.aids import AidWish, Offer, ask_aid, close_aid, offer_aid, withdraw_aid
from onewindow.helping.acts.rescheduling import change_day
from onewindow.helping.models import Aid, AidRequest
from onewindow.helping.reads import aids
from onewindow.helping.reads.aids import changed, register
from onewindow.helping.reads.every_day import days_open
from onewindow.intake.acts import counter as intake
from onewindow.intake.acts.papers import Paper, Told
from onewindow.journal.write import history
from onewindow.notices.models import Message, OfficerMessage
from onewindow.people.models import Absence
from onewindow.places.write import organisation
from onewindow.rules.bookings import Channel
from onewindow.rules.grants import NotAllowed, NotGranted
from onewindow.web.views.services import desk
from tests.cast import COUNTY, at, carry_out
from tests.emergency.test_stopping import stop
from tests.hall.booked import THURSDAY, Booked, in_service, somebody
from tests.web.citizen import on
from tests.web.desks import at_desk
from tests.web.test_booking_desk import text_of

pytestmark = pytest.mark.django_db
HOLIDAY = at(9, 26, 22, 0)  # in the Mid-Autumn holiday, at night
MONDAY = date(2026, 9, 28)


@pytest.fixture
def here() -> Booked:
    return in_service()


def aid(here: Booked, way: str = "home", **told: Any) -> Aid:
    said = {"way": way, "name": {"home": "上门服务", "green": "绿色通道"}.get(way, way), **told}
    return offer_aid(here.hall, by=here.floor.sunli, at=THURSDAY, offer=Offer(**said))


def ask(here: Booked, one: Aid, when: Any = THURSDAY, by: Any = None, **told: Any) -> AidRequest:
    said: dict[str, Any] = {
        "party": here.cast.wangfang,
        "on": MONDAY,
        "begins": time(10),
        "channel": Channel.COUNTER if by else Channel.WEB,
        "phone": "10095715339",
        "address": "测试路 1 号 2 单元",
        **told,
    }
    return ask_aid(AidWish(aid=one, **said), by=by or said["party"], at=when, once=uuid4())


def arranged(here: Booked, one: Aid, **told: Any) -> AidRequest:
    made = ask(here, one, **told)
    when = {"officer": here.liwei, "on": MONDAY, "begins": time(10)}
    return visiting.arrange(made, by=here.liwei, at=THURSDAY, **when)


def test_a_home_visit_is_asked_for_on_a_holiday_at_night_and_answered_when_the_hall_opens(
    here: Booked,
) -> None:
    one = aid(here, grounds=("残疾人", "老年人"))
    with pytest.raises(NotAllowed, match="哪一种情形"):
        ask(here, one, HOLIDAY)
    with pytest.raises(NotAllowed, match="门牌号"):
        ask(here, one, HOLIDAY, ground="老年人", address="")
    made = ask(here, one, HOLIDAY, ground="老年人")
    assert (made.number, made.stage, made.channel) == ("SM20260926-001", "asked", "web")
    assert made.answer_due == at(9, 28, 9, 30)
    with pytest.raises(NotAllowed, match="已经申请过"):
        ask(here, one, HOLIDAY, ground="老年人")
    carry_out(made.subject)
    assert OfficerMessage.objects.filter(officer=here.liwei, kind="AidAsked").exists()
    assert "测试路" not in str([entry.body for entry in made.subject.entries.all()])


@pytest.mark.req("ZH-2.4.3b")
def test_a_home_visit_gets_staff_and_date_and_after_it_the_case_exists_with_the_channel_at_home(
    here: Booked,
) -> None:
    made = arranged(here, aid(here))
    assert (made.stage, made.officer, made.on) == ("arranged", here.liwei, MONDAY)
    carry_out(made.subject)
    assert "上门" in Message.objects.get(kind="AidArranged:party").text
    nine = at(9, 28, 9, 30)
    visiting.set_out(made, by=here.liwei, at=nine)
    there = visiting.reach(made, by=here.liwei, at=nine + timedelta(minutes=30))
    assert there.visit is not None
    begun = intake.begin(
        here.cast.version,
        by=here.cast.liwei,
        at=nine,
        once=uuid4(),
        applicant=here.cast.wangfang,
        window=here.cast.window,
        visit=there.visit.pk,
        at_home=True,
    )
    sealed = intake.take_in(
        here.cast.version,
        by=here.cast.liwei,
        at=nine,
        once=begun.once,
        applicant=here.cast.wangfang,
        window=here.cast.window,
        form={"shop": "罗山县芳邻小面馆", "area": 46},
        papers=[Paper(material) for material in here.cast.materials],
        told=Told(phone="10095715339"),
    )
    findings = {material.pk: Found("fits", "") for material in here.cast.materials}
    case = receive(sealed, by=here.cast.liwei, at=nine, findings=findings)
    assert (case.application.channel, case.application.get_channel_display()) == ("visit", "上门")
    assert case.application.visit == there.visit
    with pytest.raises(NotAllowed, match="承办人和申请人还没有签字"):
        visiting.close(made, by=here.liwei, at=nine, outcome="收件一件")
    visiting.sign_handler(made, by=here.liwei, at=nine)
    visiting.sign_applicant(made, by=here.liwei, at=nine, signature=None, on_paper=True)
    done = visiting.close(made, by=here.liwei, at=nine + timedelta(hours=1), outcome="收件一件")
    assert done.stage == "done"
    assert Visit.objects.get(pk=there.visit.pk).ended_at is not None


@pytest.mark.req("FC-3.3.17c")
def test_on_every_date_of_the_year_something_is_open_and_a_visit_can_be_asked_for_on_a_holiday(
    here: Booked,
) -> None:
    one = aid(here)
    days = days_open(here.hall, date(2026, 1, 1), date(2026, 12, 31), [one])
    assert len(days) == 365
    assert all("申请上门服务" in day.ways for day in days)
    by_day = {day.on: day for day in days}
    assert by_day[MONDAY].hours == ["09:00–12:00", "13:30–17:00"]
    national_day = by_day[date(2026, 10, 1)]
    assert (national_day.hours, national_day.booked) == ([], ["节假日 09:00–12:00（先预约）"])
    assert ask(here, one, at(10, 1, 9, 0), on=date(2026, 10, 2)).stage == "asked"


def test_nobody_is_sent_who_is_on_leave_and_a_visit_begins_with_setting_out(here: Booked) -> None:
    made = ask(here, aid(here))
    with pytest.raises(NotGranted):
        visiting.arrange(
            made, by=here.cast.zhaoqiang, at=THURSDAY, officer=here.liwei, on=MONDAY, begins=time(9)
        )
    Absence.objects.create(
        county=COUNTY,
        officer=here.liwei,
        kind="leave",
        since=MONDAY,
        until=MONDAY,
        entered_by="x",
        entered_at=THURSDAY,
    )
    with pytest.raises(NotAllowed, match="休假"):
        visiting.arrange(made, by=here.liwei, at=THURSDAY, officer=here.liwei, on=MONDAY, begins=time(9))
    with pytest.raises(NotAllowed, match="等安排"):
        visiting.reach(made, by=here.liwei, at=THURSDAY)
    with pytest.raises(NotAllowed, match="为什么不能提供"):
        visiting.decline(made, by=here.liwei, at=THURSDAY, reason="不")
    assert (
        visiting.decline(made, by=here.liwei, at=THURSDAY, reason="当天没有人手，请改约").stage == "declined"
    )
    other = ask(here, made.aid)
    assert withdraw_aid(other, by=here.cast.wangfang, at=THURSDAY).stage == "withdrawn"


@pytest.mark.req("JN-6j")
def test_each_of_the_four_services_lands_in_the_register_under_its_own_number(here: Booked) -> None:
    for way, name in (("extended", "延时服务"), ("agency", "代办服务"), ("green", "绿色通道")):
        ask(here, aid(here, way, name=name))
    booking = aid(here, "booking", name="预约服务")
    with pytest.raises(NotAllowed, match="预约办理"):
        ask(here, booking)
    offered = Client().get("/hall/services/").content.decode()
    assert all(word in offered for word in ("延时服务", "预约服务", "代办服务", "绿色通道"))
    booked = here.ask(on=MONDAY, begins=time(9))
    found = {one.number[:2] for one in register(here.liwei)} | {booked.number[:2]}
    assert found == {"YS", "DB", "LT", "YY"}


def test_a_hall_adds_a_service_of_its_own_without_a_programmer(here: Booked) -> None:
    fields = [{"label": "几楼、有没有电梯", "needed": True}]
    own = aid(here, "own", name="轮椅接送", fields=fields)
    with pytest.raises(NotAllowed, match="几楼"):
        ask(here, own)
    made = ask(here, own, told={"几楼、有没有电梯": "三楼，没有"})
    assert made.told == {"几楼、有没有电梯": "三楼，没有"}
    assert list(register(here.liwei, aid=own.pk)) == [made]
    close_aid(own, by=here.floor.sunli, at=THURSDAY)
    own.refresh_from_db()
    with pytest.raises(NotAllowed, match="现在不提供"):
        ask(here, own, party=somebody("周洁", "991523198803040435"))
    with pytest.raises(NotGranted):
        offer_aid(here.hall, by=here.liwei, at=THURSDAY, offer=Offer(way="own", name="另一项"))


@pytest.mark.req("JN-6k")
def test_a_green_channel_is_called_before_who_waits_and_the_same_paper_gives_one_number(here: Booked) -> None:
    nine = at(9, 28, 9, 0)
    waits = here.floor.take(when=nine - timedelta(minutes=20))
    made = arranged(here, aid(here, "green", grounds=("紧急情况",)), ground="紧急情况")
    assert made.arranged_by == here.liwei
    came = visiting.check_in(made, by=here.liwei, at=nine)
    assert came.ticket is not None
    assert came.ticket.priority == "green"
    assert visiting.check_in(made, by=here.liwei, at=nine).ticket == came.ticket
    called = calling.call_next(here.floor.windows["3"], by=here.floor.liwei, at=nine)
    assert called == came.ticket != waits
    cast, told = here.cast, {"applicant": here.cast.wangfang, "window": here.cast.window}
    begun = intake.begin(cast.version, by=cast.liwei, at=nine, once=uuid4(), visit=called.visit_id, **told)
    sealed = intake.take_in(
        cast.version,
        by=cast.liwei,
        at=nine,
        once=begun.once,
        form={"shop": "罗山县芳邻小面馆", "area": 46},
        papers=[Paper(material) for material in cast.materials],
        told=Told(phone="10095715339"),
        **told,
    )
    findings = {material.pk: Found("fits", "") for material in cast.materials}
    case = receive(sealed, by=cast.liwei, at=nine, findings=findings)
    with on(nine):
        shown = at_desk(cast.liwei).get(f"/cases/{case.number}/").content.decode()
    assert '<span class="ow-tag ow-tag--green">绿色通道</span>' in shown
    assert "紧急情况，李伟同意" in shown
    assert made.number in shown
    assert visiting.close(made, by=here.liwei, at=nine, outcome="已受理").stage == "done"


def test_another_day_gives_no_number(here: Booked) -> None:
    made = arranged(here, aid(here, "green"))
    with pytest.raises(NotAllowed, match="9 月 28 日"):
        visiting.check_in(made, by=here.liwei, at=at(9, 27, 9, 0))


def test_whoever_has_to_come_is_told_when_the_hall_is_open_and_who_stays_at_home_is_not(here: Booked) -> None:
    with pytest.raises(NotAllowed, match="那天开门的时间是 09:00–17:00"):
        ask(here, aid(here, "green"), on=MONDAY, begins=time(20))
    with pytest.raises(NotAllowed, match="开门的时间"):
        ask(here, aid(here, "escort"), on=MONDAY, begins=time(7, 30))
    assert ask(here, aid(here), on=MONDAY, begins=time(20)).stage == "asked"  # 上门
    green = ask(here, here.hall.aids.get(way="green"), on=MONDAY, begins=time(9))
    with pytest.raises(NotAllowed, match="开门的时间"):
        visiting.arrange(green, by=here.liwei, at=THURSDAY, officer=here.liwei, on=MONDAY, begins=time(20))


def test_whoever_is_to_come_to_a_stopped_hall_is_told_and_has_another_day_in_one_step(here: Booked) -> None:
    green = arranged(here, aid(here, "green"), ground="")
    later = ask(here, aid(here, "escort"), on=MONDAY, begins=time(14))
    home = arranged(here, aid(here))
    stop(here)  # on Monday until noon
    stop_again = [one.pk for one, gone in changed(COUNTY, at(9, 28, 8, 40)) if gone]
    assert stop_again == []
    rows = {one.pk: one.gone for one in register(here.floor.sunli)}
    assert rows == {green.pk: True, later.pk: False, home.pk: False}  # who is at home is not in the hall
    carry_out(green.subject)
    told = Message.objects.get(kind="AidDisplaced:party").text
    assert "停止服务（停电）" in told
    assert "改到别的日子" in told
    assert OfficerMessage.objects.filter(officer=here.liwei, kind="AidDisplaced").exists()
    ten, his = at(9, 28, 10, 0), here.cast.wangfang
    with pytest.raises(NotAllowed, match="12:00 恢复"):
        change_day(green, by=his, at=ten, on=MONDAY, begins=time(11))
    with pytest.raises(NotAllowed, match="12:00 恢复"):
        visiting.arrange(green, by=here.liwei, at=ten, officer=here.liwei, on=MONDAY, begins=time(11))
    with pytest.raises(NotAllowed, match="12:00 恢复"):
        ask(
            here,
            here.hall.aids.get(way="green"),
            ten,
            begins=time(11),
            party=somebody("周洁", "991523198803040435"),
        )
    moved = change_day(green, by=his, at=ten, on=MONDAY, begins=time(15))
    assert (moved.stage, moved.begins, moved.officer) == ("asked", time(15), None)
    assert not any(one.gone for one in register(here.floor.sunli))
    change_day(green, by=his, at=ten, on=MONDAY, begins=time(15))  # pressed twice
    assert [fact.name for fact in history(green.subject)].count("AidMoved") == 1
    tuesday = date(2026, 9, 29)
    ask(here, later.aid, on=tuesday, begins=time(14))
    with pytest.raises(NotAllowed, match="另选一天"):
        change_day(later, by=his, at=ten, on=tuesday, begins=time(9))
    carry_out(green.subject)
    assert OfficerMessage.objects.filter(officer=here.liwei, kind="AidMoved").exists()


def test_a_stop_that_lasts_longer_takes_the_next_hour_too_and_gives_it_back_when_it_ends(
    here: Booked,
) -> None:
    two = arranged(here, aid(here, "green"), ground="")
    stop(here, until=at(9, 28, 9, 30))
    assert not any(one.gone for one in register(here.floor.sunli))
    change_end(here.hall, by=here.floor.sunli, at=at(9, 28, 9, 0), until=at(9, 28, 11, 0))
    carry_out(organisation(COUNTY))
    assert [one.gone for one in register(here.floor.sunli)] == [True]
    resume_service(here.hall, by=here.floor.sunli, at=at(9, 28, 9, 20))
    carry_out(organisation(COUNTY))
    carry_out(two.subject)
    assert [one.gone for one in register(here.floor.sunli)] == [False]
    assert "照原来的时间办" in Message.objects.get(kind="AidRestored:party").text


def test_who_said_beforehand_that_he_comes_after_closing_stands_in_the_register_of_extended_service(
    here: Booked,
) -> None:
    one = aid(here, "extended", grounds=("赶不上下班前到",))
    made = ask(here, one, ground="赶不上下班前到", begins=time(17))
    visiting.arrange(made, by=here.liwei, at=THURSDAY, officer=here.liwei, on=MONDAY, begins=time(17))
    came = visiting.check_in(made, by=here.liwei, at=at(9, 28, 17, 10))
    assert came.ticket is not None
    kept = Extension.objects.get(ticket=came.ticket)
    assert (kept.stage, kept.party, kept.officer) == ("open", here.cast.wangfang, here.liwei)
    assert made.number in kept.why
    assert Ticket.objects.get(pk=came.ticket_id).covered
    early = ask(here, one, ground="赶不上下班前到", on=date(2026, 9, 29), begins=time(10))
    when = date(2026, 9, 29)
    visiting.arrange(early, by=here.liwei, at=THURSDAY, officer=here.liwei, on=when, begins=time(10))
    visiting.check_in(early, by=here.liwei, at=at(9, 29, 10, 0))
    assert Extension.objects.count() == 1, "in the middle of the day he is served as everybody"


def test_the_register_is_turned_page_by_page_and_a_print_that_was_cut_says_so(
    here: Booked, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, clerk = aid(here), at_desk(here.liwei)
    made = [ask(here, one, party=somebody("王测试", f"99152319880310{n}")) for n in (1001, 1002, 1003)]
    numbers = [row.number for row in reversed(made)]
    monkeypatch.setattr(aids, "PAGE", 2)
    monkeypatch.setattr(desk, "MOST_PRINTED", 2)
    with on(THURSDAY):
        first = clerk.get("/services/?stage=open").context
        rest = clerk.get(f"/services/?stage=open&after={first['next_key']}").context
        printed = text_of(clerk.get("/services/register.pdf?stage=open").content)
        monkeypatch.setattr(desk, "MOST_PRINTED", 3)
        whole = text_of(clerk.get("/services/register.pdf?stage=open").content)
    assert [row.number for row, _ in first["rows"]] == numbers[:2]
    assert [row.number for row, _ in rest["rows"]] == numbers[2:]
    assert (rest["next_key"], rest["asked"]) == ("", "stage=open"), "paper begins with the first line"
    assert "共 3 件，这里只印了日子最近的 2 件，其余的请选日期分开打印" in printed
    assert "只印了" not in whole
