"""What the tests of the hall share: the second database of a hall's own machine."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.box.two import Two, drop_database, make_database


@pytest.fixture(scope="session")
def box_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """Made once; each test rolls back what it did there."""
    with django_db_blocker.unblock():
        name = make_database()
    yield name
    with django_db_blocker.unblock():
        drop_database(name)


@pytest.fixture
def two(box_database: str, db: None) -> Iterator[Two]:
    made = Two(box_database)
    made.begin()
    yield made
    made.end()
