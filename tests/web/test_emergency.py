"""应急 and 便民服务 on the screens: a hall stops in two steps, a booking moves with one press, a visit is asked for and done."""

from datetime import time
from typing import Any

import pytest
from django.test import Client

from onewindow.emergency.acts.stopping import stop_service
from onewindow.emergency.models import Incident, Plan, Stop
from onewindow.hall.models import Booking
from onewindow.helping.models import AidRequest
from onewindow.intake.models import Application
from onewindow.journal.models import Access
from onewindow.people.models import Party
from onewindow.places import acts as places
from onewindow.places.models import Device, Hall
from onewindow.places.write import organisation
from onewindow.rules.grants import FOUNDER
from onewindow.web.machines import COOKIE
from tests.cast import COUNTY, at, carry_out
from tests.emergency.test_emergency import approver, piece
from tests.faults.fields import wangfangs
from tests.hall.booked import MONDAY, Booked, in_service
from tests.web.citizen import on
from tests.web.desks import at_desk

pytestmark = pytest.mark.django_db
MORNING = at(9, 28, 8, 30)


@pytest.fixture
def here() -> Booked:
    return in_service()


def read(client: Client, page: str) -> str:
    answer = client.get(page)
    assert answer.status_code == 200, page
    return str(answer.content.decode())


def test_a_hall_stops_in_two_steps_says_so_everywhere_and_a_booking_moves_with_one_press(
    here: Booked,
) -> None:
    booked = here.ask(on=MONDAY, begins=time(9))
    boss, liwei, his = at_desk(here.floor.sunli), at_desk(here.liwei), wangfangs(here.cast)
    page, told = f"/emergency/{here.hall.pk}/", {"reason": "停电", "day": "2026-09-28", "hour": "12:00"}
    with on(MORNING):
        assert liwei.get(f"{page}stop/").status_code == 403
        first = boss.post(f"{page}stop/", told).content.decode()
        assert "马上停止服务？" in first
        assert '<b class="num">1</b> 人，马上逐个通知' in first
        assert not Stop.objects.exists()
        assert boss.post(f"{page}stop/", {**told, "confirmed": "yes"}).status_code == 302
        assert "已经停止服务了" in boss.post(f"{page}stop/", {**told, "confirmed": "yes"}).content.decode()
        carry_out(organisation(COUNTY))
        for screen in (f"/hall/{here.hall.pk}/", f"/hall/{here.hall.pk}/display/now/", "/hall/"):
            shown = read(Client(), screen)
            assert "停止服务" in shown
            assert "今天开放" not in shown
        assert booked.number in read(liwei, "/bookings/gone/")
        shown = read(his, f"/my/bookings/{booked.number}/")
        assert "大厅停止服务（停电）" in shown
        assert 'value="2026-09-28T13:30"' in shown
        moved = his.post(f"/my/bookings/{booked.number}/again/", {"time": "2026-09-28T13:30"})
        assert moved.status_code == 302
        assert "没有要改约的人" in read(liwei, "/bookings/gone/")
        assert boss.post(f"{page}resume/").status_code == 302
    assert Booking.objects.get().begins == time(13, 30)
    assert Stop.objects.get().ended_at == MORNING


def test_a_plan_is_drafted_agreed_to_started_ticked_and_closed_on_the_screens(here: Booked) -> None:
    boss, chief, liwei = at_desk(here.floor.sunli), at_desk(approver()), at_desk(here.liwei)
    item, hall = piece(here.floor, "extinguisher", "灭火器 1 号"), here.hall.pk
    with on(MORNING):
        told = {
            "title": "停电应急预案",
            "chief": here.floor.sunli.pk,
            "parts": "疏散｜导办员",
            "steps": "断电｜电工\n疏散",
        }
        assert boss.post(f"/emergency/{hall}/plans/power/", told).status_code == 302
        plan = Plan.objects.get()
        assert plan.steps == [{"step": "断电", "who": "电工"}, {"step": "疏散", "who": ""}]
        assert chief.post(f"/emergency/plans/{plan.pk}/approve/").status_code == 302
        assert boss.post(f"/emergency/plans/{plan.pk}/start/", {"what": "配电箱冒烟"}).status_code == 302
        number = Incident.objects.get().number
        page = f"/emergency/incidents/{number}/"
        entry = Incident.objects.get().entries.first()
        assert entry is not None
        assert liwei.post(f"{page}steps/{entry.pk}/", {"note": "总闸已断"}).status_code == 302
        assert "总闸已断" in read(liwei, page)
        assert boss.get(f"{page}report.pdf").status_code == 409
        short = boss.post(f"{page}do/close/", {"summary": "好了"})
        assert short.status_code == 409
        assert boss.post(f"{page}do/close/", {"summary": "十分钟断电疏散，没有人受伤。"}).status_code == 302
        assert boss.get(f"{page}report.pdf")["Content-Type"] == "application/pdf"
        assert "到期没有检查" in read(boss, f"/emergency/{hall}/")
        assert liwei.post(f"/emergency/safety/{item.pk}/check/", {"sound": "yes"}).status_code == 302
        assert "到期没有检查" not in read(boss, f"/emergency/{hall}/")
        assert at_desk(here.cast.zhaoqiang).get(f"/emergency/{hall}/").status_code == 403


