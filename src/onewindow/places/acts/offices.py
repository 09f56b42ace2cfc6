"""机构的行为: which place is founded here, and which of its offices open and close?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import IntegrityError, transaction

from onewindow.packs import keys_settings
from onewindow.packs.calendar import parse_notice
from onewindow.places.acts.sheets import set_sheet
from onewindow.places.models import County, Department, Hall, Level, Region, SettingChange, Window
from onewindow.places.reads import learned, pack_of
from onewindow.places.regions import full_code
from onewindow.places.write import journalise
from onewindow.rules.facts_org import (
    CalendarNoticed,
    DepartmentOpened,
    HallOpened,
    SettingChanged,
    TelephoneSet,
    WindowClosed,
    WindowOpened,
    WindowsEmpowered,
)
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.identity import phone_fault, rings
from onewindow.rules.pack import PackError, YearNotice

Row = TypeVar("Row", Department, Hall, Window)


@needs(Grant.PLACES_MANAGE)
@transaction.atomic
def found(pack: str, *, by: Actor, demo: bool, address: str, hours: str, phone: str) -> County:
    """Found the county of a pack; founding it again changes nothing. One installation serves one place."""
    other = County.objects.exclude(pack=pack).first()
    if other is not None:
        raise NotAllowed(f"本系统已经为{other.name}建立，不能再为另一个地方建立。请另装一套系统。")
    read = pack_of(pack)
    county, _ = County.objects.get_or_create(
        code=full_code(read.division),
        defaults={
            "name": read.place,
            "pack": pack,
            "demo": demo,
            "address": address,
            "hours": hours,
            "phone": phone,
            "supervision_phone": phone,
        },
    )
    return county


@needs(Grant.PLACES_MANAGE)
@transaction.atomic
def open_department(
    county: County,
    *,
    by: Actor,
    at: datetime,
    key: str,
    name: str,
    short: str,
    uscc: str,
    phone: str,
    window_accepts: bool = True,
    window_decides: bool = False,
    vertical: bool = False,
) -> Department:
    """设立部门."""
    department = _create(
        Department(
            county=county.code,
            key=key,
            name=name,
            short=short,
            uscc=uscc,
            level=Level.COUNTY,
            phone=phone,
            window_accepts=window_accepts,
            window_decides=window_decides,
            vertical=vertical,
        ),
        f"已经有代号为 {key} 的部门，请换一个代号。",
    )
    journalise(county.code, DepartmentOpened(on=at.date(), department=department.pk), by=by, at=at)
    return department


@needs(Grant.PLACES_MANAGE)
@transaction.atomic
def open_hall(
    county: County,
    *,
    by: Actor,
    at: datetime,
    region: Region,
    kind: Hall.Kind,
    name: str,
    address: str,
    hours: str,
    phone: str,
    parent: Hall | None = None,
    why_apart: str = "",
) -> Hall:
    """设立场所; an office outside the centre (分厅) belongs to one, with the reason why it is not in it."""
    hall = _create(
        Hall(
            county=county.code,
            region=region,
            kind=kind,
            name=name,
            address=address,
            hours=hours,
            phone=phone,
        ),
        f"已经有叫“{name}”的场所，请换一个名称。",
    )
    journalise(county.code, HallOpened(on=at.date(), hall=hall.pk), by=by, at=at)
    if parent is not None or kind == Hall.Kind.BRANCH:
        set_sheet(hall, by=by, at=at, parent=parent, why_apart=why_apart)
    return hall


@needs(Grant.PLACES_MANAGE)
@transaction.atomic
def open_window(
    hall: Hall, *, by: Actor, at: datetime, number: str, name: str, kinds: Sequence[Window.Kind]
) -> Window:
    """开设窗口; the same number a second time opens a closed window again."""
    if not kinds:
        raise NotAllowed("请选择窗口种类，至少一种。")
    window = Window.objects.select_for_update().filter(hall=hall, number=number).first()
    if window is None:
        window = _create(
            Window(hall=hall, number=number, name=name, kinds=list(kinds)),
            f"{hall}已经有 {number} 号窗口，请换一个号。",
        )
    elif window.is_open:
        raise NotAllowed(f"{hall}的 {number} 号窗口已经开着，请换一个号，或者先关闭它。")
    else:
        window.name, window.kinds, window.is_open, window.why_closed = name, list(kinds), True, ""
        window.save(update_fields=["name", "kinds", "is_open", "why_closed"])
    journalise(hall.county, WindowOpened(on=at.date(), window=window.pk), by=by, at=at)
    return window


@needs(Grant.PLACES_MANAGE)
@transaction.atomic
def close_window(window: Window, *, by: Actor, at: datetime, reason: str) -> Window:
    """关闭窗口, with a reason that the notice at the window gives."""
    if not reason.strip():
        raise NotAllowed("请写明关闭窗口的原因，群众会在窗口看到。")
    window = Window.objects.select_for_update(of=("self",)).select_related("hall").get(pk=window.pk)
    if not window.is_open:
        raise NotAllowed(f"{window}已经关闭，不用再办。请刷新后再看。")
    window.is_open, window.why_closed = False, reason.strip()[:200]
    window.save(update_fields=["is_open", "why_closed"])
    journalise(window.hall.county, WindowClosed(on=at.date(), window=window.pk), by=by, at=at)
    return window


@needs(Grant.PLACES_MANAGE)
@transaction.atomic
def set_lines(county: County, *, by: Actor, at: datetime, phone: str, supervision_phone: str) -> County:
    """修改公布的电话: where the whole county is asked, and where one complains; they stand on every public page."""
    _refuse_phone(phone, supervision_phone, demo=county.demo)
    county = County.objects.select_for_update().get(pk=county.pk)
    county.phone, county.supervision_phone = phone, supervision_phone
    county.save(update_fields=["phone", "supervision_phone"])
    learned(county)
    journalise(county.code, TelephoneSet(on=at.date()), by=by, at=at)
    return county


@needs(Grant.PLACES_MANAGE)
@transaction.atomic
def set_department_phone(department: Department, *, by: Actor, at: datetime, phone: str) -> Department:
    """The department's own telephone: on the guides of its items and in its letters."""
    _refuse_phone(phone, demo=_demo(department.county))
    department = Department.objects.select_for_update(of=("self",)).get(pk=department.pk)
    department.phone = phone
    department.save(update_fields=["phone"])
    journalise(department.county, TelephoneSet(on=at.date(), department=department.pk), by=by, at=at)
    return department


