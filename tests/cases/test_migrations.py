"""A data folder of an earlier day keeps its cases in sight when the tables move on."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from onewindow.cases.models import Case
from onewindow.cases.reads.visible import visible_to
from onewindow.intake.models import Application
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE = ("cases", "0002_duemoved")


@pytest.fixture
def cast() -> Iterator[Cast]:
    yield assemble()
    forward()


def back() -> None:
    """The tables as they were before a case knew its hall."""
    MigrationExecutor(connection).migrate([BEFORE])


def forward() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def test_cases_of_before_learn_their_hall_and_lose_a_number_that_is_none(cast: Cast) -> None:
    at_window, at_no_window, online = cast.apply(), cast.apply(), cast.apply()
    Application.objects.filter(pk=at_no_window.application_id).update(window=None)
    Application.objects.filter(pk=online.application_id).update(window=None, taken_by=None, channel="web")
    Case.objects.filter(pk=online.pk).update(taken_by=None)
    number = at_window.national_number
    Case.objects.filter(pk=at_no_window.pk).update(national_number=f"{at_no_window.application_id:0>50}")
    Case.objects.filter(pk=online.pk).update(national_number="SPJY-01202609240001")
    back()
    forward()
    found = {pk: told for pk, *told in Case.objects.values_list("pk", "taken_at", "national_number")}
    assert found == {
        at_window.pk: [cast.window.hall_id, number],
        at_no_window.pk: [cast.window.hall_id, ""],
        online.pk: [None, ""],
    }
    assert set(visible_to(cast.liwei)) == {at_window, at_no_window}
