"""大厅平面图: what is drawn of a hall – its floors, zones, windows as they are now, and what stands there for everybody?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from onewindow.hall.reads import Sign
from onewindow.places.models import Device, Hall, Zone
from onewindow.rules.plan import Area, Box, floors, spots, way
from onewindow.rules.venue_words import FREE

K = Device.Kind
ACROSS, DOWN = 10.0, 6.0  # units of the drawing for one hundredth
# What one walks through on his way.
OPEN_GROUND = (Zone.Kind.DOOR, Zone.Kind.GUIDE, Zone.Kind.WAITING)
MARKS = {
    K.KIOSK: "取",
    K.TERMINAL: "助",
    K.ENQUIRY: "查",
    K.COPIER: "印",
    K.WATER: "水",
    K.CHARGING: "电",
    K.EMS: "寄",
    K.WHEELCHAIR: "轮",
    K.FIRST_AID: "救",
    K.SEATS: "椅",
}


@dataclass(frozen=True)
class Spot:
    """A window or a machine on the map: the middle of it, what stands in it, how it is, and the same in words."""

    x: str
    y: str
    text: str
    state: str
    told: str
    below: str = ""
    pk: int = 0


@dataclass(frozen=True)
class Part:
    """A zone as it is drawn."""

    zone: Zone
    x: str
    y: str
    width: str
    height: str
    name_x: str
    name_y: str
    shut: bool
    aim: bool
    small: bool
    windows: list[Spot] = field(default_factory=list)
    machines: list[Spot] = field(default_factory=list)


@dataclass(frozen=True)
class Floor:
    """One floor: its parts, and the way that is shown on it."""

    number: int
    parts: list[Part]
    way: str
    ends: tuple[str, str] | None
    height: str

    @property
    def words(self) -> str:
        return f"{self.number} 楼" if self.number > 0 else f"地下 {-self.number} 层"


@dataclass(frozen=True)
class Drawing:
    """A hall, floor by floor; `aim` is the window that was asked for, `told` the way to it in words."""

    hall: Hall
    floors: list[Floor]
    aim: Sign | None
    told: str
    loose: list[Sign]
    free: list[Device]


def draw(
    hall: Hall,
    zones: Sequence[Zone],
    signs: Sequence[Sign],
    devices: Sequence[Device],
    *,
    aim: Sign | None = None,
    inside: bool = False,
) -> Drawing:
    """The hall as it is now; who stands in it (`inside`) sees where he may not go, who looks from home does not."""
    shown = [zone for zone in zones if inside or not zone.internal]
    public = {zone.pk for zone in zones if not zone.internal}
    told = [
        Area(one.pk, one.floor, Box(*one.place) if one.place else None, one.kind == Zone.Kind.DOOR)
        for one in shown
    ]
    laid = floors(told)
    by_key = {one.pk: one for one in shown}
    target = aim.window.zone_id if aim and aim.window.zone_id in public else None
    made = [
        _floor(number, boxes, by_key, signs, devices, target if target in boxes else None, aim)
        for number, boxes in laid.items()
    ]
    return Drawing(
        hall,
        made,
        aim,
        _words(aim, by_key.get(target or 0), made),
        [one for one in signs if one.window.zone_id not in public and one.window.is_open],
        [one for one in devices if one.kind in FREE and (one.zone is None or not one.zone.internal)],
    )


def _floor(
    number: int,
    boxes: dict[int, Box],
    zones: dict[int, Zone],
    signs: Sequence[Sign],
    devices: Sequence[Device],
    target: int | None,
    aim: Sign | None,
) -> Floor:
    parts = [
        _part(
            zones[key],
            box,
            [one for one in signs if one.window.zone_id == key and not zones[key].internal],
            [one for one in devices if one.zone_id == key and one.kind in MARKS and not zones[key].internal],
            aim=key == target,
            chosen=aim.window.pk if aim else 0,
        )
        for key, box in boxes.items()
    ]
    door = next((boxes[key] for key in boxes if zones[key].kind == Zone.Kind.DOOR), None)
    walls = [boxes[key] for key in boxes if zones[key].kind not in OPEN_GROUND]
    points = way(door, boxes[target], walls) if target is not None else []
    drawn = " ".join(f"{_at(x, ACROSS)},{_at(y, DOWN)}" for x, y in points)
    end = (_at(points[-1][0], ACROSS), _at(points[-1][1], DOWN)) if points else None
    low = max(box.bottom for box in boxes.values())
    return Floor(number, parts, drawn, end, _at(low + 1, DOWN))


def _part(
    zone: Zone, box: Box, signs: Sequence[Sign], devices: Sequence[Device], *, aim: bool, chosen: int
) -> Part:
    places = spots(box, len(signs))
    return Part(
        zone,
        _at(box.left, ACROSS),
        _at(box.top, DOWN),
        _at(box.width, ACROSS),
        _at(box.height, DOWN),
        _at(box.left + 1.2, ACROSS),
        _at(box.top + 5, DOWN),
        zone.internal,
        aim,
        box.width * ACROSS < len(zone.name) * 24 + 20,
        [_window(sign, spot, chosen) for sign, spot in zip(signs, places, strict=True)],
        list(_marks(box, devices)),
    )


def _window(sign: Sign, spot: tuple[float, float], chosen: int) -> Spot:
    window, call = sign.window, sign.current
    state = "shut" if not window.is_open else "paused" if window.paused else "busy" if call else "open"
    if window.pk == chosen:
        state += " is-aim"
    short = {"shut": "关闭", "paused": "暂停", "open": "空闲"}.get(state.split()[0], "")
    return Spot(
        _at(spot[0], ACROSS),
        _at(spot[1], DOWN),
        window.number,
        state,
        f"{window.name}：{words_of(sign)}",
        call.number if call else short,
        window.pk,
    )


def words_of(sign: Sign) -> str:
    """How a window is now, in words."""
    call = sign.current
    if sign.words or call is None:
        return sign.words
    return f"请 {call.number}" if call.fresh else f"正在办理 {call.number}"


def _marks(box: Box, devices: Sequence[Device]) -> Iterable[Spot]:
    for n, one in enumerate(devices):
        left = box.right - 2.2 - 3.6 * (n % max(1, (box.width - 2) // 4))
        top = box.top + 9.5 + 6.5 * (n // max(1, (box.width - 2) // 4))
        bad = bool(getattr(one, "broken", False))
        told = f"{one.name}{'（坏了，正在修）' if bad else ''}"
        yield Spot(_at(left, ACROSS), _at(top, DOWN), MARKS[K(one.kind)], "broken" if bad else "works", told)


def _words(aim: Sign | None, zone: Zone | None, made: Sequence[Floor]) -> str:
    if aim is None:
        return ""
    if zone is None:
        return f"{aim.window.name}还没有画在图上，请问导服台。"
    there = next(one for one in made if one.number == zone.floor)
    door = " 从门口沿线走到“" if there.way else " 在“"
    return f"{aim.window.name}在{there.words}。{door}{zone.name}”{'' if there.way else '里'}，窗口上方写着 {aim.window.number}。"


def _at(value: float, scale: float) -> str:
    return f"{value * scale:.1f}"
