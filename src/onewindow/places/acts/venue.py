"""场所布置: which zones has a hall, for what does one line up there, and which window serves which line?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from onewindow.journal.models import Subject
from onewindow.places.models import Department, Hall, Line, Service, Window, Zone
from onewindow.places.putright import changed
from onewindow.places.write import journalise
from onewindow.rules.facts_venue import LineClosed, LineSet, WindowArranged, ZoneClosed, ZoneSet
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs

LETTER = re.compile(r"[A-Z]")
LONGEST = 240  # minutes that one service may be expected to take


@needs(Grant.PLACES_MANAGE)
@transaction.atomic
def lay_zone(
    hall: Hall,
    *,
    by: Actor,
    at: datetime,
    kind: Zone.Kind,
    name: str,
    floor: int = 1,
    internal: bool = False,
    area: int | None = None,
    keeper: str = "",
) -> Zone:
    """设置区域; the same name a second time changes it, and opens a closed one again."""
    if not name.strip():
        raise NotAllowed("请写区域的名称，标牌上用它。")
    told = {
        "kind": kind.value,
        "floor": floor,
        "internal": internal or kind in Zone.INTERNAL,
        "area": area,
        "keeper": keeper.strip()[:60],
        "closed_on": None,
    }
    there = Window.objects.filter(zone__hall=hall, zone__name=name.strip(), is_open=True)
    if told["internal"] and there.exists():
        raise NotAllowed("这个区域里有对外的窗口，不能作内部办公区。请先把窗口移到别的区域。")
    zone, _ = Zone.objects.update_or_create(hall=hall, name=name.strip()[:40], defaults=told)
    journalise(hall.county, ZoneSet(on=at.date(), zone=zone.pk), by=by, at=at)
    changed(hall, "ZoneSet")
    return zone


@needs(Grant.PLACES_MANAGE)
@transaction.atomic
def close_zone(zone: Zone, *, by: Actor, at: datetime) -> Zone:
    """撤销区域: nothing of the hall lies in it any more."""
    zone = Zone.objects.select_for_update(of=("self",)).select_related("hall").get(pk=zone.pk)
    if zone.closed_on is not None:
        raise NotAllowed(f"{zone}已经撤销，不用再办。请刷新后再看。")
    if zone.windows.filter(is_open=True).exists():
        raise NotAllowed(f"{zone}里还有开着的窗口，请先把它们移到别的区域或者关闭。")
    zone.closed_on = at.date()
    zone.save(update_fields=["closed_on"])
    journalise(zone.county, ZoneClosed(on=at.date(), zone=zone.pk), by=by, at=at)
    return zone


@needs(Grant.PLACES_MANAGE)
@transaction.atomic
def open_line(
    hall: Hall,
    *,
    by: Actor,
    at: datetime,
    letter: str,
    name: str,
    minutes: int,
    about: str = "",
    departments: Sequence[Department] = (),
    items: Sequence[Subject] = (),
) -> Line:
    """开设队列: its letter stands before the numbers; a closed line's letter opens that line again."""
    _refuse_line(letter, name, minutes)
    known = Line.objects.select_for_update().filter(hall=hall, letter=letter).first()
    if known is not None and known.closed_on is None:
        raise NotAllowed(f"{hall}的 {letter} 队已经开着（{known}），请换一个字母。")
    line = known or Line(hall=hall, letter=letter, order=Line.objects.filter(hall=hall).count())
    line.closed_on = None
    return _set(line, by=by, at=at, said=(name, about, minutes), departments=departments, items=items)


@needs(Grant.PLACES_MANAGE)
@transaction.atomic
def change_line(
    line: Line,
    *,
    by: Actor,
    at: datetime,
    name: str,
    minutes: int,
    about: str = "",
    departments: Sequence[Department] = (),
    items: Sequence[Subject] = (),
) -> Line:
    """修改队列: what it is called and whose business is done in it; its letter and its numbers stay."""
    _refuse_line(line.letter, name, minutes)
    line = _line(line)
    return _set(line, by=by, at=at, said=(name, about, minutes), departments=departments, items=items)


@needs(Grant.PLACES_MANAGE)
@transaction.atomic
def close_line(line: Line, *, by: Actor, at: datetime) -> Line:
    """关闭队列: no more numbers are given for it; who waits in it is still called."""
    line = _line(line)
    if line.closed_on is not None:
        raise NotAllowed(f"{line}已经关闭，不用再办。请刷新后再看。")
    line.closed_on = at.date()
    line.save(update_fields=["closed_on"])
    journalise(line.county, LineClosed(on=at.date(), line=line.pk), by=by, at=at)
    return line


@needs(Grant.PLACES_MANAGE)
@transaction.atomic
def arrange_window(
    window: Window,
    *,
    by: Actor,
    at: datetime,
    lines: Sequence[Line],
    first: Sequence[Line] = (),
    zone: Zone | None = None,
    low: bool = False,
    tidal: bool = False,
) -> Window:
    """安排窗口: where it lies, for whom it is meant, which lines it calls, and which of them before the others."""
    window = Window.objects.select_for_update(of=("self",)).select_related("hall").get(pk=window.pk)
    if any(one is not None and one.hall_id != window.hall_id for one in (*lines, *first, zone)):
        raise NotAllowed("只能选本场所的队列和区域，请刷新后再选。")
    if any(line.closed_on is not None for line in lines):
        raise NotAllowed("选的队列里有已经关闭的，请刷新后再选。")
    if zone is not None and (zone.internal or zone.closed_on is not None):
        raise NotAllowed(
            f"{zone}不对外开放，群众找不到那里的窗口。请选对外的区域，这样的安排平面图上画不出来。"
        )
    window.zone, window.low, window.tidal = zone, low, tidal
    window.save(update_fields=["zone", "low", "tidal"])
    own = {line.pk for line in first}
    Service.objects.filter(window=window).delete()
    Service.objects.bulk_create(Service(window=window, line=line, first=line.pk in own) for line in lines)
    served = tuple(sorted(line.pk for line in lines))
    fact = WindowArranged(
        on=at.date(), window=window.pk, lines=served, first=tuple(sorted(own & set(served)))
    )
    journalise(window.county, fact, by=by, at=at)
    changed(window.hall, "WindowArranged")
    return window


def _refuse_line(letter: str, name: str, minutes: int) -> None:
    if not LETTER.fullmatch(letter):
        raise NotAllowed("队列的字母请填一个大写字母 A 到 Z，它印在号的前面。")
    if not name.strip():
        raise NotAllowed("请写队列的名称，取号机上用它。")
    if not 1 <= minutes <= LONGEST:
        raise NotAllowed(f"每件大约几分钟，请填 1 到 {LONGEST} 之间的数。")


def _line(line: Line) -> Line:
    return Line.objects.select_for_update(of=("self",)).select_related("hall").get(pk=line.pk)


def _set(
    line: Line,
    *,
    by: Actor,
    at: datetime,
    said: tuple[str, str, int],
    departments: Sequence[Department],
    items: Sequence[Subject],
) -> Line:
    name, about, minutes = said
    fields: dict[str, Any] = {"name": name.strip()[:40], "about": about.strip()[:120], "minutes": minutes}
    for field, value in fields.items():
        setattr(line, field, value)
    try:
        with transaction.atomic():
            line.save()
    except IntegrityError as twice:
        raise NotAllowed(f"{line.hall}已经有叫“{line.name}”的队列，请换一个名称。") from twice
    line.departments.set(departments)
    line.items.set(items)
    journalise(line.county, LineSet(on=at.date(), line=line.pk), by=by, at=at)
    return line
