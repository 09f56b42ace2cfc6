"""王芳 on her telephone: she finds the item, applies, corrects, answers, takes the result, rates, and verifies the letter."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.fakes.papers import pdf, png
from tests.installation import PROJECT, Installation

from onewindow.people.demonstration import DEMO_PASSWORD

pytestmark = pytest.mark.browser
OFFICE = PROJECT / "tests" / "browser" / "office.py"
Look = Callable[[Page], None]
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


def look_both_ways(page: Page, axe: Look) -> None:
    """On a telephone and on a desk, in both modes: nothing sticks out, axe finds nothing."""
    here = page.context
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        for mode in ("elder", ""):
            if mode:
                here.add_cookies([{"name": "ow_mode", "value": mode, "url": page.url.split("#")[0]}])
            else:
                here.clear_cookies(name="ow_mode")
            page.reload()
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, (
                page.url,
                size,
                mode,
            )
            axe(page)
    page.set_viewport_size(PHONE)


def office(server: Installation, *words: str) -> str:
    """What the office does in between; then its letters and messages are made by the running worker."""
    told = {"DJANGO_SETTINGS_MODULE": "onewindow.config.settings", "ONEWINDOW_DEMO": "1"}
    environment = {**server.environment, **told, "ONEWINDOW_DATABASE": server.dsn}
    command = [sys.executable, str(OFFICE), *words]
    done = subprocess.run(
        command, env=environment, check=True, cwd=PROJECT, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def sign_in(page: Page, username: str) -> None:
    page.goto("/accounts/login/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", DEMO_PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/accounts/login/" not in url)  # signed in, not merely on the way


def go_on(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="保存并继续").click()


def apply(page: Page, axe: Look, folder: Path) -> str:
    """From the search to the receipt; answers the number of the case."""
    page.goto("/")
    page.get_by_role("searchbox", name="搜索事项").fill("食品经营许可 新办")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="食品经营许可（新办）").first.click()
    page.get_by_role("link", name="在线申请").click()
    look_both_ways(page, axe)
    page.get_by_text("看过了").click()
    with page.expect_navigation():
        page.get_by_role("button", name="开始填写").click()
    for words in ("饭馆、小吃店、饮品店", "不做", "经营者或者法定代表人自己办"):
        page.get_by_text(words, exact=True).click()
    go_on(page)
    fill(page)
    look_both_ways(page, axe)
    expect(page.get_by_label("经营场所地址")).to_have_value("测试路 60 号")
    go_on(page)
    add_papers(page, axe, folder)
    page.get_by_role("link", name="下一步，核对").click()
    look_both_ways(page, axe)
    page.get_by_text("网上下载").click()
    page.get_by_text("同意电子送达").click()
    page.get_by_text("我保证所填内容").click()
    with page.expect_navigation():
        page.get_by_role("button", name="提交申请").click()
    look_both_ways(page, axe)
    return page.locator(".ow-apply__numbers dd").first.inner_text()


def fill(page: Page) -> None:
    """Each field is kept while one types: the tick says so, and a reload has everything."""
    page.wait_for_function("window.htmx")
    page.get_by_text("餐饮服务经营者", exact=True).click()
    page.get_by_text("热食类食品制售", exact=True).click()
    page.locator("fieldset", has_text="是否通过网络经营").get_by_text("否", exact=True).click()
    page.get_by_label("经营场所面积").fill("46")
    page.get_by_label("食品安全管理人员姓名").fill("王芳")
    page.get_by_label("食品安全管理人员手机").fill("10095715339")
    page.get_by_label("接触直接入口食品的人数").fill("3")
    with page.expect_response(re.compile("/save/")) as kept:
        page.get_by_label("经营场所地址").fill("测试路 60 号")
    assert kept.value.status == 200
    expect(page.locator("#saved")).to_contain_text("已保存")


def add_papers(page: Page, axe: Look, folder: Path) -> None:
    liar, plan, rules = folder / "合同.pdf", folder / "布局图.png", folder / "制度.pdf"
    liar.write_bytes(b"MZ\x90\0 not a pdf")
    plan.write_bytes(png(300, 200))
    rules.write_bytes(pdf())
    layout = page.locator("li.ow-card", has_text="操作流程图")
    add(layout, liar)
    expect(page.get_by_role("alert").first).to_contain_text("Windows 程序")
    look_both_ways(page, axe)
    add(page.locator("li.ow-card", has_text="操作流程图"), plan)
    add(page.locator("li.ow-card", has_text="规章制度目录"), rules)
    expect(page.locator("li.ow-card", has_text="操作流程图")).to_contain_text("布局图.png")


def add(card, file: Path) -> None:  # type: ignore[no-untyped-def]
    if card.locator("details:not([open])").count():
        card.locator("summary").click()
    card.locator("input[type=file]").set_input_files(file)
    with card.page.expect_navigation():
        card.get_by_role("button", name="上传").click()


def test_a_citizen_applies_on_her_telephone_and_follows_her_case_to_the_rating(
    page: Page, axe: Look, server: Installation, tmp_path: Path
) -> None:
    page.set_viewport_size(PHONE)
    sign_in(page, "wangfang")
    number = apply(page, axe, tmp_path)
    office(server, number, "correct")
    correct_online(page, axe, number, tmp_path)
    office(server, number, "accept", "ask")
    page.goto(f"/track/{number}/")
    page.get_by_label("您的说明").fill("靠窗的水池洗菜。")
    with page.expect_navigation():
        page.get_by_role("button", name="交上说明").click()
    look_both_ways(page, axe)
    office(server, number, "grant")
    page.goto(f"/track/{number}/")
    with page.expect_navigation():
        page.get_by_role("button", name="收下结果").click()
    rate(page, axe, number)
    own_pages(page, axe)
    letter_is_verified(page, axe, number)


def correct_online(page: Page, axe: Look, number: str, folder: Path) -> None:
    page.goto("/my/")
    page.get_by_role("link", name="去补正").first.click()
    look_both_ways(page, axe)
    page.locator("input[type=file]").set_input_files(folder / "布局图.png")
    with page.expect_navigation():
        page.get_by_role("button", name="交上补正材料").click()
    expect(page.locator(".ow-messages")).to_contain_text("收到您补来的材料")


def rate(page: Page, axe: Look, number: str) -> None:
    page.goto(f"/rate/{number}/")
    assert page.locator("input:checked").count() == 0
    page.get_by_text("不满意", exact=True).click()
    page.get_by_text("其他原因").locator("visible=true").click()
    page.get_by_text("服务态度生硬").click()
    axe(page)
    with page.expect_navigation():
        page.get_by_role("button", name="交上评价").click()
    expect(page.locator("main")).to_contain_text("已经列在监督部门的清单上")
    look_both_ways(page, axe)


def own_pages(page: Page, axe: Look) -> None:
    for path in (
        "/my/",
        "/my/messages/",
        "/my/papers/",
        "/my/people/",
        "/my/privacy/",
        "/my/privacy/erase/",
        "/outbox/",
    ):
        page.goto(path)
        look_both_ways(page, axe)


def letter_is_verified(page: Page, axe: Look, number: str) -> None:
    """The worker has made the decision's letter; its code is on the page of verification."""
    page.goto(f"/track/{number}/")
    link = page.get_by_role("link", name="准予行政许可决定书")
    for _ in range(300):
        if link.count():
            break
        page.wait_for_timeout(1000)
        page.reload()
    content = page.request.get(link.first.get_attribute("href") or "").body()
    assert content.startswith(b"%PDF-")
    page.goto("/verify/")
    page.locator("input[type=file]").set_input_files(
        {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": content}
    )
    with page.expect_navigation():
        page.get_by_role("button", name="核验文件").click()
    expect(page.locator("main")).to_contain_text("和我们保存的一字不差")
    axe(page)


def test_progress_is_asked_for_with_the_keyboard_alone_and_without_signing_in(
    page: Page, axe: Look, server: Installation
) -> None:
    number, code = office(server, "new").split()
    page.set_viewport_size(PHONE)
    page.goto("/track/")
    look_both_ways(page, axe)
    page.get_by_label("办件编号").focus()
    page.keyboard.type(number)
    page.keyboard.press("Tab")
    page.keyboard.type(code)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("食品经营许可")
    look_both_ways(page, axe)
    page.get_by_role("link", name="撤回申请").click()
    look_both_ways(page, axe)


def test_the_public_pages_stand_on_a_telephone_and_for_old_eyes(page: Page, axe: Look) -> None:
    for path in (
        "/",
        "/rules/?q=补正",
        "/rules/compare/?a=luoshan&b=hedong",
        "/rules/what-if/?place=luoshan&example=3",
        "/rules/what-if/?fact=Received&on=2026-09-24&fact=Granted&on=2026-09-25",
        "/public/granted/",
        "/verify/",
        "/register/",
    ):
        page.goto(path)
        look_both_ways(page, axe)


def test_applying_works_without_a_script(browser: Browser, server: Installation, tmp_path: Path) -> None:
    """What a browser without scripts sends by its buttons is kept all the same."""
    context = browser.new_context(base_url=server.url, java_script_enabled=False, locale="zh-CN")
    context.set_default_timeout(60_000)
    page = context.new_page()
    sign_in(page, "wangfang")
    page.goto("/search/?q=食品经营许可")
    page.get_by_role("link", name="食品经营许可（新办）").first.click()
    page.get_by_role("link", name="在线申请").click()
    page.get_by_text("看过了").click()
    page.get_by_role("button", name="开始填写").click()
    for words in ("饭馆、小吃店、饮品店", "不做", "经营者或者法定代表人自己办"):
        page.get_by_text(words, exact=True).click()
    page.get_by_role("button", name="保存并继续").click()
    page.get_by_label("经营场所面积").fill("46")
    page.get_by_role("button", name="保存并继续").click()
    expect(page.locator(".ow-errors")).to_contain_text("需要改")
    expect(page.get_by_label("经营场所面积")).to_have_value("46")
    page.get_by_role("link", name="删掉这份草稿").click()
    page.get_by_role("button", name="删掉").click()
    context.close()


def test_the_pages_before_anybody_signs_in_fit_a_telephone_and_a_desk(page: Page, axe: Look) -> None:
    for path in ("/", "/search/?q=食品", "/track/", "/accounts/login/"):
        page.goto(path)
        look_both_ways(page, axe)
    page.goto("/search/?handling=马上办")
    page.locator(".ow-hits a").first.click()
    look_both_ways(page, axe)
    expect(page.locator(".ow-guide__tags")).to_contain_text("马上办")
