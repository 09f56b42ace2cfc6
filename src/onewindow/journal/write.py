"""记载一件事: how do a fact and the duties that follow from it enter the journal, in one transaction?"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, transaction
from psycopg.types.json import Jsonb

from onewindow.ground import sm
from onewindow.ground.fresh import fresh
from onewindow.ground.prepared import put, rows, together
from onewindow.journal.models import Access, Entry, Subject
from onewindow.journal.work import duty, followers_of
from onewindow.rules import all_facts  # noqa: F401 (so that every fact can be rebuilt)
from onewindow.rules.facts import Fact, body, rebuild
from onewindow.rules.grants import Actor

CHINA = timedelta(hours=8)
_READ = """
SELECT fact, "on", body, by FROM journal_entry WHERE subject_id = %(subject)s ORDER BY place
"""
_READ_ALL = """
SELECT subject_id, fact, "on", body FROM journal_entry WHERE subject_id = ANY(%(subjects)s::bigint[]) ORDER BY subject_id, place
"""
# The head of the chain moves with each entry.
_MOVED = "UPDATE journal_subject SET head = %(hash)s, length = %(place)s WHERE id = %(subject)s"
_KEPT = """
INSERT INTO journal_entry (county, subject_id, place, fact, "on", at, by, body, before, hash)
VALUES (%(county)s, %(subject)s, %(place)s, %(fact)s, %(on)s, %(at)s, %(by)s, %(body)s, %(before)s, %(hash)s)
RETURNING id
"""
# The duty that follows, by the queue's own function.
_FOLLOWED = """
(SELECT procrastinate_defer_jobs_v1(ARRAY[ROW(
  %(queue)s::text, %(task)s::text, 0, %(lock)s::text, NULL, jsonb_build_object('entry', {kept}.id), NULL
)::procrastinate_job_to_defer_v1]) FROM {kept})
"""


def open_subject(county: str, kind: str, number: str) -> Subject:
    """The row that everything about this matter points to."""
    subject = fresh(Subject, county=county, kind=kind, number=number)
    put(subject)
    return subject


def history(subject: Subject) -> tuple[Fact, ...]:
    """All facts about the matter, in order."""
    return tuple(one.fact for one in deeds(subject))


def histories(subjects: Iterable[int]) -> dict[int, tuple[Fact, ...]]:
    """All facts about each of these matters, in order; read in one statement."""
    found: dict[int, list[Fact]] = {subject: [] for subject in subjects}
    for subject, fact, on, told in rows(_READ_ALL, {"subjects": list(found)}):
        found[subject].append(rebuild(fact, on, json.loads(told)))
    return {subject: tuple(facts) for subject, facts in found.items()}


class Deed(NamedTuple):
    """A fact, the code of whoever did it, and the officer in whose place he did; 0 for himself."""

    fact: Fact
    by: str
    instead: int


def deeds(subject: Subject) -> list[Deed]:
    """All facts about the matter, in order, with who did each."""
    read = ((fact, on, json.loads(told), by) for fact, on, told, by in rows(_READ, {"subject": subject.pk}))
    return [Deed(rebuild(fact, on, told), by, told.get("instead", 0)) for fact, on, told, by in read]


def record(subject: Subject, fact: Fact, *, by: Actor, at: datetime, instead: int = 0) -> Entry:
    """Write `fact` about `subject`; the caller holds the lock on the matter's own row.

    The errand of what follows from the fact is deferred in the same statement. `instead`: the officer in whose
    place it was done; it stands beside the fact's own fields and is chained with them.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a fact is recorded inside its act's transaction")
    if at.utcoffset() != CHINA:
        raise ValueError("the moment of a fact is told in the time of China: its day is a day of the law")
    kept, place, before = body(fact), subject.length + 1, bytes(subject.head)
    if instead:
        kept["instead"] = instead
    entry = fresh(
        Entry,
        county=subject.county,
        subject=subject,
        place=place,
        fact=fact.name,
        on=fact.on,
        at=at,
        by=by.actor_code,
        body=kept,
        before=before,
        hash=link(before, subject.pk, place, fact.name, fact.on, at, by.actor_code, kept),
    )
    _write(entry)
    subject.head, subject.length = entry.hash, place
    return entry


def _write(entry: Entry) -> None:
    """The entry, with the duty to do what follows from it, when anything does; in one statement."""
    columns = ("county", "place", "fact", "on", "at", "by", "before", "hash")
    told: dict[str, Any] = {name: getattr(entry, name) for name in columns}
    told |= {"subject": entry.subject_id, "body": Jsonb(entry.body)}
    kept = f"kept{entry.place}"
    with together() as waits:
        if not waits.holds(entry.subject):
            waits.also(_MOVED, told, name=f"moved{entry.place}")
        waits.also(_KEPT, told, name=kept)
        waits.tell(f"(TABLE {kept})", {}, lambda number: setattr(entry, "pk", number))
        if followers_of(entry.fact):
            waits.tell(_FOLLOWED.format(kept=kept), duty(entry.subject_id), lambda _: None)
    entry._state.adding, entry._state.db = False, DEFAULT_DB_ALIAS


def link(
    before: bytes, subject: int, place: int, fact: str, on: date, at: datetime, by: str, kept: dict[str, Any]
) -> bytes:
    """The SM3 hash that chains one entry to the one before it on the same subject."""
    stamp = int(at.timestamp() * 1_000_000)
    text = json.dumps(
        [subject, place, fact, on.isoformat(), stamp, by, kept], ensure_ascii=False, sort_keys=True
    )
    return sm.digest(before + text.encode())


def log_access(
    county: str, *, by: Actor, at: datetime, what: str, about: str = "", reason: str = "", origin: str = ""
) -> None:
    """Write one line of the access log."""
    Access.objects.create(
        county=county,
        by=by.actor_code,
        at=at,
        what=what,
        about=about[:80],
        reason=reason[:200],
        origin=origin[:45],
    )
