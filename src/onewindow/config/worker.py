"""后续事项进程: who carries out the duties that follow from facts, and calls the tick every minute?

The database may go away under it. Whatever ends the work then, nothing is lost: the worker comes back by
itself with the database, hears of new duties again at once, and takes up what its former self left half done.
"""

import asyncio
import logging
import os
import signal
from argparse import ArgumentParser
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import psycopg
from asgiref.sync import sync_to_async
from django.db import DatabaseError, close_old_connections
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException
from procrastinate.psycopg_connector import PsycopgConnector
from psycopg_pool import PoolTimeout

from onewindow.config.tick import tick
from onewindow.ground.clock import now
from onewindow.journal.work import QUEUE

MINUTE = 60.0
# While one duty waits for the database or the typesetter, another goes on; those of one matter keep their order.
THREADS = 2
COURTESY = 10  # niceness: whoever stands in front of a page comes before the letters that follow
DEAD_AFTER = 30.0  # seconds without a sign of life: a killed worker's duties are taken up again
LOOKING = 10.0  # how often it looks for such duties
AGAIN_AFTER = 1.0  # seconds between two tries to reach the database
ALIVE = """
SELECT id FROM procrastinate_workers WHERE id = %(worker)s AND last_heartbeat > now() - interval '25 seconds'
"""  # its sign of life is a task of the library's, which may have ended with a lost connection
AWAY = (ConnectorException, PoolTimeout, psycopg.OperationalError, psycopg.InterfaceError, DatabaseError)
log = logging.getLogger("onewindow.worker")


def main(argv: list[str]) -> int:
    """Work until told to stop; what is in hand is finished first."""
    parser = ArgumentParser(prog="onewindow worker", description="执行后续事项，每分钟执行一次到时事项。")
    parser.add_argument("--once", action="store_true", help="做完已有的后续事项就结束，不等待新的")
    once = parser.parse_args(argv).once
    logging.getLogger("procrastinate").setLevel(logging.CRITICAL)  # what ends it is told below, in one line
    logging.getLogger("psycopg.pool").setLevel(logging.ERROR)
    if once:
        asyncio.run(_work_once())
        return 0
    os.nice(COURTESY)
    asyncio.run(_work())
    return 0


class Listening(PsycopgConnector):
    """Hears of new duties at once, also after its connection was lost."""

    async def listen_notify(self, on_notification: Any, channels: Iterable[str]) -> None:
        """The library's listening ends, unseen by anybody, when it cannot connect again at the first try."""
        while True:
            try:
                await super().listen_notify(on_notification, list(channels))
            except AWAY:
                await asyncio.sleep(AGAIN_AFTER)


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
        _look_again_after(worker)
        try:
            return await call_next()
        finally:
            self.duties.discard(context.job.id)

    def dropped(self, mine: set[int]) -> set[int]:
        """Duties said to be in hand at two looks that are not: the word that they ended never arrived."""
        doubtful = mine - self.duties
        sure, self.doubtful = doubtful & self.doubtful, doubtful
        return sure


def _look_again_after(worker: Any) -> None:
    """When this duty is over, the next of its matter may be done; the library would look in five seconds.

    Twice, because a look that is under way just then would not see it and forgets the first call.
    """
    task, loop = asyncio.current_task(), asyncio.get_running_loop()

    def look(_: object) -> None:
        for pause in (0.0, 0.05):
            loop.call_later(pause, worker._new_job_event.set)

    if task is not None:
        task.add_done_callback(look)


def _options(hand: Hand) -> dict[str, Any]:
    told = {"queues": [QUEUE], "concurrency": THREADS, "delete_jobs": "successful"}
    return {**told, "worker_middleware": [hand.hold]}


async def _work_once() -> None:
    async with _queue():
        await _take_up_again()
        # One after the other: two at once would end while the second still waits for its matter.
        await app.run_worker_async(wait=False, **{**_options(Hand()), "concurrency": 1})


async def _work() -> None:
    """Until a signal; again and again when the database went away meanwhile."""
    stop = asyncio.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(signum, stop.set)
    asked = asyncio.create_task(stop.wait())
    told = False
    while not stop.is_set():
        try:
            await _first_of(asked, asyncio.create_task(_live()))
            told = False
        except AWAY as fault:
            if not told:
                log.warning("the database is away (%s); trying again every second", type(fault).__name__)
            told = True
        await asyncio.wait({asked}, timeout=AGAIN_AFTER)


async def _live() -> None:
    """One life of the worker: it registers, listens, works; a lost connection ends it."""
    async with _queue():
        await _take_up_again()
        hand = Hand()
        working = asyncio.create_task(app.run_worker_async(install_signal_handlers=False, **_options(hand)))
        looking = asyncio.create_task(_look_for_what_was_left(hand))
        ticking = asyncio.create_task(_tick_every_minute())
        try:
            await _first_of(working, looking)
        finally:
            await _end(ticking)


async def _first_of(*tasks: "asyncio.Task[Any]") -> None:
    """Until one of them ends; the others are ended too, after what they have in hand."""
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        ended = [task for task in tasks if task.done()]
        for task in tasks:
            if task not in ended:
                await _end(task)
    for task in ended:
        task.result()


async def _end(task: "asyncio.Task[Any]") -> None:
    task.cancel()
    with suppress(asyncio.CancelledError, *AWAY):
        await task


@asynccontextmanager
async def _queue() -> AsyncIterator[None]:
    await sync_to_async(close_old_connections, thread_sensitive=False)()
    with app.replace_connector(Listening(kwargs=connector_params())):
        async with app.open_async():
            yield


async def _tick_every_minute() -> None:
    while True:
        try:
            await sync_to_async(tick, thread_sensitive=False)(now())
        except Exception:  # whatever it was, the next minute is tried again; it is told
            log.exception("tick did not run")
        await asyncio.sleep(MINUTE)


async def _look_for_what_was_left(hand: Hand) -> None:
    """Ends, and with it this life of the worker, when the database is away or holds the worker for dead."""
    while True:
        await asyncio.sleep(LOOKING)
        if hand.worker is not None:
            await app.connector.execute_query_one_async(ALIVE, worker=hand.worker)
            await _take_up_dropped(hand, hand.worker)
        await _take_up_again()


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