@needs(Grant.PLACES_MANAGE)
@transaction.atomic
def empower_windows(
    department: Department, *, by: Actor, at: datetime, accepts: bool, decides: bool
) -> Department:
    """授权窗口: from now on the windows accept for this department, and settle its 即办件 on the spot, or not."""
    if decides and not accepts:
        raise NotAllowed("窗口当场决定要先授权窗口受理，请两项一起勾选。")
    department = Department.objects.select_for_update(of=("self",)).get(pk=department.pk)
    department.window_accepts, department.window_decides = accepts, decides
    department.save(update_fields=["window_accepts", "window_decides"])
    fact = WindowsEmpowered(on=at.date(), department=department.pk, accepts=accepts, decides=decides)
    journalise(department.county, fact, by=by, at=at)
    return department


@needs(Grant.PLACES_MANAGE)
@transaction.atomic
def set_hall_phone(hall: Hall, *, by: Actor, at: datetime, phone: str) -> Hall:
    """The hall's own telephone, for whoever comes there."""
    _refuse_phone(phone, demo=_demo(hall.county))
    hall = Hall.objects.select_for_update(of=("self",)).get(pk=hall.pk)
    hall.phone = phone
    hall.save(update_fields=["phone"])
    journalise(hall.county, TelephoneSet(on=at.date(), hall=hall.pk), by=by, at=at)
    return hall


@needs(Grant.SETTINGS_CHANGE)
@transaction.atomic
def change_setting(county: County, *, by: Actor, at: datetime, name: str, value: Any, reason: str) -> County:
    """Change a value that no document gives, from today on; every change is kept, the latest one holds."""
    _refuse_value(county, name, value)
    if not reason.strip():
        raise NotAllowed("请写明修改原因，原因会与设定一起公开。")
    county = County.objects.select_for_update().get(pk=county.pk)
    held = county.settings.get(name)
    if held and held[-1][1] == value and type(held[-1][1]) is type(value):
        return county  # it holds already: pressed twice, or by two at once
    change = SettingChange.objects.create(
        county=county.code,
        name=name,
        value=value,
        by=by.actor_code,
        at=at,
        since=at.date(),
        reason=reason.strip()[:200],
    )
    kept = [*county.settings.get(name, ()), [at.date().isoformat(), value]]
    county.settings = {**county.settings, name: kept}
    county.save(update_fields=["settings"])
    journalise(county.code, SettingChanged(on=at.date(), setting=name, change=change.pk), by=by, at=at)
    return county


@needs(Grant.SETTINGS_CHANGE)
@transaction.atomic
def import_notice(county: County, *, by: Actor, at: datetime, text: str) -> YearNotice:
    """Take in a holiday notice (TOML or CSV) of a year; every open case is then reckoned anew by who calls."""
    try:
        notice = parse_notice(text)
    except PackError as wrong:
        raise NotAllowed(str(wrong)) from wrong
    county = County.objects.select_for_update().get(pk=county.pk)
    county.notices = {**county.notices, str(notice.year): text}
    county.save(update_fields=["notices"])
    learned(county)
    journalise(county.code, CalendarNoticed(on=at.date(), year=notice.year), by=by, at=at)
    return notice


def _refuse_phone(*phones: str, demo: bool) -> None:
    """A telephone that can be; outside a demonstration one that rings."""
    for phone in phones:
        if fault := phone_fault(phone):
            raise NotAllowed(fault)
        if not demo and not rings(phone):
            raise NotAllowed("这是演示用的占位号码，打不通。请填写本单位公布的电话。")


def _demo(county: str) -> bool:
    return County.objects.filter(code=county, demo=True).exists()


def _refuse_value(county: County, name: str, value: Any) -> None:
    if not keys_settings.changeable(name):
        raise NotAllowed("这一项不能修改：本版没有用到它，或者只有一种做法。请回到设定页选别的。")
    if wrong := keys_settings.refusal(
        keys_settings.SETTINGS[name], value, pack_of(county.pack).setting(name).value
    ):
        raise NotAllowed(wrong)


def _create(row: Row, taken: str) -> Row:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as twice:
        raise NotAllowed(taken) from twice
    return row
