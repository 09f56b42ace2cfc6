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
    (_K.ENQUIRY, "指南查询终端", _Z.GUIDE, ""),
    (_K.COPIER, "免费打印复印机", _Z.SELF_SERVICE, ""),
    (_K.WATER, "饮水机", _Z.WAITING, ""),
    (_K.CHARGING, "充电站", _Z.WAITING, ""),
    (_K.SEATS, "等候椅", _Z.WAITING, ""),
    (_K.WIFI, "免费无线网络", _Z.WAITING, ""),
    (_K.EMS, "寄递箱", _Z.ISSUE, ""),
    (_K.WHEELCHAIR, "轮椅", _Z.GUIDE, ""),
    (_K.FIRST_AID, "急救箱", _Z.GUIDE, ""),
    (_K.CAMERA, "综合窗口高拍仪", _Z.WINDOWS, ""),
    (_K.ID_READER, "身份证读卡器", _Z.WINDOWS, ""),
    (_K.COMPUTER, "窗口计算机", _Z.WINDOWS, ""),
    (_K.FIRE, "灭火器", _Z.WAITING, ""),
)
_MANY = {_K.SEATS: 60, _K.CHARGING: 4, _K.CAMERA: 6, _K.ID_READER: 6, _K.COMPUTER: 10, _K.FIRE: 8}


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
            count=_MANY.get(kind, 1),
            care="每天开门前看一遍",
        )
