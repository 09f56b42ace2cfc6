"""The machine at the door as a service: find, self-service first, apply at any hour, progress, print, and nothing stays."""

import re
from datetime import date, datetime

import pytest
from django.http import HttpResponse
from django.test import Client

from onewindow.cases.models import Case
from onewindow.catalogue.models import Item
from onewindow.guidance import index
from onewindow.guidance.words import initials
from onewindow.hall.models import Ticket
from onewindow.helping.models import Guided
from onewindow.helping.reads import guided
from onewindow.people.models import Account, Party
from onewindow.places.models import Device, Zone
from onewindow.web import at_machine
from tests.cast import at, carry_out
from tests.hall.stage import NINE, Floor, open_floor
from tests.web.citizen import granted, on
from tests.web.stage import demand_second_factor
from tests.web.test_apply import ready
from tests.web.test_hall_screens import hidden, machine, press

pytestmark = pytest.mark.django_db
K = Device.Kind


@pytest.fixture
def floor() -> Floor:
    """A hall with a self-service zone, and an item that its machines do."""
    made = open_floor(guide={"service": {"kiosk": True}})
    Zone.objects.create(hall=made.hall, kind="self_service", name="自助服务区", floor=2)
    return made


@pytest.mark.req("LS-导办-8b")
def test_a_self_service_item_shows_its_zone_first_and_the_share_that_went_there_is_counted(
    floor: Floor,
) -> None:
    kiosk, address = machine(floor, K.KIOSK), floor.cast.version.item.address
    with on(NINE):
        page = kiosk.get(f"/hall/kiosk/items/{address}/").content.decode()
        assert page.index("到自助区办") < page.index("还是到窗口，取号")
        assert "自助服务区" in page
        assert "2 楼" in page
        assert "2 楼" in kiosk.post(f"/hall/kiosk/items/{address}/there/").content.decode()
        who = kiosk.get(f"/hall/kiosk/lines/{floor.general.pk}/?item={address}").content.decode()
        told = {"line": floor.general.pk, "once": hidden(who, "once"), "item": hidden(who, "item")}
        for _ in range(2):
            kiosk.post("/hall/kiosk/take/", told)
        assert Ticket.objects.get().item == floor.cast.version.item
        assert sorted(Guided.objects.values_list("way", flat=True)) == ["self", "window"]
        found = guided.figures(floor.hall, NINE.date(), NINE.date())
        assert (found.offered, found.diverted, found.share) == (2, 1, 50)


def test_an_item_is_found_by_its_first_letters_and_its_leaflet_is_printed(floor: Floor) -> None:
    kiosk, item = machine(floor, K.KIOSK), floor.cast.version.item
    index.rebuild(item.county)
    with on(NINE):
        part = kiosk.get("/hall/kiosk/find/?q=食品经营", headers={"X-Requested-With": "fetch"})
        assert item.name in part.content.decode()
        assert "<html" not in part.content.decode()
        for typed in (initials(item.name), "SHIPINJINGYING", "shipin"):  # all that its keys can write
            assert item.name in kiosk.get("/hall/kiosk/find/", {"q": typed.upper()}).content.decode(), typed
        whole = kiosk.get("/hall/kiosk/find/?q=qqqq").content.decode()
        assert "没有找到" in whole
        assert "data-keypad" in whole
        leaflet = kiosk.get(f"/hall/kiosk/items/{item.address}/leaflet/").content.decode()
        assert "data-print-now" in leaflet
        assert "要带什么" in leaflet


