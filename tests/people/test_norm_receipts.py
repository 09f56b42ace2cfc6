"""Who has read a written rule, who has not, and who is reminded of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onewindow.notices.models import OfficerMessage
from onewindow.people.acts import acknowledge_norm, place_post, remind_unread
from onewindow.people.models import Holding, NormReceipt, Officer, Post
from onewindow.people.reads_norms import by_office, counts, lines, overdue, to_acknowledge
from onewindow.people.tick import unread
from onewindow.places import acts
from onewindow.places.acts import NormTold
from onewindow.places.models import Hall, NormUnit, NormVersion
from onewindow.places.write import organisation
from onewindow.rules.grants import FOUNDER, SYSTEM, NotAllowed, NotGranted
from tests.cast import COUNTY, Cast, assemble, at, carry_out, officer

pytestmark = pytest.mark.django_db
NINE = at(9, 24, 9, 0)
DAY = NINE.date()
DUE = date(2026, 10, 9)  # 28, 29, 30 September, 8 and 9 October


@pytest.fixture
def cast() -> Cast:
    return assemble()


def hall(cast: Cast) -> Hall:
    return cast.window.hall


def issue(cast: Cast, title: str = "窗口纪律", **more: object) -> NormVersion:
    told = NormTold(text="一、说清楚。", effective_on=DAY, units=(cast.market, hall(cast)))
    return acts.issue_norm(
        cast.county,
        by=more.pop("by", FOUNDER),
        at=NINE,
        title=title,
        told=replace(told, **more),  # type: ignore[arg-type]
    )


def sign(who: Officer, one: NormVersion, when: object = NINE) -> list[NormReceipt]:
    return acknowledge_norm(who, by=who, at=when, version=one)


def fresh(who: Officer) -> Officer:
    return Officer.objects.get(pk=who.pk)


def left(one: NormVersion) -> dict[str, list[str]]:
    units = NormUnit.objects.filter(version=one).select_related("version", "section", "department", "hall")
    return {str(line.unit): list(line.left.values()) for line in lines(units.order_by("pk"), DAY)}


def test_the_nine_rules_are_acknowledged_unit_by_unit_and_the_list_says_by_whom(cast: Cast) -> None:
    section = acts.open_section(cast.county, by=FOUNDER, at=NINE, name="督查股")
    post = Post.objects.create(county=COUNTY, name="督查岗", scope="county", grants=[])
    sunli = officer(COUNTY, "孙丽", "D001", post)
    place_post(post, by=FOUNDER, at=NINE, section=section)
    nine = acts.adopt_norms(cast.county, by=FOUNDER, at=NINE)
    assert len(nine) == 9
    sign(fresh(sunli), nine[0])
    sign(cast.zhangmin, nine[0])
    shown = {str(line.unit): line for line in lines(nine[0].units.select_related("version"), DAY)}
    signed = {name: [str(one) for one in line.signed] for name, line in shown.items() if line.signed}
    assert signed == {"督查股": ["孙丽（督查岗）"], "罗山县市场监督管理局": ["张敏（审核岗）"]}
    # 陈局 need not sign as well: his unit has.
    assert shown["罗山县市场监督管理局"].left == {}
    assert [one for one, line in shown.items() if line.unsigned] == ["罗山县政务服务中心", "罗山县公安局"]
    assert counts(nine, DAY)[nine[0].pk] == (4, 2)
    assert counts(nine, DAY)[nine[8].pk] == (4, 4)
    rows, _ = by_office(COUNTY, "section", DAY, 0)
    assert [(row["name"], row["sent"], row["open"], row["late"]) for row in rows] == [("督查股", 9, 8, 0)]


def test_where_everybody_signs_each_who_has_not_stands_there_by_name(cast: Cast) -> None:
    one = issue(cast, by_each=True)
    sign(cast.zhangmin, one)
    assert left(one) == {"罗山县市场监督管理局": ["陈局"], "罗山县政务服务中心": ["李伟"]}
    assert [unit.version_id for unit in to_acknowledge(fresh(cast.chenju), DAY)] == [one.pk]
    assert to_acknowledge(fresh(cast.zhangmin), DAY) == []
    # It was not sent to the police.
    assert to_acknowledge(fresh(cast.zhaoqiang), DAY) == []
    with pytest.raises(NotAllowed, match="没有发给您的单位"):
        sign(cast.zhaoqiang, one)
    sign(cast.chenju, one)
    sign(cast.liwei, one)
    assert counts([one], DAY)[one.pk] == (2, 0)
    # Who comes to the office later has not read it.
    new = officer(COUNTY, "刘洋", "S012", cast.zhangmin.posts[0])
    assert left(one)["罗山县市场监督管理局"] == ["刘洋"]
    Holding.objects.filter(officer=new).update(until=DAY - timedelta(days=1))
    assert counts([one], DAY)[one.pk] == (2, 0)


def test_a_new_version_is_acknowledged_anew(cast: Cast) -> None:
    first = issue(cast)
    sign(cast.zhangmin, first)
    told = NormTold(text="二、改了。", effective_on=DAY, units=(cast.market,))
    second = acts.renew_norm(first.norm, by=FOUNDER, at=NINE, told=told)
    assert [unit.version_id for unit in to_acknowledge(fresh(cast.zhangmin), DAY)] == [second.pk]
    with pytest.raises(NotAllowed, match="已经有了新版"):
        sign(cast.chenju, first)
    sign(cast.chenju, second)
    assert counts([first, second], DAY) == {first.pk: (2, 1), second.pk: (1, 0)}
    acts.withdraw_norm(second, by=FOUNDER, at=NINE, reason="不用了")
    with pytest.raises(NotAllowed, match="已经废止"):
        sign(cast.zhangmin, second)


def test_pressed_twice_it_is_one_and_nobody_signs_for_another(cast: Cast) -> None:
    one = issue(cast)
    assert sign(cast.zhangmin, one)[0].pk == sign(cast.zhangmin, one)[0].pk
    facts = organisation(COUNTY).entries.filter(fact="NormAcknowledged")
    assert [entry.body["officer"] for entry in facts] == [cast.zhangmin.pk]
    with pytest.raises(NotGranted):
        acknowledge_norm(cast.chenju, by=cast.zhangmin, at=NINE, version=one)


def test_who_has_not_signed_in_time_is_reminded_once(cast: Cast) -> None:
    one = issue(cast)
    assert one.due_on == DUE
    assert unread(at(10, 9, 23, 0)) == 0
    assert unread(at(10, 10, 0, 5)) == 2
    assert unread(at(10, 11, 0, 5)) == 0
    carry_out(organisation(COUNTY))
    told = OfficerMessage.objects.filter(kind="NormUnread").order_by("officer__name")
    assert {(row.officer.name, row.page) for row in told} == {
        (name, f"/norms/{one.pk}/") for name in ("张敏", "陈局", "李伟")
    }
    assert "还没有签收：窗口纪律" in {row.title for row in told}
    # Signed beforehand, nobody is reminded; and the setting moves the day.
    acts.change_setting(cast.county, by=FOUNDER, at=NINE, name="norms.days", value=1, reason="试行")
    cast.county.refresh_from_db()
    second = issue(cast, "考勤")
    assert second.due_on == date(2026, 9, 28)
    sign(cast.zhangmin, second)
    sign(cast.liwei, second)
    assert list(overdue(date(2026, 9, 29)).filter(version=second)) == []
    unit = second.units.first()
    assert unit is not None
    assert remind_unread(unit, by=SYSTEM, at=at(9, 29)) is False


def test_everybody_in_the_units_hears_that_a_rule_was_issued(cast: Cast) -> None:
    post = Post.objects.create(county=COUNTY, name="中心负责人", scope="county", grants=["norms:issue"])
    chief = officer(COUNTY, "何宁", "Z001", post)
    one = issue(cast, by=chief)
    acts.send_on(one, by=chief, at=NINE, units=[cast.police])
    carry_out(organisation(COUNTY))
    told = OfficerMessage.objects.filter(title="请签收：窗口纪律").order_by("pk")
    assert [row.officer.name for row in told] == ["李伟", "张敏", "陈局", "赵强"]
    assert "10月9日" in told[0].text.replace(" ", "")


def test_a_post_of_the_county_belongs_to_a_section_and_no_other(cast: Cast) -> None:
    section = acts.open_section(cast.county, by=FOUNDER, at=NINE, name="督查股")
    with pytest.raises(NotAllowed, match="不归股室"):
        place_post(cast.zhangmin.posts[0], by=FOUNDER, at=NINE, section=section)
    post = Post.objects.create(county=COUNTY, name="督查岗", scope="county", grants=[])
    acts.close_section(section, by=FOUNDER, at=NINE)
    section.refresh_from_db()
    with pytest.raises(NotAllowed, match="已经撤销"):
        place_post(post, by=FOUNDER, at=NINE, section=section)
    assert place_post(post, by=FOUNDER, at=NINE, section=None).section is None


def test_nobody_is_waited_for_in_a_section_that_was_closed(cast: Cast) -> None:
    section = acts.open_section(cast.county, by=FOUNDER, at=NINE, name="督查股")
    post = Post.objects.create(county=COUNTY, name="督查岗", scope="county", grants=[])
    sunli = officer(COUNTY, "孙丽", "D001", post)
    place_post(post, by=FOUNDER, at=NINE, section=section)
    one = issue(cast, units=(section,), by_each=True)
    two = issue(cast, "考勤", units=(section,))
    assert counts([one, two], DAY) == {one.pk: (1, 1), two.pk: (1, 1)}
    acts.close_section(section, by=FOUNDER, at=NINE)
    assert counts([one, two], DAY) == {one.pk: (1, 0), two.pk: (1, 0)}
    for each in (one, two):
        (line,) = lines(each.units.select_related("version", "section"), DAY)
        assert (line.left, line.unsigned, line.empty) == ({}, False, False)
    assert to_acknowledge(fresh(sunli), DAY) == []
    assert by_office(COUNTY, "section", DAY, 0)[0] == []
    assert unread(at(10, 10, 0, 5)) == 0


def test_the_page_of_a_version_costs_the_same_however_many_units_it_went_to(cast: Cast) -> None:
    one = issue(cast, by_each=True)
    sign(cast.zhangmin, one)

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            units = NormUnit.objects.filter(version=one).select_related(
                "version", "section", "department", "hall"
            )
            lines(units, DAY)
            counts([one], DAY)
        return len(seen)

    few = cost()
    acts.send_on(one, by=FOUNDER, at=NINE, units=[cast.police])
    sign(cast.zhaoqiang, one)
    assert cost() == few <= 5
