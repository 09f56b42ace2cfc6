"""后续事项进程: who carries out the duties that follow from facts, and calls the tick every minute?"""

import asyncio
import logging
from argparse import ArgumentParser

from asgiref.sync import sync_to_async
from procrastinate.contrib.django import app

from onewindow.config.tick import tick
from onewindow.ground.clock import now
from onewindow.journal.work import QUEUE

MINUTE = 60.0
# While one duty waits for the database or the typesetter, another goes on; those of one matter keep their order.
THREADS = 2
DEAD_AFTER = 30.0  # seconds without a sign of life: a killed worker's duties are taken up again
log = logging.getLogger("onewindow.worker")


def main(argv: list[str]) -> int:
    """Work until told to stop; what is in hand is finished first."""
    parser = ArgumentParser(prog="onewindow worker", description="执行后续事项，每分钟执行一次到时事项。")
    parser.add_argument("--once", action="store_true", help="做完已有的后续事项就结束，不等待新的")
    once = parser.parse_args(argv).once
    logging.getLogger("procrastinate").setLevel(logging.ERROR)
    asyncio.run(_work(once))
    return 0


async def _work(once: bool) -> None:
    connector = app.connector.get_worker_connector()
    with app.replace_connector(connector):
        async with app.open_async():
            await _take_up_again()
            ticking = None if once else asyncio.create_task(_tick_every_minute())
            try:
                await app.run_worker_async(
                    queues=[QUEUE], wait=not once, concurrency=THREADS, delete_jobs="successful"
                )
            finally:
                if ticking is not None:
                    ticking.cancel()


async def _tick_every_minute() -> None:
    while True:
        try:
            await sync_to_async(tick, thread_sensitive=False)(now())
            await _take_up_again()
        except Exception:
            log.exception("tick did not run")
        await asyncio.sleep(MINUTE)


async def _take_up_again() -> None:
    """Duties that a killed worker left half done go back into the queue; each is safe to run twice."""
    manager = app.job_manager
    for job in await manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=DEAD_AFTER):
        await manager.retry_job(job)
