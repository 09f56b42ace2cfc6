"""后续事项: how is a duty that follows from a fact carried out, in order per matter, with retries?

Procrastinate keeps the queue in PostgreSQL: a duty deferred in a rolled-back act never existed, its lock
keeps the duties of one matter in their order, a failed one is tried again and stays visible.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone
from django.utils.module_loading import import_string
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from onewindow.ground.disk import is_full
from onewindow.ground.prepared import Question, slot_number
from onewindow.journal.models import Entry, Failure

QUEUE = "errands"
TRIES = 8
_ENTRY = Question(lambda pk: Entry.objects.select_related("subject").filter(pk=pk), slot_number())


@app.task(
    name="onewindow.follow",
    queue=QUEUE,
    retry=RetryStrategy(max_attempts=TRIES, exponential_wait=3),
    pass_context=True,
)
def carry_out(context: JobContext, entry: int, follower: str) -> None:
    """Call one follower with its entry; a follower is safe to run twice. Why it failed stays readable."""
    found = _ENTRY.one(entry)
    if found is None:
        raise Entry.DoesNotExist
    try:
        import_string(follower)(found)
    except Exception as failure:
        note_failure(found, follower, failure)
        raise
    if context.job.attempts:
        Failure.objects.filter(entry=found, follower=follower).delete()


def note_failure(entry: Entry, follower: str, failure: Exception) -> None:
    """Why a duty of this entry failed, for the page of failed duties."""
    error = _reason(failure)
    # The moment of a duty, not of a fact: the worker is the one place of this package that asks the clock.
    kept, new = Failure.objects.get_or_create(
        entry=entry,
        follower=follower,
        defaults={"county": entry.county, "at": timezone.now(), "error": error},
    )
    if not new:
        kept.at, kept.error, kept.times = timezone.now(), error, kept.times + 1
        kept.save(update_fields=["at", "error", "times"])


def _reason(failure: Exception) -> str:
    """The kind of failure; its sentence only where it is our own, since another's may quote a person's data."""
    if is_full(failure):
        return "服务器的存储空间满了：腾出空间以后会自动再办。"
    if isinstance(failure, OperationalError | InterfaceError):
        return "数据库暂时连不上：恢复以后会自动再办。"
    kind = type(failure).__name__
    if isinstance(failure, OSError) and failure.strerror:
        return f"{kind}: {failure.strerror}"[:300]
    ours = type(failure).__module__.startswith("onewindow.")
    return (f"{kind}: {failure}" if ours else kind)[:300]


def follow_up(entry: Entry, followers: Sequence[str]) -> None:
    """Put the duties after those that the same matter already has, all in one statement."""
    if followers:
        duties = [{"entry": entry.pk, "follower": follower} for follower in followers]
        carry_out.configure(lock=f"subject:{entry.subject_id}").batch_defer(*duties)


_SOONER = """
UPDATE procrastinate_jobs SET scheduled_at = %s
WHERE status = 'todo' AND scheduled_at > %s AND args->>'follower' = %s AND (args->>'entry')::bigint = %s
"""


def hurry(failures: Iterable[Failure], *, at: datetime) -> None:
    """What these duties lacked is there now: they are tried again at once, also those that had been given up."""
    for failure in failures:
        duty = {"args__entry": failure.entry_id, "args__follower": failure.follower}
        for job in ProcrastinateJob.objects.filter(status="failed", **duty):
            app.job_manager.retry_job_by_id(job.pk, at)
        with connection.cursor() as cursor:
            cursor.execute(_SOONER, [at, at, failure.follower, failure.entry_id])
