"""设备的行为: which machines has a hall, which computer is which of them, and what is broken?"""

from __future__ import annotations

import re
import secrets
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from onewindow.ground import sm
from onewindow.places.models import Device, DeviceFault, Hall, Task, Window
from onewindow.places.putright import changed, finished, reported
from onewindow.places.write import journalise
from onewindow.rules.facts_devices import (
    DeviceMended,
    DeviceRegistered,
    DeviceReleased,
    DeviceRetired,
    DeviceSet,
)
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs

# One host and port, or a device file: no other file is ever written.
PRINTER = re.compile(r"tcp:[A-Za-z0-9.-]{1,60}:[1-9]\d{0,4}|file:/dev/[A-Za-z0-9/_-]{1,60}", re.ASCII)
_AT_A_WINDOW = (Device.Kind.WINDOW_DISPLAY, Device.Kind.PAD)


@needs(Grant.PLACES_MANAGE)
@transaction.atomic
def add_device(hall: Hall, *, by: Actor, at: datetime, **told: Any) -> Device:
    """添置设备: kind, name, keeper, window and the printer of its slips."""
    device = _named(Device(hall=hall), told)
    journalise(hall.county, DeviceSet(on=at.date(), device=device.pk), by=by, at=at)
    return device


@needs(Grant.PLACES_MANAGE)
@transaction.atomic
def change_device(device: Device, *, by: Actor, at: datetime, **told: Any) -> Device:
    """改设备: what it is, where it stands and who keeps it."""
    device = _named(_held(device), told)
    journalise(device.county, DeviceSet(on=at.date(), device=device.pk), by=by, at=at)
    return device


@needs(Grant.PLACES_MANAGE)
@transaction.atomic
def register_device(device: Device, *, by: Actor, at: datetime) -> str:
    """登记这台机器: the key that the machine keeps from now on; a key given before opens nothing any more."""
    device = _held(device)
    key = secrets.token_urlsafe(32)
    device.key_hash, device.registered_by, device.registered_at = hashed(key), by.actor_code, at
    device.save(update_fields=["key_hash", "registered_by", "registered_at"])
    journalise(device.county, DeviceRegistered(on=at.date(), device=device.pk), by=by, at=at)
    return key


@needs(Grant.PLACES_MANAGE)
@transaction.atomic
def release_device(device: Device, *, by: Actor, at: datetime) -> Device:
    """收回密钥: the machine was lost or is used for something else."""
    device = _held(device)
    device.key_hash = b""
    device.save(update_fields=["key_hash"])
    journalise(device.county, DeviceReleased(on=at.date(), device=device.pk), by=by, at=at)
    return device


@needs(Grant.PLACES_MANAGE)
@transaction.atomic
def retire_device(device: Device, *, by: Actor, at: datetime) -> Device:
    """停用设备: it stays in the records."""
    device = _held(device)
    device.key_hash, device.retired_on = b"", at.date()
    device.save(update_fields=["key_hash", "retired_on"])
    journalise(device.county, DeviceRetired(on=at.date(), device=device.pk), by=by, at=at)
    return device


@needs(Grant.HALL_TAKE)
@transaction.atomic
def tell_fault(device: Device, *, by: Actor, at: datetime, what: str) -> DeviceFault:
    """报修: what is wrong with a machine; whoever guides in the hall says it."""
    return reported(_held(device), by=by, at=at, what=what)


@needs(Grant.PLACES_MANAGE)
@transaction.atomic
def mend_device(device: Device, *, by: Actor, at: datetime, how: str) -> Device:
    """修复: what was done; it closes every fault that is open."""
    if not how.strip():
        raise NotAllowed("请写明是怎样修好的。")
    device = _held(device)
    for fault in device.faults.select_for_update().filter(mended_at__isnull=True):
        fault.how, fault.mended_by, fault.mended_at = how.strip()[:200], by.actor_code, at
        fault.save(update_fields=["how", "mended_by", "mended_at"])
        journalise(device.county, DeviceMended(on=at.date(), device=device.pk, fault=fault.pk), by=by, at=at)
    for task in Task.objects.select_for_update().filter(fault__device=device, closed_at__isnull=True):
        finished(task, by=by, at=at, note=how)
    changed(device.hall, "DeviceMended")
    return device


def hashed(key: str) -> bytes:
    """What is kept of a machine's key."""
    return sm.digest(f"device:{key}".encode())


def _held(device: Device) -> Device:
    found = Device.objects.select_for_update(of=("self",)).select_related("hall").get(pk=device.pk)
    if found.retired_on is not None:
        raise NotAllowed(f"“{found}”已经停用，请另外添置。")
    return found


def _named(device: Device, told: dict[str, Any]) -> Device:
    device.kind, device.name = told["kind"], told["name"].strip()
    device.window, device.zone = told.get("window"), told.get("zone")
    device.count, device.care = told.get("count") or 1, told.get("care", "").strip()
    device.keeper, device.printer = told.get("keeper", "").strip(), told.get("printer", "").strip()
    _refuse(device)
    try:
        with transaction.atomic():
            device.save()
    except IntegrityError as twice:
        raise NotAllowed(f"本大厅已经有叫“{device.name}”的设备，请换一个名称。") from twice
    return device


def _refuse(device: Device) -> None:
    if device.kind in _AT_A_WINDOW and device.window is None:
        raise NotAllowed("请选择它放在哪个窗口。")
    window: Window | None = device.window
    if window is not None and window.hall_id != device.hall_id:
        raise NotAllowed("这个窗口不在本大厅，请另选一个。")
    if device.printer and not PRINTER.fullmatch(device.printer):
        raise NotAllowed("打印机请写成 tcp:地址:端口，或者 file:/dev/设备名；不接打印机的留空。")
