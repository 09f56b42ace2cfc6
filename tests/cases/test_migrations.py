"""A data folder of an earlier day keeps its cases in sight when the tables move on."""

from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.state import ProjectState

from onewindow.cases.models import Case
from onewindow.cases.reads.visible import visible_to
from onewindow.intake.models import Application
from tests.cast import Cast, assemble

HALLS = "0004_halls_of_earlier_cases"


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


def before() -> None:
    """Cases as they were before they knew their hall."""
    Case.objects.update(taken_at=None)


def forward() -> None:
    """What the migration itself does."""
    step = import_module(f"onewindow.cases.migrations.{HALLS}").Migration(HALLS, "cases")
    with connection.schema_editor() as editor:
        step.apply(ProjectState(), editor)


def test_cases_of_before_learn_their_hall_and_lose_a_number_that_is_none(cast: Cast) -> None:
    at_window, at_no_window, online = cast.apply(), cast.apply(), cast.apply()
    Application.objects.filter(pk=at_no_window.application_id).update(window=None)
    Application.objects.filter(pk=online.application_id).update(window=None, taken_by=None, channel="web")
    Case.objects.filter(pk=online.pk).update(taken_by=None)
    number = at_window.national_number
    Case.objects.filter(pk=at_no_window.pk).update(national_number=f"{at_no_window.application_id:0>50}")
    Case.objects.filter(pk=online.pk).update(national_number="SPJY-01202609240001")
    before()
    forward()
    found = {pk: told for pk, *told in Case.objects.values_list("pk", "taken_at", "national_number")}
    assert found == {
        at_window.pk: [cast.window.hall_id, number],
        at_no_window.pk: [cast.window.hall_id, ""],
        online.pk: [None, ""],
    }
    assert set(visible_to(cast.liwei)) == {at_window, at_no_window}
