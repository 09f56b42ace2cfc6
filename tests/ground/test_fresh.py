"""新的一行: is it in every column the object that Django's constructor would have made?"""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model

from onewindow.cases.models import Case, Verdict
from onewindow.ground.fresh import fresh
from onewindow.intake.models import Application, Submitted
from onewindow.journal.models import Entry, Subject
from onewindow.people.models import ApiAnswer
from tests.cast import assemble


def kept(one: Model) -> dict[str, Any]:
    return {name: value for name, value in vars(one).items() if name != "_state"}


@pytest.mark.parametrize("model", [Case, Verdict, Application, Submitted, Entry, Subject, ApiAnswer])
def test_what_nobody_tells_has_the_default_of_the_model(model: type[Model]) -> None:
    assert kept(fresh(model)) == kept(model())
    assert fresh(model)._state.adding


def test_a_default_that_can_change_is_made_for_each_row() -> None:
    first, second = fresh(Application), fresh(Application)
    assert first.form is not second.form


@pytest.mark.django_db
def test_a_related_object_is_told_as_such_or_by_its_number() -> None:
    case = assemble().accepted()
    told = fresh(Verdict, case=case, material_id=7, finding="fits", by=None)
    assert kept(told) == kept(Verdict(case=case, material_id=7, finding="fits", by=None))
    assert told.case is case


@pytest.mark.parametrize("name", ["colour", "cases", "stage_word"])
def test_a_name_that_is_no_field_is_refused(name: str) -> None:
    with pytest.raises(FieldDoesNotExist, match=name):
        fresh(Case, **{name: 1})
