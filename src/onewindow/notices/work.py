"""发送的队列: how does a message leave after its transaction, in order for each person, with retries?"""

from __future__ import annotations

from django.utils import timezone
from django.utils.module_loading import import_string
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from onewindow.journal.models import Failure
from onewindow.journal.work import QUEUE, note_failure
from onewindow.notices.models import Sending
from onewindow.rules.grants import SYSTEM

TRIES = 6


@app.task(
    name="onewindow.send",
    queue=QUEUE,
    retry=RetryStrategy(max_attempts=TRIES, exponential_wait=4),
    pass_context=False,
)
def deliver(sending: int, entry: int | None = None, follower: str = "") -> None:
    """Hand one message to its gateway; safe to run twice, because the gateway knows its key.

    `entry` and `follower` say on the page of failed duties what it was about.
    """
    row = Sending.objects.select_related("message__cause").filter(pk=sending).first()
    if row is None:
        return
    cause = row.message.cause
    try:
        import_string("onewindow.notices.acts.hand_over")(row, by=SYSTEM, at=timezone.now())
    except Exception as failure:
        if cause is not None:
            note_failure(cause, follower, failure)
        raise
    if cause is not None and row.tries > 1:
        Failure.objects.filter(entry=cause, follower=follower).delete()


def deliver_later(sending: Sending, *, order: str) -> None:
    """Put it after everything that the same telephone or mailbox is still to get."""
    about = {"entry": sending.message.cause_id, "follower": f"{__name__}.deliver:{sending.channel}"}
    deliver.configure(lock=f"to:{order}").defer(sending=sending.pk, **about)
