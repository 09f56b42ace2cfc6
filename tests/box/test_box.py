"""大厅本机: the hall's own machine owns the queue; the county holds a copy, whatever becomes of the line between them."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from onewindow.box.acts import boxes
from onewindow.box.ledger import NOW
from onewindow.box.models import Box, Wish
from onewindow.box.tick import tick as box_tick
from onewindow.exchange.box.link import Barred
from onewindow.hall.actors import Machine
from onewindow.hall.acts.asking import cancel
from onewindow.hall.acts.calling import begin, call_again, call_next, finish, miss, park
from onewindow.hall.acts.coming import arrive
from onewindow.hall.acts.moving import return_, transfer
from onewindow.hall.acts.tickets import take
from onewindow.hall.booked import at_door
from onewindow.hall.models import Booking, Ticket
from onewindow.hall.tick import tick
from onewindow.journal.write import history, open_subject
from onewindow.people.models import Officer, Party, Post
from onewindow.people.reads import on_duty
from onewindow.places.acts import pause_window
from onewindow.places.models import Device, Hall, Line, Window
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.rules.queueing import Priority
from onewindow.web.views.hall.scan import address_of_hall
from tests.box.two import Two
from tests.cast import COUNTY, at, officer
from tests.hall.stage import NINE, Floor, open_floor

MORNING = at(9, 24, 8, 30)
TODAY = NINE.date()


def registered(two: Two, floor: Floor | None = None) -> Floor:
    """The floor of every hall test, with a machine that an administrator registered and that has called twice."""
    floor = floor or open_floor()
    keeps = Post.objects.create(
        county=COUNTY, name="管理员", scope="county", grants=[str(Grant.PLACES_MANAGE)]
    )
    admin = officer(COUNTY, "郑凯", "A001", keeps)
    box, two.secret = boxes.register_box(floor.hall, by=admin, at=MORNING, name="大厅排队主机")
    two.key = box.key
    two.connected(MORNING)
    return floor


def there(name: str) -> Officer:
    """An officer as the machine knows him."""
    found = on_duty(
        Officer.objects.get(name=name, staff_no__in=["C103", "H001", "H009"]).account, NINE.date()
    )
    assert found is not None
    return found


def take_there(when: datetime, letter: str = "A") -> Ticket:
    hall = Hall.objects.get()
    line = Line.objects.get(hall=hall, letter=letter)
    return take(hall, line, by=there("周洁"), at=when, once=uuid4(), channel=Ticket.Channel.GUIDE)


def standing(day: date = TODAY) -> list[dict[str, object]]:
    """Every number of the day, whole, with its history; rows of the journal by their facts."""
    rows = Ticket.objects.filter(day=day).select_related("subject", "visit").order_by("number")
    return [
        {name: getattr(one, name) for name in ("number", "code", "once", "channel", "taken_at", *NOW)}
        | {"visit": one.visit.key, "facts": history(one.subject)}
        for one in rows
    ]


def same(two: Two) -> list[dict[str, object]]:
    """What both sides hold, after saying that they hold the same."""
    with two.box():
        there_ = standing()
    here = standing()
    assert here == there_
    return here


def test_the_machine_alone_gives_numbers_and_the_county_holds_a_copy(two: Two) -> None:
    floor = registered(two)
    floor.hall.refresh_from_db()
    assert floor.hall.box == two.key
    with pytest.raises(NotAllowed, match="大厅本机"):
        floor.take()
    with two.box():
        first = take_there(NINE)
        second = take_there(NINE + timedelta(minutes=1), "B")
        assert [first.number, second.number] == ["A001", "B001"]
        called = call_next(Window.objects.get(number="3"), by=there("李伟"), at=NINE + timedelta(minutes=2))
        assert called is not None
        assert called.pk == first.pk
        begin(called, by=there("李伟"), at=NINE + timedelta(minutes=3))
    assert two.round(NINE + timedelta(minutes=4))
    held = same(two)
    assert [(one["number"], one["stage"]) for one in held] == [("A001", "serving"), ("B001", "waiting")]
    box = Box.objects.get()
    assert box.behind == 0
    assert box.whole_at == NINE + timedelta(minutes=4)


@pytest.mark.parametrize("cut", ["before", "after"])
def test_cut_for_a_minute_in_the_middle_of_a_call_nothing_is_doubled_lost_or_out_of_order(
    two: Two, cut: str
) -> None:
    registered(two)
    with two.box():
        waiting = [take_there(NINE + timedelta(seconds=n)).number for n in range(6)]
    assert two.round(NINE + timedelta(seconds=10))
    with two.box():
        called = call_next(Window.objects.get(number="3"), by=there("李伟"), at=NINE + timedelta(seconds=20))
        assert called is not None
    two.wire.cut = cut  # the call stands at the machine; of the county nobody knows whether it heard
    assert not two.round(NINE + timedelta(seconds=21))
    with two.box():  # the hall goes on: served, the next one at two windows, somebody new, somebody missed
        window = {one.number: one for one in Window.objects.all()}
        begin(called, by=there("李伟"), at=NINE + timedelta(seconds=25))
        other = call_next(window["4"], by=there("孙丽"), at=NINE + timedelta(seconds=30))
        assert other is not None
        for n in (1, 2):
            call_again(other, by=there("孙丽"), at=NINE + timedelta(seconds=30 + n))
        miss(other, by=there("孙丽"), at=NINE + timedelta(seconds=40))
        return_(other, by=there("周洁"), at=NINE + timedelta(seconds=45))
        finish(called, by=there("李伟"), at=NINE + timedelta(seconds=50))
        third = call_next(window["3"], by=there("李伟"), at=NINE + timedelta(seconds=55))
        assert third is not None
        line = Line.objects.get(letter="B")
        transfer(third, by=there("李伟"), at=NINE + timedelta(seconds=58), why="wrong", line=line)
        fourth = call_next(window["3"], by=there("李伟"), at=NINE + timedelta(seconds=59))
        assert fourth is not None
        park(fourth, by=there("李伟"), at=NINE + timedelta(seconds=60), why="copy")
        waiting.append(take_there(NINE + timedelta(seconds=62)).number)
    assert not two.round(NINE + timedelta(seconds=70))
    two.wire.cut = ""
    assert two.round(NINE + timedelta(seconds=81))
    held = same(two)
    assert [one["number"] for one in held] == waiting == [f"A00{n}" for n in range(1, 8)]
    assert two.round(NINE + timedelta(seconds=90))
    assert same(two) == held
    with two.box():  # whom it would call next is whom the county thinks it would
        order = list(Ticket.objects.filter(stage="waiting").order_by("rank").values_list("number", flat=True))
    here = Ticket.objects.filter(stage="waiting").order_by("rank").values_list("number", flat=True)
    assert list(here) == order


def test_who_goes_with_somebody_is_told_of_his_number_and_holds_nothing_up(two: Two) -> None:
    """What is written down of a number and is no step of its life is copied as it is."""
    registered(two)
    with two.box():
        hall = Hall.objects.get()
        said = {"by": there("周洁"), "once": uuid4(), "channel": Ticket.Channel.GUIDE}
        helped = take(
            hall, Line.objects.get(hall=hall, letter="A"), at=NINE, priority=Priority.DISABLED, **said
        )
        assert [fact.name for fact in history(helped.subject)] == ["TicketTaken", "HelperAssigned"]
    assert two.round(NINE + timedelta(minutes=1))
    with two.box():
        called = call_next(Window.objects.get(number="3"), by=there("李伟"), at=NINE + timedelta(minutes=2))
        assert called is not None
        begin(called, by=there("李伟"), at=NINE + timedelta(minutes=3))
    assert two.round(NINE + timedelta(minutes=4))
    assert [(one["number"], one["stage"]) for one in same(two)] == [("A001", "serving")]


def test_cut_across_closing_time_the_day_ends_there_and_is_copied_the_next_morning(two: Two) -> None:
    registered(two)
    evening, next_day = at(9, 24, 16, 50), at(9, 28, 8, 40)
    with two.box():
        served = take_there(evening)
        left = take_there(evening + timedelta(minutes=1))
    assert two.round(evening + timedelta(minutes=2))
    two.wire.cut = "before"
    with two.box():
        called = call_next(
            Window.objects.get(number="3"), by=there("李伟"), at=evening + timedelta(minutes=3)
        )
        assert called is not None
        begin(called, by=there("李伟"), at=evening + timedelta(minutes=4))
        late = take_there(evening + timedelta(minutes=8))
    assert not two.round(evening + timedelta(minutes=9))
    tick(next_day)  # the county closes nothing: the day there is not its own
    assert not Ticket.objects.exclude(stage="waiting").exists()
    with two.box():
        tick(next_day)
        new = take_there(next_day)
    two.wire.cut = ""
    assert two.round(next_day + timedelta(minutes=1))
    held = {one["number"]: one["stage"] for one in same(two)}
    assert held == {served.number: "done", left.number: "abandoned", late.number: "abandoned"}
    assert Ticket.objects.get(day=next_day.date()).number == new.number == "A001"


def test_a_county_that_went_back_to_its_backup_is_told_again_from_there(two: Two) -> None:
    registered(two)
    with two.box():
        take_there(NINE)
        take_there(NINE + timedelta(minutes=1))
    assert two.round(NINE + timedelta(minutes=2))
    held = same(two)
    Box.objects.update(held=0, held_mark="")  # what came after is in the backup too, or not: either way once
    assert two.round(NINE + timedelta(minutes=3))
    assert same(two) == held
    assert two.own().held == 2


def test_no_number_is_drawn_twice_when_a_machine_takes_over_or_is_given_up_in_the_course_of_a_day(
    two: Two,
) -> None:
    floor = open_floor()
    given = floor.take(when=MORNING)
    keeps = Post.objects.create(county=COUNTY, name="管理员", scope="county", grants=["places:manage"])
    admin = officer(COUNTY, "郑凯", "A001", keeps)
    box, two.secret = boxes.register_box(floor.hall, by=admin, at=MORNING, name="大厅排队主机")
    two.key = box.key
    two.connected(MORNING)
    with two.box(), pytest.raises(NotAllowed, match="大厅本机"):
        take_there(NINE)  # somebody still waits with a number of the county
    called = call_next(floor.windows["3"], by=floor.liwei, at=NINE)
    assert called == given
    finish(begin(called, by=floor.liwei, at=NINE), by=floor.liwei, at=NINE)
    assert two.round(NINE)
    with two.box():
        assert take_there(NINE).number == "A002"
    assert two.round(NINE)
    with pytest.raises(NotAllowed, match="至少四个字"):
        boxes.retire_box(box, by=admin, at=NINE, reason="坏")
    boxes.retire_box(box, by=admin, at=NINE, reason="机器坏了，由县里接着叫")
    floor.hall.refresh_from_db()
    assert floor.hall.box == ""
    assert floor.take().number == "A003"
    with pytest.raises(Barred, match="不认识"):
        two.round(NINE)


def test_what_goes_down_to_the_machine_is_the_hall_and_its_people_and_no_power_beyond(two: Two) -> None:
    floor = registered(two)
    with two.box():
        assert set(Officer.objects.values_list("staff_no", flat=True)) == {"C003", "C103", "H001", "H009"}
        granted = {grant for post in Post.objects.all() for grant in post.grants}
        assert granted == {"hall:take", "hall:call", "hall:manage", "receipts:write"}
        assert not Party.objects.exists()
    floor.liwei.left_on = date(2026, 9, 24)
    floor.liwei.save(update_fields=["left_on"])
    assert two.round(NINE)
    with two.box():
        gone = Officer.objects.get(staff_no="C103").account
        assert not gone.is_active
        assert gone.password == "!"


def test_a_pause_at_a_window_is_the_machine_s_and_a_closed_window_the_county_s(two: Two) -> None:
    registered(two)
    with two.box():
        pause_window(Window.objects.get(number="4"), by=there("孙丽"), at=NINE, reason="开会")
    assert two.round(NINE)
    assert Window.objects.get(number="4").why_paused == "开会"
    Window.objects.filter(number="5").update(is_open=False, why_closed="撤并")
    assert two.round(NINE)
    with two.box():
        closed, paused = Window.objects.get(number="5"), Window.objects.get(number="4")
        assert not closed.is_open
        assert paused.paused
        Window.objects.filter(number="5").update(
            is_open=True
        )  # opened there for the crowd: nobody closes it again
    assert two.round(NINE)
    with two.box():
        assert Window.objects.get(number="5").is_open


def booked(two: Two, floor: Floor, when: datetime, day: date = TODAY) -> Booking:
    """王芳 has a slot at nine; made at the county."""
    subject = open_subject(COUNTY, "booking", f"YY{when:%H%M%S}")
    made = Booking.objects.create(
        **{"county": COUNTY, "subject": subject, "number": subject.number, "service": "ordinary"},
        **{"stage": "confirmed", "channel": "web", "hall": floor.hall, "line": floor.general},
        **{"party": floor.cast.wangfang, "phone": "10095715339", "minutes": 15, "asked_at": when, "on": day},
        **{"begins": time(9), "ends": time(9, 30)},
    )
    made.items.add(floor.cast.version.item)
    return made


def kiosk(floor: Floor) -> Device:
    return Device.objects.create(hall=floor.hall, kind="kiosk", name="东门取号机")


def test_who_booked_comes_in_at_the_machine_with_no_connection_and_the_county_hears_it_later(
    two: Two,
) -> None:
    floor = open_floor()
    kiosk(floor)
    registered(two, floor)
    early = booked(two, floor, MORNING)
    assert two.round(MORNING)
    assert early.at_boxes.get().answer == "kept"
    two.wire.cut = "before"
    gone = booked(
        two, floor, MORNING + timedelta(minutes=1)
    )  # made meanwhile: the machine has not heard of it
    cancel(early, by=floor.cast.wangfang, at=MORNING + timedelta(minutes=20), reason="")
    assert not two.round(MORNING + timedelta(minutes=25))
    with two.box():
        machine, party = Device.objects.get(), Party.objects.get()
        assert party.name == "王芳"
        assert party.phone == ""
        (found,) = at_door(Hall.objects.get(), NINE.date(), party=party)
        came = arrive(found, by=Machine(machine), at=NINE - timedelta(minutes=5), device=machine)
        assert came.ticket is not None
        assert came.ticket.number == "A001"
    two.wire.cut = ""
    assert two.round(NINE)
    early.refresh_from_db()
    assert early.stage == "arrived"
    assert str(early.ticket) == "A001"
    assert [fact.name for fact in history(early.subject)][-2:] == ["BookingCancelled", "BookingHadArrived"]
    gone.refresh_from_db()
    assert early.at_boxes.get().answer == "came"
    assert gone.at_boxes.get().answer == "kept"
    cancel(gone, by=floor.cast.wangfang, at=NINE, reason="")
    assert two.round(NINE)
    with two.box():
        assert Booking.objects.get(pk=gone.pk).stage == "cancelled"


def test_nobody_counts_as_not_having_come_while_the_machine_is_not_heard(two: Two) -> None:
    floor = registered(two)
    one = booked(two, floor, MORNING)
    assert two.round(MORNING)
    over = at(9, 24, 10, 0)
    assert box_tick(over) == 0
    assert two.round(over)
    assert (box_tick(over), box_tick(over)) == (1, 0)
    assert Booking.objects.get(pk=one.pk).stage == "lapsed"


def test_a_number_wished_by_telephone_is_answered_by_the_machine_and_never_promised_while_it_is_silent(
    two: Two,
) -> None:
    floor = registered(two)
    floor.hall.refresh_from_db()
    client = Client()
    with time_machine.travel(MORNING, tick=False):
        with two.box():
            code = address_of_hall(Hall.objects.get()).partition("?")[2]
        page = f"/hall/{floor.hall.pk}/take/?{code}"
        once = uuid4()
        asked = client.post(page, {"line": floor.general.pk, "once": once, "priority": "ordinary"})
        again = client.post(page, {"line": floor.general.pk, "once": once, "priority": "ordinary"})
        assert asked.url == again.url
        assert "/hall/wish/" in asked.url
        assert "正在向大厅取号" in client.get(asked.url).content.decode()
    assert two.round(MORNING + timedelta(seconds=3))
    (ticket,) = Ticket.objects.all()
    with time_machine.travel(MORNING + timedelta(seconds=5), tick=False):
        assert client.get(asked.url).url == f"/hall/n/{ticket.code}/"
        shown = client.get(f"/hall/n/{ticket.code}/").content.decode()
        assert ticket.number == "A001"
        assert "前面还有" in shown
        assert "大厅本机 2 秒前更新" in shown
        late = client.post(page, {"line": floor.general.pk, "once": uuid4(), "priority": "ordinary"})
    two.wire.cut = "before"
    silent = MORNING + timedelta(minutes=3)
    with time_machine.travel(silent, tick=False):
        for place in (f"/hall/n/{ticket.code}/", f"/hall/{floor.hall.pk}/", "/hall/?list", late.url, page):
            assert "大厅暂时离线，到场取号" in client.get(place).content.decode(), place
        assert "前面还有" not in client.get(f"/hall/n/{ticket.code}/").content.decode()
        refused = client.post(page, {"line": floor.general.pk, "once": uuid4(), "priority": "ordinary"})
        assert refused.status_code == 409
        assert "到场取号" in refused.content.decode()
    two.wire.cut = ""
    assert two.round(MORNING + timedelta(minutes=20))
    assert [one.answer for one in Wish.objects.order_by("pk")] == ["given", "refused"]
    assert same(two)[0]["number"] == "A001"
    assert Ticket.objects.count() == 1


def test_whoever_has_no_key_or_an_old_one_is_told_nothing(two: Two) -> None:
    floor = registered(two)
    for key in ("", "Bearer", "Bearer nonsense", f"Token {two.secret}"):
        answer = Client().post(
            "/box/pull/", "{}", content_type="application/json", headers={"Authorization": key}
        )
        assert answer.status_code == 401
        assert "不认识" in answer.json()["detail"]
    with two.box():  # the machine itself answers no other machine
        said = {"Authorization": f"Bearer {two.secret}"}
        assert (
            Client().post("/box/pull/", "{}", content_type="application/json", headers=said).status_code
            == 401
        )
    assert floor.hall.pk
