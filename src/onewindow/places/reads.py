"""读场所机构: which place is this, what does its pack say today, who sits where?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from onewindow.ground.prepared import Question
from onewindow.packs import calendar, keys_settings, reader
from onewindow.places.models import (
    County,
    Department,
    Hall,
    Level,
    Notice,
    Region,
    SettingChange,
    Window,
    Zone,
)
from onewindow.rules.identity import rings
from onewindow.rules.pack import Pack, Setting
from onewindow.rules.venue_words import ZONES
from onewindow.rules.workdays import Calendar

HERE = "本地管理员"

_notices: tuple[str, ...] = ()


_ALL = Question(County.objects.all)
_read: ContextVar[list[County] | None] = ContextVar("read", default=None)


def here() -> County:
    """The county that this installation serves; every act reads it, and the calendar learns its notices."""
    kept = _read.get()
    if kept is None:
        return learned(_only())
    return kept[0] if kept else learned(_only())


def telephone(county: County, *numbers: str) -> str:
    """The first of these telephones that rings; a row of noughts only where a demonstration has no other."""
    there = [number for number in numbers if number]
    found = next((number for number in there if rings(number)), "")
    return found or (there[0] if there and county.demo else "")


def _only() -> County:
    found = _ALL.objects()
    return found[0] if len(found) == 1 else County.objects.get()


@contextmanager
def reading_once() -> Iterator[None]:
    """While one request lasts, the county is read once, however many acts and pages ask for it."""
    token = _read.set([])
    try:
        yield
    finally:
        _read.reset(token)


def learned(county: County) -> County:
    """Let the calendar of this process know the notices that were imported into the county just read; and the request."""
    global _notices  # noqa: PLW0603 (a cache of the row just read, renewed with every reading)
    if (kept := _read.get()) == []:
        kept.append(county)
    _notices = tuple(county.notices[year] for year in sorted(county.notices))
    return county


def workdays() -> Calendar:
    """The working-day calendar of all shipped and imported notices."""
    return _calendar(_notices)


@lru_cache(maxsize=4)
def _calendar(imported: tuple[str, ...]) -> Calendar:
    shipped = calendar.load(settings.PACKS_DIR).values()
    return Calendar(tuple(calendar.together([*shipped, *map(calendar.parse_notice, imported)]).values()))


def hanging(hall: Hall, at: datetime) -> list[Notice]:
    """What hangs on the displays of a hall now, the latest first."""
    found = Notice.objects.filter(hall=hall, down_at__isnull=True, since__lte=at, until__gt=at)
    return list(found.order_by("-since", "-pk"))


def service_mark(county: County, on: date) -> str:
    """服务标识, that stands on every screen, slip and receipt; nothing where the text of the place knows none."""
    return str(pack_here(county).value("brand", on) or "")


def issue_words(county: County, on: date) -> str:
    """What handing results out is called here, as the text of the place and its sign say it; 统一出件 where it has no word."""
    return str(pack_here(county).value("issue.words", on) or "统一出件")


def improving_post(county: County, on: date) -> str:
    """Who answers what was said in the halls: the section that the text of the place names, else a post of that name."""
    return str(pack_here(county).value("guide.remarks_to", on) or "大厅改进岗")


def kinds_of_window(county: County, on: date) -> list[tuple[str, str]]:
    """The kinds of window, each as its sign says it here."""
    told = {Window.Kind.ISSUE.value: issue_words(county, on)}
    return [(kind.value, told.get(kind.value, str(kind.label))) for kind in Window.Kind]


def kinds_of_zone(county: County, on: date) -> list[tuple[str, str]]:
    """The kinds of zone, each as the text of the place calls it; where results are handed out as that is called here."""
    pack, issuing = pack_here(county), issue_words(county, on)
    told = {Zone.Kind.ISSUE.value: issuing if issuing.endswith("中心") else f"{issuing}区"}
    for name in ("venue.zones.township", "venue.zones.centre"):
        said = pack.value(name, on)
        for word in said if isinstance(said, tuple) else ():
            kinds = ZONES.get(word, ())
            if len(kinds) == 1 and word.endswith(("区", "中心")):
                told[kinds[0]] = word
    return [(kind.value, told.get(kind.value, str(kind.label))) for kind in Zone.Kind]


def pack_of(name: str) -> Pack:
    """The policy pack called `name`; a pack on disk never changes under a running process."""
    return reader.held(name, settings.PACKS_DIR)


def pack_here(county: County, on: date | None = None) -> Pack:
    """The pack of the county with its administrator's settings: those changed before the day `on`, or all.

    A case that began on a day keeps the settings of that morning, so that a change moves no open case.
    """
    pack = pack_of(county.pack)
    changed = {name: one for name, kept in county.settings.items() for one in _by(kept, on)}
    used = {name: _sound(pack, name, one) for name, one in changed.items() if name in pack.settings}
    if not used:
        return pack
    return pack.changed(used)


def _sound(pack: Pack, name: str, stored: list[Any]) -> Setting:
    """A stored change as it may be used: whatever wrote it, its value lies within the bounds of its key."""
    (since, value), start = stored, pack.setting(name)
    used = keys_settings.sound(keys_settings.SETTINGS[name], value, start.value)
    return replace(start, value=used, since=date.fromisoformat(since), set_by=HERE)


def unsound(county: County) -> Iterator[tuple[str, Any]]:
    """The settings whose stored value is not the one that is used, for whoever keeps this installation."""
    pack = pack_of(county.pack)
    for name, kept in sorted(county.settings.items()):
        if not kept:
            continue
        stored = kept[-1][1]
        if name not in pack.settings or _sound(pack, name, kept[-1]).value != stored:
            yield name, stored


def changes_of(county: str) -> list[SettingChange]:
    """Every change of a local setting, the newest first."""
    return list(SettingChange.objects.filter(county=county).order_by("-id"))


def start_order(county: County) -> list[str]:
    """本地设定: the names of the items that lead while too little has come in to count."""
    return [name.strip() for name in str(pack_here(county).setting("home.frequent").value).split("；")]


def _by(kept: list[list[Any]], on: date | None) -> list[list[Any]]:
    """The changes of one setting before a day, oldest first."""
    return [one for one in kept if on is None or one[0] < on.isoformat()]


def setting_here(name: str, otherwise: Any) -> Any:
    """The county's value of a local setting; an installation without its county yet has the start value."""
    county = County.objects.first()
    return otherwise if county is None else pack_here(county).setting(name).value


