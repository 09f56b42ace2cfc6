"""大厅本机: the hall's own machine owns the queue; the county holds a copy, whatever becomes of the line between them."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from onewindow.hall.acts import boxes
from onewindow.hall.acts.calling import begin, call_again, call_next, finish, miss, park
from onewindow.hall.acts.moving import return_, transfer
from onewindow.hall.acts.tickets import take
from onewindow.hall.ledger import NOW
from onewindow.hall.models import Box, Ticket
from onewindow.hall.tick import tick
from onewindow.journal.write import history
from onewindow.people.models import Officer, Post
from onewindow.people.reads import on_duty
from onewindow.places.models import Hall, Line, Window
from onewindow.rules.grants import Grant, NotAllowed
from tests.cast import COUNTY, at, officer
from tests.hall.stage import NINE, Floor, open_floor
from tests.hall.two import Two

MORNING = at(9, 24, 8, 30)


def registered(two: Two) -> Floor:
    """The floor of every hall test, with a machine that an administrator registered and that has called twice."""
    floor = open_floor()
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
    found = on_duty(Officer.objects.get(name=name, staff_no__in=["C103", "H001", "H009"]).account, NINE.date())
    assert found is not None
    return found


def take_there(when: datetime, letter: str = "A") -> Ticket:
    hall = Hall.objects.get()
    line = Line.objects.get(hall=hall, letter=letter)
    return take(
        hall, line, by=there("周洁"), at=when, once=uuid4(), channel=Ticket.Channel.GUIDE
    )


def standing(day: date = NINE.date()) -> list[dict[str, object]]:
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
        assert called is not None and called.pk == first.pk
        begin(called, by=there("李伟"), at=NINE + timedelta(minutes=3))
    assert two.round(NINE + timedelta(minutes=4))
    held = same(two)
    assert [(one["number"], one["stage"]) for one in held] == [("A001", "serving"), ("B001", "waiting")]
    box = Box.objects.get()
    assert box.behind == 0 and box.whole_at == NINE + timedelta(minutes=4)
