"""记载一件事: how do a fact and the duties that follow from it enter the journal, in one transaction?"""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from onewindow.ground import sm
from onewindow.journal.models import Access, Entry, Subject
from onewindow.journal.work import follow_up
from onewindow.rules import facts_catalogue, facts_org
from onewindow.rules.facts import Fact, body, rebuild
from onewindow.rules.grants import Actor

CHINA = timedelta(hours=8)
# Importing them enters their facts into the table by which a kept fact is rebuilt.
FACTS_OF_OTHERS = (facts_catalogue, facts_org)


def open_subject(county: str, kind: str, number: str) -> Subject:
    """The row that everything about this matter points to."""
    return Subject.objects.create(county=county, kind=kind, number=number)


def history(subject: Subject) -> tuple[Fact, ...]:
    """All facts about the matter, in order."""
    rows = Entry.objects.filter(subject=subject).order_by("place").values_list("fact", "on", "body")
    return tuple(rebuild(fact, on, kept) for fact, on, kept in rows)


def record(subject: Subject, fact: Fact, *, by: Actor, at: datetime) -> Entry:
    """Write `fact` about `subject`; the caller holds the lock on the matter's own row.

    Errands for every follower of the fact are deferred in the same transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a fact is recorded inside its act's transaction")
    if at.utcoffset() != CHINA:
        raise ValueError("the moment of a fact is told in the time of China: its day is a day of the law")
    kept = body(fact)
    place = subject.length + 1
    before = bytes(subject.head)
    linked = link(before, subject.pk, place, fact.name, fact.on, at, by.actor_code, kept)
    entry = Entry.objects.create(
        county=subject.county,
        subject=subject,
        place=place,
        fact=fact.name,
        on=fact.on,
        at=at,
        by=by.actor_code,
        body=kept,
        before=before,
        hash=linked,
    )
    Subject.objects.filter(pk=subject.pk).update(head=linked, length=place)
    subject.head, subject.length = linked, place
    for follower in settings.FOLLOWERS.get(fact.name, ()):
        follow_up(entry, follower)
    return entry


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
