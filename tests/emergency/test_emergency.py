"""应急: plans that another agrees to, incidents with their steps and report, drills, safety equipment, an epidemic."""

from datetime import date, timedelta

import pytest

from onewindow.emergency.acts.drills import Better, Held, record_drill, settle_measure
from onewindow.emergency.acts.incidents import (
    close_incident,
    note_action,
    note_health,
    note_round,
    open_incident,
    tick_step,
)
from onewindow.emergency.acts.plans import Told, approve_plan, draft_plan
from onewindow.emergency.acts.safety import Piece, check_safety, enter_safety, note_use
from onewindow.emergency.models import Incident, Plan, SafetyItem
from onewindow.emergency.reads import course, incident_called, readiness
from onewindow.emergency.tick import tick
from onewindow.letters.incident_reports import report
from onewindow.notices.models import OfficerMessage
from onewindow.people.models import Officer, Post
from onewindow.places.write import organisation
from onewindow.rules.grants import Grant, NotAllowed, NotGranted
from tests.cast import COUNTY, at, carry_out, officer
from tests.hall.stage import NINE, Floor, open_floor
from tests.oversight.stage import supervisor

pytestmark = pytest.mark.django_db
STEPS = [{"step": "切断电源", "who": "技术保障"}, {"step": "疏散群众", "who": "导办员"}]


@pytest.fixture
def floor() -> Floor:
    return open_floor()


def approver() -> Officer:
    words = [str(Grant.EMERGENCY_APPROVE), str(Grant.HALL_MANAGE)]
    post = Post.objects.create(county=COUNTY, name="批准预案岗", scope="county", grants=words)
    return officer(COUNTY, "陈局", "E001", post)


def planned(floor: Floor, event: str = "power", **more: object) -> Plan:
    told = Told(event=event, title="停电应急预案", chief=floor.sunli, steps=STEPS, **more)  # type: ignore[arg-type]
    plan = draft_plan(floor.hall, by=floor.sunli, at=NINE, told=told)
    boss = Officer.objects.filter(staff_no="E001").first() or approver()
    return approve_plan(plan, by=boss, at=NINE)


def epidemic(floor: Floor, capacity: int = 2) -> Incident:
    plan = planned(floor, "epidemic", capacity=capacity, round_hours=4, advice="请优先网上办")
    incident = open_incident(plan, by=floor.sunli, at=NINE, what="启动常态化防控")
    floor.hall.refresh_from_db()
    return incident


def test_a_plan_is_agreed_to_by_another_and_the_version_before_it_is_kept(floor: Floor) -> None:
    boss = approver()
    told = Told(event="fire", title="火灾应急预案", chief=floor.sunli, steps=STEPS)
    own = draft_plan(floor.hall, by=boss, at=NINE, told=told)
    with pytest.raises(NotAllowed, match="不能自己批准"):
        approve_plan(own, by=boss, at=NINE)
    with pytest.raises(NotAllowed, match="没有批准"):
        open_incident(own, by=floor.sunli, at=NINE, what="冒烟")
    first = approve_plan(draft_plan(floor.hall, by=floor.sunli, at=NINE, told=told), by=boss, at=NINE)
    second = approve_plan(draft_plan(floor.hall, by=floor.sunli, at=NINE, told=told), by=boss, at=NINE)
    first.refresh_from_db()
    assert (first.version, first.stage, second.version, second.stage) == (1, "replaced", 2, "approved")
    with pytest.raises(NotGranted):
        draft_plan(floor.hall, by=floor.liwei, at=NINE, told=told)
    with pytest.raises(NotAllowed, match="一行一步"):
        draft_plan(
            floor.hall, by=floor.sunli, at=NINE, told=Told(event="fire", title="空", chief=floor.sunli)
        )


@pytest.mark.req("ZH-2.3.4a")
def test_an_incident_shows_the_steps_to_tick_and_closed_it_has_a_report(floor: Floor) -> None:
    boss = supervisor()
    incident = open_incident(planned(floor), by=floor.sunli, at=NINE, what="配电箱冒烟", place="东侧")
    carry_out(incident.subject)
    assert OfficerMessage.objects.filter(officer=boss, kind="IncidentOpened").exists()
    steps = list(incident.entries.all())
    assert [one.what for one in steps] == ["切断电源", "疏散群众"]
    ten = NINE + timedelta(minutes=10)
    tick_step(steps[0], by=floor.liwei, at=ten, note="总闸已断")
    again = tick_step(steps[0], by=floor.sunli, at=ten + timedelta(minutes=5))
    assert (again.done_at, again.done_by) == (ten, floor.liwei.actor_code)
    note_action(incident, by=floor.liwei, at=ten, what="给一位老人测血压", who="导办员")
    with pytest.raises(NotAllowed, match="已经启动了"):
        open_incident(incident.plan, by=floor.sunli, at=ten, what="再来一次")
    with pytest.raises(NotAllowed, match="至少十个字"):
        close_incident(incident, by=floor.sunli, at=ten, summary="好了")
    close_incident(incident, by=floor.sunli, at=ten, summary="十分钟内断电并疏散，没有人受伤，已换新配电箱。")
    with pytest.raises(NotAllowed, match="已经结束"):
        note_action(incident, by=floor.liwei, at=ten, what="再补一条")
    told = incident_called(COUNTY, incident.number)
    assert told is not None
    seen = course(told)
    assert (seen.done, [one.planned for one in told.entries.all()]) == (2, [True, True, False])
    assert report(seen, demo=True, at=ten).startswith(b"%PDF")


