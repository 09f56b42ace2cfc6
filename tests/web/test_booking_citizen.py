"""预约办理 as an applicant sees it: from the guide to the code for the door, changed, cancelled, in the calendar."""

from datetime import datetime
from uuid import uuid4

import pytest
from django.test import Client

from onewindow.hall.acts.answering import propose, refuse
from onewindow.hall.booked import course
from onewindow.hall.models import Booking
from onewindow.notices.models import Message, Sending
from onewindow.people.models import Account
from tests.cast import at, carry_out
from tests.hall.booked import SATURDAY, THURSDAY, Booked, in_service, somebody
from tests.web.citizen import on

pytestmark = pytest.mark.django_db
CLOCK = "10095715339"


@pytest.fixture
def here() -> Booked:
    return in_service()


def signed_in(here: Booked) -> Client:
    account = Account.objects.create(
        username="wangfang", joined_at=at(1, 4), password="!", password_changed_at=at(1, 4)
    )
    here.cast.wangfang.account = account
    here.cast.wangfang.save()
    client = Client()
    with on(THURSDAY):
        client.force_login(account, "onewindow.people.signing.Backend")
    return client


def address(here: Booked) -> str:
    return here.cast.version.item.address


def send(client: Client, here: Booked, day: str, begins: str, **more: str) -> Booking:
    told = {
        "hall": str(here.hall.pk),
        "day": day,
        "begins": begins,
        "phone": CLOCK,
        "once": str(uuid4()),
        **more,
    }
    answer = client.post(f"/book/{address(here)}/", told)
    assert answer.status_code == 302, answer.content.decode()
    return Booking.objects.latest("pk")


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return str(answer.content.decode())


def test_the_guide_leads_to_the_times_and_a_slot_is_booked(here: Booked) -> None:
    client = signed_in(here)
    with on(THURSDAY):
        guide = page(client, f"/items/{address(here)}/")
        assert f"/book/{address(here)}/" in guide
        shown = page(client, f"/book/{address(here)}/?day=2026-09-28")
        assert "09:00–09:30" in shown
        assert "时段预约" in shown
        booking = send(client, here, "2026-09-28", "09:00")
        mine = page(client, f"/my/bookings/{booking.number}/")
        assert booking.code in mine
        assert "已确认" in mine
        for material in here.cast.materials:
            assert material.name in mine
        assert booking.number in page(client, "/my/bookings/")
        words = [word for _, word, _ in course(booking)]
    assert "预约确认" in words  # nobody had to agree
    assert "同意预约" not in words


@pytest.mark.req("LS-预约-1a")
def test_the_page_offers_weekends_as_such_and_no_made_up_saturday(here: Booked) -> None:
    client = signed_in(here)
    with on(THURSDAY):
        made_up = page(client, f"/book/{address(here)}/?day=2026-10-10")
        assert "10 月 10 日（星期六）" in made_up
        assert "双休日　预约办" not in made_up
        assert "双休日　预约办" in page(client, f"/book/{address(here)}/?day=2026-10-17")


def test_where_no_hall_has_hours_the_guide_offers_no_booking(here: Booked) -> None:
    client = signed_in(here)
    here.hall.openings.all().delete()
    with on(THURSDAY):
        assert "/book/" not in page(client, f"/items/{address(here)}/")


@pytest.mark.req("LS-预约-4.1a")
@pytest.mark.req("LS-预约-5b")
def test_a_day_off_waits_for_the_window_and_the_answer_holds_time_window_and_papers(here: Booked) -> None:
    client = signed_in(here)
    with on(THURSDAY):
        booking = send(client, here, "2026-10-17", "09:00")
        assert "待确认" in page(client, f"/my/bookings/{booking.number}/")
        from onewindow.hall.acts.answering import confirm

        confirm(booking, by=here.liwei, at=THURSDAY, seat=here.seat())
        carry_out(booking.subject)
    message = Message.objects.get(party=here.cast.wangfang, kind="BookingConfirmed:party")
    assert "10 月 17 日 09:00" in message.text
    assert "综合受理" in message.text
    assert all(material.name in message.text for material in here.cast.materials)
    sent = Sending.objects.get(message=message)
    assert sent.target == CLOCK
    assert here.cast.materials[0].name not in sent.text


