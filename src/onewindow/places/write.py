"""组织变动怎样记载: the one way by which a change of offices and posts reaches the journal."""

from __future__ import annotations

from datetime import datetime

from onewindow.journal import write
from onewindow.journal.models import Subject
from onewindow.rules.facts import Fact
from onewindow.rules.facts_org import KIND
from onewindow.rules.grants import Actor


def organisation(county: str) -> Subject:
    """The row to which every change of this county's offices and posts belongs, locked until commit."""
    subject, _ = Subject.objects.select_for_update().get_or_create(county=county, kind=KIND, number=county)
    return subject


def journalise(county: str, fact: Fact, *, by: Actor, at: datetime, instead: int = 0) -> None:
    """Write a change of the county's organisation into the journal."""
    write.record(organisation(county), fact, by=by, at=at, instead=instead)