def windows_of(county: str) -> QuerySet[Window]:
    """Every window of the county, hall by hall."""
    return Window.objects.filter(hall__county=county).select_related("hall").order_by("hall_id", "id")


def townships_of(county: County) -> QuerySet[Region]:
    """The townships and streets under the county (under a city: none, its counties lie between)."""
    return Region.objects.filter(parent=county.code, level=Level.TOWNSHIP).order_by("code")


def regions_within(county: County) -> QuerySet[Region]:
    """The county and what lies in it; of a city down to the townships, its villages are too many to choose from."""
    digits = county.code.rstrip("0")
    prefix = digits + "0" * (len(digits) % 2)
    deepest = Level.VILLAGE if len(prefix) >= 6 else Level.TOWNSHIP
    return Region.objects.filter(code__startswith=prefix, level__lte=deepest).order_by("code")


@dataclass(frozen=True)
class Coverage:
    """覆盖: the townships or villages of the county, which of them have no venue, and which venue is misnamed."""

    venue: str
    total: int
    without: list[Region]
    misnamed: list[tuple[Hall, str]]

    @property
    def percent(self) -> int:
        """Whole percent, never rounded up to a hundred."""
        return (self.total - len(self.without)) * 100 // self.total if self.total else 100


def coverage(county: County, halls: Sequence[Hall], on: date) -> list[Coverage]:
    """Which township has its centre and which village its station, by the names that the pack gives."""
    said, within, made = pack_of(county.pack).at(on), list(regions_within(county)), []
    for level, kind in ((Level.TOWNSHIP, Hall.Kind.TOWNSHIP), (Level.VILLAGE, Hall.Kind.VILLAGE)):
        regions = [region for region in within if region.level == level]
        venues = [hall for hall in halls if hall.kind == kind]
        venue = str(said.value(f"venue.{kind.value}") or kind.label)
        covered = {hall.region_id for hall in venues}
        wrong = [(hall, f"{hall.region.name}{venue}") for hall in venues if not hall.name.endswith(venue)]
        made.append(Coverage(venue, len(regions), [r for r in regions if r.code not in covered], wrong))
    return made


def open_departments(county: str) -> QuerySet[Department]:
    """The departments that have not been merged into another, in the order of their opening."""
    return Department.objects.filter(county=county, closed_on__isnull=True).order_by("pk")
