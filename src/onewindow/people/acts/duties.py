"""安排值班: who is on duty in which part of a session, and has he come?

Whoever arranges the duty names leader, section and support; a window names who serves there when it agrees to a booking.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from onewindow.people.away import away
from onewindow.people.models import Duty, Officer
from onewindow.places.models import Hall, Window
from onewindow.places.write import journalise, organisation
from onewindow.rules.facts_booking import DutyBegun, DutyDropped, DutyNamed, DutyUnmet
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.identity import phone_fault
from onewindow.rules.opening import SessionKind


@dataclass(frozen=True, kw_only=True)
class Part:
    """Which part of which session somebody has."""

    on: date
    kind: SessionKind
    officer: Officer
    role: str
    section: str = ""
    phone: str = ""


@needs(Grant.DUTY_ARRANGE)
@transaction.atomic
def name_duty(hall: Hall, *, by: Actor, at: datetime, part: Part, window: Window | None = None) -> Duty:
    """安排值班: leader, section, support, or somebody more at a window."""
    return _name(hall, window, part, by=by, at=at)


@needs(Grant.BOOKING_ANSWER)
@transaction.atomic
def staff_window(window: Window, *, by: Actor, at: datetime, part: Part) -> Duty:
    """The window itself says who serves there in that session."""
    return _name(window.hall, window, part, by=by, at=at)


@needs(Grant.DUTY_ARRANGE)
@transaction.atomic
def drop_duty(hall: Hall, *, by: Actor, at: datetime, duty: Duty) -> Duty:
    """取消值班安排: somebody else has to be named where it leaves a gap."""
    held = Duty.objects.select_for_update(of=("self",)).get(pk=duty.pk, hall=hall)
    if held.dropped_at is not None:
        raise NotAllowed("这一项值班已经取消了，不用再办。请刷新后再看。")
    held.dropped_at = at
    held.save(update_fields=["dropped_at"])
    fact = DutyDropped(on=at.date(), duty=held.pk, officer=held.officer_id)
    journalise(hall.county, fact, by=by, at=at)
    return held


@needs(Grant.DUTY_OWN)
@transaction.atomic
def sign_on(duty: Duty, *, by: Actor, at: datetime) -> Duty:
    """值班签到: he is there; once, and only on the day."""
    held = Duty.objects.select_for_update(of=("self",)).get(pk=duty.pk)
    if held.dropped_at is not None or held.on != at.date():
        raise NotAllowed("只能在值班当天签到，已取消的值班不用签到。请看自己的值班安排。")
    if held.signed_on_at is None:
        held.signed_on_at = at
        held.save(update_fields=["signed_on_at"])
        journalise(held.county, DutyBegun(on=at.date(), duty=held.pk), by=by, at=at)
    return held


@needs(Grant.HALL_TICK)
@transaction.atomic
def note_unmet(duty: Duty, *, by: Actor, at: datetime) -> bool:
    """值班不在岗: the session has begun without him though somebody is booked; told once."""
    held = Duty.objects.select_for_update(of=("self",)).get(pk=duty.pk)
    if held.unmet_at is not None or held.signed_on_at is not None or held.dropped_at is not None:
        return False
    held.unmet_at = at
    held.save(update_fields=["unmet_at"])
    journalise(held.county, DutyUnmet(on=at.date(), duty=held.pk), by=by, at=at)
    return True


def _name(hall: Hall, window: Window | None, part: Part, *, by: Actor, at: datetime) -> Duty:
    organisation(hall.county)  # the lock: named twice at once, he stands there once
    officer = part.officer
    if officer.county != hall.county or officer.left_on is not None:
        raise NotAllowed(f"{officer.name}不是本地在岗人员，不能安排值班。请另选一位同志。")
    if away([officer.pk], part.on, part.on):
        raise NotAllowed(f"{officer.name}那天休假，不能安排值班。请另选一位同志。")
    if part.phone.strip() and (fault := phone_fault(part.phone)):
        raise NotAllowed(fault)
    if part.role not in Duty.Role.values or (part.role == Duty.Role.WINDOW) != (window is not None):
        raise NotAllowed("窗口值班要写明是哪个窗口，其他值班不写窗口。请改后再提交。")
    same = Duty.objects.filter(
        hall=hall, window=window, on=part.on, kind=part.kind.value, role=part.role, officer=officer
    )
    if there := same.filter(dropped_at__isnull=True).first():
        return there
    made = Duty.objects.create(
        county=hall.county,
        hall=hall,
        window=window,
        on=part.on,
        kind=part.kind.value,
        role=part.role,
        officer=officer,
        section=part.section.strip()[:40],
        phone=part.phone.strip()[:30],
        named_by=by.actor_code,
        named_at=at,
    )
    fact = DutyNamed(on=at.date(), duty=made.pk, officer=officer.pk)
    journalise(hall.county, fact, by=by, at=at)
    return made
