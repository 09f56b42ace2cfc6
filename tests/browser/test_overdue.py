"""A case is late: the head is told and explains it, the supervisor accepts, the applicant reads why; seen in a real browser."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.test_citizen_journey import office, sign_in
from tests.installation import Installation, wait_until

pytestmark = pytest.mark.browser
Look = Callable[[Page], None]


def looked_at(page: Page, axe: Look) -> None:
    """On a telephone and on a desk: nothing sticks out, axe finds nothing."""
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, (page.url, width)
        axe(page)


def another(browser: Browser, server: Installation) -> Page:
    return browser.new_context(base_url=server.url, locale="zh-CN").new_page()


def test_who_is_late_is_told_explains_it_and_the_applicant_reads_why(
    browser: Browser, page: Page, server: Installation, axe: Look
) -> None:
    number, code = office(server, "late").split()
    asked = f"SELECT count(*) FROM oversight_overdue o JOIN cases_case c ON c.id = o.case_id WHERE c.number = '{number}'"
    wait_until(lambda: server.query(asked) == [(1,)], 150)  # the tick of the next minute, and the worker
    sign_in(page, "chenju")
    page.get_by_role("link", name="消息").click()
    message = page.get_by_role("listitem").filter(has_text="要求说明超期").filter(has_text=number)
    expect(message).to_be_visible()
    looked_at(page, axe)
    message.get_by_role("button", name="打开").click()
    looked_at(page, axe)
    page.get_by_label("责任人").select_option(label="张敏")
    page.get_by_label("原因").select_option(label="承办岗位缺人，没有及时接办")
    page.get_by_label("情况说明").fill("两名审核人员同时外出培训。")
    page.get_by_label("怎么补救").fill("今天由负责人督办，顶岗名单补上。")
    page.get_by_label("预计办好的日期").fill((date.today() + timedelta(3)).isoformat())
    page.get_by_role("button", name="交说明").click()
    expect(page.get_by_text("超期说明已交")).to_be_visible()
    for address in ("/watch/?list=lights", "/watch/?list=register", "/watch/?list=overdue"):
        page.goto(address)
        looked_at(page, axe)
    supervisor = another(browser, server)
    sign_in(supervisor, "sunli")
    supervisor.goto("/watch/?list=register")
    supervisor.get_by_role("row").filter(has_text=number).get_by_role("link").click()
    looked_at(supervisor, axe)
    supervisor.get_by_label("认定").select_option(label="无故延时")
    supervisor.get_by_label("情节").select_option(label="情节较轻")
    supervisor.get_by_label("怎样处理").select_option(label="通报批评")
    supervisor.get_by_label("处理意见").fill("通报，计入年度考核。")
    supervisor.get_by_role("button", name="采纳").click()
    expect(supervisor.get_by_text("采纳：无故延时")).to_be_visible()
    supervisor.goto("/watch/?list=lights")
    looked_at(supervisor, axe)
    citizen = another(browser, server)
    citizen.goto("/track/")
    citizen.fill("[name=number]", number)
    citizen.fill("[name=code]", code)
    citizen.locator("main form button[type=submit]").first.click()
    expect(citizen.get_by_text("承办的岗位一时缺人，没有及时接上")).to_be_visible()
    assert "张敏" not in citizen.locator("main").inner_text()
    looked_at(citizen, axe)
