"""大厅本机的旧数据: a machine put back unnoticed is known by its last line, and forgets nothing while it waits."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from onewindow.box import ledger
from onewindow.box.acts import boxes
from onewindow.box.models import Box, Outgoing
from onewindow.exchange.box import forget
from onewindow.hall.acts.calling import call_next
from onewindow.hall.acts.coming import arrive
from onewindow.hall.models import Booking, Ticket
from onewindow.people.models import Officer, Party
from onewindow.people.reads import on_duty
from onewindow.places.models import Window
from onewindow.rules.grants import NotAllowed
from tests.box.test_box import MORNING, TODAY, booked, registered, take_there, there
from tests.box.two import Two
from tests.cast import at
from tests.hall.stage import NINE


def admin() -> Officer:
    found = on_duty(Officer.objects.get(staff_no="A001").account, TODAY)
    assert found is not None
    return found


def resumed(two: Two, when: timedelta) -> Box:
    boxes.resume_box(Box.objects.get(), by=admin(), at=NINE + when, reason="虚拟机退回了早上的快照")
    for n in (1, 2):
        assert two.round(NINE + when + timedelta(minutes=n))
    return Box.objects.get()


@pytest.mark.parametrize("more", [0, 3], ids=["as many lines as before", "more lines than before"])
def test_a_machine_put_back_by_a_snapshot_is_known_though_it_wrote_as_many_lines_again(
    two: Two, more: int
) -> None:
    registered(two)
    with two.box():
        take_there(NINE)
    assert two.round(NINE + timedelta(minutes=1))
    with two.box():
        snapshot = transaction.savepoint()
        for n in (2, 3):
            take_there(NINE + timedelta(minutes=n))
    assert two.round(NINE + timedelta(minutes=4))
    first = set(Ticket.objects.values_list("once", flat=True))
    two.wire.cut = "before"
    with two.box():
        transaction.savepoint_rollback(snapshot)
        again = [take_there(NINE + timedelta(minutes=10 + n)) for n in range(2 + more)]
    assert not two.round(NINE + timedelta(minutes=20))
    two.wire.cut = ""
    assert two.round(NINE + timedelta(minutes=21))
    assert two.round(NINE + timedelta(minutes=22))  # now it knows how far the county is, and is asked again
    box = Box.objects.get()
    assert (box.held, box.older_than) == (3, 3 + more)
    assert "第 3 条本机和县里的不一样" in box.trouble
    assert "从县里接着用" in box.trouble
    assert set(Ticket.objects.values_list("once", flat=True)) == first
    with two.box(), pytest.raises(NotAllowed, match="旧备份"):
        take_there(NINE + timedelta(minutes=23))
    box = resumed(two, timedelta(minutes=24))
    assert (box.older_than, box.resumed_at, box.trouble, box.behind) == (None, None, "", 0)
    assert set(Ticket.objects.values_list("once", flat=True)) == first | {one.once for one in again}
    with two.box():
        assert take_there(NINE + timedelta(minutes=30)).number == f"A{4 + more:03}"
    for n in (31, 32):
        assert two.round(NINE + timedelta(minutes=n))
    assert Box.objects.get().trouble == ""
    assert Ticket.objects.count() == 6 + more


def test_the_last_line_is_known_again_whatever_became_of_its_number_since(two: Two) -> None:
    registered(two)
    with two.box():
        take_there(NINE)
    assert two.round(NINE + timedelta(minutes=1))
    mark = Box.objects.get().held_mark
    assert len(mark) == 64
    with two.box():
        assert call_next(Window.objects.get(number="3"), by=there("李伟"), at=NINE + timedelta(minutes=2))
        ledger.find()
        now, call = ledger.lines(0, 2)
        assert (ledger.mark(now), ledger.mark(call) != mark) == (mark, True)
    Box.objects.update(held_mark="")  # as after the upgrade: the county takes it from the machine
    two.wire.cut = "after"  # and the answer is lost: the machine believes that less is held than there is
    for n in (3, 4):
        assert not two.round(NINE + timedelta(minutes=n))
    two.wire.cut = ""
    assert two.round(NINE + timedelta(minutes=5))
    box = Box.objects.get()
    assert (box.held, box.held_mark, box.trouble) == (2, ledger.mark(call), "")


def test_nothing_is_forgotten_while_the_machine_waits_because_its_data_are_older(two: Two) -> None:
    floor = registered(two)
    one = booked(two, floor, MORNING)
    assert two.round(MORNING)
    with two.box():
        snapshot = transaction.savepoint()
        for n in range(4):
            take_there(NINE + timedelta(minutes=n))
    assert two.round(NINE + timedelta(minutes=5))
    with two.box():
        transaction.savepoint_rollback(snapshot)
        came = arrive(Booking.objects.get(pk=one.pk), by=there("周洁"), at=NINE + timedelta(minutes=7))
        assert came.ticket is not None
    assert two.round(NINE + timedelta(minutes=8))
    week = at(10, 8, 8, 0)
    with two.box():
        box = Box.objects.get()
        assert box.older_than is not None
        assert Outgoing.objects.filter(number__lte=box.held, entry__fact="BookingArrived").exists()
        forget.tick(week)
        assert (Booking.objects.count(), Party.objects.count()) == (1, 1)
    resumed(two, timedelta(minutes=9))
    assert Booking.objects.get().stage == "arrived"
    with two.box():
        assert Box.objects.get().older_than is None
        forget.tick(week)
        assert not Booking.objects.exists()
        assert not Party.objects.exists()


def test_what_would_be_refused_only_at_the_end_is_seen_at_the_machine_too(
    box_database: str, db: None
) -> None:
    made = Two(box_database)
    made.begin()
    with made.box():
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        Outgoing.objects.create(number=1, kind="entry", entry_id=10**9, at=NINE)
    with pytest.raises(Exception, match="box_outgoing"):
        made.end()
    with made.box():
        assert not Outgoing.objects.exists()
        connection.close()
