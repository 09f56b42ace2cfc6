"""预约 on the desk: written down, answered, rung up, checked in, signed, filed; sessions with their roster."""

from datetime import time
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onewindow.hall.acts.leaving import name_leader
from onewindow.hall.models import Ban, Booking, Session, Trouble
from onewindow.journal.models import Access
from onewindow.notices.models import OfficerMessage
from onewindow.people.models import Duty
from onewindow.places.write import organisation
from onewindow.rules.bookings import GROUNDS, Channel
from onewindow.rules.grants import FOUNDER, Grant
from onewindow.web.templatetags.ow import light
from tests.cast import COUNTY, at, carry_out
from tests.hall.booked import MONDAY, SATURDAY, THURSDAY, Booked, in_service
from tests.oversight.stage import supervisor
from tests.web.citizen import on
from tests.web.desks import Desk, at_desk

pytestmark = pytest.mark.django_db
NINE = at(10, 17, 9, 0)


@pytest.fixture
def here() -> Booked:
    return in_service()


def read(desk: Desk, page: str, **told: Any) -> str:
    answer = desk.get(page, told)
    assert answer.status_code == 200, page
    return str(answer.content.decode())


def do(desk: Desk, booking: Booking, act: str, **told: Any) -> Any:
    return desk.post(f"/bookings/{booking.number}/do/{act}/", told)


def seat(here: Booked) -> dict[str, int]:
    return {"window": here.floor.windows["3"].pk, "officer": here.liwei.pk}


@pytest.mark.req("LS-预约-4.1a")
def test_the_window_agrees_on_its_page_and_the_roster_has_him(here: Booked) -> None:
    liwei, booking = at_desk(here.liwei), here.ask()
    with on(THURSDAY):
        for other in (here.cast.zhaoqiang, here.floor.zhoujie):
            assert do(at_desk(other), booking, "confirm", **seat(here)).status_code in (403, 404)
        assert Booking.objects.get().stage == "asked"
        assert booking.number in read(liwei, "/bookings/")
        assert do(liwei, booking, "confirm", **seat(here)).status_code == 302
        shown = read(liwei, f"/bookings/{booking.number}/")
    assert "首问责任人" in shown
    assert "已确认" in shown
    assert Duty.objects.get().officer == here.liwei


@pytest.mark.req("LS-预约-6")
def test_agreeing_without_a_member_is_refused_and_who_has_not_signed_on_is_told_of(here: Booked) -> None:
    from onewindow.hall.tick_bookings import tick

    sunli = supervisor()
    name_leader(here.floor.windows["3"], by=FOUNDER, at=THURSDAY, officer=here.zhoujie)
    liwei, booking = at_desk(here.liwei), here.ask()
    with on(THURSDAY):
        answer = do(liwei, booking, "confirm", window=here.floor.windows["3"].pk, officer="")
        assert answer.status_code == 422
        assert Booking.objects.get().stage == "asked"
        do(liwei, booking, "confirm", **seat(here))
    tick(at(10, 17, 9, 1))
    carry_out(organisation(COUNTY))
    told = OfficerMessage.objects.filter(kind="DutyUnmet")
    assert {one.officer for one in told} == {sunli, here.zhoujie}
    assert all("没有签到" in one.title for one in told)


@pytest.mark.req("LS-预约-5a")
def test_an_answer_that_is_late_turns_red_and_its_time_is_shown(here: Booked) -> None:
    liwei, booking = at_desk(here.liwei), here.ask()
    with on(at(9, 24, 10, 29)):
        assert "超时没有答复" not in read(liwei, "/bookings/")
    with on(at(9, 24, 10, 45)):
        assert "超时没有答复" in read(liwei, "/bookings/")
        do(liwei, booking, "confirm", **seat(here))
        assert "45 分钟" in read(liwei, "/bookings/", list="ahead")


