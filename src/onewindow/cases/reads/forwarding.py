"""转给谁: which officers may go on with a case, and in which post do they sit?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onewindow.cases.models import Case
from onewindow.journal.models import Entry
from onewindow.people.models import Officer
from onewindow.people.reads import seated
from onewindow.rules.facts import Reviewed
from onewindow.rules.grants import Grant
from onewindow.rules.stages import Stage, after


@dataclass(frozen=True)
class Colleague:
    """One officer to whom a case may be forwarded."""

    officer: Officer
    post: str


def colleagues_for(case: Case, by: Officer, day: date) -> list[Colleague]:
    """Those of the department who may do what comes next; never whoever has it, and never who would decide his own.

    Refuses where the case cannot be forwarded now.
    """
    after(Stage(case.stage), "Forwarded")
    deciding = case.stage == Stage.DECIDING
    needed = Grant.CASE_DECIDE if deciding else Grant.CASE_EXAMINE
    reviewed = _reviewer(case) if deciding else ""
    return [
        Colleague(officer, post)
        for officer, post in seated(case.department_id, needed, day)
        if officer.pk != by.pk and officer.actor_code != reviewed
    ]


def _reviewer(case: Case) -> str:
    """Who examined it last."""
    done = Entry.objects.filter(subject=case.subject_id, fact=Reviewed.__name__, struck__isnull=True)
    done = done.order_by("-place")
    return done.values_list("by", flat=True).first() or ""
