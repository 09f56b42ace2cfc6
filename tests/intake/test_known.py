"""What a file holds is not asked again: the fields of the demonstration's items that name somebody's file."""

from datetime import date

import pytest

from onewindow.catalogue.demo.format import read_all
from onewindow.catalogue.demo.schema import layout
from onewindow.intake.known import known
from onewindow.people.models import Party

TODAY = date(2026, 9, 24)


def somebody(**told: object) -> Party:
    return Party(**{"kind": "person", "name": "王芳", "paper_kind": "resident", "sex": "女", **told})


@pytest.mark.django_db
def test_every_item_names_only_people_and_things_that_a_file_holds() -> None:
    mother = somebody(paper_number="991523198803100426", address="测试路 58 号", born=date(1988, 3, 10))
    asked = {item.key: {"layout": layout(item)} for item in read_all()}
    answered = {key: known(form, mother, TODAY) for key, form in asked.items()}
    assert answered["marriage_register"] == {"bride": "王芳", "bride_id": "991523198803100426"}
    assert answered["residence_permit"] == {"live_at": "测试路 58 号"}
    assert answered["school_enrol"] == {}


def test_a_number_of_another_shape_does_not_go_into_an_identity_number() -> None:
    form = {"layout": [{"key": "bride", "known": "woman.name"}, {"key": "no", "known": "woman.number"}]}
    stranger = somebody(name="ANNA", paper_kind="passport", paper_number="E1234567")
    assert known(form, stranger, TODAY) == {"bride": "ANNA"}


def test_the_guardian_is_named_for_a_child_alone() -> None:
    form = {"layout": [{"key": "keeper", "known": "guardian.name"}]}
    mother = somebody(born=date(1988, 3, 10))
    child = somebody(name="李小雨", born=date(2018, 6, 1), guardian=mother)
    assert known(form, child, TODAY) == {"keeper": "王芳"}
    assert known(form, mother, TODAY) == {}


def test_a_name_that_nobody_understands_is_not_passed_over() -> None:
    with pytest.raises(ValueError, match="uncle"):
        known({"layout": [{"key": "a", "known": "uncle.name"}]}, somebody(), TODAY)