@pytest.mark.req("LS-预约-7")
def test_a_refusal_because_of_the_day_off_comes_before_the_supervisor(here: Booked) -> None:
    sunli = supervisor()
    liwei, booking = at_desk(here.liwei), here.ask()
    with on(THURSDAY):
        assert "非工作日" not in str(GROUNDS)
        assert do(liwei, booking, "refuse", ground="other", reason="周末没有人上班").status_code == 302
        carry_out(booking.subject)
        assert "已经列入监督" in read(liwei, f"/bookings/{booking.number}/")
    assert "以非工作日为由" in OfficerMessage.objects.get(officer=sunli).title


@pytest.mark.req("LS-预约-5c")
def test_a_refusal_without_a_reason_is_rejected(here: Booked) -> None:
    liwei, booking = at_desk(here.liwei), here.ask()
    with on(THURSDAY):
        assert do(liwei, booking, "refuse", ground="", reason="").status_code == 422
    assert Booking.objects.get().stage == "asked"


@pytest.mark.req("LS-预约-3.2")
def test_a_telephone_booking_shows_channel_recorder_and_the_callers_number(here: Booked) -> None:
    booking = here.ask(by=here.liwei, channel=Channel.PHONE, phone="10095715342")
    liwei = at_desk(here.liwei)
    with on(THURSDAY):
        shown = read(liwei, f"/bookings/{booking.number}/")
        form = liwei.get(f"/bookings/{booking.number}/form.pdf")
    assert "电话预约，李伟登记" in shown
    assert form["Content-Type"] == "application/pdf"
    words = text_of(form.content)
    assert "电话预约" in words
    assert "10095715342" in words
    assert booking.number in words


@pytest.mark.req("LS-预约-3.1")
def test_an_on_site_booking_prints_as_a_numbered_form_and_is_not_offered_on_a_day_off(here: Booked) -> None:
    liwei, address = at_desk(here.liwei), here.cast.version.item.address
    with on(THURSDAY):
        stand(liwei, here)
        assert "现场预约" in read(liwei, f"/bookings/new/{address}/", day="2026-10-17")
        told = {"channel": "counter", "hall": here.hall.pk, "day": "2026-10-17", "begins": "09:00"}
        more = {"phone": "10095715339", "once": "6f6f0f9e-6f57-4d0f-9f43-3fd0c1b7a001"}
        assert liwei.post(f"/bookings/new/{address}/", {**told, **more}).status_code == 302
        booking = Booking.objects.get()
        assert booking.number in text_of(liwei.get(f"/bookings/{booking.number}/form.pdf").content)
    with on(at(9, 27, 10, 0)):
        stand(liwei, here)
        shown = read(liwei, f"/bookings/new/{address}/", day="2026-10-17")
    assert "电话预约" in shown
    assert "现场预约" not in shown


def stand(desk: Desk, here: Booked) -> None:
    """王芳's paper is read at this desk."""
    session = desk.session
    session["in_front"] = here.cast.wangfang.pk
    session.save()


def text_of(pdf: bytes) -> str:
    from io import BytesIO

    from pypdf import PdfReader

    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).replace("\n", "")


@pytest.mark.req("LS-预约-4.3a")
def test_it_is_closed_with_both_signatures_and_printed_in_two_marked_copies(here: Booked) -> None:
    liwei, booking = at_desk(here.liwei), here.confirmed()
    with on(at(10, 17, 8, 55)):
        assert do(liwei, booking, "arrive").status_code == 302
        assert do(liwei, booking, "serve", outcome="已受理").status_code == 409
        assert do(liwei, booking, "handler").status_code == 302
        assert do(liwei, booking, "serve", outcome="已受理").status_code == 409
        assert do(liwei, booking, "sign", on_paper="on").status_code == 302
        assert do(liwei, booking, "serve", outcome="已受理").status_code == 302
        words = text_of(liwei.get(f"/bookings/{booking.number}/form.pdf").content)
    assert "第 1/2 份" in words
    assert "第 2/2 份" in words
    assert "罗山县政务服务中心预约服务登记表" in words


