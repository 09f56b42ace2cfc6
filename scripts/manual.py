"""手册图片: how do the screens look while one case is handled from the first search to the rating?

Starts a demonstration installation of its own on a free port, walks one whole case in a real browser and keeps
a small picture of each screen in docs/manual/pictures; then others, of places whose text differs. `--place`
walks in one of them alone, `--at URL` in an installation that runs already.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, sync_playwright
from pypdf import PdfReader
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.installation import installation, wait_until

from manual_correct import correcting
from manual_hall import HALL
from manual_hedong import differing
from manual_manage import managing
from manual_online import answering, applying, corrected, registering
from manual_special import pausing
from manual_walk import (
    ITEM,
    PHONE,
    SHOP,
    WANGFANG,
    Walk,
    choose,
    fill_form,
    judge_all,
    keep,
    open_file,
    submit,
    tick,
    track,
)
from manual_ways import following_papers, going_up, leaving, paying, promising, sampling

BUSY = "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"


def finding(walk: Walk) -> None:
    """申请人: from the question to the guide."""
    page = walk.somebody()
    page.goto("/")
    walk.picture(page, "home")
    page.goto("/search/?q=开饭店")
    walk.picture(page, "search")
    page.get_by_role("link", name=re.compile("^食品经营许可（新办）")).first.click()
    walk.picture(page, "guide")
    page.goto("/rules/")
    walk.picture(page, "rules")
    page.goto("/rules/compare/?a=luoshan&b=hedong")
    walk.picture(page, "compare")
    phone = walk.somebody(viewport=PHONE)
    phone.context.add_cookies([{"name": "ow_mode", "value": "elder", "url": walk.url}])
    phone.goto("/")
    walk.picture(phone, "elder")


def intake(walk: Walk) -> None:
    """窗口人员: the paper, the item, the materials, the form."""
    page = walk.somebody("liwei")
    walk.picture(page, "counter-start")
    open_file(page, SHOP, "uscc")
    choose(page, ITEM)
    walk.picture(page, "counter-sheet")
    judge_all(page)
    fill_form(page)
    walk.picture(page, "counter-form", focus=".ow-fill")
    page.keyboard.press("F8")
    page.wait_for_url("**/done/")
    page.locator("#letters a").nth(1).wait_for()
    walk.picture(page, "counter-done")
    walk.number, walk.code = numbers_of(page)
    letter(walk, page)


def numbers_of(page: Page) -> tuple[str, str]:
    """The case's number and its enquiry code, as the clerk reads them to the applicant."""
    found = re.search(r"查询码\s*(\d{6})", page.locator("main").inner_text())
    if found is None:
        raise SystemExit("the result page shows no enquiry code")
    return page.locator("main h1").inner_text().strip(), found.group(1)


def letter(walk: Walk, page: Page) -> None:
    """The acceptance letter: its code, and its picture where pdftoppm (poppler-utils) is installed."""
    address = page.locator("#letters a").last.get_attribute("href") or ""
    content = page.context.request.get(address).body()
    words = PdfReader(BytesIO(content)).pages[-1].extract_text()
    walk.proof = re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", words).group()  # type: ignore[union-attr]
    if shutil.which("pdftoppm") is None:
        print("letter.png stays as it is: pdftoppm is missing (apt-get install -y poppler-utils)")
        return
    with tempfile.TemporaryDirectory() as folder:
        pdf, drawn = Path(folder) / "letter.pdf", Path(folder) / "page"
        pdf.write_bytes(content)
        subprocess.run(["pdftoppm", "-r", "70", "-png", "-l", "1", "-singlefile", pdf, drawn], check=True)
        keep(drawn.with_suffix(".png").read_bytes(), "letter")


def correction(walk: Walk) -> None:
    """窗口人员: another application that lacks a paper."""
    page = walk.somebody("liwei")
    open_file(page, SHOP, "uscc")
    choose(page, ITEM)
    judge_all(page, lacking=2)
    fill_form(page)
    page.keyboard.press("F9")
    page.wait_for_url("**/ask/")
    walk.picture(page, "counter-ask")
    page.keyboard.press("F9")
    page.wait_for_url("**/done/")
    number, code = numbers_of(page)
    page.goto(f"/cases/{number}/do/came/")
    walk.picture(page, "counter-came")
    displeased(walk, number, code)


def displeased(walk: Walk, number: str, code: str) -> None:
    """申请人: he takes it back and says why."""
    page = track(walk.somebody(), number, code)
    page.goto(f"/track/{number}/withdraw/")
    page.fill("[name=last]", SHOP[-4:])
    page.get_by_role("button", name="撤回申请").click()
    page.goto(f"/rate/{number}/")
    tick(page.locator("#grade-2"))
    tick(page.locator("fieldset:has(input[value='207']) input").first)
    page.fill("[name=text]", "指南里没有材料样本，白跑了一趟。")
    page.get_by_role("button", name="交上评价").click()
    page.get_by_role("heading", name="谢谢您的评价").wait_for()


def following(walk: Walk) -> None:
    """申请人: where the case is, and why the day is the day."""
    page = track(walk.somebody(), walk.number, walk.code)
    walk.picture(page, "track")
    walk.picture(page, "track-why", focus="#why-h")


def examining(walk: Walk) -> None:
    """审核人员: the list, the case, the points, the opinion."""
    page = walk.somebody("zhangmin")
    page.goto("/desk/?tab=examine")
    walk.picture(page, "desk")
    page.goto(f"/cases/{walk.number}/time/")
    walk.picture(page, "case-time")
    page.goto(f"/cases/{walk.number}/")
    for row in page.locator("fieldset.ow-point").all():
        tick(row.locator("input[value=fits]"))
    page.locator("[name=second]").select_option(index=2)
    page.fill("[name=checked_on]", datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat())
    page.fill("[name=checked_at]", "测试路 60 号")
    page.fill("[name=check_record]", "两人到店，洗手池、冷藏设备和布局图一致，店主在场。")
    page.fill("#opinion", "材料齐全，现场与布局图相符，建议准予。")
    walk.picture(page, "case-examine")
    page.get_by_role("button", name=re.compile("建议准予")).click()
    page.get_by_text("审核意见已交").wait_for()


