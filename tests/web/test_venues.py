"""The pages of venues: what everybody sees of a hall, what the administrator keeps of it, and the daily round."""

import re

import pytest
from django.test import Client

from onewindow.catalogue.models import Item
from onewindow.journal.models import Subject
from onewindow.places import acts
from onewindow.places.acts.rounds import Seen
from onewindow.places.inspected import looked_at
from onewindow.places.models import Device, Hall, Line, Region, Sheet, Task, Zone
from onewindow.rules.grants import FOUNDER, NotAllowed
from onewindow.rules.plan import Box
from tests.cast import SEP24
from tests.hall.stage import NINE, Floor, open_floor
from tests.people.conftest import Stage
from tests.web.citizen import on
from tests.web.desks import Desk, at_desk
from tests.web.stage import give_accounts, sign_in
from tests.web.test_hall_screens import machine

pytestmark = pytest.mark.django_db
K, Z = Device.Kind, Zone.Kind


@pytest.fixture
def floor() -> Floor:
    return open_floor()


@pytest.fixture
def admin(client: Client, stage: Stage) -> Client:
    give_accounts(stage)
    sign_in(client, "admin")
    return client


def lay(hall: Hall, kind: Zone.Kind, name: str, *place: int) -> Zone:
    zone = acts.lay_zone(hall, by=FOUNDER, at=NINE, kind=kind, name=name)
    return acts.place_zone(zone, by=FOUNDER, at=NINE, place=Box(*place), floor=1) if place else zone


