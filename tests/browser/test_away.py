"""The database away for a while, a web process killed, 200 MB at once: on a real server, over a real connection."""

import http.client
import os
import re
import signal
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from tests.installation import Installation, wait_until

from onewindow.people.passwords import DEMO_PASSWORD

pytestmark = pytest.mark.browser
MEGABYTE = 1024 * 1024
LARGE = 200 * MEGABYTE
MOST_MORE = 60 * 1024  # kB that one process may grow by while 200 MB are refused


class Visitor:
    """Somebody with cookies, whose sending can be watched."""

    def __init__(self, server: Installation) -> None:
        self.server, self.cookies = server, dict[str, str]()

    def ask(
        self, method: str, path: str, body: object = None, **head: str
    ) -> tuple[int, dict[str, str], str]:
        line = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=300)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        line.request(method, path, body=body, headers={"Cookie": cookies, **head})  # type: ignore[arg-type]
        answer = line.getresponse()
        text = answer.read().decode("utf-8", "replace")
        for told in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = told.split(";")[0].partition("=")
            self.cookies[name] = value
        line.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, text

    def post(self, path: str, **fields: str) -> tuple[int, dict[str, str], str]:
        told = urllib.parse.urlencode({"csrfmiddlewaretoken": self.cookies["onewindow_csrf"], **fields})
        return self.ask("POST", path, told, **{"Content-Type": "application/x-www-form-urlencoded"})

    def sign_in(self, name: str) -> None:
        self.ask("GET", "/accounts/login/")
        assert self.post("/accounts/login/", login=name, password=DEMO_PASSWORD)[0] == 302
        self.ask("GET", "/accounts/")


@pytest.fixture
def wangfang(server: Installation) -> Visitor:
    found = Visitor(server)
    found.sign_in("wangfang")
    return found


def ids(server: Installation, *words: str) -> list[int]:
    """The processes of the installation of which one of the words tells."""
    return [pid for pid, told in server.processes().items() if any(word in told for word in words)]


def postgres(server: Installation) -> list[int]:
    return [pid for pid in _family(ids(server, "bin/postgres"))]


def _family(roots: list[int]) -> list[int]:
    found = list(roots)
    for entry in filter(str.isdigit, os.listdir("/proc")):
        with suppress(OSError), open(f"/proc/{entry}/stat") as of:  # it may have ended meanwhile
            if int(of.read().rpartition(")")[2].split()[1]) in roots:
                found.append(int(entry))
    return found


def send(pids: list[int], signum: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):  # it has ended meanwhile
            os.kill(pid, signum)


@contextmanager
def standing_still(server: Installation) -> Iterator[None]:
    """PostgreSQL stands still: its sockets are open and nobody answers."""
    pids = postgres(server)
    send(pids, signal.SIGSTOP)
    try:
        yield
    finally:
        send(pids, signal.SIGCONT)


def test_while_the_database_stands_still_pages_say_so_and_hold_what_was_sent(
    server: Installation, wangfang: Visitor
) -> None:
    typed = {"number": "LS-260924-0001", "word": "<b>写了很久</b>"}
    with standing_still(server):
        status, head, page = wangfang.post("/track/", **typed)
    assert (status, head["retry-after"], head["cache-control"]) == (503, "10", "no-store")
    assert "系统正在恢复，请稍等" in page
    assert "再交一次" in page
    assert '<input type="hidden" name="number" value="LS-260924-0001">' in page
    assert "&lt;b&gt;写了很久&lt;/b&gt;" in page
    assert "<b>写了很久" not in page
    wait_until(lambda: wangfang.post("/track/", **typed)[0] in (200, 422))


def test_after_a_crash_of_the_database_pages_and_worker_are_back_by_themselves(
    server: Installation, wangfang: Visitor
) -> None:
    if "DATABASE_URL" in server.more:
        pytest.skip("the given server is not ours to kill")
    before = set(listening(server))
    os.kill(ids(server, "bin/postgres")[0], signal.SIGKILL)
    status, *_ = wangfang.ask("GET", "/my/")
    assert status in (503, 200)
    wait_until(lambda: server.status("/my/") == 200)
    wait_until(lambda: set(listening(server)) - before)
    assert len(ids(server, "cli worker")) == 1
    defer(server)
    wait_until(lambda: nothing_waits(server))
    # A duty that is only found by looking begins five seconds after the last one: none would be done sooner.
    assert min(seconds_until_done(server) for _ in range(5)) < 4


def seconds_until_done(server: Installation) -> float:
    began = time.monotonic()
    defer(server)
    wait_until(lambda: nothing_waits(server))
    return time.monotonic() - began


def defer(server: Installation) -> None:
    """A duty that finds nothing to send."""
    server.query(
        "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('errands', 'onewindow.send', 0, NULL, NULL,"
        " '{\"sending\": 0}'::jsonb, NULL)::procrastinate_job_to_defer_v1])"
    )


def nothing_waits(server: Installation) -> bool:
    return not server.query("SELECT 1 FROM procrastinate_jobs WHERE status IN ('todo', 'doing')")


def listening(server: Installation) -> list[int]:
    try:
        rows = server.query("SELECT pid FROM pg_stat_activity WHERE query LIKE 'LISTEN \"procrastinate%%'")
    except Exception:  # noqa: BLE001 (it is just coming back)
        return []
    return [int(pid) for (pid,) in rows]


def memory(server: Installation) -> dict[int, int]:
    """The most that each web process has held so far, in kB."""
    found = {}
    for pid in ids(server, "granian"):
        with suppress(OSError), open(f"/proc/{pid}/status") as status:
            found[pid] = int(re.findall(r"VmHWM:\s+(\d+)", status.read())[0])
    return found


def pieces(head: bytes, size: int) -> Iterator[bytes]:
    yield head
    left, piece = size - len(head), b"x" * MEGABYTE
    while left > 0:
        yield piece[:left]
        left -= len(piece)


@pytest.mark.parametrize(
    ("kind", "path", "words"),
    [
        ("multipart/form-data; boundary=b", "/verify/", "文件太大，没有收下"),
        ("application/x-www-form-urlencoded", "/track/", "文件太大，没有收下"),
        ("application/json", "/api/v1/applications", "不能超过 5 MB"),
    ],
)
def test_200_megabytes_are_refused_with_a_page_and_without_being_held(
    server: Installation, wangfang: Visitor, kind: str, path: str, words: str
) -> None:
    before = memory(server)
    head = (
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
        if "b" in kind
        else b""
    )
    status, _, page = wangfang.ask(
        "POST",
        path,
        pieces(head, LARGE),
        **{"Content-Type": kind, "Content-Length": str(LARGE), "Authorization": "Bearer ow_x"},
    )
    assert status == 413
    assert words in page
    grown = {pid: most - before.get(pid, most) for pid, most in memory(server).items()}
    assert max(grown.values()) < MOST_MORE
    assert server.status() == 200


def test_a_web_process_killed_while_it_works_is_replaced_and_the_page_can_be_sent_again(
    server: Installation, wangfang: Visitor
) -> None:
    workers = _family(ids(server, "granian"))
    assert len(workers) >= 2
    there = server.processes()
    send([pid for pid in workers if "granian" in there.get(pid, "") and pid != min(workers)], signal.SIGKILL)
    wait_until(lambda: server.status() == 200)
    assert wangfang.ask("GET", "/my/")[0] == 200
