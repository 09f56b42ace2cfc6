"""一次延时服务怎样变动: how does what happens to it reach its row and the journal, and who is locked meanwhile?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings

from onewindow.ground.series import take
from onewindow.hall.models import Extension
from onewindow.hall.write import refuse_elsewhere
from onewindow.journal import write
from onewindow.journal.models import Subject
from onewindow.places.reads import here, pack_here
from onewindow.rules.extending import Policy, Stage, after, policy
from onewindow.rules.facts import Fact
from onewindow.rules.facts_extension import KIND
from onewindow.rules.grants import Actor


def said(on: date) -> Policy:
    """What holds of 延时服务 here on a day."""
    return policy(pack_here(here()).at(on))


def hold(extension: Extension) -> Extension:
    """The row locked: two who press at once come one after the other."""
    rows = Extension.objects.select_for_update(of=("self", "subject"))
    beside = ("subject", "hall", "window__hall", "officer", "ticket", "party")
    return rows.select_related(*beside).get(pk=extension.pk)


def hold_here(extension: Extension) -> Extension:
    """Held where it is served: of a hall with a machine of its own the county has the copy, and files it."""
    held = hold(extension)
    refuse_elsewhere(held.hall)
    return held


def open_number(county: str, hall: int, on: date) -> tuple[str, Subject]:
    """The next number of the day, and the matter of the journal that it names.

    The machine of a hall counts by itself: its numbers name the hall, so that none of them is one of the county's.
    """
    apart = f"D{hall}-" if settings.BOX else ""
    number = f"YS{on:%Y%m%d}-{apart}{take(county, f'extension:{on:%Y%m%d}'):04}"
    return number, write.open_subject(county, KIND, number)


def move(extension: Extension, fact: Fact, *, by: Actor, at: datetime, **index: Any) -> Extension:
    """Write what happened to one that is held, and put it into the index."""
    extension.stage = after(Stage(extension.stage), fact.name).value
    for name, value in index.items():
        setattr(extension, name, value)
    write.record(extension.subject, fact, by=by, at=at)
    extension.save(update_fields=["stage", *index])
    return extension
