"""A hall with its screens side by side: kiosk, displays, telephone and pad, while the server lives, dies and comes back."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import PROJECT
from tests.browser.test_counter_journey import sign_in
from tests.installation import Installation, wait_until

pytestmark = pytest.mark.browser
Look = Callable[[Page], None]
DAY = PROJECT / "tests" / "browser" / "hall_day.py"
PAPER = "991523198803100426"
WALL, UPRIGHT, PHONE, PAD = (1920, 1080), (1080, 1920), (360, 760), (1280, 800)
BACK = 30_000.0  # milliseconds: a display that does not come back by itself never does
SOON = 1000.0  # milliseconds after a call in which every screen has changed


def day(server: Installation, *words: str) -> str:
    """What the clerks do in between."""
    told = {"DJANGO_SETTINGS_MODULE": "onewindow.config.settings", "ONEWINDOW_DEMO": "1"}
    environment = {**server.environment, **told, "ONEWINDOW_DATABASE": server.dsn}
    command = [sys.executable, str(DAY), *words]
    done = subprocess.run(
        command, env=environment, check=True, cwd=PROJECT, stdout=subprocess.PIPE, text=True
    )
    return done.stdout.strip()


@pytest.fixture(scope="module")
def keys(server: Installation) -> dict[str, Any]:
    """The keys of the kiosk and of the pad at window 3."""
    return dict(json.loads(day(server, "lay")))


@pytest.fixture
def screen(browser: Browser, server: Installation, keys: dict[str, Any]) -> Iterator[Callable[..., Page]]:
    """A screen of the hall of its size, as a machine or as anybody's."""
    opened = []

    def open_(size: tuple[int, int], machine: str = "") -> Page:
        context = browser.new_context(
            base_url=server.url,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={"width": size[0], "height": size[1]},
        )
        opened.append(context)
        if machine:
            context.add_cookies([{"name": "onewindow_device", "value": keys[machine], "url": server.url}])
        return context.new_page()

    yield open_
    for context in opened:
        context.close()


def taken(kiosk: Page) -> tuple[str, str]:
    """Somebody presses 取号, the first line, and 取号 again; his number and the code of its page."""
    kiosk.goto("/hall/kiosk/")
    kiosk.add_init_script("window.print = () => {}")
    kiosk.click(".three .big")
    kiosk.click(".choose a >> nth=0")
    kiosk.click(".who > .main")
    kiosk.wait_for_url("**/slip/**")
    return kiosk.inner_text(".got h1"), kiosk.url.rstrip("/").split("/")[-1]


def emptied(server: Installation) -> None:
    """Nobody stands at window 3."""
    server.query(
        "UPDATE hall_ticket SET stage = 'done', ended_at = now() - interval '1 hour' WHERE stage <> 'done'"
    )


@pytest.mark.req("ZH-2.3.2.1b")
@pytest.mark.req("JN-9h")
def test_a_number_from_the_kiosk_is_called_and_every_screen_shows_it_within_a_second(
    server: Installation, screen: Callable[..., Page], keys: dict[str, Any], axe: Look
) -> None:
    emptied(server)
    kiosk, wall, above = screen(UPRIGHT, "kiosk"), screen(WALL), screen(WALL)
    wall.goto(f"/hall/{keys['hall']}/display/")
    above.goto(f"/hall/windows/{keys['window']}/")
    expect(above.locator(".state")).to_contain_text("请等叫号")
    number, code = taken(kiosk)
    expect(wall.locator(".wt div").first).to_contain_text("1 人", timeout=SOON)
    phone = screen(PHONE)
    phone.goto(f"/hall/n/{code}/")
    expect(phone.locator(".ow-number__wait")).to_contain_text("0 人")
    axe(kiosk)
    assert day(server, "call").split()[0] == number
    for page, place in ((wall, ".call .t"), (above, ".state.on .t"), (phone, ".ow-number--called")):
        expect(page.locator(place)).to_contain_text(number, timeout=SOON)
    expect(phone.locator(".ow-number__word")).to_contain_text("3 号窗口")
    for page in (wall, above, phone):
        axe(page)
        assert "王芳" not in page.inner_text("body")
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_the_bar_calls_who_came_to_the_kiosk_with_his_paper_and_the_pad_asks_him_afterwards(
    server: Installation, screen: Callable[..., Page], axe: Look
) -> None:
    emptied(server)
    kiosk, desk, pad = screen(UPRIGHT, "kiosk"), screen((1280, 900)), screen(PAD, "pad")
    pad.goto("/hall/pad/")
    kiosk.goto("/hall/kiosk/booking/")
    axe(kiosk)
    for key in "ABCDEFGH":
        kiosk.click(f".keys button:text-is('{key}')")
    kiosk.click(".two button")
    expect(kiosk.locator("[role=alert]")).to_contain_text("没有这个预约")
    kiosk.click("a:has-text('输入证件号')")
    kiosk.wait_for_url("**/paper/")
    kiosk.keyboard.type(PAPER)
    kiosk.keyboard.press("Enter")
    kiosk.click(".choose a >> nth=0")
    kiosk.click(".who > .main")
    kiosk.wait_for_url("**/slip/**")
    number = kiosk.inner_text(".got h1")
    sign_in(desk, "liwei")
    desk.goto("/counter/")
    bar = desk.locator(".ow-queue")
    for key, told in (("F2", "叫了 1 次"), ("F3", "叫了 2 次"), ("F2", "正在办理")):
        desk.keyboard.press(key)
        expect(bar).to_contain_text(told)
        expect(bar.locator(".ow-ticket")).to_have_text(number)
    expect(desk.locator("main")).to_contain_text("王芳要办什么事")
    axe(desk)
    desk.keyboard.press("F3")
    expect(pad.locator("h1")).to_contain_text("满意吗")
    expect(pad.locator("body")).to_contain_text(number)
    expect(desk.locator("main h1")).to_have_text("刷证件")
    expect(desk.locator("main")).not_to_contain_text("王芳要办什么事")
    pad.click(".grades button >> nth=0")
    expect(pad.locator("h1")).to_contain_text("谢谢")
    rows = "SELECT r.grade FROM feedback_rating r JOIN hall_ticket t USING (subject_id) WHERE t.number = %s"
    assert server.query(rows % f"'{number}'") == [(5,)]