@pytest.mark.req("LS-预约-4.3b")
def test_the_section_finds_the_form_and_acknowledges_it_with_number_and_day(here: Booked) -> None:
    liwei, forms, booking = at_desk(here.liwei), at_desk(here.zhoujie), here.confirmed()
    with on(at(10, 17, 9, 0)):
        for act in ("arrive", "handler"):
            do(liwei, booking, act)
        do(liwei, booking, "sign", on_paper="on")
        do(liwei, booking, "serve")
    with on(at(10, 19, 9, 0)):
        assert booking.number in read(forms, "/bookings/forms/")
        assert forms.post(f"/bookings/forms/{booking.number}/file/").status_code == 302
        (row,) = [
            one
            for one in read(forms, "/bookings/forms/", list="filed").split("<tr>")
            if booking.number in one and "YYB2026-0001" in one
        ]
        assert "10 月 19 日" in row
        assert booking.number not in read(forms, "/bookings/forms/")


@pytest.mark.req("LS-预约-4.2b")
def test_the_page_lets_nobody_be_called_abandoned_too_early(here: Booked) -> None:
    liwei, booking = at_desk(here.liwei), here.confirmed()
    with on(at(10, 17, 9, 31)):
        assert do(liwei, booking, "abandon").status_code == 409
        assert do(liwei, booking, "try", reached="no").status_code == 302
        assert do(liwei, booking, "abandon").status_code == 302
    assert Booking.objects.get().stage == "abandoned"


def test_the_telephone_of_whoever_did_not_come_is_masked_until_it_is_asked_for(here: Booked) -> None:
    booking = here.confirmed()
    liwei, page = at_desk(here.liwei), f"/bookings/{booking.number}/"
    with on(at(10, 17, 9, 31)):
        shown = read(liwei, page)
        assert "先打预留电话" in shown
        assert "10095715339" not in shown
        assert shown.count("100****5339") == 2
        assert not Access.objects.filter(what="unmask:phone").exists()
        opened = liwei.post(f"{page}contact/")
        assert opened.content.decode().count("10095715339") == 2
        assert at_desk(here.zhoujie).post(f"{page}contact/").status_code == 403
        assert at_desk(here.cast.zhaoqiang).post(f"{page}contact/").status_code in (403, 404)
        assert liwei.get(f"{page}form.pdf").status_code == 200
    [line] = Access.objects.filter(what="unmask:phone")
    assert (line.by, line.about) == (here.liwei.actor_code, f"party:{booking.party_id}")
    assert booking.number in line.reason
    assert Access.objects.filter(what="export", about=booking.number).count() == 1


@pytest.mark.req("LS-预约-1b")
def test_three_bookings_of_a_saturday_stand_on_one_sheet_in_order_of_time(here: Booked) -> None:
    numbers = {hour: here.confirmed(begins=time(hour)).number for hour in (11, 9, 10)}
    with on(THURSDAY):
        shown = read(at_desk(here.liwei), f"/bookings/sessions/{Session.objects.get().pk}/")
    places = [shown.index(numbers[hour]) for hour in (9, 10, 11)]
    assert places == sorted(places)


@pytest.mark.req("LS-错时-5a")
@pytest.mark.req("LS-错时-5b")
@pytest.mark.req("LS-错时-7")
def test_the_office_files_the_session_and_fills_its_gaps(here: Booked) -> None:
    assert here.confirmed(on=MONDAY, begins=time(12)).service == "odd_hours"
    office, session = at_desk(here.sunli), Session.objects.get()
    with on(THURSDAY):
        listed = read(office, "/bookings/sessions/").split("<tbody>")[1]
        assert "9 月 28 日" in listed
        assert "等备案" in listed or "备案<" in listed
        assert light("red", "空缺") in listed
        assert "带班领导、值班股室、后勤保障、技术保障" in listed
        assert Booking.objects.get().number in read(office, f"/bookings/sessions/{session.pk}/")
        for role in ("leader", "section", "logistics", "technical"):
            named = {"role": role, "officer": here.cast.chenju.pk, "phone": "0000-0000000"}
            assert office.post(f"/bookings/sessions/{session.pk}/duty/", named).status_code == 302
        assert office.post(f"/bookings/sessions/{session.pk}/file/").status_code == 302
        listed = read(office, "/bookings/sessions/")
        sheet = read(office, f"/bookings/sessions/{session.pk}/")
    assert "空缺" not in listed.split("<tbody>")[1]
    assert "已报局办公室备案" in sheet
    assert "后勤保障" in sheet
    assert "技术保障" in sheet
    assert "0000-0000000" in sheet
    carry_out(organisation(COUNTY))
    assert OfficerMessage.objects.filter(officer=here.cast.chenju, kind="DutyNamed").count() == 4


