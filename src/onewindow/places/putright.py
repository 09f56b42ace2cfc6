"""整改怎样记载: the one way by which a fault or a shortfall becomes something to be put right, and ends as such."""

from __future__ import annotations

from datetime import date, datetime

from onewindow.ground.events import tell
from onewindow.ground.hearing import hall_channel
from onewindow.places.models import County, Device, DeviceFault, Hall, RoundLine, Task
from onewindow.places.reads import pack_here, workdays
from onewindow.places.write import journalise
from onewindow.rules.facts_devices import DeviceFaulty
from onewindow.rules.facts_sheet import TaskClosed, TaskOpened
from onewindow.rules.grants import Actor, NotAllowed

NOBODY = "大厅值班"


def entered(
    hall: Hall,
    *,
    by: Actor,
    at: datetime,
    key: str,
    what: str,
    owner: str,
    due_on: date | None = None,
    line: RoundLine | None = None,
    fault: DeviceFault | None = None,
) -> Task:
    """The task; while one about the same is open, that one."""
    told = {
        "what": what.strip()[:300],
        "owner": owner.strip()[:60] or NOBODY,
        "due_on": due_on or due(hall, at.date()),
        "line": line,
        "fault": fault,
        "opened_by": by.actor_code,
        "opened_at": at,
    }
    task, new = Task.objects.get_or_create(hall=hall, key=key, closed_at=None, defaults=told)
    if new:
        journalise(hall.county, TaskOpened(on=at.date(), task=task.pk, due_on=task.due_on), by=by, at=at)
    return task


def finished(task: Task, *, by: Actor, at: datetime, note: str) -> Task:
    """Closed, with what was done."""
    task.note, task.closed_by, task.closed_at = note.strip()[:200], by.actor_code, at
    task.save(update_fields=["note", "closed_by", "closed_at"])
    journalise(task.hall.county, TaskClosed(on=at.date(), task=task.pk), by=by, at=at)
    return task


def due(hall: Hall, on: date) -> date:
    """By when what was found today is to be put right."""
    county = County.objects.get(code=hall.county)
    return workdays().add(on, pack_here(county).setting("venue.task_days").number)


def changed(hall: Hall, fact: str) -> None:
    """The screens of the hall read again what they show."""
    tell(hall_channel(hall.pk), f'{{"fact":"{fact}"}}')


def reported(
    device: Device, *, by: Actor, at: datetime, what: str, line: RoundLine | None = None
) -> DeviceFault:
    """The fault, and the repair as a task of whoever keeps the machine."""
    if not what.strip():
        raise NotAllowed("请写明设备出了什么问题。")
    fault = DeviceFault.objects.create(
        device=device, what=what.strip()[:200], told_by=by.actor_code, told_at=at
    )
    journalise(device.county, DeviceFaulty(on=at.date(), device=device.pk, fault=fault.pk), by=by, at=at)
    said = f"修理 {device}：{fault.what}"
    entered(
        device.hall,
        by=by,
        at=at,
        key=f"device:{device.pk}",
        what=said,
        owner=device.keeper,
        line=line,
        fault=fault,
    )
    changed(device.hall, "DeviceFaulty")
    return fault
