"""A letter that is still being made appears by itself when the worker has made it: no reloading, no asking over and over."""

import os
import signal
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from playwright.sync_api import Browser, Page, Request, expect
from tests.browser.test_counter_journey import sign_in, taken_in
from tests.installation import Installation, free_port, installation, prepared, wait_until

pytestmark = pytest.mark.browser
PATIENCE = 60_000  # milliseconds, of a machine that does much else
READ_AGAIN = "/letters/"
_BUSY = "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"


def pids(server: Installation, word: str) -> list[int]:
    return [pid for pid, words in server.processes().items() if word in words]


@contextmanager
def letters_held(server: Installation) -> Iterator[None]:
    """No letter can be kept while this lasts, as when the worker has much to do; everything can be read."""
    wait_until(lambda: server.query(_BUSY) == [(0,)])
    with psycopg.connect(server.dsn) as connection:
        connection.execute("LOCK TABLE letters_letter IN SHARE ROW EXCLUSIVE MODE")
        yield


class Asked(list[str]):
    """How often the page read its letters again."""

    def __call__(self, request: Request) -> None:
        if request.url.endswith(READ_AGAIN):
            self.append(request.url)


def mark(page: Page) -> None:
    """What a reload would wipe out."""
    page.evaluate("window.neverReloaded = true")


def never_reloaded(page: Page) -> bool:
    return bool(page.evaluate("window.neverReloaded === true"))


def code(url: str, cookie: str = "") -> int:
    try:
        with urllib.request.urlopen(
            urllib.request.Request(url, headers={"Cookie": cookie}), timeout=10
        ) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return int(error.code)


def test_the_counter_and_the_case_page_show_the_letter_when_it_is_there(
    page: Page, server: Installation, browser: Browser
) -> None:
    asked = Asked()
    page.set_default_timeout(PATIENCE)
    with letters_held(server):
        number = taken_in(page)
        page.on("request", asked)
        mark(page)
        expect(page.locator("#letters")).to_contain_text("受理通知书正在生成")
        other = browser.new_context(base_url=server.url).new_page()
        sign_in(other, "zhangmin")
        other.goto(f"/cases/{number}/")
        mark(other)
        expect(other.locator("[data-letters]")).to_contain_text("受理通知书正在生成")
        page.wait_for_timeout(4000)
        assert len(asked) <= 3  # on joining, and when the database listens; not again and again
    expect(page.locator("#letters a")).to_have_count(2, timeout=PATIENCE)
    expect(page.locator("#letters")).not_to_contain_text("正在生成")
    expect(other.locator("[data-letters] a.ow-doc")).to_have_count(2, timeout=PATIENCE)
    assert never_reloaded(page)
    assert never_reloaded(other)
    other.context.close()


def test_the_stream_of_a_case_is_for_the_browser_whose_page_was_opened(
    page: Page, server: Installation
) -> None:
    page.set_default_timeout(PATIENCE)
    taken_in(page)
    stream = server.url + str(page.locator("#letters").get_attribute("data-stream"))
    session = next(one for one in page.context.cookies() if one["name"] == "onewindow_session")
    cookie = f"onewindow_session={session['value']}"
    assert code(stream, cookie) == 200
    assert code(stream) == 403
    assert code(stream, "onewindow_session=another") == 403
    assert code(stream.partition("?")[0], cookie) == 403
    channel = str(page.locator("#letters").get_attribute("data-channel"))
    assert code(stream.replace(channel, "case:1"), cookie) == 403


def test_a_stream_on_a_port_of_its_own_comes_back_after_its_process_died(browser: Browser) -> None:
    with installation(EVENTS_PORT=str(free_port())) as server:
        prepared(server)
        server.start()
        context = browser.new_context(base_url=server.url)
        context.set_default_timeout(PATIENCE)
        page, word = context.new_page(), "onewindow.config.streams"
        with letters_held(server):
            taken_in(page)
            mark(page)
            assert str(server.more["EVENTS_PORT"]) in str(
                page.locator("#letters").get_attribute("data-stream")
            )
            expect(page.locator("#letters")).to_contain_text("正在生成")
            page.wait_for_timeout(2000)
            before = pids(server, word)
            for pid in before:
                os.kill(pid, signal.SIGKILL)
            wait_until(lambda: set(pids(server, word)) - set(before))
        expect(page.locator("#letters a")).to_have_count(2, timeout=PATIENCE)
        assert never_reloaded(page)
        context.close()