@pytest.mark.req("LS-错时-6")
def test_more_bookings_than_those_on_duty_can_serve_show_a_shortage(here: Booked) -> None:
    name_leader(here.floor.windows["3"], by=FOUNDER, at=THURSDAY, officer=here.zhoujie)
    first = here.confirmed(on=MONDAY, begins=time(12))
    carry_out(first.subject)
    assert not OfficerMessage.objects.filter(officer=here.zhoujie, kind="BookingConfirmed").exists()
    session = Session.objects.get()
    with on(THURSDAY):
        assert "还少" not in read(at_desk(here.liwei), f"/bookings/sessions/{session.pk}/")
        from tests.hall.booked import somebody

        second = here.confirmed(on=MONDAY, begins=time(12), party=somebody("赵测试", "991523199001010017"))
        assert "窗口还少 1 人" in read(at_desk(here.liwei), f"/bookings/sessions/{session.pk}/")
    carry_out(second.subject)
    warned = OfficerMessage.objects.get(officer=here.zhoujie, kind="BookingConfirmed")
    assert "人手不够" in warned.title
    assert "还少 1 人" in warned.text


@pytest.mark.req("LS-错时-5c")
def test_a_trouble_stays_open_until_its_outcome_is_written_down(here: Booked) -> None:
    here.confirmed()
    session, liwei, office = Session.objects.get(), at_desk(here.liwei), at_desk(here.sunli)
    page = f"/bookings/sessions/{session.pk}/"
    with on(NINE):
        assert liwei.post(f"{page}trouble/", {"what": "打印机卡纸，打不出受理单"}).status_code == 302
        assert "没有结果" in read(liwei, page)
        trouble = Trouble.objects.get()
        assert office.post(f"{page}trouble/{trouble.pk}/", {"outcome": ""}).status_code == 200
        assert "没有结果" in read(liwei, page)
        told = {"outcome": "换用二号窗口的打印机，已打出"}
        assert office.post(f"{page}trouble/{trouble.pk}/", told).status_code == 302
        assert "没有结果" not in read(liwei, page)


@pytest.mark.req("LS-预约-4.2a")
def test_a_code_at_the_door_gives_a_number_for_the_booked_window(here: Booked) -> None:
    booking = here.confirmed()
    earlier = here.floor.take(when=at(10, 17, 8, 53), outside="周末场次有人没有预约也来了")
    with on(at(10, 17, 8, 55)):
        answer = at_desk(here.liwei).post("/bookings/check-in/", {"code": booking.code.lower()})
    assert answer.status_code == 302
    came = Booking.objects.select_related("ticket").get()
    assert came.arrived_at == at(10, 17, 8, 55)
    assert came.ticket is not None
    assert came.ticket.only == here.floor.windows["3"]
    assert came.ticket.rank < earlier.rank


def test_a_ban_is_listed_with_its_days_and_lifted_with_a_reason(here: Booked) -> None:
    booking = here.confirmed()
    ban = Ban.objects.create(
        county=COUNTY, party=here.cast.wangfang, booking=booking, began_on=SATURDAY, days=["2026-10-17"]
    )
    office = at_desk(here.sunli)
    with on(NINE):
        assert "2026-10-17" in read(office, "/bookings/bans/")
        assert office.post(f"/bookings/bans/{ban.pk}/lift/", {"reason": ""}).status_code == 200
        lifted = office.post(f"/bookings/bans/{ban.pk}/lift/", {"reason": "住院期间，已出示证明"})
    assert lifted.status_code == 302
    ban.refresh_from_db()
    assert ban.lifted_on == SATURDAY


