"""What time does by itself reaches everybody: a full first batch of rows for whom it is not time yet hides nobody."""

from datetime import date, datetime, time, timedelta

import pytest

from onewindow.emergency.acts.incidents import open_incident
from onewindow.emergency.reads import readiness
from onewindow.hall import tick as closing
from onewindow.hall import tick_day
from onewindow.hall.acts import extending
from onewindow.hall.booked import to_lapse, to_remind
from onewindow.hall.gone import to_tell
from onewindow.hall.models import Booking, Extension, HallDay, Ticket
from onewindow.hall.offered import terms
from onewindow.hall.tick_bookings import tick
from onewindow.places.models import Hall
from tests.cast import COUNTY, at
from tests.copies import copies
from tests.emergency.test_emergency import planned
from tests.hall.booked import MONDAY, THURSDAY, Booked, in_service, somebody
from tests.hall.late import LATE, Evening, evening

pytestmark = pytest.mark.django_db
MANY = 201  # one more than a batch


@pytest.fixture
def here() -> Booked:
    return in_service()


def stages() -> set[str]:
    return set(Booking.objects.values_list("stage", flat=True))


def test_who_comes_first_is_reminded_though_two_hundred_come_later_that_day(here: Booked) -> None:
    late = here.ask(on=MONDAY, begins=time(16))
    copies(late, MANY)  # older than the one who comes at nine
    early = here.ask(on=MONDAY, begins=time(9), party=somebody("赵一", "991523199001010017"))
    hours = terms(THURSDAY.date()).remind
    when = early.agreed_at - timedelta(hours=hours)
    assert to_remind(when - timedelta(minutes=1), hours) == []
    assert to_remind(when, hours) == [early]
    assert tick(when) == 1
    assert list(Booking.objects.filter(reminded_at__isnull=False)) == [early]
    assert to_remind(early.agreed_at, hours)[0].begins == time(16)  # not whose time has come


def test_the_others_are_reminded_in_the_next_minutes(here: Booked) -> None:
    copies(here.ask(on=MONDAY, begins=time(9)), MANY)
    when = at(9, 28, 8, 0)
    assert [tick(when + timedelta(minutes=n)) for n in range(3)] == [200, 2, 0]


def test_a_slot_that_is_over_lapses_though_two_hundred_are_still_to_come(here: Booked) -> None:
    copies(here.ask(on=MONDAY, begins=time(16)), MANY, reminded_at=THURSDAY)
    early = here.ask(on=MONDAY, begins=time(9), party=somebody("赵一", "991523199001010017"))
    assert to_lapse(at(9, 28, 9, 29)) == []
    assert to_lapse(at(9, 28, 9, 30)) == [early]
    tick(at(9, 28, 9, 30))
    early.refresh_from_db()
    assert early.stage == "lapsed"
    assert Booking.objects.filter(stage="confirmed").count() == MANY + 1


def test_what_a_machine_was_not_heard_of_keeps_nobody_else_from_lapsing(here: Booked) -> None:
    Hall.objects.filter(pk=here.hall.pk).update(box="own")
    first = Booking.objects.get(pk=here.ask(on=MONDAY, begins=time(11)).pk)
    copies(first, MANY)
    (early,) = copies(first, 1, begins=time(9), ends=time(9, 30))
    heard = at(9, 28, 10, 0)
    assert [one.pk for one in to_lapse(heard, "own")] == [early.pk]
    assert to_lapse(heard) == []


def test_answers_that_are_owed_longest_are_told_of_first(here: Booked) -> None:
    asked = here.ask(THURSDAY)
    assert asked.answer_due is not None
    copies(asked, MANY)
    Booking.objects.filter(pk=asked.pk).update(answer_due=asked.answer_due - timedelta(minutes=5))
    when = asked.answer_due + timedelta(hours=1)
    assert to_tell(when)[0] == asked
    assert [len(to_tell(when)), tick(when), tick(when), tick(when)] == [200, 200, 2, 0]


