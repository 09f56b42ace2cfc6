"""登记簿: the one way by which facts about a party – who acts for it, whether it lives, its password at a window – reach the journal."""

from __future__ import annotations

from datetime import datetime

from onewindow.journal import write
from onewindow.journal.models import Subject
from onewindow.people.models import Officer, Party
from onewindow.places.reads import here
from onewindow.rules.facts import Fact
from onewindow.rules.facts_people import KIND
from onewindow.rules.grants import Actor


def record_about(party: Party, fact: Fact, *, by: Actor, at: datetime, instead: int = 0) -> None:
    """The register of this party, who acts for it and whether it lives: one chain of facts per party and county."""
    Party.objects.select_for_update(of=("self",), no_key=True).get(pk=party.pk)
    county, number = by.county if isinstance(by, Officer) else here().code, str(party.pk)
    subject = subject_of(party, county)
    write.record(subject or write.open_subject(county, KIND, number), fact, by=by, at=at, instead=instead)


def subject_of(party: Party, county: str) -> Subject | None:
    """The chain of this party in the county; none while nothing was written in it."""
    return Subject.objects.filter(county=county, kind=KIND, number=str(party.pk)).first()
