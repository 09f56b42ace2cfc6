"""大厅本机守界: a machine speaks of its own hall alone, is put back where the county's copy is, and loses nothing of a number."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection, transaction

from onewindow.box import ledger
from onewindow.box.actors import Owner
from onewindow.box.acts import boxes
from onewindow.box.models import Box
from onewindow.exchange.box.hear import hear
from onewindow.feedback.acts import rate_service
from onewindow.feedback.models import Rating
from onewindow.ground import prepared
from onewindow.hall.actors import Bearer, Machine
from onewindow.hall.acts.calling import begin, call_next, finish
from onewindow.hall.acts.moving import transfer
from onewindow.hall.acts.tickets import take
from onewindow.hall.models import Ticket
from onewindow.helping.acts.guiding import answer_offer, care
from onewindow.journal.write import history
from onewindow.people.models import Officer
from onewindow.people.reads import on_duty
from onewindow.places.models import Device, Hall, Line, Window
from onewindow.rules.grants import NotAllowed
from tests.box.test_box import TODAY, registered, same, standing, take_there, there
from tests.box.two import Two
from tests.cast import COUNTY, officer
from tests.hall.stage import CALLS, NINE, Floor, open_floor, post
from tests.web.desks import at_desk


def foreign(floor: Floor) -> dict[str, int]:
    """Another hall of the county, of which the machine must not speak."""
    hall = Hall.objects.create(
        county=COUNTY, region=floor.hall.region, kind="branch", name="不动产分厅", address="测试路2号"
    )
    seat = Window.objects.create(hall=hall, number="1", name="登记", kinds=["comprehensive"])
    line = Line.objects.create(hall=hall, letter="A", name="登记")
    clerk = officer(COUNTY, "陈思", "Z001", post("别的大厅的窗口", hall, CALLS, seat))
    tablet = Device.objects.create(hall=hall, kind="kiosk", name="分厅取号机")
    return {
        **{"hall": hall.pk, "window": seat.pk, "line": line.pk, "officer": clerk.pk, "device": tablet.pk},
        "party": floor.cast.wangfang.pk,
    }


def test_a_stolen_machine_writes_of_its_own_hall_and_names_nobody_of_another(two: Two) -> None:
    floor = registered(two)
    other = foreign(floor)
    with two.box():
        take_there(NINE)
        called = call_next(Window.objects.get(number="3"), by=there("李伟"), at=NINE + timedelta(minutes=1))
        assert called is not None
        ledger.find()
        taken, call = ledger.lines(0, 2)
    wrong: list[tuple[dict[str, Any], tuple[str, ...], object]] = [
        (taken, ("entry", "body", "hall"), other["hall"]),
        (taken, ("entry", "body", "line"), other["line"]),
        (taken, ("entry", "by"), f"officer:{other['officer']}"),
        (taken, ("entry", "by"), f"device:{other['device']}"),
        (taken, ("entry", "by"), "founder"),
        (taken, ("entry", "fact"), "ServiceStopped"),
        (taken, ("entry", "at"), "2026-09-24T11:00:00+08:00"),
        (taken, ("ticket", "new", "device"), other["device"]),
        (taken, ("ticket", "new", "party"), other["party"]),
        (taken, ("ticket", "new", "number"), "<b>"),
        (call, ("entry", "body", "window"), other["window"]),
        (call, ("ticket", "now", "window_id"), other["window"]),
        (call, ("ticket", "now", "officer_id"), other["officer"]),
        (call, ("ticket", "now", "line_id"), other["line"]),
    ]
    box, said = Box.objects.get(), {"by": Owner(Box.objects.get()), "at": NINE + timedelta(minutes=2)}
    for line, path, value in wrong:
        bad = json.loads(json.dumps(line))
        inner = bad
        for name in path[:-1]:
            inner = inner[name]
        inner[path[-1]] = value
        lines = [*[taken, call][: line["n"] - 1], bad]
        with transaction.atomic():
            told = hear(box, {"lines": lines, "last": 2}, **said)
            assert told["refused"], path
            assert told["held"] == line["n"] - 1, path
            assert not Ticket.objects.exclude(hall=floor.hall).exists()
            assert (
                [one.name for one in history(Ticket.objects.get().subject)] == ["TicketTaken"]
                if (line is call)
                else not Ticket.objects.exists()
            )
            transaction.set_rollback(True)
    assert hear(box, {"lines": [taken, call], "last": 2}, **said) == {"held": 2, "refused": ""}


def test_a_machine_restored_from_an_old_backup_gives_no_number_until_it_goes_on_from_the_county(
    two: Two,
) -> None:
    registered(two)
    admin = Officer.objects.get(staff_no="A001")
    with two.box():
        take_there(NINE)
    assert two.round(NINE + timedelta(minutes=1))
    with two.box():
        backup = transaction.savepoint()
        window = Window.objects.get(number="3")
        called = call_next(window, by=there("李伟"), at=NINE + timedelta(minutes=2))
        assert called is not None
        finish(begin(called, by=there("李伟"), at=NINE), by=there("李伟"), at=NINE + timedelta(minutes=4))
        for n in (5, 6):
            take_there(NINE + timedelta(minutes=n))
        assert call_next(window, by=there("李伟"), at=NINE + timedelta(minutes=7)) is not None
    assert two.round(NINE + timedelta(minutes=8))
    before = standing()
    with two.box():
        transaction.savepoint_rollback(backup)
        again = take_there(NINE + timedelta(minutes=20))  # nobody has noticed yet: this number is another's
        assert again.number == "A002"
    held = Box.objects.get().held
    assert two.round(NINE + timedelta(minutes=21))
    box = Box.objects.get()
    assert box.held == held
    assert "本机的数据比县里旧" in box.trouble
    assert standing() == before
    with two.box():
        assert "从县里接着用" in Box.objects.get().trouble
        with pytest.raises(NotAllowed, match="旧备份"):
            take_there(NINE + timedelta(minutes=22))
    with pytest.raises(NotAllowed, match="至少四个字"):
        boxes.resume_box(box, by=on_duty(admin.account, TODAY), at=NINE, reason="坏")
    client = at_desk(on_duty(admin.account, TODAY))
    with time_machine.travel(NINE + timedelta(minutes=23), tick=False):
        assert "数据比县里旧" in client.get("/manage/boxes/").content.decode()
        sent = client.post(f"/manage/boxes/{box.pk}/resume/", {"reason": "硬盘坏了，从早上的备份恢复"})
        assert sent.status_code == 302
        assert "等本机接着用" in client.get("/manage/boxes/").content.decode()
    strange = officer(COUNTY, "陈思", "Z001", post("别的大厅的窗口", box.hall, CALLS))
    Ticket.objects.filter(number="A001").update(officer=strange)  # the county knows more than the machine
    Officer.objects.filter(pk=strange.pk).update(left_on=TODAY)
    with two.box():
        Hall.objects.update(box=two.key)  # the line broke before the machine had heard that it has to wait
    for n in (24, 25):
        assert two.round(NINE + timedelta(minutes=n))
    with two.box():
        connection.check_constraints()
    box.refresh_from_db()
    assert (box.older_than, box.resumed_at, box.trouble) == (None, None, "")
    numbers = {one["number"]: one["once"] for one in standing()}
    assert {"A001", "A002", "A003", "A002复"} == set(numbers)
    assert numbers["A002复"] == again.once
    with two.box():  # the machine has all of them, and goes on behind the last
        there_ = {one["once"]: (one["stage"], one["facts"]) for one in standing()}
        assert take_there(NINE + timedelta(minutes=26)).number == "A004"
        assert call_next(Window.objects.get(number="4"), by=there("孙丽"), at=NINE + timedelta(minutes=27))
    assert there_ == {one["once"]: (one["stage"], one["facts"]) for one in standing()}
    assert two.round(NINE + timedelta(minutes=28))
    assert Ticket.objects.count() == 5
    with pytest.raises(NotAllowed, match="没有比县里旧"):
        boxes.resume_box(box, by=on_duty(admin.account, TODAY), at=NINE, reason="再点了一次")
    held = Box.objects.get().held
    Box.objects.update(held=1)  # and the county was restored from an older backup of its own
    assert two.round(NINE + timedelta(minutes=29))
    box.refresh_from_db()
    assert (box.held, box.behind, box.trouble, Ticket.objects.count()) == (held, 0, "", 5)


def test_a_rating_as_the_last_word_leaves_the_copy_as_the_number_stands_there(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also what the guide wrote down of him, and how long he was told to wait."""
    floor = open_floor()
    Device.objects.create(hall=floor.hall, kind="pad", name="评价器", window=floor.windows["5"])
    registered(two, floor)
    with two.box():
        line = Line.objects.get(letter="A")
        said = {"by": there("周洁"), "once": uuid4(), "channel": Ticket.Channel.GUIDE}
        ticket = take(Hall.objects.get(), line, at=NINE, told_minutes=12, groups=["old"], **said)
        window = {one.number: one for one in Window.objects.all()}
        called = call_next(window["3"], by=there("李伟"), at=NINE + timedelta(minutes=1))
        assert called == ticket
        other = Line.objects.get(letter="B")
        transfer(called, by=there("李伟"), at=NINE + timedelta(minutes=2), why="wrong", line=other)
        care(called, by=there("周洁"), at=NINE + timedelta(minutes=3))
        moved = call_next(window["5"], by=there("孙丽"), at=NINE + timedelta(minutes=4))
        assert moved == ticket
        answer_offer(begin(moved, by=there("孙丽"), at=NINE), by=there("孙丽"), at=NINE, accepted=True)

    def put_off(*_: object) -> None:
        raise AssertionError("several lines are one transaction: none waits for its COMMIT")

    monkeypatch.setattr(prepared, "_ask_last", put_off)
    sent = two.wire
    assert two.round(NINE + timedelta(minutes=5))
    here = Ticket.objects.get()
    assert (here.line.letter, here.told_minutes, here.visit.groups) == ("B", 12, ["old"])
    assert here.visit.one_to_one is True
    assert here.cared_at is not None
    assert here.misled_at is not None
    monkeypatch.undo()
    with two.box():
        finish(moved, by=there("孙丽"), at=NINE + timedelta(minutes=6))
        pad = Device.objects.get()
        rate_service(moved, by=Machine(pad), at=NINE + timedelta(minutes=7), grade=5, channel="pad")
        Ticket.objects.update(misled_at=None)  # what only the last line says
    assert two.round(NINE + timedelta(minutes=8))
    (held,) = same(two)
    assert (held["stage"], held["misled_at"]) == ("done", None)
    assert Rating.objects.get().grade == 5
    assert sent.asked


def test_a_rating_given_by_telephone_meanwhile_hides_nothing_that_the_hall_wrote_afterwards(two: Two) -> None:
    registered(two)
    with two.box():
        taken = take_there(NINE)
        called = call_next(Window.objects.get(number="3"), by=there("李伟"), at=NINE + timedelta(minutes=1))
        assert called == taken
        finish(begin(called, by=there("李伟"), at=NINE), by=there("李伟"), at=NINE + timedelta(minutes=2))
    assert two.round(NINE + timedelta(minutes=3))
    ticket = Ticket.objects.get()
    rate_service(ticket, by=Bearer(ticket), at=NINE + timedelta(minutes=4), grade=5, channel="phone")
    with two.box():
        care(Ticket.objects.get(), by=there("周洁"), at=NINE + timedelta(minutes=5))
    assert two.round(NINE + timedelta(minutes=6))
    names = [fact.name for fact in history(ticket.subject)]
    assert names[-2:] == ["ServiceRated", "CareGiven"]
    assert Ticket.objects.get().cared_at is not None
