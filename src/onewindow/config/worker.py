"""后续事项进程: who carries out the duties that follow from facts, and calls the tick every minute?

The database may go away under it. Whatever ends the work then, nothing is lost: the worker comes back by
itself with the database, hears of new duties again at once, and takes up what its former self left half done.
"""

import asyncio
import logging
import signal
from argparse import ArgumentParser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from asgiref.sync import sync_to_async
from django.db import DatabaseError, close_old_connections
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from psycopg_pool import PoolTimeout

from onewindow.config.tick import tick
from onewindow.ground.clock import now
from onewindow.journal.work import QUEUE

MINUTE = 60.0
DEAD_AFTER = 30.0  # seconds without a sign of life: a killed worker's duties are taken up again
LOOKING = 10.0  # how often it looks for such duties
AGAIN_AFTER = 1.0  # seconds between two tries to reach the database
AWAY = (ConnectorException, PoolTimeout, psycopg.OperationalError, psycopg.InterfaceError, DatabaseError)
log = logging.getLogger("onewindow.worker")


def main(argv: list[str]) -> int:
    """Work until told to stop; what is in hand is finished first."""
    parser = ArgumentParser(prog="onewindow worker", description="执行后续事项，每分钟执行一次到时事项。")
    parser.add_argument("--once", action="store_true", help="做完已有的后续事项就结束，不等待新的")
    once = parser.parse_args(argv).once
    logging.getLogger("procrastinate").setLevel(logging.CRITICAL)  # what ends it is told below, in one line
    logging.getLogger("psycopg.pool").setLevel(logging.ERROR)
    asyncio.run(_work_once() if once else _work())
    return 0


@dataclass
class Hand:
    """Which duties the worker has in hand now, and under which number it works."""

    worker: int | None = None
    duties: set[int] = field(default_factory=set)
    doubtful: set[int] = field(default_factory=set)

    async def hold(self, call_next: Any, context: JobContext, worker: Any) -> Any:
        """Around each duty."""
        self.worker = worker.worker_id
        self.duties.add(context.job.id)
        try:
            return await call_next()
        finally:
            self.duties.discard(context.job.id)

    def dropped(self, mine: set[int]) -> set[int]:
        """Duties said to be in hand at two looks that are not: the word that they ended never arrived."""
        doubtful = mine - self.duties
        sure, self.doubtful = doubtful & self.doubtful, doubtful
        return sure


def _fresh(call_next: Any, context: JobContext, worker: Any) -> Any:
    """A duty never begins on a connection that the database has closed meanwhile."""
    close_old_connections()
    return call_next()


def _options(hand: Hand) -> dict[str, Any]:
    told = {"queues": [QUEUE], "concurrency": 1, "delete_jobs": "successful"}
    return {**told, "worker_middleware": [hand.hold], "task_middleware": [_fresh]}


async def _work_once() -> None:
    async with _queue():
        await _take_up_again()
        await app.run_worker_async(wait=False, **_options(Hand()))


async def _work() -> None:
    """Until a signal; again and again when the database went away meanwhile."""
    stop = asyncio.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(signum, stop.set)
    asking = asyncio.create_task(stop.wait())
    told = False
    while not stop.is_set():
        working = asyncio.create_task(_work_until_it_goes_away())
        await asyncio.wait({working, asking}, return_when=asyncio.FIRST_COMPLETED)
        why = await _ended(working)
        if not stop.is_set():
            if not told:
                log.warning("the database went away (%s); trying again every second", why)
            told = why != "listening ended"
            await asyncio.wait({asking}, timeout=AGAIN_AFTER)


async def _ended(working: "asyncio.Task[None]") -> str:
    """Ends it when it still goes on, after the duty in hand; answers why it ended."""
    working.cancel()
    try:
        await working
    except asyncio.CancelledError:
        return "told to stop"
    except AWAY as fault:
        return type(fault).__name__
    return "listening ended"


async def _work_until_it_goes_away() -> None:
    """One life of the worker: it registers, listens, works; a lost connection ends it."""
    async with _queue():
        await _take_up_again()
        hand = Hand()
        beside = [asyncio.create_task(_tick_every_minute()), asyncio.create_task(_look_for_what_was_left(hand))]
        try:
            await app.run_worker_async(install_signal_handlers=False, **_options(hand))
        finally:
            for task in beside:
                task.cancel()


@asynccontextmanager
async def _queue() -> AsyncIterator[None]:
    await sync_to_async(close_old_connections, thread_sensitive=False)()
    with app.replace_connector(app.connector.get_worker_connector()):
        async with app.open_async():
            yield


async def _tick_every_minute() -> None:
    while True:
        try:
            await sync_to_async(tick, thread_sensitive=False)(now())
        except Exception:
            log.exception("tick did not run")
        await asyncio.sleep(MINUTE)


async def _look_for_what_was_left(hand: Hand) -> None:
    while True:
        await asyncio.sleep(LOOKING)
        try:
            await _take_up_again()
            if hand.worker is not None:
                await _take_up_dropped(hand, hand.worker)
        except AWAY:
            log.warning("could not look for what was left half done")


async def _take_up_dropped(hand: Hand, worker: int) -> None:
    """Duties of this very worker whose end could not be written down while the database was away."""
    manager = app.job_manager
    doing = await manager.list_jobs_async(queue=QUEUE, status="doing", worker_id=worker)
    mine = {job.id: job for job in doing if job.id is not None}
    for number in hand.dropped(set(mine)):
        await manager.retry_job(mine[number])


async def _take_up_again() -> None:
    """Duties that a killed worker left half done go back into the queue; each is safe to run twice."""
    manager = app.job_manager
    for job in await manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=DEAD_AFTER):
        await manager.retry_job(job)
