"""场所档案的行为: what is a venue and what has it, by which rules does its kind work, and why does it deviate?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from onewindow.places.models import County, Deviation, Hall, Profile, Sheet, Zone
from onewindow.places.putright import changed
from onewindow.places.write import journalise
from onewindow.rules.facts_sheet import DeviationEnded, DeviationNoted, ProfileSet, SheetSet, ZonePlaced
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.plan import Box, fault

FIELDS = (
    *("area", "new", "year", "latitude", "longitude", "bus", "parking", "parent", "why_apart"),
    *("place_class", "key_station", "staff_planned", "marked", "network", "upgrade", "upgrade_plan"),
    *("guides_place", "guides_on", "ticks"),
)


@needs(Grant.PLACES_MANAGE)
@transaction.atomic
def set_sheet(hall: Hall, *, by: Actor, at: datetime, **told: Any) -> Sheet:
    """填报场所档案: the fields that were told; what was not told stays."""
    Hall.objects.select_for_update().get(pk=hall.pk)
    sheet = Sheet.objects.filter(hall=hall).first() or Sheet(hall=hall)
    items: Sequence[Any] | None = told.pop("items", None)
    if unknown := set(told) - set(FIELDS):
        raise TypeError(f"no such field of a sheet: {sorted(unknown)}")
    different = [name for name in FIELDS if name in told and getattr(sheet, name) != told[name]]
    for name in different:
        setattr(sheet, name, told[name])
    _refuse(sheet)
    sheet.set_by, sheet.set_at = by.actor_code, at
    sheet.save()
    if items is not None and set(items) != set(sheet.items.all()):
        sheet.items.set(items)
        different.append("items")
    fact = SheetSet(on=at.date(), hall=hall.pk, fields=tuple(different))
    journalise(hall.county, fact, by=by, at=at)
    return sheet


@needs(Grant.PLACES_MANAGE)
@transaction.atomic
def set_profile(
    county: County, *, by: Actor, at: datetime, kind: Hall.Kind, business: str, service: str, internal: str
) -> Profile:
    """修订场所规范 of one kind of venue: a new version; those of other kinds stay as they are."""
    if not (business.strip() and service.strip() and internal.strip()):
        raise NotAllowed("请把业务标准、服务模式、内部管理三样都写上。")
    County.objects.select_for_update().get(pk=county.pk)
    last = Profile.objects.filter(county=county.code, kind=kind).order_by("-version").first()
    profile = Profile.objects.create(
        county=county.code,
        kind=kind,
        version=last.version + 1 if last else 1,
        business=business.strip()[:2000],
        service=service.strip()[:2000],
        internal=internal.strip()[:2000],
        set_by=by.actor_code,
        set_at=at,
    )
    journalise(county.code, ProfileSet(on=at.date(), profile=profile.pk), by=by, at=at)
    return profile


@needs(Grant.PLACES_MANAGE)
@transaction.atomic
def note_deviation(hall: Hall, *, by: Actor, at: datetime, line: str, reason: str) -> Deviation:
    """登记偏离理由: why this venue does not meet a line; a new reason takes the place of the old one."""
    if not reason.strip():
        raise NotAllowed("请写明为什么达不到。")
    Hall.objects.select_for_update().get(pk=hall.pk)
    for old in Deviation.objects.filter(hall=hall, line=line[:60], ended_at=None):
        _end(old, by=by, at=at)
    noted = Deviation.objects.create(
        hall=hall, line=line[:60], reason=reason.strip()[:200], noted_by=by.actor_code, noted_at=at
    )
    journalise(hall.county, DeviationNoted(on=at.date(), deviation=noted.pk), by=by, at=at)
    return noted


@needs(Grant.PLACES_MANAGE)
@transaction.atomic
def end_deviation(deviation: Deviation, *, by: Actor, at: datetime) -> Deviation:
    """撤销偏离理由: it holds no longer."""
    found = Deviation.objects.select_for_update(of=("self",)).select_related("hall").get(pk=deviation.pk)
    if found.ended_at is not None:
        raise NotAllowed("这条理由已经撤销，不用再办。请刷新后再看。")
    return _end(found, by=by, at=at)


@needs(Grant.PLACES_MANAGE)
@transaction.atomic
def place_zone(zone: Zone, *, by: Actor, at: datetime, place: Box, floor: int) -> Zone:
    """安排区域位置: where a zone lies on the map of its floor, in hundredths; no two lie over each other."""
    Hall.objects.select_for_update().get(pk=zone.hall_id)
    zone = Zone.objects.select_related("hall").get(pk=zone.pk)
    if zone.closed_on is not None:
        raise NotAllowed(f"{zone}已经撤销，不在地图上。请刷新后再看。")
    others = zone.hall.zones.filter(closed_on__isnull=True, floor=floor).exclude(pk=zone.pk)
    placed = {str(one): Box(*one.place) for one in others if one.place}
    if wrong := fault(place, placed):
        raise NotAllowed(wrong)
    zone.place, zone.floor = list(place), floor
    zone.save(update_fields=["place", "floor"])
    journalise(zone.county, ZonePlaced(on=at.date(), zone=zone.pk), by=by, at=at)
    changed(zone.hall, "ZonePlaced")
    return zone


def _end(deviation: Deviation, *, by: Actor, at: datetime) -> Deviation:
    deviation.ended_at = at
    deviation.save(update_fields=["ended_at"])
    journalise(deviation.county, DeviationEnded(on=at.date(), deviation=deviation.pk), by=by, at=at)
    return deviation


def _refuse(sheet: Sheet) -> None:
    if sheet.parent is not None:
        if sheet.parent.county != sheet.hall.county or sheet.parent == sheet.hall:
            raise NotAllowed("请另选一个本地的中心，作为它归属的中心。")
        if sheet.hall.kind == Hall.Kind.BRANCH and not sheet.why_apart.strip():
            raise NotAllowed("请写明为什么没有并入中心。")
    elif sheet.hall.kind == Hall.Kind.BRANCH:
        raise NotAllowed("单设的办事点纳入本级中心管理，请选择它归属的中心，并写明为什么没有并入。")
    if (sheet.latitude is None) != (sheet.longitude is None):
        raise NotAllowed("请把地图位置的纬度和经度一起填。")
    if not (abs(float(sheet.latitude or 0)) <= 90 and abs(float(sheet.longitude or 0)) <= 180):
        raise NotAllowed("纬度在 -90 到 90 之间，经度在 -180 到 180 之间，请核对。")
