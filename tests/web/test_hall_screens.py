"""The screens of a hall: who takes a number by himself, what hangs for everybody, and who may rate a service."""

import re
from datetime import date, datetime, time, timedelta

import pytest
from django.test import Client

from onewindow.feedback.models import Rating
from onewindow.ground.hearing import SESSION_COOKIE
from onewindow.hall.acts import calling
from onewindow.hall.models import Ticket
from onewindow.places import acts
from onewindow.places.models import Device, HelpCall, Opening
from onewindow.rules.grants import FOUNDER, Grant
from onewindow.rules.identity import demo_id
from onewindow.web.machines import COOKIE
from onewindow.web.views.hall.scan import address_of_hall
from tests.cast import COUNTY, officer
from tests.hall.stage import NINE, Floor, open_floor, post
from tests.web.citizen import on
from tests.web.desks import at_desk

pytestmark = pytest.mark.django_db
K = Device.Kind
OLD = demo_id(1523, datetime(1950, 3, 10).date(), 42)
LATER = NINE + timedelta(minutes=1)


@pytest.fixture
def floor() -> Floor:
    return open_floor()


def machine(floor: Floor, kind: Device.Kind, **told: object) -> Client:
    """A browser that is this machine."""
    device = acts.add_device(floor.hall, by=FOUNDER, at=NINE, kind=kind, name=kind.label, **told)
    client = Client()
    client.cookies[COOKIE] = acts.register_device(device, by=FOUNDER, at=NINE)
    return client


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found
    return found[1]


def press(kiosk: Client, floor: Floor, **more: str) -> Ticket:
    """Somebody presses at the kiosk, with the page in front of him."""
    page = kiosk.get(f"/hall/kiosk/lines/{floor.general.pk}/").content.decode()
    told = {"line": str(floor.general.pk), "once": hidden(page, "once"), "priority": "ordinary", **more}
    answer = kiosk.post("/hall/kiosk/take/", told)
    assert answer.status_code == 302
    return Ticket.objects.get(code=answer["Location"].split("/")[4])


def test_a_browser_that_is_no_machine_takes_no_number(floor: Floor) -> None:
    assert Client().get("/hall/kiosk/").status_code == 403
    pad = machine(floor, K.PAD, window=floor.windows["3"])
    assert pad.get("/hall/kiosk/").status_code == 403
    assert pad.post("/hall/kiosk/take/", {"line": floor.general.pk}).status_code == 403
    assert not Ticket.objects.exists()


def test_a_number_is_taken_without_a_card_and_twice_pressed_it_is_one(floor: Floor) -> None:
    kiosk = machine(floor, K.KIOSK)
    with on(NINE):
        page = kiosk.get(f"/hall/kiosk/lines/{floor.general.pk}/").content.decode()
        told = {"line": str(floor.general.pk), "once": hidden(page, "once"), "priority": "ordinary"}
        first, second = kiosk.post("/hall/kiosk/take/", told), kiosk.post("/hall/kiosk/take/", told)
        assert first["Location"] == second["Location"]
        ticket = Ticket.objects.get()
        assert (ticket.number, ticket.channel, ticket.device.kind) == ("A001", "kiosk", "kiosk")
        assert ticket.visit.party is None
        slip = kiosk.get(first["Location"]).content.decode()
    assert "A001" in slip
    assert "data-print-now" in slip
    assert "<svg" in slip


def test_a_card_opens_the_file_and_is_forgotten_with_the_number(floor: Floor) -> None:
    kiosk = machine(floor, K.KIOSK)
    number = floor.cast.wangfang.paper_number
    with on(NINE):
        assert kiosk.post("/hall/kiosk/paper/", {"paper": number})["Location"] == "/hall/kiosk/lines/"
        kept = kiosk.cookies["onewindow_paper"]
        assert number not in kept.value
        assert number not in kiosk.get("/hall/kiosk/lines/").content.decode()
        ticket = press(kiosk, floor)
        assert ticket.visit.party == floor.cast.wangfang
        assert kiosk.cookies["onewindow_paper"].value == ""
        assert press(kiosk, floor).visit.party is None


def test_whoever_is_old_by_his_card_is_told_so_and_goes_before(floor: Floor) -> None:
    kiosk = machine(floor, K.KIOSK)
    with on(NINE):
        kiosk.post("/hall/kiosk/paper/", {"paper": OLD})
        page = kiosk.get(f"/hall/kiosk/lines/{floor.general.pk}/").content.decode()
        assert "按证件，您是老年人" in page
        ticket = press(kiosk, floor, priority="elderly")
    assert ticket.visit.shown == {"kind": "resident", "number": OLD}
    assert ticket.rank == ticket.taken_at - timedelta(minutes=20)