def test_progress_by_number_and_code_or_by_the_scanned_receipt_and_its_letters_are_printed(
    floor: Floor, tmp_path, settings
) -> None:
    settings.FILES_DIR, settings.SIGNING_DIR = tmp_path / "files", tmp_path / "signing"
    case = floor.cast.apply()
    carry_out(case.subject)
    kiosk = machine(floor, K.KIOSK)
    with on(at(9, 24, 11)):
        told = {"number": case.number.lower(), "code": case.enquiry_code}
        page = kiosk.post("/hall/kiosk/progress/", told).content.decode()
        assert "data-print-slip" in page
        assert case.item_name in page
        assert "王芳" not in page
        way = re.findall(r'data-print-letter="([^"]+)"', page)[0]
        letter = kiosk.get(way)
        assert letter.content.startswith(b"%PDF")
        assert letter["X-Frame-Options"] == "SAMEORIGIN"
        assert Client().get(way).status_code == 403
        typed = f"{settings.PUBLIC_URL}/track/?number={case.number}#{case.enquiry_code}"
        assert case.item_name in kiosk.post("/hall/kiosk/progress/", {"scan": typed}).content.decode()
        wrong = kiosk.post("/hall/kiosk/progress/", {**told, "code": "000000"})
        assert wrong.status_code == 422
        assert case.item_name not in wrong.content.decode()
        assert kiosk.get("/hall/kiosk/letters/abc/").status_code == 404
        assert not kiosk.session.keys()
    with on(at(9, 24, 12)):
        assert kiosk.get(way).status_code == 404


@pytest.mark.req("JN-9a", "ZH-2.3.2.2d")
def test_on_a_saturday_night_the_machine_takes_an_application_prints_its_slip_and_forgets_him(
    floor: Floor, tmp_path, settings
) -> None:
    settings.FILES_DIR, settings.SIGNING_DIR = tmp_path / "files", tmp_path / "signing"
    cast, kiosk, night = floor.cast, machine(floor, K.KIOSK), at(9, 26, 23)
    Item.objects.filter(pk=cast.version.item_id).update(online_depth=3, audience=["自然人"])
    demand_second_factor(False)
    account = Account.objects.create(username="wangfang", joined_at=at(1, 5), password_changed_at=at(1, 5))
    Party.objects.filter(pk=cast.wangfang.pk).update(account=account)
    address = cast.version.item.address
    with on(night):
        assert cast.version.name in kiosk.get("/hall/kiosk/items/").content.decode()
        began = kiosk.post(f"/hall/kiosk/items/{address}/apply/")
        assert (began["Location"], kiosk.cookies["ow_machine"].value) == (f"/apply/{address}/", "90")
        kiosk.force_login(account, "onewindow.people.signing.Backend")
        page = kiosk.get(f"/apply/{address}/").content.decode()
        assert 'data-machine="90"' in page
        assert 'data-mode="elder"' in page
        assert "用完了，退出" in page
        draft = ready(cast, kiosk)
        kiosk.post(f"{draft}review/", {"phone": "10095715339", "delivery_way": "counter", "declared": "on"})
        done = kiosk.get(f"{draft}done/").content.decode()
        case = Case.objects.get()
        assert case.number in done
        assert "打印这一页" in done
        assert case.application.get_channel_display() == "自助终端"
        assert (case.received_at, case.due_on) == (night, date(2026, 10, 9))  # 28, 29, 30, 8 and 9 October
        left = kiosk.post("/hall/kiosk/leave/")
        assert left["Location"] == "/hall/kiosk/"
        assert left["Clear-Site-Data"] == '"cache", "storage"'
        assert not kiosk.session.keys()
        assert kiosk.cookies["ow_machine"].value == ""
        assert 'data-idle="90"' in kiosk.get("/hall/kiosk/").content.decode()
        terminal = machine(floor, K.TERMINAL)  # the same pages, from its key on
        assert terminal.get("/hall/")["Location"] == "/hall/kiosk/"
        assert address in terminal.get("/hall/kiosk/items/").content.decode()
        told = {"number": case.number, "code": case.enquiry_code}
        assert case.item_name in kiosk.post("/hall/kiosk/progress/", told).content.decode()
        assert "login" in kiosk.get(f"{draft}done/")["Location"]
    assert 'data-machine="' not in Client().get("/search/").content.decode()


