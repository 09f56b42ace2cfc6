"""演示大厅: for what does one line up in the halls of the demonstration county, and who calls there?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from onewindow.config.demo.cast import Staff
from onewindow.config.demo.offices import centre
from onewindow.people.usual import CENTRE_HEAD, COUNTER, GUIDE, HALL_HEAD, SURROUNDINGS
from onewindow.places import acts
from onewindow.places.models import County, Department, Hall, Line, Window, Zone
from onewindow.places.reads import improving_post, kinds_of_zone
from onewindow.rules.grants import FOUNDER
from onewindow.rules.plan import Box

_Z = Zone.Kind
# Of the centre: kind, sign, floor, where it lies, m²; the windows lie in the zone of their kind.
_ZONES = (
    (_Z.DOOR, "东门", 1, (88, 60, 12, 20), 30),
    (_Z.GUIDE, "导询服务区", 1, (68, 60, 20, 20), 120),
    (_Z.WAITING, "等候区", 1, (20, 34, 64, 26), 600),
    (_Z.WINDOWS, "综合受理区", 1, (0, 0, 56, 22), 700),
    (_Z.ISSUE, "{}", 1, (56, 0, 14, 22), 120),
    (_Z.ADVICE, "咨询帮办区", 1, (70, 0, 30, 22), 260),
    (_Z.SELF_SERVICE, "自助服务区", 1, (0, 60, 40, 20), 200),
    (_Z.ROUND_THE_CLOCK, "24小时自助区", 1, (40, 60, 28, 20), 150),
    (_Z.SPECIAL, "特殊群体帮办区", 1, (0, 34, 20, 26), 90),
    (_Z.TOILET, "洗手间", 1, (84, 34, 16, 13), 60),
    (_Z.NURSING, "母婴室", 1, (84, 47, 16, 13), 20),
    (_Z.BACK_OFFICE, "后台审批区", 2, (0, 0, 100, 30), 900),
)
# Letter, name, what the machine says of it, minutes, and whose business it is; nobody named: everybody's.
_LINES = (
    ("A", "综合受理", "市场监管、民政、卫健等各部门的事", 12, ()),
    ("B", "不动产登记", "不动产登记和查询", 20, ("ziran",)),
    ("C", "社保医保", "社会保险、就业和医疗保险", 10, ("renshe", "yibao")),
    ("D", "公安户政", "户口、身份证和居住证", 10, ("gongan",)),
)
# Which windows of the centre call which lines; the second of a pair is called before the others there.
_SERVES = {
    "1": ("A", ""),
    "2": ("A", ""),
    "3": ("A", ""),
    "4": ("AB", "B"),
    "5": ("AC", "C"),
    "6": ("AD", "D"),
}
# Each line has somebody who calls it; the other two windows have their clerks from the cast.
_CLERKS = (
    ("1", "heping", "何平"),
    ("4", "luojun", "罗军"),
    ("5", "songyan", "宋燕"),
    ("6", "tangli", "唐丽"),
)


def load(county: County, now: datetime) -> None:
    """Zones, lines and windows, and those who guide and call; what is there already stays as it is."""
    hall = centre(county)
    if not hall.lines.exists():
        _centre(hall, now, dict(kinds_of_zone(county, now.date()))[_Z.ISSUE.value])
    for small in _small(county):
        if not small.lines.exists():
            _one_line(small, now)
    _people(county, hall, now)


def _centre(hall: Hall, now: datetime, issuing: str) -> None:
    zones = {}
    for kind, name, floor, place, area in _ZONES:
        zone = acts.lay_zone(
            hall,
            by=FOUNDER,
            at=now,
            kind=kind,
            name=name.format(issuing),
            floor=floor,
            area=area,
            keeper="大厅保障组",
        )
        zones[kind] = acts.place_zone(zone, by=FOUNDER, at=now, place=Box(*place), floor=floor)
    offices = {one.key: one for one in Department.objects.filter(county=hall.county)}
    lines = {
        letter: acts.open_line(
            hall,
            by=FOUNDER,
            at=now,
            letter=letter,
            name=name,
            about=about,
            minutes=minutes,
            departments=[offices[key] for key in keys if key in offices],
        )
        for letter, name, about, minutes, keys in _LINES
    }
    for window in hall.windows.order_by("pk"):
        served, first = _SERVES.get(window.number, ("", ""))
        acts.arrange_window(
            window,
            by=FOUNDER,
            at=now,
            lines=[lines[letter] for letter in served],
            first=[lines[letter] for letter in first],
            zone=zones[_zone_of(window)],
            low=window.number == "1",
            tidal=window.number == "2",
        )


def _zone_of(window: Window) -> Zone.Kind:
    kinds = Window.Kind
    usual = {kinds.ISSUE.value: _Z.ISSUE, kinds.ADVICE.value: _Z.ADVICE, kinds.STUCK.value: _Z.ADVICE}
    return usual.get(window.kinds[0], _Z.WINDOWS)


def _small(county: County) -> Iterator[Hall]:
    """The first township centre, with its windows, and the first village station, with one."""
    for kind in (Hall.Kind.TOWNSHIP, Hall.Kind.VILLAGE):
        yield from Hall.objects.filter(county=county.code, kind=kind).order_by("pk")[:1]


def _one_line(hall: Hall, now: datetime) -> None:
    letter, name, _, minutes, _ = _LINES[0]
    line = acts.open_line(
        hall, by=FOUNDER, at=now, letter=letter, name=name, about="本场所办的各类事", minutes=minutes
    )
    zone = acts.lay_zone(hall, by=FOUNDER, at=now, kind=_Z.WINDOWS, name="综合受理区")
    for window in hall.windows.order_by("pk"):
        served: list[Line] = [line] if Window.Kind.COMPREHENSIVE in window.kinds else []
        acts.arrange_window(window, by=FOUNDER, at=now, lines=served, zone=zone)


def _people(county: County, hall: Hall, now: datetime) -> None:
    """A guide and a manager of the hall, a clerk in each of the two small venues, and one at every window that calls."""
    staff = Staff(county, now)
    staff.seat("daoban", "吴敏", staff.post("导办员", GUIDE, hall=hall))
    staff.seat("dating", "马宁", staff.post("大厅主任", HALL_HEAD, hall=hall))
    staff.seat("zhuren", "何宁", staff.post("中心负责人", CENTRE_HEAD))
    staff.seat("huanjing", "安然", staff.post(improving_post(county, now.date()), SURROUNDINGS))
    for username, small in zip(("zhenkan", "cunzhan"), _small(county), strict=False):
        window = small.windows.order_by("pk")[0]
        post = staff.post(f"{window.number} 号综合受理窗口", COUNTER, hall=small, window=window)
        staff.seat(username, staff.invented(), post)
    staff.desks(hall, _CLERKS)
