"""后续事项: how is a duty that follows from a fact carried out, in order per matter, with retries?

Procrastinate keeps the queue in PostgreSQL, one duty for each fact that anything follows from: a duty deferred in a rolled-back act never existed, its lock
keeps the duties of one matter in their order, a failed one is tried again and stays visible.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import InterfaceError, OperationalError, connection
from django.db.models import OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from onewindow.ground.disk import is_full
from onewindow.ground.prepared import Question, slot_number
from onewindow.journal.models import Entry, Failure
from onewindow.rules.facts_record import Voided

QUEUE, TASK = "errands", "onewindow.follow"
TRIES = 8


def _entry(pk: int) -> QuerySet[Entry]:
    voided = Entry.objects.filter(subject=OuterRef("subject"), fact=Voided.__name__).order_by().values("body")
    return Entry.objects.select_related("subject").annotate(w_voided=ArraySubquery(voided)).filter(pk=pk)


_ENTRY = Question(_entry, slot_number())


@app.task(
    name=TASK,
    queue=QUEUE,
    retry=RetryStrategy(max_attempts=TRIES, exponential_wait=3),
    pass_context=True,
)
def carry_out(context: JobContext, entry: int, follower: str = "") -> None:
    """Call what follows from an entry, one after the other; each is safe to run twice, and why one failed stays readable.

    The first that fails ends the try, so that they keep their order; at the last try the others go on without it.
    From a fact that was voided meanwhile nothing follows any more.
    A duty of an earlier release names its one `follower`.
    """
    found = _ENTRY.one(entry)
    if found is None:
        raise Entry.DoesNotExist
    if _is_voided(found):
        Failure.objects.filter(entry=found).delete()
        return
    failed: Exception | None = None
    for name in [follower] if follower else followers_of(found.fact):
        try:
            import_string(name)(found)
        except Exception as failure:
            note_failure(found, name, failure)
            if context.job.attempts < TRIES:
                raise
            failed = failed or failure
        else:
            if context.job.attempts:
                Failure.objects.filter(entry=found, follower=name).delete()
    if failed is not None:
        raise failed


def _is_voided(entry: Entry) -> bool:
    bodies = entry.w_voided  # type: ignore[attr-defined]
    return any(entry.place in (body["place"], *body["also"]) for body in bodies)


def followers_of(fact: str) -> Sequence[str]:
    """What follows from a fact, in this order."""
    told: Sequence[str] = settings.FOLLOWERS.get(fact, ())
    return told


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


def duty(subject: int) -> dict[str, Any]:
    """The one duty of an entry in the words of the queue, as `journal.write` puts it there with the entry itself."""
    return {"queue": QUEUE, "task": TASK, "lock": f"subject:{subject}"}


_SOONER = """
UPDATE procrastinate_jobs SET scheduled_at = %s
WHERE id = %s AND status = 'todo' AND scheduled_at > %s
"""


def hurry(failures: Iterable[Failure], *, at: datetime) -> None:
    """What these duties lacked is there now: they are tried again at once, also those that had been given up."""
    for failure in failures:
        named = Q(args__follower=failure.follower) | Q(task_name=TASK, args__follower__isnull=True)
        for job in ProcrastinateJob.objects.filter(named, args__entry=failure.entry_id):
            if job.status == "failed":
                app.job_manager.retry_job_by_id(job.pk, at)
            elif job.status == "todo":
                with connection.cursor() as cursor:
                    cursor.execute(_SOONER, [at, job.pk, at])
