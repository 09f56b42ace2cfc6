"""Tidal windows: there only in their time, opened by the queue where their people are at hand, never closed over somebody."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from onewindow.hall import tick_day
from onewindow.hall.acts import calling
from onewindow.hall.acts.tidal import Wish, close_by_hand, drop_plan, open_by_hand, plan_tidal
from onewindow.hall.models import Measure, TidalRun
from onewindow.hall.reads import board
from onewindow.journal.models import Entry
from onewindow.people.models import Absence, Officer
from onewindow.places.models import Service, Window
from onewindow.rules.grants import Grant, NotAllowed, NotGranted
from onewindow.rules.relief import Mode
from tests.cast import COUNTY, at, officer
from tests.hall.stage import CALLS, NINE, Floor, open_floor, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def floor() -> Floor:
    made = open_floor()
    window = made.windows["4"]
    window.tidal = True
    window.save()
    made.cast.ma = officer(COUNTY, "马宁", "C104", post("机动窗口", made.hall, CALLS, window))  # type: ignore[attr-defined]
    return made


def maning(floor: Floor) -> Officer:
    return floor.cast.ma  # type: ignore[attr-defined,no-any-return]


def wish(floor: Floor, **told: object) -> Wish:
    usual = Wish(
        mode=Mode.CROWDED,
        since=date(2026, 9, 1),
        until=date(2026, 9, 30),
        begins=time(9),
        ends=time(12),
        lines=[floor.general],
        staff=[maning(floor)],
    )
    return replace(usual, **told)  # type: ignore[arg-type]


def is_open(floor: Floor) -> bool:
    return Window.objects.get(pk=floor.windows["4"].pk).is_open


def signs(floor: Floor, when: datetime) -> list[str]:
    return [one.window.number for one in board(floor.hall, when).signs if one.there]


@pytest.mark.req("HD-3.2.4g")
def test_a_window_planned_for_the_first_half_of_september_is_in_the_dispatcher_only_then(
    floor: Floor,
) -> None:
    told = wish(
        floor, mode=Mode.PLANNED, since=date(2026, 9, 1), until=date(2026, 9, 15), lines=[floor.realty]
    )
    plan_tidal(floor.windows["4"], by=floor.sunli, at=at(8, 20, 9, 0), wish=told)
    for when, there in (
        (at(8, 31, 10, 0), False),
        (at(9, 1, 8, 59), False),
        (at(9, 1, 9, 0), True),
        (at(9, 1, 12, 0), False),
        (at(9, 15, 11, 0), True),
        (at(9, 15, 12, 30), False),
        (at(9, 16, 9, 0), False),
    ):
        tick_day.tick(when)
        assert (is_open(floor), "4" in signs(floor, when)) == (there, there), when
        ticket = floor.take(floor.realty, when=when)
        if there:
            assert calling.call_next(floor.windows["4"], by=maning(floor), at=when) == ticket
        else:
            with pytest.raises(NotAllowed, match="已经关闭"):
                calling.call_next(floor.windows["4"], by=maning(floor), at=when)
        calling.abandon(ticket, by=floor.zhoujie, at=when, why="left")
    opened = Entry.objects.filter(fact__in=("TidalOpened", "TidalClosed")).order_by("pk")
    assert [one.fact for one in opened] == ["TidalOpened", "TidalClosed"] * 2
    assert {one.by for one in opened} == {"system"}
    assert list(Service.objects.filter(window=floor.windows["4"]).values_list("line__letter", flat=True)) == [
        "B"
    ]


def test_it_opens_when_the_queue_is_too_long_and_closes_after_a_calm_while_but_never_over_somebody(
    floor: Floor,
) -> None:
    plan_tidal(floor.windows["4"], by=floor.sunli, at=NINE, wish=wish(floor))
    assert not is_open(floor)
    tickets = [floor.take() for _ in range(20)]
    tick_day.tick(NINE + timedelta(minutes=1))
    run = TidalRun.objects.get()
    assert (run.why, run.opened_by, is_open(floor)) == ("crowded", "system", True)
    measure = Measure.objects.get()
    assert (measure.kind, measure.alert is not None) == ("tidal", True)
    first = calling.call_next(floor.windows["4"], by=maning(floor), at=NINE + timedelta(minutes=2))
    assert first == tickets[0]
    for ticket in tickets[1:]:
        calling.abandon(ticket, by=floor.zhoujie, at=NINE + timedelta(minutes=3), why="left")
    for minute in (3, 13, 14):
        tick_day.tick(NINE + timedelta(minutes=minute))
    assert is_open(floor)  # somebody is called there
    with pytest.raises(NotAllowed, match=r"A001.*办完才能关闭"):
        close_by_hand(floor.windows["4"], by=floor.sunli, at=NINE + timedelta(minutes=14))
    calling.abandon(first, by=floor.zhoujie, at=NINE + timedelta(minutes=15), why="left")
    tick_day.tick(NINE + timedelta(minutes=16))
    assert (is_open(floor), TidalRun.objects.get().why_closed) == (False, "calm")


def test_it_stays_closed_while_its_people_are_away_or_serve_elsewhere(floor: Floor) -> None:
    plan_tidal(floor.windows["4"], by=floor.sunli, at=NINE, wish=wish(floor))
    for _ in range(22):
        floor.take()
    there = calling.call_next(floor.windows["3"], by=maning(floor), at=NINE)
    tick_day.tick(NINE + timedelta(minutes=1))
    assert not is_open(floor)
    assert there is not None
    calling.abandon(there, by=floor.zhoujie, at=NINE, why="left")
    leave = Absence.objects.create(
        county=COUNTY,
        officer=maning(floor),
        since=NINE.date(),
        until=NINE.date(),
        kind="leave",
        entered_by="officer:1",
        entered_at=NINE,
    )
    tick_day.tick(NINE + timedelta(minutes=2))
    assert not is_open(floor)
    leave.delete()
    tick_day.tick(NINE + timedelta(minutes=3))
    assert is_open(floor)


def test_the_manager_opens_and_closes_by_hand_and_a_dropped_plan_closes_its_window(floor: Floor) -> None:
    plan = plan_tidal(floor.windows["4"], by=floor.sunli, at=NINE, wish=wish(floor, mode=Mode.PLANNED))
    with pytest.raises(NotGranted):
        open_by_hand(floor.windows["4"], by=floor.liwei, at=NINE)
    open_by_hand(floor.windows["4"], by=floor.sunli, at=NINE)
    with pytest.raises(NotAllowed, match="已经开着"):
        open_by_hand(floor.windows["4"], by=floor.sunli, at=NINE)
    close_by_hand(floor.windows["4"], by=floor.sunli, at=NINE + timedelta(minutes=5))
    assert not is_open(floor)
    tick_day.tick(NINE + timedelta(minutes=6))
    assert is_open(floor)
    drop_plan(plan, by=floor.sunli, at=NINE + timedelta(minutes=7))
    tick_day.tick(NINE + timedelta(minutes=8))
    assert (is_open(floor), TidalRun.objects.latest("pk").why_closed) == (False, "over")


def test_what_the_manager_opened_is_over_when_the_day_is(floor: Floor) -> None:
    plan_tidal(floor.windows["4"], by=floor.sunli, at=NINE, wish=wish(floor))
    # Before eight in the morning it is still the day before in Greenwich.
    open_by_hand(floor.windows["4"], by=floor.sunli, at=at(9, 24, 7, 30))
    tick_day.tick(at(9, 24, 7, 31))
    assert is_open(floor)
    tick_day.tick(at(9, 24, 23, 59))
    assert is_open(floor)
    tick_day.tick(at(9, 25, 0, 1))
    assert not is_open(floor)


def test_a_plan_names_lines_of_the_hall_and_people_who_sit_there_and_lies_over_no_other(floor: Floor) -> None:
    window = floor.windows["4"]
    for told, said in (
        ({"lines": []}, "哪些队列"),
        ({"staff": [floor.liwei]}, "在 4 号窗口有岗位"),
        ({"until": date(2026, 8, 1)}, "结束要晚于开始"),
        ({"since": date(2026, 8, 1), "until": date(2026, 8, 2)}, "已经过了"),
    ):
        with pytest.raises(NotAllowed, match=said):
            plan_tidal(window, by=floor.sunli, at=NINE, wish=wish(floor, **told))
    with pytest.raises(NotAllowed, match="不是潮汐窗口"):
        plan_tidal(floor.windows["5"], by=floor.sunli, at=NINE, wish=wish(floor))
    plan_tidal(window, by=floor.sunli, at=NINE, wish=wish(floor))
    with pytest.raises(NotAllowed, match="已经有安排"):
        plan_tidal(window, by=floor.sunli, at=NINE, wish=wish(floor, begins=time(11), ends=time(14)))
    assert Grant.HALL_MANAGE.value not in floor.liwei.posts[0].grants
