"""读流水线: through which stations did a case of this hall go, when and with whom, and how long do cases wait between them?

The facts of a case say it from its receipt on; its stay in the hall and its application say what was before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import JSONObject

from onewindow.cases.models import Case
from onewindow.cases.reads.whole import Whole
from onewindow.ground.clock import SHANGHAI
from onewindow.hall.models import Ticket
from onewindow.intake.models import ONLINE, Application
from onewindow.journal.models import Entry
from onewindow.letters.models import Letter
from onewindow.places.models import County, Hall
from onewindow.places.reads import pack_here
from onewindow.rules.record import struck_in
from onewindow.rules.stations import (
    DECISIONS,
    FACTS,
    READY,
    STATION_WORDS,
    Before,
    Line,
    Stamp,
    Station,
    Typical,
    line,
    typical,
)

_STAY = {
    "came_at": "visit__began_at",
    "taken_at": "taken_at",
    "served_at": "begun_at",
    "officer": "officer",
    "guided_at": "guided__at",
    "guided_by": "guided__by",
    "given_by": "given_by",
}
_GIVEN = Entry.objects.filter(subject=OuterRef("subject")).order_by("place").values("by")[:1]
_NUMBERS = Ticket.objects.annotate(given_by=Subquery(_GIVEN)).order_by("taken_at", "pk")
# Annotated to a case, its stay in the hall comes along with it and costs no statement of its own.
WITH_STAY = {
    "w_stay": ArraySubquery(
        _NUMBERS.filter(visit=OuterRef("application__visit")).values(
            row=JSONObject(**{name: F(column) for name, column in _STAY.items()})
        )
    )
}
EARLIEST = date(2000, 1, 1)  # the first month of all has none before it that a page could lead back to
# What the way of a case needs of its row and of its application.
_OF_CASE = (
    "subject",
    "applicant",
    "received_at",
    "is_open",
    *(
        f"application__{name}"
        for name in ("agent", "channel", "begun_at", "begun_as", "sealed_at", "taken_by", "visit")
    ),
)
MACHINE = "machine"  # who stamped what nobody of the staff did: the kiosk, or a code on a telephone


@dataclass(frozen=True)
class Stay:
    """What one number of a stay says."""

    came_at: datetime
    taken_at: datetime
    given_by: str  # who of the staff gave it; else the person himself took it
    served_at: datetime | None
    officer: int | None
    guided_at: datetime | None
    guided_by: str


def station_words(county: County, on: date) -> Mapping[Station, str]:
    """What the stations are called here."""
    said = pack_here(county).value("stations.words", on)
    names = said if isinstance(said, tuple) and len(said) == len(STATION_WORDS) else STATION_WORDS
    return dict(zip(Station, names, strict=True))


def of_case(whole: Whole, letters: Iterable[Letter], at: datetime) -> Line:
    """The way of one case, read with `WITH_STAY`."""
    case, gone = whole.case, struck_in(whole.entries)
    kept = [one for one in whole.entries if one.place not in gone]
    stamps = [Stamp(one.fact, one.at, one.by) for one in kept if one.fact in FACTS]
    decided = {one.pk for one in kept if one.fact in DECISIONS}
    ready = [one.issued_at for one in letters if one.cause_id in decided]
    stays = [_stay({**row, **_times(row)}) for row in case.w_stay]  # type: ignore[attr-defined]
    return _line(case, stamps, stays, ready, at)


def monthly(hall: Hall, first: date, at: datetime) -> tuple[list[Typical], int]:
    """The waits of all that was taken in at this hall in the month of `first`, and how many those were; four statements."""
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    received = Entry.objects.filter(county=hall.county, fact="Received", on__range=(first, last))
    rows = Case.objects.filter(taken_at=hall, subject__in=received.values("subject"))
    cases = {one.subject_id: one for one in rows.select_related("application").only(*_OF_CASE)}
    stamps: dict[int, list[Stamp]] = {}
    wanted = Entry.objects.filter(subject__in=list(cases), fact__in=FACTS, struck__isnull=True)
    told = wanted.order_by("subject", "place").values_list("subject", "fact", "at", "by")
    for subject, fact, when, by in told:
        stamps.setdefault(subject, []).append(Stamp(fact, when, by))
    stays = _stays({one.application.visit_id for one in cases.values()} - {None})
    ready: dict[int, list[datetime]] = {}
    made = Letter.objects.filter(
        subject__in=list(cases), cause__fact__in=DECISIONS, cause__struck__isnull=True, replaces__isnull=True
    )
    for subject, issued_at in made.values_list("subject", "issued_at"):
        ready.setdefault(subject, []).append(issued_at)
    lines = [
        _line(
            case,
            stamps.get(subject, []),
            stays.get(case.application.visit_id or 0, []),
            ready.get(subject, []),
            at,
        )
        for subject, case in cases.items()
    ]
    return typical(lines), len(cases)


def _stays(visits: Iterable[int | None]) -> dict[int, list[Stay]]:
    """The numbers of these stays, the first first; nothing is asked without a stay."""
    found: dict[int, list[Stay]] = {}
    if wanted := list(visits):
        rows = _NUMBERS.filter(visit__in=wanted)
        for visit, *told in rows.values_list("visit", *_STAY.values()):
            found.setdefault(visit, []).append(_stay(dict(zip(_STAY, told, strict=True))))
    return found


def _stay(told: Mapping[str, Any]) -> Stay:
    return Stay(
        came_at=told["came_at"],
        taken_at=told["taken_at"],
        given_by=told["given_by"] if str(told["given_by"]).startswith("officer:") else "",
        served_at=told["served_at"],
        officer=told["officer"],
        guided_at=told["guided_at"],
        guided_by=told["guided_by"] or "",
    )


def _times(row: Mapping[str, Any]) -> dict[str, datetime | None]:
    """The moments of a row that came as JSON."""
    names = [name for name in _STAY if name.endswith("_at")]
    return {name: datetime.fromisoformat(row[name]) if row[name] else None for name in names}


def _line(
    case: Case, stamps: list[Stamp], stays: list[Stay], ready: Iterable[datetime], at: datetime
) -> Line:
    made = [Stamp(READY, when, "system") for when in ready]
    return line(_before(case.application, case, stays), [*stamps, *made], at, over=not case.is_open)


def _before(application: Application, case: Case, stays: list[Stay]) -> Before:
    himself = case.applicant_id if application.agent_id is None else application.agent_id
    online = application.channel in ONLINE
    begun = Stamp("begun", application.begun_at, f"party:{himself}")
    sealed = application.sealed_at or case.received_at
    came, numbered, served = _in_hall(stays, sealed)
    return Before(
        came=came,
        numbered=numbered,
        served=served,
        begun=begun if online or application.begun_as else _at_window(application),
        by_himself=online or application.begun_as in ONLINE,
        handed_in=Stamp("sealed", sealed, f"party:{himself}") if online else None,
    )


def _at_window(application: Application) -> Stamp:
    by = f"officer:{application.taken_by_id}" if application.taken_by_id else ""
    return Stamp("begun", application.begun_at, by)


def _in_hall(stays: list[Stay], sealed: datetime) -> tuple[Stamp | None, Stamp | None, Stamp | None]:
    """Through the door, with a number, and at the window that took the papers in: the last that began before the seal."""
    if not stays:
        return None, None, None
    first = stays[0]
    guided = [one for one in stays if one.guided_at is not None]
    who = guided[0].guided_by if guided else first.given_by or MACHINE
    came = Stamp("came", min(first.came_at, *(one.guided_at or first.came_at for one in stays)), who)
    began = [one for one in stays if one.served_at is not None and one.served_at <= sealed]
    served = max(began, key=lambda one: one.served_at or sealed, default=None)
    at_window = (
        Stamp("served", served.served_at, f"officer:{served.officer}")
        if served and served.served_at
        else None
    )
    return came, Stamp("numbered", first.taken_at, who), at_window


def month_of(typed: str, today: date) -> date:
    """The first day of the month that is asked for; this month when it is none or still to come, and none before 2000."""
    try:
        asked = datetime.strptime(typed, "%Y-%m").replace(tzinfo=SHANGHAI).date()
    except ValueError:
        asked = today
    return max(min(asked, today), EARLIEST).replace(day=1)
