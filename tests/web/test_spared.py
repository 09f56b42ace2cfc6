"""给程序让路: does a program with a token get everything it should, and nobody else less than before?"""

from __future__ import annotations

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils.module_loading import import_string

from onewindow.web import spared
from tests.cast import assemble

pytestmark = pytest.mark.django_db
TOKEN = {"HTTP_AUTHORIZATION": "Bearer nobody"}
PARTS = [name for name in settings.MIDDLEWARE if name.startswith("onewindow.web.spared.")]


@pytest.mark.parametrize(
    "address", ["/api/v1/docs", "/api/v1/nothing", "/api/v1/cases", "/api/v1/openapi.json"]
)
def test_every_address_of_the_interface_answers_a_program_and_a_browser(client: Client, address: str) -> None:
    assemble()
    for told in ({}, TOKEN):
        assert client.get(address, **told).status_code in (200, 401, 404)


def test_a_token_at_a_page_is_no_way_around_its_gate(client: Client) -> None:
    assemble()
    assert client.get("/counter/", **TOKEN).status_code == 302
    assert client.get("/", **TOKEN).headers["Content-Security-Policy"]
    assert client.get("/", **TOKEN).headers["X-Frame-Options"] == "DENY"


def test_a_form_sent_with_a_token_still_needs_its_secret() -> None:
    assemble()
    sent = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "wangfang"}, **TOKEN)
    assert sent.status_code == 403


def test_each_part_is_passed_by_with_a_token_and_gone_through_without() -> None:
    passed: list[str] = []

    def beyond(request: HttpRequest) -> HttpResponse:
        passed.append("session" if hasattr(request, "session") else "none")
        return HttpResponse("ok")

    way = spared.session(beyond)
    way(RequestFactory().get("/api/v1/cases", **TOKEN))
    way(RequestFactory().get("/api/v1/cases"))
    way(RequestFactory().get("/my/", **TOKEN))
    assert passed == ["none", "session", "session"]
    assert len(PARTS) == 7
    assert all(callable(import_string(name)) for name in PARTS)
