"""有没有准备: which plans, incidents, drills and equipment has a hall, and what is overdue?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType

from django.db.models import Count, Prefetch, Q

from onewindow.emergency.models import Drill, DrillMeasure, Incident, Plan, Round, SafetyItem, Stop
from onewindow.ground.paging import page
from onewindow.people.reads import names_of
from onewindow.places.models import Hall

PAGE = 20


@dataclass(frozen=True)
class Readiness:
    """What the page of one hall shows."""

    plans: list[Plan]
    open: list[Incident]
    past: list[Incident]
    drills: Sequence[Drill]
    measures: list[DrillMeasure]
    alerts: list[SafetyItem]
    safety: list[SafetyItem]
    stops: list[Stop]
    past_key: str  # after which each of the lists of what is over goes on
    drills_key: str
    stops_key: str


def readiness(hall: Hall, today: date, after: Mapping[str, str] = MappingProxyType({})) -> Readiness:
    """Eight statements; `after`: the keys after which 以前的, 演练 and 停止服务 go on."""
    incidents = Incident.objects.filter(hall=hall).select_related("plan")
    over = incidents.filter(closed_at__isnull=False)
    past, past_key = page(over, after.get("past", ""), by=("-opened_at",), size=PAGE)
    stops = Stop.objects.filter(hall=hall)
    stopped, stops_key = page(stops, after.get("stops", ""), by=("-began_at",), size=PAGE)
    safety = list(SafetyItem.objects.filter(hall=hall, retired_on__isnull=True).select_related("hall"))
    drills = (
        Drill.objects.filter(plan__hall=hall)
        .select_related("plan")
        .annotate(open=Count("measures", filter=Q(measures__done_at__isnull=True)))
    )
    held, drills_key = page(drills, after.get("drills", ""), by=("-held_on",), size=PAGE)
    measures = DrillMeasure.objects.filter(drill__plan__hall=hall, done_at__isnull=True)
    return Readiness(
        plans=list(
            Plan.objects.filter(hall=hall)
            .exclude(stage=Plan.Stage.REPLACED)
            .select_related("chief")
            .order_by("event", "-version")
        ),
        open=list(incidents.filter(closed_at__isnull=True).order_by("-opened_at")),
        past=past,
        drills=held,
        measures=list(measures.select_related("drill__plan")),
        alerts=sorted((one for one in safety if one.overdue(today)), key=lambda one: one.due_on),
        safety=safety,
        stops=stopped,
        past_key=past_key,
        drills_key=drills_key,
        stops_key=stops_key,
    )


@dataclass(frozen=True)
class Course:
    """One incident with everything that its page and its report show."""

    incident: Incident
    done: int
    rounds: list[Round]
    round_due: datetime | None
    names: dict[str, str]


def course(incident: Incident) -> Course:
    """One incident, whole."""
    entries = list(incident.entries.all())
    rounds, plan = list(incident.rounds.all()), incident.plan
    due = None
    if incident.open and plan.round_hours:
        last = rounds[0].at if rounds else incident.opened_at
        due = last + timedelta(hours=plan.round_hours)
    people = (
        {one.done_by for one in entries}
        | {one.by for one in rounds}
        | {incident.opened_by, incident.closed_by}
    )
    return Course(
        incident=incident,
        done=sum(one.done_at is not None for one in entries),
        rounds=rounds,
        round_due=due,
        names=names_of(people - {""}),
    )


def incident_called(county: str, number: str) -> Incident | None:
    """One incident with its entries."""
    rows = Incident.objects.filter(county=county, number=number).select_related(
        "hall", "plan__chief", "subject"
    )
    health = Prefetch("health")
    return rows.prefetch_related("entries", "rounds", health, "health__officer").first()


def to_warn(today: date) -> list[SafetyItem]:
    """Pieces that nobody looked at in time and of which that was not told yet."""
    rows = SafetyItem.objects.filter(retired_on__isnull=True).select_related("hall")
    return [one for one in rows if one.overdue(today) and one.warned_for != one.due_on]
