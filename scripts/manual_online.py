"""手册的网上部分: how do registering, applying, going on elsewhere, uploading and answering a notice look?"""

import re

from playwright.sync_api import Page
from tests.fakes.papers import pdf, png

from manual_walk import ANSWERS, ITEM, PHONE, Walk, submit, tick


def registering(walk: Walk) -> None:
    """申请人: an account of one's own, on the telephone."""
    page = walk.somebody(viewport=PHONE)
    page.goto("/register/")
    page.fill("[name=phone]", "10023456789")
    page.get_by_role("button", name="获取验证码").click()
    page.get_by_role("heading", name="注册").wait_for()
    walk.picture(page, "register")


def applying(walk: Walk) -> None:
    """申请人: begun at a desk, gone on with on the telephone, handed in."""
    page = walk.somebody("wangfang")
    page.goto("/search/?q=食品经营许可")
    page.get_by_role("link", name=ITEM).first.click()
    page.get_by_role("link", name="在线申请").click()
    tick(page.locator("input[name=applicant]").first)
    page.get_by_text("看过了").click()
    page.get_by_role("button", name="开始填写").click()
    for words in ("饭馆、小吃店、饮品店", "不做", "经营者或者法定代表人自己办"):
        page.get_by_text(words, exact=True).click()
    walk.picture(page, "apply-situation")
    page.get_by_role("button", name="保存并继续").click()
    fill(page)
    walk.picture(page, "apply-form", focus="form .ow-formpart")
    go_on_elsewhere(walk)


def fill(page: Page) -> None:
    """The item's own form; every answer is kept while one types."""
    page.get_by_text("餐饮服务经营者", exact=True).click()
    page.get_by_text("热食类食品制售", exact=True).click()
    page.locator("fieldset", has_text="是否通过网络经营").get_by_text("否", exact=True).click()
    for name, text in ANSWERS.items():
        page.fill(f"main [name={name}]", text)
    with page.expect_response(re.compile("/save/")):
        page.fill("main [name=staff]", "4")
    page.locator("#saved").get_by_text("已保存").wait_for()


def go_on_elsewhere(walk: Walk) -> None:
    """The same application on another device: the papers, a last look, and the number."""
    page = walk.somebody("wangfang", viewport=PHONE)
    page.goto("/my/")
    walk.picture(page, "my")
    page.get_by_role("link", name="接着填").first.click()
    page.get_by_role("heading", name="上传材料").wait_for()
    add(page, "操作流程图", "布局图.png", png(300, 200))
    add(page, "规章制度目录", "制度.pdf", pdf())
    walk.picture(page, "apply-papers", focus="li.ow-card:has-text('操作流程图')")
    page.get_by_role("link", name="下一步，核对").click()
    page.get_by_text("窗口领取").click()
    page.get_by_text("我保证所填内容").click()
    page.get_by_role("button", name="提交申请").click()
    numbers = page.locator(".ow-apply__numbers dd")
    numbers.first.wait_for()
    walk.picture(page, "apply-done")
    walk.online = numbers.first.inner_text()


def add(page: Page, material: str, name: str, content: bytes) -> None:
    """One file for one material."""
    card = page.locator("li.ow-card", has_text=material)
    if card.locator("details:not([open])").count():
        card.locator("summary").click()
    kind = "image/png" if name.endswith("png") else "application/pdf"
    card.locator("input[type=file]").set_input_files({"name": name, "mimeType": kind, "buffer": content})
    card.get_by_role("button", name="上传").click()
    page.locator("li.ow-card", has_text=material).get_by_text(name).first.wait_for()


def corrected(walk: Walk) -> None:
    """审核人员: what was uploaded is looked at, and what is wrong is said once."""
    page, wrong = walk.somebody("zhangmin"), "布局图上没有标出水池，请标出后重新上传"
    page.goto(f"/cases/{walk.online}/do/judge/?then=accept")
    for place, row in enumerate(page.locator("fieldset.ow-check").all()):
        if not row.locator("input[value=none]:checked").count():
            tick(row.locator(f"input[value={'wrong' if place == 1 else 'fits'}]"))
    page.locator("input[name^=why-]").nth(1).fill("布局图上没有标出水池")
    walk.picture(page, "judge")
    submit(page)
    page.wait_for_url(f"**/cases/{walk.online}/do/ask/")
    page.locator("[name^=demand-]").first.fill(wrong)
    submit(page)
    page.wait_for_url(f"**/cases/{walk.online}/")


def answering(walk: Walk) -> None:
    """申请人: the message, and the answer."""
    page = walk.somebody("wangfang", viewport=PHONE)
    page.goto("/my/messages/")
    for _ in range(20):
        if page.get_by_text("补正").count():
            break
        page.wait_for_timeout(1000)
        page.reload()
    walk.picture(page, "messages")
    page.goto(f"/track/{walk.online}/correct/")
    walk.picture(page, "correct")
    page.goto("/my/people/")
    walk.picture(page, "people")
    page.goto("/my/privacy/")
    walk.picture(page, "privacy")
