"""Regions, offices and windows: complete, opened and closed on record, and only by those who may."""

from collections import Counter

import pytest

from onewindow.journal.reads import verify
from onewindow.journal.write import history
from onewindow.places import acts
from onewindow.places.models import County, Department, Hall, Level, Region, SettingChange, Window
from onewindow.places.reads import open_departments, setting_here, townships_of, windows_of
from onewindow.places.regions import DIVISIONS, divisions, load_regions
from onewindow.places.write import organisation
from onewindow.rules.grants import FOUNDER, NotAllowed
from tests.cast import SEP24

pytestmark = pytest.mark.django_db

# Townships and villages of the five places as the statistics bureau counts them (30 June 2023).
COUNTED = {"410411": (10, 104), "411322": (20, 570), "411521": (21, 306), "371312": (11, 302)}


def found(pack: str = "luoshan") -> County:
    return acts.found(
        pack, by=FOUNDER, demo=True, address="测试路 1 号", hours="周一至周五", phone="0000-0000000"
    )


def hall_of(county: County) -> Hall:
    load_regions()
    return acts.open_hall(
        county,
        by=FOUNDER,
        at=SEP24,
        region=Region.objects.get(pk=county.code),
        kind=Hall.Kind.CENTRE,
        name="罗山县政务服务中心",
        address="测试路 1 号",
        hours="周一至周五",
        phone="0000-0000000",
    )


@pytest.mark.parametrize("code", COUNTED)
def test_every_township_and_village_of_a_place_is_there(code: str) -> None:
    levels = Counter(line.level for line in divisions() if line.code.startswith(code))
    assert (levels[Level.TOWNSHIP], levels[Level.VILLAGE]) == COUNTED[code]


def test_regions_load_once_and_a_renamed_village_is_put_right() -> None:
    assert load_regions() == len(divisions()) == Region.objects.count()
    assert load_regions() == 0
    Region.objects.filter(code="411521000000").update(name="别的名字")
    assert load_regions() == 1
    assert Region.objects.get(code="411521000000").name == "罗山县"


def test_every_place_hangs_under_its_own_superior() -> None:
    load_regions()
    village = Region.objects.get(code="411521111203")
    chain = []
    step: Region | None = village
    while step is not None:
        chain.append(step.name)
        step = step.parent
    assert chain == ["何家冲村民委员会", "铁铺镇", "罗山县", "信阳市", "河南省"]
    orphans = Region.objects.filter(parent__isnull=True)
    assert {region.name for region in orphans} == {"河南省", "山东省"}
    assert townships_of(found()).count() == 21


def test_the_shipped_divisions_say_where_they_come_from() -> None:
    header = DIVISIONS.with_suffix(".toml").read_text("utf-8")
    assert "国家统计局" in header
    assert "WTFPL" in header


def test_one_installation_serves_one_place() -> None:
    county = found()
    assert (county.code, county.name) == ("411521000000", "罗山县")
    assert found() == county
    with pytest.raises(NotAllowed, match="罗山县"):
        found("hedong")


def test_opening_and_closing_is_written_into_the_journal() -> None:
    county = found()
    hall = hall_of(county)
    told = {"by": FOUNDER, "at": SEP24, "number": "1", "name": "1 号综合受理窗口"}
    window = acts.open_window(hall, kinds=[Window.Kind.COMPREHENSIVE], **told)
    with pytest.raises(NotAllowed, match="已经开着"):
        acts.open_window(hall, kinds=[Window.Kind.COMPREHENSIVE], **told)
    with pytest.raises(NotAllowed, match="原因"):
        acts.close_window(window, by=FOUNDER, at=SEP24, reason=" ")
    closed = acts.close_window(window, by=FOUNDER, at=SEP24, reason="设备检修")
    assert (closed.is_open, closed.why_closed) == (False, "设备检修")
    with pytest.raises(NotAllowed, match="已经关闭"):
        acts.close_window(window, by=FOUNDER, at=SEP24, reason="设备检修")
    again = acts.open_window(hall, kinds=[Window.Kind.ISSUE, Window.Kind.ADVICE], **told)
    assert (again.pk, again.is_open, again.why_closed) == (window.pk, True, "")
    assert again.kinds == [Window.Kind.ISSUE, Window.Kind.ADVICE]
    names = [fact.name for fact in history(organisation(county.code))]
    assert names == ["HallOpened", "WindowOpened", "WindowClosed", "WindowOpened"]
    assert list(windows_of(county.code)) == [window]
    assert verify() == []


def test_a_department_has_one_key_and_an_unopened_window_no_kind() -> None:
    county = found()
    told = {"by": FOUNDER, "at": SEP24, "key": "ceshi", "name": "测试局", "short": "罗测"}
    made = acts.open_department(county, uscc="x", phone="0000-0000000", **told)
    with pytest.raises(NotAllowed, match="ceshi"):
        acts.open_department(county, uscc="x", phone="0000-0000000", **told)
    assert list(open_departments(county.code)) == [made]
    with pytest.raises(NotAllowed, match="种类"):
        acts.open_window(hall_of(county), by=FOUNDER, at=SEP24, number="1", name="无", kinds=[])
    assert Department.objects.count() == 1


def test_a_local_setting_is_changed_with_a_reason_and_every_change_is_kept() -> None:
    county = found()
    assert setting_here("staff.session_minutes", 0) == 30
    for minutes in (20, 15):
        acts.change_setting(
            county, by=FOUNDER, at=SEP24, name="staff.session_minutes", value=minutes, reason="县里规定"
        )
    assert setting_here("staff.session_minutes", 0) == 15
    assert list(SettingChange.objects.order_by("id").values_list("value", flat=True)) == [20, 15]
    for value, reason in (("很久", "类型不符"), (True, "类型不符"), (-1, "负数"), (10, " ")):
        with pytest.raises(NotAllowed):
            acts.change_setting(
                county, by=FOUNDER, at=SEP24, name="staff.session_minutes", value=value, reason=reason
            )
    assert SettingChange.objects.count() == 2
