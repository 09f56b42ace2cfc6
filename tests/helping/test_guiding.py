"""The guide at the door: whom he goes with, what the window learns, what was said in the hall and what becomes of it."""

from datetime import timedelta
from uuid import uuid4

import pytest

from onewindow.hall.acts import calling, moving
from onewindow.hall.models import Escort, Ticket
from onewindow.helping import tick as tick_guiding
from onewindow.helping.acts import announcing, consulting, guiding, remarks
from onewindow.helping.models import Consultation, Guided, Remark, Summary
from onewindow.helping.reads import guided, said
from onewindow.journal.models import Entry
from onewindow.notices import follow
from onewindow.notices.models import OfficerMessage, Sending
from onewindow.places import acts as places
from onewindow.places.models import Device, Hall, Service, Task, Window, Zone
from onewindow.places.venues import checked
from onewindow.rules.grants import FOUNDER, Grant, NotAllowed, NotGranted
from onewindow.rules.queueing import Priority
from tests.cast import COUNTY, at, officer
from tests.hall.stage import NINE, Floor, open_floor, post

pytestmark = pytest.mark.django_db
DAY = NINE.date()
MIN = timedelta(minutes=1)


@pytest.fixture
def floor() -> Floor:
    return open_floor()


def serve(floor: Floor, number: str, when=NINE) -> Ticket:
    """The next one at a window, begun."""
    window = floor.windows[number]
    who = officer(COUNTY, "李伟", f"W{number}", post(f"{number} 号", floor.hall, [Grant.HALL_CALL], window))
    ticket = calling.call_next(window, by=who, at=when)
    assert ticket is not None
    return calling.begin(ticket, by=who, at=when)


@pytest.mark.req("ZH-2.3.2.2c", "LS-导办-10a")
def test_a_pregnant_visitor_goes_before_others_and_a_guide_goes_with_her_to_the_door(floor: Floor) -> None:
    floor.take(when=NINE)
    hers = floor.take(when=NINE + 5 * MIN, priority=Priority.PREGNANT)
    assert hers.visit.groups == ["pregnant"]
    escort = Escort.objects.get()
    assert (escort.helper, escort.ticket) == (floor.zhoujie, hers)
    assert calling.call_next(floor.windows["3"], by=floor.liwei, at=NINE + 6 * MIN) == hers
    guiding.step(escort, by=floor.zhoujie, at=NINE + 7 * MIN, what="陪到窗口")
    guiding.step(escort, by=floor.zhoujie, at=NINE + 20 * MIN, what="复印")
    done = guiding.end_help(escort, by=floor.zhoujie, at=NINE + 30 * MIN, how="done")
    assert [one["what"] for one in done.steps] == ["陪到窗口", "复印"]
    assert (done.begun_at, done.ended_at) == (NINE + 5 * MIN, NINE + 30 * MIN)
    with pytest.raises(NotAllowed, match="已经结束"):
        guiding.step(escort, by=floor.zhoujie, at=NINE + 31 * MIN, what="送出大门")
    facts = [e.fact for e in Entry.objects.filter(subject=hers.subject).order_by("place")]
    assert facts == [
        "TicketTaken",
        "HelperAssigned",
        "TicketCalled",
        "HelpStepDone",
        "HelpStepDone",
        "HelpOver",
    ]


def test_the_guide_with_the_fewest_goes_and_a_soldier_walks_alone(floor: Floor) -> None:
    other = officer(COUNTY, "张敏", "H010", post("导办员二", floor.hall, [Grant.HALL_TAKE]))
    floor.take(priority=Priority.ELDERLY)
    floor.take(priority=Priority.DISABLED)
    floor.take(priority=Priority.SOLDIER)
    assert [one.helper for one in Escort.objects.order_by("pk")] == [floor.zhoujie, other]
    with pytest.raises(NotAllowed, match="导办员"):
        guiding.assign(Escort.objects.first(), by=other, at=NINE, helper=floor.liwei)
    assert guiding.assign(Escort.objects.first(), by=other, at=NINE, helper=other).helper == other


