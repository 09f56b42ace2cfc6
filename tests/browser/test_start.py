"""What a person meets first, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_the_sign_in_page_is_chinese_and_axe_finds_nothing(page: Page, axe: Callable[[Page], None]) -> None:
    page.goto("/accounts/login/")
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    assert "登录" in page.title()
    axe(page)


def test_no_page_may_run_a_script_or_style_from_elsewhere(page: Page) -> None:
    answer = page.goto("/accounts/login/")
    assert answer is not None
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-frame-options"] == "DENY"
