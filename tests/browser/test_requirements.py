"""What the documents ask of pages that only a browser can show."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

VISIBLE = """(what) => [...document.querySelectorAll(what)].filter((one) => one.checkVisibility())"""
# Unanswered, the questions about the situation are a form and no field; answered, they are printed with the rest.
FIELDS = ("main h2:not(#s-case)", "main dt:not([aria-labelledby=s-case] *)")
SIZE = "parseFloat(getComputedStyle(document.querySelector('main p, main li')).fontSize)"


def count(page: Page, what: str) -> int:
    return int(page.evaluate(f"({VISIBLE})({what!r}).length"))


def words(page: Page, what: str) -> list[str]:
    return list(page.evaluate(f"({VISIBLE})({what!r}).map((one) => one.textContent.trim())"))


def published(page: Page) -> list[dict[str, Any]]:
    """Every item that is open, as programs read it."""
    found: list[dict[str, Any]] = []
    after = ""
    while True:
        told = page.request.get(f"/api/v1/items?after={after}").json()
        found += [one for one in told["items"] if one["open"]]
        after = told["next"] or ""
        if not after:
            return found


@pytest.mark.req("FC-3.2.7b")
def test_for_old_eyes_text_grows_the_menu_shrinks_and_every_item_can_be_done_at_a_counter(page: Page) -> None:
    page.goto("/")
    links, size = count(page, "main a"), page.evaluate(SIZE)
    page.get_by_role("button", name="长辈模式").click()
    page.goto("/")
    assert page.evaluate(SIZE) > size
    assert count(page, "main a") < links
    items = published(page)
    assert len(items) >= 60
    for one in items:
        service = page.request.get(f"/api/v1/items/{one['code']}").json()["guide"]["service"]
        assert service["places"], one["name"]
        assert service["hours"], one["name"]


@pytest.mark.req("ZH-2.1.3a")
def test_a_printed_guide_has_the_fields_of_the_page_in_their_order(page: Page) -> None:
    for one in published(page)[:3]:
        page.goto(f"/items/{one['code']}/")
        page.emulate_media(media="print")
        printed = [words(page, what) for what in FIELDS]
        page.emulate_media(media="screen")
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        assert [words(page, what) for what in FIELDS] == printed, one["name"]
        assert len(printed[0]) >= 8


def test_what_was_answered_about_the_situation_is_printed_with_the_guide(page: Page) -> None:
    asked = "main [aria-labelledby=s-case] input[type=radio]"
    for one in published(page)[:12]:
        page.goto(f"/items/{one['code']}/")
        if not page.locator(asked).count():
            continue
        name, value = (page.locator(asked).first.get_attribute(word) for word in ("name", "value"))
        for address, there in ((f"?{name}={value}", 1), ("", 0)):
            page.goto(f"/items/{one['code']}/{address}")
            page.emulate_media(media="print")
            assert count(page, "#s-case") == there, address
            page.emulate_media(media="screen")
        return
    raise AssertionError("no guide asks anything")