@pytest.mark.req("JN-7j")
def test_help_ticked_gives_a_priority_number_at_the_low_counter_and_alerts_the_guide(floor: Floor) -> None:
    Window.objects.filter(pk=floor.windows["4"].pk).update(low=True)
    floor.take(when=NINE)
    mine = floor.take(when=NINE + MIN, help=True)
    assert (mine.priority, mine.only, mine.rank) == ("helped", floor.windows["4"], NINE + MIN - 20 * MIN)
    assert serve(floor, "4", NINE + 2 * MIN) == mine
    assert [one.ticket for one in guided.going(floor.hall)] == [mine]


@pytest.mark.req("LS-导办-7b", "LS-专办-3b")
def test_a_marked_visitor_is_offered_one_to_one_service_and_the_answer_is_stored(floor: Floor) -> None:
    ticket = floor.take()
    with pytest.raises(NotAllowed, match="行动不便"):
        guiding.mark(ticket, by=floor.zhoujie, at=NINE, groups=["tall"])
    guiding.mark(ticket, by=floor.zhoujie, at=NINE, groups=["immobile", "old"])
    ticket = calling.call_next(floor.windows["3"], by=floor.liwei, at=NINE)
    assert ticket is not None
    assert (ticket.visit.group_words, ticket.visit.to_offer) == ("老年人、行动不便", True)
    told = guiding.answer_offer(ticket, by=floor.liwei, at=NINE, accepted=True)
    assert (told.visit.one_to_one, told.visit.to_offer) == (True, False)
    with pytest.raises(NotAllowed, match="已经记下"):
        guiding.answer_offer(ticket, by=floor.liwei, at=NINE, accepted=False)
    counted = dict(guided.figures(floor.hall, NINE.date(), NINE.date()).groups)
    assert (counted["老年人"], counted["行动不便"], counted["残疾人"]) == (1, 1, 0)
    assert guided.looked_after(floor.hall, NINE, 30)[0] == [ticket]


@pytest.mark.req("LS-导办-7c")
def test_a_question_is_handed_to_a_window_and_closes_with_its_answer(floor: Floor) -> None:
    once = uuid4()
    told = {"by": floor.zhoujie, "at": NINE, "once": once, "question": "公司住所变更要哪些材料"}
    made = consulting.hand_off(floor.windows["4"], **told)
    assert consulting.hand_off(floor.windows["4"], **told) == made
    assert calling.call_next(floor.windows["3"], by=floor.liwei, at=NINE) is None
    ticket = serve(floor, "4")
    who = ticket.officer
    with pytest.raises(NotAllowed, match="先写下答复"):
        calling.finish(ticket, by=who, at=NINE + MIN)
    consulting.answer_question(ticket, by=who, at=NINE + 2 * MIN, answer="带新住所的证明，在线也能办")
    ticket.refresh_from_db()
    assert ticket.stage == "done"
    answered = Consultation.objects.get()
    assert (answered.answer, answered.answered_by) == ("带新住所的证明，在线也能办", who.actor_code)
    with pytest.raises(NotAllowed, match="没有等着答复"):
        consulting.answer_question(ticket, by=who, at=NINE, answer="再答一次")
    places.pause_window(floor.windows["4"], by=who, at=NINE, reason="开会")
    floor.windows["4"].refresh_from_db()
    with pytest.raises(NotAllowed, match="不叫号"):
        consulting.hand_off(floor.windows["4"], **{**told, "once": uuid4()})


@pytest.mark.req("LS-导办-9")
def test_a_number_moved_from_the_wrong_line_raises_the_rate_of_its_item(floor: Floor) -> None:
    item = floor.cast.version.item
    first, second = floor.take(item=item), floor.take(item=item)
    assert guided.figures(floor.hall, NINE.date(), NINE.date()).misled == []
    with pytest.raises(NotAllowed, match="原因"):
        moving.transfer(first, by=floor.sunli, at=NINE + 6 * MIN, why="", line=floor.realty)
    moving.transfer(first, by=floor.sunli, at=NINE + 6 * MIN, why="wrong", line=floor.realty)
    moving.transfer(second, by=floor.sunli, at=NINE + 6 * MIN, why="next", line=floor.realty)
    found = guided.figures(floor.hall, NINE.date(), NINE.date())
    assert [(one.name, one.taken, one.wrong, one.rate) for one in found.misled] == [(item.name, 2, 1, 50)]
    assert found.minutes == 3.0  # six minutes for one of two