def test_after_the_service_the_pad_asks_once_and_thanks(
    server: Installation, screen: Callable[..., Page], axe: Look
) -> None:
    emptied(server)
    pad = screen(PAD, "pad")
    pad.goto("/hall/pad/")
    expect(pad.locator(".rest")).to_contain_text("为您服务")
    day(server, "take", "1")
    for step in ("call", "begin", "finish"):
        day(server, step)
    expect(pad.locator("h1")).to_contain_text("满意吗")
    assert pad.locator(":checked").count() == 0
    axe(pad)
    pad.click(".grades button >> nth=3")
    expect(pad.locator("#because-2")).to_be_visible()
    axe(pad)
    pad.click("#because-2 label >> nth=0")
    pad.click("#because-2 .main")
    expect(pad.locator("h1")).to_contain_text("谢谢")
    ((grade, reasons),) = server.query(
        "SELECT grade, reasons FROM feedback_rating WHERE channel = 'pad' ORDER BY id DESC LIMIT 1"
    )
    assert grade == 2
    assert len(reasons) == 1


def test_calls_are_said_in_order_and_never_twice(
    server: Installation, screen: Callable[..., Page], keys: dict[str, Any]
) -> None:
    emptied(server)
    wall = screen(WALL)
    asked: list[str] = []
    wall.on("request", lambda one: asked.append(one.url) if "/voice/" in one.url else None)
    day(server, "take", "3")
    day(server, "call", "2")
    wall.goto(f"/hall/{keys['hall']}/display/")
    wall.mouse.click(960, 540)  # a browser says nothing before somebody has touched the screen
    day(server, "call", "3")
    day(server, "call", "4")
    expect(wall.locator("html")).to_have_attribute("data-said", "2")
    first = [one.rpartition("?c=")[2] for one in asked]
    tickets = [int(key.partition("-")[0]) for key in dict.fromkeys(first)]
    assert len(tickets) == 2  # who was called before the display was switched on is not called again
    assert tickets == sorted(tickets)
    wall.reload()
    wall.wait_for_timeout(500)
    assert set(one.rpartition("?c=")[2] for one in asked) == set(first)


def test_the_kiosk_forgets_whoever_walked_away(screen: Callable[..., Page]) -> None:
    kiosk = screen(UPRIGHT, "kiosk")
    kiosk.clock.install()
    kiosk.goto("/hall/kiosk/paper/")
    for key in "9915":
        kiosk.click(f".keys button:has-text('{key}')")
    assert kiosk.input_value("#paper") == "9915"
    kiosk.clock.fast_forward(61_000)
    kiosk.wait_for_url("**/hall/kiosk/")
    kiosk.go_back()
    assert kiosk.locator("#paper").count() == 0 or kiosk.input_value("#paper") == ""


def test_a_display_comes_back_by_itself_after_the_server_was_gone(
    server: Installation, screen: Callable[..., Page], keys: dict[str, Any]
) -> None:
    emptied(server)
    wall = screen(WALL)
    wall.goto(f"/hall/{keys['hall']}/display/")
    expect(wall.locator("[data-lost]")).to_be_hidden()
    server.stop()
    expect(wall.locator("[data-lost]")).to_be_visible()
    server.start()
    day(server, "take", "1")
    number = day(server, "call").split()[0]
    wait_until(lambda: server.status(f"/hall/{keys['hall']}/display/now/") == 200)
    expect(wall.locator(".call .t")).to_have_text(number, timeout=BACK)
    expect(wall.locator("[data-lost]")).to_be_hidden(timeout=BACK)


def test_a_display_says_that_its_line_is_gone_and_comes_back(
    server: Installation, screen: Callable[..., Page], keys: dict[str, Any]
) -> None:
    emptied(server)
    wall = screen(WALL)
    wall.goto(f"/hall/{keys['hall']}/display/")
    wall.context.set_offline(True)
    expect(wall.locator("[data-lost]")).to_be_visible()
    day(server, "take", "1")
    number = day(server, "call").split()[0]
    wall.context.set_offline(False)
    expect(wall.locator(".call .t")).to_have_text(number, timeout=BACK)
    expect(wall.locator("[data-lost]")).to_be_hidden(timeout=BACK)
