"""What each place asks of its venues, held against venues whose figures were reckoned by hand."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from onewindow.packs import load
from onewindow.rules.venue_rates import Grade, availability, grade, lines_of, rates, shares
from onewindow.rules.venue_words import CLASSES, DEVICES, WINDOWS, ZONES, class_of
from onewindow.rules.venues import Counter, Line, Machine, Venue, Verdict, check, score

PACKS = Path(__file__).resolve().parents[2] / "packs"
DAY = date(2026, 9, 24)
V = Verdict
SIX = ("有场所", "有标牌", "有人员", "有设备", "有网络", "有制度", "能办事")
LISTS = {"venue.six_have_lines": SIX}
ONE = Counter("1", ("comprehensive",))


def lines(pack: str, venue: Venue, lists: dict[str, tuple[str, ...]] | None = None) -> dict[str, Line]:
    found = check(venue, load(pack, PACKS).at(DAY), LISTS if lists is None else lists)
    return {line.key: line for line in found}


def machines(*kinds: str) -> tuple[Machine, ...]:
    return tuple(Machine(kind, kind) for kind in kinds)


@pytest.mark.req("JN-7b")
def test_a_new_county_hall_of_18000_falls_short_with_a_warning_and_one_of_20000_does_not() -> None:
    small = lines("jining", Venue("centre", area=18000, new=True))["venue.area.county_new"]
    assert (small.verdict, small.found) == (V.ADVISED, "18000 平方米")
    assert "原则上" in small.cite.quote
    whole = lines("jining", Venue("centre", area=20000, new=True))
    assert whole["venue.area.county_new"].verdict is V.MET
    why = Venue("centre", area=18000, new=True, reasons={"venue.area.county_new": "旧址改造，用地有限"})
    assert lines("jining", why)["venue.area.county_new"].verdict is V.EXPLAINED
    assert "venue.area.county_new" not in lines("jining", Venue("centre", area=18000, new=False))


@pytest.mark.req("JN-7c")
@pytest.mark.parametrize(
    ("area", "verdict", "words"),
    [(9000, V.SHORT, "9000"), (12000, V.MET, "未到目标 15000"), (15000, V.MET, "达到目标 15000")],
)
def test_a_functional_area_has_a_floor_and_an_aim(area: int, verdict: Verdict, words: str) -> None:
    line = lines("jining", Venue("functional", area=area))["venue.area.functional"]
    assert line.verdict is verdict
    assert words in line.found


@pytest.mark.req("HD-3.2.4c")
def test_a_new_township_centre_of_650_fails_and_an_existing_one_passes() -> None:
    new, old = (lines("hedong", Venue("township", area=650, new=new)) for new in (True, False))
    assert new["venue.area.township_new"].verdict is V.SHORT
    assert "venue.area.township" not in new
    assert old["venue.area.township"].verdict is V.MET
    assert "venue.area.township_new" not in old


@pytest.mark.req("HD-3.2.4a")
def test_a_district_hall_without_the_zone_for_starting_firms_fails_that_line() -> None:
    zones = ("windows", "enterprise", "online")
    line = lines("hedong", Venue("centre", zones=zones))["venue.zones.centre"]
    assert (line.verdict, line.missing) == (V.SHORT, ("企业开办自助区",))
    assert lines("hedong", Venue("centre", zones=(*zones, "startup")))["venue.zones.centre"].verdict is V.MET


@pytest.mark.req("HD-3.2.4d")
def test_a_township_without_a_reserve_zone_lacks_one_of_six() -> None:
    zones = ("self_service", "advice", "windows", "issue", "waiting")
    line = lines("hedong", Venue("township", zones=zones))["venue.zones.township"]
    assert line.found == "有 5 个，缺 1 个：预留机动服务区"
    assert line.verdict is V.SHORT


def test_four_comprehensive_windows_are_not_five_and_no_advice_is_none() -> None:
    four = tuple(Counter(str(n), ("comprehensive",)) for n in range(1, 5))
    found = lines("hedong", Venue("township", windows=(*four, Counter("5", ("issue",)))))
    assert found["venue.windows.comprehensive"].found == "4 个，应 5 个"
    assert found["venue.windows.issuing"].verdict is V.MET
    assert found["venue.windows.advice"].verdict is V.SHORT


@pytest.mark.req("HD-3.2.4h")
def test_a_rating_device_out_of_order_and_a_missing_parcel_box_are_named() -> None:
    good = machines("terminal", "kiosk", "television", "board", "wifi", "seats", "water", "copier")
    venue = Venue("township", machines=(*good, Machine("pad", "评价器", works=False)))
    found = lines("hedong", venue)
    assert found["venue.devices.township"].missing == ("好差评评价机",)
    assert "坏了" in found["venue.devices.township"].found
    assert found["venue.ease.township"].missing == ("EMS寄递箱",)


@pytest.mark.req("HD-3.2.4i")
def test_ten_townships_all_standard_and_three_benchmark_pass_with_a_hundred_and_thirty() -> None:
    said = load("hedong", PACKS).at(DAY)
    met = Line("x", "", V.MET, "", "", said.rule("venue.area.township").cite)  # type: ignore[union-attr]
    marks = ("有母婴室",)
    ten = [grade([met], frozenset(marks if n < 3 else ()), marks) for n in range(10)]
    assert ten.count(Grade.BENCHMARK) == 3
    standard, benchmark = rates(ten, said)
    assert [(one.percent, one.asked, one.met) for one in (standard, benchmark)] == [
        (100, 100, True),
        (30, 30, True),
    ]
    ten[0] = grade([replace(met, verdict=V.SHORT)], frozenset(marks), marks)
    standard, benchmark = rates(ten, said)
    assert [(one.percent, one.met) for one in (standard, benchmark)] == [(90, False), (20, False)]
    assert grade([met], frozenset(), ()) is Grade.STANDARD


@pytest.mark.req("HD-3.2.4j")
def test_six_ticks_of_seven_name_the_missing_line_and_no_list_measures_nothing() -> None:
    ticks = frozenset(SIX) - {"有制度"}
    line = lines("hedong", Venue("village", ticks=ticks))["venue.six_have"]
    assert (line.verdict, line.missing) == (V.SHORT, ("有制度",))
    assert lines("hedong", Venue("village", ticks=frozenset(SIX)))["venue.six_have"].verdict is V.MET
    assert lines("hedong", Venue("village"), {})["venue.six_have"].verdict is V.OPEN


@pytest.mark.req("HD-3.2.4k")
def test_a_village_of_45_or_with_a_bare_single_window_is_reported_and_a_reason_holds() -> None:
    single = (ONE, Counter("2", ("single",)))
    small = lines("hedong", Venue("village", area=45, windows=single))
    assert small["venue.area.village"].verdict is V.SHORT
    assert (small["venue.windows.village"].verdict, small["venue.windows.village"].missing) == (
        V.ADVISED,
        ("2 号窗口",),
    )
    kept = lines("hedong", Venue("village", area=50, windows=single, reasons={"single:2": "邮政代办"}))
    assert {kept["venue.area.village"].verdict, kept["venue.windows.village"].verdict} == {V.MET}


@pytest.mark.req("HD-A2-受理-2")
def test_one_window_of_a_single_department_without_a_reason_makes_the_line_fail() -> None:
    left = Venue("centre", windows=(ONE, Counter("7", ("single",))))
    assert lines("hedong", left)["venue.windows.single"].verdict is V.SHORT
    kept = replace(left, reasons={"single:7": "涉密业务"})
    assert lines("hedong", kept)["venue.windows.single"].verdict is V.MET


@pytest.mark.req("HD-3.2.4l")
def test_nineteen_of_twenty_villages_are_ninety_five_percent_and_the_twentieth_is_named() -> None:
    able = Venue("village", machines=machines("copier", "computer", "printer"), network=True)
    said = load("hedong", PACKS).at(DAY)
    told = [(f"第{n}村", check(able, said, {})) for n in range(1, 20)]
    told.append(("第20村", check(replace(able, machines=machines("copier", "computer")), said, {})))
    share = next(one for one in shares(told) if one.title == "村社区场所的设备能做")
    assert (share.percent, share.short) == (100, ())  # a copier prints certificates too
    told[-1] = ("第20村", check(replace(able, machines=machines("copier")), said, {}))
    share = next(one for one in shares(told) if one.title == "村社区场所的设备能做")
    assert (share.percent, share.short) == (95, ("第20村",))


@pytest.mark.req("ZH-1.4")
def test_the_same_missing_zone_is_a_violation_at_the_centre_and_advice_at_a_village() -> None:
    verdicts = [
        lines("zhanhe", Venue(kind))["venue.zones.centre"].verdict
        for kind in ("centre", "township", "village")
    ]
    assert verdicts == [V.SHORT, V.ADVISED, V.ADVISED]


@pytest.mark.req("ZH-2.3.2.2a")
def test_each_of_the_seven_areas_that_goes_is_named() -> None:
    all_seven = ("guide", "self_service", "windows", "online", "openness", "special", "round_the_clock")
    assert lines("zhanhe", Venue("centre", zones=all_seven))["venue.zones.centre"].verdict is V.MET
    named = [
        lines("zhanhe", Venue("centre", zones=tuple(one for one in all_seven if one != gone)))[
            "venue.zones.centre"
        ].missing
        for gone in all_seven
    ]
    assert named == [(word,) for word in load("zhanhe", PACKS).value("venue.zones.centre", DAY)]  # type: ignore[union-attr]


def test_no_nursing_room_and_no_keeper_are_flagged() -> None:
    found = lines(
        "zhanhe", Venue("centre", zones=("toilet",), machines=(Machine("fire", "灭火器", kept=False),))
    )
    assert found["venue.rooms"].missing == ("母婴室",)
    assert found["venue.keeper"].missing == ("灭火器",)


def test_a_window_for_visitors_in_an_internal_zone_is_an_error_of_the_plan() -> None:
    hidden = Venue("centre", windows=(replace(ONE, hidden=True),))
    assert lines("jining", hidden)["venue.apart"].missing == ("1 号窗口",)


@pytest.mark.req("JN-9c")
def test_a_hall_without_a_calling_machine_is_incomplete_and_availability_goes_by_kind() -> None:
    found = lines("jining", Venue("centre", machines=machines("computer", "printer")))
    assert "排队叫号机" in found["venue.devices.centre"].missing
    register = (
        Machine("computer", "甲", count=3),
        Machine("computer", "乙", works=False),
        *machines("printer"),
    )
    assert availability(register) == {"computer": (3, 4), "printer": (1, 1)}


def test_what_nobody_told_is_neither_met_nor_short_and_counts_as_not_met() -> None:
    found = lines("hedong", Venue("village"), {})
    assert found["venue.area.village"].verdict is V.UNTOLD
    assert score(found.values()) == (1, 5)  # of windows none is single; the six is not measured


def test_a_list_in_a_setting_is_cut_at_its_semicolons() -> None:
    assert lines_of("有场所； 有人员；") == ("有场所", "有人员")
    assert lines_of("没有") == () == lines_of(None)


def test_every_word_and_every_kind_has_its_place() -> None:
    from onewindow.places.models import Device, Window, Zone

    assert {kind for kinds in ZONES.values() for kind in kinds} <= set(Zone.Kind.values)
    assert {kind for kinds in WINDOWS.values() for kind in kinds} <= set(Window.Kind.values)
    assert {kind for kinds in DEVICES.values() for kind in kinds} <= set(Device.Kind.values)
    assert sorted(kind for kinds in CLASSES.values() for kind in kinds) == sorted(Device.Kind.values)
    assert all(class_of(kind) for kind in Device.Kind.values)
