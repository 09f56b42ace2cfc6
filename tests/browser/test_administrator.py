"""The administrator in a real browser: signs in, arranges a stand-in, reads the log, leaves."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page

from onewindow.people.demonstration import DEMO_PASSWORD

pytestmark = pytest.mark.browser


def sign_in(page: Page, username: str, password: str = DEMO_PASSWORD) -> None:
    page.goto("/accounts/login/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", password)
    page.locator("main form button[type=submit]").first.click()


def test_a_stand_in_is_arranged_by_keyboard_and_mouse_and_seen(
    page: Page, axe: Callable[[Page], None]
) -> None:
    sign_in(page, "admin")
    page.wait_for_url("**/manage/organisation/")
    axe(page)
    row = page.get_by_role("row").filter(has_text="3 号综合受理窗口")
    row.get_by_role("link", name="安排顶岗").click()
    page.get_by_role("button", name="安排顶岗").click()
    assert "请选择“由谁顶岗”" in page.locator("main").inner_text()
    axe(page)
    page.get_by_label("由谁顶岗").select_option(label="刘洋（Y001）2 号综合受理窗口")
    page.get_by_label("到哪天止").fill((date.today() + timedelta(2)).isoformat())
    page.get_by_label("原因").fill("李伟外出学习")
    page.get_by_role("button", name="安排顶岗").click()
    page.wait_for_url("**/manage/organisation/")
    assert "刘洋 顶 3 号综合受理窗口" in page.locator("main").inner_text()
    for path in ("officers/", "officers/new/", "posts/new/", "departments/new/"):
        page.goto(f"/manage/organisation/{path}")
        axe(page)
    for path in ("/manage/windows/", "/manage/settings/", "/manage/accesses/", "/accounts/"):
        page.goto(path)
        axe(page)
    page.goto("/manage/accesses/")
    page.get_by_role("button", name="退出").click()
    page.goto("/manage/organisation/")
    assert "/accounts/login/" in page.url


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_of_the_administrator_is_wider_than_its_screen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, "admin2")
    page.wait_for_url("**/manage/organisation/")
    for path in ("organisation/", "organisation/posts/new/", "windows/", "settings/", "accesses/"):
        page.goto(f"/manage/{path}")
        wide, there = page.evaluate(
            "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert wide <= there, path


def test_somebody_elses_page_is_refused_in_words(page: Page, axe: Callable[[Page], None]) -> None:
    sign_in(page, "zhaoqiang")
    page.wait_for_url(lambda url: "/login/" not in url)
    page.goto("/manage/organisation/")
    assert "管理人员和岗位" in page.locator("main").inner_text()
    axe(page)