def test_a_card_laid_on_long_ago_and_a_cookie_of_another_are_nobodys(floor: Floor) -> None:
    kiosk = machine(floor, K.KIOSK)
    with on(NINE):
        kiosk.post("/hall/kiosk/paper/", {"paper": OLD})
    with on(NINE + timedelta(minutes=4)):
        assert press(kiosk, floor).visit.shown == {}
        kiosk.cookies["onewindow_paper"] = "c29tZXRoaW5n"
        assert press(kiosk, floor).visit.shown == {}


def test_a_wrong_number_is_said_to_be_wrong_and_kept_to_be_mended(floor: Floor) -> None:
    kiosk = machine(floor, K.KIOSK)
    answer = kiosk.post("/hall/kiosk/paper/", {"paper": "991523195003100420"})
    assert answer.status_code == 422
    assert 'value="991523195003100420"' in answer.content.decode()


def test_the_first_page_forgets_whoever_was_there(floor: Floor) -> None:
    kiosk = machine(floor, K.KIOSK)
    with on(NINE):
        kiosk.post("/hall/kiosk/paper/", {"paper": OLD})
        home = kiosk.get("/hall/kiosk/")
    assert home.cookies["onewindow_paper"].value == ""
    assert 'data-idle="90"' in home.content.decode()
    assert home["Cache-Control"] == "no-store"


@pytest.mark.req("LS-导办-8c")
def test_whoever_needs_a_guide_is_seen_by_the_guide(floor: Floor) -> None:
    kiosk = machine(floor, K.KIOSK)
    with on(NINE):
        press(kiosk, floor, help="on")
        kiosk.post("/hall/kiosk/help/", headers={"X-Requested-With": "fetch"})
        desk = at_desk(floor.zhoujie)
        page = desk.get("/helping/").content.decode()
        assert "取号机" in page
        assert "A001" in page
        call = HelpCall.objects.get()
        desk.post(f"/helping/calls/{call.pk}/", {"what": "帮助选择业务", "helped": "on"})
        call.refresh_from_db()
        assert call.answered_by == floor.zhoujie.actor_code


def test_a_telephone_takes_a_number_only_with_the_code_of_the_hall(floor: Floor) -> None:
    kiosk, phone = machine(floor, K.KIOSK), Client()
    with on(NINE):
        kiosk.get("/hall/kiosk/")
        way = re.sub(r"^https?://[^/]+", "", address_of_hall(floor.hall))
        page = phone.get(way).content.decode()
        told = {"line": str(floor.general.pk), "once": hidden(page, "once"), "priority": "ordinary"}
        assert phone.post(way, told).status_code == 302
        assert Ticket.objects.get().channel == "phone"
        assert phone.get(f"/hall/{floor.hall.pk}/take/").status_code == 403
        assert phone.get(f"/hall/{floor.hall.pk}/take/?t=x").status_code == 403
    with on(NINE + timedelta(minutes=11)):
        assert phone.post(way, told).status_code == 403


def test_the_screen_of_a_window_shows_its_number_and_who_is_called_there(floor: Floor) -> None:
    way = f"/hall/windows/{floor.windows['3'].pk}/now/"
    with on(NINE):
        floor.take(party=floor.cast.wangfang)
        assert "请等叫号" in Client().get(way).content.decode()
        calling.call_next(floor.windows["3"], by=floor.liwei, at=NINE)
        page = Client().get(way).content.decode()
        assert "请到本窗口" in page
        assert "A001" in page
        assert "李伟" in page
        assert "王芳" not in page
        main = Client().get(f"/hall/{floor.hall.pk}/display/").content.decode()
        assert "王芳" not in main
        assert f"/hall/{floor.hall.pk}/voice/" in main


def test_a_paused_window_says_so_on_its_screen_and_on_the_large_one(floor: Floor) -> None:
    acts.pause_window(floor.windows["3"], by=floor.liwei, at=NINE, reason="系统升级")
    with on(LATER):
        assert "暂停服务" in Client().get(f"/hall/windows/{floor.windows['3'].pk}/now/").content.decode()
        shown = Client().get(f"/hall/{floor.hall.pk}/display/now/").content.decode()
    assert "3 号窗口暂停服务：系统升级" in shown


