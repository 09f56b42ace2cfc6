"""The server dies in the middle of a call: the number waits as before, or is called; nobody is called twice."""

import pytest

from onewindow.hall.models import Ticket
from onewindow.journal.models import Entry
from onewindow.journal.reads import verify
from onewindow.people.models import Post
from onewindow.rules.grants import Grant
from tests.cast import COUNTER
from tests.faults.dying import mortals
from tests.hall.stage import NINE, Floor, open_floor
from tests.web.citizen import on
from tests.web.desks import Desk, at_desk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def seated() -> tuple[Floor, Desk]:
    floor = open_floor()
    words = [str(grant) for grant in (*COUNTER, Grant.HALL_TAKE, Grant.HALL_CALL)]
    Post.objects.filter(pk=floor.cast.liwei.posts[0].pk).update(window=floor.windows["3"], grants=words)
    return floor, at_desk(floor.cast.liwei)


def test_a_call_that_dies_loses_nothing_and_calls_nobody_twice() -> None:
    floor, liwei = seated()
    with on(NINE), mortals() as dying:
        first, second = floor.take(), floor.take()
        liwei.get("/counter/")
        cookies = {name: one.value for name, one in liwei.cookies.items()}
        work = {
            "post": {
                "to": "/counter/queue/next/",
                "fields": {},
                "cookies": cookies,
                "at": NINE.timestamp(),
            }
        }
        for path, when in (
            ("onewindow.hall.acts.calling:_call", "before"),
            ("onewindow.hall.acts.calling:_call", "after"),
        ):
            assert dying.killed(work, path, when)
            assert set(Ticket.objects.values_list("stage", flat=True)) == {"waiting"}
        assert dying.killed(work, "onewindow.web.views.counter.queue:_before", "before")
        assert Ticket.objects.get(pk=first.pk).stage == "called"
        page = liwei.post("/counter/queue/next/", follow=True).content.decode()
        assert "正在办 A001" in page
    assert Ticket.objects.get(pk=second.pk).stage == "waiting"
    assert Entry.objects.filter(fact="TicketCalled").count() == 1
    assert verify() == []
