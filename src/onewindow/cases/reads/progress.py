"""到哪一步了: what of a case does its progress need – its facts, dates and what was written to the applicant? One statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_date, parse_datetime

from onewindow.cases.law import law_for, pack_for
from onewindow.cases.models import Case, Correction, Delivery, Refusal, TermMoved
from onewindow.cases.reads.visible import Asked
from onewindow.ground.clock import SHANGHAI
from onewindow.ground.prepared import Question, slot_number
from onewindow.intake.models import Submitted
from onewindow.journal.models import Entry
from onewindow.places.models import County
from onewindow.rules.facts import rebuild
from onewindow.rules.standing import Standing, standing

_BESIDE = ("version__item", "department", "application__window", "applicant", "decision", "subject")
_NOT_NEEDED = (
    "version__content",
    "version__form",
    "version__index",
    "application__form",
    "application__draft",
    "application__phone",
    "application__delivery_address",
    "applicant__paper_number",
    "applicant__phone",
    "applicant__address",
)


@dataclass
class Progress:
    """A case as its progress is told; `cases.reads.told` makes the words."""

    case: Case
    entries: Sequence[Any]
    corrections: Sequence[tuple[Any, Any]]
    refusals: Sequence[Any]
    deliveries: Sequence[Any]
    moved: Sequence[Any]
    handed_in: int
    now: Standing


def progress(case: Case, county: County) -> Progress:
    """The progress of a case that `PROGRESS` found."""
    rows: Any = case  # with what `wanted` put beside it
    entries = [_entry(row) for row in rows.w_entries]
    pack = pack_for(county, case.pack, case.received_on)
    law = law_for(case.version, case.application.channel, pack)
    return Progress(
        case=case,
        entries=entries,
        corrections=[(SimpleNamespace(reply_by=day), ()) for day in rows.w_corrections],
        refusals=[SimpleNamespace(**row) for row in rows.w_refusals],
        deliveries=[SimpleNamespace(**row) for row in rows.w_deliveries],
        moved=[_moved(row) for row in rows.w_moved],
        handed_in=rows.w_handed_in or 0,
        now=standing((rebuild(entry.fact, entry.on, entry.body) for entry in entries), law),
    )


def progress_of(subject: int, county: County) -> Progress:
    """The progress of the case of a subject, for the installation itself: its notices."""
    found = _OF_SUBJECT.one(subject)
    if found is None:
        raise Case.DoesNotExist
    return progress(found, county)


def wanted(visible: QuerySet[Case], number: str) -> QuerySet[Case]:
    """The case of a number among those that may be seen, with all that `progress` needs."""
    return _beside(visible.filter(number=number))


def _beside(cases: QuerySet[Case]) -> QuerySet[Case]:
    handed_in = Submitted.objects.filter(application=OuterRef("application")).order_by()
    counted = handed_in.values("application").annotate(n=Count("material", distinct=True)).values("n")
    return (
        cases.select_related(*_BESIDE)
        .defer(*_NOT_NEEDED)
        .annotate(
            w_entries=_rows(Entry, "place", "fact", "on", "at", "by", "body", subject=OuterRef("subject")),
            w_refusals=_rows(Refusal, "reasons", "go_to", case=OuterRef("pk")),
            w_deliveries=_rows(Delivery, "tracking", "why_back", case=OuterRef("pk")),
            w_moved=_rows(TermMoved, "cause_id", "title", "before", "after", case=OuterRef("pk")),
            w_corrections=ArraySubquery(
                Correction.objects.filter(case=OuterRef("pk")).order_by("pk").values("reply_by")
            ),
            w_handed_in=Subquery(counted, output_field=IntegerField()),
        )
    )


def _rows(model: Any, *columns: str, **where: Any) -> ArraySubquery:
    row = JSONObject(pk=F("pk"), **{name: F(name) for name in columns})
    return ArraySubquery(model.objects.filter(**where).order_by("pk").values(row=row))


PROGRESS = Asked(wanted)
_OF_SUBJECT = Question(lambda subject: _beside(Case.objects.filter(subject=subject)), slot_number())


def _moved(row: dict[str, Any]) -> SimpleNamespace:
    days = {name: parse_date(row[name]) if row[name] else None for name in ("before", "after")}
    return SimpleNamespace(**{**row, **days})


def _entry(row: dict[str, Any]) -> SimpleNamespace:
    at = parse_datetime(row["at"])
    assert at is not None
    return SimpleNamespace(**{**row, "on": parse_date(row["on"]), "at": at.astimezone(SHANGHAI)})