def page(path: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.req("JN-7a")
def test_the_page_of_each_kind_of_venue_says_where_it_is_and_how_one_comes(floor: Floor) -> None:
    region = Region.objects.get(code=floor.hall.county)
    told = {"hours": "", "phone": "0000-0000000", "region": region}
    halls = [floor.hall] + [
        acts.open_hall(
            floor.cast.county,
            by=FOUNDER,
            at=NINE,
            kind=kind,
            name=f"{kind.label}甲",
            address="测试路9号",
            **told,
        )
        for kind in (Hall.Kind.TOWNSHIP, Hall.Kind.VILLAGE)
    ]
    for number, hall in enumerate(halls):
        where = {"latitude": 32 + number, "longitude": 114, "bus": f"测试{number}路"}
        acts.set_sheet(hall, by=FOUNDER, at=NINE, **where)
        shown = page(f"/hall/{hall.pk}/")
        assert hall.address in shown
        assert f"geo:{32 + number}.00000,114.00000" in shown
        assert f"测试{number}路" in shown


@pytest.mark.req("JN-7i")
def test_a_broken_copier_stands_on_the_page_at_once_and_opens_a_repair(floor: Floor) -> None:
    copier = acts.add_device(floor.hall, by=FOUNDER, at=NINE, kind=K.COPIER, name="免费复印机", keeper="周洁")
    for kind, name in ((K.SEATS, "等候椅"), (K.WATER, "饮水机"), (K.CHARGING, "充电站")):
        acts.add_device(floor.hall, by=FOUNDER, at=NINE, kind=kind, name=name, keeper="周洁")
    now = f"/hall/{floor.hall.pk}/now/"
    assert all(word in page(now) for word in ("免费复印机", "等候椅", "饮水机", "充电站"))
    assert "坏了" not in page(now)
    acts.tell_fault(copier, by=floor.zhoujie, at=NINE, what="卡纸")
    assert page(now).count("坏了，正在修") == 1
    assert Task.objects.get().what == "修理 免费复印机：卡纸"
    acts.mend_device(copier, by=FOUNDER, at=NINE, how="清了纸")
    assert "坏了" not in page(now)


@pytest.mark.req("JN-7g")
def test_the_map_for_everybody_hides_what_is_internal_and_no_window_goes_there(floor: Floor) -> None:
    lay(floor.hall, Z.WINDOWS, "综合受理区", 0, 0, 50, 30)
    office = lay(floor.hall, Z.STAFF, "局长办公区", 50, 0, 50, 30)
    shown = page(f"/hall/{floor.hall.pk}/map/")
    assert "综合受理区" in shown
    assert "局长办公区" not in shown
    with pytest.raises(NotAllowed, match="不对外开放"):
        acts.arrange_window(floor.windows["3"], by=FOUNDER, at=NINE, lines=[], zone=office)


@pytest.mark.req("JN-7f")
def test_the_machine_at_the_door_shows_all_seven_zones_and_the_check_names_the_one_that_lacks(
    floor: Floor,
) -> None:
    floor.cast.county.pack = "jining"
    floor.cast.county.save()
    seven = {
        Z.WINDOWS: "窗口服务区",
        Z.BACK_OFFICE: "后台审批区",
        Z.ADVICE: "咨询服务区",
        Z.SELF_SERVICE: "自助服务区",
        Z.OPENNESS: "信息公开区",
        Z.BUSINESS: "商务服务区",
        Z.STAFF: "行政办公区",
    }
    zones = {kind: lay(floor.hall, kind, name) for kind, name in seven.items()}
    acts.arrange_window(floor.windows["3"], by=FOUNDER, at=NINE, lines=[], zone=zones[Z.WINDOWS])
    kiosk = machine(floor, K.KIOSK)
    with on(NINE):
        shown = page("/hall/kiosk/map/", kiosk)
        assert all(f">{name}</text>" in shown for name in seven.values())
        assert '<text class="no" y="-3">3</text>' in shown
        acts.close_zone(zones[Z.SELF_SERVICE], by=FOUNDER, at=NINE)
        desk = _keeper(floor)
        assert "有 6 个，缺 1 个：自助服务区" in page(f"/manage/venues/{floor.hall.pk}/", desk)


def _keeper(floor: Floor) -> Desk:
    from tests.faults.test_script_everywhere import everything

    return everything(floor.cast)


@pytest.mark.req("ZH-2.3.2.1a")
def test_moving_a_window_to_another_area_changes_map_and_signs(floor: Floor) -> None:
    first = lay(floor.hall, Z.WINDOWS, "综合受理区", 0, 0, 40, 30)
    second = lay(floor.hall, Z.ADVICE, "咨询帮办区", 50, 50, 40, 30)
    window = floor.windows["3"]
    desk = _keeper(floor)
    places = []
    for zone in (first, second):
        acts.arrange_window(window, by=FOUNDER, at=NINE, lines=[], zone=zone)
        shown = page(f"/hall/{floor.hall.pk}/map/")
        places.append(shown.split('<g class="w ')[1].split("translate(")[1].split(")")[0])
        signs = page(f"/manage/venues/{floor.hall.pk}/signs/", desk)
        assert window.name in signs.split(f"<b>{zone.name}</b>")[1].split("</div>")[0]
    assert places == ["200.0 156.0", "700.0 456.0"]


@pytest.mark.req("ZH-2.3.2.2b")
def test_toilets_and_nursing_room_stand_on_page_and_map_and_their_absence_is_flagged(floor: Floor) -> None:
    floor.cast.county.pack = "zhanhe"
    floor.cast.county.save()
    desk, one = _keeper(floor), f"/manage/venues/{floor.hall.pk}/"
    assert "缺 2 个：洗手间、母婴室" in page(one, desk)
    for kind in (Z.TOILET, Z.NURSING):
        lay(floor.hall, kind, f"东侧{kind.label}")
    shown, drawn = page(f"/hall/{floor.hall.pk}/"), page(f"/hall/{floor.hall.pk}/map/")
    assert all(f"东侧{kind.label}" in text for kind in (Z.TOILET, Z.NURSING) for text in (shown, drawn))
    assert "缺 2 个" not in page(one, desk)


def test_the_way_to_a_window_is_drawn_from_the_door_and_its_zone_stands_out(floor: Floor) -> None:
    lay(floor.hall, Z.DOOR, "东门", 80, 80, 20, 20)
    zone = lay(floor.hall, Z.WINDOWS, "综合受理区", 0, 0, 40, 30)
    acts.arrange_window(floor.windows["3"], by=FOUNDER, at=NINE, lines=[], zone=zone)
    plain = page(f"/hall/{floor.hall.pk}/map/")
    assert 'class="way"' not in plain
    shown = page(f"/hall/{floor.hall.pk}/map/?window={floor.windows['3'].pk}")
    assert 'class="way"' in shown
    assert 'class="z aim' in shown
    assert "从门口沿线走到“综合受理区”" in shown


def other_item(item: Item, number: int) -> Item:
    """Another item of the same department, published like it."""
    subject = Subject.objects.create(
        county=item.county, kind="item", number=f"{item.subject.number}-{number}"
    )
    copy = Item.objects.get(pk=item.pk)
    copy.pk, copy.subject, copy.name = None, subject, f"第{number}件事"
    copy.task_code, copy.handle_code = "", f"{item.handle_code}{number}"
    copy.save()
    return copy


@pytest.mark.req("HD-2b")
def test_an_outpost_is_found_for_the_three_items_it_took_over_and_for_nothing_else(floor: Floor) -> None:
    items = [floor.cast.version.item, *(other_item(floor.cast.version.item, n) for n in (2, 3, 4))]
    told = {"region": Region.objects.get(code=floor.hall.county), "hours": "", "phone": "0000-0000000"}
    opened = {"kind": Hall.Kind.OUTPOST, "name": "车站驿站", "address": "测试路3号"}
    outpost = acts.open_hall(floor.cast.county, by=FOUNDER, at=NINE, **opened, **told)
    Line.objects.create(hall=outpost, letter="A", name="综合")
    acts.set_sheet(outpost, by=FOUNDER, at=NINE, items=[one.subject for one in items[:3]])
    found = [f"/hall/{outpost.pk}/" in page(f"/hall/near/?q={one.name}") for one in items]
    assert found == [True, True, True, False]
    assert f"/hall/{floor.hall.pk}/" in page(f"/hall/near/?q={items[3].name}")
    assert "车站驿站" in page("/hall/near/")
    assert "车站驿站" in page(f"/hall/near/?item={items[0].address}")


def test_the_brand_of_the_place_is_printed_and_venues_without_its_mark_are_listed(floor: Floor) -> None:
    floor.cast.county.pack = "hedong"
    floor.cast.county.save()
    desk = _keeper(floor)
    assert "没有安装“爱山东·沂好办”标识的场所" in page("/manage/venues/", desk)
    acts.set_sheet(floor.hall, by=FOUNDER, at=NINE, marked=True)
    shown = page("/manage/venues/", desk)
    assert "没有安装“爱山东·沂好办”标识的场所" not in shown
    assert "爱山东·沂好办" in page(f"/hall/{floor.hall.pk}/")


@pytest.mark.req("HD-3.2.4n")
def test_venues_are_filtered_by_class_and_a_key_station_shows_staff_and_items(floor: Floor) -> None:
    floor.cast.county.pack = "hedong"
    floor.cast.county.save()
    desk = _keeper(floor)
    sheet = {"place_class": "一般乡镇", "key_station": True, "staff_planned": 3}
    acts.set_sheet(floor.hall, by=FOUNDER, at=NINE, items=[floor.cast.version.item.subject], **sheet)
    assert floor.hall.name in page("/manage/venues/?class=一般乡镇", desk).split("<main")[1]
    assert f'/manage/venues/{floor.hall.pk}/"' not in page("/manage/venues/?class=主城区", desk)
    shown = page(f"/manage/venues/{floor.hall.pk}/", desk)
    assert "计划 3 人" in shown
    assert "1 项：" in shown


@pytest.mark.req("HD-A2-标识-2")
def test_an_office_outside_is_kept_with_its_centre_and_a_reason_and_counts_there(floor: Floor) -> None:
    desk = _keeper(floor)
    region = Region.objects.get(code=floor.hall.county)
    told = {
        "name": "车管分厅",
        "kind": "branch",
        "region": region.pk,
        "address": "测试路9号",
        "hours": "工作日",
    }
    new = {**told, "phone": "0000-0000000"}
    assert "归属的中心" in desk.post("/manage/windows/halls/new/", new).content.decode()
    without = desk.post("/manage/windows/halls/new/", {**new, "parent": floor.hall.pk}).content.decode()
    assert "为什么没有并入" in without
    assert not Hall.objects.filter(name="车管分厅").exists()
    whole = {**new, "parent": floor.hall.pk, "why_apart": "检测线占地大"}
    assert desk.post("/manage/windows/halls/new/", whole).status_code == 302
    case = floor.cast.accepted()
    case.__class__.objects.filter(pk=case.pk).update(taken_at=Hall.objects.get(name="车管分厅"))
    with on(SEP24):
        shown = page(f"/manage/venues/{floor.hall.pk}/", desk)
    rows = re.findall(
        r'<th scope="row">([^<]+)</th><td class="num">(\d+)</td><td class="num">(\d+)</td></tr>', shown
    )
    assert rows == [(floor.hall.name, "0", "0"), ("车管分厅", "1", "0"), ("合计", "1", "0")]


@pytest.mark.req("ZH-2.1.3f")
def test_the_hall_lists_its_guides_and_the_round_looks_where_they_hang(floor: Floor) -> None:
    hung = {"guides_place": "东门展架", "guides_on": NINE.date()}
    acts.set_sheet(floor.hall, by=FOUNDER, at=NINE, **hung)
    item = floor.cast.version.item
    shown = page(f"/hall/{floor.hall.pk}/guides/")
    assert item.name in shown
    assert item.address in shown
    with on(NINE):
        assert "东门展架，2026-09-24 起" in page("/rounds/new/", at_desk(floor.sunli))
    floor.general.departments.set([floor.cast.police])
    floor.realty.departments.set([floor.cast.police])
    assert item.address not in page(f"/hall/{floor.hall.pk}/guides/")


@pytest.mark.req("JN-15b")
def test_the_list_shows_the_score_of_a_township_and_a_failed_line_becomes_a_task(floor: Floor) -> None:
    floor.cast.county.pack = "jining"
    floor.cast.county.save()
    desk = _keeper(floor)
    told = {"region": Region.objects.get(code=floor.hall.county), "hours": "", "phone": "0000-0000000"}
    opened = {"kind": Hall.Kind.TOWNSHIP, "name": "测试镇便民服务中心", "address": "测试路3号"}
    town = acts.open_hall(floor.cast.county, by=FOUNDER, at=NINE, **opened, **told)
    acts.set_sheet(town, by=FOUNDER, at=NINE, area=900)
    row = page("/manage/venues/", desk).split("测试镇便民服务中心</a>")[1]
    assert "1 / 2，50%" in row.split("</tr>")[0]  # apart from its area, no window lies in an office
    address = f"/manage/venues/{town.pk}/task/venue.area.township/"
    assert "900 平方米" in page(address, desk)
    desk.post(address, {"what": "扩建大厅", "owner": "测试镇", "due_on": "2099-01-05"})
    assert "扩建大厅" in page(f"/manage/venues/{town.pk}/", desk)


@pytest.mark.req("FC-3.2.7c")
def test_the_list_of_halls_says_which_smart_machines_are_in_use_and_how_far_the_upgrade_is(
    floor: Floor,
) -> None:
    acts.add_device(floor.hall, by=FOUNDER, at=NINE, kind=K.TERMINAL, name="一体机")
    acts.set_sheet(floor.hall, by=FOUNDER, at=NINE, upgrade=Sheet.Upgrade.RUNNING)
    shown = page("/manage/venues/", _keeper(floor))
    assert "1 种在用" in shown
    assert "改造进行中" in shown


def test_the_administrator_fills_the_sheet_puts_a_zone_and_notes_a_reason(
    admin: Client, stage: Stage
) -> None:
    hall = stage.cast.window.hall
    base = f"/manage/venues/{hall.pk}/"
    told = {"area": "1800", "new": "no", "upgrade": "none", "codes": stage.cast.version.item.subject.number}
    assert admin.post(base + "sheet/", told).status_code == 302
    assert (hall.sheet.area, hall.sheet.new, hall.sheet.items.count()) == (1800, False, 1)
    zone = acts.lay_zone(hall, by=FOUNDER, at=NINE, kind=Z.WINDOWS, name="综合受理区")
    box = {"floor": "1", "left": "10", "top": "10", "width": "40", "height": "20"}
    place = f"/manage/venues/zones/{zone.pk}/"
    assert 'x="100.0"' in admin.post(place, {**box, "look": "1"}).content.decode()
    zone.refresh_from_db()
    assert zone.place == []
    assert "超出" in admin.post(place, {**box, "left": "70"}).content.decode()
    assert admin.post(place, box).status_code == 302
    zone.refresh_from_db()
    assert zone.place == [10, 10, 40, 20]
    key = "venue.windows.centre"
    assert admin.post(f"{base}why/{key}/", {"reason": "明年开设"}).status_code == 302
    assert "理由：明年开设" in page(base, admin)
    owner = {"what": "开设专窗", "owner": "窗口科", "due_on": "2099-01-05"}
    assert admin.post(f"{base}task/{key}/", owner).status_code == 302
    assert Task.objects.get().owner == "窗口科"
    sheet = admin.get("/manage/venues/export/").content.decode("utf-8-sig")
    assert "“同城通办”专窗" in sheet
    assert admin.get(f"{base}why/nothing/").status_code == 404


def test_a_round_is_made_on_the_page_and_its_task_is_closed_there(floor: Floor) -> None:
    desk = at_desk(floor.sunli)
    with on(NINE):
        assert desk.post("/rounds/new/", {"r-order:0": "good"}).status_code == 422
        told = {"r-order:3": "bad", "n-order:3": "灭火器箱打不开", "rest": "1", "owner": "马宁"}
        assert desk.post("/rounds/new/", told).status_code == 302
        shown = page("/rounds/", desk)
        assert "安全：灭火器箱打不开" in shown
        assert "今天已经巡检" in shown
        assert "孙丽" in shown
        task = Task.objects.get()
        assert "请填写" in desk.post(f"/rounds/tasks/{task.pk}/", {"note": ""}).content.decode()
        assert desk.post(f"/rounds/tasks/{task.pk}/", {"note": "换了锁"}).status_code == 302
    task.refresh_from_db()
    assert task.note == "换了锁"


def test_who_has_no_such_power_keeps_out(floor: Floor) -> None:
    zone = lay(floor.hall, Z.WINDOWS, "综合受理区")
    desk = at_desk(floor.liwei)
    for path in (
        "",
        "export/",
        f"{floor.hall.pk}/",
        f"{floor.hall.pk}/sheet/",
        f"{floor.hall.pk}/plan/",
        f"zones/{zone.pk}/",
        "profiles/centre/",
    ):
        assert desk.get(f"/manage/venues/{path}").status_code == 403
    assert desk.get("/rounds/").status_code == 403
    assert looked_at(floor.hall, NINE.date())
    assert Seen(good=True).note == ""


@pytest.mark.req("FC-3.2.7a")
def test_the_page_of_a_centre_shows_its_score_in_five_parts_and_the_gaps_that_are_open(floor: Floor) -> None:
    floor.cast.county.pack = "fangcheng"
    floor.cast.county.save()
    desk, one = _keeper(floor), f"/manage/venues/{floor.hall.pk}/"
    form = page(f"{one}sheet/", desk)
    assert "有老花镜、放大镜" in form
    acts.set_sheet(
        floor.hall, by=FOUNDER, at=NINE, ticks=["有老花镜、放大镜", "有人陪同办理", "公布办事指南"]
    )
    for kind in (Hall.Kind.CENTRE, Hall.Kind.TOWNSHIP, Hall.Kind.VILLAGE):
        Hall.objects.filter(pk=floor.hall.pk).update(kind=kind)
        shown = page(one, desk)
        for part in ("功能布局", "窗口设置", "服务机制", "人员配置", "适老服务"):
            assert f"标准化：{part}" in shown
        assert "得分 66%，有 2 条，缺 1 条：有低位或者优先窗口" in shown
        assert shown.count("得分 0%") == 3
    away = f"{one}task/venue.part.elder/"
    desk.post(away, {"what": "设一个低位窗口", "owner": "马宁", "due_on": "2099-01-05"})
    assert "设一个低位窗口" in page(one, desk)
    floor.cast.county.pack = "zhanhe"
    floor.cast.county.save()
    assert "标准化：" not in page(one, desk)
