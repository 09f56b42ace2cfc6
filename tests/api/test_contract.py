"""The OpenAPI document is the contract: each operation is walked, and each answer held against what it says."""

import base64
import json
import re
from typing import Any
from urllib.parse import unquote

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from jsonschema_rs import meta

from onewindow.cases.models import Case
from onewindow.catalogue.models import Item
from onewindow.ground.models import Tries
from onewindow.guidance import index
from onewindow.intake.content import check
from onewindow.people.acts import withdraw_token
from onewindow.people.models import Post
from onewindow.web.api import cases as cases_api
from onewindow.web.api.examples import REQUESTS, SENTENCES
from onewindow.web.api.problems import Kind
from tests.api.conftest import V1, Program, application, program_of
from tests.api.contract import Contract, document, faults
from tests.api.test_halls import open_hall, walk_hall
from tests.api.test_own import sent
from tests.cast import COUNTY, SEP24, at, carry_out
from tests.oversight.stage import explanation, pass_to, supervisor
from tests.people.conftest import Stage
from tests.web.citizen import on

pytestmark = pytest.mark.django_db
FITS = {"finding": "fits"}


@pytest.fixture
def contract(monkeypatch: pytest.MonkeyPatch) -> Contract:
    """Every answer that any program gets in the test is held against the document."""
    watching, ask = Contract(), Client.request

    def request(self: Client, **told: Any) -> HttpResponse:
        answer = ask(self, **told)
        return watching.watch(told["REQUEST_METHOD"].lower(), unquote(told["PATH_INFO"]), answer)

    monkeypatch.setattr(Client, "request", request)
    return watching


def test_every_operation_answers_as_the_document_says(
    stage: Stage, contract: Contract, window: Program, examiner: Program, head: Program
) -> None:
    index.rebuild(COUNTY)
    Item.objects.update(online_depth=3)
    hers = program_of(stage, stage.cast.wangfang)
    item = stage.cast.version.item.address
    for path in ("/items", f"/items/{item}", f"/items/{item}/versions/1", "/search?q=食品"):
        assert Program("").get(path).status_code == 200
    number = hers.post("/applications", sent(stage), key="walk").json()["number"]
    assert hers.post("/applications", sent(stage), key="walk")["Idempotency-Replayed"] == "true"
    walk(stage, number, examiner, head, hers)
    for path in ("", "/proof", "/application"):
        answer = hers.get(f"/cases/{number}{path}")
        assert hers.get(f"/cases/{number}{path}", HTTP_IF_NONE_MATCH=answer["ETag"]).status_code == 304
    assert hers.get("/cases?open=true&size=1").status_code == 200
    receipt = {"number": number, "enquiry_code": Case.objects.get().enquiry_code}
    assert Program("").post("/status", receipt).json()["number"] == number
    assert window.get("/letters-to-serve").status_code == 200
    running = window.post("/applications", application(stage.cast)).json()["number"]
    assert window.step(running, "accept").status_code == 200
    assert examiner.get(f"/cases/{running}/colleagues").status_code == 200
    letter = hers.get(f"/cases/{number}").json()["letters"][-1]
    assert hers.client.get(letter["url"], HTTP_AUTHORIZATION=f"Bearer {hers.secret}").status_code == 200
    sheet = hers.get(f"/cases/{number}/proof").json()["terms"][0]["pdf"]
    assert hers.client.get(sheet, HTTP_AUTHORIZATION=f"Bearer {hers.secret}").status_code == 200
    assert Program("").get(f"/letters/{letter['code']}").json()["title"] == letter["title"]
    file = hers.get(f"/cases/{number}/application").json()["materials"][0]["sheets"][0]["file"]
    assert hers.client.get(file["url"], HTTP_AUTHORIZATION=f"Bearer {hers.secret}").status_code == 200
    assert hers.post(f"/cases/{number}/rating", {"grade": 4, "reasons": [411]}).status_code == 201
    told_of_work(stage, examiner)
    walk_hall(stage, hers, window, open_hall(stage))
    for name in contract.operations:
        assert contract.seen[name] & {"200", "201"}, f"{name} was not walked"


