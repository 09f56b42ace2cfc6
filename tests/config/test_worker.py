"""The worker with two duties at once: what waits behind a duty of its own matter begins when that one is over."""

import asyncio
from types import SimpleNamespace

from procrastinate.contrib.django import app
from procrastinate.worker import Worker

from onewindow.config.worker import Hand


def test_when_a_duty_ends_the_worker_looks_for_the_next_of_its_matter() -> None:
    async def duty() -> str:
        return "done"

    async def one_round() -> str:
        worker = Worker(app)
        context = SimpleNamespace(job=SimpleNamespace(id=1))
        answer = await asyncio.create_task(Hand().hold(duty, context, worker))
        await asyncio.wait_for(worker._new_job_event.wait(), 60)
        return answer

    assert asyncio.run(one_round()) == "done"
