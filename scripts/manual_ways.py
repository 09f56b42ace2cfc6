"""手册的其他办法部分: how do papers that follow, promises, fees, voidings, leave, sending up and 秒批 look?"""

import re

from playwright.sync_api import Page

from manual_special import FILLED, later
from manual_walk import (
    ITEM,
    SHOP,
    WANGFANG,
    Walk,
    choose,
    fill_agent,
    fill_form,
    judge_all,
    open_file,
    submit,
    tick,
)

PROMISED = "人力资源服务许可"
CHARGED = "居民身份证换领"
UPWARD = "教师资格认定（高中）"
AT_ONCE = "失业登记"


def following_papers(walk: Walk) -> None:
    """窗口人员: one paper that the guide lets follow is missing; the promise is read before it is signed."""
    page = walk.somebody("liwei")
    number = taken_in(page, ITEM, SHOP, lacking="食品安全规章制度")
    page.goto(f"/cases/{number}/do/accept-later/")
    walk.picture(page, "counter-later")
    tick(page.locator("[name=on_paper]"))
    submit(page)
    page.goto(f"/cases/{number}/")
    voiding(walk, number)


def voiding(walk: Walk, number: str) -> None:
    """审核人员: a fact that was written down by mistake, and what changes without it."""
    page = walk.somebody("zhangmin")
    page.goto(f"/cases/{number}/")
    address = page.locator("a[href*='/void/']").last.get_attribute("href") or ""
    page.goto(address)
    tick(page.locator("[name=cause]").first)
    page.fill("[name=reason]", "申请人来的是另一件，受理记错了件。")
    walk.picture(page, "case-void", focus="h1")


def promising(walk: Walk) -> None:
    """窗口人员: what is promised, what is demanded and what follows when it is not kept."""
    page = walk.somebody("liwei")
    number = taken_in(page, PROMISED, SHOP)
    page.goto(f"/cases/{number}/do/promise/")
    walk.picture(page, "counter-promise")


def paying(walk: Walk) -> None:
    """窗口人员: everything that is to be paid is told once; then the money is taken."""
    page = walk.somebody("liwei")
    number = taken_in(page, CHARGED, WANGFANG, key="F8")
    page.goto(f"/cases/{number}/do/bill/")
    page.fill("[name=count-0]", "1")
    submit(page)
    page.goto(f"/cases/{number}/do/collect/")
    walk.picture(page, "case-fee")


def going_up(walk: Walk) -> None:
    """部门负责人: looked at here, decided above."""
    page = walk.somebody("liwei")
    number = taken_in(page, UPWARD, WANGFANG, key="F8")
    examiner = walk.somebody("jiaoyu-sh")
    examiner.goto(f"/cases/{number}/")
    for row in examiner.locator("fieldset.ow-point").all():
        tick(row.locator("input[value=fits]"))
    examiner.fill("#opinion", "材料齐全，符合认定条件，建议报送。")
    examiner.get_by_role("button", name=re.compile("建议")).first.click()
    examiner.get_by_text("审核意见已交").wait_for()
    head = walk.somebody("jiaoyu-fz")
    head.goto(f"/cases/{number}/do/send-up/")
    head.fill("[name=opinion]", "初审合格，同意报送。")
    walk.picture(head, "case-up")


def leaving(walk: Walk) -> None:
    """审核人员: a leave with who stands in for him."""
    page = walk.somebody("zhangmin")
    page.goto("/absence/new/")
    page.locator("[name=kind]").first.evaluate("e => e.tagName === 'SELECT' ? e.value = 'leave' : e.click()")
    page.fill("[name=since]", later(14))
    page.fill("[name=until]", later(16))
    submit(page)
    page.goto("/absence/")
    walk.picture(page, "absence")


def sampling(walk: Walk) -> None:
    """督查: what a decision table granted by itself is looked at by a person afterwards."""
    page = walk.somebody("liwei")
    number = taken_in(page, AT_ONCE, WANGFANG)
    watch = walk.somebody("sunli")
    for _ in range(30):
        watch.goto("/watch/?list=instant")
        if watch.get_by_role("link", name=number).count():
            break
        watch.wait_for_timeout(1000)
    watch.locator("a[href*='/watch/instant/']").first.click()
    walk.picture(watch, "watch-instant")


def taken_in(page: Page, item: str, whose: str, *, key: str = "F7", lacking: str = "") -> str:
    """All of it fits, but the paper named; answers the number."""
    page.goto("/counter/")
    open_file(page, whose, "uscc" if whose == SHOP else "resident")
    choose(page, item)
    judge_all(page)
    if lacking:
        row = page.locator("fieldset.ow-check", has_text=lacking).first
        tick(row.locator("input[value=missing]"))
        row.locator("input[name^=why-]").fill("还没有写好，答应补来")
    if item == ITEM:
        fill_form(page)
    else:
        page.evaluate(FILLED)
        if whose == SHOP:
            fill_agent(page)
    page.keyboard.press(key)
    page.wait_for_url("**/done/")
    return page.locator("main h1").inner_text().strip()