@pytest.mark.req("LS-导办-10b")
def test_who_waits_long_is_on_the_care_list_until_a_guide_was_there(floor: Floor) -> None:
    ticket = floor.take()
    assert guided.looked_after(floor.hall, NINE + 30 * MIN, 30)[1] == []
    assert guided.looked_after(floor.hall, NINE + 31 * MIN, 30)[1] == [ticket]
    for _ in range(2):
        guiding.care(ticket, by=floor.zhoujie, at=NINE + 31 * MIN)
    assert guided.looked_after(floor.hall, NINE + 40 * MIN, 30)[1] == []
    assert Entry.objects.filter(fact="CareGiven").count() == 1


@pytest.mark.req("LS-导办-11a")
def test_the_day_goes_to_its_section_once_and_days_without_one_are_seen(floor: Floor) -> None:
    section = officer(COUNTY, "陈局", "H020", post("环境股", floor.hall, [Grant.HALL_IMPROVE]))
    told = {"by": floor.zhoujie, "at": NINE}
    remarks.enter_remark(floor.hall, kind="problem", text="取号机的字太小", **told)
    remarks.enter_remark(floor.hall, kind="suggestion", text="门口放一张示意图", **told)
    made = remarks.send_summary(floor.hall, day=NINE.date(), note="两条", **told)
    with pytest.raises(NotAllowed, match="已经报送"):
        remarks.send_summary(floor.hall, day=NINE.date(), **told)
    entry = Entry.objects.get(fact="DaySummed")
    assert entry.body["entries"] == 2
    follow.remark(entry)
    assert OfficerMessage.objects.get(officer=section).page == f"/helping/remarks/days/{made.pk}/"
    found = guided.days(floor.hall, [DAY, at(9, 23).date()])
    assert [(one.day, one.entries, one.summary) for one in found] == [
        (DAY, 2, made),
        (at(9, 23).date(), 0, None),
    ]
    remarks.enter_remark(
        floor.hall, kind="problem", text="饮水机没有杯子", by=floor.zhoujie, at=at(9, 25, 10)
    )
    tick_guiding.tick(at(9, 25, 23))
    assert Summary.objects.count() == 1
    tick_guiding.tick(at(9, 26, 0, 1))
    assert Summary.objects.get(day=at(9, 25).date()).sent_by == "system"


@pytest.mark.req("LS-导办-11b", "JN-16f")
def test_a_visitors_suggestion_on_a_facility_is_decided_carried_out_and_told(floor: Floor) -> None:
    section = officer(COUNTY, "陈局", "H020", post("环境股", floor.hall, [Grant.HALL_IMPROVE]))
    one = remarks.enter_remark(
        floor.hall,
        by=floor.zhoujie,
        at=NINE,
        kind="facility",
        text="充电口太少",
        source=Remark.Source.VISITOR,
        phone="10012345678",
    )
    decide = {"by": section, "at": NINE, "adopted": True, "answer": "加两排充电口"}
    with pytest.raises(NotAllowed, match="请写明由谁负责"):
        remarks.decide_remark(one, **decide)
    with pytest.raises(NotGranted):
        remarks.decide_remark(one, **{**decide, "by": floor.zhoujie}, owner=floor.sunli, due=DAY)
    remarks.decide_remark(one, **decide, owner=floor.sunli, due=at(9, 30).date())
    follow.remark(Entry.objects.get(fact="RemarkDecided"))
    assert OfficerMessage.objects.get(officer=floor.sunli).title == "建议采纳了：充电口太少"
    remarks.finish_remark(one, by=section, at=at(9, 28, 9), outcome="已经装好二十个")
    done = Entry.objects.get(fact="RemarkDone")
    follow.remark(done)
    follow.remark(done)
    told = Sending.objects.order_by("pk")
    assert [one.target for one in told] == ["10012345678", "10012345678"]
    assert "已经装好二十个" in told[1].text
    with pytest.raises(NotAllowed, match="没有等着完成"):
        remarks.finish_remark(one, by=section, at=at(9, 28, 9), outcome="再装一次")


