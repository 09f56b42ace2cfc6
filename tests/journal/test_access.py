"""What somebody looked at can neither be changed nor taken out of the log afterwards."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from onewindow.journal.models import Access
from onewindow.journal.write import log_access
from tests.cast import COUNTY, SEP24, Cast, assemble

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    cast = assemble()
    log_access(COUNTY, by=cast.liwei, at=SEP24, what="read", about="party:1", reason="核对材料")
    return cast


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.update(by="officer:999"),
        lambda rows: rows.update(reason=""),
        lambda rows: rows.delete(),
        lambda rows: rows.get().delete(),
        lambda rows: Access(pk=rows.get().pk, county=COUNTY, at=SEP24, by="x", what="read").save(),
    ],
)
def test_a_line_of_the_access_log_is_neither_changed_nor_deleted(
    cast: Cast, change: Callable[[QuerySet[Access]], object]
) -> None:
    kept = Access.objects.values().get()
    with pytest.raises(IntegrityError, match="for ever"), transaction.atomic():
        change(Access.objects.filter(what="read"))
    assert Access.objects.values().get() == kept


def test_the_same_holds_for_whoever_speaks_to_the_database_itself(cast: Cast) -> None:
    for sql in ("DELETE FROM journal_access", "UPDATE journal_access SET at = now()"):
        with pytest.raises(IntegrityError, match="for ever"), transaction.atomic(), connection.cursor() as c:
            c.execute(sql)
    assert Access.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_what_a_law_orders_to_be_erased_is_erased_by_the_owner_of_the_table_alone(cast: Cast) -> None:
    """As with an entry: no act and no request does it, the keeper of the database must lift the bar first."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_access DISABLE TRIGGER journal_access_for_ever")
        cursor.execute("DELETE FROM journal_access")
        cursor.execute("ALTER TABLE journal_access ENABLE TRIGGER journal_access_for_ever")
    assert not Access.objects.exists()
