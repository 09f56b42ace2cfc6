"""What hangs in the hall, what the telephone of one person shows, and what the clerk sees at his window."""

from datetime import timedelta

import pytest

from onewindow.hall.acts import calling, moving
from onewindow.hall.reads import at_window, board, by_code, lines_for, place
from onewindow.places import acts
from onewindow.rules.grants import FOUNDER
from tests.hall.stage import NINE, Floor, open_floor

pytestmark = pytest.mark.django_db


@pytest.fixture
def floor() -> Floor:
    return open_floor()


def test_the_board_shows_numbers_windows_and_waits_and_no_names(floor: Floor) -> None:
    for minute in range(4):
        floor.take(when=NINE + timedelta(minutes=minute), party=floor.cast.wangfang)
    called = calling.call_next(floor.windows["3"], by=floor.liwei, at=NINE + timedelta(minutes=5))
    assert called is not None
    seen = board(floor.hall, NINE + timedelta(minutes=6))
    assert [(one.number, one.window) for one in seen.calls] == [("A001", "3")]
    general = seen.lines[0]
    assert (general.line.letter, general.waiting, general.since) == ("A", 3, NINE + timedelta(minutes=1))
    assert seen.lines[1].waiting == 0
    assert "王芳" not in repr(seen)


def test_a_paused_window_says_so_with_its_reason_and_nobody_is_called_there(floor: Floor) -> None:
    floor.take()
    window = acts.pause_window(floor.windows["3"], by=floor.liwei, at=NINE, reason="取材料，十分钟后回来")
    signs = {one.window.number: one.words for one in board(floor.hall, NINE).signs}
    assert signs["3"] == "暂停服务：取材料，十分钟后回来"
    with pytest.raises(Exception, match="暂停服务"):
        calling.call_next(window, by=floor.liwei, at=NINE)
    acts.resume_window(window, by=floor.liwei, at=NINE + timedelta(minutes=10))
    assert calling.call_next(window, by=floor.liwei, at=NINE + timedelta(minutes=10)) is not None


def test_the_page_of_a_number_tells_how_many_are_before_it_and_how_long_it_takes(floor: Floor) -> None:
    tickets = [floor.take(when=NINE + timedelta(minutes=minute)) for minute in range(7)]
    last = by_code(tickets[-1].code)
    assert last is not None
    told = place(last, NINE + timedelta(minutes=7))
    assert told is not None
    # Three windows, ten minutes each: the seventh is the first of the third round, 21 minutes from now.
    assert (told.ahead, told.wait and told.wait.words) == (6, "约 10–30 分钟")
    assert by_code("") is None


def test_where_no_window_calls_nothing_is_promised(floor: Floor) -> None:
    ticket = floor.take()
    for number in ("3", "4", "5"):
        acts.pause_window(floor.windows[number], by=floor.liwei, at=NINE, reason="开会")
    told = place(ticket, NINE)
    assert told is not None
    assert told.wait is None


def test_the_clerk_sees_his_lines_and_not_what_was_sent_to_another_window(floor: Floor) -> None:
    floor.take()
    floor.take(floor.realty)
    ticket = floor.take()
    mine = at_window(floor.windows["3"], NINE.date())
    assert [one.number for one in mine.waiting] == ["A001", "A002"]
    moving.transfer(
        calling.call(floor.windows["3"], ticket, by=floor.liwei, at=NINE),
        by=floor.liwei,
        at=NINE,
        why="next",
        window=floor.windows["5"],
    )
    assert [one.number for one in at_window(floor.windows["3"], NINE.date()).waiting] == ["A001"]


def test_an_item_has_its_own_line_before_its_department_and_the_general_one(floor: Floor) -> None:
    item = floor.cast.version.item
    assert [line.letter for line in lines_for(floor.hall, item)] == ["A", "B"]
    acts.change_line(
        floor.realty, by=FOUNDER, at=NINE, name="食品", minutes=15, departments=[floor.cast.police]
    )
    assert [line.letter for line in lines_for(floor.hall, item)] == ["A"]
    own = acts.open_line(
        floor.hall, by=FOUNDER, at=NINE, letter="F", name="食品许可", minutes=15, items=[item.subject]
    )
    assert [line.pk for line in lines_for(floor.hall, item)] == [own.pk, floor.general.pk]


def test_a_line_that_nobody_calls_promises_nothing_to_whoever_comes_now(floor: Floor) -> None:
    assert board(floor.hall, NINE).lines[0].wait is not None
    for number in ("3", "4", "5"):
        acts.pause_window(floor.windows[number], by=floor.liwei, at=NINE, reason="开会")
    assert board(floor.hall, NINE).lines[0].words == "没有窗口开放"
