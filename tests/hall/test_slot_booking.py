"""Ordinary slots: capacity, change, cancel, and a check-in that gives a number directly."""

from datetime import time, timedelta
from uuid import uuid4

import pytest

from onewindow.hall.acts.asking import ask, cancel, change
from onewindow.hall.acts.calling import call_next
from onewindow.hall.acts.coming import arrive, lapse, remind
from onewindow.hall.acts.daily import count_day
from onewindow.hall.booked import coming, over, to_remind
from onewindow.hall.models import Booking, HourCount, Ticket
from onewindow.hall.offered import Wanted, days_open
from onewindow.rules.bookings import Channel, Service
from onewindow.rules.grants import SYSTEM, NotAllowed, NotGranted
from tests.cast import at
from tests.hall.booked import HOLIDAY, MADE_UP, MONDAY, THURSDAY, Booked, in_service, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Booked:
    return in_service()


def monday(here: Booked, hour: time = time(9), **told: object) -> Booking:
    return here.ask(on=MONDAY, begins=hour, **told)


def test_a_slot_is_agreed_in_the_moment_in_which_it_is_asked_for(here: Booked) -> None:
    booking = monday(here)
    assert (booking.service, booking.stage) == ("ordinary", "confirmed")
    assert (booking.begins, booking.ends) == (time(9), time(9, 30))
    assert booking.number.startswith("YY20260924-0001")
    assert [entry.fact for entry in booking.subject.entries.all()] == ["BookingAsked", "BookingConfirmed"]


def test_what_to_bring_is_told_with_it(here: Booked) -> None:
    told = monday(here).told
    assert told[0]["item"] == here.cast.version.item.name
    assert told[0]["papers"] == [m.name for m in here.cast.materials if m.necessity != "exempt"]


@pytest.mark.req("ZH-2.4.3d")
def test_a_full_slot_refuses_the_next_and_an_arrival_turns_the_booking_into_a_ticket(here: Booked) -> None:
    # Three windows serve the line, half of them are kept for bookings: one place.
    first = monday(here)
    other = somebody("赵测试", "991523199001010017")
    with pytest.raises(NotAllowed, match="约满"):
        monday(here, party=other)
    came = arrive(first, by=here.liwei, at=at(9, 28, 8, 50))
    assert came.ticket is not None
    assert (came.ticket.number, came.ticket.channel) == ("A001", "booking")
    assert came.ticket.rank <= at(9, 28, 8, 50)


@pytest.mark.req("HD-3.2.5c")
def test_a_booking_for_ten_is_called_in_its_slot_before_those_who_came_shortly_before_it_and_is_not_overbooked(
    here: Booked,
) -> None:
    booking = monday(here, time(10))
    with pytest.raises(NotAllowed, match="约满"):
        monday(here, time(10), party=somebody("赵测试", "991523199001010017"))
    earlier = [here.floor.take(when=at(9, 28, 9, minute)) for minute in (51, 54, 57)]
    came = arrive(booking, by=here.liwei, at=at(9, 28, 9, 58)).ticket
    called = call_next(here.floor.windows["3"], by=here.floor.liwei, at=at(9, 28, 10, 0))
    assert called == came
    assert called not in earlier


def test_several_items_of_one_visit_take_a_longer_time(here: Booked) -> None:
    item = here.cast.version.item
    other = type(item).objects.create(
        county=item.county,
        subject=here.floor.take().subject,
        department=item.department,
        state="published",
        name="测试事项",
        kind=item.kind,
        changed_at=THURSDAY,
    )
    here.floor.general.minutes = 20
    here.floor.general.save()
    booking = monday(here, items=[item, other])
    assert (booking.minutes, booking.ends) == (40, time(10))
    assert {one.name for one in booking.items.all()} == {item.name, "测试事项"}


def test_a_made_up_saturday_has_ordinary_slots(here: Booked) -> None:
    assert here.ask(on=MADE_UP, begins=time(9)).service == "ordinary"


def test_a_time_without_a_session_is_refused(here: Booked) -> None:
    with pytest.raises(NotAllowed, match="没有服务场次"):
        here.ask(on=MONDAY, begins=time(20))


@pytest.mark.parametrize(("day", "why"), [(-1, "已经过了"), (31, "提前 30 日")])
def test_neither_the_past_nor_the_far_future_is_booked(here: Booked, day: int, why: str) -> None:
    with pytest.raises(NotAllowed, match=why):
        here.ask(on=(THURSDAY + timedelta(days=day)).date(), begins=time(9))


def test_the_same_page_sent_twice_books_once(here: Booked) -> None:
    once, wish = uuid4(), here.wish(on=MONDAY)
    first = ask(wish, by=here.cast.wangfang, at=THURSDAY, once=once)
    again = ask(wish, by=here.cast.wangfang, at=THURSDAY, once=once)
    assert first.pk == again.pk
    assert Booking.objects.count() == 1


def test_nobody_books_in_the_name_of_a_stranger(here: Booked) -> None:
    with pytest.raises(NotGranted):
        here.ask(by=somebody("赵测试", "991523199001010017"), on=MONDAY, channel=Channel.WEB)


def test_a_changed_slot_gives_its_place_to_another(here: Booked) -> None:
    first = monday(here)
    moved = change(first, by=here.cast.wangfang, at=THURSDAY, on=MONDAY, begins=time(10))
    assert (moved.stage, moved.begins, moved.ends) == ("confirmed", time(10), time(10, 30))
    assert monday(here, party=somebody("赵测试", "991523199001010017")).stage == "confirmed"


