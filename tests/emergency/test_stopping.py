"""停止服务: one button stops a hall, tells all who are booked, gives them another time in one step, and goes on again."""

from datetime import date, time, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from onewindow.emergency.acts.stopping import change_end, resume_service, stop_service
from onewindow.emergency.models import Stop
from onewindow.hall.acts import calling
from onewindow.hall.acts.answering import agree, confirm, propose
from onewindow.hall.acts.asking import change
from onewindow.hall.acts.coming import abandon, arrive, lapse
from onewindow.hall.acts.displacing import withdraw_sitting
from onewindow.hall.acts.openings import end_hours
from onewindow.hall.gone import waiting
from onewindow.hall.models import Booking, Session
from onewindow.hall.tick_bookings import tick
from onewindow.notices.models import Message, OfficerMessage, Sending
from onewindow.people.models import Officer, Post
from onewindow.places.acts import import_notice
from onewindow.places.models import Hall, Opening
from onewindow.places.write import organisation
from onewindow.rules.grants import SYSTEM, Grant, NotAllowed, NotGranted
from tests.cases.test_calendar import NOTICE
from tests.cast import COUNTY, at, carry_out, officer
from tests.hall.booked import MONDAY, SATURDAY, THURSDAY, Booked, in_service, somebody
from tests.oversight.stage import supervisor

pytestmark = pytest.mark.django_db
MORNING, NOON = at(9, 28, 8, 0), at(9, 28, 12, 0)


@pytest.fixture
def here() -> Booked:
    return in_service()


def stop(here: Booked, until: object = NOON, **told: object) -> Stop:
    said = {"by": here.floor.sunli, "at": MORNING, "reason": "停电", "until": until, **told}
    made = stop_service(Hall.objects.get(pk=here.hall.pk), **said)  # type: ignore[arg-type]
    follow(here)
    return made


def follow(here: Booked) -> None:
    carry_out(organisation(COUNTY))
    for one in Booking.objects.select_related("subject"):
        carry_out(one.subject)
    here.hall.refresh_from_db()


def again(booking: Booking) -> Booking:
    return Booking.objects.select_related("hall", "line", "party", "subject", "session").get(pk=booking.pk)


def test_a_stopped_hall_gives_no_number_calls_nobody_and_lets_who_is_served_finish(here: Booked) -> None:
    floor = here.floor
    early = {"when": MORNING - timedelta(minutes=9), "outside": "他早到，要赶火车"}
    served, waits = floor.take(**early), floor.take(when=MORNING, outside="他早到，要赶火车")
    calling.call_next(floor.windows["3"], by=floor.liwei, at=MORNING)
    stop(here)
    floor.hall.refresh_from_db()
    with pytest.raises(NotAllowed, match="停止服务：停电。预计 12:00 恢复"):
        floor.take(when=MORNING)
    calling.begin(served, by=floor.liwei, at=MORNING)
    assert calling.finish(served, by=floor.liwei, at=MORNING).stage == "done"
    with pytest.raises(NotAllowed, match="停止服务"):
        calling.call_next(floor.windows["3"], by=floor.liwei, at=MORNING)
    resume_service(floor.hall, by=floor.sunli, at=NOON)
    floor.hall.refresh_from_db()
    assert floor.take(when=NOON, outside="大厅刚恢复服务").stage == "waiting"
    assert calling.call_next(floor.windows["3"], by=floor.liwei, at=NOON) == waits  # his place was kept


def test_all_who_are_booked_for_the_span_are_told_and_who_comes_later_is_not(here: Booked) -> None:
    boss, booked = supervisor(), here.ask(on=MONDAY, begins=time(9))
    later = here.ask(on=MONDAY, begins=time(14), party=somebody("周洁", "991523198803040435"))
    stop(here)
    booked, later = again(booked), again(later)
    assert (booked.stage, booked.why_gone, later.gone_at) == ("confirmed", "stop", None)
    told = Message.objects.get(kind="BookingDisplaced:party")
    assert "大厅停止服务（停电）" in told.text
    assert "改到别的时间" in told.text
    assert Sending.objects.filter(message=told, channel="sms").exists()
    assert [one.pk for one in waiting(COUNTY, [here.hall])[0]] == [booked.pk]
    assert OfficerMessage.objects.filter(officer=boss, kind="ServiceStopped").exists()
    follow(here)  # what follows runs twice and tells once
    assert Message.objects.filter(kind="BookingDisplaced:party").count() == 1


