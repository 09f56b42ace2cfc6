"""应急预案: who drafts what a hall does in which event, and who agrees to it?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from onewindow.emergency.models import Event, Incident, Plan
from onewindow.people.models import Officer
from onewindow.places.models import Hall
from onewindow.places.write import journalise
from onewindow.rules.facts_emergency import PlanApproved, PlanSet
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a plan says."""

    event: str
    title: str
    chief: Officer
    parts: list[dict[str, str]] = field(default_factory=list)
    steps: list[dict[str, str]] = field(default_factory=list)
    capacity: int | None = None
    round_hours: int | None = None
    advice: str = ""


@needs(Grant.HALL_MANAGE)
@transaction.atomic
def draft_plan(hall: Hall, *, by: Actor, at: datetime, told: Told) -> Plan:
    """起草: a new version beside the one in force; a draft that is there is changed."""
    held = Hall.objects.select_for_update(of=("self",)).get(pk=hall.pk)
    _refuse(told, held)
    rows = Plan.objects.filter(hall=held, event=told.event)
    last = rows.order_by("-version").first()
    epidemic = told.event == Event.EPIDEMIC
    said = {
        "title": told.title.strip()[:80],
        "chief": told.chief,
        "parts": told.parts,
        "steps": told.steps,
        "capacity": told.capacity if epidemic else None,
        "round_hours": told.round_hours if epidemic else None,
        "advice": told.advice.strip()[:60] if epidemic else "",
        "drafted_by": by.actor_code,
        "drafted_at": at,
    }
    plan = rows.filter(stage=Plan.Stage.DRAFT).first()
    if plan is None:
        version = last.version + 1 if last is not None else 1
        plan = Plan(county=held.county, hall=held, event=told.event, version=version)
    for name, value in said.items():
        setattr(plan, name, value)
    plan.save()
    journalise(held.county, PlanSet(on=at.date(), plan=plan.pk), by=by, at=at)
    return plan


@needs(Grant.EMERGENCY_APPROVE)
@transaction.atomic
def approve_plan(plan: Plan, *, by: Actor, at: datetime) -> Plan:
    """批准: by somebody else than whoever drafted it; from then on it is the plan, and the older one is kept."""
    held = Plan.objects.select_for_update(of=("self",)).select_related("hall").get(pk=plan.pk)
    if held.stage != Plan.Stage.DRAFT:
        raise NotAllowed("这一版已经批准过了。请刷新后再看。")
    if held.drafted_by == by.actor_code:
        raise NotAllowed("起草的人不能自己批准，请另一位有权的同志批准。")
    older = Plan.objects.select_for_update().filter(
        hall=held.hall, event=held.event, stage=Plan.Stage.APPROVED
    )
    if Incident.objects.filter(plan__in=older, closed_at__isnull=True).exists():
        raise NotAllowed("正在按旧的一版处置，请等应急结束以后再批准新的一版。")
    older.update(stage=Plan.Stage.REPLACED)
    held.stage, held.approved_by, held.approved_at = Plan.Stage.APPROVED, by.actor_code, at
    held.save(update_fields=["stage", "approved_by", "approved_at"])
    journalise(held.county, PlanApproved(on=at.date(), plan=held.pk), by=by, at=at)
    return held


def _refuse(told: Told, hall: Hall) -> None:
    if told.event not in Event.values:
        raise NotAllowed("请选择是哪一种突发事件。")
    if not told.title.strip():
        raise NotAllowed("请写预案的名称。")
    if not told.steps:
        raise NotAllowed("请写处置步骤，一行一步，至少一步。")
    if told.chief.county != hall.county:
        raise NotAllowed("总负责人不是本县的工作人员，请另选。")
    if told.event == Event.EPIDEMIC and not (told.capacity and told.round_hours and told.advice.strip()):
        raise NotAllowed("疫情防控预案要写厅内最多几人、几小时消毒一次和公告的话，请补上。")