@pytest.mark.req("ZH-2.3.4b")
def test_while_an_epidemic_plan_is_active_numbers_above_the_limit_are_deferred_and_a_round_is_due(
    floor: Floor,
) -> None:
    incident = epidemic(floor)
    inside = [floor.take(when=NINE), floor.take(when=NINE)]
    third, fourth = floor.take(when=NINE), floor.take(when=NINE)
    assert [one.rank <= NINE for one in inside] == [True, True]
    # Ten minutes each at three windows: the first place is free after four minutes, the second after seven.
    assert third.rank == NINE + timedelta(minutes=4)
    assert fourth.rank == NINE + timedelta(minutes=7)
    assert course(incident).round_due == NINE + timedelta(hours=4)
    note_round(incident, by=floor.liwei, at=NINE + timedelta(hours=3), where="等候区、窗口")
    assert course(incident).round_due == NINE + timedelta(hours=7)
    note_health(incident, by=floor.sunli, at=NINE, officer=floor.liwei, fit=False, note="发热")
    with pytest.raises(NotAllowed, match="今天已经登记过"):
        note_health(incident, by=floor.sunli, at=NINE, officer=floor.liwei, fit=True)
    assert "发热" not in str([one.body for one in incident.subject.entries.all()])
    close_incident(incident, by=floor.sunli, at=NINE, summary="按通知结束本轮防控，恢复正常。")
    floor.hall.refresh_from_db()
    assert (floor.hall.capacity, floor.hall.advice) == (None, "")
    assert floor.take(when=NINE).rank == NINE


def test_an_epidemic_plan_names_its_limit_its_hours_and_its_words(floor: Floor) -> None:
    with pytest.raises(NotAllowed, match="最多几人"):
        planned(floor, "epidemic")


def test_what_a_drill_found_needs_a_measure_with_a_day_and_stays_until_it_is_done(floor: Floor) -> None:
    plan = planned(floor)
    held = Held(
        held_on=NINE.date(), people="全体窗口人员", headcount=12, course="模拟断电", findings="应急灯不亮"
    )
    with pytest.raises(NotAllowed, match="怎么改"):
        record_drill(plan, by=floor.sunli, at=NINE, held=held)
    better = Better("换应急灯", "后勤保障", date(2026, 10, 1))
    drill = record_drill(plan, by=floor.sunli, at=NINE, held=held, measures=[better])
    (open_one,) = readiness(floor.hall, NINE.date()).measures
    assert (open_one.late(at(10, 1)), open_one.late(at(10, 2))) == (False, True)
    settle_measure(open_one, by=floor.sunli, at=at(10, 2), outcome="换了两盏")
    assert readiness(floor.hall, NINE.date()).measures == []
    assert drill.measures.get().outcome == "换了两盏"


def piece(floor: Floor, kind: str, name: str) -> SafetyItem:
    told = {"kind": kind, "name": name, "place": "导服台", "keeper": "导办员"}
    checked = Piece(**told, every_days=30, checked_on=date(2026, 8, 25))
    return enter_safety(floor.hall, by=floor.sunli, at=NINE, piece=checked)


@pytest.mark.req("JN-7k")
def test_a_first_aid_kit_past_its_check_is_in_the_alert_list_and_a_use_says_time_person_and_action(
    floor: Floor,
) -> None:
    kit = piece(floor, "first_aid", "急救箱")
    assert readiness(floor.hall, date(2026, 9, 24)).alerts == []
    assert readiness(floor.hall, date(2026, 9, 25)).alerts == [kit]
    use = note_use(kit, by=floor.liwei, at=NINE, person="导办员", why="老人头晕", action="量血压，联系家属")
    assert (use.at, use.person, use.action) == (NINE, "导办员", "量血压，联系家属")
    check_safety(kit, by=floor.liwei, at=NINE, sound=True)
    assert readiness(floor.hall, date(2026, 9, 25)).alerts == []


@pytest.mark.req("ZH-2.3.2.3b")
def test_an_overdue_fire_extinguisher_warns_the_manager_once(floor: Floor) -> None:
    item = piece(floor, "extinguisher", "灭火器 1 号")
    for minute in (0, 1):
        tick(at(9, 25, 9, minute))
    carry_out(organisation(COUNTY))
    told = OfficerMessage.objects.get(officer=floor.sunli, kind="SafetyOverdue")
    assert "灭火器 1 号" in told.title
    with pytest.raises(NotAllowed, match="有什么问题"):
        check_safety(item, by=floor.liwei, at=at(9, 25), sound=False)
    check_safety(item, by=floor.liwei, at=at(9, 25), sound=False, note="压力不足，已报换")
    assert readiness(floor.hall, date(2026, 9, 25)).alerts == [item]  # what is not sound stays due