def test_a_call_has_a_key_of_its_own_every_time_and_a_sound(floor: Floor) -> None:
    way = f"/hall/{floor.hall.pk}/display/now/"
    with on(NINE):
        ticket = floor.take()
        calling.call_next(floor.windows["3"], by=floor.liwei, at=NINE)
        first = re.findall(r'data-call="([^"]+)"', Client().get(way).content.decode())
        calling.call_again(ticket, by=floor.liwei, at=LATER)
        second = re.findall(r'data-call="([^"]+)"', Client().get(way).content.decode())
        assert len(first) == len(second) == 1
        assert first != second
        sound = f"/hall/{floor.hall.pk}/voice/{ticket.pk}.wav"
        whole = Client().get(sound)
        assert whole.content.startswith(b"RIFF")
        part = Client().get(sound, headers={"Range": "bytes=0-3"})
        assert (part.status_code, part.content) == (206, b"RIFF")
        assert part["Content-Range"] == f"bytes 0-3/{len(whole.content)}"
        assert Client().get(sound, headers={"If-None-Match": whole["ETag"]}).status_code == 304
        assert Client().get(sound, headers={"Range": "bytes=99999999-"}).status_code == 416
        calling.begin(ticket, by=floor.liwei, at=LATER)
        assert "data-call=" not in Client().get(way).content.decode()


def test_nobody_hears_a_number_that_was_not_called(floor: Floor) -> None:
    ticket = floor.take()
    with on(NINE):
        assert Client().get(f"/hall/{floor.hall.pk}/voice/{ticket.pk}.wav").status_code == 404
    with on(NINE + timedelta(days=1)):
        assert Client().get(f"/hall/{floor.hall.pk}/voice/{ticket.pk}.wav").status_code == 404


def test_the_telephone_shows_the_place_then_the_window_then_asks_what_it_was_like(floor: Floor) -> None:
    with on(NINE):
        floor.take()
        ticket = floor.take(party=floor.cast.wangfang)
        way = f"/hall/n/{ticket.code}/"
        page = Client().get(way).content.decode()
        assert "<dd>1 <small>人</small></dd>" in page
        assert "王芳" not in page
        for _ in range(2):
            called = calling.call_next(floor.windows["3"], by=floor.liwei, at=NINE)
            assert called is not None
            if called.pk == ticket.pk:
                break
            calling.begin(called, by=floor.liwei, at=NINE)
            calling.finish(called, by=floor.liwei, at=NINE)
        assert "3 号窗口" in Client().get(f"{way}now/").content.decode()
        assert "rate" not in Client().get(f"{way}now/").content.decode()
        calling.begin(ticket, by=floor.liwei, at=NINE)
        calling.finish(ticket, by=floor.liwei, at=NINE)
        assert f"{way}rate/" in Client().get(f"{way}now/").content.decode()
    assert Client().get("/hall/n/nobody/").status_code == 404


@pytest.fixture
def served(floor: Floor) -> Ticket:
    ticket = floor.take()
    calling.call_next(floor.windows["3"], by=floor.liwei, at=NINE)
    calling.begin(ticket, by=floor.liwei, at=NINE)
    return ticket


@pytest.mark.req("JN-9e")
def test_the_pad_asks_after_the_service_with_its_clerk_and_stores_one_rating(
    floor: Floor, served: Ticket
) -> None:
    pad = machine(floor, K.PAD, window=floor.windows["3"])
    with on(LATER):
        assert "满意吗" not in pad.get("/hall/pad/now/").content.decode()
        calling.finish(served, by=floor.liwei, at=LATER)
        asked = pad.get("/hall/pad/now/").content.decode()
        assert "满意吗" in asked
        assert "李伟" in asked
        assert "checked" not in asked
        assert pad.post("/hall/pad/rate/", {"ticket": served.pk, "grade": "3"}).status_code == 302
        rating = Rating.objects.get()
        assert (rating.grade, rating.channel, rating.subject) == (3, "pad", served.subject)
        again = pad.post("/hall/pad/rate/", {"ticket": served.pk, "grade": "5"})
        assert again.status_code == 409
        assert "一次服务评价一次" in again.content.decode()
        assert "谢谢您的评价" in pad.get("/hall/pad/now/").content.decode()
    assert Rating.objects.get().grade == 3


