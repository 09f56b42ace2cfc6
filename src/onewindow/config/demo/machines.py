"""演示设备: which machines stand in the centre of the demonstration county? None is registered: that is done on the machine."""

from __future__ import annotations

from datetime import datetime

from onewindow.config.demo.offices import centre
from onewindow.places import acts
from onewindow.places.models import County, Device, Zone
from onewindow.rules.grants import FOUNDER

_K, _Z = Device.Kind, Zone.Kind
# Kind, name, the zone or the window in which it stands.
_MACHINES = (
    (_K.KIOSK, "东门取号机", _Z.GUIDE, ""),
    (_K.DISPLAY, "等候区显示屏", _Z.WAITING, ""),
    (_K.WINDOW_DISPLAY, "3 号窗口显示屏", None, "3"),
    (_K.PAD, "3 号窗口评价器", None, "3"),
    (_K.TERMINAL, "自助办理一体机", _Z.SELF_SERVICE, ""),
)


def load(county: County, now: datetime) -> None:
    """What is there already stays as it is."""
    hall = centre(county)
    if hall.devices.exists():
        return
    zones = {zone.kind: zone for zone in hall.zones.all()}
    windows = {window.number: window for window in hall.windows.all()}
    for kind, name, zone, window in _MACHINES:
        acts.add_device(
            hall,
            by=FOUNDER,
            at=now,
            kind=kind,
            name=name,
            zone=zones.get(zone) if zone else None,
            window=windows.get(window),
            keeper="大厅保障组",
        )
