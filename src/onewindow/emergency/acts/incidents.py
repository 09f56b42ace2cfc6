"""突发事件: who starts which plan, ticks its steps, writes down what else was done, and reports when it is over?

While an epidemic plan runs the hall has its limit and its notice, rounds are due and the staff's health is kept.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from onewindow.emergency.models import Event, HealthNote, Incident, IncidentEntry, Plan, Round
from onewindow.ground.clock import SHANGHAI
from onewindow.ground.events import tell
from onewindow.ground.hearing import hall_channel
from onewindow.ground.series import take
from onewindow.journal import write
from onewindow.people.models import Officer
from onewindow.places.models import Hall
from onewindow.rules.facts import Fact
from onewindow.rules.facts_emergency import (
    KIND,
    HealthNoted,
    IncidentClosed,
    IncidentNoted,
    IncidentOpened,
    RoundDone,
    StepDone,
)
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs

OVER = "这次应急已经结束，不能再登记。请刷新后再看。"


@needs(Grant.HALL_MANAGE)
@transaction.atomic
def open_incident(plan: Plan, *, by: Actor, at: datetime, what: str, place: str = "") -> Incident:
    """启动预案: its steps stand there to be ticked; two who press at once start it once."""
    held = Plan.objects.select_for_update(of=("self",)).select_related("hall").get(pk=plan.pk)
    if held.stage != Plan.Stage.APPROVED:
        raise NotAllowed("这一版预案没有批准或者已经被新版代替，不能启动。请用执行中的一版。")
    if Incident.objects.filter(plan=held, closed_at__isnull=True).exists():
        raise NotAllowed("这个预案已经启动了，请打开正在处置的那一次接着登记。")
    if len(what.strip()) < 2:
        raise NotAllowed("请写明发生了什么。")
    day = at.astimezone(SHANGHAI).date()
    number = f"YJ{day:%Y%m%d}-{take(held.county, f'incident:{day:%Y%m%d}'):02}"
    incident = Incident.objects.create(
        county=held.county,
        subject=write.open_subject(held.county, KIND, number),
        number=number,
        hall=held.hall,
        plan=held,
        what=what.strip()[:300],
        place=place.strip()[:60],
        opened_at=at,
        opened_by=by.actor_code,
    )
    IncidentEntry.objects.bulk_create(
        IncidentEntry(incident=incident, order=place_, what=one["step"][:200], who=one.get("who", "")[:60])
        for place_, one in enumerate(held.steps, start=1)
    )
    _note(incident, IncidentOpened(on=day, incident=incident.pk, plan=held.pk), by=by, at=at)
    if held.event == Event.EPIDEMIC:
        _guard(held.hall_id, held.capacity, held.advice)
    return incident


@needs(Grant.HALL_CALL)
@transaction.atomic
def tick_step(entry: IncidentEntry, *, by: Actor, at: datetime, note: str = "") -> IncidentEntry:
    """步骤已做: whoever did it says so; ticked twice the first one stands."""
    incident = _held(entry.incident)
    found = IncidentEntry.objects.select_for_update().get(pk=entry.pk)
    if found.done_at is not None:
        return found
    found.done_at, found.done_by, found.note = at, by.actor_code, note.strip()[:200]
    found.save(update_fields=["done_at", "done_by", "note"])
    _note(incident, StepDone(on=at.date(), incident=incident.pk, entry=found.pk), by=by, at=at)
    return found


@needs(Grant.HALL_CALL)
@transaction.atomic
def note_action(incident: Incident, *, by: Actor, at: datetime, what: str, who: str = "") -> IncidentEntry:
    """登记处置: what was done besides the steps: time, person, action."""
    held = _held(incident)
    if len(what.strip()) < 2:
        raise NotAllowed("请写明做了什么。")
    last = held.entries.order_by("-order").values_list("order", flat=True).first() or 0
    entry = IncidentEntry.objects.create(
        incident=held,
        order=last + 1,
        planned=False,
        what=what.strip()[:200],
        who=who.strip()[:60],
        done_at=at,
        done_by=by.actor_code,
    )
    _note(held, IncidentNoted(on=at.date(), incident=held.pk, entry=entry.pk), by=by, at=at)
    return entry


@needs(Grant.HALL_MANAGE)
@transaction.atomic
def close_incident(
    incident: Incident, *, by: Actor, at: datetime, summary: str, harm: str = "", better: str = ""
) -> Incident:
    """应急结束: with its report; steps that were not done stand in it as such."""
    held = _held(incident)
    if len(summary.strip()) < 10:
        raise NotAllowed("请写处置经过和结果，至少十个字，报告里要用。")
    held.closed_at, held.closed_by = at, by.actor_code
    held.summary, held.harm, held.better = summary.strip()[:2000], harm.strip()[:300], better.strip()[:300]
    held.save(update_fields=["closed_at", "closed_by", "summary", "harm", "better"])
    _note(held, IncidentClosed(on=at.date(), incident=held.pk), by=by, at=at)
    if held.plan.event == Event.EPIDEMIC:
        _guard(held.hall_id, None, "")
    return held


@needs(Grant.HALL_CALL)
@transaction.atomic
def note_round(incident: Incident, *, by: Actor, at: datetime, where: str) -> Round:
    """消毒通风登记: the next round is due so many hours later."""
    held = _epidemic(incident)
    if not where.strip():
        raise NotAllowed("请写明消毒了哪里。")
    made = Round.objects.create(incident=held, at=at, by=by.actor_code, where=where.strip()[:120])
    _note(held, RoundDone(on=at.date(), incident=held.pk, round=made.pk), by=by, at=at)
    return made


@needs(Grant.HALL_MANAGE)
@transaction.atomic
def note_health(
    incident: Incident, *, by: Actor, at: datetime, officer: Officer, fit: bool, note: str = ""
) -> HealthNote:
    """工作人员健康登记: once a day for each; what he has stands encrypted."""
    held, day = _epidemic(incident), at.astimezone(SHANGHAI).date()
    try:
        with transaction.atomic():
            made = HealthNote.objects.create(
                incident=held,
                officer=officer,
                day=day,
                fit=fit,
                note=note.strip()[:200],
                by=by.actor_code,
                at=at,
            )
    except IntegrityError:
        raise NotAllowed(f"{officer.name}今天已经登记过了。请看下面的登记。") from None
    fact = HealthNoted(on=day, incident=held.pk, officer=officer.pk, fit=fit)
    _note(held, fact, by=by, at=at)
    return made


def checked_today(incident: Incident, day: date) -> set[int]:
    """Whose health was written down today."""
    return set(incident.health.filter(day=day).values_list("officer", flat=True))


def _held(incident: Incident) -> Incident:
    rows = Incident.objects.select_for_update(of=("self", "subject")).select_related(
        "subject", "plan", "hall"
    )
    held = rows.get(pk=incident.pk)
    if held.closed_at is not None:
        raise NotAllowed(OVER)
    return held


def _epidemic(incident: Incident) -> Incident:
    held = _held(incident)
    if held.plan.event != Event.EPIDEMIC:
        raise NotAllowed("只有疫情防控预案登记消毒和健康。请登记到处置记录里。")
    return held


def _note(incident: Incident, fact: Fact, *, by: Actor, at: datetime) -> None:
    write.record(incident.subject, fact, by=by, at=at)


def _guard(hall: int, capacity: int | None, advice: str) -> None:
    """The hall's row carries limit and notice, so that whoever gives numbers reads nothing more."""
    held = Hall.objects.select_for_update(of=("self",)).get(pk=hall)
    held.capacity, held.advice = capacity, advice
    held.save(update_fields=["capacity", "advice"])
    tell(hall_channel(hall), '{"fact":"IncidentOpened"}')
