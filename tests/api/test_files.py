"""Files come within a request or beside it; each is looked through, kept once, and read again by whoever may."""

import base64
import hashlib
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from onewindow.cases.models import Case
from onewindow.catalogue.models import Item
from onewindow.ground import scanner
from onewindow.ground.models import StoredFile
from onewindow.intake.models import Application, Submitted
from tests.api.conftest import V1, Program, application, program_of
from tests.api.test_own import picture, sent
from tests.api.test_refusals import refused
from tests.people.conftest import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def hers(stage: Stage) -> Program:
    Item.objects.update(online_depth=3)
    return program_of(stage, stage.cast.wangfang)


def beside(who: Program, path: str, body: Any, files: dict[str, bytes], key: str = "") -> HttpResponse:
    """One request in parts."""
    head = {"HTTP_AUTHORIZATION": f"Bearer {who.secret}"} | ({"HTTP_IDEMPOTENCY_KEY": key} if key else {})
    parts = {name: SimpleUploadedFile(f"{name}.png", content) for name, content in files.items()}
    return who.client.post(V1 + path, {"request": json.dumps(body), **parts}, **head)


def pointing(stage: Stage, **more: Any) -> dict[str, Any]:
    """What she sends with her files beside it: two pictures of the first material, one of each other."""
    codes = [m.code for m in stage.cast.materials]
    materials = [{"code": code, "files": [{"part": code}]} for code in codes]
    materials[0]["files"].append({"part": "more", "name": "第二页.png"})
    return sent(stage, materials=materials, **more)


def pictures(stage: Stage) -> dict[str, bytes]:
    content = base64.b64decode(picture())
    return dict.fromkeys([*(m.code for m in stage.cast.materials), "more"], content)


def test_files_in_parts_of_their_own_are_kept_with_their_materials(stage: Stage, hers: Program) -> None:
    answer = beside(hers, "/applications", pointing(stage), pictures(stage))
    assert answer.status_code == 201, answer.content.decode()
    told = hers.get(f"/cases/{answer.json()['number']}/application").json()
    names = [[sheet["file"]["name"] for sheet in one["sheets"]] for one in told["materials"]]
    assert names == [["sqs.png", "第二页.png"], ["bjt.png"], ["zd.png"]]


def test_the_words_may_come_as_a_file_as_well(stage: Stage, hers: Program) -> None:
    body = {**pointing(stage), "materials": []}
    told = SimpleUploadedFile("request.json", json.dumps(body).encode(), "application/json")
    head = {"HTTP_AUTHORIZATION": f"Bearer {hers.secret}"}
    answer = hers.client.post(f"{V1}/applications", {"request": told}, **head)
    assert refused(answer, 422, "faults")["errors"][0]["field"] == "materials.sqs"


def test_the_same_request_in_parts_is_done_once_and_another_file_is_another_request(
    stage: Stage, hers: Program
) -> None:
    body, files = pointing(stage), pictures(stage)
    first = beside(hers, "/applications", body, files, key="parts")
    again = beside(hers, "/applications", body, files, key="parts")
    assert (again.status_code, again["Idempotency-Replayed"], again.content) == (201, "true", first.content)
    assert again["Location"] == first["Location"]
    other = files | {"more": files["more"] + b"\x00"}
    refused(beside(hers, "/applications", body, other, key="parts"), 422, "key-reused")
    assert Application.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"more": None}, ["materials.0.files.1.part"]),
        ({"stray": b"x"}, ["stray"]),
        ({"bjt": b"nothing"}, ["materials.1.files.0"]),
    ],
)
def test_files_that_do_not_match_the_request_are_named(
    stage: Stage, hers: Program, change: dict[str, bytes | None], fields: list[str]
) -> None:
    files = {name: one for name, one in (pictures(stage) | change).items() if one is not None}
    told = refused(beside(hers, "/applications", pointing(stage), files), 422, "faults")
    assert [one["field"] for one in told["errors"]] == fields
    assert not Application.objects.exists()
    assert not StoredFile.objects.filter(submitted__isnull=False).exists()


