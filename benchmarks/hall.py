"""B5 一次办理的叫号, B10 取号的编号: how many whole flows of the queue a second over HTTP, and how long until a call is answered?

    python -m benchmarks.hall --seconds 20    # these alone, on a box of their own

Eight clerks at eight windows of one hall press the buttons of their own bar: take, call, begin, finish. Closed: each
presses again as soon as he has his answer; nothing is asked of the times. Paced: flows come at a fixed rate, as far as
windows are free, and the time of the call counts. Sixteen who take at once: one series, no gap, nothing double.
"""

from __future__ import annotations

import argparse
import os
import queue
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from benchmarks import machine
from benchmarks.box import Box
from benchmarks.fire import HOST, Line, Shot
from benchmarks.found import Found

WINDOWS, WRITERS, RATE = 8, 16, 10
CSRF = "a" * 32


@dataclass
class Clerk:
    """Somebody at a window, signed in, with his line of business."""

    cookie: str
    line: int

    def press(self, act: str, **told: object) -> bytes:
        """One button of his bar, as his browser sends it."""
        sent = urlencode(told).encode()
        head = (
            f"POST /counter/queue/{act}/ HTTP/1.1",
            f"Host: {HOST}",
            f"Cookie: {self.cookie}",
            f"X-CSRFToken: {CSRF}",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(sent)}",
        )
        return ("\r\n".join(head) + "\r\n\r\n").encode() + sent

    def take(self) -> bytes:
        return self.press("take", line=self.line, once=uuid4(), priority="ordinary")


@dataclass
class Flows:
    """What came of it: how many whole flows, and the milliseconds of each button."""

    seconds: float = 0.0
    done: int = 0
    took: dict[str, list[float]] = field(default_factory=dict)
    late: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return self.done / self.seconds

    def at(self, act: str, percent: int) -> float:
        return Shot(1.0, self.took.get(act, [])).at(percent)


def clerks(number: int, name: str) -> list[Clerk]:
    """So many clerks at new windows of a hall of their own, signed in as the product signs in."""
    from django.conf import settings
    from django.test import Client

    from onewindow.ground.clock import now
    from onewindow.people import acts
    from onewindow.people.models import Account
    from onewindow.people.usual import COUNTER
    from onewindow.places import acts as places
    from onewindow.places.models import Hall, Region, Window
    from onewindow.places.reads import here
    from onewindow.rules.grants import FOUNDER
    from onewindow.rules.identity import NO_PHONE

    county, at, made = here(), now(), []
    hall = places.open_hall(
        county, by=FOUNDER, at=at, region=Region.objects.get(pk=county.code), kind=Hall.Kind.TOWNSHIP,
        name=name, address="测试路 1 号", hours="", phone=NO_PHONE,
    )  # fmt: skip
    line = places.open_line(hall, by=FOUNDER, at=at, letter="A", name="综合受理", minutes=5)
    for n in range(1, number + 1):
        window = places.open_window(
            hall, by=FOUNDER, at=at, number=str(n), name=f"{n} 号窗口", kinds=[Window.Kind.COMPREHENSIVE]
        )
        places.arrange_window(window, by=FOUNDER, at=at, lines=[line])
        post = acts.open_post(
            county, by=FOUNDER, at=at, name=f"{n} 号窗口岗", grants=COUNTER, hall=hall, window=window
        )
        officer = acts.open_officer(
            county, by=FOUNDER, at=at, name=f"测试{n}", staff_no=f"{hall.pk}-{n}",
            username=f"bench{hall.pk}x{n}", password=None,
        )  # fmt: skip
        acts.give_post(post, officer=officer, by=FOUNDER, at=at, since=at.date())
        Account.objects.filter(pk=officer.account_id).update(password_changed_at=at)
        made.append(Clerk(_cookie(Client, settings, officer.account), line.pk))
    return made


def _cookie(client: Callable[[], Any], settings: Any, account: Any) -> str:
    browser = client()
    browser.force_login(account, backend="onewindow.people.signing.Backend")
    session = browser.cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={CSRF}"