def deciding(walk: Walk) -> None:
    """部门负责人: the file with the opinion, sent back once, the decision."""
    page = walk.somebody("chenju")
    page.goto(f"/cases/{walk.number}/")
    walk.picture(page, "case-decide")
    page.goto(f"/cases/{walk.number}/do/send-back-review/")
    page.fill("[name=text]", "布局图上厨房只有 20 平方米，请核实面积。")
    submit(page)
    page.get_by_text("已退回重新审核").wait_for()
    again = walk.somebody("zhangmin")
    again.goto(f"/cases/{walk.number}/")
    walk.picture(again, "case-again")
    again.fill("#opinion", "厨房面积已核实，与布局图相符，建议准予。")
    again.get_by_role("button", name=re.compile("建议准予")).click()
    again.get_by_text("审核意见已交").wait_for()
    page.goto(f"/cases/{walk.number}/do/grant/")
    page.fill("[name=text]", "准予食品经营许可：热食类食品制售、自制饮品制售。")
    walk.picture(page, "case-grant")
    submit(page)
    page.get_by_text("已准予").first.wait_for()


def handing_over(walk: Walk) -> None:
    """出件窗口: identity, signature, end."""
    page = walk.somebody("zhoujie")
    page.goto("/issue/")
    walk.picture(page, "issue")
    page.goto(f"/cases/{walk.number}/do/hand-over/")
    page.fill("[name=taker_name]", "王芳")
    page.fill("[name=taker_paper]", WANGFANG)
    tick(page.locator("[name=relation][value=法定代表人]"))
    tick(page.locator("[name=signed]"))
    walk.picture(page, "hand-over")
    submit(page)
    page.get_by_text("本件办结").first.wait_for()
    walk.picture(page, "case-closed")


def rating(walk: Walk) -> None:
    """申请人: the end of the case, the rating, the letter verified."""
    page = track(walk.somebody(), walk.number, walk.code)
    page.get_by_role("link", name="评价这次服务").click()
    tick(page.locator("#grade-5"))
    walk.picture(page, "rate")
    submit(page)
    page.get_by_role("heading", name="谢谢您的评价").wait_for()
    page.goto(f"/verify/{walk.proof}/")
    walk.picture(page, "verify")


def keeping(walk: Walk) -> None:
    """督查 and 系统管理员: who looked at what, who sits where."""
    page = walk.somebody("sunli")
    page.goto("/watch/?list=ratings")
    walk.picture(page, "watch")
    page.goto("/manage/accesses/")
    walk.picture(page, "accesses")
    page = walk.somebody("wujing")
    page.goto("/catalogue/?q=食品经营许可")
    page.get_by_role("link", name=ITEM, exact=True).first.click()
    walk.picture(page, "catalogue")
    page = walk.somebody("admin")
    page.goto("/manage/organisation/")
    walk.picture(page, "organisation")
    page.get_by_role("link", name=re.compile("安排顶岗：.*市场监督管理局负责人")).first.click()
    walk.picture(page, "stand-in")
    page.goto("/manage/windows/")
    walk.picture(page, "windows")


SCENES: tuple[Callable[[Walk], None], ...] = (
    finding,
    intake,
    following,
    correction,
    examining,
    deciding,
    handing_over,
    rating,
    registering,
    applying,
    corrected,
    answering,
    correcting,
    pausing,
    following_papers,
    promising,
    paying,
    going_up,
    leaving,
    keeping,
    managing,
)
# The walk of each place; the first one is the county of the manual.
PLACES: dict[str, tuple[Callable[[Walk], None], ...]] = {
    "luoshan": (*SCENES, *HALL),
    "hedong": (differing,),
    "fangcheng": (sampling,),
}


@contextmanager
def walking(url: str, query: Callable[..., object] | None = None) -> Iterator[Walk]:
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        raise SystemExit("apt-get install -y chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=[*FLAGS, "--lang=zh-CN"])
        yield Walk(browser, url, query)
        browser.close()


def walk_through(place: str, url: str = "", *, hall: bool = False) -> None:
    """All scenes of a place, in the order in which they happen; in a fresh installation when no address is given."""
    os.environ.pop("DATABASE_URL", None)
    with nullcontext() if url else installation(PACK=place) as fresh:
        if fresh is not None:
            fresh.start()
            wait_until(lambda: fresh.query(BUSY) == [(0,)])  # the search finds everything
        with walking(url or fresh.url, fresh.query if fresh is not None else None) as walk:
            for scene in HALL if hall else PLACES[place]:
                print(f"{place}: {scene.__name__}", flush=True)
                scene(walk)
                walk.leave()


def main() -> int:
    """Walk through all places, or through one."""
    parser = ArgumentParser(prog="manual.py", description=__doc__)
    parser.add_argument("--place", choices=PLACES, help="this place alone")
    parser.add_argument(
        "--at",
        help="the address of an installation of that place that runs already, fresh and a demonstration",
    )
    parser.add_argument("--hall", action="store_true", help="the scenes of the hall alone")
    told = parser.parse_args()
    if told.hall:
        walk_through("luoshan", hall=True)
        return 0
    if told.at:
        walk_through(told.place or "luoshan", told.at)
        return 0
    for place in [told.place] if told.place else PLACES:
        walk_through(place)
    return 0


if __name__ == "__main__":
    sys.exit(main())
