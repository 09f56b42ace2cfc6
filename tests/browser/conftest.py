"""A real installation, started as a person starts it, and a real browser that looks at it."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, sync_playwright

PROJECT = Path(__file__).resolve().parents[2]
AXE = PROJECT / "tests" / "vendor" / "axe-core"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
MISSING = "缺少浏览器测试所需的软件，请执行：apt-get install -y chromium fonts-noto-cjk"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS = 300.0
OURS = ("ONEWINDOW_", "DATABASE_URL", "DJANGO_", "PACK", "PORT", "EVENTS_PORT", "MAKE")


@dataclass
class Server:
    """A running installation: its address, its database, its command line."""

    url: str
    environment: dict[str, str]
    log: Path

    def query(self, statement: str, *told: object) -> list[tuple[Any, ...]]:
        """What the installation's database answers."""
        with psycopg.connect(self.dsn, autocommit=True) as connection:
            return connection.execute(statement, told).fetchall()

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """`onewindow …` in this installation."""
        return subprocess.run(
            [sys.executable, "-m", "onewindow.config.cli", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def dsn(self) -> str:
        given = self.environment.get("DATABASE_URL")
        home = Path(self.environment["ONEWINDOW_DATA"]) / "pg"
        return given or f"postgresql://onewindow@/onewindow?host={home}/run"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """`onewindow run` on a free port, with the demonstration county, in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="ow-browser-"))
    folder.chmod(0o711)
    port = free_port()
    kept = {name: told for name, told in os.environ.items() if not name.startswith(OURS)}
    environment = kept | {
        "PYTHONPATH": str(PROJECT / "src"),
        "ONEWINDOW_DATA": str(folder / "data"),
        "PORT": str(port),
    }
    if "DATABASE_URL" in os.environ:
        environment["DATABASE_URL"] = _database_beside(os.environ["DATABASE_URL"])
    found = Server(f"http://127.0.0.1:{port}", environment, folder / "log")
    with found.log.open("w") as log:
        command = [sys.executable, "-m", "onewindow.config.cli", "run"]
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
    try:
        _await(found, process)
        yield found
    finally:
        process.terminate()
        process.wait(60)
        shutil.rmtree(folder, ignore_errors=True)


def _database_beside(given: str) -> str:
    """A fresh database on the given server, for the browser tests alone."""
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS onewindow_browser WITH (FORCE)")
        connection.execute("CREATE DATABASE onewindow_browser")
    return psycopg.conninfo.make_conninfo(given, dbname="onewindow_browser")


def _await(server: Server, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while "按 Ctrl-C 停止" not in server.log.read_text("utf-8"):
        if process.poll() is not None or time.monotonic() > until:
            pytest.fail(f"the installation did not start:\n{server.log.read_text('utf-8')}")
        time.sleep(0.2)
    with suppress(urllib.error.HTTPError):  # any answer will do
        urllib.request.urlopen(server.url, timeout=30).close()


@pytest.fixture(scope="session")
def browser(pytestconfig: pytest.Config) -> Iterator[Browser]:
    """Chromium as the machine has it; without one the tests are skipped, in CI they fail."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        pytestconfig.stash[_missing] = True
        (pytest.fail if os.environ.get("CI") else pytest.skip)(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


_missing = pytest.StashKey[bool]()


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if config.stash.get(_missing, False):
        terminalreporter.write_line(MISSING)


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """A fresh visitor; a script error, a blocked resource or a missing file fails the test."""
    context = browser.new_context(
        base_url=server.url,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": 1280, "height": 900},
    )
    context.set_default_timeout(15_000)
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
