"""演示县的机构和场所: which departments, halls and windows does the demonstration county have?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from django.conf import settings

from onewindow.catalogue.demo.offices import Department as Told
from onewindow.catalogue.demo.offices import departments, hours
from onewindow.places import acts
from onewindow.places.models import County, Department, Hall, Level, Region, Window
from onewindow.places.reads import issue_words, pack_of
from onewindow.places.regions import load_regions
from onewindow.rules.grants import FOUNDER
from onewindow.rules.identity import NO_PHONE, demo_uscc
from onewindow.rules.venue_words import WINDOWS

STATIONS = 3  # villages with a station of their own in the demonstration
_VERTICAL = {"yancao", "gongjijin"}  # 垂直管理: their items are accepted by themselves
_K = Window.Kind
_EVERYWHERE = frozenset({_K.COMPREHENSIVE.value, _K.ISSUE.value, _K.ADVICE.value})
# What a centre has besides where its text names nothing.
_BEYOND = {_K.CROSS.value: "跨省通办窗口", _K.STUCK.value: "“办不成事”反映窗口"}


@dataclass(frozen=True)
class Venues:
    """What the places are called here: the pack's own names, else the usual ones."""

    county: str
    township: str
    village: str
    one_issuing_window: bool
    issuing: str
    # The windows of the centre that the text names, by their kind: its word for each.
    named: Mapping[str, str]


def found(now: datetime) -> County:
    """The county row itself, marked as a demonstration."""
    place = pack_of(settings.PACK).place
    return acts.found(
        settings.PACK,
        by=FOUNDER,
        demo=True,
        address=f"{place}测试路 1 号",
        hours=hours()["hall"],
        phone=NO_PHONE,
    )


def load(county: County, now: datetime) -> None:
    """Regions, departments, halls and windows; what is there already stays as it is."""
    load_regions()
    if "staff.second_factor" not in county.settings:
        acts.change_setting(
            county,
            by=FOUNDER,
            at=now,
            name="staff.second_factor",
            value=False,
            reason="演示系统用公开的演示密码登录",
        )
        county.refresh_from_db()
    known = set(Department.objects.filter(county=county.code).values_list("key", flat=True))
    for key, told in departments().items():
        if key not in known:
            _department(county, told, now)
    _halls(county, venues(county, now), now)


def venues(county: County, now: datetime) -> Venues:
    """The names that the pack gives."""
    pack = pack_of(county.pack).at(now.date())
    return Venues(
        county=str(pack.value("venue.county") or f"{county.name}政务服务中心"),
        township=str(pack.value("venue.township") or "便民服务中心"),
        village=str(pack.value("venue.village") or "便民服务站"),
        one_issuing_window=pack.value("issue.point") == "issuing",
        issuing=issue_words(county, now.date()),
        named={WINDOWS[word][0]: word for word in _words(pack.value("venue.windows.centre"))},
    )


def _words(said: object) -> tuple[str, ...]:
    return said if isinstance(said, tuple) else ()


def centre(county: County) -> Hall:
    """The county's own hall: the first one opened."""
    return Hall.objects.filter(county=county.code, kind=Hall.Kind.CENTRE).order_by("pk")[0]


def _department(county: County, told: Told, now: datetime) -> None:
    acts.open_department(
        county,
        by=FOUNDER,
        at=now,
        key=told.key,
        name=told.called(county.name),
        short=pack_of(county.pack).prefix + told.short,
        uscc=demo_uscc("11", crc32(told.key.encode()) % 10**8),
        phone=NO_PHONE,
        window_accepts=told.key not in _VERTICAL,
        window_decides=told.key not in _VERTICAL,
        vertical=told.key in _VERTICAL,
    )


def _halls(county: County, names: Venues, now: datetime) -> None:
    known = {hall.name: hall for hall in Hall.objects.filter(county=county.code)}
    numbers: dict[int, set[str]] = {}
    for pk, number in Window.objects.filter(hall__county=county.code).values_list("hall_id", "number"):
        numbers.setdefault(pk, set()).add(number)
    for order, (kind, name, region) in enumerate(_venues(county, names), start=1):
        hall = known.get(name) or acts.open_hall(
            county,
            by=FOUNDER,
            at=now,
            region=region,
            kind=kind,
            name=name,
            address=f"{region.name}测试路 {order} 号",
            hours=hours()["hall"],
            phone=NO_PHONE,
        )
        for number, sign, kinds in _windows(kind, names):
            if number not in numbers.get(hall.pk, set()):
                acts.open_window(hall, by=FOUNDER, at=now, number=number, name=sign, kinds=kinds)


def _venues(county: County, names: Venues) -> Iterator[tuple[Hall.Kind, str, Region]]:
    """The county's hall first, then one hall for each place below it, then some village stations."""
    own = Region.objects.get(pk=county.code)
    yield Hall.Kind.CENTRE, names.county, own
    below = list(own.children.order_by("code"))
    towns = [town for town in below if town.name.endswith(("街道", "镇", "乡"))]
    for place in below:
        if place.level == Level.COUNTY:  # the demonstration of a city: the halls of its counties
            yield Hall.Kind.CENTRE, f"{place.name}政务服务中心", place
    for town in towns:
        yield Hall.Kind.TOWNSHIP, f"{town.name}{names.township}", town
    for village in (
        Region.objects.filter(parent__in=towns[:STATIONS]).order_by("parent_id", "code").distinct("parent_id")
    ):
        called = village.name.removesuffix("居民委员会").removesuffix("村民委员会")
        if village.name.endswith("村民委员会"):  # 立龙亭村村民委员会 and 张庄村民委员会 alike
            called = f"{called.removesuffix('村')}村"
        yield Hall.Kind.VILLAGE, f"{village.parent}{called}{names.village}", village


def _windows(kind: Hall.Kind, names: Venues) -> Iterator[tuple[str, str, list[Window.Kind]]]:
    """Number, sign and kinds of each window of such a hall."""
    desks = {Hall.Kind.CENTRE: 6, Hall.Kind.TOWNSHIP: 5, Hall.Kind.VILLAGE: 1}[kind]
    handing = [] if names.one_issuing_window else [_K.ISSUE]
    for number in range(1, desks + 1):
        yield str(number), f"{number} 号综合受理窗口", [_K.COMPREHENSIVE, *handing]
    if kind == Hall.Kind.VILLAGE:
        return
    more = [(f"{names.issuing}窗口", [_K.ISSUE]), ("咨询帮办窗口", [_K.ADVICE])]
    if kind == Hall.Kind.CENTRE:
        more = [(names.named.get(kinds[0], sign), kinds) for sign, kinds in more]
        beyond = {one: word for one, word in names.named.items() if one not in _EVERYWHERE}
        more += [(word, [_K(one)]) for one, word in (beyond or _BEYOND).items()]
    for number, (sign, kinds) in enumerate(more, start=desks + 1):
        yield str(number), f"{number} 号{sign}", kinds
