"""暂停服务 from the bar: the screen above the window says it, nobody is called there, and how long it was is written down."""

from datetime import timedelta

import pytest

from onewindow.hall.acts import calling
from onewindow.hall.models import Ticket
from onewindow.journal.models import Entry
from onewindow.people.models import Post
from onewindow.rules.grants import Grant
from tests.cast import COUNTER
from tests.hall.stage import NINE, Floor, open_floor
from tests.web.citizen import on
from tests.web.desks import at_desk
from tests.web.test_queue import press

pytestmark = pytest.mark.django_db
TEN_MINUTES = timedelta(minutes=10)


@pytest.fixture
def floor() -> Floor:
    """李伟 receives papers at window 3 and calls numbers there."""
    made = open_floor()
    words = [str(grant) for grant in (*COUNTER, Grant.HALL_TAKE, Grant.HALL_CALL)]
    Post.objects.filter(pk=made.cast.liwei.posts[0].pk).update(window=made.windows["3"], grants=words)
    return made


@pytest.mark.req("ZH-2.4.2c")
def test_a_window_that_pauses_shows_it_on_its_screen_calls_nobody_and_leaves_them_to_the_others(
    floor: Floor,
) -> None:
    screen = f"/hall/windows/{floor.windows['3'].pk}/now/"
    with on(NINE):
        ticket, liwei = floor.take(), at_desk(floor.cast.liwei)
        assert "暂停服务" not in liwei.get(screen).content.decode()
        press(liwei, "pause", usual="取材料，十分钟后回来")
        shown = liwei.get(screen).content.decode()
        assert "暂停服务" in shown
        assert "取材料，十分钟后回来" in shown
        assert "暂停服务" in press(liwei, "next")
        assert Ticket.objects.get().stage == "waiting"
        called = calling.call_next(floor.windows["4"], by=floor.sunli, at=NINE)
        assert called == ticket
    with on(NINE + TEN_MINUTES):
        press(liwei, "go-on")
        assert "暂停服务" not in liwei.get(screen).content.decode()
    paused, resumed = Entry.objects.filter(fact__in=("WindowPaused", "WindowResumed")).order_by("pk")
    assert (paused.at, resumed.at, resumed.body["minutes"]) == (NINE, NINE + TEN_MINUTES, 10)