def test_a_request_in_parts_without_its_words_and_one_that_is_cut_off(stage: Stage, hers: Program) -> None:
    head = {"HTTP_AUTHORIZATION": f"Bearer {hers.secret}"}
    nothing = hers.client.post(f"{V1}/applications", {"sqs": SimpleUploadedFile("a.png", b"x")}, **head)
    assert "request" in refused(nothing, 400, "bad-request")["detail"]
    for kind in ("multipart/form-data", "multipart/form-data; boundary=b"):
        cut = hers.client.post(f"{V1}/applications", b"--b\r\nContent-", content_type=kind, **head)
        refused(cut, 400, "bad-request")
    rating = hers.client.post(f"{V1}/cases/x/rating", {"request": "{}"}, **head)
    refused(rating, 415, "not-json")


def test_nobody_without_a_token_has_his_files_read(stage: Stage) -> None:
    refused(beside(Program("ow_wrong"), "/applications", pointing(stage), pictures(stage)), 401, "no-token")


@pytest.mark.parametrize(
    "file", [{"name": "a.png"}, {"name": "a.png", "content": "AA==", "part": "a"}, {"content": "AA=="}]
)
def test_a_file_is_within_the_body_or_beside_it_and_has_a_name(
    stage: Stage, hers: Program, file: dict[str, str]
) -> None:
    body = sent(stage)
    body["materials"][1]["files"] = [file]
    told = refused(hers.post("/applications", body), 422, "faults")
    assert [one["field"] for one in told["errors"]] == ["materials.1.files.0"]


