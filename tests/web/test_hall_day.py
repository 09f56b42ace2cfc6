"""The pages of the day of a hall: five statements however long the day, measures, tidal windows and limits by screen."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onewindow.hall import tick_day
from onewindow.hall.acts import calling
from onewindow.hall.acts.openings import set_hours
from onewindow.hall.models import Cap, HallDay, Measure, Overload, TidalPlan
from onewindow.hall.reads.today import Today, today
from onewindow.journal.models import Entry
from onewindow.notices import follow
from onewindow.notices.models import OfficerMessage
from onewindow.people.acts import give_post
from onewindow.people.models import Absence, Post
from onewindow.places.models import Hall, Window
from onewindow.places.reads import here, reading_once
from onewindow.rules.grants import FOUNDER, Grant
from onewindow.rules.opening import EVERY_DAY, Hours, SessionKind
from tests.cast import COUNTY, at, officer
from tests.hall.stage import CALLS, NINE, Floor, open_floor, post
from tests.web.citizen import on
from tests.web.desks import at_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def floor() -> Floor:
    """Open from half past eight to ten."""
    made = open_floor()
    hours = Hours(SessionKind.REGULAR, at(9, 24, 8, 30).time(), at(9, 24, 10, 0).time(), EVERY_DAY)
    set_hours(made.hall, by=FOUNDER, at=NINE, hours=hours, since=NINE.date())
    return made


def seen(floor: Floor, minutes: float) -> Today:
    found = today(floor.hall.pk, NINE + timedelta(minutes=minutes))
    assert found is not None
    return found


def test_the_board_shows_waits_windows_and_who_is_missing_in_five_statements(floor: Floor) -> None:
    for n in range(4):
        floor.take(when=NINE + timedelta(minutes=n))
    floor.take(floor.realty)
    called = calling.call_next(floor.windows["3"], by=floor.liwei, at=NINE + timedelta(minutes=5))
    assert called is not None
    calling.begin(called, by=floor.liwei, at=NINE + timedelta(minutes=6))
    gone = officer(COUNTY, "马宁", "C105", post("5 号窗口", floor.hall, CALLS, floor.windows["5"]))
    Absence.objects.create(
        county=COUNTY,
        officer=gone,
        since=NINE.date(),
        until=NINE.date(),
        kind="leave",
        entered_by="officer:1",
        entered_at=NINE,
    )
    tick_day.tick(NINE + timedelta(minutes=7))
    with reading_once():
        here()
        with CaptureQueriesContext(connection) as asked:
            told = seen(floor, 8)
    assert len(asked) == 5
    assert [(one.letter, one.waiting, one.longest) for one in told.queues] == [("A", 3, 7), ("B", 1, 8)]
    assert (told.waiting, told.longest, told.taken) == (4, 8, 5)
    windows = {one.window.number: one for one in told.windows}
    assert (windows["3"].number, windows["3"].stage) == ("A001", "正在办理")
    assert floor.liwei.name in windows["3"].staff
    assert (windows["5"].staff, windows["5"].away, windows["5"].nobody) == ([], ["马宁"], True)
    assert told.beyond is None  # an hour before closing is too early to say


@pytest.mark.req("LS-延时-1.2b")
def test_half_an_hour_before_closing_the_forecast_proposes_an_extension_of_the_windows_needed(
    floor: Floor,
) -> None:
    for number in ("3", "4"):
        Window.objects.filter(pk=floor.windows[number].pk).update(is_open=False)
    for _ in range(2):
        floor.take(floor.realty, when=NINE)
    floor.take(when=NINE)
    assert seen(floor, 29).beyond is None
    told = seen(floor, 30)
    # Window 5 alone: B 9:30–9:50, B 9:50:30–10:10:30, A 10:11–10:21.
    assert told.beyond is not None
    assert (told.beyond.numbers, told.stay) == (2, [("5", 21)])
    with on(NINE + timedelta(minutes=30)):
        page = at_desk(floor.sunli).get(f"/day/{floor.hall.pk}/now/").content.decode()
    assert "约有 2 人办不完" in page
    assert "建议延时：5 号窗口约 21 分钟" in page


def test_the_manager_records_what_was_done_and_the_report_shows_alert_and_measure(floor: Floor) -> None:
    for _ in range(20):
        floor.take()
    tick_day.tick(NINE + timedelta(minutes=1))
    base = f"/day/{floor.hall.pk}/"
    with on(NINE + timedelta(minutes=2)):
        desk = at_desk(floor.sunli)
        assert desk.get("/day/").url == base
        assert "排队过长" in desk.get(base).content.decode()
        assert desk.post(base + "measure/", {"kind": "other"}).status_code == 200
        told = {"kind": "staff", "note": "从后台调来两个人", "window": ""}
        assert desk.post(base + "measure/", told).status_code == 302
        page = desk.get(base + "report/").content.decode()
        assert "20 人等" in page
        assert "从后台调来两个人" in page
        assert desk.get(base + "report.pdf").content[:5] == b"%PDF-"
        hours = desk.get(base + "hours/").content.decode()
        assert "9–10 时" in hours
        assert at_desk(floor.liwei).get(base).status_code == 403
        other = officer(COUNTY, "赵强", "D001", post("别的大厅", _other(floor), [Grant.HALL_MANAGE]))
        assert at_desk(other).get(base).status_code == 404
    assert Measure.objects.get().alert == Overload.objects.get()


def _other(floor: Floor) -> Any:
    hall = type(floor.hall).objects.get(pk=floor.hall.pk)
    hall.pk, hall.name = None, "龙山便民服务中心"
    hall.save()
    return hall


def test_a_tidal_window_is_planned_opened_and_closed_by_screen(floor: Floor) -> None:
    window = floor.windows["4"]
    Window.objects.filter(pk=window.pk).update(tidal=True)
    clerk = officer(COUNTY, "马宁", "C106", post("机动窗口", floor.hall, CALLS, window))
    base, told = (
        f"/day/{floor.hall.pk}/tidal/",
        {
            "mode": "planned",
            "since": "2026-09-24",
            "until": "2026-09-30",
            "begins": "09:30",
            "ends": "10:00",
            "lines": [floor.general.pk],
            "staff": [clerk.pk],
        },
    )
    with on(NINE):
        desk = at_desk(floor.sunli)
        wrong = desk.post(f"/day/windows/{window.pk}/plan/", {**told, "staff": []})
        assert "由谁办" in wrong.content.decode()
        assert desk.post(f"/day/windows/{window.pk}/plan/", told).url == base
        assert "没有开" in desk.get(base).content.decode()
        public = desk.get(f"/hall/{floor.hall.pk}/").content.decode()
        assert public.count('<tr><th scope="row">') == 2 + 2  # lines, and the windows but the tidal one
        desk.post(f"/day/windows/{window.pk}/open/")
        assert Window.objects.get(pk=window.pk).is_open
        desk.post(f"/day/windows/{window.pk}/close/")
        assert (
            "没有作为潮汐窗口开着"
            in desk.post(f"/day/windows/{window.pk}/close/", follow=True).content.decode()
        )
        plan = TidalPlan.objects.get()
        assert desk.post(f"/day/plans/{plan.pk}/drop/").url == base
        assert at_desk(floor.liwei).post(f"/day/windows/{window.pk}/open/").status_code == 403


def test_a_limit_is_proposed_and_approved_by_two_and_published_where_numbers_are_taken(floor: Floor) -> None:
    noon = Hours(SessionKind.NOON, at(9, 24, 12, 0).time(), at(9, 24, 14, 0).time(), EVERY_DAY)
    set_hours(floor.hall, by=FOUNDER, at=NINE, hours=noon, since=NINE.date())
    head = officer(COUNTY, "何宁", "H011", _county_post("中心负责人", [Grant.CAP_APPROVE]))
    base = f"/day/{floor.hall.pk}/caps/"
    told = {
        "line": floor.general.pk,
        "number": "1",
        "kinds": ["noon"],
        "since": "2026-09-24",
        "until": "2026-09-24",
        "reason": "午间只有一个人值班",
    }
    with on(NINE):
        desk, boss = at_desk(floor.sunli), at_desk(head)
        form = desk.get(base + "new/").content.decode()
        assert 'value="noon"' in form
        assert 'value="regular"' not in form  # 河南省: in working hours never
        assert desk.post(base + "new/", told).url == base
        cap = Cap.objects.get()
        assert desk.post(f"/day/caps/{cap.pk}/approve/", {"opinion": ""}).status_code == 403
        assert "不得限定办件数量" in boss.get(base).content.decode()
        assert boss.post(f"/day/caps/{cap.pk}/approve/", {"opinion": "只限午间"}).url == base
        public = desk.get(f"/hall/{floor.hall.pk}/").content.decode()
        assert "综合受理经批准限号：午间每场 1 个，9 月 24 日。午间只有一个人值班。" in public
        assert desk.post(base + "new/", {**told, "number": "3"}).url == base
    late = Cap.objects.get(number=3)
    with on(at(9, 24, 14, 0)):  # noon is over
        page = desk.post(base + "new/", told).content.decode()
        beside = page[page.index("哪些场次") : page.index("从哪天")]
        assert "午间的场次到 9 月 24 日已经结束，没有号可限" in beside
        assert "午间只有一个人值班</textarea>" in page
        page = boss.post(f"/day/caps/{late.pk}/approve/", {"opinion": "只限午间"}).content.decode()
        assert "要限号的场次已经结束，不能再批准" in page
        assert 'value="只限午间"' in page


def _county_post(name: str, grants: list[Grant]) -> Post:
    words = [grant.value for grant in grants]
    return Post.objects.create(county=COUNTY, name=name, scope="county", grants=words)


def test_the_report_and_the_alert_come_to_the_manager_in_his_messages(floor: Floor) -> None:
    ticket = floor.take(told_minutes=10)
    tick_day.tick(NINE + timedelta(minutes=30))
    calling.call_next(floor.windows["3"], by=floor.liwei, at=NINE + timedelta(minutes=30))
    calling.begin(ticket, by=floor.liwei, at=NINE + timedelta(minutes=30))
    calling.finish(ticket, by=floor.liwei, at=NINE + timedelta(minutes=40))
    tick_day.tick(at(9, 24, 10, 0))
    assert HallDay.objects.get().reported_at == at(9, 24, 10, 0)
    facts = ("OverloadRaised", "OverloadCleared", "DayReported")
    for entry in Entry.objects.filter(fact__in=facts).order_by("pk"):
        follow.day_of_hall(entry)
    titles = OfficerMessage.objects.filter(officer=floor.sunli).order_by("pk")
    assert [one.kind for one in titles] == list(facts)
    assert "还没有登记采取了什么措施" in titles[1].text
    assert titles[2].text == "取号 1 个，办结 1 个，弃号 0 个，平均等候 30 分钟，排队过长 1 次。"


def test_who_stands_above_all_halls_chooses_whose_day_he_sees_and_a_manager_stays_in_his_own(
    floor: Floor,
) -> None:
    other = Hall.objects.create(
        county=COUNTY, name="灵山镇党政便民服务中心", kind="township", region=floor.hall.region
    )
    whole = Post.objects.create(
        county=COUNTY, name="中心负责人", scope="county", grants=[str(Grant.CAP_APPROVE)]
    )
    boss = at_desk(officer(COUNTY, "何宁", "Z001", whole))
    manager = at_desk(officer(COUNTY, "马宁", "C105", post("主任", floor.hall, [Grant.HALL_MANAGE])))
    with on(NINE):
        assert "灵山镇" in boss.get(f"/day/{floor.hall.pk}/").content.decode()
        assert boss.get(f"/day/?hall={other.pk}").url == f"/day/{other.pk}/"
        assert boss.get("/day/?hall=nonsense").url == f"/day/{floor.hall.pk}/"
        assert "灵山镇" not in manager.get(f"/day/{floor.hall.pk}/").content.decode()
        assert manager.get(f"/day/?hall={other.pk}").status_code == 404
        give_post(whole, by=FOUNDER, at=NINE, officer=manager.officer, since=NINE.date())
        assert "灵山镇" in manager.get(f"/day/{floor.hall.pk}/").content.decode()
        assert manager.get("/day/").url == f"/day/{floor.hall.pk}/"
