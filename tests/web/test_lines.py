"""公布的电话: set on the page of places, and from then on every public page and letter shows them."""

import pytest
from django.test import Client

from onewindow.catalogue.models import Item
from onewindow.journal.models import Entry
from onewindow.letters.models import Letter
from onewindow.places import acts
from onewindow.places.models import County, Department, Hall
from onewindow.places.reads import telephone
from onewindow.rules.grants import NotAllowed, NotGranted
from onewindow.rules.identity import NO_PHONE
from tests.api.conftest import Program
from tests.cast import SEP24, carry_out
from tests.letters.test_follow import text
from tests.people.conftest import Stage
from tests.web.citizen import on, shown
from tests.web.desks import Desk, at_desk

pytestmark = pytest.mark.django_db
ASK, COMPLAIN, OFFICE, HALL = "0000-1000001", "0000-1000002", "0000-1000003", "0000-1000004"


@pytest.fixture(autouse=True)
def placeholders(stage: Stage) -> None:
    County.objects.update(phone=NO_PHONE, supervision_phone=NO_PHONE)
    Department.objects.update(phone=NO_PHONE)
    Hall.objects.update(phone=NO_PHONE)


@pytest.fixture
def admin(stage: Stage) -> Desk:
    return at_desk(stage.admin)


def set_all(stage: Stage, admin: Desk) -> None:
    with on(SEP24):
        lines = {"phone": ASK, "supervision_phone": COMPLAIN}
        assert admin.post("/manage/windows/lines/", lines).status_code == 302
        office = f"/manage/windows/departments/{stage.cast.market.pk}/phone/"
        assert admin.post(office, {"phone": OFFICE}).status_code == 302
        hall = f"/manage/windows/halls/{stage.cast.window.hall_id}/phone/"
        assert admin.post(hall, {"phone": HALL}).status_code == 302


def test_the_county_a_department_and_a_hall_get_their_telephones_and_each_is_a_fact(
    stage: Stage, admin: Desk
) -> None:
    set_all(stage, admin)
    county = County.objects.get()
    assert (county.phone, county.supervision_phone) == (ASK, COMPLAIN)
    assert Department.objects.get(pk=stage.cast.market.pk).phone == OFFICE
    assert Hall.objects.get(pk=stage.cast.window.hall_id).phone == HALL
    facts = Entry.objects.filter(fact="TelephoneSet").order_by("pk")
    assert [one.body for one in facts] == [
        {"department": 0, "hall": 0},
        {"department": stage.cast.market.pk, "hall": 0},
        {"department": 0, "hall": stage.cast.window.hall_id},
    ]
    assert {one.by for one in facts} == {stage.admin.actor_code}
    with on(SEP24):
        page = admin.get("/manage/windows/").content.decode()
    assert all(number in page for number in (ASK, COMPLAIN, OFFICE, HALL))


def test_public_pages_the_api_and_letters_show_them(stage: Stage, admin: Desk, client: Client) -> None:
    item = Item.objects.get()
    address = f"/items/{item.address}/"
    with on(SEP24):
        before = client.get(address).content.decode()
        assert NO_PHONE in before
        set_all(stage, admin)
        guide = client.get(address).content.decode()
        leaflet = client.get(f"{address}leaflet/").content.decode()
        case = stage.cast.accepted()
        track = shown(client, case)
        home = client.get("/").content.decode()
        told = Program("").get(f"/items/{item.address}").json()["guide"]
    assert OFFICE in guide
    assert COMPLAIN in guide
    assert OFFICE in leaflet
    assert COMPLAIN in track
    assert ASK in home
    for page in (guide, leaflet, track, home):
        assert NO_PHONE not in page
    assert told.get("service", {}).get("consult", OFFICE) == OFFICE
    carry_out(case.subject)
    assert OFFICE in text(Letter.objects.get(kind="accepted"))


def test_an_item_with_a_telephone_of_its_own_keeps_it_and_a_row_of_noughts_gives_way(stage: Stage) -> None:
    county = County(demo=True)
    assert telephone(county, "0376-2000001", OFFICE, ASK) == "0376-2000001"
    assert telephone(county, NO_PHONE, OFFICE, ASK) == OFFICE
    assert telephone(county, NO_PHONE, "", NO_PHONE) == NO_PHONE
    assert telephone(County(demo=False), NO_PHONE, "") == ""


@pytest.mark.parametrize("phone", ["12", "电话", "<script>"])
def test_what_is_no_telephone_is_refused_beside_its_field(admin: Desk, phone: str) -> None:
    with on(SEP24):
        answer = admin.post("/manage/windows/lines/", {"phone": phone, "supervision_phone": COMPLAIN})
    assert answer.status_code == 200
    assert "电话应为" in answer.content.decode()
    assert County.objects.get().supervision_phone == NO_PHONE


def test_a_real_installation_takes_no_row_of_noughts(stage: Stage) -> None:
    County.objects.update(demo=False)
    county, hall = County.objects.get(), stage.cast.window.hall
    with pytest.raises(NotAllowed, match="打不通"):
        acts.set_lines(county, by=stage.admin, at=SEP24, phone=NO_PHONE, supervision_phone=COMPLAIN)
    with pytest.raises(NotAllowed, match="打不通"):
        acts.set_department_phone(stage.cast.market, by=stage.admin, at=SEP24, phone=NO_PHONE)
    with pytest.raises(NotAllowed, match="打不通"):
        acts.set_hall_phone(hall, by=stage.admin, at=SEP24, phone=NO_PHONE)


def test_who_does_not_keep_the_places_sets_no_telephone(stage: Stage) -> None:
    for stranger in (stage.cast.liwei, stage.cast.chenju, stage.sunli):
        with pytest.raises(NotGranted):
            acts.set_lines(stage.cast.county, by=stranger, at=SEP24, phone=ASK, supervision_phone=ASK)
        with pytest.raises(NotGranted):
            acts.set_department_phone(stage.cast.market, by=stranger, at=SEP24, phone=ASK)
        with pytest.raises(NotGranted):
            acts.set_hall_phone(stage.cast.window.hall, by=stranger, at=SEP24, phone=ASK)
    with on(SEP24):
        assert at_desk(stage.cast.liwei).get("/manage/windows/lines/").status_code == 403
