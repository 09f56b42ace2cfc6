"""The journal shows it when its past is touched."""

import pytest
from django.db import connection

from onewindow.journal.heads import close, opened
from onewindow.journal.models import Head
from onewindow.journal.reads import verify
from tests.cast import assemble, at

pytestmark = pytest.mark.django_db(transaction=True)


def touch_the_past(sql: str) -> None:
    """What somebody with the database's own password could do."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER journal_entry_for_ever")
        cursor.execute(sql)
        cursor.execute("ALTER TABLE journal_entry ENABLE TRIGGER journal_entry_for_ever")


def test_a_changed_day_breaks_the_chain_of_its_matter() -> None:
    case = assemble().accepted()
    assert verify() == []
    touch_the_past('UPDATE journal_entry SET "on" = "on" - 1 WHERE fact = \'Accepted\'')
    (broken,) = verify()
    assert (broken.subject, broken.place) == (str(case.subject), 2)


def test_a_whole_matter_written_anew_breaks_the_closing_of_its_minute() -> None:
    assemble().accepted()
    assert close(at(9, 24, 11, 0)) == 0
    assert close(at(9, 24, 11, 1)) >= 2
    assert opened() == []
    touch_the_past("UPDATE journal_entry SET hash = decode(repeat('00', 32), 'hex') WHERE fact = 'Accepted'")
    assert [o.county for o in opened()] == ["411521000000"]


def test_nothing_new_closes_nothing() -> None:
    assemble().accepted()
    for minute in range(4):
        close(at(9, 24, 11, minute))
    assert Head.objects.count() == 2
