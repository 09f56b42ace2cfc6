"""A program opens a case, takes it through its life by the same acts as the desk, and reads how far it is."""

from io import BytesIO
from urllib.parse import unquote

import pytest
from django.http import HttpResponse
from pypdf import PdfReader

from onewindow.cases.models import Case
from onewindow.journal.models import Entry
from onewindow.people.models import Party
from tests.api.conftest import Program, application, at_moment, program_of
from tests.cast import SEP24, at, carry_out
from tests.people.conftest import Stage

pytestmark = pytest.mark.django_db


def opened(stage: Stage, window: Program) -> str:
    answer = window.post("/applications", application(stage.cast))
    assert answer.status_code == 201, answer.content.decode()
    return answer.json()["number"]


def done(answer: HttpResponse) -> dict:
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def test_a_case_goes_from_the_window_to_the_applicant(
    stage: Stage, window: Program, examiner: Program, head: Program
) -> None:
    number = opened(stage, window)
    accepted = done(window.step(number, "accept"))
    assert (accepted["stage"]["code"], accepted["due_on"], accepted["legal_due_on"]) == (
        "examining",
        "2026-10-13",
        "2026-10-29",
    )
    with at_moment(at(10, 8)):
        told = {"favourable": True, "text": "符合条件，建议准予。"}
        assert done(examiner.step(number, "review", **told))["stage"]["word"] == "待决定"
    with at_moment(at(10, 9)):
        assert done(head.step(number, "grant", text="准予许可。"))["stage"]["code"] == "granted"
    with at_moment(at(10, 12)):
        taker = {"name": "王芳", "paper": "991523198803040427", "signed": True}
        closed = done(window.step(number, "hand-over", **taker))
    assert (closed["stage"]["code"], closed["closed_on"], closed["seen"]) == ("closed", "2026-10-12", 5)
    facts = list(Entry.objects.filter(subject__case__number=number).values_list("fact", flat=True))
    assert facts == ["Received", "Accepted", "Reviewed", "Granted", "Delivered"]


def test_a_program_reads_how_long_a_licence_is_valid_and_when_a_letter_was_served(
    stage: Stage, window: Program, examiner: Program, head: Program
) -> None:
    number = opened(stage, window)
    done(window.step(number, "accept"))
    with at_moment(at(10, 8)):
        done(examiner.step(number, "review", favourable=True, text="建议准予。"))
    with at_moment(at(10, 9)):
        assert done(head.get(f"/cases/{number}"))["result"] is None
        valid = {"valid_from": "2026-10-09", "valid_until": "2031-10-08"}
        done(head.step(number, "grant", text="准予许可。", **valid))
        carry_out(Case.objects.get().subject)
        told = done(head.get(f"/cases/{number}"))
    assert told["result"]["valid_from"] == "2026-10-09"
    assert told["result"]["valid_until"] == "2031-10-08"
    assert {(one["served_at"], one["served_by"]) for one in told["letters"]} == {(None, "")}


def test_the_answer_to_an_application_is_what_its_receipt_says(stage: Stage, window: Program) -> None:
    answer = window.post("/applications", application(stage.cast))
    case = Case.objects.get()
    told = answer.json()
    assert (told["number"], told["enquiry_code"]) == (case.number, case.enquiry_code)
    assert unquote(answer["Location"]) == unquote(told["url"]) == f"/api/v1/cases/{case.number}"
    assert told["stage"] == {"code": "received", "word": "已收件，待受理"}
    assert told["received_at"] == "2026-09-24T10:21:00+08:00"
    assert (case.application.window, case.taken_by) == (stage.cast.window, stage.cast.liwei)
    assert case.verdicts.count() == case.application.submitted.count() == 3


def test_somebody_who_comes_for_the_first_time_gets_a_file(stage: Stage, window: Program) -> None:
    told = application(stage.cast)
    told["applicant"] = {
        "paper_kind": "passport",
        "paper_number": "E99000001",
        "name": "陈小红",
        "nation": "CHN",
    }
    assert window.post("/applications", told).status_code == 201
    assert Case.objects.get().applicant == Party.objects.get(name="陈小红")


