"""潮汐窗口 of a hall with a machine of its own are opened and closed by that machine, whatever the county has heard of it."""

from datetime import time, timedelta
from typing import Any

import pytest

from onewindow.box.acts import beside as copying
from onewindow.box.models import Box
from onewindow.box.tick import tick as box_tick
from onewindow.hall import tick_day
from onewindow.hall.acts.tidal import Wish, close_by_hand, end_of_day, open_by_hand, plan_tidal, turn
from onewindow.hall.models import TidalRun
from onewindow.journal.models import Entry
from onewindow.people.models import Officer
from onewindow.people.reads import on_duty
from onewindow.places.acts import close_window
from onewindow.places.models import Window
from onewindow.rules.grants import FOUNDER, SYSTEM, Grant, NotAllowed
from onewindow.rules.relief import Mode
from tests.box.test_box import MORNING, TODAY, registered
from tests.box.two import Two
from tests.cast import COUNTY, officer
from tests.hall.stage import CALLS, NINE, Floor, open_floor, post


def minutes(count: int) -> Any:
    return NINE + timedelta(minutes=count)


def manager(floor: Floor) -> Officer:
    """Who opens windows at the machine, by hand."""
    return officer(COUNTY, "马宁", "H001B", post("值班主任", floor.hall, [Grant.HALL_MANAGE]))


def _there(one: Officer) -> Officer:
    found = on_duty(Officer.objects.get(pk=one.pk).account, TODAY)
    assert found is not None
    return found


def test_the_county_knows_which_windows_are_open_there_and_its_own_word_still_goes_down(two: Two) -> None:
    floor = registered(two)
    ma = manager(floor)
    Window.objects.filter(pk=floor.windows["5"].pk).update(tidal=True, is_open=False)
    TidalRun.objects.create(  # what the county opened before the machine took over, and never closed
        hall=floor.hall, window=floor.windows["5"], opened_at=NINE - timedelta(days=1), why="hand"
    )
    assert two.round(NINE)
    with two.box():
        open_by_hand(Window.objects.get(number="5"), by=_there(ma), at=minutes(1))
    assert two.round(minutes(2))
    assert not Box.objects.get().trouble
    assert Window.objects.get(number="5", hall=floor.hall).is_open
    assert TidalRun.objects.get(closed_at__isnull=True).opened_at == minutes(1)
    with two.box():
        assert Window.objects.get(number="5").is_open
        close_by_hand(Window.objects.get(number="5"), by=_there(ma), at=minutes(3))
    assert two.round(minutes(4))
    shut = Window.objects.get(number="5", hall=floor.hall)
    assert [shut.is_open, shut.why_closed] == [False, "潮汐窗口，需要时开放"]
    assert not TidalRun.objects.filter(closed_at__isnull=True).exists()
    Window.objects.filter(pk=shut.pk).update(is_open=True)
    assert two.round(minutes(5))
    with two.box():
        assert Window.objects.get(number="5").is_open


def test_a_window_that_the_machine_opened_is_closed_there_alone_and_its_end_told_once(two: Two) -> None:
    floor = registered(two)
    ma = manager(floor)
    Window.objects.filter(pk=floor.windows["5"].pk).update(tidal=True, is_open=False)
    assert two.round(NINE)
    with two.box():
        open_by_hand(Window.objects.get(number="5"), by=_there(ma), at=minutes(1))
    assert two.round(minutes(2))
    evening = NINE + timedelta(days=1)
    tick_day.tick(evening)
    box_tick(evening)
    (going_on,) = TidalRun.objects.filter(closed_at__isnull=True)
    assert not end_of_day(going_on, by=SYSTEM, at=evening)
    assert Window.objects.get(number="5", hall=floor.hall).is_open
    with two.box():
        tick_day.tick(evening)
        assert not Window.objects.get(number="5").is_open
    assert two.round(evening + timedelta(minutes=1))
    assert not Window.objects.get(number="5", hall=floor.hall).is_open
    closed = Entry.objects.filter(fact="TidalClosed", body__window=floor.windows["5"].pk)
    assert [one.at for one in closed] == [evening]


def test_what_the_county_had_opened_is_closed_when_the_machine_takes_over_and_opened_there_again(
    two: Two,
) -> None:
    floor = open_floor()
    Window.objects.filter(pk=floor.windows["4"].pk).update(tidal=True, is_open=False)
    four = Window.objects.select_related("hall").get(pk=floor.windows["4"].pk)
    ma = officer(COUNTY, "马宁", "H001B", post("机动窗口", floor.hall, CALLS, four))
    days = {"since": TODAY, "until": TODAY + timedelta(days=6), "begins": time(8), "ends": time(18)}
    wish = Wish(mode=Mode.PLANNED, lines=[floor.realty], staff=[ma], **days)  # type: ignore[arg-type]
    plan = plan_tidal(four, by=floor.sunli, at=MORNING, wish=wish)
    assert turn(plan, by=SYSTEM, at=MORNING)
    registered(two, floor)
    closed = TidalRun.objects.get()
    assert [closed.closed_at, closed.why_closed] == [MORNING, "machine"]
    assert not turn(plan, by=SYSTEM, at=NINE)  # read before the machine took over, carried out after it
    assert not TidalRun.objects.filter(closed_at__isnull=True).exists()
    assert two.round(NINE)
    with two.box():
        assert not Window.objects.get(number="4").is_open
        tick_day.tick(NINE)
        assert Window.objects.get(number="4").is_open
    assert two.round(minutes(1))
    assert Window.objects.get(pk=four.pk).is_open


def test_while_the_county_refuses_the_lines_of_a_machine_it_opens_and_closes_no_window_there(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    floor = registered(two)
    ma = manager(floor)
    Window.objects.filter(pk__in=[floor.windows[one].pk for one in "45"]).update(tidal=True)
    Window.objects.filter(pk=floor.windows["5"].pk).update(is_open=False)
    assert two.round(NINE)
    taken, refused = copying.copy_beside, {"TidalClosed"}

    def copied(box: Box, line: dict[str, Any], **told: Any) -> None:
        if line["entry"]["fact"] in refused:
            raise NotAllowed("县里不收这一条。")
        taken(box, line, **told)

    def windows() -> dict[str, bool]:
        return dict(Window.objects.filter(number__in="45").values_list("number", "is_open"))

    monkeypatch.setattr("onewindow.exchange.box.hear.copy_beside", copied)
    with two.box():  # told in one round: that it opened is taken, that it closed is not
        open_by_hand(Window.objects.get(number="5"), by=_there(ma), at=minutes(1))
        close_by_hand(Window.objects.get(number="5"), by=_there(ma), at=minutes(2))
    for n in (3, 4):
        assert two.round(minutes(n))
        assert "不收这一条" in Box.objects.get().trouble
        tick_day.tick(minutes(n))
        box_tick(minutes(n))
        assert windows() == {"4": True, "5": True}  # as far as the county was told
        with two.box():
            assert windows() == {"4": True, "5": False}
    close_window(floor.windows["4"], by=FOUNDER, at=minutes(5), reason="设备坏了")
    assert two.round(minutes(5))
    with two.box():  # what the administrator says himself still goes down
        assert windows() == {"4": False, "5": False}
    refused.clear()
    assert two.round(minutes(6))
    assert windows() == {"4": False, "5": False}
    assert not TidalRun.objects.filter(closed_at__isnull=True).exists()
