"""后续事项: how is a duty that follows from a fact carried out, in order per matter, with retries?

Procrastinate keeps the queue in PostgreSQL: a duty deferred in a rolled-back act never existed, its lock
keeps the duties of one matter in their order, a failed one is tried again and stays visible.
"""

from __future__ import annotations

from django.utils.module_loading import import_string
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from onewindow.journal.models import Entry

QUEUE = "errands"
TRIES = 8


@app.task(
    name="onewindow.follow",
    queue=QUEUE,
    retry=RetryStrategy(max_attempts=TRIES, exponential_wait=3),
    pass_context=False,
)
def carry_out(entry: int, follower: str) -> None:
    """Call one follower with its entry; a follower is safe to run twice."""
    import_string(follower)(Entry.objects.select_related("subject").get(pk=entry))


def follow_up(entry: Entry, follower: str) -> None:
    """Put one duty after those that the same matter already has."""
    carry_out.configure(lock=f"subject:{entry.subject_id}").defer(entry=entry.pk, follower=follower)
