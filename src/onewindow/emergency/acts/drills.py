"""应急演练: which plan was tried, who took part, what was found, and was it put right in time?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from onewindow.emergency.models import Drill, DrillMeasure, Plan
from onewindow.places.write import journalise
from onewindow.rules.facts_emergency import DrillHeld, MeasureDone
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs


@dataclass(frozen=True)
class Better:
    """What is to be better: what, by whom, until when."""

    what: str
    who: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class Held:
    """How it went."""

    held_on: date
    people: str
    headcount: int
    course: str
    findings: str = ""


@needs(Grant.HALL_MANAGE)
@transaction.atomic
def record_drill(
    plan: Plan, *, by: Actor, at: datetime, held: Held, measures: Sequence[Better] = ()
) -> Drill:
    """登记演练: what was found needs a measure with a day."""
    if plan.stage == Plan.Stage.DRAFT:
        raise NotAllowed("预案还没有批准，请先批准，再按它演练。")
    if held.held_on > at.date():
        raise NotAllowed("演练的日子还没有到，请演练以后再登记。")
    if not held.people.strip() or not held.course.strip():
        raise NotAllowed("请写明谁参加了、怎么演练的。")
    if held.findings.strip() and not measures:
        raise NotAllowed("发现了问题的，请写明怎么改、谁负责、哪天以前改完。")
    if any(one.due_on < held.held_on for one in measures):
        raise NotAllowed("整改的期限早于演练那天，请改日期。")
    drill = Drill.objects.create(
        county=plan.county,
        plan=plan,
        held_on=held.held_on,
        people=held.people.strip()[:300],
        headcount=held.headcount,
        course=held.course.strip()[:400],
        findings=held.findings.strip()[:400],
        recorded_by=by.actor_code,
        recorded_at=at,
    )
    DrillMeasure.objects.bulk_create(
        DrillMeasure(drill=drill, what=one.what[:200], who=one.who[:60], due_on=one.due_on)
        for one in measures
    )
    journalise(plan.county, DrillHeld(on=at.date(), drill=drill.pk), by=by, at=at)
    return drill


@needs(Grant.HALL_MANAGE)
@transaction.atomic
def settle_measure(measure: DrillMeasure, *, by: Actor, at: datetime, outcome: str) -> DrillMeasure:
    """整改完成: what was done."""
    held = DrillMeasure.objects.select_for_update(of=("self",)).get(pk=measure.pk)
    if held.done_at is not None:
        raise NotAllowed("这一项已经登记完成了。请刷新后再看。")
    if len(outcome.strip()) < 2:
        raise NotAllowed("请写明怎么改的。")
    held.done_at, held.done_by, held.outcome = at, by.actor_code, outcome.strip()[:200]
    held.save(update_fields=["done_at", "done_by", "outcome"])
    journalise(measure.county, MeasureDone(on=at.date(), measure=held.pk), by=by, at=at)
    return held