def test_he_has_another_time_in_one_step_though_his_hour_has_passed(here: Booked) -> None:
    booked = here.ask(on=MONDAY, begins=time(9))
    stop(here)
    ten = at(9, 28, 10, 0)
    assert not lapse(again(booked), by=SYSTEM, at=ten)  # it was not he who did not come
    with pytest.raises(NotAllowed, match="12:00 以前停止服务"):
        change(again(booked), by=here.cast.wangfang, at=ten, on=MONDAY, begins=time(11))
    moved = change(again(booked), by=here.cast.wangfang, at=ten, on=MONDAY, begins=time(14))
    assert (moved.stage, moved.begins, moved.gone_at) == ("confirmed", time(14), None)
    assert waiting(COUNTY, [here.hall]) == ([], "")


def test_who_goes_on_earlier_gives_the_later_ones_their_time_back(here: Booked) -> None:
    early = here.ask(on=MONDAY, begins=time(9))
    late = here.ask(on=MONDAY, begins=time(11), party=somebody("周洁", "991523198803040435"))
    stop(here)
    resume_service(here.hall, by=here.floor.sunli, at=at(9, 28, 10, 0))
    follow(here)
    assert again(early).gone_at is not None
    assert again(late).gone_at is None
    assert Message.objects.filter(kind="BookingRestored:party").count() == 1


def test_a_stop_that_lasts_longer_than_was_said_takes_the_next_ones_too(here: Booked) -> None:
    booked = here.ask(on=MONDAY, begins=time(14))
    stop(here)
    tick(at(9, 28, 13, 0))
    assert again(booked).gone_at is None
    tick(at(9, 28, 14, 0))
    assert again(booked).why_gone == "stop"
    other = here.ask(on=date(2026, 9, 29), begins=time(9), party=somebody("周洁", "991523198803040435"))
    change_end(here.hall, by=here.floor.sunli, at=at(9, 28, 14, 0), until=at(9, 29, 12, 0))
    follow(here)
    assert again(other).why_gone == "stop"


def test_only_the_manager_stops_it_with_a_reason_and_an_end(here: Booked) -> None:
    with pytest.raises(NotGranted):
        stop(here, by=here.liwei)
    for wrong in ({"reason": " "}, {"until": MORNING}, {"until": MORNING + timedelta(days=40)}):
        with pytest.raises(NotAllowed, match="请"):
            stop(here, **wrong)
    with pytest.raises(NotAllowed, match="没有停止服务"):
        resume_service(here.hall, by=here.floor.sunli, at=NOON)
    assert not Stop.objects.exists()


def test_the_days_of_a_case_go_on_while_the_hall_is_stopped(here: Booked) -> None:
    case = here.cast.accepted()
    before = case.due_on
    stop(here, at=at(9, 24, 10, 0), until=at(9, 29, 17, 0))
    case.refresh_from_db()
    assert case.due_on == before


def test_hours_that_end_and_a_sitting_that_is_withdrawn_are_told(here: Booked) -> None:
    slot, off = here.ask(on=MONDAY, begins=time(14)), here.confirmed()
    afternoon = Opening.objects.get(begins=time(13, 30))
    end_hours(here.hall, by=admin(here), at=THURSDAY, opening=afternoon, last_day=THURSDAY.date())
    withdraw_sitting(Session.objects.get(window__isnull=False), by=here.sunli, at=THURSDAY, reason="消防检修")
    carry_out(Session.objects.get(window__isnull=False).subject)
    follow(here)
    assert [again(one).why_gone for one in (slot, off)] == ["hours", "sitting"]
    texts = " ".join(Message.objects.filter(kind="BookingDisplaced:party").values_list("text", flat=True))
    assert "消防检修" in texts
    with pytest.raises(NotAllowed, match="不能视为放弃"):
        abandon(again(off), by=here.liwei, at=at(10, 17, 11, 0))
    with pytest.raises(NotAllowed, match="已经撤销"):
        withdraw_sitting(again(off).session, by=here.sunli, at=THURSDAY, reason="消防检修")  # type: ignore[arg-type]
    with pytest.raises(NotAllowed, match="这一场已经撤销"):
        here.confirmed(party=somebody("张敏", "991523198803040443"), begins=time(10))


