"""A number is called in its turn, comes or does not, is served, parked, moved on or given up; nothing else."""

from datetime import datetime, timedelta

import pytest

from onewindow.hall.acts import calling, closing, moving
from onewindow.hall.models import Ticket, Visit
from onewindow.hall.tick import tick
from onewindow.journal.reads import verify
from onewindow.journal.write import history
from onewindow.places.models import Window
from onewindow.rules.grants import SYSTEM, NotAllowed, NotGranted
from onewindow.rules.queueing import Priority
from tests.hall.stage import NINE, Floor, open_floor

pytestmark = pytest.mark.django_db


@pytest.fixture
def floor() -> Floor:
    return open_floor()


def later(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


def facts(ticket: Ticket) -> list[str]:
    return [fact.name for fact in history(Ticket.objects.get(pk=ticket.pk).subject)]


def call(floor: Floor, window: str = "3", minutes: int = 1) -> Ticket:
    found = calling.call_next(floor.windows[window], by=floor.liwei, at=later(minutes))
    assert found is not None
    return found


def test_the_first_who_came_is_called_first_and_the_window_has_one_at_a_time(floor: Floor) -> None:
    first, _ = floor.take(), floor.take(when=later(1))
    assert call(floor, minutes=2).pk == first.pk
    with pytest.raises(NotAllowed, match=r"3 号窗口正在办 A001"):
        call(floor, minutes=3)


def test_nobody_waits_so_nobody_is_called(floor: Floor) -> None:
    assert calling.call_next(floor.windows["3"], by=floor.liwei, at=NINE) is None


def test_a_window_calls_its_own_lines_alone(floor: Floor) -> None:
    floor.take(floor.realty)
    assert calling.call_next(floor.windows["3"], by=floor.liwei, at=NINE) is None
    assert call(floor, "4").number == "B001"


def test_a_window_of_its_own_calls_its_business_first_but_lets_nobody_starve(floor: Floor) -> None:
    """Window 5 is for 不动产登记 and takes 综合受理 beside it; an hour is its head start."""
    floor.take(when=NINE)
    floor.take(floor.realty, when=later(30))
    assert call(floor, "5", 31).number == "B001"
    calling.abandon(Ticket.objects.get(number="B001"), by=floor.liwei, at=later(32), why="left")
    floor.take(floor.realty, when=later(61))
    assert call(floor, "5", 62).number == "A001"


@pytest.mark.req("HD-3.2.4f")
def test_a_number_of_a_dedicated_window_is_called_there_before_the_comprehensive_ones_take_it(
    floor: Floor,
) -> None:
    """Windows 4 and 5 call both lines; 5 is dedicated to 不动产登记, and two of 综合受理 came before."""
    for _ in range(2):
        floor.take(when=NINE)
    floor.take(floor.realty, when=later(1))
    assert call(floor, "4", 2).number == "A001"
    assert call(floor, "5", 2).number == "B001"
    calling.abandon(Ticket.objects.get(number="B001"), by=floor.liwei, at=later(3), why="left")
    assert call(floor, "5", 3).number == "A002"  # general numbers while none of its own waits


def test_the_elderly_come_sooner_and_those_who_came_long_before_still_first(floor: Floor) -> None:
    floor.take(when=NINE)
    floor.take(when=later(25))
    old = floor.take(when=later(30), priority=Priority.ELDERLY)
    called = []
    for minute in (31, 33, 35):
        ticket = call(floor, minutes=minute)
        called.append(ticket.number)
        calling.abandon(ticket, by=floor.liwei, at=later(minute + 1), why="left")
    assert called == ["A001", old.number, "A002"]


def test_from_the_machine_to_the_end_all_times_are_recorded(floor: Floor) -> None:
    floor.take()
    ticket = call(floor, minutes=4)
    calling.call_again(ticket, by=floor.liwei, at=later(5))
    calling.begin(ticket, by=floor.liwei, at=later(6))
    done = calling.finish(ticket, by=floor.liwei, at=later(14))
    assert done.stage == "done"
    assert facts(ticket) == [
        "TicketTaken",
        "TicketCalled",
        "TicketRecalled",
        "ServiceBegun",
        "ServiceFinished",
    ]
    kept = Ticket.objects.get(pk=ticket.pk)
    assert (kept.first_called_at, kept.called_at, kept.begun_at, kept.ended_at) == (
        later(4),
        later(5),
        later(6),
        later(14),
    )
    assert verify() == []


def test_a_number_is_missed_only_after_it_was_called_often_enough(floor: Floor) -> None:
    floor.take()
    ticket = call(floor)
    with pytest.raises(NotAllowed, match="只叫了 1 次"):
        calling.miss(ticket, by=floor.liwei, at=later(2))
    calling.call_again(ticket, by=floor.liwei, at=later(2))
    calling.call_again(ticket, by=floor.liwei, at=later(3))
    assert calling.miss(ticket, by=floor.liwei, at=later(4)).stage == "missed"


def test_who_missed_his_number_comes_back_behind_three_and_not_behind_all(floor: Floor) -> None:
    for minute in range(6):
        floor.take(when=later(minute))
    ticket = call(floor, minutes=6)
    for minute in (7, 8):
        calling.call_again(ticket, by=floor.liwei, at=later(minute))
    calling.miss(ticket, by=floor.liwei, at=later(9))
    moving.return_(ticket, by=floor.zhoujie, at=later(20))
    order = list(
        Ticket.objects.filter(stage="waiting").order_by("rank", "pk").values_list("number", flat=True)
    )
    assert order == ["A002", "A003", "A004", "A001", "A005", "A006"]


def test_a_parked_number_lets_others_pass_and_comes_back_at_once(floor: Floor) -> None:
    floor.take()
    floor.take(when=later(1))
    first = call(floor, minutes=2)
    calling.begin(first, by=floor.liwei, at=later(2))
    calling.park(first, by=floor.liwei, at=later(3), why="copy")
    second = call(floor, minutes=3)
    with pytest.raises(NotAllowed, match="正在办 A002"):
        calling.resume(first, by=floor.liwei, at=later(4), window=floor.windows["3"])
    calling.abandon(second, by=floor.liwei, at=later(5), why="gave_up")
    back = calling.resume(first, by=floor.liwei, at=later(6), window=floor.windows["3"])
    assert (back.stage, back.calls) == ("called", 1)


def test_a_transferred_number_keeps_its_place(floor: Floor) -> None:
    floor.take()
    floor.take(floor.realty, when=later(1))
    ticket = call(floor, minutes=2)
    place = ticket.rank
    moved = moving.transfer(ticket, by=floor.liwei, at=later(3), why="wrong", line=floor.realty)
    assert (moved.rank, moved.stage, moved.window_id) == (place, "waiting", None)
    assert call(floor, "4", 4).pk == ticket.pk


def test_a_number_moved_to_one_window_waits_for_it_alone_and_not_for_ever(floor: Floor) -> None:
    floor.take()
    ticket = call(floor)
    moving.transfer(ticket, by=floor.liwei, at=later(2), why="next", window=floor.windows["4"])
    assert calling.call_next(floor.windows["5"], by=floor.liwei, at=later(3)) is None
    assert call(floor, "4", 4).pk == ticket.pk
    moving.transfer(ticket, by=floor.liwei, at=later(5), why="next", window=floor.windows["5"])
    assert calling.call_next(floor.windows["3"], by=floor.liwei, at=later(19)) is None
    assert call(floor, "3", 21).pk == ticket.pk


def test_a_number_does_not_go_to_a_window_that_does_not_serve_its_line(floor: Floor) -> None:
    floor.take(floor.realty)
    ticket = call(floor, "5")
    with pytest.raises(NotAllowed, match="不办这一队"):
        moving.transfer(
            ticket, by=floor.liwei, at=later(2), why="wrong", line=floor.realty, window=floor.windows["3"]
        )


def test_a_paused_and_a_closed_window_call_nobody(floor: Floor) -> None:
    floor.take()
    Window.objects.filter(pk=floor.windows["3"].pk).update(paused_at=NINE, why_paused="开会")
    with pytest.raises(NotAllowed, match="暂停服务"):
        call(floor)
    Window.objects.filter(pk=floor.windows["3"].pk).update(paused_at=None, is_open=False)
    with pytest.raises(NotAllowed, match="已经关闭"):
        call(floor)


@pytest.mark.parametrize("act", ["begin", "finish", "miss", "call_again"])
def test_what_cannot_happen_is_refused_with_the_state_that_it_is_in(floor: Floor, act: str) -> None:
    ticket = floor.take()
    Ticket.objects.filter(pk=ticket.pk).update(calls=3)
    with pytest.raises(NotAllowed, match="这个号等候中"):
        getattr(calling, act)(ticket, by=floor.liwei, at=later(1))


def test_who_guides_at_the_door_does_not_call_and_another_hall_neither(floor: Floor) -> None:
    floor.take()
    for who in (floor.zhoujie, floor.cast.zhaoqiang):
        with pytest.raises(NotGranted):
            calling.call_next(floor.windows["3"], by=who, at=NINE)


def test_what_was_not_served_is_given_up_when_the_day_is_over_and_what_was_shown_is_forgotten(
    floor: Floor,
) -> None:
    served = floor.take(shown={"number": "991523198803100426", "name": "王芳"})
    waits = floor.take(when=later(1))
    calling.begin(call(floor), by=floor.liwei, at=later(3))
    tick(later(60))
    assert facts(waits) == ["TicketTaken"]
    tick(later(60 * 24))
    assert facts(waits)[-1] == "TicketAbandoned"
    assert facts(served)[-1] == "ServiceFinished"
    (_, over) = history(Ticket.objects.get(pk=served.pk).subject)[-2:]
    assert over.unattended  # type: ignore[attr-defined]
    tick(later(60 * 24 + 1))
    assert {visit.shown.get("number") for visit in Visit.objects.all()} == {None}
    assert not Visit.objects.filter(ended_at__isnull=True).exists()


def test_today_is_not_over_whoever_says_so(floor: Floor) -> None:
    ticket = floor.take()
    assert closing.close(ticket, by=SYSTEM, at=later(60)).stage == "waiting"
