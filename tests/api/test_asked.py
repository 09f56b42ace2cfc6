"""How programs ask: what they know already, the head alone, in which form, and by names that exist."""

import pytest

from tests.api.conftest import V1, Program, program_of
from tests.api.test_refusals import refused
from tests.people.conftest import Stage

pytestmark = pytest.mark.django_db


def test_what_a_program_has_already_is_not_sent_again_until_it_changes(stage: Stage, window: Program) -> None:
    case = stage.cast.apply()
    first = window.get(f"/cases/{case.number}")
    same = window.get(f"/cases/{case.number}", HTTP_IF_NONE_MATCH=f'"other", W/{first["ETag"]}')
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", first["ETag"])
    assert same["Cache-Control"] == first["Cache-Control"] == "no-store"
    assert window.step(case.number, "withdraw").status_code == 200
    changed = window.get(f"/cases/{case.number}", HTTP_IF_NONE_MATCH=first["ETag"])
    assert (changed.status_code, changed["ETag"] != first["ETag"]) == (200, True)


def test_the_catalogue_may_be_kept_and_asked_for_again(stage: Stage) -> None:
    answer = Program("").get("/items")
    assert answer["Cache-Control"] == "public, no-cache"
    assert Program("").get("/items", HTTP_IF_NONE_MATCH=answer["ETag"]).status_code == 304
    assert Program("").get("/items", HTTP_IF_NONE_MATCH="*").status_code == 304


def test_knowing_the_mark_of_an_answer_opens_nothing_to_others(
    stage: Stage, window: Program, other_office: Program
) -> None:
    path = f"/cases/{stage.cast.apply().number}"
    mark = window.get(path)["ETag"]
    refused(other_office.get(path, HTTP_IF_NONE_MATCH=mark), 404, "not-found")
    refused(other_office.get(path, HTTP_IF_NONE_MATCH="*"), 404, "not-found")


def test_the_head_alone_has_no_body_and_the_same_length(stage: Stage) -> None:
    whole = Program("").get("/items")
    head = Program("").client.head(f"{V1}/items")
    assert (head.status_code, head.content) == (200, b"")
    assert (int(head["Content-Length"]), head["ETag"]) == (len(whole.content), whole["ETag"])


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/xml"])
def test_a_body_that_is_no_json_by_its_own_word_is_refused(stage: Stage, window: Program, kind: str) -> None:
    head = {"HTTP_AUTHORIZATION": f"Bearer {window.secret}"}
    answer = window.client.post(f"{V1}/applications", b"{}", content_type=kind, **head)
    assert "application/json" in refused(answer, 415, "not-json")["detail"]


def test_a_body_in_pieces_without_its_length_is_refused_as_such(stage: Stage, window: Program) -> None:
    head = {"HTTP_AUTHORIZATION": f"Bearer {window.secret}", "HTTP_TRANSFER_ENCODING": "chunked"}
    answer = window.client.post(f"{V1}/applications", content_type="application/json", **head)
    assert "Content-Length" in refused(answer, 411, "no-length")["detail"]


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/items?them=户籍办理", "them"),
        ("/cases?state=received", "state"),
        ("/items?after=zzz", "after"),
        ("/cases?after=12", "after"),
    ],
)
def test_a_misspelt_parameter_is_refused_instead_of_passed_over(
    stage: Stage, window: Program, path: str, field: str
) -> None:
    assert [one["field"] for one in refused(window.get(path), 422, "faults")["errors"]] == [field]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("get", "", None),
        ("get", "/proof", None),
        ("get", "/proof/decide/pdf", None),
        ("get", "/application", None),
        ("get", "/files/1", None),
        ("get", "/letters/1", None),
        ("post", "/rating", {"grade": 5}),
        ("post", "/steps", {"step": "accept"}),
        ("post", "/steps", {"step": "answer-correction", "files": {"sqs": []}}),
        ("post", "/steps", {"step": "judge", "findings": {"sqs": {"finding": "fits"}}}),
        ("post", "/steps", {"step": "ask-correction", "demands": {"没有": "x"}}),
    ],
)
def test_another_offices_case_answers_letter_for_letter_as_one_that_does_not_exist(
    stage: Stage, other_office: Program, method: str, path: str, body: dict | None
) -> None:
    answers = []
    for number in (stage.cast.accepted().number, "LS-260924-7777"):
        asked = (f"/cases/{number}{path}", *([body] if body else []))
        answer = getattr(other_office, method)(*asked)
        refused(answer, 404, "not-found")
        answers.append((answer.content.decode().replace(number, "…"), sorted(answer.headers)))
    assert answers[0] == answers[1]


def test_a_token_for_reading_alone_reads_and_does_nothing(stage: Stage) -> None:
    reader = program_of(stage, stage.cast.zhangmin, "read")
    number = stage.cast.apply().number
    assert reader.get(f"/cases/{number}/application").status_code == 200
    for answer in (
        reader.step(number, "accept"),
        reader.post("/applications", {}),
        reader.post(f"/cases/{number}/rating", {"grade": 5}),
    ):
        refused(answer, 403, "not-granted")
    poster = program_of(stage, stage.cast.chenju, "apply")
    for path in ("", "/application", "/proof", "/proof/decide/pdf", "/letters/1", "/files/1"):
        refused(poster.get(f"/cases/{number}{path}"), 403, "not-granted")
    refused(poster.get("/cases"), 403, "not-granted")
