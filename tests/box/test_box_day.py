"""大厅本机的一天: who runs the day of a hall that has a machine of its own, and what is decided where?"""

import re
from datetime import date, time, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from onewindow.box import tick as heard
from onewindow.box.acts import boxes
from onewindow.box.models import Box, BoxBooking
from onewindow.config.checks.boxes import county, described, machine
from onewindow.emergency.acts.plans import Told, draft_plan
from onewindow.emergency.acts.stopping import resume_service, stop_service
from onewindow.exchange.box.handing import handed_over, key_in
from onewindow.hall import tick_bookings, tick_day
from onewindow.hall.acts.caps import approve_cap, end_cap, propose_cap
from onewindow.hall.acts.openings import set_hours
from onewindow.hall.acts.tidal import Wish, open_by_hand, plan_tidal
from onewindow.hall.models import Booking, HallDay, HourCount, Overload, TidalRun
from onewindow.hall.tick import tick
from onewindow.helping import tick as helping
from onewindow.helping.acts.aids import AidWish, ask_aid
from onewindow.helping.models import Aid
from onewindow.journal.write import history
from onewindow.people.models import Officer
from onewindow.people.reads import on_duty
from onewindow.places.models import Device, Hall, Line, Service, Window
from onewindow.rules.bookings import Channel
from onewindow.rules.grants import FOUNDER, Grant, NotAllowed
from onewindow.rules.opening import Hours, SessionKind
from onewindow.rules.relief import Mode
from tests.box.test_box import MORNING, TODAY, booked, registered, take_there, there
from tests.box.two import Two
from tests.cast import COUNTY, at, officer
from tests.hall.stage import CALLS, NINE, open_floor, post
from tests.web.desks import at_desk

AT_COUNTY = "请在县里的系统办"


def test_what_is_planned_at_the_county_is_carried_out_at_the_machine_and_nothing_is_decided_there(
    two: Two,
) -> None:
    floor = open_floor()
    Window.objects.filter(pk=floor.windows["4"].pk).update(tidal=True, is_open=False)
    floor.windows["4"].refresh_from_db()
    ma = officer(COUNTY, "马宁", "H001B", post("机动窗口", floor.hall, CALLS, floor.windows["4"]))
    registered(two, floor)
    days = {"since": date(2026, 9, 1), "until": date(2026, 9, 30)}
    usual = Wish(mode=Mode.PLANNED, **days, begins=time(9), ends=time(12), lines=[floor.realty], staff=[ma])
    head = officer(COUNTY, "陈主任", "Z009", post("中心负责人", floor.hall, [Grant.CAP_APPROVE]))
    plan_tidal(floor.windows["4"], by=floor.sunli, at=MORNING, wish=usual)
    kinds = {"kinds": [SessionKind.NOON], "since": TODAY, "until": TODAY}
    cap = propose_cap(floor.general, by=floor.sunli, at=MORNING, number=1, reason="午间只有一个窗口", **kinds)
    approve_cap(cap, by=head, at=MORNING)
    Hall.objects.update(capacity=40, advice="请戴口罩")
    with pytest.raises(NotAllowed, match="大厅本机"):
        open_by_hand(floor.windows["4"], by=floor.sunli, at=NINE)
    assert two.round(MORNING)
    with two.box():
        hall = Hall.objects.get()
        assert (hall.capacity, hall.advice) == (40, "请戴口罩")
        line = Line.objects.get(letter="A")
        assert line.capped_until == TODAY
        manager = there("孙丽")
        with pytest.raises(NotAllowed, match=AT_COUNTY):
            propose_cap(line, by=manager, at=NINE, number=1, reason="午间只有一个窗口", **kinds)
        with pytest.raises(NotAllowed, match=AT_COUNTY):
            plan_tidal(Window.objects.get(number="4"), by=manager, at=NINE, wish=usual)
        with pytest.raises(NotAllowed, match=AT_COUNTY):
            draft_plan(hall, by=manager, at=NINE, told=Told(event="fire", title="", chief=manager))
        tick_day.tick(NINE)
        assert Window.objects.get(number="4").is_open
        assert list(Service.objects.filter(window__number="4").values_list("line__letter", flat=True)) == [
            "B"
        ]
    tick_day.tick(NINE)
    assert not TidalRun.objects.exists()  # the county opens nothing in a hall that is not its own
    Window.objects.filter(number="3").update(low=True)
    end_cap(cap, by=floor.sunli, at=NINE, why="又来了一个人")
    assert two.round(NINE)
    with two.box():  # what the county sends down meanwhile takes nothing from the window that is open
        assert Window.objects.get(number="4").is_open
        assert list(Service.objects.filter(window__number="4").values_list("line__letter", flat=True)) == [
            "B"
        ]
        assert Line.objects.get(letter="A").capped_until is None
        tick_day.tick(at(9, 24, 12, 1))
        assert not Window.objects.get(number="4").is_open


