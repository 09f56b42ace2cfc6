"""巡检清单: what is to be looked at in a venue today – its order, its signs, its machines, its guides, its written rules?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from onewindow.places.models import County, Device, Hall, Sheet, Zone
from onewindow.places.norms import checks_at
from onewindow.places.reads import pack_here
from onewindow.rules.venue_words import class_of

# What every venue looks at, whatever it is furnished with.
ORDER = ("服务标识清晰", "环境整洁", "秩序良好", "安全", "物品摆放统一有序")
SIGN = ("到位", "清晰", "美观")


@dataclass(frozen=True)
class Looked:
    """One line of the list, and who keeps what it is about."""

    group: str
    key: str
    what: str
    keeper: str = ""
    about: str = ""
    norm_check: int | None = None


def looked_at(hall: Hall, on: date) -> list[Looked]:
    """The list of a venue as it is furnished now."""
    return [*_order(), *_guides(hall, on), *_signs(hall, on), *_machines(hall), *_norms(hall, on)]


def _order() -> Iterator[Looked]:
    for number, word in enumerate(ORDER):
        yield Looked("秩序和环境", f"order:{number}", word)


def _guides(hall: Hall, on: date) -> Iterator[Looked]:
    """办事指南公示: where the guides hang and since when, where the sheet says it or the text asks it."""
    sheet = Sheet.objects.filter(hall=hall).first()
    asked = _said(hall, on, "venue.guides_shown") is True
    if not asked and not (sheet and sheet.guides_place):
        return
    place = sheet.guides_place if sheet and sheet.guides_place else "没有登记公示的地方"
    since = f"，{sheet.guides_on:%Y-%m-%d} 起" if sheet and sheet.guides_on else ""
    yield Looked("秩序和环境", "guides", "办事指南公示", about=f"{place}{since}")


def _signs(hall: Hall, on: date) -> Iterator[Looked]:
    words = _said(hall, on, "venue.signs")
    asked = "、".join(words if isinstance(words, tuple) else SIGN)
    for zone in Zone.objects.filter(hall=hall, closed_on__isnull=True).order_by("floor", "pk"):
        yield Looked("标识标牌", f"zone:{zone.pk}", f"标牌：{zone}", zone.keeper, asked)


def _machines(hall: Hall) -> Iterator[Looked]:
    found = Device.objects.filter(hall=hall, retired_on__isnull=True).select_related("zone", "window")
    for device in found.order_by("kind", "pk"):
        where = str(device.window or device.zone or "")
        yield Looked(class_of(device.kind), f"device:{device.pk}", device.name, device.keeper, where)


def _norms(hall: Hall, on: date) -> Iterator[Looked]:
    """工作制度: the lines of each rule in force."""
    for one in checks_at(hall, on):
        yield Looked("工作制度", f"norm:{one.pk}", one.what, about=one.version.norm.title, norm_check=one.pk)


def _said(hall: Hall, on: date, key: str) -> object:
    county = County.objects.filter(code=hall.county).first()
    return pack_here(county).value(key, on) if county else None


def device_of(hall: Hall, key: str) -> Device | None:
    """The machine that a line is about."""
    kind, _, number = key.partition(":")
    return Device.objects.select_related("hall").get(pk=number, hall=hall) if kind == "device" else None