def test_a_cancelled_slot_is_free_again_and_nobody_checks_in_with_it(here: Booked) -> None:
    first = cancel(monday(here), by=here.cast.wangfang, at=THURSDAY)
    assert monday(here, party=somebody("赵测试", "991523199001010017")).stage == "confirmed"
    with pytest.raises(NotAllowed, match="已取消"):
        arrive(first, by=here.liwei, at=at(9, 28, 9, 0))
    assert Ticket.objects.filter(channel="booking").count() == 0


def test_the_office_says_why_it_cancels(here: Booked) -> None:
    with pytest.raises(NotAllowed, match="为什么取消"):
        cancel(monday(here), by=here.liwei, at=THURSDAY)


def test_who_checks_in_twice_has_one_number(here: Booked) -> None:
    booking = monday(here)
    one = arrive(booking, by=here.liwei, at=at(9, 28, 8, 50)).ticket
    assert arrive(booking, by=here.liwei, at=at(9, 28, 8, 51)).ticket == one


@pytest.mark.parametrize(
    ("hour", "minute", "why"), [(8, 29, "提前 30 分钟"), (9, 16, "过了约定时间 15 分钟")]
)
def test_one_checks_in_in_time(here: Booked, hour: int, minute: int, why: str) -> None:
    booking = monday(here)
    with pytest.raises(NotAllowed, match=why):
        arrive(booking, by=here.liwei, at=at(9, 28, hour, minute))


def test_a_booked_number_waits_until_shortly_before_its_time(here: Booked) -> None:
    """His rank is not before ten minutes to nine, and then before whoever came without a booking after half past eight."""
    booking = monday(here)
    ticket = arrive(booking, by=here.liwei, at=at(9, 28, 8, 35)).ticket
    assert ticket is not None
    assert ticket.rank == at(9, 28, 8, 50)


def test_the_figures_count_the_wait_of_who_came_early_from_when_his_turn_can_come(here: Booked) -> None:
    booking = monday(here)
    ticket = arrive(booking, by=here.liwei, at=at(9, 28, 8, 35)).ticket
    assert ticket is not None
    assert call_next(here.floor.windows["3"], by=here.liwei, at=at(9, 28, 9, 3)) == ticket
    assert count_day(here.hall, by=SYSTEM, at=at(9, 28, 9, 5), day=MONDAY)
    row = HourCount.objects.get(window=here.floor.windows["3"])
    assert row.wait.mean == 13.0  # from 8:50, ten minutes before nine, and not from 8:35


def test_a_slot_that_nobody_used_lapses_and_nothing_follows(here: Booked) -> None:
    booking = monday(here)
    assert not lapse(booking, by=SYSTEM, at=at(9, 28, 9, 20))
    assert lapse(booking, by=SYSTEM, at=at(9, 28, 9, 30))
    assert not lapse(booking, by=SYSTEM, at=at(9, 28, 9, 40))
    assert monday(here, time(11)).stage == "confirmed"


def test_one_is_reminded_once(here: Booked) -> None:
    booking = monday(here)
    assert remind(booking, by=SYSTEM, at=at(9, 27, 9, 0))
    assert not remind(booking, by=SYSTEM, at=at(9, 27, 9, 1))


def test_somebody_has_only_so_many_open_bookings(here: Booked) -> None:
    for hour in (9, 10, 11):
        monday(here, time(hour))
    with pytest.raises(NotAllowed, match="最多 3 个"):
        monday(here, time(15))


def test_the_days_on_offer_are_those_with_a_place(here: Booked) -> None:
    monday(here)
    wanted = Wanted(here.hall, here.floor.general, 20)
    offered = {one.on: one for one in days_open(wanted, at=THURSDAY)}
    ordinary = [
        slot.begins
        for _, service, slots in offered[MONDAY].times
        if service is Service.ORDINARY
        for slot in slots
    ]
    assert time(9) not in ordinary
    assert time(9, 30) in ordinary
    assert {service for _, service, _ in offered[HOLIDAY].times} == {Service.DAY_OFF}


def test_a_place_without_such_a_text_offers_office_hours_alone() -> None:
    here = in_service("zhanhe")
    offered = days_open(Wanted(here.hall, here.floor.general, 20), at=THURSDAY)
    assert {service for day in offered for _, service, _ in day.times} == {Service.ORDINARY}
    with pytest.raises(NotAllowed, match="没有开放"):
        here.ask()


def test_a_telephone_is_needed(here: Booked) -> None:
    with pytest.raises(NotAllowed, match="电话"):
        monday(here, phone=" ")


def test_who_asked_within_the_hours_of_the_reminder_was_told_just_now(here: Booked) -> None:
    booking = monday(here)
    assert to_remind(at(9, 27, 9, 30), 24) == [booking]
    Booking.objects.filter(pk=booking.pk).update(answered_at=at(9, 27, 10, 0))
    assert to_remind(at(9, 27, 10, 1), 24) == []


def test_a_slot_is_over_with_the_service_of_its_number(here: Booked) -> None:
    booked = [monday(here, time(hour)) for hour in (9, 10, 11)]
    came = arrive(booked[0], by=here.liwei, at=at(9, 28, 8, 55))
    assert came in coming(came.party, came.county)[0]
    Ticket.objects.filter(pk=came.ticket_id).update(stage="done", ended_at=at(9, 28, 9, 20))
    assert coming(came.party, came.county)[0] == booked[1:]
    assert over(came.party, came.county)[0] == [came]
    assert monday(here, time(15)).stage == "confirmed"
