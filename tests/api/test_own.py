"""An applicant's own program applies by the same acts as the pages: for herself and for whom she speaks."""

import base64
from io import BytesIO

import pytest
from PIL import Image

from onewindow.cases.models import Case
from onewindow.catalogue.models import Item
from onewindow.ground.fields import lookup
from onewindow.intake.acts import online
from onewindow.intake.models import Application, Submitted
from onewindow.people.models import Party
from onewindow.rules.identity import demo_uscc, paper_key
from tests.api.conftest import Program, application, program_of
from tests.cast import SEP24
from tests.people.conftest import Stage

pytestmark = pytest.mark.django_db


def picture() -> str:
    made = BytesIO()
    Image.new("RGB", (40, 30), "white").save(made, "PNG")
    return base64.b64encode(made.getvalue()).decode()


@pytest.fixture
def hers(stage: Stage) -> Program:
    Item.objects.update(online_depth=3)
    return program_of(stage, stage.cast.wangfang)


def sent(stage: Stage, **more: object) -> dict:
    file = {"name": "材料.png", "content": picture()}
    told = application(
        stage.cast, materials=[{"code": m.code, "files": [file]} for m in stage.cast.materials]
    )
    del told["applicant"]
    return {**told, "e_service": True, **more}


def test_she_applies_with_her_files_and_finds_her_case(stage: Stage, hers: Program) -> None:
    answer = hers.post("/applications", sent(stage), key="own-1")
    assert answer.status_code == 201, answer.content.decode()
    assert answer.json()["stage"]["word"] == "已收件，正在核对材料"
    case = Case.objects.get()
    assert (case.applicant, case.taken_by, case.application.channel) == (stage.cast.wangfang, None, "web")
    assert case.application.form == {"shop": "罗山县芳邻小面馆", "area": 46}
    assert case.application.submitted.filter(how=Submitted.How.UPLOAD, file__isnull=False).count() == 3
    assert hers.post("/applications", sent(stage), key="own-1").json() == answer.json()
    assert Application.objects.count() == 1


def test_she_applies_for_her_firm_and_not_for_a_stranger(stage: Stage, hers: Program) -> None:
    code = demo_uscc("92", 20261121)
    firm = Party.objects.create(
        kind="org",
        name="罗山县芳邻小面馆",
        paper_kind="uscc",
        paper_number=code,
        paper_hash=lookup(paper_key("uscc", code)),
        representative=stage.cast.wangfang,
    )
    named = {"paper_kind": "uscc", "paper_number": code, "name": firm.name}
    assert hers.post("/applications", sent(stage, applicant=named)).status_code == 201
    assert Case.objects.get().applicant == firm
    stranger = {"paper_kind": "resident", "paper_number": "991523197001010018", "name": "张三"}
    refused = hers.post("/applications", sent(stage, applicant=stranger))
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "applicant")
    assert Application.objects.count() == 1


def test_what_keeps_it_from_being_submitted_is_said_and_nothing_stays(stage: Stage, hers: Program) -> None:
    lacking = sent(stage)
    lacking["materials"] = lacking["materials"][:1]
    refused = hers.post("/applications", lacking)
    assert refused.status_code == 422
    codes = [m.code for m in stage.cast.materials[1:]]
    assert [one["field"] for one in refused.json()["errors"]] == [f"materials.{code}" for code in codes]
    assert "还有 2 份材料没有交" in refused.json()["detail"]
    wrong = hers.post("/applications", sent(stage, form={"area": 0}))
    assert {one["field"] for one in wrong.json()["errors"]} == {"form.shop", "form.area"}
    assert not Application.objects.exists()


@pytest.mark.parametrize("content", ["bm90IGEgcGljdHVyZQ==", "%%%"])
def test_a_file_that_is_not_what_it_says_is_refused(stage: Stage, hers: Program, content: str) -> None:
    lying = sent(stage)
    lying["materials"][0]["files"] = [{"name": "布局图.png", "content": content}]
    refused = hers.post("/applications", lying)
    assert refused.status_code in (409, 422)
    assert not Application.objects.exists()


def test_an_open_draft_of_the_same_item_is_left_alone(stage: Stage, hers: Program) -> None:
    told = {"by": stage.cast.wangfang, "at": SEP24, "applicant": stage.cast.wangfang, "channel": "web"}
    version = type(stage.cast.version).objects.get(pk=stage.cast.version.pk)
    draft = online.begin(version, once="5d5b0d0e-0000-4000-8000-000000000001", **told)
    refused = hers.post("/applications", sent(stage))
    assert (refused.status_code, "草稿" in refused.json()["detail"]) == (409, True)
    draft.refresh_from_db()
    assert (draft.draft, draft.sealed_at) == ({}, None)
