"""工作移交单 on paper: numbered, with every line, what is overdue among them, and both signatures; quick with a thousand lines."""

from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from onewindow.cases.models import Handover, HandoverLine
from onewindow.oversight.models import Overdue
from onewindow.people.models import Officer, Post
from onewindow.places.write import organisation
from onewindow.rules.grants import Grant
from tests.cast import COUNTY, SEP24, at, carry_out
from tests.oversight.stage import RED, pass_to
from tests.people.conftest import Stage, stage
from tests.people.test_leave import AB
from tests.web.citizen import on
from tests.web.desks import at_desk

__all__ = ["stage"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(tmp_path: Any, settings: Any) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


@pytest.fixture
def ab(stage: Stage) -> AB:
    made = AB(stage)
    Post.objects.filter(pk=made.second.pk).update(grants=[Grant.CASE_EXAMINE.value])
    return made


def words(answer: Any) -> str:
    pages = PdfReader(BytesIO(answer.content)).pages
    return "".join(page.extract_text() for page in pages).replace("\n", "").replace(" ", "")


def opened(ab: AB) -> Handover:
    assert (
        at_desk(ab.stage.cast.zhangmin).post("/handover/new/", {"to": ab.b.pk, "reason": "调岗"}).status_code
        == 302
    )
    return Handover.objects.get()


def test_the_sheet_has_its_number_its_lines_and_both_signatures(ab: AB) -> None:
    case = ab.his_case()
    a, b = at_desk(ab.stage.cast.zhangmin), at_desk(ab.b)
    with on(at(9, 28)):
        row = opened(ab)
        page = f"/handover/{row.pk}/"
        assert "签名：" in words(a.get(f"{page}pdf/"))
        a.post(f"{page}sign/")
        b.post(f"{page}take/")
        carry_out(organisation(COUNTY))
        answer = b.get(f"{page}pdf/")
        assert answer["Content-Type"] == "application/pdf"
        said = words(answer)
    for part in (
        f"移交〔2026〕{row.pk}号",
        case.number,
        "张敏2026年9月28日",
        "钱文2026年9月28日",
        "已移交1项",
    ):
        assert part in said, part
    with on(at(9, 28)):
        assert at_desk(ab.stage.cast.zhaoqiang).get(f"{page}pdf/").status_code == 404


def test_an_overrun_to_answer_for_stands_beside_its_line_on_screen_and_paper(ab: AB) -> None:
    case = ab.his_case()
    pass_to(RED, case)
    assert Overdue.objects.get().state == Overdue.State.CALLED
    with on(RED):
        row, a = opened(ab), at_desk(Officer.objects.get(pk=ab.stage.cast.zhangmin.pk))
        assert "有超期说明要交" in a.get(f"/handover/{row.pk}/").content.decode()
        assert "其中1件有超期说明要交" in words(a.get(f"/handover/{row.pk}/pdf/"))


def test_a_thousand_lines_cost_as_many_statements_as_one(ab: AB) -> None:
    case = ab.his_case()
    with on(SEP24):
        row, a = opened(ab), at_desk(ab.stage.cast.zhangmin)
        page = f"/handover/{row.pk}/"
        a.get(page)
        few, many = [], []
        for found in (few, many):
            for address in (page, f"{page}pdf/"):
                with CaptureQueriesContext(
                    connection,
                ) as seen:
                    answer = a.get(address)
                assert answer.status_code == 200
                found.append(len(seen))
            HandoverLine.objects.bulk_create(
                HandoverLine(
                    handover=row, kind="case", subject=case.subject, number=case.number, title="食品经营许可"
                )
                for _ in range(999)
            )
        assert many == few
        assert max(many) <= 16
        assert a.get(page).content.decode().count("<tr>") <= 52
