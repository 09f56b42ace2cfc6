"""The day of the hall: too many wait and the manager hears of it once, what he did stands beside it, and the day is reported."""

from datetime import datetime, time, timedelta

import pytest

from onewindow.hall import tick_day
from onewindow.hall.acts import calling
from onewindow.hall.acts.openings import set_hours
from onewindow.hall.acts.relief import take_measure
from onewindow.hall.acts.tidal import open_by_hand
from onewindow.hall.models import HallDay, HourCount, Measure, Overload
from onewindow.hall.tick import tick as close_numbers
from onewindow.journal.models import Entry
from onewindow.notices.models import OfficerMessage
from onewindow.places.models import Window
from onewindow.places.write import organisation
from onewindow.rules.grants import FOUNDER, NotAllowed, NotGranted
from onewindow.rules.opening import Hours, SessionKind
from tests.cast import COUNTY, at, carry_out
from tests.hall.stage import NINE, Floor, open_floor

pytestmark = pytest.mark.django_db


@pytest.fixture
def floor() -> Floor:
    """Open from nine to twelve."""
    made = open_floor()
    hours = Hours(SessionKind.REGULAR, time(9), time(12), frozenset(range(1, 6)))
    set_hours(made.hall, by=FOUNDER, at=NINE, hours=hours, since=NINE.date())
    return made


def later(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


def facts(*names: str) -> list[str]:
    return list(Entry.objects.filter(fact__in=names).order_by("pk").values_list("fact", flat=True))


@pytest.mark.req("LS-延时-1.2a")
def test_with_twenty_waiting_the_alert_is_raised_once_and_the_log_shows_it_with_the_measure(
    floor: Floor,
) -> None:
    Window.objects.filter(pk=floor.windows["4"].pk).update(tidal=True, is_open=False)
    for _ in range(19):
        floor.take()
    tick_day.tick(later(1))
    assert not Overload.objects.exists()
    floor.take()
    for minute in (2, 3, 4):
        tick_day.tick(later(minute))
    alert = Overload.objects.get()
    assert (alert.waiting, alert.lines, alert.cleared_at) == (20, {"A": 20}, None)
    carry_out(organisation(COUNTY))
    assert OfficerMessage.objects.get(officer=floor.sunli, kind="OverloadRaised").title.startswith("排队过长")
    assert facts("OverloadRaised", "OverloadCleared") == ["OverloadRaised"]
    with pytest.raises(NotGranted):
        take_measure(floor.hall, by=floor.liwei, at=later(5), kind="window")
    with pytest.raises(NotAllowed, match="写明"):
        take_measure(floor.hall, by=floor.sunli, at=later(5), kind="other")
    open_by_hand(Window.objects.get(pk=floor.windows["4"].pk), by=floor.sunli, at=later(5))
    assert Window.objects.get(pk=floor.windows["4"].pk).is_open
    measure = Measure.objects.get()
    assert (measure.alert, measure.kind, measure.window) == (alert, "tidal", floor.windows["4"])
    assert facts("MeasureTaken") == ["MeasureTaken"]
    # Two are called: below twenty. Only after ten calm minutes is it over.
    calling.call_next(floor.windows["4"], by=floor.sunli, at=later(6))
    tick_day.tick(later(7))
    tick_day.tick(later(16))
    assert Overload.objects.get().cleared_at is None
    tick_day.tick(later(17))
    assert Overload.objects.get().cleared_at == later(17)
    assert facts("OverloadRaised", "OverloadCleared") == ["OverloadRaised", "OverloadCleared"]


def test_a_single_one_who_waits_half_an_hour_is_too_long_and_nobody_is_alerted_when_the_hall_is_closed(
    floor: Floor,
) -> None:
    floor.take()
    tick_day.tick(later(29))
    assert not Overload.objects.exists()
    tick_day.tick(later(30))
    assert Overload.objects.get().minutes == 30
    tick_day.tick(at(9, 24, 12, 0))
    assert Overload.objects.get().cleared_at == at(9, 24, 12, 0)
    tick_day.tick(at(9, 24, 12, 1))
    assert Overload.objects.count() == 1


def test_who_booked_and_came_early_does_not_count_as_waiting_before_his_time(floor: Floor) -> None:
    floor.take(not_before=later(60))
    tick_day.tick(later(45))
    assert not Overload.objects.exists()


@pytest.mark.req("JN-9d")
def test_a_number_taken_at_the_machine_and_called_at_a_window_of_its_line_enters_the_statistics_of_the_hour(
    floor: Floor,
) -> None:
    ticket = floor.take(floor.realty, told_minutes=10)
    given_up = floor.take()
    assert calling.call_next(floor.windows["3"], by=floor.liwei, at=NINE) == given_up
    called = calling.call_next(floor.windows["5"], by=floor.sunli, at=later(12))
    assert called == ticket
    calling.begin(ticket, by=floor.sunli, at=later(13))
    calling.finish(ticket, by=floor.sunli, at=later(33))
    calling.abandon(given_up, by=floor.liwei, at=later(34), why="gave_up")
    tick_day.tick(later(40))
    row = HourCount.objects.get(line=floor.realty, window=floor.windows["5"])
    assert (row.hour, row.served, row.wait.mean, row.service.mean) == (9, 1, 12.0, 20.0)
    assert (row.error.told, row.error.within, row.error.off) == (1, 1, 2)
    before = HourCount.objects.get(line=floor.general, window=None)
    assert (before.taken, before.abandoned) == (1, 1)


def test_the_day_is_reported_once_after_the_last_session_and_sealed_when_all_its_numbers_are_closed(
    floor: Floor,
) -> None:
    ticket, left = floor.take(told_minutes=5), floor.take()
    calling.call_next(floor.windows["3"], by=floor.liwei, at=later(10))
    calling.begin(ticket, by=floor.liwei, at=later(10))
    calling.finish(ticket, by=floor.liwei, at=later(20))
    tick_day.tick(at(9, 24, 12, 0))
    assert HallDay.objects.get().reported_at is None  # one waits yet
    calling.abandon(left, by=floor.zhoujie, at=at(9, 24, 12, 5), why="left")
    for minute in (6, 12):
        tick_day.tick(at(9, 24, 12, minute))
    day = HallDay.objects.get()
    assert facts("DayReported") == ["DayReported"]
    assert (day.figures["all"]["taken"], day.figures["all"]["served"]) == (2, 1)
    assert day.figures["all"]["wait"] == {"mean": 10.0, "most": 11, "last": 11}
    assert day.figures["error"] == {"told": 1, "mean": 5.0, "bias": -5.0, "percent": 100}
    for _ in range(2):
        close_numbers(at(9, 25, 0, 1))
        tick_day.tick(at(9, 25, 0, 2))
    assert HallDay.objects.get().sealed_at == at(9, 25, 0, 2)