@pytest.mark.req("LS-预约-5c")
def test_the_applicant_sees_why_it_was_refused_and_the_text_message_does_not_say_it(here: Booked) -> None:
    client = signed_in(here)
    with on(THURSDAY):
        booking = send(client, here, "2026-10-17", "09:00")
        refuse(booking, by=here.liwei, at=THURSDAY, ground="system_down", reason="税务系统那天整天停机")
        carry_out(booking.subject)
        shown = page(client, f"/my/bookings/{booking.number}/")
    assert "税务系统那天整天停机" in shown
    assert "系统" not in Sending.objects.latest("pk").text


def test_he_agrees_to_another_time(here: Booked) -> None:
    client = signed_in(here)
    with on(THURSDAY):
        booking = send(client, here, "2026-10-17", "09:00")
        propose(
            booking,
            by=here.liwei,
            at=THURSDAY,
            seat=here.seat(),
            on=SATURDAY,
            begins=datetime(1, 1, 1, 10).time(),
        )
        assert "同意这个时间" in page(client, f"/my/bookings/{booking.number}/")
        assert client.post(f"/my/bookings/{booking.number}/agree/").status_code == 302
    assert Booking.objects.get().stage == "confirmed"


def test_he_changes_and_cancels(here: Booked) -> None:
    client = signed_in(here)
    with on(THURSDAY):
        booking = send(client, here, "2026-09-28", "09:00")
        url = f"/my/bookings/{booking.number}/"
        assert "10:00–10:30" in page(client, url + "change/?day=2026-09-28")
        assert client.post(url + "change/", {"day": "2026-09-28", "begins": "10:00"}).status_code == 302
        assert Booking.objects.get().begins.hour == 10
        assert client.post(url + "cancel/").status_code == 302
        assert "已取消" in page(client, "/my/bookings/")


def test_a_slot_taken_meanwhile_is_refused_with_everything_kept(here: Booked) -> None:
    client = signed_in(here)
    with on(THURSDAY):
        here.ask(on=datetime(2026, 9, 28).date(), party=somebody("赵测试", "991523199001010017"))
        told = {
            "hall": str(here.hall.pk),
            "day": "2026-09-28",
            "begins": "09:00",
            "phone": "10095715341",
            "once": str(uuid4()),
        }
        answer = client.post(f"/book/{address(here)}/", told)
    assert answer.status_code == 409
    assert "刚刚约满" in answer.content.decode()
    assert "10095715341" in answer.content.decode()


def test_the_calendar_file_holds_the_time_and_the_place(here: Booked) -> None:
    client = signed_in(here)
    with on(THURSDAY):
        booking = send(client, here, "2026-09-28", "09:00")
        told = client.get(f"/my/bookings/{booking.number}/calendar.ics")
    lines = told.content.decode().replace("\r\n ", "").split("\r\n")
    assert told["Content-Type"].startswith("text/calendar")
    assert "DTSTART:20260928T010000Z" in lines
    assert "DTEND:20260928T013000Z" in lines
    assert any(line.startswith("LOCATION:罗山县政务服务中心") for line in lines)
    assert all(len(line.encode()) <= 75 for line in told.content.decode().split("\r\n"))


def test_somebody_else_finds_nothing_of_it(here: Booked) -> None:
    booking = here.ask(on=datetime(2026, 9, 28).date())
    account = Account.objects.create(
        username="other", joined_at=at(1, 4), password="!", password_changed_at=at(1, 4)
    )
    other = somebody("赵测试", "991523199001010017")
    other.account = account
    other.save()
    client = Client()
    with on(THURSDAY):
        client.force_login(account, "onewindow.people.signing.Backend")
        for rest in ("", "change/", "calendar.ics"):
            assert client.get(f"/my/bookings/{booking.number}/{rest}").status_code == 404
        assert client.post(f"/my/bookings/{booking.number}/cancel/").status_code == 404


def test_another_day_is_looked_at_and_what_was_typed_stays(here: Booked) -> None:
    client = signed_in(here)
    told = {"hall": str(here.hall.pk), "day": "2026-09-28", "look": "2026-10-17", "once": str(uuid4())}
    with on(THURSDAY):
        shown = client.post(f"/book/{address(here)}/", {**told, "phone": "10011112222", "note": "要办两份"})
        text = shown.content.decode()
    assert shown.status_code == 200
    assert "双休日　预约办" in text
    assert 'value="10011112222"' in text
    assert 'value="要办两份"' in text
    assert told["once"] in text
    assert not Booking.objects.exists()
