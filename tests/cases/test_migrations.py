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


def test_cases_of_before_learn_the_hall_where_they_were_taken_in(cast: Cast) -> None:
    at_window, at_no_window, online = cast.apply(), cast.apply(), cast.apply()
    Application.objects.filter(pk=at_no_window.application_id).update(window=None)
    Application.objects.filter(pk=online.application_id).update(window=None, taken_by=None, channel="web")
    Case.objects.filter(pk=online.pk).update(taken_by=None)
    back()
    forward()
    halls = dict(Case.objects.values_list("pk", "taken_at"))
    assert halls == {
        at_window.pk: cast.window.hall_id,
        at_no_window.pk: cast.window.hall_id,
        online.pk: None,
    }
    assert set(visible_to(cast.liwei)) == {at_window, at_no_window}


def test_a_number_that_was_cut_or_made_from_a_local_code_is_national_no_more(cast: Cast) -> None:
    good, cut, local = cast.apply(), cast.apply(), cast.apply()
    number = good.national_number
    Case.objects.filter(pk=cut.pk).update(national_number=f"{cut.application_id:0>50}")
    Case.objects.filter(pk=local.pk).update(national_number="SPJY-01202609240001")
    back()
    forward()
    found = dict(Case.objects.values_list("pk", "national_number"))
    assert found == {good.pk: number, cut.pk: "", local.pk: ""}
