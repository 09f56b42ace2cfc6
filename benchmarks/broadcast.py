"""B9 一千块屏: how soon do a thousand displays and telephones hear that a number was called, and does each hear all?

One process of the event streams, as an installation starts it that has them on a port of their own; the clients are in
a process of theirs (`benchmarks/listening.py`). What is told goes the way of every fact: NOTIFY with the transaction.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass, field
from statistics import median

from django.db import transaction

from benchmarks.box import PROJECT, Box, free_port
from benchmarks.fire import Shot
from benchmarks.found import Found
from onewindow.config import serve
from onewindow.ground.events import tell
from onewindow.ground.hearing import hall_channel

BROADCASTS, BETWEEN = 10, 0.7
HALL = 999_999  # nobody's: nobody else speaks there


@dataclass
class Events:
    """The process of the event streams on the box's database."""

    box: Box
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        where = serve.Addresses("127.0.0.1", free_port(), self.port)
        environment = self.box.environment | {"ONEWINDOW_DATABASE": self.box.dsn}
        with (self.box.folder / "events.log").open("wb") as log:
            self.process = subprocess.Popen(
                serve.commands(where)["实时事件"],
                cwd=PROJECT, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        serve.await_answer(serve.Addresses("127.0.0.1", self.port), serve.Parts(), lambda: False)

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(30)
            self.process = None


@dataclass(frozen=True)
class Heard:
    """What the clients of one round say: the milliseconds until each event, and how many were lost."""

    took: list[float]
    last: list[float]
    lost: int


def run(box: Box, listeners: int, rounds: int) -> Found:
    """So many rounds, each with new clients; the median counts, of the lost all."""
    events = Events(box)
    events.start()
    try:
        heard = [once(events.port, listeners) for _ in range(rounds)]
    finally:
        events.stop()
    lost = sum(one.lost for one in heard)
    p95 = median(Shot(1.0, one.took).at(95) for one in heard)
    figure = (
        f"p50 {median(Shot(1.0, one.took).at(50) for one in heard):.0f}，p95 **{p95:.0f}** 毫秒，"
        f"最后一个听到 {median(median(one.last) for one in heard):.0f} 毫秒；漏听 {lost} 次"
    )
    what = f"{listeners:,} 块屏和手机同时听，一个事件进程"
    return Found("B9", what, figure, "p95 ≤ 80 毫秒，不漏", p95 <= 80 and not lost)


def once(port: int, listeners: int) -> Heard:
    """Tell them all so many times; they stamp what they hear by the clock that this process has too."""
    channel = hall_channel(HALL)
    command = [
        sys.executable,
        "-m",
        "benchmarks.listening",
        str(port),
        channel,
        str(listeners),
        str(BROADCASTS),
    ]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as clients:
        assert clients.stdout is not None
        if clients.stdout.readline().strip() != "ready":
            raise RuntimeError("the listeners did not come in")
        for _ in range(BROADCASTS):
            with transaction.atomic():
                tell(channel, json.dumps({"sent": time.monotonic_ns()}))
            time.sleep(BETWEEN)
        told = json.loads(clients.stdout.readline())
    return Heard(told["took"], told["last"], told["lost"])
