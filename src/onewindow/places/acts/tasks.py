"""整改的行为: what is to be put right in a venue, by whom, until when, and what was done about it?"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from onewindow.places.models import DeviceFault, Hall, Task
from onewindow.places.putright import entered, finished
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs


@needs(Grant.PLACES_MANAGE)
@transaction.atomic
def open_task(
    hall: Hall, *, by: Actor, at: datetime, key: str, what: str, owner: str, due_on: date | None = None
) -> Task:
    """列为整改: a line of the check-up that is short, or anything else, with its owner and its day."""
    if not what.strip():
        raise NotAllowed("请写明要整改什么。")
    if not owner.strip():
        raise NotAllowed("请写明由谁整改。")
    if due_on is not None and due_on < at.date():
        raise NotAllowed("整改期限已经过了，请另选一天。")
    return entered(hall, by=by, at=at, key=key, what=what, owner=owner, due_on=due_on)


@needs(Grant.HALL_MANAGE)
@transaction.atomic
def close_task(task: Task, *, by: Actor, at: datetime, note: str) -> Task:
    """整改销号: only with a word on what was done."""
    if not note.strip():
        raise NotAllowed("请写明是怎样整改的，写了才能销号。")
    found = Task.objects.select_for_update(of=("self",)).select_related("hall").get(pk=task.pk)
    if found.closed_at is not None:
        raise NotAllowed("这一条已经销号，不用再办。请刷新后再看。")
    if found.fault_id and DeviceFault.objects.filter(pk=found.fault_id, mended_at__isnull=True).exists():
        raise NotAllowed("这是设备报修，请由管理员在设备清单点“修好了”，整改随即销号。")
    return finished(found, by=by, at=at, note=note)
