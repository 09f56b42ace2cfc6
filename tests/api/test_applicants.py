"""Whom a window's program files: by paper, under a new name that was proved, a child with its guardian."""

from datetime import date
from typing import Any

import pytest

from onewindow.cases.models import BackDated, Case
from onewindow.people.models import Party
from tests.api.conftest import Program, application, program_of
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


def test_papers_of_an_earlier_day_are_taken_in_with_the_reason_and_the_days_run_from_then(
    stage: Stage, window: Program
) -> None:
    """Written down on Thursday, 24 September; received on the 23rd: 24, 28, 29, 30 and, after the holidays, 8 October."""
    late = {"received_on": "2026-09-23"}
    said = refused(window.post("/applications", application(stage.cast, **late)), 409, "not-allowed")
    assert "为什么今天才登记" in said["detail"]
    far = application(stage.cast, received_on="2026-09-18", why_late="停电。")
    assert (
        "补录最多往前 2 个工作日" in refused(window.post("/applications", far), 409, "not-allowed")["detail"]
    )
    told = application(stage.cast, **late, why_late="昨天下午停电。")
    answer = window.post("/applications", told)
    assert answer.status_code == 201, answer.content.decode()
    case = Case.objects.get(number=answer.json()["number"])
    assert case.received_on == date(2026, 9, 23)
    assert BackDated.objects.get(case=case).why == "昨天下午停电。"


def test_what_comes_online_has_the_day_on_which_the_system_has_it(stage: Stage) -> None:
    own = program_of(stage, stage.cast.wangfang)
    told = application(stage.cast, received_on="2026-09-23", why_late="停电。")
    del told["applicant"]
    for one in told["materials"]:
        del one["finding"]
    said = refused(own.post("/applications", told), 422, "faults")
    assert [one["field"] for one in said["errors"]] == ["received_on"]


def test_the_office_reads_that_an_applicant_has_died_and_his_own_program_does_not(
    stage: Stage, window: Program, examiner: Program
) -> None:
    number = window.post("/applications", application(stage.cast)).json()["number"]
    Party.objects.filter(pk=stage.cast.wangfang.pk).update(died_on=date(2026, 9, 20))
    assert examiner.get(f"/cases/{number}").json()["applicant_died_on"] == "2026-09-20"
    own = program_of(stage, stage.cast.wangfang)
    assert own.get(f"/cases/{number}").json()["applicant_died_on"] is None


def test_what_is_wrong_with_the_guardian_stands_at_the_guardian(stage: Stage, window: Program) -> None:
    other = {**MOTHER, "name": "王芳芳"}
    told = sent(stage, **CHILD, guardian=other, guardian_relation="母亲")
    faults = refused(window.post("/applications", told), 422, "faults")["errors"]
    assert [one["field"] for one in faults] == ["applicant.guardian.name"]
    assert not Party.objects.filter(name="王小明").exists()