@pytest.mark.req("LS-导办-8a")
def test_a_guide_without_training_is_listed_and_a_fault_he_reports_is_open(floor: Floor) -> None:
    told = {"by": FOUNDER, "at": NINE}
    kiosk = places.add_device(floor.hall, kind=Device.Kind.KIOSK, name="取号机", **told)
    assert [(one.officer, one.missing) for one in guided.trained(floor.hall, DAY)] == [
        (floor.zhoujie, ["取号机"])
    ]
    announcing.train(
        floor.hall, by=floor.sunli, at=NINE, officer=floor.zhoujie, kind="kiosk", on=at(9, 1).date()
    )
    assert [(one.known, one.missing) for one in guided.trained(floor.hall, DAY)] == [
        ([("取号机", at(9, 1).date())], [])
    ]
    places.tell_fault(kiosk, by=floor.zhoujie, at=NINE, what="不出纸")
    assert kiosk.faults.filter(mended_at__isnull=True).count() == 1
    assert Task.objects.get().what == "修理 取号机：不出纸"


@pytest.mark.req("JN-9g")
def test_a_call_and_an_announcement_are_each_one_line_of_the_log_with_zone_and_words(floor: Floor) -> None:
    zone = Zone.objects.create(hall=floor.hall, kind="windows", name="综合受理区")
    Window.objects.filter(pk=floor.windows["3"].pk).update(zone=zone)
    floor.take()
    calling.call_next(floor.windows["3"], by=floor.liwei, at=NINE)
    later = NINE + MIN
    announcing.announce(floor.hall, by=floor.sunli, at=later, text="社保窗口搬到二楼", zone=zone)
    assert [(one.zone, one.text, one.kind) for one in said.broadcast_log(floor.hall, DAY)[0]] == [
        ("综合受理区", "社保窗口搬到二楼", "广播"),
        ("综合受理区", "请 A001 号到 3 号窗口", "叫号"),
    ]
    assert [str(one) for one in said.announced(floor.hall, later)] == ["社保窗口搬到二楼"]
    assert said.announced(floor.hall, later + 3 * MIN) == []


def test_what_was_asked_in_one_tap_is_logged_and_whose_number_it_is_becomes_known(floor: Floor) -> None:
    ticket = floor.take(shown={"kind": "resident", "number": "991523198803040427"})
    told = {"by": floor.zhoujie, "at": NINE}
    guiding.guide(floor.hall, need="apply", way="number", ticket=ticket, line=floor.general, **told)
    with pytest.raises(NotAllowed, match="点一下"):
        guiding.guide(floor.hall, need="fly", way="number", **told)
    assert Guided.objects.get().ticket == ticket
    bound = guiding.bind(ticket, by=floor.liwei, at=NINE, party=floor.cast.wangfang)
    assert (bound.visit.party, bound.visit.shown) == (floor.cast.wangfang, {})
    guiding.bind(ticket, by=floor.liwei, at=NINE, party=floor.cast.wangfang)
    assert Entry.objects.filter(fact="PersonBound").count() == 1


@pytest.mark.req("HD-3.2.4e")
def test_a_township_falls_short_of_windows_by_kind_and_its_advice_window_answers_on_any_item(
    floor: Floor,
) -> None:
    county, hall = floor.cast.county, floor.hall
    county.pack = "hedong"
    county.save()
    Hall.objects.filter(pk=hall.pk).update(kind=Hall.Kind.TOWNSHIP)
    for number in ("6", "7"):
        Window.objects.create(hall=hall, number=number, name="综合受理", kinds=["comprehensive"])
    Window.objects.filter(pk=floor.windows["5"].pk).update(kinds=["issue"])

    def told() -> dict[str, tuple[str, str]]:
        (one,) = checked(county, DAY)
        return {line.key.rpartition(".")[2]: (line.verdict.value, line.found) for line in one.lines}

    assert told()["comprehensive"] == ("未达到", "4 个，应 5 个")
    assert told()["issuing"] == ("达到", "1 个，应 1 个")
    assert told()["advice"] == ("未达到", "0 个，应 1 个")
    advice = Window.objects.create(hall=hall, number="8", name="咨询帮办", kinds=["advice"])
    Service.objects.create(window=advice, line=floor.general)
    assert told()["advice"] == ("达到", "1 个，应 1 个")
    who = officer(COUNTY, "李伟", "C208", post("8 号", hall, [Grant.HALL_CALL], advice))
    for question in ("食品经营许可怎么变更", "不动产登记要不要公证"):
        handed = consulting.hand_off(advice, by=floor.zhoujie, at=NINE, once=uuid4(), question=question)
        called = calling.call_next(advice, by=who, at=NINE)
        assert called == handed.ticket
        consulting.answer_question(
            calling.begin(called, by=who, at=NINE), by=who, at=NINE, answer="带章程来，网上也能办"
        )