def flow(line: Line, clerk: Clerk, told: Flows, lock: threading.Lock) -> None:
    """Take, call, begin, finish; each is answered by a page to go to."""
    for act, sent in (
        ("take", clerk.take()),
        ("next", clerk.press("next")),
        ("begin", clerk.press("begin")),
        ("finish", clerk.press("finish")),
    ):
        began = time.perf_counter()
        status, body = line.ask(sent)
        spent = (time.perf_counter() - began) * 1000
        if status != 302:
            raise RuntimeError(f"{act}: {status} {body[:300].decode('utf-8', 'replace')}")
        with lock:
            told.took.setdefault(act, []).append(spent)
    with lock:
        told.done += 1


def at_once(workers: list[Callable[[], None]]) -> float:
    """Let all work at the same time; the seconds until the last was through."""
    failed: list[BaseException] = []

    def work(one: Callable[[], None]) -> None:
        try:
            one()
        except BaseException as wrong:  # noqa: BLE001 (told by the thread that waits)
            failed.append(wrong)

    began = time.perf_counter()
    threads = [threading.Thread(target=work, args=(one,)) for one in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return time.perf_counter() - began


def closed(port: int, seats: list[Clerk], seconds: float) -> Flows:
    """Each window begins its next flow as soon as the last is through."""
    told, lock, until = Flows(), threading.Lock(), time.monotonic() + seconds

    def sit(clerk: Clerk) -> None:
        line = Line(port)
        while time.monotonic() < until:
            flow(line, clerk, told, lock)
        line.close()

    told.seconds = at_once([lambda clerk=clerk: sit(clerk) for clerk in seats])  # type: ignore[misc]
    return told


def paced(port: int, seats: list[Clerk], seconds: float) -> Flows:
    """Flows come at a fixed rate, whether the last ones are through or not; a free window takes the next."""
    told, lock, coming = Flows(), threading.Lock(), queue.Queue[float]()
    began = time.monotonic() + 0.5
    for n in range(int(seconds * RATE)):
        coming.put(began + n / RATE)

    def sit(clerk: Clerk) -> None:
        line = Line(port)
        while True:
            try:
                due = coming.get_nowait()
            except queue.Empty:
                break
            time.sleep(max(0.0, due - time.monotonic()))
            with lock:
                told.late.append((time.monotonic() - due) * 1000)
            flow(line, clerk, told, lock)
        line.close()

    told.seconds = at_once([lambda clerk=clerk: sit(clerk) for clerk in seats])  # type: ignore[misc]
    return told


def series(port: int, seats: list[Clerk], seconds: float) -> Flows:
    """Sixteen who take numbers of one line at once."""
    told, lock, until = Flows(), threading.Lock(), time.monotonic() + seconds

    def sit(clerk: Clerk) -> None:
        line = Line(port)
        while time.monotonic() < until:
            began = time.perf_counter()
            status, _ = line.ask(clerk.take())
            if status != 302:
                raise RuntimeError(f"take: {status}")
            with lock:
                told.took.setdefault("take", []).append((time.perf_counter() - began) * 1000)
                told.done += 1
        line.close()

    told.seconds = at_once([lambda clerk=clerk: sit(clerk) for clerk in seats])  # type: ignore[misc]
    return told


def cpu(box: Box) -> float:
    """Seconds of the processors that the installation has spent: what it costs, whoever else works on the machine."""
    return sum(seconds for pids in box.parts().values() for seconds in machine.spent(pids).values())


def checked(box: Box) -> tuple[int, int]:
    """Asked of the database itself: numbers called twice, lines whose series has a gap or a double."""
    twice = box.query(
        "SELECT count(*) FROM (SELECT subject_id FROM journal_entry WHERE fact = 'TicketCalled'"
        " GROUP BY subject_id HAVING count(*) > 1) AS found"
    )[0][0]
    gaps = box.query(
        "SELECT count(*) FROM (SELECT line_id, day, max(substr(number, 2)::int) AS last, count(*) AS number,"
        " count(DISTINCT number) AS different FROM hall_ticket GROUP BY line_id, day) AS found"
        " WHERE last <> number OR number <> different"
    )[0][0]
    return int(str(twice)), int(str(gaps))


def run(box: Box, seconds: float, rounds: int) -> list[Found]:
    """The capacity, the time of a call and the series, each so many rounds; the median counts."""
    seats, writers = clerks(WINDOWS, "测试便民服务中心"), clerks(WRITERS, "测试取号便民服务中心")
    closed(box.port, seats, 3)  # everything is loaded and planned
    full, spent = [], []
    for _ in range(rounds):
        before = cpu(box)
        full.append(closed(box.port, seats, seconds))
        spent.append((cpu(box) - before) * 1000 / full[-1].done)
    calm = [paced(box.port, seats, seconds) for _ in range(rounds)]
    many = [series(box.port, writers, seconds / 2) for _ in range(rounds)]
    twice, gaps = checked(box)
    return [_capacity(full, spent, twice), _calling(calm), _numbers(many, gaps)]


def _capacity(full: list[Flows], spent: list[float], twice: int) -> Found:
    rate = median(one.rate for one in full)
    figure = (
        f"每秒 **{rate:.0f}** 次（{_each(one.rate for one in full)}），叫号 p50 {_ms(full, 'next', 50):.0f} 毫秒；"
        f"每次 CPU {median(spent):.0f} 毫秒；叫了两次的号 {twice} 个"
    )
    what = f"取号、叫号、开始、办结，{WINDOWS} 个窗口一直按"
    return Found("B5", what, figure, "每秒 ≥ 40 次，没有叫两次的", rate >= 40 and not twice)


def _calling(calm: list[Flows]) -> Found:
    waited = median(Shot(1.0, one.late).at(95) for one in calm)
    last = _ms(calm, "next", 95)
    figure = (
        f"叫号 p50 {_ms(calm, 'next', 50):.0f}，p95 **{last:.0f}** 毫秒；取号 p95 {_ms(calm, 'take', 95):.0f} 毫秒；"
        f"等到有窗口空出来 p95 {waited:.0f} 毫秒"
    )
    return Found("B5", f"每秒固定来 {RATE} 次", figure, "叫号 p95 ≤ 50 毫秒", last <= 50)


def _numbers(many: list[Flows], gaps: int) -> Found:
    rate = median(one.rate for one in many)
    figure = (
        f"每秒 **{rate:.0f}** 个（{_each(one.rate for one in many)}），p95 {_ms(many, 'take', 95):.0f} 毫秒；"
        f"有空缺或者重复的队列 {gaps} 个"
    )
    what = f"{WRITERS} 人同时取一队的号"
    return Found("B10", what, figure, "每秒 ≥ 200 个，不空不重", rate >= 200 and not gaps)


def _each(rates: Iterable[float]) -> str:
    return "、".join(f"{rate:.0f}" for rate in rates)


def _ms(flows: list[Flows], act: str, percent: int) -> float:
    return median(one.at(act, percent) for one in flows)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hall")
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--listeners", type=int, default=1000, help="clients of B9; 0: none")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ow-hall-") as folder:
        Path(folder).chmod(0o711)
        box = Box(Path(folder) / "box")
        box.start()
        try:
            _told(box, told)
        finally:
            box.stop()
    return 0


def _told(box: Box, told: argparse.Namespace) -> None:
    os.environ.update(box.environment | box.django)
    import django

    django.setup()
    from benchmarks import broadcast

    print(f"{datetime.now().astimezone():%Y-%m-%d %H:%M}，{os.cpu_count()} 核，负载 {os.getloadavg()[0]:.1f}")
    heard = [broadcast.run(box, told.listeners, told.rounds)] if told.listeners else []
    for one in [*run(box, told.seconds, told.rounds), *heard]:
        print(f"{one.id} {one.what}：{one.figure}（要求：{one.aim}）")


if __name__ == "__main__":
    raise SystemExit(main())