def told_of_work(stage: Stage, examiner: Program) -> None:
    """An overrun of the department, answered by its head, and what the examiner was told of it."""
    case = stage.cast.accepted()
    Case.objects.filter(pk=case.pk).update(examiner=stage.cast.zhangmin)
    Post.objects.filter(name="督查岗").update(grants=["oversight:watch", "oversight:settle"])
    pass_to(at(10, 14), case)
    with on(at(10, 14)):
        head, watching = (
            program_of(stage, stage.cast.chenju, name="说明"),
            program_of(stage, supervisor("周丽", "D009")),
        )
        (row,) = head.get("/overruns").json()["overruns"]
        page = f"/overruns/{row['id']}"
        told = {"step": "explain", "responsible": stage.cast.zhangmin.staff_no, **explanation(stage.cast)}
        told |= {"responsible": stage.cast.zhangmin.staff_no, "expected": "2026-10-16"}
        assert head.post(f"{page}/steps", told).json()["state"]["code"] == "answered"
        assert watching.post(f"{page}/steps", {"step": "take-back", "reason": "放假"}).status_code == 409
        settled = {"step": "settle", "finding": "reasoned"}
        assert watching.post(f"{page}/steps", settled).json()["state"]["code"] == "settled"
        again = program_of(stage, stage.cast.zhangmin, name="消息")
        (said,) = again.get(page).json()["answers"]
        assert said["finding"]["code"] == "reasoned"
        (first, *_) = again.get("/messages?unread=true").json()["messages"]
        assert again.post("/messages/read", {"message": first["id"]}).status_code == 200
        assert again.post("/messages/read", {}).json() == {"unread": 0}


def walk(stage: Stage, number: str, examiner: Program, head: Program, hers: Program) -> None:
    """One case online, from the judging of its papers to the download of its result."""
    findings = {m.code: FITS for m in stage.cast.materials} | {
        "bjt": {"finding": "wrong", "reason": "缺比例尺"}
    }
    asked = {"findings": findings}, {"demands": {"bjt": "请补交标明比例尺的布局图。"}}
    picture = sent(stage)["materials"][0]["files"]
    steps: list[tuple[Program, str, dict[str, Any]]] = [
        (examiner, "judge", asked[0]),
        (examiner, "ask-correction", asked[1]),
        (hers, "answer-correction", {"files": {"bjt": picture}}),
        (examiner, "judge", {"findings": {"bjt": FITS}}),
        (examiner, "accept", {}),
        (examiner, "ask-explanation", {"text": "面积和图纸不一致，请说明。"}),
        (hers, "explain", {"answer": "多出的是楼梯间。"}),
        (examiner, "review", {"favourable": True, "text": "同意"}),
        (head, "grant", {"text": "准予许可。"}),
    ]
    for n, (who, step, told) in enumerate(steps):
        if step == "explain":
            told["question"] = hers.get(f"/cases/{number}/application").json()["questions"][0]["id"]
        seen = who.get(f"/cases/{number}").json()["seen"]
        answer = who.step(number, step, seen=seen, key=str(n), **told)
        assert answer.status_code == 200, (step, answer.content.decode())
    carry_out(Case.objects.get().subject)
    assert hers.step(number, "download").status_code == 200