def test_the_progress_is_told_in_the_applicants_words_with_its_dates_and_letters(
    stage: Stage, window: Program
) -> None:
    number = opened(stage, window)
    done(window.step(number, "accept"))
    carry_out(Case.objects.get().subject)
    told = done(window.get(f"/cases/{number}"))
    assert told["stage"]["word"] == "已受理，正在审核"
    assert [one["title"] for one in told["timeline"] if one["state"] == "done"] == ["收到您的申请", "已受理"]
    assert [one["state"] for one in told["timeline"]] == ["done", "done", "now", "next", "next"]
    terms = {one["name"]: one for one in told["terms"]}
    assert (terms["promised"]["due"], terms["promised"]["legal"]) == ("2026-10-13", False)
    assert terms["decide"]["unit"] == {"code": "working", "word": "个工作日"}
    assert not terms["decide"]["provisional"]
    assert [one["title"] for one in told["letters"]] == ["行政许可申请材料收件凭证", "行政许可申请受理通知书"]
    letter = window.client.get(told["letters"][1]["url"], HTTP_AUTHORIZATION=f"Bearer {window.secret}")
    assert (letter["Content-Type"], letter.content[:5]) == ("application/pdf", b"%PDF-")


def test_a_date_in_a_year_without_notice_is_marked(stage: Stage, window: Program) -> None:
    with at_moment(at(12, 28)):
        number = opened(stage, window)
        told = done(window.get(f"/cases/{number}"))
    assert told["provisional"]
    assert told["terms"][0]["provisional_words"] == "暂定，待国务院办公厅放假通知"


def test_every_day_of_a_term_is_proved_with_its_clause(stage: Stage, window: Program) -> None:
    number = opened(stage, window)
    done(window.step(number, "accept"))
    told = done(window.get(f"/cases/{number}/proof"))
    promised = next(one for one in told["terms"] if one["name"] == "promised")
    days = {line["on"]: line for line in promised["days_proved"]}
    assert not days["2026-09-24"]["counted"]
    assert not days["2026-10-01"]["counted"]
    assert days["2026-10-10"]["counted"]  # made up for by working on a Saturday
    assert "调休" in days["2026-10-10"]["reason"]
    assert (days["2026-10-13"]["number"], days["2026-10-13"]["last"]) == (8, True)
    decide = next(one for one in told["terms"] if one["name"] == "decide")
    assert any("自受理行政许可申请之日起二十日内" in clause["quote"] for clause in decide["clauses"])
    assert any("开始的当日不计入" in clause["quote"] for clause in decide["rules"])
    assert (decide["began"]["fact"], decide["began"]["on"]) == ("Accepted", "2026-09-24")
    assert {"accept", "decide", "promised"} == {
        one["key"] for one in told["terms"]
    }  # what ended keeps its proof
    sheet = window.client.get(promised["pdf"], HTTP_AUTHORIZATION=f"Bearer {window.secret}")
    paper = "".join(page.extract_text() for page in PdfReader(BytesIO(sheet.content)).pages).replace(" ", "")
    assert "2026年10月13日（星期二）到期" in paper
    assert all(f"{line['on']}" in paper for line in promised["days_proved"])
    assert window.get(f"/cases/{number}/proof/deliver/pdf").status_code == 404


def test_what_lacks_is_told_once_and_answered_by_program(stage: Stage, window: Program) -> None:
    told = application(stage.cast)
    told["materials"][1] |= {"finding": "missing", "reason": "没有交"}
    number = window.post("/applications", told).json()["number"]
    refused = window.step(number, "accept")
    assert refused.status_code == 409
    assert "操作流程和设备布局图" in refused.json()["detail"]
    asked = window.step(number, "ask-correction", demands={"bjt": "请补交布局图"})
    assert done(asked)["stage"]["code"] == "correcting"
    waiting = done(window.get(f"/cases/{number}"))["timeline"]
    assert (
        "按告知书在网上补交，或者补到窗口" in next(step for step in waiting if step["state"] == "now")["text"]
    )
    assert done(window.step(number, "receive-correction", materials=["bjt"]))["stage"]["code"] == "received"
    assert done(window.step(number, "judge", findings={"bjt": {"finding": "fits"}}))["seen"] == 4
    assert done(window.step(number, "accept"))["stage"]["code"] == "examining"