def test_the_second_person_at_a_machine_sees_nothing_of_the_first_even_when_no_script_runs(
    floor: Floor,
) -> None:
    cast, kiosk, address = floor.cast, machine(floor, K.KIOSK), floor.cast.version.item.address
    Item.objects.filter(pk=cast.version.item_id).update(online_depth=3, audience=["自然人"])
    demand_second_factor(False)
    account = Account.objects.create(username="wangfang", joined_at=at(1, 5), password_changed_at=at(1, 5))
    Party.objects.filter(pk=cast.wangfang.pk).update(account=account)

    def first(when: datetime) -> None:
        with on(when):
            kiosk.post(f"/hall/kiosk/items/{address}/apply/")
            kiosk.force_login(account, "onewindow.people.signing.Backend")
            page = kiosk.get("/my/")
            assert "王芳" in page.content.decode()
            assert page["Cache-Control"] == "no-store"

    def stranger(when: datetime) -> None:
        with on(when):
            seen = kiosk.get("/my/")
            assert "login" in seen["Location"]
            assert "王芳" not in kiosk.get(seen["Location"]).content.decode()

    first(at(9, 26, 20, 0))
    with on(at(9, 26, 20, 2)):
        assert kiosk.get("/hall/kiosk/stay/").status_code == 204  # he is still typing
    with on(at(9, 26, 20, 4)):
        assert "王芳" in kiosk.get("/my/").content.decode()
        assert "http-equiv" in kiosk.get("/my/").content.decode(), (
            "without script the page goes back by itself"
        )
    stranger(at(9, 26, 20, 8))
    first(at(9, 26, 21, 0))
    with on(at(9, 26, 21, 1)):
        page = kiosk.get("/hall/kiosk/")
        assert page.status_code == 200, "the next person touches the first page at once"
        assert "王芳" not in page.content.decode()
        assert page["Clear-Site-Data"] == '"cache", "storage"'
        assert kiosk.cookies["ow_machine"].value == ""
    stranger(at(9, 26, 21, 1))


def test_a_paper_that_somebody_left_at_a_machine_is_not_taken_for_the_next_ones(floor: Floor) -> None:
    cast, kiosk, address = floor.cast, machine(floor, K.KIOSK), floor.cast.version.item.address
    Item.objects.filter(pk=cast.version.item_id).update(online_depth=3, audience=["自然人"])
    with on(at(9, 24, 9, 5)):
        kiosk.post("/hall/kiosk/paper/", {"paper": cast.wangfang.paper_number})
        kiosk.post(f"/hall/kiosk/items/{address}/apply/")
        assert kiosk.cookies["onewindow_paper"].value
        assert press(kiosk, floor).visit.party is None, "whoever comes next is not taken for him"
        assert kiosk.cookies["onewindow_paper"].value == ""
        del kiosk.cookies["ow_machine"]  # a browser does so with what is taken back; this one only empties it
        kiosk.post("/hall/kiosk/paper/", {"paper": cast.wangfang.paper_number})
        assert press(kiosk, floor).visit.party == cast.wangfang


def test_no_page_at_a_machine_opens_a_second_window(floor: Floor) -> None:
    page = HttpResponse('<a href="/x/" target="_blank" rel="noopener">看</a>')
    assert at_machine.alone(page).content.decode() == '<a href="/x/" rel="noopener">看</a>'  # type: ignore[union-attr]
    file = HttpResponse(b"%PDF", content_type="application/pdf")
    assert at_machine.alone(file) is file
    assert "Cache-Control" not in file


def test_what_was_granted_hangs_in_the_hall_with_masked_names(floor: Floor) -> None:
    granted(floor.cast)
    with on(at(10, 10)):
        page = Client().get(f"/hall/{floor.hall.pk}/finished/").content.decode()
    assert floor.cast.version.name in page
    assert "王*" in page
    assert "王芳" not in page