def test_every_kind_of_refusal_is_one_of_the_document(
    stage: Stage,
    contract: Contract,
    window: Program,
    head: Program,
    other_office: Program,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = application(stage.cast)
    number = window.post("/applications", told, key="once").json()["number"]
    window.post("/applications", {**told, "phone": ""}, key="once")
    unjudged = {**told, "materials": [{"code": "sqs"}]}
    window.step(window.post("/applications", unjudged).json()["number"], "accept")
    window.post("/applications", "{")
    window.post("/applications", {})
    window.post("/applications", b" " * (6 * 1024 * 1024))
    ask(window, "text/plain", b"{}")
    ask(window, "application/json", b"", HTTP_TRANSFER_ENCODING="chunked")
    window.step(number, "accept")
    window.step(number, "withdraw", seen=1)
    head.step(number, "grant", text="准予")
    program_of(stage, stage.cast.liwei, "read", name="只读").step(number, "accept")
    other_office.get(f"/cases/{number}")
    Program("").get("/cases")
    ended = program_of(stage, stage.cast.zhangmin, name="收回的")
    withdraw_token(ended.token, by=stage.admin, at=SEP24)
    ended.get("/cases")
    window.get(f"/cases/{number}/proof")
    Tries.objects.filter(name="api:proof").update(count=300)
    window.get(f"/cases/{number}/proof")
    for broken in (OperationalError("gone"), RuntimeError("broken")):
        monkeypatch.setattr(cases_api, "progress", fails(broken))
        window.get(f"/cases/{number}")
    # 405 belongs to no operation: that is what it says.
    assert contract.seen["refused"] - {""} == {kind.value[1] for kind in Kind} - {Kind.NO_METHOD.value[1]}


def fails(broken: Exception) -> Any:
    def progress(*_: Any) -> Any:
        raise broken

    return progress


def ask(window: Program, kind: str, body: bytes, **more: Any) -> HttpResponse:
    head = {"HTTP_AUTHORIZATION": f"Bearer {window.secret}", **more}
    return window.client.post(f"{V1}/applications", body, content_type=kind, **head)


def test_every_example_of_the_document_has_the_shape_that_it_is_an_example_of() -> None:
    schema, shown = document(), 0
    for methods in schema["paths"].values():
        for told in methods.values():
            bodies = [told.get("requestBody", {}).get("content", {}).get("application/json", {})]
            bodies += [
                one.get("content", {}).get("application/problem+json", {})
                for one in told["responses"].values()
            ]
            for body in bodies:
                for name, example in body.get("examples", {}).items():
                    shown += 1
                    assert faults(schema, body["schema"], example["value"]) == [], (told["operationId"], name)
    assert shown > 100
    [file] = REQUESTS["submitApplication"]["applicant"]["value"]["materials"][0]["files"]
    assert check(base64.b64decode(file["content"]), file["name"], 1).media_type == "image/png"
    steps = {one["value"]["step"] for one in REQUESTS["takeStep"].values()}
    body = schema["paths"][f"{V1}/cases/{{number}}/steps"]["post"]["requestBody"]["content"][
        "application/json"
    ]
    assert steps == set(body["schema"]["discriminator"]["mapping"])
    assert set(SENTENCES) == set(Kind)


def test_names_of_operations_are_short_stand_alone_and_say_their_limit_and_scope() -> None:
    schema = document()
    told = [one for methods in schema["paths"].values() for one in methods.values()]
    names = [one["operationId"] for one in told]
    assert len(set(names)) == len(names) == 33
    assert all(name.isalpha() and name[0].islower() for name in names)
    assert all("\u4e00" <= one["summary"][0] <= "\u9fff" for one in told)
    assert all(f"每分钟 {one['x-times-a-minute']} 次。" in one["description"] for one in told)
    assert {one.get("x-scope") for one in told if "security" in one} == {"read", "apply", "step"}
    assert {tag for one in told for tag in one["tags"]} == {tag["name"] for tag in schema["tags"]}
    assert schema["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    assert schema["servers"] == [{"url": "/"}]


def test_the_document_is_whole_every_reference_leads_somewhere_and_every_shape_is_a_json_schema() -> None:
    schema = document()
    shapes = schema["components"]["schemas"]
    told = json.dumps(schema)
    pointed = set(re.findall(r"#/components/schemas/(\w+)", told))
    assert pointed == set(shapes), "a shape that nobody uses, or a reference to none"
    for name, shape in shapes.items():
        assert meta.is_valid({**shape, "$schema": "https://json-schema.org/draft/2020-12/schema"}), name
    for path, methods in schema["paths"].items():
        for one in methods.values():
            named = {told["name"] for told in one["parameters"] if told["in"] == "path"}
            assert named == set(re.findall(r"{(\w+)}", path))
