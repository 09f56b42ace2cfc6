"""What is known of a venue, what its daily round finds, and what is to be put right."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from onewindow.journal.reads import verify
from onewindow.places import acts
from onewindow.places.acts.rounds import Seen
from onewindow.places.inspected import looked_at
from onewindow.places.models import Deviation, Device, Hall, Profile, Region, RoundLine, Sheet, Task, Zone
from onewindow.places.venues import checked, overview, venues_of
from onewindow.rules.grants import FOUNDER, NotAllowed, NotGranted
from onewindow.rules.plan import Box
from onewindow.rules.venues import Verdict
from tests.faults.test_script_everywhere import everything
from tests.hall.stage import NINE, Floor, open_floor
from tests.web.citizen import on

pytestmark = pytest.mark.django_db
K, Z = Device.Kind, Zone.Kind
DAY = NINE.date()


@pytest.fixture
def floor() -> Floor:
    return open_floor()


def zone(floor: Floor, kind: Zone.Kind = Z.WINDOWS, name: str = "综合受理区", **told: object) -> Zone:
    return acts.lay_zone(floor.hall, by=FOUNDER, at=NINE, kind=kind, name=name, **told)  # type: ignore[arg-type]


def copier(floor: Floor) -> Device:
    said = {"kind": K.COPIER, "name": "免费复印机", "keeper": "周洁", "count": 2, "care": "每周一次"}
    return acts.add_device(floor.hall, by=FOUNDER, at=NINE, **said)


def all_good(floor: Floor) -> dict[str, Seen]:
    return {one.key: Seen(good=True) for one in looked_at(floor.hall, DAY)}


def test_a_sheet_keeps_what_was_not_told_and_says_which_fields_moved(floor: Floor) -> None:
    acts.set_sheet(floor.hall, by=FOUNDER, at=NINE, area=900, bus="测试1路", marked=True)
    sheet = acts.set_sheet(floor.hall, by=FOUNDER, at=NINE, area=1200)
    assert (sheet.area, sheet.bus, sheet.marked, sheet.new) == (1200, "测试1路", True, None)
    said = floor.hall.county
    from onewindow.places.write import organisation

    facts = [one for one in organisation(said).entries.order_by("place") if one.fact == "SheetSet"]
    assert [one.body["fields"] for one in facts] == [["area", "bus", "marked"], ["area"]]
    with pytest.raises(NotAllowed, match="一起填"):
        acts.set_sheet(floor.hall, by=FOUNDER, at=NINE, latitude=32)
    assert verify() == []


def test_an_office_outside_the_centre_belongs_to_it_with_a_reason(floor: Floor) -> None:
    told = {
        "by": FOUNDER,
        "at": NINE,
        "region": Region.objects.get(code=floor.hall.county),
        "kind": Hall.Kind.BRANCH,
        "name": "车管分厅",
        "address": "测试路9号",
        "hours": "",
        "phone": "0000-0000000",
    }
    with pytest.raises(NotAllowed, match="归属的中心"):
        acts.open_hall(floor.cast.county, **told)
    with pytest.raises(NotAllowed, match="为什么没有并入"):
        acts.open_hall(floor.cast.county, **told, parent=floor.hall)
    assert not Hall.objects.filter(name="车管分厅").exists()
    made = acts.open_hall(floor.cast.county, **told, parent=floor.hall, why_apart="检测线占地大")
    assert made.sheet.parent == floor.hall
    with pytest.raises(NotAllowed, match="归属的中心"):
        acts.set_sheet(made, by=FOUNDER, at=NINE, parent=None)


@pytest.mark.req("ZH-1.2a")
def test_the_rules_of_one_kind_of_venue_move_without_those_of_another(floor: Floor) -> None:
    def write(kind: Hall.Kind, text: str) -> Profile:
        words = {"business": text, "service": text, "internal": text}
        return acts.set_profile(floor.cast.county, by=FOUNDER, at=NINE, kind=kind, **words)

    write(Hall.Kind.CENTRE, "中心标准")
    write(Hall.Kind.VILLAGE, "一版")
    assert write(Hall.Kind.VILLAGE, "二版").version == 2
    assert list(Profile.objects.filter(kind="centre").values_list("version", "business")) == [(1, "中心标准")]
    with pytest.raises(NotAllowed, match="三样都写上"):
        write(Hall.Kind.VILLAGE, " ")
    with on(NINE):
        shown = everything(floor.cast).get(f"/manage/venues/{floor.hall.pk}/").content.decode()
    assert "第 1 版" in shown
    assert "中心标准" in shown
    assert "二版" not in shown


def test_a_zone_lies_where_it_is_put_and_over_no_other(floor: Floor) -> None:
    first, second = zone(floor), zone(floor, Z.WAITING, "等候区")
    acts.place_zone(first, by=FOUNDER, at=NINE, place=Box(0, 0, 50, 40), floor=1)
    with pytest.raises(NotAllowed, match="和“综合受理区”重叠"):
        acts.place_zone(second, by=FOUNDER, at=NINE, place=Box(40, 0, 50, 40), floor=1)
    acts.place_zone(second, by=FOUNDER, at=NINE, place=Box(40, 0, 50, 40), floor=2)
    second.refresh_from_db()
    assert (second.place, second.floor) == ([40, 0, 50, 40], 2)


@pytest.mark.req("JN-7h")
@pytest.mark.req("ZH-2.3.2.1c")
def test_a_sign_that_is_missing_is_a_task_with_owner_and_day_and_closes_with_a_note(floor: Floor) -> None:
    sign = zone(floor, keeper="周洁")
    seen = all_good(floor) | {f"zone:{sign.pk}": Seen(good=False, note="标牌掉了")}
    acts.make_round(floor.hall, by=floor.sunli, at=NINE, seen=seen)
    task = Task.objects.get()
    # Thursday the 24th; Friday is the Mid-Autumn holiday, and Saturday to Sunday are off: 28, 29, 30.
    assert (task.owner, task.due_on, task.what) == ("周洁", date(2026, 9, 30), "标牌：综合受理区：标牌掉了")
    with pytest.raises(NotAllowed, match="怎样整改"):
        acts.close_task(task, by=floor.sunli, at=NINE, note=" ")
    with pytest.raises(NotGranted):
        acts.close_task(task, by=floor.liwei, at=NINE, note="装好了")
    acts.close_task(task, by=floor.sunli, at=NINE, note="装好了")
    task.refresh_from_db()
    assert (task.note, task.open) == ("装好了", False)


@pytest.mark.req("ZH-2.3.2.3c")
def test_a_round_looks_at_every_line_and_says_who_looked_and_what_he_found(floor: Floor) -> None:
    zone(floor)
    machine = copier(floor)
    acts.change_device(machine, by=FOUNDER, at=NINE, kind=K.COPIER, name="免费复印机", keeper="")
    (one,) = checked(floor.cast.county, DAY, venues_of(floor.cast.county))
    assert one.unkept == [machine]
    seen = all_good(floor)
    with pytest.raises(NotAllowed, match="还有 1 项没有看"):
        acts.make_round(floor.hall, by=floor.sunli, at=NINE, seen=dict(list(seen.items())[1:]))
    with pytest.raises(NotAllowed, match="写明是什么问题"):
        acts.make_round(floor.hall, by=floor.sunli, at=NINE, seen={**seen, "order:1": Seen(good=False)})
    dirty = {**seen, "order:1": Seen(good=False, note="地面有水")}
    done = acts.make_round(floor.hall, by=floor.sunli, at=NINE, seen=dirty, owner="马宁")
    assert done.made_by == floor.sunli.actor_code
    kept = RoundLine.objects.filter(round=done)
    assert (kept.count(), list(kept.filter(good=False).values_list("what", "note"))) == (
        len(seen),
        [("环境整洁", "地面有水")],
    )
    assert Task.objects.get().owner == "马宁"
    acts.make_round(floor.hall, by=floor.sunli, at=NINE + timedelta(hours=3), seen=dirty)
    assert Task.objects.count() == 1


@pytest.mark.req("ZH-2.3.2.3a")
def test_a_fault_opens_a_repair_and_the_machine_is_out_of_order_until_it_is_mended(floor: Floor) -> None:
    device = copier(floor)
    acts.tell_fault(device, by=floor.zhoujie, at=NINE, what="卡纸")
    task = Task.objects.get()
    assert (task.owner, task.what) == ("周洁", "修理 免费复印机：卡纸")
    (one,) = checked(floor.cast.county, DAY)
    assert one.available == [("打印复印", 0, 2, 0)]
    with pytest.raises(NotAllowed, match="修好了"):
        acts.close_task(task, by=floor.sunli, at=NINE, note="好了")
    acts.mend_device(device, by=FOUNDER, at=NINE, how="清了纸")
    task.refresh_from_db()
    assert (task.note, task.closed_at) == ("清了纸", NINE)
    (one,) = checked(floor.cast.county, DAY)
    assert one.available == [("打印复印", 2, 2, 100)]


def test_a_machine_that_fails_the_round_is_out_of_order_at_once(floor: Floor) -> None:
    device = copier(floor)
    seen = {**all_good(floor), f"device:{device.pk}": Seen(good=False, note="不通电")}
    acts.make_round(floor.hall, by=floor.sunli, at=NINE, seen=seen)
    assert device.faults.get().what == "不通电"
    assert Task.objects.get().fault == device.faults.get()


def test_a_reason_takes_the_place_of_the_old_one_and_can_be_taken_back(floor: Floor) -> None:
    for reason in ("没有地方", "明年改造"):
        acts.note_deviation(floor.hall, by=FOUNDER, at=NINE, line="venue.zones.centre", reason=reason)
    noted = Deviation.objects.get(ended_at=None)
    assert noted.reason == "明年改造"
    (one,) = checked(floor.cast.county, DAY)
    line = next(line for line in one.lines if line.key == "venue.zones.centre")
    assert (line.verdict, line.reason) == (Verdict.SHORT, "明年改造")
    acts.end_deviation(noted, by=FOUNDER, at=NINE)
    with pytest.raises(NotAllowed, match="已经撤销"):
        acts.end_deviation(noted, by=FOUNDER, at=NINE)


@pytest.mark.req("JN-7e")
@pytest.mark.req("JN-7d")
def test_four_levels_stand_in_the_tree_and_what_is_too_small_is_listed(
    floor: Floor, django_assert_max_num_queries: object
) -> None:
    county = floor.cast.county
    county.pack = "jining"
    county.save()
    region = Region.objects.get(code=county.code)
    for kind, name, area in (
        (Hall.Kind.FUNCTIONAL, "高新区大厅", 12000),
        (Hall.Kind.TOWNSHIP, "测试镇便民服务中心", 900),
        (Hall.Kind.VILLAGE, "测试村便民服务站", 40),
        (Hall.Kind.VILLAGE, "另一村便民服务站", 50),
    ):
        told = {"address": "测试路1号", "hours": "", "phone": "0000-0000000", "region": region}
        hall = acts.open_hall(county, by=FOUNDER, at=NINE, kind=kind, name=name, **told)
        acts.set_sheet(hall, by=FOUNDER, at=NINE, area=area)
    with django_assert_max_num_queries(7):  # type: ignore[operator]
        seen = overview(county, DAY, checked(county, DAY))
    assert [(word, len(found)) for word, found in seen.levels] == [
        ("县（市、区）大厅", 1),
        ("功能区大厅", 1),
        ("乡镇（街道）便民服务中心", 1),
        ("村居便民服务站和驿站", 2),
    ]
    short = {share.title: share.short for share in seen.shares}
    assert short["村社区便民服务站面积"] == ("测试村便民服务站",)
    assert short["乡镇街道便民服务中心面积"] == ("测试镇便民服务中心",)
    assert Sheet.objects.count() == 4
    assert replace(seen).rates == []


def test_the_list_of_the_round_says_where_the_guides_hang_and_since_when(floor: Floor) -> None:
    assert "guides" not in all_good(floor)
    acts.set_sheet(floor.hall, by=FOUNDER, at=NINE, guides_place="东门展架", guides_on=date(2026, 9, 1))
    line = next(one for one in looked_at(floor.hall, DAY) if one.key == "guides")
    assert line.about == "东门展架，2026-09-01 起"
