"""A real installation, started as a person starts it, and a real browser that looks at it."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, expect, sync_playwright
from scripts.bootstrap import CHROMIUM, missing_for_browser
from tests.conftest import NO_BROWSER
from tests.installation import Installation, installation, prepared

PROJECT = Path(__file__).resolve().parents[2]
AXE = PROJECT / "tests" / "vendor" / "axe-core"
PATIENCE = 60_000.0  # milliseconds for what never comes; what comes late is waited for on a slow machine too
expect.set_options(timeout=PATIENCE)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def server() -> Iterator[Installation]:
    """`onewindow run` on a free port, with the demonstration county, in a folder of its own."""
    given = os.environ.get("DATABASE_URL")
    more = {"DATABASE_URL": _database_beside(given)} if given else {}
    with installation(**more) as found:
        if not given:
            prepared(found)
        found.start()
        yield found


def _database_beside(given: str) -> str:
    """A fresh database on the given server, for the browser tests alone."""
    name = "onewindow_browser_" + os.environ.get("PYTEST_XDIST_WORKER", "")
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name}")
    return psycopg.conninfo.make_conninfo(given, dbname=name)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as the machine has it; without one the tests are skipped, in CI they fail."""
    missing = missing_for_browser()
    if missing:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{NO_BROWSER}{' '.join(missing)}")
    found = next(filter(None, map(shutil.which, CHROMIUM)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, server: Installation) -> Iterator[Page]:
    """A fresh visitor; a script error, a blocked resource or a missing file fails the test."""
    context = browser.new_context(
        base_url=server.url,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": 1280, "height": 900},
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.on("console", lambda message: faults.extend(_console_fault(message)))
    page.on("response", lambda response: faults.extend(_response_fault(response)))
    yield page
    context.close()
    assert faults == []


def _console_fault(message: ConsoleMessage) -> list[str]:
    loading = message.text.startswith("Failed to load resource")  # told by the response itself
    return [f"console: {message.text}"] if message.type == "error" and not loading else []


def _response_fault(response: Response) -> list[str]:
    resource = response.request.resource_type
    wrong = response.status >= 400 and resource in ("script", "stylesheet", "image", "font")
    return [f"{response.status} {response.url}"] if wrong else []


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """Look at the page with axe-core: any violation fails, told in Chinese with the places concerned."""
    source = (AXE / "axe.min.js").read_text("utf-8")
    chinese = json.loads((AXE / "zh_CN.json").read_text("utf-8"))

    def look(page: Page) -> None:
        page.evaluate(source)
        page.evaluate("locale => axe.configure({ locale })", chinese)
        found = page.evaluate("() => axe.run({ resultTypes: ['violations'] })")["violations"]
        told = [
            f"{one['id']}: {one['help']}: {[node['html'][:120] for node in one['nodes']]}" for one in found
        ]
        assert told == [], "\n".join(told)

    return look
