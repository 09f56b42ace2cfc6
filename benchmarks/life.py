"""B11 整件: how many whole lives a second, from the application to the rating, with every letter signed and stored?"""

from __future__ import annotations

import itertools
import threading
import time
from dataclasses import dataclass, field
from statistics import median
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from benchmarks import machine
from benchmarks.box import Box
from benchmarks.fire import Line, fire, request
from benchmarks.http import V1, application, posting, turn
from benchmarks.people import APPLICANTS, People
from onewindow.cases.examined import inspectors
from onewindow.config.practice import looked_at
from onewindow.ground.clock import now

CLIENTS = 8


@dataclass
class Lives:
    """Rounds of lives on one database."""

    cases: int
    rates: list[float] = field(default_factory=list)  # lives a second, letters included
    asked: list[float] = field(default_factory=list)  # the requests alone
    letters: list[float] = field(default_factory=list)  # letters a second
    ratios: list[float] = field(default_factory=list)  # over the bare transaction of the same round
    spent: list[dict[str, float]] = field(default_factory=list)  # CPU milliseconds of a life, by process

    @property
    def ratio(self) -> float:
        return median(self.ratios)


def one_round(lives: Lives, box: Box, people: People, floor_port: int, times: int) -> None:
    """So many lives by eight clients; a life counts when nothing of it is left to do."""
    bare = fire(floor_port, posting(), CLIENTS, 1.0).rate
    box.drain()
    before, cpu, began = _letters(box), _cpu(box), time.perf_counter()
    asked = _live(box, people, times)
    box.drain()
    seconds = time.perf_counter() - began
    made = _letters(box) - before
    if made < times * 4:
        raise RuntimeError(f"{made} letters of {times} lives; errands failed: {box.failures()}")
    lives.spent.append({name: (after - cpu[name]) / times * 1000 for name, after in _cpu(box).items()})
    lives.rates.append(times / seconds)
    lives.asked.append(times / asked)
    lives.letters.append(made / seconds)
    lives.ratios.append(times / seconds / bare)


def _cpu(box: Box) -> dict[str, float]:
    """Seconds spent so far; the database's processes come and go, so what has ended counts with its parent."""
    return {name: sum(machine.spent(pids).values()) for name, pids in box.parts().items()}


def _letters(box: Box) -> int:
    return int(str(box.query("SELECT count(*) FROM letters_letter")[0][0]))


def _live(box: Box, people: People, times: int) -> float:
    tokens = {name: turn(secrets) for name, secrets in people.tokens.items()}
    wanted, lock, failed = itertools.count(), threading.Lock(), []

    def work() -> None:
        line = Line(box.port)
        try:
            while True:
                with lock:
                    number = next(wanted)
                if number >= times:
                    return
                _one(line, people, tokens, number % APPLICANTS)
        except Exception as failure:  # noqa: BLE001 (told by the thread that waits)
            failed.append(failure)
        finally:
            line.close()

    began = time.perf_counter()
    threads = [threading.Thread(target=work) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return time.perf_counter() - began


def _review(people: People) -> dict[str, Any]:
    """The opinion in favour, with every point looked at and, where two have to go, both of them there."""
    told: dict[str, Any] = {"step": "review", "favourable": True, "text": "符合规定的条件，建议准予。"}
    told["points"] = looked_at(people.version)
    if inspectors(people.version):
        day = now().date().isoformat()
        told["on_site"] = {
            "second": people.head.staff_no,
            "on": day,
            "place": "测试路 58 号",
            "record": "与申请一致。",
        }
    return told


def _one(line: Line, people: People, tokens: dict[str, Any], applicant: int) -> None:
    """Apply, accept, examine, decide, deliver, rate."""
    party = people.parties[applicant]
    told = line.json(
        request(
            "POST",
            f"{V1}/applications",
            token=tokens["clerk"](),
            key=uuid4().hex,
            body=application(people, party),
        )
    )
    taker = {"name": party.name, "paper": party.paper_number, "signed": True}
    steps = (
        ("examiner", {"step": "accept"}),
        ("examiner", _review(people)),
        ("head", {"step": "grant", "text": "准予许可。"}),
        ("clerk", {"step": "hand-over", **taker}),
    )
    path = f"{V1}/cases/{quote(told['number'])}"
    for who, body in steps:
        line.json(request("POST", f"{path}/steps", token=tokens[who](), key=uuid4().hex, body=body))
    rating = request(
        "POST", f"{path}/rating", token=people.tokens["applicants"][applicant], body={"grade": 5}
    )
    line.json(rating)