def test_the_window_agrees_to_no_hour_of_a_stop_and_offers_one_after_it(here: Booked) -> None:
    booked, noon = here.ask(on=MONDAY, begins=time(12)), at(9, 28, 13, 0)
    stop(here, until=noon)
    with pytest.raises(NotAllowed, match="没有服务场次"):
        confirm(again(booked), by=here.liwei, at=MORNING, seat=here.seat())
    later = {"on": SATURDAY, "begins": time(9)}
    offered = propose(again(booked), by=here.liwei, at=MORNING, seat=here.seat(), **later)
    assert (offered.stage, offered.gone_at) == ("proposed", None)
    withdraw_sitting(again(booked).session, by=here.sunli, at=MORNING, reason="消防检修")  # type: ignore[arg-type]
    carry_out(again(booked).session.subject)  # type: ignore[union-attr]
    with pytest.raises(NotAllowed, match="也不能办了"):
        agree(again(booked), by=here.cast.wangfang, at=MORNING)


def test_an_answer_that_is_late_is_told_to_applicant_and_supervisor_once(here: Booked) -> None:
    boss, booked = supervisor(), here.ask()
    tick(at(9, 24, 10, 30))
    assert again(booked).overdue_at is None
    for minute in (31, 32):
        tick(at(9, 24, 10, minute))
    carry_out(booked.subject)
    assert Message.objects.filter(kind="AnswerOverdue:party").count() == 1
    assert "没有答复" in OfficerMessage.objects.get(officer=boss, kind="AnswerOverdue").title


def test_to_arrive_at_a_stopped_hall_is_refused_and_the_booking_stays(here: Booked) -> None:
    booked = here.ask(on=MONDAY, begins=time(9))
    stop(here)
    with pytest.raises(NotAllowed, match="停止服务"):
        arrive(again(booked), by=here.liwei, at=at(9, 28, 8, 50))
    assert again(booked).stage == "confirmed"


@pytest.mark.django_db(transaction=True)
def test_two_managers_who_press_at_once_stop_it_once(here: Booked) -> None:
    told: list[str] = []
    gate = Barrier(2)

    def press() -> None:
        gate.wait()
        try:
            hall = Hall.objects.get(pk=here.hall.pk)
            who = Officer.objects.get(pk=here.floor.sunli.pk)
            who.day = MORNING.date()
            stop_service(hall, by=who, at=MORNING, reason="停电", until=NOON)
            told.append("stopped")
        except NotAllowed as refusal:
            told.append(str(refusal))
        finally:
            connection.close()

    both = [Thread(target=press) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(word == "stopped" for word in told) == [False, True]
    assert "已经停止服务了" in next(word for word in told if word != "stopped")
    assert Stop.objects.count() == 1


def test_a_holiday_notice_that_moves_a_day_is_told_to_whoever_booked_it(here: Booked) -> None:
    december = at(12, 15)
    booked = here.ask(december, on=date(2027, 1, 4), begins=time(9))
    assert booked.provisional
    import_notice(here.cast.county, by=admin(here), at=december, text=NOTICE)
    follow(here)
    assert again(booked).why_gone == "calendar"
    assert "放假安排改了" in Message.objects.get(kind="BookingDisplaced:party").text


def admin(here: Booked) -> Officer:
    post, _ = Post.objects.get_or_create(
        county=COUNTY,
        name="管理岗",
        scope="county",
        defaults={"grants": [str(Grant.PLACES_MANAGE), str(Grant.SETTINGS_CHANGE)]},
    )
    found = Officer.objects.filter(staff_no="G001").first()
    return found or officer(COUNTY, "吴静", "G001", post)
