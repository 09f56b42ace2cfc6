"""Whom a window's program files: by paper, under a new name that was proved, a child with its guardian."""

from typing import Any

import pytest

from onewindow.people.models import Party
from tests.api.conftest import Program, application
from tests.api.test_refusals import refused
from tests.people.conftest import Stage

pytestmark = pytest.mark.django_db
CHILD = {"paper_kind": "household", "paper_number": "991523201805120310", "name": "王小明"}
MOTHER = {"paper_number": "991523198803040427", "name": "王芳"}


def sent(stage: Stage, **applicant: Any) -> dict[str, Any]:
    told = application(stage.cast)
    return {**told, "applicant": {**told["applicant"], **applicant}}


def test_another_name_needs_the_proof_of_the_change(stage: Stage, window: Program) -> None:
    told = refused(window.post("/applications", sent(stage, name="王芳芳")), 422, "faults")
    assert [one["field"] for one in told["errors"]] == ["applicant.name"]
    assert "按新名称登记" in told["detail"]
    assert window.post("/applications", sent(stage, name="王芳芳", renamed=True)).status_code == 201
    assert Party.objects.get(pk=stage.cast.wangfang.pk).name == "王芳芳"


def test_a_child_is_filed_with_whoever_acts_for_it(stage: Stage, window: Program) -> None:
    alone = refused(window.post("/applications", sent(stage, **CHILD)), 422, "faults")
    assert [one["field"] for one in alone["errors"]] == ["applicant.guardian"]
    told = sent(stage, **CHILD, guardian=MOTHER, guardian_relation="母亲")
    answer = window.post("/applications", told)
    assert answer.status_code == 201, answer.content.decode()
    child = Party.objects.get(name="王小明")
    assert (child.guardian, child.guardian_relation) == (stage.cast.wangfang, "母亲")


def test_what_is_wrong_with_the_guardian_stands_at_the_guardian(stage: Stage, window: Program) -> None:
    other = {**MOTHER, "name": "王芳芳"}
    told = sent(stage, **CHILD, guardian=other, guardian_relation="母亲")
    faults = refused(window.post("/applications", told), 422, "faults")["errors"]
    assert [one["field"] for one in faults] == ["applicant.guardian.name"]
    assert not Party.objects.filter(name="王小明").exists()
