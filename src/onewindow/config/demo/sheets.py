"""演示场所档案: what is told of the venues of the demonstration county? All of it is invented and marked 演示."""

from __future__ import annotations

import math
from datetime import date, datetime

from onewindow.places import acts
from onewindow.places.models import County, Hall, Sheet
from onewindow.places.reads import pack_of
from onewindow.places.venues import Lists
from onewindow.rules.grants import FOUNDER

_K = Hall.Kind
# Of each kind of venue: m², planned staff.
_TOLD = {_K.CENTRE: (9600, 60), _K.TOWNSHIP: (420, 8), _K.VILLAGE: (60, 2)}
_REACH, _DEGREE = 8.0, 111.2  # km: how far the venues lie around the seat; how long a degree of latitude is
_TURN = math.pi * (3 - math.sqrt(5))  # from one venue to the next, so that no two lie together
_PROFILE = {
    "business": "【演示】收件、受理、出件按办事指南办，一次告知，限时办结。",
    "service": "【演示】前台综合受理、后台分类审批、统一窗口出件。",
    "internal": "【演示】每天巡检一次，交接有记录，设备有保管人。",
}


def _position(
    seat: tuple[float, float] | None, number: int, of: int
) -> tuple[float, float] | tuple[None, None]:
    """Where the n-th of the venues is shown: the centre at the seat of the place, the others around it."""
    if seat is None:
        return None, None
    far, turn = _REACH * math.sqrt(number / of), _TURN * number
    north, east = far * math.cos(turn) / _DEGREE, far * math.sin(turn) / _DEGREE
    return round(seat[0] + north, 5), round(seat[1] + east / math.cos(math.radians(seat[0])), 5)


def load(county: County, now: datetime) -> None:
    """What is there already stays as it is."""
    if Sheet.objects.filter(hall__county=county.code).exists():
        return
    lines = tuple(line for listed in Lists.of(county, now.date()).told.values() for line in listed)
    halls = list(Hall.objects.filter(county=county.code).order_by("pk"))
    for number, hall in enumerate(halls):
        latitude, longitude = _position(pack_of(county.pack).seat, number, len(halls))
        area, staff = _TOLD[_K(hall.kind)]
        acts.set_sheet(
            hall,
            by=FOUNDER,
            at=now,
            # One township and one village are too small, so that a shortfall can be seen.
            area=area if number % 9 != 4 else area * 2 // 3,
            new=False,
            year=2019,
            latitude=latitude,
            longitude=longitude,
            bus=f"测试 {number % 5 + 1} 路，测试路站",
            parking="演示：门前免费停车 20 位",
            staff_planned=staff,
            marked=number % 4 != 3,
            network=hall.kind != _K.TOWNSHIP or None,
            guides_place="演示：大厅东门展架" if hall.kind == _K.CENTRE else "",
            guides_on=date(now.year, now.month, 1) if hall.kind == _K.CENTRE else None,
            upgrade=Sheet.Upgrade.PLANNED if hall.kind == _K.CENTRE else Sheet.Upgrade.NONE,
            upgrade_plan="演示：增设自助终端" if hall.kind == _K.CENTRE else "",
            # The centre has what the local lists ask for; elsewhere one line or another is still to do.
            ticks=[
                line
                for place, line in enumerate(lines)
                if hall.kind == _K.CENTRE or (number + place) % 7 != 3
            ],
        )
    for kind in (_K.CENTRE, _K.TOWNSHIP, _K.VILLAGE):
        acts.set_profile(county, by=FOUNDER, at=now, kind=kind, **_PROFILE)
