"""监察的反应: what does the supervision do when a light turns? Safe to run twice."""

from __future__ import annotations

from onewindow.cases.models import Case
from onewindow.ground.clock import SHANGHAI
from onewindow.journal.models import Entry
from onewindow.oversight import acts
from onewindow.rules.grants import SYSTEM


def call_to_account(entry: Entry) -> None:
    """Red or beyond the legal day: the department has to answer."""
    case = Case.objects.get(subject=entry.subject_id)
    acts.call_to_account(case, by=SYSTEM, at=entry.at.astimezone(SHANGHAI), cause=entry)
