"""场所对标: what has each venue of the county, which lines of the text does it meet, and how far has the county come?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from onewindow.places.models import County, Deviation, Device, DeviceFault, Hall, Sheet, Task, Window, Zone
from onewindow.places.reads import pack_here
from onewindow.rules import venue_rates
from onewindow.rules.pack import InForce
from onewindow.rules.venue_rates import BENCHMARK, SIX_HAVE, Grade, Rate, Share, grade
from onewindow.rules.venue_words import SMART, class_of
from onewindow.rules.venues import PARTS, Counter, Line, Machine, Venue, Verdict, check, score

LEVELS = (
    (1, "县（市、区）大厅", (Hall.Kind.CENTRE, Hall.Kind.BRANCH)),
    (2, "功能区大厅", (Hall.Kind.FUNCTIONAL,)),
    (3, "乡镇（街道）便民服务中心", (Hall.Kind.TOWNSHIP,)),
    (4, "村居便民服务站和驿站", (Hall.Kind.VILLAGE, Hall.Kind.OUTPOST)),
)


@dataclass(frozen=True)
class Lists:
    """The text of the place today, and the lists that only a local setting spells out."""

    said: InForce
    told: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, county: County, on: date) -> Lists:
        pack = pack_here(county)
        said = pack.at(on)
        parts = [listed for rule, listed in PARTS.items() if said.rule(rule) is not None]
        names = (SIX_HAVE, BENCHMARK, *parts)
        return cls(said, {name: venue_rates.lines_of(pack.setting(name).value) for name in names})


@dataclass
class Checked:
    """One venue with its lines."""

    hall: Hall
    sheet: Sheet | None
    devices: list[Device]
    venue: Venue
    lines: list[Line]
    grade: Grade
    tasks: int = 0

    @property
    def score(self) -> tuple[int, int]:
        return score(self.lines)

    @property
    def percent(self) -> int | None:
        met, many = self.score
        return met * 100 // many if many else None

    @property
    def lacking(self) -> list[Line]:
        return [one for one in self.lines if one.lacking]

    @property
    def smart(self) -> list[str]:
        """智能化: the kinds of smart equipment that are in use."""
        used = {Device.Kind(one.kind).label for one in self.venue.machines if one.works and _smart(one.kind)}
        return sorted(str(word) for word in used)

    @property
    def unkept(self) -> list[Device]:
        return [one for one in self.devices if not one.keeper]

    @property
    def available(self) -> list[tuple[str, int, int, int]]:
        """可用率 by kind: its name, how many work, how many there are, whole percent."""
        return rated(self.venue.machines)


def rated(machines: Iterable[Machine]) -> list[tuple[str, int, int, int]]:
    """The same of any number of machines."""
    found = venue_rates.availability(machines)
    return [
        (str(Device.Kind(kind).label), good, many, good * 100 // many)
        for kind, (good, many) in found.items()
        if many
    ]


def venues_of(county: County) -> QuerySet[Hall]:
    """All venues with what is in them; five statements however many there are."""
    broken = DeviceFault.objects.filter(device=OuterRef("pk"), mended_at__isnull=True)
    devices = Device.objects.filter(retired_on__isnull=True).annotate(broken=Exists(broken))
    return (
        Hall.objects.filter(county=county.code)
        .select_related("region", "sheet__parent")
        .prefetch_related(
            Prefetch("zones", Zone.objects.filter(closed_on__isnull=True), to_attr="laid"),
            Prefetch("windows", Window.objects.filter(is_open=True).select_related("zone"), to_attr="at"),
            Prefetch("devices", devices.order_by("kind", "pk"), to_attr="machines"),
            Prefetch("deviations", Deviation.objects.filter(ended_at__isnull=True), to_attr="why"),
            Prefetch("tasks", Task.objects.filter(closed_at__isnull=True).order_by("due_on"), to_attr="todo"),
        )
        .order_by("pk")
    )


def checked(county: County, on: date, halls: Iterable[Hall] | None = None) -> list[Checked]:
    """Every venue held against the text."""
    lists = Lists.of(county, on)
    return [_checked(hall, lists) for hall in (venues_of(county) if halls is None else halls)]


def _checked(hall: Hall, lists: Lists) -> Checked:
    sheet: Sheet | None = getattr(hall, "sheet", None)
    venue = _venue(hall, sheet)
    lines = check(venue, lists.said, lists.told)
    return Checked(
        hall,
        sheet,
        list(hall.machines),  # type: ignore[attr-defined]
        venue,
        lines,
        grade(lines, venue.ticks, lists.told[BENCHMARK]),
        len(hall.todo),  # type: ignore[attr-defined]
    )


def _venue(hall: Hall, sheet: Sheet | None) -> Venue:
    """What is known of it, as the rules read it."""
    return Venue(
        kind=hall.kind,
        area=sheet.area if sheet else None,
        new=sheet.new if sheet else None,
        zones=tuple(zone.kind for zone in hall.laid),  # type: ignore[attr-defined]
        windows=tuple(
            Counter(one.number, tuple(one.kinds), bool(one.zone and one.zone.internal))
            for one in hall.at  # type: ignore[attr-defined]
        ),
        machines=tuple(
            Machine(one.kind, one.name, not one.broken, bool(one.keeper), one.count)
            for one in hall.machines  # type: ignore[attr-defined]
        ),
        marked=sheet.marked if sheet else None,
        network=sheet.network if sheet else None,
        ticks=frozenset(sheet.ticks) if sheet else frozenset(),
        reasons={one.line: one.reason for one in hall.why},  # type: ignore[attr-defined]
    )


def _smart(kind: str) -> bool:
    return class_of(kind) == SMART


@dataclass(frozen=True)
class Overview:
    """The county: level by level its venues, line by line how many meet it, and its grades."""

    levels: list[tuple[str, list[Checked]]]
    shares: list[Share]
    rates: list[Rate]
    machines: list[tuple[str, int, int, int]]
    wanting: list[Checked]


def overview(county: County, on: date, found: Sequence[Checked]) -> Overview:
    """The tree of four levels with its shortfalls and shares."""
    said = pack_here(county).at(on)
    towns = [one.grade for one in found if one.hall.kind == Hall.Kind.TOWNSHIP]
    return Overview(
        levels=[(word, [one for one in found if one.hall.kind in kinds]) for _, word, kinds in LEVELS],
        shares=venue_rates.shares((one.hall.name, one.lines) for one in found),
        rates=venue_rates.rates(towns, said),
        machines=rated(machine for one in found for machine in one.venue.machines),
        wanting=[one for one in found if any(line.verdict is Verdict.SHORT for line in one.lines)],
    )
