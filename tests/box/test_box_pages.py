"""在大厅本机上: does the machine answer its own pages alone, and say of all others where they are?"""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client, override_settings

from onewindow.catalogue.models import Item
from onewindow.guidance.models import Listing
from onewindow.guidance.reads.search import search
from onewindow.guidance.reads.wanted import Wanted
from onewindow.people.models import Officer
from onewindow.web.desks import desks_of
from onewindow.web.views.boxes import BoxForm
from tests.box.test_box import registered, there
from tests.box.two import Two
from tests.cast import COUNTY
from tests.hall.stage import NINE
from tests.web.desks import at_desk


@pytest.mark.parametrize(
    "address",
    ["/track/", "/verify/", "/search/?q=x", "/my/", "/public/granted/", "/rules/", "/api/v1/items/"],
)
def test_what_only_the_county_knows_is_never_answered_by_the_machine(two: Two, address: str) -> None:
    registered(two)
    with two.box(), override_settings(COUNTY_URL="https://zwfw.example.cn"):
        page = Client().get(address)
    assert page.status_code == 404
    assert f"https://zwfw.example.cn{address}" in page.content.decode()
    assert "没有找到" not in page.content.decode()


def test_the_machine_opens_its_own_hall_and_its_manager_stops_it_there(two: Two) -> None:
    floor = registered(two)
    with two.box(), time_machine.travel(NINE, tick=False):
        assert Client().get("/")["Location"] == f"/hall/{floor.hall.pk}/"
        page = Client().get(f"/hall/{floor.hall.pk}/").content.decode()
        assert "进度查询" not in page
        assert "提建议" not in page
        assert "大厅本机" in Client().get("/accounts/login/").content.decode()
        desk = at_desk(Officer.objects.get(staff_no="H009"))
        shown = desk.get(f"/emergency/{floor.hall.pk}/").content.decode()
        assert "停止服务" in shown
        assert "起草或者修订" not in shown
        assert desk.get("/helping/remarks/").status_code == 404


def test_every_page_that_the_bar_of_the_machine_offers_opens(two: Two) -> None:
    registered(two)
    with two.box(), time_machine.travel(NINE, tick=False):
        for name in ("李伟", "周洁", "孙丽"):
            desk, offered = at_desk(there(name)), desks_of(there(name))
            opened = {one.label: desk.get(one.url, follow=True).status_code for one in offered}
            assert opened == {one.label: 200 for one in offered}, name


def test_items_are_found_at_the_machine_as_at_the_county(two: Two) -> None:
    registered(two)
    item = Item.objects.filter(county=COUNTY, state="published").exclude(current=None).get()

    def found() -> list[int]:
        with two.box():
            return [hit.item for hit in search(COUNTY, Wanted(words=item.name)).hits]

    assert found() == [item.pk]
    with two.box():
        Listing.objects.all().delete()  # as a machine of an earlier version has it
    assert found() == []
    assert two.round(NINE + timedelta(minutes=1))
    assert found() == [item.pk]


def test_the_address_of_a_machine_is_written_whole() -> None:
    for typed in ("192.168.1.10", "http://[192.168.1.10", "ftp://192.168.1.10"):
        assert "从 http:// 开始" in str(BoxForm({"name": "主机", "address": typed}).errors)
    assert BoxForm({"name": "主机", "address": "http://192.168.1.10:8000/"}).is_valid()
    assert BoxForm({"name": "主机", "address": ""}).is_valid()
