"""Who is late and cannot be reached has abandoned; three times bar off-hours bookings until it is lifted."""

from datetime import date, datetime, time, timedelta

import pytest

from onewindow.hall.acts.answering import confirm
from onewindow.hall.acts.coming import abandon, arrive, lift, record_try
from onewindow.hall.models import Ban, Booking
from onewindow.rules.grants import NotAllowed, NotGranted
from tests.cast import at
from tests.hall.booked import MONDAY, SATURDAY, Booked, in_service

pytestmark = pytest.mark.django_db
NINE = at(10, 17, 9, 0)


@pytest.fixture
def here() -> Booked:
    return in_service()


def later(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


def try_at(here: Booked, booking: Booking, minutes: int, reached: bool = False) -> None:
    record_try(booking, by=here.liwei, at=later(minutes), reached=reached)


@pytest.mark.req("LS-预约-4.2b")
def test_abandoned_only_after_thirty_minutes_and_a_call_that_reached_nobody(here: Booked) -> None:
    booking = here.confirmed()
    try_at(here, booking, 20)
    with pytest.raises(NotAllowed, match="还没有到"):
        abandon(booking, by=here.liwei, at=later(29))
    other = here.confirmed(begins=time(10))
    with pytest.raises(NotAllowed, match="没有联系过"):
        abandon(other, by=here.liwei, at=later(60 + 31))
    assert abandon(booking, by=here.liwei, at=later(31)).stage == "abandoned"


def test_whoever_was_reached_has_not_abandoned(here: Booked) -> None:
    booking = here.confirmed()
    try_at(here, booking, 10)
    try_at(here, booking, 25, reached=True)
    with pytest.raises(NotAllowed, match="联系到了"):
        abandon(booking, by=here.liwei, at=later(40))


def test_the_call_is_kept_with_telephone_time_and_member(here: Booked) -> None:
    booking = here.confirmed()
    try_at(here, booking, 5)
    kept = booking.tries.get()
    assert (kept.phone, kept.at, kept.by, kept.reached) == ("10095715339", later(5), here.liwei, False)


def test_who_has_come_cannot_be_called_abandoned(here: Booked) -> None:
    booking = arrive(here.confirmed(), by=here.liwei, at=later(-5))
    with pytest.raises(NotAllowed, match="已到场"):
        abandon(booking, by=here.liwei, at=later(60))


def test_who_comes_late_and_before_it_was_written_down_is_served(here: Booked) -> None:
    assert arrive(here.confirmed(), by=here.liwei, at=later(45)).stage == "arrived"


def test_a_provisional_day_never_acts_against_him(here: Booked) -> None:
    booking = here.ask(at(12, 28, 10, 0), on=date(2027, 1, 2))
    booking = here_confirm(here, booking, at(12, 28, 10, 5))
    when = at(1, 2, 9, 10, year=2027)
    record_try(booking, by=here.liwei, at=when, reached=False)
    with pytest.raises(NotAllowed, match="暂定"):
        abandon(booking, by=here.liwei, at=when + timedelta(hours=1))


def here_confirm(here: Booked, booking: Booking, when: datetime) -> Booking:
    return confirm(booking, by=here.liwei, at=when, seat=here.seat())


def test_where_no_text_says_so_nothing_is_abandoned() -> None:
    here = in_service("hedong")
    booking = here.confirmed()
    try_at(here, booking, 5)
    with pytest.raises(NotAllowed, match="没有规定"):
        abandon(booking, by=here.liwei, at=later(60))


def three_times(here: Booked) -> Booking:
    for hour in (9, 10, 11):
        booking = here.confirmed(begins=time(hour))
        try_at(here, booking, (hour - 9) * 60 + 5)
        abandon(booking, by=here.liwei, at=later((hour - 9) * 60 + 31))
    return booking


@pytest.mark.req("LS-预约-4.2c")
def test_after_the_third_a_new_one_is_refused_with_the_dates_and_ordinary_service_goes_on(
    here: Booked,
) -> None:
    three_times(here)
    monday = at(10, 19, 10, 0)
    with pytest.raises(NotAllowed, match="2026-10-17、2026-10-17、2026-10-17"):
        here.ask(monday, on=date(2026, 10, 24))
    assert here.floor.take(when=monday, party=here.cast.wangfang).number == "A001"
    assert here.ask(monday, on=date(2026, 10, 20), begins=time(9)).service == "ordinary"


def test_two_do_not_bar(here: Booked) -> None:
    for hour in (9, 10):
        booking = here.confirmed(begins=time(hour))
        try_at(here, booking, (hour - 9) * 60 + 5)
        abandon(booking, by=here.liwei, at=later((hour - 9) * 60 + 31))
    assert not Ban.objects.exists()


def test_the_ban_stands_in_the_journal_of_the_third(here: Booked) -> None:
    third = three_times(here)
    assert [e.fact for e in third.subject.entries.all()][-2:] == ["BookingAbandoned", "BookingBarred"]


def test_it_is_lifted_by_a_decision_with_a_reason_and_counted_anew(here: Booked) -> None:
    three_times(here)
    ban, monday = Ban.objects.get(), at(10, 19, 10, 0)
    with pytest.raises(NotGranted):
        lift(ban, by=here.liwei, at=monday, reason="当事人说明了情况")
    with pytest.raises(NotAllowed, match="理由"):
        lift(ban, by=here.sunli, at=monday, reason="")
    lift(ban, by=here.sunli, at=monday, reason="住院期间，已出示证明")
    assert here.ask(monday, on=date(2026, 10, 24)).stage == "asked"
    assert ban.booking.subject.entries.filter(fact="BookingBarLifted").count() == 1


def test_an_ordinary_slot_is_never_counted(here: Booked) -> None:
    booking = here.ask(on=MONDAY, begins=time(9))
    with pytest.raises(NotAllowed, match="不计次数"):
        abandon(booking, by=here.liwei, at=at(9, 28, 10, 0))


@pytest.mark.req("LS-预约-4.2a")
def test_checking_in_gives_a_number_at_the_booked_window_ahead_of_others(here: Booked) -> None:
    booking = here.confirmed()
    walk_in = here.floor.take(when=later(-2), outside="周末场次有人没有预约也来了")
    came = arrive(booking, by=here.liwei, at=later(-1))
    assert came.arrived_at == later(-1)
    assert came.ticket is not None
    assert came.ticket.rank < walk_in.rank
    assert (came.ticket.only, came.ticket.day) == (here.floor.windows["3"], SATURDAY)
