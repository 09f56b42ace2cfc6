"""手册的浏览器: who sits at it, what is kept of what it shows, and the steps that several scenes take?"""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from onewindow.rules.identity import demo_id, demo_uscc

PROJECT = Path(__file__).resolve().parents[1]
PICTURES = PROJECT / "docs" / "manual" / "pictures"
PASSWORD = "yichuang-2026"  # printed at every demonstration's start
LARGEST = 120_000  # bytes
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}
SHOP = demo_uscc("92", 20261121)
WANGFANG = demo_id(1523, date(1988, 3, 10), 42)
ITEM = "食品经营许可（新办）"
ANSWERS = {
    "premises": "测试省测试市罗山县测试路 60 号",
    "area": "68",
    "kitchen_area": "22",
    "safety_officer": "王芳",
    "safety_officer_phone": "10095715339",
    "staff": "3",
}


class Walk:
    """One browser, somebody at it, and the pictures that are kept."""

    def __init__(self, browser: Browser, url: str, query: Callable[..., object] | None = None) -> None:
        self.browser, self.url, self._query = browser, url, query
        self.number, self.code, self.proof, self.online = "", "", "", ""
        self._open: list[BrowserContext] = []

    def somebody(self, username: str = "", viewport: dict[str, int] | None = None) -> Page:
        """A fresh browser; signed in when a user name is given."""
        context = self.browser.new_context(
            base_url=self.url,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport=viewport or DESK,  # type: ignore[arg-type]
            reduced_motion="reduce",
        )
        context.set_default_timeout(20_000)
        self._open.append(context)
        page = context.new_page()
        if username:
            page.goto("/accounts/login/")
            page.fill("#id_login", username)
            page.fill("#id_password", PASSWORD)
            page.locator("main form button[type=submit]").first.click()
            page.wait_for_load_state()
        return page

    def query(self, statement: str, *told: object) -> None:
        """Set the clock of the hall by its hours; only in an installation of the walk's own."""
        if self._query is None:
            raise SystemExit("the scenes of the hall need an installation of their own, without --at")
        self._query(statement, *told)

    def leave(self) -> None:
        """Close all windows."""
        while self._open:
            self._open.pop().close()

    def picture(self, page: Page, name: str, *, focus: str = "") -> None:
        """Keep what the screen shows; `focus` is brought to its upper part first."""
        page.wait_for_load_state("networkidle")
        if focus:
            page.locator(focus).first.evaluate("e => e.scrollIntoView({block: 'start'})")
        keep(page.screenshot(animations="disabled"), name)


def keep(png: bytes, name: str) -> None:
    """Write the picture with as few colours as it needs to be small."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    picture = Image.open(BytesIO(png)).convert("RGB")
    for colours in (128, 64, 32, 16):
        out = BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() <= LARGEST:
            break
    (PICTURES / f"{name}.png").write_bytes(out.getvalue())
    print(f"{name}.png {out.tell() // 1000} kB", flush=True)


def tick(choice: Locator) -> None:
    """Choose a circle or a box that its own label covers."""
    choice.evaluate("e => e.checked || e.click()")


def track(page: Page, number: str, code: str) -> Page:
    page.goto("/track/")
    page.fill("main [name=number]", number)
    page.fill("main [name=code]", code)
    page.locator("main form button[type=submit]").first.click()
    page.locator("#line-h").wait_for()
    return page


def open_file(page: Page, number: str, kind: str = "resident") -> None:
    page.select_option("#id_paper_kind", kind)
    page.fill("#id_paper_number", number)
    page.keyboard.press("Enter")
    page.locator("#q").wait_for()


def choose(page: Page, item: str) -> None:
    page.fill("#q", item[:4])
    page.locator("#items button", has_text=item).first.click()
    page.locator("#sheet").wait_for()


def judge_all(page: Page, *, lacking: int = 0) -> None:
    """Every material that must come fits; the first `lacking` ones are missing."""
    for row in page.locator("fieldset.ow-check").all():
        if row.locator("input[value=none]:checked").count():
            continue
        wanted = "missing" if lacking > 0 else "fits"
        tick(row.locator(f"input[value={wanted}]"))
        if lacking > 0:
            row.locator("input[name^=why-]").fill("没有带来，请照样表填写后交来")
        lacking -= 1


def fill_form(page: Page) -> None:
    """The fields of the food licence, as the applicant tells them."""
    tick(page.locator("input[name=business_type]").nth(1))
    tick(page.locator("input[name=projects]").nth(1))
    tick(page.locator("input[name=projects]").nth(5))
    tick(page.locator("input[name=online_sale]").nth(1))
    for name, text in ANSWERS.items():
        page.fill(f"#sheet [name={name}]", text)
    fill_agent(page)


def fill_agent(page: Page) -> None:
    """Who comes for the firm."""
    for name, text in (("agent_number", WANGFANG), ("agent_name", "王芳"), ("agent_phone", "10095715339")):
        field = page.locator(f"#sheet [name={name}]")
        if not field.is_visible():
            page.locator("details.ow-more summary", has_text="经办人").click()
        field.fill(text)


def submit(page: Page) -> None:
    """The page's own form; the walk ends with the page's own words when it is refused."""
    with page.expect_response(lambda answer: answer.request.method == "POST") as sent:
        page.locator("main form button[type=submit]").first.click()
    if sent.value.status >= 400:
        page.wait_for_load_state()
        raise SystemExit(f"{page.url}: {page.locator('.ow-errors, main').first.inner_text()}")
