"""Numbers are taken in order, once for one press, and only from who may give them."""

from uuid import uuid4

import pytest

from onewindow.ground.series import last
from onewindow.hall.models import Ticket
from onewindow.hall.reads import board, by_code
from onewindow.journal.models import Subject
from onewindow.journal.reads import verify
from onewindow.journal.write import history
from onewindow.places.models import Line
from onewindow.rules.facts_tickets import TicketTaken
from onewindow.rules.grants import NotAllowed, NotGranted
from onewindow.rules.queueing import Priority
from tests.hall.stage import NINE, Floor, open_floor

pytestmark = pytest.mark.django_db


@pytest.fixture
def floor() -> Floor:
    return open_floor()


def test_each_line_counts_from_one_and_leaves_no_gap(floor: Floor) -> None:
    numbers = [floor.take(line).number for line in (floor.general, floor.general, floor.realty)]
    assert numbers == ["A001", "A002", "B001"]


def test_a_number_is_a_matter_of_the_journal_from_its_first_act(floor: Floor) -> None:
    ticket = floor.take()
    assert ticket.subject.number == f"{floor.hall.pk}-20260924-A001"
    kept = Subject.objects.get(pk=ticket.subject_id)
    assert kept.number == ticket.subject.number
    (fact,) = history(kept)
    assert fact == TicketTaken(
        on=NINE.date(), hall=floor.hall.pk, line=floor.general.pk, channel="guide", priority="ordinary"
    )
    assert verify() == []


def test_the_next_day_begins_anew(floor: Floor) -> None:
    floor.take()
    assert floor.take(when=NINE.replace(day=25)).number == "A001"


def test_the_same_press_gives_the_same_number_and_none_is_lost(floor: Floor) -> None:
    once = uuid4()
    first, second = floor.take(once=once), floor.take(once=once)
    assert first.pk == second.pk
    assert Ticket.objects.count() == 1
    assert last(floor.hall.county, f"ticket:{floor.hall.pk}-20260924-A") == 1


def test_whoever_needs_it_has_a_head_start_and_no_more(floor: Floor) -> None:
    old, plain = floor.take(priority=Priority.ELDERLY), floor.take()
    assert (plain.rank - old.rank).total_seconds() == 20 * 60
    assert plain.rank == plain.taken_at


def test_a_closed_line_and_a_line_of_another_hall_give_no_number(floor: Floor) -> None:
    Line.objects.filter(pk=floor.realty.pk).update(closed_on=NINE.date())
    floor.realty.refresh_from_db()
    with pytest.raises(NotAllowed, match="不取号"):
        floor.take(floor.realty)


def test_a_hall_run_by_its_own_machine_gives_no_number_here(floor: Floor) -> None:
    floor.hall.box = "box-1"
    with pytest.raises(NotAllowed, match="由大厅本机管理"):
        floor.take()


def test_who_has_no_post_in_this_hall_gives_no_number(floor: Floor) -> None:
    with pytest.raises(NotGranted):
        floor.take(by=floor.cast.zhaoqiang)


def test_the_board_and_the_page_of_the_code_show_numbers_and_no_names(floor: Floor) -> None:
    ticket = floor.take(party=floor.cast.wangfang)
    seen = board(floor.hall, NINE)
    assert [(one.line.letter, one.waiting) for one in seen.lines] == [("A", 1), ("B", 0)]
    found = by_code(ticket.code)
    assert found is not None
    assert found.number == "A001"
    assert by_code("nobody") is None
    assert "王芳" not in repr(seen)