def test_another_hall_or_office_sees_nothing(here: Booked) -> None:
    booking = here.confirmed()
    here.cast.zhaoqiang.held.first().post.grants.append(Grant.BOOKING_ANSWER.value)
    post = here.cast.zhaoqiang.held.first().post
    post.grants = [*post.grants, Grant.BOOKING_ANSWER.value, Grant.BOOKING_LIFT.value]
    post.save()
    told = {"party": here.cast.wangfang, "booking": booking, "began_on": SATURDAY, "days": ["2026-10-17"]}
    ban = Ban.objects.create(county=COUNTY, **told)
    with on(THURSDAY):
        assert "2026-10-17" in read(at_desk(here.liwei), "/bookings/bans/")
        zhaoqiang = at_desk(here.cast.zhaoqiang)
        assert zhaoqiang.get(f"/bookings/{booking.number}/").status_code == 404
        assert zhaoqiang.get(f"/bookings/{booking.number}/form.pdf").status_code == 404
        assert zhaoqiang.get(f"/bookings/sessions/{Session.objects.get().pk}/").status_code == 404
        assert booking.number not in read(zhaoqiang, "/bookings/", list="ahead")
        assert "没有人被限制" in read(zhaoqiang, "/bookings/bans/")
        assert zhaoqiang.get(f"/bookings/bans/{ban.pk}/lift/").status_code == 404


def test_a_list_costs_the_same_however_long_it_is(here: Booked) -> None:
    liwei = at_desk(here.liwei)
    counts = []
    for hour in (9, 10, 11):
        here.confirmed(begins=time(hour))
        with on(THURSDAY):
            read(liwei, "/bookings/", list="ahead")
            with CaptureQueriesContext(
                connection,
            ) as seen:
                read(liwei, "/bookings/", list="ahead")
            counts.append(len(seen))
    assert counts[0] == counts[1] == counts[2]


def test_a_code_that_is_not_found_stays_in_its_field_with_the_sentence(here: Booked) -> None:
    booking = here.confirmed()
    desk = at_desk(here.liwei)
    with on(at(10, 17, 8, 55)):
        wrong = desk.post("/bookings/check-in/", {"code": "ZZZZ9999"})
    with on(at(10, 17, 7, 0)):
        early = desk.post("/bookings/check-in/", {"code": booking.code})
    assert (wrong.status_code, early.status_code) == (422, 409)
    assert "没有这个预约码" in wrong.content.decode()
    assert 'value="ZZZZ9999"' in wrong.content.decode()
    assert 'href="?list=today"' in wrong.content.decode()
    with on(at(10, 17, 8, 55)):
        assert desk.get("/bookings/check-in/?list=today")["Location"] == "/bookings/?list=today"
    assert "才能签到" in early.content.decode()
    assert f'value="{booking.code}"' in early.content.decode()


def test_a_refusal_leads_an_officer_back_to_where_he_pressed(here: Booked) -> None:
    booking = here.confirmed()
    desk = at_desk(here.liwei)
    with on(THURSDAY):
        told = {"referer": f"http://testserver/bookings/{booking.number}/"}
        address = f"/bookings/new/{here.cast.version.item.address}/"  # and nobody's paper was read
        answer = desk.get(address, headers=told)
        strange = desk.get(address, headers={"referer": "https://example.org/x/"})
        broken = desk.get(address, headers={"referer": "http://[testserver"})
        again = desk.get(address, headers={"referer": f"http://testserver{address}"})
    assert [one.status_code for one in (answer, strange, broken, again)] == [409] * 4
    assert "回到刚才的页面" in answer.content.decode().split("ow-act")[-1]
    assert "回到刚才的页面" not in again.content.decode().split("ow-act")[-1]
    assert f'href="/bookings/{booking.number}/"' in answer.content.decode()
    assert 'aria-label="工作台"' in answer.content.decode()
    assert "example.org" not in strange.content.decode()
