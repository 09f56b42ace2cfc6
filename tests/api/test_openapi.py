"""The description is true: OpenAPI 3.1, every operation with its refusals, and the answers have the shapes they claim."""

from typing import Any

import pytest
from django.test import Client

from onewindow.cases.models import Case
from onewindow.web.api.problems import Kind
from tests.api.conftest import Program, application
from tests.api.contract import fits
from tests.cast import carry_out
from tests.people.conftest import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def schema(client: Client) -> dict[str, Any]:
    return client.get("/api/v1/openapi.json").json()


def test_it_is_openapi_3_1_and_every_operation_declares_its_refusals(schema: dict[str, Any]) -> None:
    assert schema["openapi"].startswith("3.1.")
    for path, methods in schema["paths"].items():
        for method, told in methods.items():
            statuses = set(told["responses"])
            assert {"400", "422", "429", "500", "503"} <= statuses, (path, method)
            assert bool(told.get("security")) == ({"401", "403"} <= statuses), (path, method)
            for status, answer in told["responses"].items():
                if int(status) >= 400:
                    assert list(answer["content"]) == ["application/problem+json"]
    assert schema["paths"]["/api/v1/cases"]["get"]["responses"]["429"]["headers"]["Retry-After"]
    [key] = schema["paths"]["/api/v1/applications"]["post"]["parameters"]
    assert (key["in"], key["name"]) == ("header", "Idempotency-Key")


def test_every_answer_has_the_shape_it_claims(
    stage: Stage, schema: dict[str, Any], window: Program, other_office: Program
) -> None:
    opened = window.post("/applications", application(stage.cast))
    assert fits(schema, "/applications", "post", opened) == []
    number = opened.json()["number"]
    accepted = window.step(number, "accept")
    assert fits(schema, "/cases/{number}/steps", "post", accepted) == []
    carry_out(Case.objects.get().subject)
    code = stage.cast.version.item.address
    for path, asked in (
        ("/cases", "/cases"),
        ("/cases/{number}", f"/cases/{number}"),
        ("/cases/{number}/proof", f"/cases/{number}/proof"),
        ("/items", "/items"),
        ("/items/{code}", f"/items/{code}"),
        ("/search", "/search?q=食品"),
        ("/items/{code}", "/items/none"),
        ("/search", "/search"),
    ):
        assert fits(schema, path, "get", window.get(asked)) == [], path
    for path, refused in (
        ("/cases/{number}/steps", window.step(number, "accept")),
        ("/cases/{number}/steps", window.step(number, "bless")),
        ("/cases/{number}/steps", other_office.step(number, "withdraw")),
        ("/applications", window.post("/applications", "{")),
    ):
        assert refused.status_code >= 400
        assert fits(schema, path, "post", refused) == [], path


def test_the_page_explains_every_operation_and_every_refusal(client: Client, schema: dict[str, Any]) -> None:
    answer = client.get("/api/v1/docs")
    page = answer.content.decode()
    assert all(f"<code>{path}</code>" in page for path in schema["paths"])
    assert all(f'id="{kind.value[1]}"' in page for kind in Kind)
    for word in ("一次性告知补正", "Idempotency-Key", "每分钟 600 次", "findings"):
        assert word in page
    assert "http://" not in page.replace("http://127.0.0.1", "")
    assert "https://" not in page
    assert client.get("/api/v1/")["Location"] == "/api/v1/docs"
