"""The same request is done once, one after the other and at the same moment on PostgreSQL."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections
from django.http import HttpResponse

from onewindow.cases.models import Case
from onewindow.ground.models import Series
from onewindow.journal.models import Entry
from onewindow.journal.reads import verify
from onewindow.people.models import ApiAnswer
from onewindow.people.tick import tick
from tests.api.conftest import Program, application, program_of
from tests.cast import at
from tests.people.conftest import Stage

AT_ONCE = 8


def facts(number: str) -> list[str]:
    return list(Entry.objects.filter(subject__number=number).order_by("place").values_list("fact", flat=True))


@pytest.mark.django_db
def test_the_same_key_and_body_give_the_same_answer_once(stage: Stage, window: Program) -> None:
    sent = application(stage.cast)
    first = window.post("/applications", sent, key="once-1")
    again = window.post("/applications", dict(reversed(sent.items())), key="once-1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert (first.headers.get("Idempotency-Replayed"), again["Idempotency-Replayed"]) == (None, "true")
    assert Case.objects.count() == 1


@pytest.mark.django_db
def test_the_same_key_with_another_body_or_step_is_refused(stage: Stage, window: Program) -> None:
    number = window.post("/applications", application(stage.cast), key="once-2").json()["number"]
    for answer in (
        window.post("/applications", application(stage.cast, e_service=True), key="once-2"),
        window.step(number, "accept", key="once-2"),
    ):
        assert (answer.status_code, answer.json()["type"]) == (422, "/api/v1/docs#key-reused")
    assert (Case.objects.count(), facts(number)) == (1, ["Received"])


@pytest.mark.django_db
def test_a_key_belongs_to_its_token(stage: Stage, window: Program) -> None:
    other = program_of(stage, stage.cast.liwei, name="另一个系统")
    for program in (window, other):
        assert program.post("/applications", application(stage.cast), key="same").status_code == 201
    assert Case.objects.count() == 2


@pytest.mark.django_db
def test_a_refusal_is_not_kept_and_may_be_asked_again(stage: Stage, window: Program, head: Program) -> None:
    case = stage.cast.accepted()
    assert (
        head.step(case.number, "deny", key="k", text="否", grounds="不符", basis="三十八").status_code == 409
    )
    assert not ApiAnswer.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["x" * 101, "两个字", "tab\there"])
def test_a_key_that_cannot_be_kept_is_named(stage: Stage, window: Program, key: str) -> None:
    answer = window.post("/applications", application(stage.cast), key=key)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "Idempotency-Key")
    assert not Case.objects.exists()


@pytest.mark.django_db
def test_answers_are_kept_for_a_week_and_never_in_clear(stage: Stage, window: Program) -> None:
    code = window.post("/applications", application(stage.cast), key="week").json()["enquiry_code"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT encode(body, 'escape') FROM people_apianswer")
        assert code not in cursor.fetchone()[0]
    assert tick(at(10, 1, 10, 20)) == 0
    assert tick(at(10, 1, 10, 22)) == 1


def together(acts: list[Callable[[], HttpResponse]]) -> list[HttpResponse]:
    """All at the same moment, each on a connection of its own."""
    gate = threading.Barrier(len(acts))
    answers: list[HttpResponse | None] = [None] * len(acts)

    def run(index: int) -> None:
        gate.wait(60)
        try:
            answers[index] = acts[index]()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    return [answer for answer in answers if answer is not None]


@pytest.fixture
def raced(transactional_db: None, request: pytest.FixtureRequest) -> Stage:
    """The stage as other connections see it."""
    return request.getfixturevalue("stage")


@pytest.mark.race
def test_one_application_sent_eight_times_at_once_opens_one_case(raced: Stage, window: Program) -> None:
    sent = application(raced.cast)
    answers = together([lambda: Program(window.secret).post("/applications", sent, key="race")] * AT_ONCE)
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert sum("Idempotency-Replayed" not in answer for answer in answers) == 1
    assert Case.objects.count() == 1
    assert {series.last for series in Series.objects.filter(name__startswith="case:")} == {1}


@pytest.mark.race
def test_one_step_sent_eight_times_at_once_is_done_once(raced: Stage, window: Program) -> None:
    number = raced.cast.apply().number
    answers = together([lambda: Program(window.secret).step(number, "accept", key="race")] * AT_ONCE)
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert facts(number) == ["Received", "Accepted"]
    assert verify() == []


@pytest.mark.race
def test_two_decisions_at_once_are_one_and_a_conflict(
    raced: Stage, window: Program, examiner: Program, head: Program
) -> None:
    number = raced.cast.accepted().number
    assert examiner.step(number, "review", favourable=True, text="同意").status_code == 200
    denial = {"text": "否", "grounds": "不符", "basis": "第三十八条"}
    answers = together(
        [
            lambda: Program(head.secret).step(number, "grant", text="准予"),
            lambda: Program(head.secret).step(number, "deny", **denial),
        ]
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert len({"Granted", "Denied"} & set(facts(number))) == 1


@pytest.mark.race
def test_different_applications_at_once_get_numbers_without_gap(raced: Stage, window: Program) -> None:
    answers = together(
        [lambda: Program(window.secret).post("/applications", application(raced.cast))] * AT_ONCE
    )
    numbers = sorted(int(answer.json()["number"][-4:]) for answer in answers)
    assert numbers == list(range(1, AT_ONCE + 1))


@pytest.mark.django_db
def test_the_answer_that_is_kept_has_the_numbers_of_its_case(stage: Stage, window: Program) -> None:
    """It goes into the database before they are known, and is given out with them."""
    first = window.post("/applications", application(stage.cast), key="numbers")
    again = window.post("/applications", application(stage.cast), key="numbers")
    case = Case.objects.get()
    assert first.content == again.content
    assert (first["Location"], again["Location"]) == (f"/api/v1/cases/{case.number}",) * 2
    assert (again.json()["number"], again.json()["national_number"]) == (case.number, case.national_number)
    assert case.national_number.isalnum()
    assert "~" not in again.content.decode()
    assert case.number not in ApiAnswer.objects.get().body


@pytest.mark.django_db
def test_without_a_key_the_numbers_are_told_as_well(stage: Stage, window: Program) -> None:
    answer = window.post("/applications", application(stage.cast))
    case = Case.objects.get()
    assert (answer.json()["number"], answer["Location"]) == (case.number, f"/api/v1/cases/{case.number}")
    assert not ApiAnswer.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_goes_out_with_the_commit_is_refused_with_it_and_the_connection_goes_on(
    stage: Stage, window: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last statement and the COMMIT are sent together: a refusal of either leaves nothing behind."""
    monkeypatch.setattr("onewindow.web.api.once.KEY_LENGTH", 200)
    refused = window.post(
        "/applications", application(stage.cast), key="k" * 150
    )  # the column takes a hundred
    assert (refused.status_code, "value too long" in str(refused.content)) == (422, False)
    assert (Case.objects.count(), Entry.objects.filter(fact="Received").count()) == (0, 0)
    answer = window.post("/applications", application(stage.cast), key="good")
    assert (answer.status_code, answer.json()["number"]) == (201, Case.objects.get().number)
    assert Series.objects.get(name__startswith="case:2026").last == 1