def test_a_day_that_was_heard_of_is_sealed_though_two_hundred_were_not(here: Booked) -> None:
    Hall.objects.filter(pk=here.hall.pk).update(box="own")
    first = date(2026, 1, 1)
    HallDay.objects.bulk_create(
        HallDay(county=COUNTY, hall=here.hall, day=first + timedelta(days=n)) for n in range(1, MANY + 1)
    )
    heard_of = HallDay.objects.create(county=COUNTY, hall=here.hall, day=first)
    tick_day.count(at(9, 24), "own", heard=datetime(2026, 1, 2, 0, 1, tzinfo=THURSDAY.tzinfo))
    heard_of.refresh_from_db()
    assert heard_of.reported_at == heard_of.sealed_at == at(9, 24)
    assert HallDay.objects.filter(reported_at__isnull=False).count() == 1


def test_a_day_whose_numbers_are_not_closed_does_not_stand_before_the_next(
    here: Booked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tick_day, "AT_ONCE", 1)
    here.floor.take(when=at(9, 22, 9, 0))
    for day in (date(2026, 9, 22), date(2026, 9, 23)):
        HallDay.objects.create(county=COUNTY, hall=here.hall, day=day)
    told = []
    for minute in range(3):
        tick_day.count(at(9, 24, 8, minute), "")
        told.append([bool(one.sealed_at) for one in HallDay.objects.order_by("day")])
    assert told == [[False, False], [False, True], [False, True]]
    assert all(HallDay.objects.values_list("reported_at", flat=True))


def test_numbers_that_somebody_still_serves_after_midnight_do_not_keep_the_others_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(closing, "AT_ONCE", 1)
    here: Evening = evening()
    covered, left = here.floor.take(when=at(9, 24, 16, 45)), here.floor.take(when=at(9, 24, 16, 46))
    Ticket.objects.filter(pk=covered.pk).update(covered=True)
    closing.tick(at(9, 25, 0, 30))
    stages = dict(Ticket.objects.values_list("pk", "stage"))
    assert (stages[covered.pk], stages[left.pk]) == ("waiting", "abandoned")
    closing.tick(at(9, 25, 6, 0))
    assert Ticket.objects.get(pk=covered.pk).stage == "abandoned"


def test_a_service_whose_number_is_still_there_does_not_keep_the_next_from_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here: Evening = evening()
    here.floor.take(when=at(9, 24, 16, 45))
    here.called()
    window, told = here.floor.windows["3"], {"ground": "unfinished"}
    (with_number,) = extending.extend(window, by=here.liwei, at=at(9, 24, 16, 50), **told)
    visitor = extending.Visitor(name="王芳", what="查档案")
    without = extending.begin(window, by=here.liwei, at=LATE, visitor=visitor, **told)
    monkeypatch.setattr(closing, "AT_ONCE", 1)
    closing.tick(at(9, 25, 0, 30))
    stages = dict(Extension.objects.values_list("pk", "stage"))
    assert (stages[with_number.pk], stages[without.pk]) == ("open", "ended")


def test_what_is_being_handled_stands_there_however_much_was_closed_since(here: Booked) -> None:
    going_on = open_incident(
        planned(here.floor), by=here.floor.sunli, at=at(9, 1), what="配电箱冒烟", place="东侧"
    )
    copies(going_on, 45, opened_at=lambda n: at(9, 2, 10, n), closed_at=at(9, 3), what=lambda n: f"演习 {n}")
    first = readiness(here.hall, MONDAY)
    assert (first.open, len(first.past)) == ([going_on], 20)
    seen, key = list(first.past), first.past_key
    while key:
        further = readiness(here.hall, MONDAY, {"past": key})
        assert further.open == [going_on]
        seen, key = [*seen, *further.past], further.past_key
    assert [one.what for one in seen] == [f"演习 {n}" for n in reversed(range(45))]
