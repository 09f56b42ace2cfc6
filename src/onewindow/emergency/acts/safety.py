"""安全和急救设备: who enters a piece, looks at it in time, uses it, and who is told that nobody has looked?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from onewindow.emergency.models import SafetyCheck, SafetyItem, SafetyUse
from onewindow.places.models import Hall
from onewindow.places.write import journalise
from onewindow.rules.facts_emergency import (
    SafetyChecked,
    SafetyOverdue,
    SafetyRetired,
    SafetySet,
    SafetyUsed,
)
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs


@dataclass(frozen=True, kw_only=True)
class Piece:
    """What a piece is, where it hangs, who keeps it, and how often it is looked at."""

    kind: str
    name: str
    place: str
    keeper: str
    every_days: int
    checked_on: date
    expires_on: date | None = None


@needs(Grant.HALL_MANAGE)
@transaction.atomic
def enter_safety(
    hall: Hall, *, by: Actor, at: datetime, piece: Piece, item: SafetyItem | None = None
) -> SafetyItem:
    """登记设备, or change what is told of one (`item`)."""
    if piece.checked_on > at.date():
        raise NotAllowed("上次检查的日子还没有到，请改日期。")
    made = item or SafetyItem(hall=hall)
    if made.hall_id != hall.pk or made.retired_on is not None:
        raise NotAllowed("这件设备不在这个大厅，或者已经停用。请刷新后再看。")
    for name, value in vars(piece).items():
        setattr(made, name, value)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise NotAllowed(f"已经有一件叫“{piece.name}”的，请换一个名称或者编号。") from None
    journalise(hall.county, SafetySet(on=at.date(), item=made.pk), by=by, at=at)
    return made


@needs(Grant.HALL_CALL)
@transaction.atomic
def check_safety(
    item: SafetyItem, *, by: Actor, at: datetime, sound: bool, note: str = "", expires_on: date | None = None
) -> SafetyCheck:
    """登记检查: what is not sound needs its words and stays due; a new one has a new day on which it expires."""
    held = _held(item)
    if not sound and len(note.strip()) < 2:
        raise NotAllowed("不完好的请写明有什么问题、怎么处理。")
    made = SafetyCheck.objects.create(
        item=held, on=at.date(), by=by.actor_code, sound=sound, note=note.strip()[:200]
    )
    if sound:
        held.checked_on = at.date()
        held.expires_on = expires_on or held.expires_on
        held.save(update_fields=["checked_on", "expires_on"])
    journalise(held.county, SafetyChecked(on=at.date(), item=held.pk, sound=sound), by=by, at=at)
    return made


@needs(Grant.HALL_CALL)
@transaction.atomic
def note_use(item: SafetyItem, *, by: Actor, at: datetime, person: str, why: str, action: str) -> SafetyUse:
    """登记使用: who used it, why, and what was done; it has to be looked at again at once."""
    held = _held(item)
    if not (person.strip() and why.strip() and action.strip()):
        raise NotAllowed("请写明谁用的、为什么用、做了什么。")
    made = SafetyUse.objects.create(
        item=held,
        at=at,
        person=person.strip()[:60],
        why=why.strip()[:200],
        action=action.strip()[:200],
        noted_by=by.actor_code,
    )
    journalise(held.county, SafetyUsed(on=at.date(), item=held.pk, use=made.pk), by=by, at=at)
    return made


@needs(Grant.HALL_MANAGE)
@transaction.atomic
def retire_safety(item: SafetyItem, *, by: Actor, at: datetime) -> SafetyItem:
    """停用设备: its records stay."""
    held = _held(item)
    held.retired_on = at.date()
    held.save(update_fields=["retired_on"])
    journalise(held.county, SafetyRetired(on=at.date(), item=held.pk), by=by, at=at)
    return held


@needs(Grant.HALL_TICK)
@transaction.atomic
def warn_safety(item: SafetyItem, *, by: Actor, at: datetime) -> bool:
    """到期没有检查: whoever manages the hall is told, once for each day on which it was due."""
    held = _held(item)
    if not held.overdue(at.date()) or held.warned_for == held.due_on:
        return False
    held.warned_for = held.due_on
    held.save(update_fields=["warned_for"])
    journalise(held.county, SafetyOverdue(on=at.date(), item=held.pk), by=by, at=at)
    return True


def _held(item: SafetyItem) -> SafetyItem:
    held = SafetyItem.objects.select_for_update(of=("self",)).select_related("hall").get(pk=item.pk)
    if held.retired_on is not None:
        raise NotAllowed("这件设备已经停用了。请刷新后再看。")
    return held
