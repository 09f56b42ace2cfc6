"""有没有准备: which plans, incidents, drills and equipment has a hall, and what is overdue?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Prefetch, Q

from onewindow.emergency.models import Drill, DrillMeasure, Incident, Plan, Round, SafetyItem, Stop
from onewindow.people.reads import names_of
from onewindow.places.models import Hall


@dataclass(frozen=True)
class Readiness:
    """What the page of one hall shows."""

    plans: list[Plan]
    open: list[Incident]
    past: list[Incident]
    drills: list[Drill]
    measures: list[DrillMeasure]
    alerts: list[SafetyItem]
    safety: list[SafetyItem]
    stops: list[Stop]


def readiness(hall: Hall, today: date) -> Readiness:
    """Seven statements."""
    incidents = list(Incident.objects.filter(hall=hall).select_related("plan").order_by("-opened_at")[:40])
    safety = list(SafetyItem.objects.filter(hall=hall, retired_on__isnull=True).select_related("hall"))
    drills = (
        Drill.objects.filter(plan__hall=hall)
        .select_related("plan")
        .annotate(open=Count("measures", filter=Q(measures__done_at__isnull=True)))
    )
    measures = DrillMeasure.objects.filter(drill__plan__hall=hall, done_at__isnull=True)
    return Readiness(
        plans=list(
            Plan.objects.filter(hall=hall)
            .exclude(stage=Plan.Stage.REPLACED)
            .select_related("chief")
            .order_by("event", "-version")
        ),
        open=[one for one in incidents if one.open],
        past=[one for one in incidents if not one.open],
        drills=list(drills[:20]),
        measures=list(measures.select_related("drill__plan")),
        alerts=sorted((one for one in safety if one.overdue(today)), key=lambda one: one.due_on),
        safety=safety,
        stops=list(Stop.objects.filter(hall=hall).order_by("-began_at")[:20]),
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
