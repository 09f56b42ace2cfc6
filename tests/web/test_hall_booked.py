"""预约 at the kiosk: whoever booked gets his one number by code or by paper, and reads why when he does not."""

from datetime import time

import pytest
from django.test import Client

from onewindow.hall.acts.coming import arrive
from onewindow.hall.models import Booking, Ticket
from onewindow.people.models import Post
from onewindow.places import acts
from onewindow.places.models import Device, Hall
from onewindow.rules.grants import FOUNDER, Grant
from onewindow.web.machines import COOKIE
from onewindow.web.views.hall.kiosk_booking import CODES
from tests.cast import COUNTER, COUNTY, at, officer
from tests.hall.booked import MONDAY, THURSDAY, Booked, in_service
from tests.hall.stage import post
from tests.web.citizen import on
from tests.web.desks import at_desk

pytestmark = pytest.mark.django_db
COMES = at(9, 28, 8, 50)


@pytest.fixture
def here() -> Booked:
    return in_service()


def kiosk(hall: Hall) -> Client:
    """The machine at the door of a hall."""
    device = acts.add_device(hall, by=FOUNDER, at=THURSDAY, kind=Device.Kind.KIOSK, name="东门取号机")
    client = Client()
    client.cookies[COOKIE] = acts.register_device(device, by=FOUNDER, at=THURSDAY)
    return client


def booked(here: Booked) -> Booking:
    return here.ask(on=MONDAY, begins=time(9))


def test_the_code_typed_at_the_kiosk_turns_the_booking_into_one_number_however_often_it_is_typed(
    here: Booked,
) -> None:
    booking, machine = booked(here), kiosk(here.hall)
    with on(COMES):
        answers = [machine.post("/hall/kiosk/booking/", {"code": booking.code.lower()}) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [302, 302]
        assert "A001" in machine.get(answers[0]["Location"]).content.decode()
    booking.refresh_from_db()
    ticket = Ticket.objects.get()
    assert (booking.stage, booking.ticket, ticket.channel) == ("arrived", ticket, "booking")
    assert ticket.device is not None
    assert answers[0]["Location"].partition("?")[0] == answers[1]["Location"].partition("?")[0]
    entry = booking.subject.entries.get(fact="BookingArrived")
    assert entry.by == f"device:{ticket.device.pk}"


def test_who_shows_his_paper_finds_his_booking_and_a_stranger_finds_none(here: Booked) -> None:
    booking, machine = booked(here), kiosk(here.hall)
    with on(COMES):
        machine.post("/hall/kiosk/paper/", {"paper": "991523199001010017"})
        assert booking.number not in machine.get("/hall/kiosk/lines/").content.decode()
        assert machine.post("/hall/kiosk/booked/", {"booking": booking.number}).status_code == 302
        assert not Ticket.objects.exists()
        machine.post("/hall/kiosk/paper/", {"paper": here.cast.wangfang.paper_number})
        page = machine.get("/hall/kiosk/lines/").content.decode()
        assert booking.number in page
        assert here.cast.wangfang.name not in page
        answer = machine.post("/hall/kiosk/booked/", {"booking": booking.number})
        assert "A001" in machine.get(answer["Location"]).content.decode()
    assert Ticket.objects.get().visit.party == here.cast.wangfang


def test_who_signed_in_at_the_desk_sees_the_number_that_he_has(here: Booked) -> None:
    booking, machine = booked(here), kiosk(here.hall)
    ticket = arrive(booking, by=here.liwei, at=COMES).ticket
    assert ticket is not None
    with on(COMES):
        answer = machine.post("/hall/kiosk/booking/", {"code": booking.code})
        assert ticket.number in machine.get(answer["Location"]).content.decode()
    assert Ticket.objects.count() == 1


def test_who_is_too_early_or_typed_amiss_reads_why_and_may_take_a_number_now(here: Booked) -> None:
    booking, machine = booked(here), kiosk(here.hall)
    with on(at(9, 28, 8, 0)):
        early = machine.post("/hall/kiosk/booking/", {"code": booking.code})
        amiss = machine.post("/hall/kiosk/booking/", {"code": "ABCDEFGH"})
    assert (early.status_code, amiss.status_code) == (422, 422)
    assert "才能签到" in early.content.decode()
    assert "没有这个预约" in amiss.content.decode()
    assert "现在取号" in early.content.decode()
    assert not Ticket.objects.exists()


def test_codes_are_not_guessed_at_a_kiosk(here: Booked) -> None:
    booking, machine = booked(here), kiosk(here.hall)
    with on(COMES):
        for _ in range(CODES.times):
            machine.post("/hall/kiosk/booking/", {"code": "ABCDEFGH"})
        answer = machine.post("/hall/kiosk/booking/", {"code": booking.code})
    assert "请过几分钟再试" in answer.content.decode()
    assert not Ticket.objects.exists()


def test_a_kiosk_of_another_hall_checks_nobody_in(here: Booked) -> None:
    booking = booked(here)
    other = Hall.objects.create(
        county=here.hall.county, region=here.hall.region, name="测试镇便民服务中心", kind="township"
    )
    machine = kiosk(other)
    with on(COMES):
        assert machine.post("/hall/kiosk/booking/", {"code": booking.code}).status_code == 422
    assert not Ticket.objects.exists()


def test_slip_and_bar_know_of_the_booking(here: Booked) -> None:
    booking, machine = booked(here), kiosk(here.hall)
    words = [str(grant) for grant in (*COUNTER, Grant.HALL_TAKE, Grant.HALL_CALL)]
    desk = post("综合受理窗口", here.hall, [], here.floor.windows["3"])
    Post.objects.filter(pk=desk.pk).update(grants=words)
    liwei = at_desk(officer(COUNTY, "李伟", "C303", desk))
    with on(at(9, 28, 8, 35)):
        answer = machine.post("/hall/kiosk/booking/", {"code": booking.code})
        assert "08:50 起叫到" in machine.get(answer["Location"]).content.decode()
        page = liwei.post("/counter/queue/next/", {}, follow=True).content.decode()
    assert booking.items.get().name in page.partition("</section>")[0]
