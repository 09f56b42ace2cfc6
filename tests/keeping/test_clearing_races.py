"""Somebody answers a complaint, or presses twice, in the moment in which it is cleared."""

import threading

import pytest
from django.db import connections, transaction

from onewindow.feedback.models import Complaint
from onewindow.journal.models import Entry
from onewindow.journal.reads import verify
from onewindow.keeping.acts import clear
from onewindow.places.models import County
from onewindow.rules.grants import SYSTEM
from onewindow.rules.keeping import Kind
from tests.cases.test_races import together
from tests.cast import COUNTY, at
from tests.hall.booked import in_service
from tests.keeping.rows import LATE, booked, complained, settled

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def swept(kind: Kind) -> int:
    return int(clear(County.objects.get(code=COUNTY), by=SYSTEM, at=LATE, kind=kind))


def test_a_complaint_that_is_being_answered_is_not_cleared_and_not_waited_for() -> None:
    row = complained(here := in_service(), booked(here))
    written, go_on = threading.Event(), threading.Event()

    def answer() -> None:
        try:
            with transaction.atomic():
                settled(row, at(9, 25))
                written.set()
                go_on.wait(60)
        finally:
            written.set()
            connections.close_all()

    clerk = threading.Thread(target=answer)
    clerk.start()
    assert written.wait(60)
    try:
        assert swept(Kind.COMPLAINT) == 0  # at once: it does not wait for whoever writes
        assert swept(Kind.BOOKING) == 0  # what the complaint is about stays as well
    finally:
        go_on.set()
        clerk.join(60)
    found = Complaint.objects.get()
    assert (found.stage, found.answer, found.cleared_at) == ("unfounded", "经核查，已经告知。", None)
    assert swept(Kind.COMPLAINT) == 1  # answered years ago by then
    assert verify() == []


def test_answered_and_cleared_at_the_same_moment_it_is_one_or_the_other() -> None:
    row = complained(here := in_service(), booked(here))
    together(lambda: settled(row, at(9, 25)), lambda: swept(Kind.COMPLAINT), lambda: swept(Kind.COMPLAINT))
    found = Complaint.objects.get()
    assert found.stage == "unfounded"
    assert (found.answer == "") == (found.cleared_at is not None)
    assert found.settled_at == at(9, 25)
    assert verify() == []


def test_two_sweeps_at_once_clear_each_row_once() -> None:
    here = in_service()
    for minutes in range(4):
        booked(here, begins=at(9, 28, 9 + minutes // 2, 30 * (minutes % 2)).time())
    together(*[lambda: swept(Kind.BOOKING)] * 4)
    rows = [pk for one in Entry.objects.filter(fact="PersonalCleared") for pk in one.body["rows"]]
    assert len(rows) == len(set(rows)) == 4
    assert verify() == []
