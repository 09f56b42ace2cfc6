"""The look and the small scripts, in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect
from tests.installation import wait_until

pytestmark = pytest.mark.browser

PAGES = ["/styleguide/", "/styleguide/?desk", "/accounts/login/", "/no-such-page/"]
Axe = Callable[[Page], None]


def sideways(page: Page) -> int:
    root = "document.documentElement"
    return int(page.evaluate(f"{root}.scrollWidth - {root}.clientWidth"))


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("mode", ["plain", "elder"])
def test_axe_finds_nothing_and_nothing_is_cut_off(page: Page, axe: Axe, width: int, mode: str) -> None:
    page.set_viewport_size({"width": width, "height": 768})
    page.goto(f"/mode/?to={mode}&next=/accounts/login/")
    for address in PAGES:
        page.goto(address)
        axe(page)
        assert sideways(page) == 0, address


def test_in_elder_mode_no_text_is_small_and_no_button_is_low(page: Page) -> None:
    page.goto("/mode/?to=elder&next=/styleguide/")
    small = page.evaluate(
        """() => [...document.querySelectorAll("body *")]
            .filter((one) => one.checkVisibility() && !one.closest(".sr"))
            .filter((one) => [...one.childNodes].some((child) => child.nodeType === 3 && child.data.trim()))
            .filter((one) => parseFloat(getComputedStyle(one).fontSize) < 18)
            .map((one) => one.outerHTML.slice(0, 80))"""
    )
    low = page.evaluate(
        """() => [...document.querySelectorAll("button, .ow-btn, .ow-input")]
            .filter((one) => one.checkVisibility() && one.offsetHeight < 60)
            .map((one) => one.outerHTML.slice(0, 80))"""
    )
    assert small == []
    assert low == []


def test_the_switch_changes_the_page_at_once_and_the_next_page_keeps_it(page: Page) -> None:
    page.goto("/accounts/login/")
    page.get_by_role("button", name="长辈模式").click()
    expect(page.locator("html")).to_have_attribute("data-mode", "elder")
    page.goto("/styleguide/")
    expect(page.locator("html")).to_have_attribute("data-mode", "elder")
    page.get_by_role("button", name="标准模式").click()
    page.reload()
    assert page.locator("html").get_attribute("data-mode") is None


def test_a_material_is_judged_by_keys_alone(page: Page) -> None:
    page.goto("/styleguide/?desk")
    page.locator("h1").first.click()
    page.keyboard.press("2")
    page.keyboard.press("x")
    expect(page.locator("#m2-wrong")).to_be_checked()
    page.keyboard.type("2 号水池没有标出来")  # a digit inside a sentence is a digit
    expect(page.locator("[name=why2]")).to_have_value("2 号水池没有标出来")
    page.keyboard.press("F12")
    expect(page.locator("#g-why")).to_be_focused()


def test_a_question_mark_shows_all_keys_of_the_page(page: Page) -> None:
    page.goto("/styleguide/?desk")
    page.keyboard.press("?")
    help_ = page.get_by_role("complementary", name="这一页的按键")
    expect(help_).to_contain_text("受理并打印")
    expect(help_).to_contain_text("不符")
    page.keyboard.press("Escape")
    expect(help_).to_be_hidden()


def test_a_field_that_does_not_apply_is_neither_shown_nor_sent(page: Page) -> None:
    page.goto("/styleguide/")
    diners = page.locator("#f-diners")
    expect(diners).to_be_hidden()
    expect(diners).to_be_disabled()
    page.get_by_text("集中用餐单位食堂").click()
    expect(diners).to_be_visible()
    expect(diners).to_be_enabled()


def test_two_quick_clicks_send_a_form_once(page: Page) -> None:
    sent: list[str] = []

    def count(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        sent.append(route.request.url)
        route.fulfill(status=204)  # no content: the page stays, as it does while an answer is slow

    page.goto("/accounts/login/")
    page.route("**/accounts/login/", count)
    page.locator("[name=login]").fill("liwei")
    page.locator("[name=password]").fill("not the password")
    with page.expect_request(lambda request: request.method == "POST"):
        page.evaluate(
            "const b = document.querySelector('main form button[type=submit]'); b.click(); b.click()"
        )
    page.evaluate("document.querySelector('main form').requestSubmit()")
    page.wait_for_timeout(500)  # a second one would have been sent meanwhile
    assert len(sent) == 1


def test_what_was_typed_is_offered_again_after_the_page_was_left(page: Page) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/styleguide/")
    page.locator("#id_why").fill("灶台朝南")
    wait_until(lambda: "灶台朝南" in page.evaluate("JSON.stringify({ ...sessionStorage })"))
    page.reload()
    page.get_by_role("button", name="放回来").click()
    expect(page.locator("#id_why")).to_have_value("灶台朝南")


def test_the_first_tab_leads_past_the_head(page: Page) -> None:
    page.goto("/accounts/login/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
