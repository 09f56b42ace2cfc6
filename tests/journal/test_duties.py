"""后续事项入队: is a fact's duty what the queue itself would have written, and what becomes of one that fails?"""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.db import OperationalError, connection
from procrastinate.contrib.django.models import ProcrastinateJob

from onewindow.journal import work
from onewindow.journal.models import Entry, Failure
from onewindow.journal.reads import failed_one
from tests.cast import COUNTY, assemble

pytestmark = pytest.mark.django_db


@pytest.fixture
def accepted() -> Entry:
    case = assemble().accepted()
    return Entry.objects.select_related("subject").get(subject=case.subject, fact="Accepted")


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The followers in the order in which they were called; those in `broken` fail."""
    names: list[str] = []

    def stand_in(name: str) -> Callable[[Entry], None]:
        def follow(_: Entry) -> None:
            names.append(name.rpartition(".")[2])
            if names[-1] == "letter":
                raise OSError("磁盘坏了")

        return follow

    monkeypatch.setattr(work, "import_string", stand_in)
    return names


def trying(entry: Entry, attempts: int, **told: Any) -> None:
    context = cast(Any, SimpleNamespace(job=SimpleNamespace(attempts=attempts)))
    work.carry_out.func(context, entry=entry.pk, **told)


def test_the_duty_of_a_fact_is_in_the_queue_as_the_queue_itself_writes_it(accepted: Entry) -> None:
    ours = ProcrastinateJob.objects.get(args={"entry": accepted.pk})
    work.carry_out.configure(lock=f"subject:{accepted.subject_id}").defer(entry=accepted.pk)
    theirs = ProcrastinateJob.objects.filter(args={"entry": accepted.pk}).latest("id")
    assert ours.pk != theirs.pk
    columns = [field.name for field in ProcrastinateJob._meta.fields if field.name != "id"]
    assert [getattr(ours, name) for name in columns] == [getattr(theirs, name) for name in columns]
    events = [list(job.procrastinateevent_set.values_list("type", flat=True)) for job in (ours, theirs)]
    assert events[0] == events[1] == ["deferred"]


def test_a_fact_that_nothing_follows_from_leaves_no_duty(accepted: Entry) -> None:
    facts = set(Entry.objects.filter(subject=accepted.subject).values_list("pk", "fact"))
    queued = {job.args["entry"] for job in ProcrastinateJob.objects.all()}
    assert queued == {pk for pk, fact in facts if work.followers_of(fact)}


def test_what_follows_keeps_its_order_and_waits_for_what_failed(accepted: Entry, called: list[str]) -> None:
    with pytest.raises(OSError, match="磁盘坏了"):
        trying(accepted, attempts=0)
    assert called == ["letter"]
    assert Failure.objects.get().follower == "onewindow.letters.follow.letter"


def test_at_the_last_try_the_others_go_on_and_the_duty_still_failed(
    accepted: Entry, called: list[str]
) -> None:
    with pytest.raises(OSError, match="磁盘坏了"):
        trying(accepted, attempts=work.TRIES)
    assert called == ["letter", "tell"]
    job = ProcrastinateJob.objects.get(args={"entry": accepted.pk})
    ProcrastinateJob.objects.filter(pk=job.pk).update(status="failed")
    failed = failed_one(COUNTY, job.pk)
    assert failed is not None
    assert failed.follower == "onewindow.letters.follow.letter"


def test_a_duty_that_an_earlier_release_left_for_one_follower_is_still_done(
    accepted: Entry, called: list[str]
) -> None:
    trying(accepted, attempts=0, follower="onewindow.notices.follow.tell")
    assert called == ["tell"]


def test_what_lacked_a_seal_is_tried_again_at_once(accepted: Entry) -> None:
    failure = Failure.objects.create(
        county=COUNTY,
        entry=accepted,
        follower="onewindow.letters.follow.letter",
        at=accepted.at,
        error="NotSealed",
    )
    jobs = ProcrastinateJob.objects.filter(args={"entry": accepted.pk})
    jobs.update(status="failed")
    work.hurry([failure], at=accepted.at)
    assert jobs.get().status == "todo"


def test_a_failure_of_the_database_is_told_as_one(accepted: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(_: str) -> Callable[[Entry], None]:
        def follow(_: Entry) -> None:
            raise OperationalError("x")

        return follow

    monkeypatch.setattr(work, "import_string", away)
    with pytest.raises(OperationalError):
        trying(accepted, attempts=0)
    assert "数据库暂时连不上" in Failure.objects.get().error


LINE = """
INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, args, status)
SELECT 'errands', 'nothing', 0, 'subject:' || -n, '{}', 'todo'::procrastinate_job_status FROM generate_series(1, %s) n
"""
TAKEN = """
EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT (procrastinate_fetch_job_v2(ARRAY['errands'], NULL)).id
"""


def test_the_next_duty_is_found_without_reading_all_that_wait() -> None:
    """After an outage thousands wait; the queue asks of each whether an earlier one of the same matter is there.

    The database has looked at the table since, as it does by itself within a minute.
    """
    with connection.cursor() as cursor:
        cursor.execute(LINE, [5_000])
        cursor.execute("ANALYZE procrastinate_jobs")
        pages = []
        for _ in range(10):
            cursor.execute(TAKEN)
            ((plan,),) = cursor.fetchone()
            pages.append(plan["Plan"]["Shared Hit Blocks"])
    assert max(pages[1:]) < 110, (
        pages
    )  # the first reads the catalogue too; all that wait are 130 pages and more
