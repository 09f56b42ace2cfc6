"""发送的队列: how does a message leave after its transaction, in order for each person, with retries?"""

from __future__ import annotations

from django.utils import timezone
from django.utils.module_loading import import_string
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from onewindow.journal.work import QUEUE
from onewindow.notices.models import Sending
from onewindow.rules.grants import SYSTEM

TRIES = 6


@app.task(
    name="onewindow.send",
    queue=QUEUE,
    retry=RetryStrategy(max_attempts=TRIES, exponential_wait=4),
    pass_context=False,
)
def deliver(sending: int) -> None:
    """Hand one message to its gateway; safe to run twice, because the gateway knows its key."""
    row = Sending.objects.select_related("message").filter(pk=sending).first()
    if row is not None:
        import_string("onewindow.notices.acts.hand_over")(row, by=SYSTEM, at=timezone.now())


def deliver_later(sending: Sending, *, order: str) -> None:
    """Put it after everything that the same telephone or mailbox is still to get."""
    deliver.configure(lock=f"to:{order}").defer(sending=sending.pk)