@pytest.mark.req("JN-6l")
def test_a_home_visit_from_the_portal_to_the_case_taken_in_at_home(here: Booked) -> None:
    boss, liwei, his = at_desk(here.floor.sunli), at_desk(here.cast.liwei), wangfangs(here.cast)
    clerk, hall = at_desk(here.liwei), here.hall.pk
    offer = {"way": "home", "name": "上门服务", "grounds": "残疾人\n老年人", "fields_": "几楼*", "order": "0"}
    with on(MORNING):
        assert boss.post(f"/services/halls/{hall}/new/", offer).status_code == 302
        shown = read(Client(), "/hall/services/")
        assert "申请上门服务" in shown
        pk = here.hall.aids.get().pk
        form = read(his, f"/my/services/new/{pk}/")
        once = form.split('name="once"')[1].split('value="')[1].split('"')[0]
        told = {"on": "2026-09-28", "begins": "10:00", "phone": "10095715339", "once": once, "own_0": "三楼"}
        told |= {"ground": "老年人", "address": "测试路 1 号"}
        for _ in range(2):
            assert his.post(f"/my/services/new/{pk}/", told).status_code == 302
        number = AidRequest.objects.get().number
        page = f"/services/{number}/"
        listed = read(clerk, "/services/?stage=open")
        assert number in listed
        assert "王芳" not in listed, "beside why he needs it stands the family name alone"
        assert "王*" in listed
        assert number not in read(clerk, "/services/?stage=done")
        for printed in (f"/services/{number}/form.pdf", "/services/register.pdf?stage=open"):
            assert clerk.get(printed).content.startswith(b"%PDF"), printed
        assert Access.objects.filter(what="export", about__in=("services", number)).count() == 2
        shown = read(clerk, page)
        assert "三楼" in shown
        assert "测试路" not in shown
        assert "10095715339" not in shown
        opened = clerk.post(f"{page}contact/").content.decode()
        assert "测试路 1 号" in opened
        assert "10095715339" in opened
        lines = Access.objects.filter(by=here.liwei.actor_code, about=f"party:{here.cast.wangfang.pk}")
        assert sorted(one.what for one in lines) == ["unmask:address", "unmask:phone"]
        assert boss.post(f"{page}contact/").status_code == 403
        mine = f"/my/services/{number}/"
        assert "改到别的日子" in read(his, mine)
        assert his.post(f"{mine}day/", {"on": "2026-01-01", "begins": "10:00"}).status_code == 409
        assert his.post(f"{mine}day/", {"on": "2026-09-28", "begins": "11:00"}).status_code == 302
        sent = {"officer": here.liwei.pk, "on": "2026-09-28", "begins": "10:00"}
        for act, more in (("arrange", sent), ("set-out", {}), ("reach", {})):
            assert clerk.post(f"{page}do/{act}/", more).status_code == 302
        assert liwei.post(f"{page}take-in/").status_code in (302, 404)
        both = at_desk(_both(here))
        assert both.post(f"{page}take-in/").url == "/counter/"
        assert both.post("/counter/begin/", {"version": here.cast.version.pk}).status_code == 302
        application = Application.objects.get()
        assert (application.channel, application.visit) == ("visit", AidRequest.objects.get().visit)
        assert "已出发" not in read(his, f"/my/services/{number}/")


def _both(here: Booked) -> Any:
    from onewindow.people.models import Post
    from onewindow.rules.grants import Grant
    from tests.cast import officer

    words = [str(one) for one in (Grant.INTAKE_RECEIVE, Grant.BOOKING_ANSWER, Grant.PEOPLE_FILE)]
    post = Post.objects.create(
        county=COUNTY,
        name="上门窗口",
        scope="hall",
        hall=here.hall,
        window=here.floor.windows["4"],
        grants=words,
    )
    return officer(COUNTY, "李伟", "C909", post)


def test_a_booking_code_on_the_first_page_of_the_kiosk_checks_in_and_a_stopped_one_says_so(
    here: Booked,
) -> None:
    booked = here.ask(on=MONDAY, begins=time(9))
    device = places.add_device(here.hall, by=FOUNDER, at=MORNING, kind=Device.Kind.KIOSK, name="取号机")
    kiosk = Client()
    kiosk.cookies[COOKIE] = places.register_device(device, by=FOUNDER, at=MORNING)
    with on(at(9, 28, 8, 45)):
        wrong = kiosk.post("/hall/kiosk/shown/", {"paper": "99152319880304042"})
        assert wrong.status_code == 422  # an identity number, one sign short
        given = kiosk.post("/hall/kiosk/shown/", {"paper": f" {booked.code.lower()} "})
        assert given.status_code == 302
        assert "/hall/kiosk/slip/" in given.url
        assert Booking.objects.get().stage == "arrived"
        stop_service(here.hall, by=here.floor.sunli, at=at(9, 28, 8, 45), reason="停电", until=at(9, 28, 12))
        assert "现在不取号" in read(kiosk, "/hall/kiosk/")
        assert Hall.objects.get(pk=here.hall.pk).stopped


def test_a_booking_of_what_firms_apply_for_asks_for_the_firm(here: Booked) -> None:
    item = here.cast.version.item
    item.audience = ["企业法人"]
    item.save()
    his = wangfangs(here.cast)
    with on(MORNING):
        page = f"/book/{item.address}/?day=2026-09-28"
        assert "先登记您代表的单位" in read(his, page)
        told = {"day": "2026-09-28", "begins": "14:00", "phone": "10095715339", "note": ""}
        told["once"] = "6a1f3f0e-0f0a-4d0c-9d5b-000000000001"
        assert his.post(f"/book/{item.address}/", told).status_code == 422
        firm = Party.objects.create(
            kind=Party.Kind.ORG,
            name="测试小面馆",
            paper_kind="uscc",
            paper_number="92990000MA00000000",
            paper_hash=b"f" * 32,
            representative=here.cast.wangfang,
        )
        assert his.post(f"/book/{item.address}/", told).status_code == 302
    assert Booking.objects.get().party == firm
