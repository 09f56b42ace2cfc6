"""读制度运行: how often was each written rule used in a period, where was it broken, and what is still open – window by window?

A use is an entry of the register that the rule asks for. It is broken where nobody answered in time, where a booking was
refused on a ground that is none, or where a complaint about it was verified.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from onewindow.feedback.models import Complaint
from onewindow.hall.models import Booking, Extension
from onewindow.people.models import Officer
from onewindow.places.models import County
from onewindow.places.reads import pack_here
from onewindow.rules.bookings import OPEN, Service
from onewindow.rules.bookings import Stage as Booked
from onewindow.rules.complaints import Stage as Looked
from onewindow.rules.extending import Stage as Extended

PAGE = 50
USED, BROKEN, LEFT = "used", "broken", "left"
COLUMNS: Mapping[str, str] = {USED: "使用", BROKEN: "违反", LEFT: "没有办结"}
EXTENDED = "extended"
_OPEN = [stage.value for stage in OPEN]


@dataclass(frozen=True)
class Counted:
    """One rule at one window, or in all of them; in a hall where none is named yet, there."""

    window: int | None
    hall: int | None
    name: str
    used: int
    broken: int
    left: int

    @property
    def cells(self) -> list[tuple[str, str, int]]:
        return [(key, word, getattr(self, key)) for key, word in COLUMNS.items()]


@dataclass(frozen=True)
class Row:
    """One written rule; without a register it is not in use yet."""

    title: str
    register: str
    all: Counted | None
    windows: list[Counted]


def registers(county: County, on: date) -> list[tuple[str, str]]:
    """The rules that the text of the place names, each with the register in which its uses stand; empty: not in use yet."""
    pack = pack_here(county)
    names, kept = pack.value("norms.list", on), pack.value("norms.registers", on)
    if not isinstance(names, tuple):
        return []
    known = kept if isinstance(kept, tuple) and len(kept) == len(names) else ("none",) * len(names)
    return [(name, "" if key == "none" else key) for name, key in zip(names, known, strict=True)]


def rows(county: County, since: date, until: date) -> list[Row]:
    """All of them, in two statements."""
    told = _counted(county.code, since, until)
    made = []
    for title, register in registers(county, until):
        windows = sorted(told.get(register, []), key=lambda one: one.name)
        whole = Counted(
            None,
            None,
            "",
            sum(one.used for one in windows),
            sum(one.broken for one in windows),
            sum(one.left for one in windows),
        )
        made.append(Row(title, register, whole if register else None, windows))
    return made


def _counted(county: str, since: date, until: date) -> dict[str, list[Counted]]:
    found: dict[str, list[Counted]] = {}
    numbers = {
        USED: Count("pk"),
        BROKEN: Count("pk", filter=Q(is_broken=True)),
        LEFT: Count("pk", filter=Q(is_left=True)),
    }
    booked = entries(county, Service.DAY_OFF, since, until) | entries(county, Service.ODD_HOURS, since, until)
    for one in booked.order_by().values("service", at=F("window_id"), **_names()).annotate(**numbers):
        found.setdefault(one["service"], []).append(_made(one))
    extended = entries(county, EXTENDED, since, until)
    for one in extended.order_by().values(at=F("window_id"), **_names()).annotate(**numbers):
        found.setdefault(EXTENDED, []).append(_made(one))
    return found


def _names() -> dict[str, F]:
    return {"hall_key": F("hall_id"), "hall_name": F("hall__name"), "window_name": F("window__name")}


def _made(one: Mapping[str, Any]) -> Counted:
    name = f"{one['hall_name']} {one['window_name'] or '还没有定窗口'}"
    return Counted(one["at"], one["hall_key"], name, one[USED], one[BROKEN], one[LEFT])


def entries(county: str, register: str, since: date, until: date) -> QuerySet[Any]:
    """The entries of a register in a period, each with whether the rule was broken there and whether it is still open."""
    verified = Complaint.objects.filter(stage=Looked.VERIFIED.value)
    if register == EXTENDED:
        mine = verified.filter(Q(about=OuterRef("subject")) | Q(about=OuterRef("ticket__subject")))
        extended = Extension.objects.filter(county=county, day__range=(since, until))
        waiting = [Extended.OPEN.value, Extended.ENDED.value, Extended.SERVED.value]
        return extended.annotate(is_broken=Exists(mine), is_left=Q(stage__in=waiting))
    mine = verified.filter(about=OuterRef("subject"))
    booked = Booking.objects.filter(county=county, service=register, on__range=(since, until))
    wrong = Q(overdue_at__isnull=False) | Q(flagged=True) | Exists(mine)
    return booked.annotate(is_broken=wrong, is_left=Q(stage__in=[*_OPEN, Booked.SERVED.value]))


def listed(
    officer: Officer,
    register: str,
    column: str,
    since: date,
    until: date,
    *,
    window: int | None,
    after: int,
    hall: int = 0,
) -> tuple[list[Any], str]:
    """The entries behind one number, the latest first; one page."""
    found = entries(officer.county, register, since, until).select_related("hall", "window")
    if column == BROKEN:
        found = found.filter(is_broken=True)
    elif column == LEFT:
        found = found.filter(is_left=True)
    if window is not None:
        found = found.filter(window=window or None)
    if hall:
        found = found.filter(hall=hall)
    if after:
        found = found.filter(pk__lt=after)
    page = list(found.order_by("-pk")[: PAGE + 1])
    return page[:PAGE], str(page[PAGE - 1].pk) if len(page) > PAGE else ""