def test_what_was_not_judged_is_neither_accepted_nor_demanded_and_the_codes_are_told(
    stage: Stage, window: Program
) -> None:
    told = application(stage.cast)
    del told["materials"][1]["finding"]
    number = window.post("/applications", told).json()["number"]
    for step, more in (("accept", {}), ("ask-correction", {"demands": {"bjt": "请补布局图"}})):
        refused = window.step(number, step, **more)
        assert (refused.status_code, refused["Content-Type"]) == (409, "application/problem+json")
        problem = refused.json()
        assert problem["type"].endswith("#unjudged")
        assert "没有核对：操作流程和设备布局图" in problem["detail"]
        assert [one["field"] for one in problem["errors"]] == ["findings.bjt"]
    none = window.step(number, "judge", findings={"bjt": {"finding": "none"}})
    assert "不能核为“不涉及”" in none.json()["detail"]
    done(window.step(number, "judge", findings={"bjt": {"finding": "fits"}}))
    assert done(window.step(number, "accept"))["stage"]["code"] == "examining"


def test_a_refusal_proposed_at_the_window_is_confirmed_by_another(
    stage: Stage, window: Program, head: Program
) -> None:
    number = opened(stage, window)
    why = {"kind": "refused", "reasons": "场所在禁止区域", "basis": "《中华人民共和国行政许可法》第三十二条"}
    assert done(window.step(number, "propose-refusal", **why))["stage"]["code"] == "refusing"
    assert window.step(number, "confirm-refusal").status_code == 403
    assert done(head.step(number, "confirm-refusal"))["stage"]["code"] == "refused"


def test_an_examiner_asks_and_the_applicants_program_answers(
    stage: Stage, window: Program, examiner: Program
) -> None:
    number = opened(stage, window)
    done(window.step(number, "accept"))
    done(examiner.step(number, "ask-explanation", text="面积与图纸不一致，请说明。"))
    question = Case.objects.get().questions.get()
    hers = program_of(stage, stage.cast.wangfang)
    told = done(hers.step(number, "explain", question=question.pk, answer="多出的是楼梯间。"))
    assert told["stage"] == {"code": "examining", "word": "已受理，正在审核"}
    assert Case.objects.get().questions.get().answer == "多出的是楼梯间。"


def test_what_somebody_else_did_meanwhile_is_not_overrun(stage: Stage, window: Program) -> None:
    number = opened(stage, window)
    seen = done(window.get(f"/cases/{number}"))["seen"]
    done(window.step(number, "accept"))
    stale = window.step(number, "withdraw", seen=seen)
    assert (stale.status_code, stale.json()["type"]) == (409, "/api/v1/docs#stale")
    assert Case.objects.get().stage == "examining"


def test_the_list_is_paged_by_key_and_counted(stage: Stage, window: Program) -> None:
    numbers = [stage.cast.apply(SEP24).number for _ in range(5)]
    first = done(window.get("/cases?size=2"))
    assert [one["number"] for one in first["cases"]] == numbers[:2:-1]
    assert (first["count"], first["cases"][0]["light"]["code"]) == ("5", "green")
    second = done(window.get(f"/cases?size=2&after={first['next']}"))
    assert [one["number"] for one in second["cases"]] == [numbers[2], numbers[1]]
    third = done(window.get(f"/cases?size=2&after={second['next']}"))
    assert ([one["number"] for one in third["cases"]], third["next"]) == ([numbers[0]], None)


def test_the_list_narrows_by_stage_and_by_whether_it_is_open(stage: Stage, window: Program) -> None:
    accepted, received = stage.cast.accepted(), stage.cast.apply()
    assert done(window.step(received.number, "withdraw"))["stage"]["code"] == "withdrawn"
    for asked, found in (
        ("stage=examining", [accepted]),
        ("open=false", [received]),
        ("open=true", [accepted]),
        ("stage=granted", []),
    ):
        told = done(window.get(f"/cases?{asked}"))
        assert [one["number"] for one in told["cases"]] == [case.number for case in found]
        assert told["count"] == str(len(found))
