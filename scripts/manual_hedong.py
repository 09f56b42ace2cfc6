"""手册的河东部分: what looks different where the text of the place differs: who may refuse, and where results go out?"""

from playwright.sync_api import Page

from manual_walk import ITEM, SHOP, Walk, choose, fill_form, judge_all, open_file, submit, tick

REASONS = "申请的经营场所在本区以外，不属于可以受理的情形。"
BASIS = "《中华人民共和国行政许可法》第三十二条第一款"


def differing(walk: Walk) -> None:
    """河东: its own name and brand; a window proposes to refuse, the head confirms, one window issues."""
    page = walk.somebody()
    page.goto("/")
    walk.picture(page, "hedong-home")
    number = proposed(walk)
    confirmed(walk, number)
    issued(walk)


def proposed(walk: Walk) -> str:
    """窗口人员: F12 proposes and decides nothing."""
    page = walk.somebody("liwei")
    page.goto("/counter/")
    open_file(page, SHOP, "uscc")
    choose(page, ITEM)
    judge_all(page)
    fill_form(page)
    page.keyboard.press("F12")
    page.locator("[name=reasons]").wait_for()
    tick(page.locator("[name=kind]").first)
    page.fill("[name=reasons]", REASONS)
    page.fill("[name=basis]", BASIS)
    walk.picture(page, "hedong-propose")
    submit(page)
    page.wait_for_url("**/done/")
    return page.locator("main h1").inner_text().strip()


def confirmed(walk: Walk, number: str) -> None:
    """部门负责人: what was proposed, and the second word on it."""
    page = walk.somebody("chenju")
    page.goto(f"/cases/{number}/do/confirm/")
    walk.picture(page, "hedong-confirm")
    submit(page)
    page.wait_for_url(f"**/cases/{number}/")


def issued(walk: Walk) -> None:
    """统一出证: the letter waits there to be served."""
    page = walk.somebody("zhoujie")
    waited(page)
    walk.picture(page, "hedong-issue")


def waited(page: Page) -> None:
    """Until the letter is made."""
    for _ in range(30):
        page.goto("/issue/?shelf=letters")
        if page.locator("main table").count():
            return
        page.wait_for_timeout(1000)
    raise SystemExit("no letter waits to be served")
