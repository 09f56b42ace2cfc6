"""The administrator sets up lines, zones and windows by screen; whoever may not manage places sees nothing of it."""

import pytest
from django.test import Client

from onewindow.hall.acts.calling import call_next
from onewindow.hall.reads import lines_for
from onewindow.places.acts import change_line
from onewindow.places.models import Line, Service, Zone
from onewindow.rules.grants import FOUNDER
from tests.faults.test_script_everywhere import everything
from tests.hall.stage import NINE, open_floor
from tests.people.conftest import Stage
from tests.web.citizen import on
from tests.web.desks import at_desk
from tests.web.stage import give_accounts, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client, stage: Stage) -> Client:
    give_accounts(stage)
    sign_in(client, "admin")
    return client


def test_a_line_is_opened_served_changed_and_closed(admin: Client, stage: Stage) -> None:
    hall, window = stage.cast.window.hall, stage.cast.window
    base = f"/manage/windows/halls/{hall.pk}/"
    told = {
        "letter": "A",
        "name": "综合受理",
        "about": "各部门的事",
        "minutes": "10",
        "departments": [],
        "codes": "",
    }
    assert admin.post(base + "lines/new/", told).status_code == 302
    line = Line.objects.get()
    assert (
        admin.post(
            f"/manage/windows/{window.pk}/arrange/", {"lines": [line.pk], "first": [line.pk]}
        ).status_code
        == 302
    )
    assert list(Service.objects.values_list("window", "line", "first")) == [(window.pk, line.pk, True)]
    page = admin.get(base + "queue/").content.decode()
    assert "A 综合受理（先叫）" in page
    item = stage.cast.version.item
    more = {**told, "minutes": "12", "departments": [stage.cast.market.pk], "codes": item.subject.number}
    assert admin.post(f"/manage/windows/lines/{line.pk}/", more).status_code == 302
    line.refresh_from_db()
    assert (line.minutes, list(line.departments.all()), list(line.items.all())) == (
        12,
        [stage.cast.market],
        [item.subject],
    )
    assert admin.post(f"/manage/windows/lines/{line.pk}/close/", {}).status_code == 302
    line.refresh_from_db()
    assert line.closed_on is not None
    assert admin.post(base + "lines/new/", told).status_code == 302
    assert Line.objects.get().closed_on is None


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [({"codes": "没有这个"}, "没有编码为"), ({"minutes": "0"}, "1"), ({"name": ""}, "请填写“队列名称”")],
)
def test_what_cannot_be_is_said_beside_the_field(
    admin: Client, stage: Stage, wrong: dict[str, str], sentence: str
) -> None:
    told = {"letter": "B", "name": "不动产登记", "minutes": "20", "codes": "", **wrong}
    answer = admin.post(f"/manage/windows/halls/{stage.cast.window.hall_id}/lines/new/", told)
    assert sentence in answer.content.decode()
    assert not Line.objects.exists()


def test_a_zone_with_an_open_window_does_not_go_and_no_window_lies_where_visitors_do_not_go(
    admin: Client, stage: Stage
) -> None:
    hall, window = stage.cast.window.hall, stage.cast.window
    zones = f"/manage/windows/halls/{hall.pk}/zones/"
    assert admin.post(zones, {"kind": "windows", "name": "窗口服务区", "floor": "1"}).status_code == 302
    assert admin.post(zones, {"kind": "staff", "name": "办公区", "floor": "2"}).status_code == 302
    assert Zone.objects.get(name="办公区").internal
    zone = Zone.objects.get(name="窗口服务区")
    admin.post(f"/manage/windows/{window.pk}/arrange/", {"zone": zone.pk})
    window.refresh_from_db()
    assert window.zone == zone
    assert "还有开着的窗口" in admin.post(f"/manage/windows/zones/{zone.pk}/close/", {}).content.decode()
    inside = admin.post(zones, {"kind": "staff", "name": "窗口服务区", "floor": "1"})
    assert "有对外的窗口" in inside.content.decode()
    office = Zone.objects.get(name="办公区")
    assert admin.post(f"/manage/windows/zones/{office.pk}/close/", {}).status_code == 302


def test_who_may_not_manage_places_is_refused(stage: Stage) -> None:
    hall = stage.cast.window.hall
    line = Line.objects.create(hall=hall, letter="A", name="综合受理")
    desk = at_desk(stage.cast.liwei)
    for path in (
        f"halls/{hall.pk}/queue/",
        f"halls/{hall.pk}/lines/new/",
        f"halls/{hall.pk}/zones/",
        f"lines/{line.pk}/",
        f"lines/{line.pk}/close/",
        f"{stage.cast.window.pk}/arrange/",
    ):
        assert desk.get(f"/manage/windows/{path}").status_code == 403


@pytest.mark.req("FC-3.2.8a")
def test_each_window_stands_with_its_class_and_scope_and_any_of_the_class_calls_for_an_item() -> None:
    floor = open_floor(pack="fangcheng")
    market, item = floor.cast.market, floor.cast.version.item
    change_line(
        floor.realty, by=FOUNDER, at=NINE, name="市场准入", about="开办企业", minutes=20, departments=[market]
    )
    change_line(
        floor.general, by=FOUNDER, at=NINE, name="民生事务", minutes=10, departments=[floor.cast.police]
    )
    with on(NINE):
        shown = everything(floor.cast).get(f"/manage/windows/halls/{floor.hall.pk}/queue/").content.decode()
    rows = shown.split("窗口叫哪些队列")[1].split("<tr>")
    (five,) = [one for one in rows if "B 市场准入（先叫）" in one]
    assert market.name in five
    assert "开办企业" in five
    (line,) = lines_for(floor.hall, item)
    assert line.name == "市场准入"
    taken = [floor.take(line, item=item) for _ in range(2)]
    called = [call_next(floor.windows[n], by=floor.sunli, at=NINE) for n in ("5", "4")]
    assert called == taken
    assert call_next(floor.windows["3"], by=floor.liwei, at=NINE) is None
