"""The written rules of a hall: versioned, addressed, and looked at in the rounds."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from onewindow.journal.reads import verify
from onewindow.places import acts
from onewindow.places.acts import NormTold
from onewindow.places.acts.rounds import Seen
from onewindow.places.inspected import looked_at
from onewindow.places.models import (
    County,
    Department,
    Hall,
    Norm,
    NormCheck,
    NormVersion,
    Region,
    RoundLine,
    Section,
    Task,
)
from onewindow.places.norms import archived, checks_at, groups, in_force, lacking, sections_named, titles
from onewindow.rules.grants import FOUNDER, NotAllowed, NotGranted
from tests.hall.stage import NINE, Floor, open_floor

pytestmark = pytest.mark.django_db
DAY = NINE.date()
NINE_RULES = (
    "预约办工作制度",
    "错时办工作制度",
    "延时办工作制度",
    "同城通办工作制度",
    "跨层联办工作制度",
    "联合办理工作制度",
    "异地代办工作制度",
    "智能导办工作制度",
    "一对一专办工作制度",
)


@pytest.fixture
def floor() -> Floor:
    return open_floor()


def told(*units: Section | Department | Hall, **more: object) -> NormTold:
    first = NormTold(text="一、说清楚。\n二、当天办。", effective_on=DAY, units=units)
    return replace(first, **more)  # type: ignore[arg-type]


def issue(floor: Floor, title: str = "窗口纪律", **more: object) -> NormVersion:
    said = told(floor.cast.market, floor.hall, **more)
    return acts.issue_norm(floor.cast.county, by=FOUNDER, at=NINE, title=title, told=said)


def township(floor: Floor) -> Hall:
    return acts.open_hall(
        floor.cast.county,
        by=FOUNDER,
        at=NINE,
        region=Region.objects.get(code=floor.hall.county),
        kind=Hall.Kind.TOWNSHIP,
        name="测试镇党政便民服务中心",
        address="测试路9号",
        hours="",
        phone="0000-0000000",
    )


def test_the_words_of_the_nine_rules_are_those_of_the_archived_text(floor: Floor) -> None:
    found = archived(floor.cast.county, DAY)
    assert tuple(one.title for one in found) == NINE_RULES
    whole = (Path(settings.PACKS_DIR) / "luoshan/text.txt").read_text("utf-8")
    for one in found:
        lines = one.text.splitlines()
        assert all(line in whole for line in lines), one.title
        assert not any(other in lines for other in NINE_RULES)
    words = {one.title: one.text for one in found}
    assert words["预约办工作制度"].startswith("一、预约办服务范围是指服务对象")
    # It has no number there, and begins before its third clause.
    assert words["联合办理工作制度"].startswith("本制度所称联合办理")
    assert words["一对一专办工作制度"].endswith("自印发之日起实施。")
    assert "Copyright" not in words["一对一专办工作制度"]


def test_they_are_loaded_once_with_the_date_of_the_text_for_all_to_whom_it_is_sent(floor: Floor) -> None:
    county = floor.cast.county
    for name in sections_named(county, DAY):
        acts.open_section(county, by=FOUNDER, at=NINE, name=name)
    centre = township(floor)
    made = acts.adopt_norms(county, by=FOUNDER, at=NINE)
    assert [(one.norm.title, one.number, one.effective_on) for one in made] == [
        (title, 1, date(2021, 2, 25)) for title in NINE_RULES
    ]
    units = [str(one) for one in made[0].units.order_by("pk")]
    assert {"办公室", "政务服务环境股", "督查股", "大数据管理股"} <= set(units)
    assert {str(floor.hall), str(centre), str(floor.cast.market), str(floor.cast.police)} <= set(units)
    with pytest.raises(NotAllowed, match="都已经在登记里"):
        acts.adopt_norms(county, by=FOUNDER, at=NINE)
    assert lacking(county, DAY, titles(county)) == ([], [])
    assert verify() == []


def test_before_there_is_an_office_that_could_read_them_none_is_loaded() -> None:
    county = County.objects.create(code="411521", name="罗山县", pack="luoshan")
    with pytest.raises(NotAllowed, match="先设立"):
        acts.adopt_norms(county, by=FOUNDER, at=NINE)
    assert not Norm.objects.exists()


@pytest.mark.parametrize("pack", ["hedong", "zhanhe", "fangcheng", "jining"])
def test_other_places_name_rules_without_their_words_and_write_them_themselves(pack: str) -> None:
    floor = open_floor(pack=pack)
    county = floor.cast.county
    loadable, unwritten = lacking(county, DAY, titles(county))
    assert loadable == []
    assert unwritten
    with pytest.raises(NotAllowed, match="不用再载入"):
        acts.adopt_norms(county, by=FOUNDER, at=NINE)
    issue(floor, unwritten[0].title)
    assert [one.title for one in lacking(county, DAY, titles(county))[1]] == [
        one.title for one in unwritten[1:]
    ]


def test_a_version_says_what_is_wrong_beside_its_field(floor: Floor) -> None:
    issue(floor)
    county, market = floor.cast.county, floor.cast.market
    gone = acts.open_section(county, by=FOUNDER, at=NINE, name="督查股")
    acts.close_section(gone, by=FOUNDER, at=NINE)
    gone.refresh_from_db()
    wrong = {
        "title": [(" ", told(market), "名称"), ("窗口纪律", told(market), "已经有")],
        "text": [("甲", told(market, text=" "), "正文"), ("甲", told(market, text="长" * 20001), "太长")],
        "units": [("甲", told(), "至少一个"), ("甲", told(gone), "已经撤销")],
        "checks": [
            ("甲", told(market, checks=["查" * 121]), "每条最多"),
            ("甲", told(market, checks=[str(n) for n in range(21)]), "最多 20"),
        ],
    }
    for field, cases in wrong.items():
        for title, said, sentence in cases:
            with pytest.raises(NotAllowed, match=sentence) as refusal:
                acts.issue_norm(county, by=FOUNDER, at=NINE, title=title, told=said)
            assert list(refusal.value.by_field) == [field]  # type: ignore[attr-defined]
    assert Norm.objects.count() == 1
    with pytest.raises(NotGranted):
        acts.issue_norm(county, by=floor.sunli, at=NINE, title="乙", told=told(market))


def test_a_new_version_holds_from_its_day_and_the_one_before_until_then(floor: Floor) -> None:
    first = issue(floor)
    later = DAY + timedelta(days=10)
    second = acts.renew_norm(
        first.norm, by=FOUNDER, at=NINE, told=told(floor.hall, effective_on=later, text="三、再说一遍。")
    )
    first.refresh_from_db()
    assert (second.number, first.superseded_at) == (2, NINE)
    assert in_force(floor.hall.county, DAY) == [first.pk]
    assert in_force(floor.hall.county, later) == [second.pk]
    with pytest.raises(NotAllowed, match="更早施行"):
        acts.renew_norm(first.norm, by=FOUNDER, at=NINE, told=told(floor.hall, effective_on=DAY))
    with pytest.raises(NotAllowed, match="已经有了新版"):
        acts.set_norm_checks(first, by=FOUNDER, at=NINE, checks=["甲"])
    with pytest.raises(NotAllowed, match="为什么废止"):
        acts.withdraw_norm(first, by=FOUNDER, at=NINE, reason=" ")
    acts.withdraw_norm(second, by=FOUNDER, at=NINE, reason="并入另一项")
    assert in_force(floor.hall.county, DAY) == []
    with pytest.raises(NotAllowed, match="已经废止"):
        acts.renew_norm(first.norm, by=FOUNDER, at=NINE, told=told(floor.hall))
    # Its title is free again.
    assert issue(floor).norm.title == "窗口纪律"


def test_who_was_forgotten_is_sent_it_once_more(floor: Floor) -> None:
    one = issue(floor)
    acts.send_on(one, by=FOUNDER, at=NINE, units=[floor.cast.police, floor.cast.market])
    assert one.units.count() == 3
    with pytest.raises(NotAllowed, match="都已经发过"):
        acts.send_on(one, by=FOUNDER, at=NINE, units=[floor.cast.police])


def test_a_section_that_is_called_like_a_department_is_sent_it_all_the_same(floor: Floor) -> None:
    one = issue(floor)
    section = acts.open_section(floor.cast.county, by=FOUNDER, at=NINE, name=str(floor.cast.market))
    acts.send_on(one, by=FOUNDER, at=NINE, units=[section])
    assert one.units.filter(section=section).count() == 1


def test_what_a_round_finds_of_a_rule_stands_with_its_check_and_becomes_a_task(floor: Floor) -> None:
    one = issue(floor, checks=["约定时间有人在岗", "没有限号"])
    kept, failed = NormCheck.objects.order_by("order")
    listed = [each for each in looked_at(floor.hall, DAY) if each.group == "工作制度"]
    assert [(each.key, each.what, each.about) for each in listed] == [
        (f"norm:{kept.pk}", "约定时间有人在岗", "窗口纪律"),
        (f"norm:{failed.pk}", "没有限号", "窗口纪律"),
    ]
    seen = {each.key: Seen(good=True) for each in looked_at(floor.hall, DAY)}
    seen[f"norm:{failed.pk}"] = Seen(good=False, note="下午只放二十个号")
    acts.make_round(floor.hall, by=floor.sunli, at=NINE, seen=seen, owner="周洁")
    outcomes = RoundLine.objects.filter(norm_check__version=one).order_by("pk")
    assert [(line.what, line.good, line.note) for line in outcomes] == [
        ("约定时间有人在岗", True, ""),
        ("没有限号", False, "下午只放二十个号"),
    ]
    assert Task.objects.get().what == "没有限号：下午只放二十个号"
    # One that stays keeps its outcomes; one that goes is looked at no more.
    acts.set_norm_checks(one, by=FOUNDER, at=NINE, checks=["没有限号", "一次说清楚"])
    assert [check.what for check in checks_at(floor.hall, DAY)] == ["没有限号", "一次说清楚"]
    failed.refresh_from_db()
    assert (failed.dropped_at, failed.lines.count()) == (None, 1)


def test_a_venue_looks_at_what_is_addressed_to_it_and_the_centre_at_its_windows(floor: Floor) -> None:
    far, county = township(floor), floor.cast.county
    acts.issue_norm(county, by=FOUNDER, at=NINE, title="甲", told=told(floor.cast.market, checks=["窗口"]))
    acts.issue_norm(county, by=FOUNDER, at=NINE, title="乙", told=told(far, checks=["乡镇"]))
    later = told(floor.hall, far, checks=["以后"], effective_on=DAY + timedelta(days=1))
    acts.issue_norm(county, by=FOUNDER, at=NINE, title="丙", told=later)
    assert [check.what for check in checks_at(floor.hall, DAY)] == ["窗口"]
    assert [check.what for check in checks_at(far, DAY)] == ["乡镇"]
    assert [check.what for check in checks_at(far, DAY + timedelta(days=1))] == ["乡镇", "以后"]


def test_sections_are_opened_closed_and_opened_again(floor: Floor) -> None:
    county: County = floor.cast.county
    one = acts.open_section(county, by=FOUNDER, at=NINE, name="督查股")
    with pytest.raises(NotAllowed, match="已经有"):
        acts.open_section(county, by=FOUNDER, at=NINE, name="督查股")
    with pytest.raises(NotAllowed, match="名称"):
        acts.open_section(county, by=FOUNDER, at=NINE, name=" ")
    acts.close_section(one, by=FOUNDER, at=NINE)
    assert groups(county, DAY)["sections"] == []
    with pytest.raises(NotAllowed, match="已经撤销"):
        acts.close_section(one, by=FOUNDER, at=NINE)
    again = acts.open_section(county, by=FOUNDER, at=NINE, name="督查股")
    assert (again.pk, again.closed_on) == (one.pk, None)