def test_a_service_is_rated_on_the_telephone_or_at_the_pad_and_not_at_both(
    floor: Floor, served: Ticket
) -> None:
    pad = machine(floor, K.PAD, window=floor.windows["3"])
    with on(LATER):
        way = f"/hall/n/{served.code}/rate/"
        assert "还没有办完" in Client().get(way).content.decode()
        calling.finish(served, by=floor.liwei, at=LATER)
        assert Client().post(way, {}).status_code == 422
        assert Client().post(way, {"grade": "2", "reason": "1"}).status_code == 422
        assert Client().post(way, {"grade": "5"}).status_code == 302
        assert "满意吗" not in pad.get("/hall/pad/now/").content.decode()
        assert pad.post("/hall/pad/rate/", {"ticket": served.pk, "grade": "1"}).status_code == 409
    assert Rating.objects.get().channel == "phone"


def test_the_clerk_does_not_rate_himself(floor: Floor, served: Ticket) -> None:
    pad = machine(floor, K.PAD, window=floor.windows["3"])
    other = machine(floor, K.KIOSK)
    with on(LATER):
        calling.finish(served, by=floor.liwei, at=LATER)
        desk = at_desk(floor.liwei)
        told = {"ticket": served.pk, "grade": "5"}
        assert desk.post("/hall/pad/rate/", told).status_code == 403
        desk.cookies[COOKIE] = pad.cookies[COOKIE].value
        assert desk.cookies[SESSION_COOKIE].value
        refused = desk.post("/hall/pad/rate/", told)
        assert refused.status_code == 403
        assert "请先退出登录" in refused.content.decode()
        assert other.post("/hall/pad/rate/", told).status_code == 403
    assert not Rating.objects.exists()


def test_the_pad_asks_the_next_one_about_his_own_service_alone(floor: Floor, served: Ticket) -> None:
    pad = machine(floor, K.PAD, window=floor.windows["3"])
    with on(LATER):
        calling.finish(served, by=floor.liwei, at=LATER)
        after = floor.take(when=LATER)
        calling.call_next(floor.windows["3"], by=floor.liwei, at=LATER)
        assert "满意吗" in pad.get("/hall/pad/now/").content.decode()
        calling.begin(after, by=floor.liwei, at=LATER)
        assert "满意吗" not in pad.get("/hall/pad/now/").content.decode()
        assert pad.post("/hall/pad/rate/", {"ticket": served.pk, "grade": "1"}).status_code == 409
    with on(LATER + timedelta(minutes=6)):
        assert "满意吗" not in pad.get("/hall/pad/now/").content.decode()


def test_everybody_sees_from_home_how_many_wait(floor: Floor) -> None:
    with on(NINE):
        floor.take()
        assert "<dd>1 <small>人</small></dd>" in Client().get("/hall/waiting/").content.decode()
        assert "A001" not in Client().get(f"/hall/{floor.hall.pk}/").content.decode()
        listed = Client().get("/hall/").content.decode()
        assert floor.hall.name in listed
        assert '<b class="num">1</b> 人在等' in listed
        floor.hall.lines.update(closed_on=NINE.date())
        assert Client().get("/hall/waiting/").status_code == 204


def test_hall_page_and_large_screen_tell_when_it_is_open_today(floor: Floor) -> None:
    since = date(2026, 1, 1)
    Opening.objects.create(hall=floor.hall, kind="regular", begins=time(8, 30), ends=time(12), since=since)
    with on(NINE):
        for page in ("", "now/", "display/", "display/now/"):
            assert "今天开放 08:30–12:00" in Client().get(f"/hall/{floor.hall.pk}/{page}").content.decode()


def test_a_machine_is_registered_where_it_stands_and_what_it_does_is_counted(floor: Floor) -> None:
    device = acts.add_device(floor.hall, by=FOUNDER, at=NINE, kind=K.KIOSK, name="东门取号机", keeper="周洁")
    admin = officer(COUNTY, "郑凯", "M001", post("管理员", floor.hall, [Grant.PLACES_MANAGE]))
    with on(NINE):
        client = at_desk(admin)
        answer = client.post(f"/manage/devices/{device.pk}/register/")
        assert (answer.status_code, answer["Location"]) == (302, "/hall/")
        assert client.get("/hall/")["Location"] == "/hall/kiosk/"
        assert client.get("/manage/devices/").status_code == 302  # signed out
        press(client, floor)
        listed = at_desk(admin).get("/manage/devices/").content.decode()
    assert "今天 1 个号" in listed
