"""请求的快慢: B1 create, B2 step, B3 read one, B4 list, each beside its bare counterpart."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from benchmarks.fire import Ask, request
from benchmarks.kept import Filled
from benchmarks.measure import Cell, Pair
from benchmarks.people import People
from onewindow.cases.models import Case

V1 = "/api/v1"
DEEP_PAGE = 34


def turn(things: list[Any]) -> Callable[[], Any]:
    """One after the other, whoever asks."""
    lock, endless = threading.Lock(), itertools.cycle(things)

    def take() -> Any:
        with lock:
            return next(endless)

    return take


def application(people: People, party: Any) -> dict[str, Any]:
    """What a window's program sends."""
    return {
        "item": people.version.item.address,
        "applicant": {
            "paper_kind": party.paper_kind,
            "paper_number": party.paper_number,
            "name": party.name,
        },
        "form": people.form,
        "materials": [{"code": one.code, "finding": "fits"} for one in people.needed],
        "phone": "10095715339",
    }


def creating(people: People) -> Ask:
    token, party = turn(people.tokens["clerk"]), turn(people.parties)
    path = f"{V1}/applications"
    return lambda: request("POST", path, token=token(), key=uuid4().hex, body=application(people, party()))


def accepting(filled: Filled) -> Ask:
    """Each time another case that waits to be accepted."""
    token, waiting, lock = turn(filled.people.tokens["examiner"]), iter(filled.received), threading.Lock()

    def ask() -> bytes:
        with lock:
            number = next(waiting, None)
        if number is None:
            raise RuntimeError("no more cases to accept: ask for more with --cases")
        path = f"{V1}/cases/{quote(number)}/steps"
        return request("POST", path, token=token(), key=uuid4().hex, body={"step": "accept"})

    return ask


def reading(filled: Filled) -> Ask:
    token, number = turn(filled.people.tokens["examiner"]), turn(filled.readable[:5000])
    return lambda: request("GET", f"{V1}/cases/{quote(number())}", token=token())


def listing(people: People, *, deep: bool) -> Ask:
    token, path = turn(people.tokens["examiner"]), f"{V1}/cases"
    if deep:
        seen = Case.objects.filter(department=people.department).order_by("-pk")
        keys = list(seen.values_list("pk", flat=True)[: DEEP_PAGE * 100])
        path += f"?after=_{keys[min(len(keys), (DEEP_PAGE - 1) * 100) - 1]}"
    return lambda: request("GET", path, token=token())


def bare(path: str, ids: list[int] | None = None) -> Ask:
    if ids is None:
        sent = request("GET", path)
        return lambda: sent
    pk = turn(ids)
    return lambda: request("GET", f"{path}/{pk()}")


def posting(path: str = "/create") -> Ask:
    sent = request("POST", path, body={})
    return lambda: sent


def run(pair: Pair, filled: Filled, ids: list[int], clients: tuple[int, ...]) -> Iterator[Cell]:
    """Reads while the worker has nothing to do; then writes, with the worker behind them all the time."""
    yield from _floors(pair, clients)
    yield from _reads(pair, filled, ids, clients)
    transaction, step = "三条语句的 ORM 事务", accepting(filled)
    for c in clients:
        cell = Cell("B1", "收件 POST 申请", c, 0.35, transaction)
        yield _written(pair, cell, creating(filled.people))
    for c in clients:
        yield _written(pair, Cell("B2", "办一步（受理）", c, 0.25, transaction), step)


def _floors(pair: Pair, clients: tuple[int, ...]) -> Iterator[Cell]:
    """What the bare Django itself gives: a view that does nothing, and the transaction without the ORM."""
    for c in clients:
        for what, ask in (("什么都不做的视图", bare("/ping")), ("同一事务，只用 SQL", posting("/sql"))):
            cell = Cell("光秃秃的", what, c, None, "三条语句的 ORM 事务")
            yield pair.run(cell, ask, posting(), port=pair.floor.port)


def _reads(pair: Pair, filled: Filled, ids: list[int], clients: tuple[int, ...]) -> Iterator[Cell]:
    for c in clients:
        cell = Cell("B3", "读一件", c, 0.25, "ORM 按主键读一行")
        yield pair.run(cell, reading(filled), bare("/one", ids))
    for c in clients:
        for deep in (False, True):
            what = f"列表 100 件，第 {DEEP_PAGE} 页" if deep else "列表 100 件，首页"
            cell = Cell("B4", what, c, 0.22, "ORM 读 100 行")
            yield pair.run(cell, listing(filled.people, deep=deep), bare("/many"))


def _written(pair: Pair, cell: Cell, ask: Ask) -> Cell:
    """The worker is behind in the bare shots too: both have the same machine left."""
    before = pair.box.waiting()
    pair.run(cell, ask, posting())
    waiting = pair.box.waiting()
    asked = sum(len(shot.took) for shot in cell.ours)
    seconds = pair.box.drain()
    rate = waiting / seconds if seconds else 0.0
    cell.note = f"{asked} 次请求后积压 {waiting - before} 项后续事项，停下后 {seconds:.0f} 秒做完（每秒 {rate:.0f} 项）"
    return cell
