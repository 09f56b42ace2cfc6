"""A request with a host name that is not ours is refused in Chinese, and the name is not said back."""

import pytest
from django.core.exceptions import SuspiciousOperation
from django.test import Client, RequestFactory

from onewindow.web.strangers import unreadable

pytestmark = pytest.mark.django_db
NAMES = ["evil.example", "a_b.example", "evil.example<script>", "[::", "127.0.0.1.evil.example:8000"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("path", ["/", "/track/", "/accounts/login/", "/desk/"])
def test_a_host_name_that_is_not_ours_gets_our_own_page_without_the_name(name: str, path: str) -> None:
    answer = Client().get(path, HTTP_HOST=name)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert 'lang="zh-CN"' in page
    assert "这个网址不是本系统登记的" in page
    assert "ONEWINDOW_HOSTS" in page
    assert "evil" not in page
    assert answer["Cache-Control"] == "no-store"
    assert "script-src 'self'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("name", NAMES)
def test_a_program_with_such_a_name_reads_a_problem(name: str) -> None:
    answer = Client().get("/api/v1/items", HTTP_HOST=name)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    told = answer.json()
    assert (told["code"], "域名" in told["detail"]) == ("bad-request", True)
    assert "evil" not in answer.content.decode()


def test_a_form_with_such_a_name_changes_nothing() -> None:
    answer = Client().post(
        "/track/", {"number": "LS-260924-0001", "code": "000000"}, HTTP_HOST="evil.example"
    )
    assert answer.status_code == 400


def test_what_else_django_cannot_read_keeps_its_own_words() -> None:
    told = unreadable(RequestFactory().get("/"), SuspiciousOperation("x"))
    assert "这次提交不完整" in told.content.decode()
