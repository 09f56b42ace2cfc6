"""One case on the desks in a real browser: 李伟 takes it in by keyboard, 张敏 examines, 陈局 decides, 周洁 hands over."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.installation import Installation

from onewindow.people.demonstration import DEMO_PASSWORD
from onewindow.rules.identity import demo_id

pytestmark = pytest.mark.browser
WANGFANG = demo_id(1523, date(1988, 3, 10), 42)
FORM = {
    "premises": "测试省测试市罗山县测试路 60 号",
    "area": "46",
    "safety_officer": "王芳",
    "safety_officer_phone": "10095715339",
    "staff": "3",
}
SHOWN = 12  # items before one has typed anything
Look = Callable[[Page], None]


def sign_in(page: Page, username: str) -> None:
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", DEMO_PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/accounts/login/" not in url)  # signed in, not merely on the way


def press(page: Page, key: str) -> None:
    """A key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def open_sheet(page: Page) -> None:
    """By keyboard alone: the paper, the item in everyday words, the page."""
    page.goto("/counter/")
    if page.locator("[data-key=F2]").count():
        press(page, "F2")
    expect(page.locator("#id_paper_number")).to_be_focused()
    page.keyboard.type(WANGFANG)
    press(page, "Enter")
    page.keyboard.type("食品经营许可（新办）")
    expect(page.locator("#items button")).not_to_have_count(SHOWN)
    expect(page.locator("#items button").first).to_contain_text("食品经营许可（新办）")
    page.keyboard.press("Enter")
    expect(page.locator("#items button").first).to_be_focused()
    press(page, "Enter")
    # The item is for firms: who insists is received all the same.
    page.locator("main summary").click()
    with page.expect_navigation():
        page.locator("main form:has([name=anyway]) button[type=submit]").click()
    page.wait_for_selector("#sheet")


def fill(page: Page) -> None:
    page.get_by_text("餐饮服务经营者", exact=True).click()
    page.get_by_text("热食类食品制售", exact=True).click()
    page.locator("label", has_text="否").first.click()
    for name, text in FORM.items():
        page.fill(f"[name={name}]", text)


def taken_in(page: Page) -> str:
    """A case that 李伟 accepted; answers its number."""
    sign_in(page, "liwei")
    open_sheet(page)
    for _ in range(3):
        page.keyboard.press(" ")
    fill(page)
    press(page, "F8")
    page.wait_for_url("**/done/")
    return page.locator("h1").inner_text()


def test_a_case_from_the_counter_to_the_hand_that_takes_it(page: Page, axe: Look) -> None:
    sign_in(page, "liwei")
    page.wait_for_url("**/counter/")
    axe(page)
    open_sheet(page)
    axe(page)
    for _ in range(3):
        page.keyboard.press(" ")
    fill(page)
    expect(page.locator("#side")).to_contain_text("已暂存")
    press(page, "F8")
    page.wait_for_url("**/done/")
    number = page.locator("h1").inner_text()
    expect(page.locator("#letters a")).to_have_count(2)
    axe(page)

    sign_in(page, "zhangmin")
    page.wait_for_url("**/desk/")
    axe(page)
    page.get_by_role("row").filter(has_text=number).get_by_role("link").click()
    axe(page)
    for row in range(1, page.locator(".ow-point").count() + 1):
        page.keyboard.press(str(row))
        page.keyboard.press(" ")
    page.locator("[name=second]").select_option(index=2)
    page.fill("[name=checked_on]", date.today().isoformat())
    page.fill("[name=checked_at]", "测试路 60 号")
    page.fill("[name=check_record]", "洗手池和冷藏设备与布局图一致。")
    axe(page)
    page.locator("[data-phrase]").first.click()
    press(page, "Control+Enter")
    expect(page.locator("main")).to_contain_text("审核意见已交")
    page.get_by_role("link", name="怎么算的").click()
    axe(page)

    sign_in(page, "chenju")
    page.goto(f"/cases/{number}/do/deny/")
    axe(page)
    page.goto(f"/cases/{number}/")
    press(page, "Control+Enter")
    page.fill("[name=text]", "准予食品经营许可。")
    press(page, "Control+Enter")
    expect(page.locator("main")).to_contain_text("已准予")

    sign_in(page, "zhoujie")
    page.wait_for_url("**/issue/")
    axe(page)
    page.keyboard.press("Control+k")
    page.keyboard.type(number)
    press(page, "Enter")
    page.get_by_role("row").filter(has_text=number).get_by_role("link", name="交付").click()
    axe(page)
    page.fill("[name=taker_paper]", WANGFANG)
    pad = page.locator("canvas").bounding_box()
    assert pad is not None
    page.mouse.move(pad["x"] + 40, pad["y"] + 60)
    page.mouse.down()
    page.mouse.move(pad["x"] + 160, pad["y"] + 120, steps=5)
    page.mouse.up()
    press(page, "Control+Enter")
    expect(page.locator("main")).to_contain_text("已交付，本件办结")


def test_the_counter_fits_its_screen_and_a_narrow_one(browser: Browser, server: Installation) -> None:
    for width, height in ((1366, 768), (1280, 800), (360, 740)):
        context = browser.new_context(base_url=server.url, viewport={"width": width, "height": height})
        page = context.new_page()
        sign_in(page, "liwei")
        open_sheet(page)
        tall, wide = page.evaluate(
            "[document.documentElement.scrollHeight, document.documentElement.scrollWidth]"
        )
        assert wide <= width
        if width > 1100:
            assert tall <= height
            expect(page.get_by_role("button", name="受理并打印")).to_be_in_viewport()
        context.close()


def test_a_form_survives_a_session_that_ended(page: Page) -> None:
    sign_in(page, "liwei")
    open_sheet(page)
    for _ in range(3):
        page.keyboard.press(" ")
    fill(page)
    expect(page.locator("#side")).to_contain_text("已暂存")
    address = page.url
    page.context.clear_cookies(name="onewindow_session")
    page.fill("[name=staff]", "5")
    expect(page.locator("#unsaved")).to_contain_text("登录已到期")
    sign_in(page, "liwei")
    page.goto(address)
    assert page.input_value("[name=premises]") == FORM["premises"]
    assert page.input_value("[name=staff]") == "5"
    expect(page.locator("#side")).to_contain_text("已暂存")


def test_two_examiners_and_a_stale_page(page: Page, browser: Browser, server: Installation) -> None:
    number = taken_in(page)
    sign_in(page, "zhangmin")
    page.goto(f"/cases/{number}/")
    other = browser.new_context(base_url=server.url).new_page()
    sign_in(other, "zhangmin")
    other.goto(f"/cases/{number}/do/question/")
    other.fill("[name=text]", "请说明面积。")
    press(other, "Control+Enter")
    for row in range(1, page.locator(".ow-point").count() + 1):
        page.keyboard.press(str(row))
        page.keyboard.press(" ")
    page.fill("#opinion", "写了很久的意见")
    press(page, "Control+Enter")
    expect(page.locator("main")).to_contain_text("本件刚刚有人办过")
    assert page.input_value("#opinion") == "写了很久的意见"
    other.context.close()
