"""A day of a hall on all its screens at once: a kiosk, four windows worked by keys alone, a display, a telephone, a pad."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.test_hall import (  # the fixtures and the sizes of the screens of a hall
    BACK,
    PAD,
    PHONE,
    SOON,
    UPRIGHT,
    WALL,
    day,
    emptied,
    keys,
    screen,
    taken,
)
from tests.installation import Installation, wait_until

pytestmark = pytest.mark.browser
Look = Callable[[Page], None]
__all__ = ["keys", "screen"]
DESK = (1280, 900)
FARTHEST = 120  # presses of the Tab key; nothing of a page lies farther from its beginning


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    """Go there with the Tab key, as somebody without a mouse, and press."""
    for _ in range(FARTHEST):
        if target.evaluate("one => one === document.activeElement"):
            page.keyboard.press(key)
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no Tab leads to {target}")


def key(desk: Page, name: str) -> None:
    """A key of the bar, when the page that came last listens to keys."""
    desk.wait_for_load_state("load")
    desk.keyboard.press(name)


def opened(desk: Page, button: str) -> Locator:
    """The button of 别的 (F10) with this word."""
    key(desk, "F10")
    found = desk.locator(f".ow-queue details[open] button:text-is('{button}')")
    expect(found).to_be_visible()
    return found


def number_at(desk: Page) -> str:
    return desk.inner_text(".ow-queue .ow-ticket")


def called(desk: Page, word: str = "叫了 1 次") -> str:
    """F2 calls; the number that is there then."""
    key(desk, "F2")
    expect(desk.locator(".ow-queue__now")).to_contain_text(word)
    return number_at(desk)


def begun(desk: Page) -> None:
    key(desk, "F2")
    expect(desk.locator(".ow-queue__now")).to_contain_text("正在办理")


def finished(desk: Page) -> None:
    key(desk, "F3")
    expect(desk.locator(".ow-queue__now")).to_contain_text("窗口空闲")


def stages(server: Installation) -> dict[str, str]:
    """Of the numbers of this story."""
    rows = server.query(
        "SELECT number, stage FROM hall_ticket WHERE ended_at IS NULL OR ended_at > now() - interval '30 min'"
    )
    return dict(rows)  # type: ignore[arg-type]


@pytest.fixture
def desks(server: Installation, screen: Callable[..., Page]) -> list[Page]:
    """The counter pages of four clerks at windows 1 to 4."""
    emptied(server)
    made = []
    for number in "1234":
        page = screen(DESK)
        session = day(server, "seat", number)
        page.context.add_cookies([{"name": "onewindow_session", "value": session, "url": server.url}])
        page.goto("/counter/")
        expect(page.locator(".ow-queue__now")).to_contain_text("窗口空闲")
        made.append(page)
    return made


def test_a_whole_day_on_all_screens_with_keys_alone_at_the_windows(
    server: Installation, screen: Callable[..., Page], keys: dict[str, Any], desks: list[Page], axe: Look
) -> None:
    one, two, three, four = desks
    kiosk, wall, phone, pad = screen(UPRIGHT, "kiosk"), screen(WALL), screen(PHONE), screen(PAD, "pad")
    wall.goto(f"/hall/{keys['hall']}/display/")
    pad.goto("/hall/pad/")
    people = [taken(kiosk) for _ in range(5)]
    numbers = [number for number, _ in people]
    phone.context.add_cookies([{"name": "ow_mode", "value": "elder", "url": server.url}])
    phone.goto(f"/hall/n/{people[1][1]}/")
    expect(phone.locator(".ow-number__wait")).to_contain_text("1 人")
    assert phone.locator("html, body").evaluate_all(
        "all => all.some(one => /elder/.test(one.className + ' ' + (one.dataset.mode || '')))"
    )

    # Four are called, in the order in which they came.
    assert [called(desk) for desk in desks] == numbers[:4]
    for number in numbers[:4]:
        expect(wall.locator("body")).to_contain_text(number, timeout=SOON)
    expect(phone.locator(".ow-number__word")).to_contain_text("2 号窗口", timeout=SOON)
    pictured(kiosk=kiosk, wall=wall, phone=phone, desk=three)
    for page in (kiosk, wall, phone, *desks):
        axe(page)

    # The first does not come: called again, missed, back in the line behind the fifth.
    for times in (2, 3):
        key(one, "F3")
        expect(one.locator(".ow-queue__now")).to_contain_text(f"叫了 {times} 次")
    press(one, opened(one, "过号"))
    expect(one.locator(".ow-queue__wait summary")).to_contain_text("过号 1")
    press(one, one.locator(".ow-queue__wait summary"))
    press(one, one.locator(".ow-queue__wait button:has-text('回队')"))
    expect(one.locator(".ow-queue__wait summary")).to_have_count(0)
    assert called(one) == numbers[4]

    # The second copies something meanwhile, the window calls the first, who is there now.
    begun(two)
    press(two, opened(two, "挂起"))
    expect(two.locator(".ow-queue__wait summary")).to_contain_text("挂起 1")
    assert called(two) == numbers[0]
    begun(two)
    finished(two)
    press(two, two.locator(".ow-queue__wait summary"))
    press(two, two.locator(".ow-queue__wait button:has-text('恢复')"))
    expect(two.locator(".ow-queue .ow-ticket")).to_have_text(numbers[1])
    begun(two)

    # The third is served and rates; the fourth is sent over to that window.
    begun(three)
    finished(three)
    expect(pad.locator("h1")).to_contain_text("满意吗")
    expect(pad.locator("body")).to_contain_text(numbers[2])
    axe(pad)
    pictured(pad=pad)
    pad.click(".grades button >> nth=0")
    expect(pad.locator("h1")).to_contain_text("谢谢")
    begun(four)
    moves = opened(four, "转移")
    press(four, four.locator("#qt"), "3")  # the option that begins with 3: window 3
    expect(four.locator("#qt")).to_have_value(f"window-{keys['window']}")
    press(four, moves)
    expect(four.locator(".ow-queue__now")).to_contain_text("窗口空闲")
    assert called(three) == numbers[3]

    # The server goes and comes back: the display by itself, the windows where they were, nobody called twice.
    server.stop()
    expect(wall.locator("[data-lost]")).to_be_visible()
    server.start()
    wait_until(lambda: server.status(f"/hall/{keys['hall']}/display/now/") == 200)
    expect(wall.locator("[data-lost]")).to_be_hidden(timeout=BACK)
    expect(wall.locator("body")).to_contain_text(numbers[4])
    for desk in (one, three):
        desk.goto("/counter/")
        begun(desk)
    for desk in (one, two, three):
        finished(desk)
    twice = "SELECT count(*) FROM journal_entry e JOIN hall_ticket t USING (subject_id) WHERE e.fact = 'TicketCalled'"
    left = {number: stages(server)[number] for number in numbers}
    assert left == dict.fromkeys(numbers, "done")
    # Once each, and once more whoever was missed and whoever was moved.
    assert server.query(f"{twice} AND t.number IN {tuple(numbers)}") == [(len(numbers) + 2,)]
    expect(phone.locator(".ow-number__word")).to_contain_text("已办结", timeout=BACK)


def pictured(**pages: Page) -> None:
    """For whoever wants to look: pictures of the screens in the folder that `ONEWINDOW_PICTURES` names."""
    if folder := os.environ.get("ONEWINDOW_PICTURES"):
        for name, page in pages.items():
            page.screenshot(path=Path(folder) / f"hall-{name}.png")