def test_nothing_is_kept_while_the_virus_scanner_is_silent(
    stage: Stage, hers: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(_: bytes) -> None:
        raise scanner.NoAnswer("no answer")

    monkeypatch.setattr(scanner, "scan", silent)
    answer = hers.post("/applications", sent(stage))
    assert "查毒程序现在没有回答" in refused(answer, 503, "unavailable")["detail"]
    assert int(answer["Retry-After"]) > 0
    assert not Application.objects.exists()


def test_what_the_situation_and_the_way_of_delivery_lack_stands_beside_its_field(
    stage: Stage, hers: Program
) -> None:
    for change, field in (
        ({"situation": {"shop": "meal"}}, "situation.shop"),
        ({"e_service": False, "delivery_way": "download"}, "e_service"),
        ({"delivery_way": "courier"}, "delivery_address"),
    ):
        told = refused(hers.post("/applications", sent(stage, **change)), 422, "faults")
        assert [one["field"] for one in told["errors"]] == [field]


def test_an_officer_reads_the_application_masked_and_the_applicant_reads_it_as_it_is(
    stage: Stage, hers: Program, examiner: Program, other_office: Program
) -> None:
    body = sent(stage, phone="10095715339", form={"shop": "电话 10095715339 的小面馆", "area": 46})
    path = f"/cases/{hers.post('/applications', body).json()['number']}/application"
    own, office = hers.get(path).json(), examiner.get(path).json()
    assert (own["phone"], own["form"]["shop"]) == ("10095715339", "电话 10095715339 的小面馆")
    assert "10095715339" not in examiner.get(path).content.decode()
    assert "100****5339" in office["phone"]
    assert [one["label"] for one in own["answers"]] == [one["label"] for one in office["answers"]]
    refused(other_office.get(path), 404, "not-found")


def test_a_file_is_read_as_it_was_sent_and_by_nobody_else(
    stage: Stage, hers: Program, examiner: Program, other_office: Program, window: Program
) -> None:
    number = hers.post("/applications", sent(stage)).json()["number"]
    file = hers.get(f"/cases/{number}/application").json()["materials"][0]["sheets"][0]["file"]
    path = file["url"].removeprefix(V1)
    answer = examiner.get(path)
    assert answer.content == base64.b64decode(picture())
    assert file["sha256"] == hashlib.sha256(answer.content).hexdigest()
    assert answer["Content-Disposition"].startswith("attachment")
    refused(other_office.get(path), 404, "not-found")
    mine = window.post("/applications", application(stage.cast)).json()["number"]
    refused(examiner.get(f"/cases/{mine}/files/{file['id']}"), 404, "not-found")
    refused(examiner.get(f"/cases/{mine}/files/{2**70}"), 404, "not-found")


def test_the_applicant_does_not_read_findings_before_the_notice_tells_them(
    stage: Stage, hers: Program, examiner: Program
) -> None:
    number = hers.post("/applications", sent(stage)).json()["number"]
    wrong = {"bjt": {"finding": "wrong", "reason": "缺比例尺"}}
    answer = examiner.step(number, "judge", findings=wrong)
    assert answer.json()["seen"] == examiner.get(f"/cases/{number}").json()["seen"]
    path = f"/cases/{number}/application"
    assert examiner.get(path).json()["materials"][1]["reason"] == "缺比例尺"
    assert hers.get(path).json()["materials"][1]["finding"] is None
    assert "缺比例尺" not in hers.get(path).content.decode()


def test_she_answers_the_notice_with_files_and_the_window_with_scans(
    stage: Stage, hers: Program, examiner: Program, window: Program
) -> None:
    number = hers.post("/applications", sent(stage)).json()["number"]
    judge_and_ask(examiner, number)
    point = hers.get(f"/cases/{number}/application").json()["corrections"][0]["points"][0]
    assert (point["code"], point["demand"], point["answered_at"]) == ("bjt", "请补交布局图。", None)
    told = {"step": "answer-correction", "files": {"bjt": [{"part": "a"}, {"part": "b"}]}}
    two = {"a": base64.b64decode(picture()), "b": base64.b64decode(picture())}
    assert beside(hers, f"/cases/{number}/steps", told, two).json()["stage"]["code"] == "received"
    came = Submitted.objects.filter(application__cases__number=number, material__code="bjt").order_by("pk")
    assert [one.how for one in came] == ["upload", "upload", "upload"]
    other = window.post("/applications", application(stage.cast)).json()["number"]
    judge_and_ask(examiner, other)
    scan = {"name": "布局图.png", "content": picture()}
    answer = window.step(other, "receive-correction", materials=["bjt"], files={"bjt": [scan]})
    assert answer.status_code == 200, answer.content.decode()
    last = Submitted.objects.filter(application__cases__number=other).latest("pk")
    assert (last.how, last.file.name) == ("scan", "布局图.png")


def judge_and_ask(examiner: Program, number: str) -> None:
    wrong = {
        "bjt": {"finding": "wrong", "reason": "缺比例尺"},
        "sqs": {"finding": "fits"},
        "zd": {"finding": "fits"},
    }
    assert examiner.step(number, "judge", findings=wrong).status_code == 200
    assert examiner.step(number, "ask-correction", demands={"bjt": "请补交布局图。"}).status_code == 200
    assert Case.objects.get(number=number).stage == "correcting"


def test_a_windows_program_sends_scans_and_they_stand_with_their_papers(
    stage: Stage, window: Program
) -> None:
    """All else of the case is written in one statement after them; the files have their numbers before."""
    codes = [m.code for m in stage.cast.materials]
    told = [{"code": code, "finding": "fits", "files": [{"part": code}]} for code in codes]
    content = base64.b64decode(picture())
    answer = beside(
        window,
        "/applications",
        application(stage.cast, materials=told),
        dict.fromkeys(codes, content),
        key="scans",
    )
    assert answer.status_code == 201, answer.content.decode()
    case = Case.objects.get(number=answer.json()["number"])
    papers = Submitted.objects.filter(application=case.application_id)
    assert [paper.file is not None for paper in papers] == [True, True, True]
