"""Fifty windows at the same moment, the same button twice, a transfer and a call at once: each number goes to one."""

import threading
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, connections

from onewindow.ground.series import last
from onewindow.hall.acts import calling, moving
from onewindow.hall.models import Ticket, Visit
from onewindow.journal.models import Entry, Subject
from onewindow.journal.reads import verify
from onewindow.places.models import Service, Window
from onewindow.rules.grants import NotAllowed
from tests.cases.test_races import together
from tests.hall.stage import NINE, Floor, open_floor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]

WINDOWS, TICKETS = 50, 10_000


def crowd(floor: Floor, number: int) -> list[int]:
    """So many numbers that wait, in the order in which they are to be called."""
    county, day = floor.hall.county, NINE.date()
    subjects = Subject.objects.bulk_create(
        Subject(county=county, kind="ticket", number=f"{floor.hall.pk}-20260924-A{n:05}")
        for n in range(number)
    )
    visits = Visit.objects.bulk_create(
        Visit(county=county, hall=floor.hall, day=day, began_at=NINE) for _ in range(number)
    )
    tickets = Ticket.objects.bulk_create(
        Ticket(
            county=county,
            subject=subject,
            visit=visit,
            hall=floor.hall,
            line=(floor.general, floor.realty)[n % 2],
            day=day,
            number=f"A{n:05}",
            once=uuid4(),
            channel="kiosk",
            taken_at=NINE,
            rank=NINE
            - timedelta(milliseconds=number - n // 3),  # three at each moment: the earlier row is first
            stage="waiting",
        )
        for n, (subject, visit) in enumerate(zip(subjects, visits, strict=True))
    )
    with connection.cursor() as cursor:  # as the database does by itself, a minute later
        cursor.execute("ANALYZE hall_ticket, places_service")
    return [ticket.pk for ticket in tickets]


def fifty(floor: Floor) -> list[Window]:
    windows = Window.objects.bulk_create(
        Window(hall=floor.hall, number=str(100 + n), name="综合受理", kinds=["comprehensive"])
        for n in range(WINDOWS)
    )
    Service.objects.bulk_create(
        Service(window=window, line=line) for window in windows for line in (floor.general, floor.realty)
    )
    return windows


def in_rounds(
    windows: list[Window], rounds: int, press: Callable[[Window], Ticket | None]
) -> list[list[int]]:
    """All windows press at the same moment, again and again; who was called in each round."""
    found: list[list[int]] = [[] for _ in range(rounds)]
    faults: list[BaseException] = []
    gate = threading.Barrier(len(windows) + 1)

    def sit(window: Window) -> None:
        try:
            for called in found:
                gate.wait(120)
                ticket = press(window)
                if ticket is not None:
                    called.append(ticket.pk)
                gate.wait(120)
        except BaseException as wrong:  # noqa: BLE001 (told to the test, which fails)
            faults.append(wrong)
            gate.abort()
        finally:
            connections.close_all()

    seats = [threading.Thread(target=sit, args=(window,)) for window in windows]
    for seat in seats:
        seat.start()
    try:
        for _ in range(rounds):
            gate.wait(120)
            gate.wait(120)
            Ticket.objects.filter(stage="called").update(stage="done")
    except threading.BrokenBarrierError:
        pass
    for seat in seats:
        seat.join(120)
    assert faults == []
    return found


def test_fifty_windows_at_once_call_ten_thousand_numbers_each_once_and_in_their_order() -> None:
    floor = open_floor()
    order, windows = crowd(floor, TICKETS), fifty(floor)
    rounds = TICKETS // WINDOWS
    found = in_rounds(
        windows,
        rounds,
        lambda window: calling.call_next(window, by=floor.liwei, at=NINE + timedelta(hours=1)),
    )
    assert [sorted(called) for called in found] == [
        order[n * WINDOWS : (n + 1) * WINDOWS] for n in range(rounds)
    ]
    assert Entry.objects.filter(fact="TicketCalled").count() == TICKETS
    assert calling.call_next(windows[0], by=floor.liwei, at=NINE + timedelta(hours=1)) is None
    assert verify() == []


def test_two_presses_at_one_window_call_one_number() -> None:
    floor = open_floor()
    for _ in range(6):
        floor.take()
        floor.take()
        told = together(
            *(lambda: calling.call_next(floor.windows["3"], by=floor.liwei, at=NINE) for _ in range(4))
        )
        assert sum(isinstance(one, Ticket) for one in told) == 1
        assert sum(isinstance(one, NotAllowed) for one in told) == 3
        assert Ticket.objects.filter(window=floor.windows["3"], stage="called").count() == 1
        Ticket.objects.exclude(stage="done").update(stage="done")
    assert verify() == []


def test_the_double_tap_gives_one_number_and_the_series_has_no_gap() -> None:
    floor = open_floor()
    for number in range(1, 9):
        once = uuid4()
        told = together(*(lambda once=once: floor.take(once=once) for _ in range(4)))
        assert {one.number for one in told if isinstance(one, Ticket)} == {f"A{number:03}"}
    assert Ticket.objects.count() == 8
    assert last(floor.hall.county, f"ticket:{floor.hall.pk}-20260924-A") == 8
    assert verify() == []


def test_sixteen_who_take_at_once_leave_no_gap_and_nothing_double() -> None:
    floor = open_floor()
    for _ in range(4):
        together(*[floor.take] * 16)
    numbers = sorted(Ticket.objects.values_list("number", flat=True))
    assert numbers == [f"A{n:03}" for n in range(1, 65)]
    assert verify() == []


def test_a_transfer_and_a_call_at_once_come_one_after_the_other() -> None:
    """李伟 moves his number on while window 4 presses next: it is called there, or waits to be."""
    floor = open_floor()
    for _ in range(10):
        floor.take()
        ticket = calling.call_next(floor.windows["3"], by=floor.liwei, at=NINE)
        assert ticket is not None
        moved, found = together(
            lambda ticket=ticket: moving.transfer(
                ticket, by=floor.liwei, at=NINE, why="wrong", line=floor.realty
            ),
            lambda: calling.call_next(floor.windows["4"], by=floor.liwei, at=NINE),
        )
        assert isinstance(moved, Ticket)
        now = Ticket.objects.get(pk=ticket.pk)
        assert (now.stage, now.window) == (("called", floor.windows["4"]) if found else ("waiting", None))
        Ticket.objects.exclude(stage="done").update(stage="done")
    assert verify() == []


def test_a_window_whose_connection_breaks_in_the_middle_of_a_call_loses_nothing() -> None:
    """The database ends the connection before the commit: the number waits as before, and is called next."""
    floor = open_floor()
    ticket = floor.take()
    real = calling.move

    def cut(*told: object, **more: object) -> Ticket:
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (pid,) = cursor.fetchone()
        killer = threading.Thread(target=lambda: _end(pid))
        killer.start()
        killer.join(60)
        return real(*told, **more)  # type: ignore[arg-type]

    def press() -> object:
        try:
            return calling.call_next(floor.windows["3"], by=floor.liwei, at=NINE)
        except Exception as wrong:  # noqa: BLE001 (whatever the driver says of it)
            return wrong

    calling.move = cut  # type: ignore[assignment]
    try:
        (told,) = together(press)
    finally:
        calling.move = real
    assert isinstance(told, Exception)
    assert Ticket.objects.get(pk=ticket.pk).stage == "waiting"
    called = calling.call_next(floor.windows["3"], by=floor.liwei, at=NINE)
    assert called is not None
    assert called.pk == ticket.pk
    assert Entry.objects.filter(fact="TicketCalled").count() == 1
    assert verify() == []


def _end(pid: int) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    finally:
        connections.close_all()
