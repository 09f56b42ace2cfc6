"""Numbers are given from a little before an opening until it closes, and else only by somebody who says why."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onewindow.hall.hours import line_of, times
from onewindow.hall.models import Ticket
from onewindow.journal.write import history
from onewindow.places.models import Opening
from onewindow.rules.grants import NotAllowed
from tests.cast import at
from tests.hall.late import FIVE, Evening, evening

pytestmark = pytest.mark.django_db
EARLY = at(9, 24, 8, 40)


@pytest.fixture
def here() -> Evening:
    return evening()


def test_numbers_are_given_until_the_last_minute_and_not_after_it(here: Evening) -> None:
    take = here.floor.take
    given = [take(when=EARLY + timedelta(minutes=10 * n)).number for n in range(20)]
    assert given[0] == "A001"
    assert take(when=FIVE - timedelta(seconds=1)).number == "A021"
    with pytest.raises(NotAllowed, match="起可以取号") as refused:
        take(when=FIVE)
    assert "9 月 28 日（星期一） 08:40起可以取号" in str(refused.value)  # Friday is the Mid-Autumn Festival
    assert "预约" in str(refused.value)
    assert Ticket.objects.count() == 21


def test_between_morning_and_afternoon_it_opens_again_the_same_day(here: Evening) -> None:
    with pytest.raises(NotAllowed, match="今天 13:40起"):
        here.floor.take(when=at(9, 24, 12, 30))
    assert here.floor.take(when=at(9, 24, 13, 40)).number == "A001"


def test_the_staff_gives_one_nevertheless_and_says_why(here: Evening) -> None:
    with pytest.raises(NotAllowed, match="至少四个字"):
        here.floor.take(when=FIVE, outside="急")
    ticket = here.floor.take(when=FIVE, outside="从外地赶来，窗口同意办理")
    (fact,) = history(ticket.subject)
    assert (ticket.why_outside, fact.outside) == ("从外地赶来，窗口同意办理", True)
    inside = here.floor.take(when=at(9, 24, 10, 0), outside="没有必要写")
    assert inside.why_outside == ""


def test_the_press_at_the_last_second_sent_twice_gives_the_same_number(here: Evening) -> None:
    once = uuid4()
    first = here.floor.take(when=FIVE - timedelta(seconds=1), once=once)
    assert here.floor.take(when=FIVE + timedelta(seconds=1), once=once).pk == first.pk


def test_a_hall_without_hours_on_file_gives_at_any_hour(here: Evening) -> None:
    Opening.objects.all().delete()
    assert here.floor.take(when=at(9, 26, 23, 0)).number == "A001"


def test_hours_that_are_only_booked_give_no_number_unless_it_is_set_so(here: Evening) -> None:
    noon = Opening.objects.create(
        hall=here.floor.hall, kind="noon", begins=time(12), ends=time(14), since=date(2026, 1, 1)
    )
    with pytest.raises(NotAllowed, match="今天 13:40"):
        here.floor.take(when=at(9, 24, 12, 30))
    county = here.floor.cast.county
    county.settings = {"queue.off_hours": [["2026-01-01", True]]}
    county.save()
    assert here.floor.take(when=at(9, 24, 12, 30)).number == "A001"
    hours = times(here.floor.hall, at(9, 24, 11, 50))
    assert hours.closing is None, "at noon it does not close"
    assert noon.hall_id == here.floor.hall.pk


def test_closing_time_is_near_or_past_until_the_next_opening_gives_numbers(here: Evening) -> None:
    hall = here.floor.hall
    told = {
        when: times(hall, at(9, 24, *when)).closing
        for when in ((11, 29), (11, 30), (13, 0), (13, 40), (23, 0))
    }
    noon = at(9, 24, 12, 0)
    assert told == {(11, 29): None, (11, 30): noon, (13, 0): noon, (13, 40): None, (23, 0): FIVE}
    assert times(hall, at(9, 24, 10, 0)).next_change == at(9, 24, 11, 30)


def test_the_hours_come_along_with_the_line_and_cost_no_statement(here: Evening) -> None:
    def cost(line: object) -> int:
        with CaptureQueriesContext(connection) as found:
            here.floor.take(line, when=at(9, 24, 10, 0))  # type: ignore[arg-type]
        return len(found)

    plain = here.floor.general
    with_hours = line_of(here.floor.hall, plain.pk)
    cost(plain), cost(with_hours)
    assert cost(with_hours) == cost(plain) - 1


def test_a_session_of_those_who_booked_is_no_time_after_hours(here: Evening) -> None:
    Opening.objects.create(
        hall=here.floor.hall, kind="weekend", begins=time(9), ends=time(12), since=date(2026, 1, 1)
    )
    saturday = times(here.floor.hall, at(10, 17, 9, 30))
    assert (saturday.gives, saturday.booked_now, saturday.closing) == (False, True, None)
    assert saturday.closed_words.startswith("现在不在取号时间")
    assert not times(here.floor.hall, at(10, 17, 15, 0)).booked_now
    working = times(here.floor.hall, at(9, 24, 10, 0))
    assert (working.gives, working.booked_now, working.closed_words) == (True, False, "")


def test_the_openings_of_today_are_told_by_the_calendar_of_working_days(here: Evening) -> None:
    hall = here.floor.hall
    said = "今天开放 09:00–12:00、14:00–17:00"
    told = [times(hall, at(month, day, 23, 0)).today_words for month, day in ((9, 24), (9, 25), (9, 20))]
    assert told == [said, "今天不开放", said], "a holiday, and a Sunday that is worked"
    Opening.objects.create(hall=hall, kind="holiday", begins=time(9), ends=time(11), since=date(2026, 1, 1))
    assert times(hall, at(9, 25, 8, 0)).today_words == "今天只办约好的，09:00–11:00"
    Opening.objects.all().delete()
    assert times(hall, at(9, 24, 9, 0)).today_words == ""