def test_the_machine_watches_its_hall_and_stops_it_and_both_sides_count_the_same_day(two: Two) -> None:
    floor = open_floor()
    hours = Hours(SessionKind.REGULAR, time(8), time(12), frozenset(range(1, 6)))
    set_hours(floor.hall, by=FOUNDER, at=MORNING, hours=hours, since=TODAY)
    registered(two, floor)
    come = booked(two, floor, MORNING)
    Booking.objects.update(begins=time(9, 30), ends=time(10))
    green = Aid.objects.create(hall=floor.hall, way="green", name="绿色通道")
    his = {"on": TODAY, "begins": time(9, 30), "channel": Channel.WEB, "phone": "10095715339"}
    wish = AidWish(aid=green, party=floor.cast.wangfang, **his)
    asked = ask_aid(wish, by=floor.cast.wangfang, at=MORNING, once=uuid4())

    def told(minutes: int) -> tuple[str, str]:
        tick_bookings.tick(NINE + timedelta(minutes=minutes))
        helping.tick(NINE + timedelta(minutes=minutes))
        return history(come.subject)[-1].name, history(asked.subject)[-1].name

    with two.box():
        for n in range(20):
            take_there(NINE + timedelta(seconds=n))
        tick_day.tick(NINE + timedelta(minutes=1))
        assert Overload.objects.get().waiting == 20
        hall = Hall.objects.get()
        stop_service(hall, by=there("孙丽"), at=NINE, reason="停电", until=NINE + timedelta(hours=1))
    assert two.round(NINE + timedelta(minutes=2))
    floor.hall.refresh_from_db()
    assert (floor.hall.why_stopped, floor.hall.stopped_until) == ("停电", NINE + timedelta(hours=1))
    assert told(2) == ("BookingDisplaced", "AidDisplaced")
    with pytest.raises(NotAllowed, match="大厅本机"):
        resume_service(floor.hall, by=floor.sunli, at=NINE)
    with two.box():
        resume_service(Hall.objects.get(), by=there("孙丽"), at=NINE + timedelta(minutes=5))
    assert two.round(NINE + timedelta(minutes=6))
    floor.hall.refresh_from_db()
    assert not floor.hall.stopped
    assert told(6) == told(7) == ("BookingRestored", "AidRestored")
    heard.tick(NINE + timedelta(minutes=7))
    tick_day.tick(NINE + timedelta(minutes=7))
    assert not Overload.objects.exists()
    two.wire.cut = "before"
    evening = at(9, 28, 8, 0)
    with two.box():
        tick(evening)
        tick_day.tick(evening)
        assert HallDay.objects.get(day=TODAY).sealed_at == evening
        counted = list(HourCount.objects.order_by("hour", "line").values_list("hour", "taken", "abandoned"))
        (silent,) = [one for one in machine(two.key, evening) if "联系不上" in one]
        assert "20 条等着上报" in silent
        assert "20 条没有报上去" in described(two.key, evening)
    assert ["没有声音了" in one for one in county(evening)] == [True]
    heard.tick(evening)
    assert HallDay.objects.get(day=TODAY).sealed_at is None  # not heard: nobody knows how the day ended
    two.wire.cut = ""
    assert two.round(evening)
    heard.tick(evening + timedelta(minutes=6))
    assert HallDay.objects.get(day=TODAY).sealed_at is not None
    assert list(county(evening)) == []
    with two.box():
        assert [one for one in machine(two.key, evening) if "编号" not in one] == []
    Box.objects.update(clock_off=900)
    assert ["时钟快了 15 分钟" in one for one in county(evening)] == [True]
    here = HourCount.objects.order_by("hour", "line").values_list("hour", "taken", "abandoned")
    assert list(here) == counted == [(9, 20, 20)]


def test_a_kiosk_registered_at_the_county_is_the_same_kiosk_at_the_machine_and_the_link_is_good_for_minutes(
    two: Two,
) -> None:
    """A browser shows its key to one address alone."""
    floor = open_floor()
    device = Device.objects.create(hall=floor.hall, kind="kiosk", name="东门取号机")
    registered(two, floor)
    Box.objects.update(address="http://192.168.1.10:8000")
    admin = on_duty(Officer.objects.get(staff_no="A001").account, TODAY)
    with time_machine.travel(MORNING, tick=False):
        page = at_desk(admin).post(f"/manage/devices/{device.pk}/register/").content.decode()
        (there_,) = re.findall(r'href="http://192.168.1.10:8000(/hall/device/[^"]+)"', page)
        with two.box():
            client = Client()
            assert "一分钟内会收到" in client.get(there_).content.decode()
    assert two.round(MORNING + timedelta(minutes=1))
    with two.box():
        with time_machine.travel(MORNING + timedelta(minutes=2), tick=False):
            assert client.get(there_).url == "/hall/kiosk/"
            assert client.get("/hall/kiosk/").status_code == 200
            assert Client().get("/hall/kiosk/").status_code == 403
            assert Client().get(there_[:-9] + "AAAAAAAA/").status_code == 409
        with time_machine.travel(MORNING + timedelta(minutes=20), tick=False):
            assert "重新登记" in Client().get(there_).content.decode()
    two.secret = boxes.renew_key(Box.objects.get(), by=admin, at=MORNING)
    assert two.round(MORNING + timedelta(minutes=21))
    sealed = handed_over(device, "x", MORNING)
    with two.box():
        assert key_in(Box.objects.get(), sealed.split("/")[-2], MORNING) == "x"
    assert Client().get(there_).status_code == 409  # the county is not the machine


def test_a_booking_that_moves_to_another_hall_is_taken_back_and_this_one_is_not_told_where(two: Two) -> None:
    floor = registered(two)
    one = booked(two, floor, MORNING)
    assert two.round(MORNING)
    other = Hall.objects.create(
        county=COUNTY, region=floor.hall.region, kind="branch", name="不动产分厅", address="测试路2号"
    )
    Booking.objects.filter(pk=one.pk).update(
        hall=other, line=Line.objects.create(hall=other, letter="A", name="登记")
    )
    before = len(two.wire.heard)
    assert two.round(MORNING + timedelta(minutes=1))
    with two.box():
        assert Booking.objects.get(pk=one.pk).stage == "cancelled"
    told = [row for answer in two.wire.heard[before:] for row in answer.get("bookings", [])]
    assert [sorted(row) for row in told] == [["digest", "on", "pk"]]
    assert BoxBooking.objects.get().answer == "dropped"
    assert two.round(MORNING + timedelta(minutes=2))
    assert not [row for answer in two.wire.heard[-2:] for row in answer.get("bookings", [])]
