"""How many statements each request costs, counted on the connection; a budget that noise cannot break."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from onewindow.cases.models import Case
from onewindow.people.models import ApiToken
from tests.api.conftest import Program, application
from tests.cast import SEP24, carry_out
from tests.people.conftest import Stage

pytestmark = pytest.mark.django_db
AT_THE_DOOR = 3  # the token with its account, the posts behind it, the limit
NOT_WORK = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET CONSTRAINTS")
CREATE, STEP, READ, LIST = 10, 8, 5, 5


@pytest.fixture(autouse=True)
def used_today(window: Program, examiner: Program, head: Program) -> None:
    """The day of its last use is written once a day, not with every request."""
    ApiToken.objects.update(used_on=SEP24.date())


def cost(ask: Callable[[], HttpResponse], status: int = 200) -> int:
    with CaptureQueriesContext(connection) as asked:
        answer = ask()
    assert answer.status_code == status, answer.content.decode()
    texts = [one["sql"] or "prepared" for one in asked.captured_queries]
    work = [text for text in texts if not text.startswith(NOT_WORK)]
    return len(work)


def test_creating_a_case(stage: Stage, window: Program) -> None:
    sent = application(stage.cast)
    without = {**sent, "materials": [{"code": m.code} for m in stage.cast.materials]}
    assert cost(lambda: window.post("/applications", without), 201) <= CREATE + AT_THE_DOOR
    assert cost(lambda: window.post("/applications", sent, key="k"), 201) <= CREATE + AT_THE_DOOR


def test_every_step_of_a_life(stage: Stage, window: Program, examiner: Program, head: Program) -> None:
    number = stage.cast.apply().number
    taker = {"name": "王芳", "paper": "991523198803040427", "signed": True}
    steps = {
        "accept": (window, {}),
        "review": (examiner, {"favourable": True, "text": "同意"}),
        "grant": (head, {"text": "准予"}),
        "hand-over": (window, taker),
    }
    costs = {
        step: cost(lambda who=who, step=step, told=told: who.step(number, step, key=step, **told))
        for step, (who, told) in steps.items()
    }
    assert all(found <= STEP + AT_THE_DOOR for found in costs.values()), costs


def test_reading_one_case_with_its_letters(stage: Stage, window: Program) -> None:
    case = stage.cast.accepted()
    carry_out(Case.objects.get(pk=case.pk).subject)
    assert cost(lambda: window.get(f"/cases/{case.number}")) <= READ + AT_THE_DOOR
    assert cost(lambda: window.get(f"/cases/{case.number}/proof")) <= READ + AT_THE_DOOR
    assert cost(lambda: window.get(f"/cases/{case.number}/proof/decide/pdf")) <= READ + AT_THE_DOOR


def test_a_list_costs_the_same_for_one_row_and_for_many(stage: Stage, window: Program) -> None:
    stage.cast.apply()
    window.get("/cases")  # whoever holds the token is read when it comes for the first time
    one = cost(lambda: window.get("/cases"))
    for _ in range(12):
        stage.cast.apply()
    assert cost(lambda: window.get("/cases")) == one <= LIST + AT_THE_DOOR


def test_a_program_asks_nothing_of_the_messages_of_its_officer(stage: Stage, window: Program) -> None:
    number = stage.cast.apply().number
    with CaptureQueriesContext(connection) as asked:
        assert window.get(f"/cases/{number}").status_code == 200
    assert not any("officermessage" in (one["sql"] or "") for one in asked.captured_queries)


def test_the_catalogue_and_the_search(stage: Stage) -> None:
    nobody = Program("")
    code = stage.cast.version.item.address
    assert cost(lambda: nobody.get("/items")) <= LIST
    assert cost(lambda: nobody.get(f"/items/{code}")) <= READ
