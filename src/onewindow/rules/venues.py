"""场所对标: does a venue have what the text of its place asks of it, line by line, and how far has the county come?

A soft word (原则上, 鼓励, 有条件的) asks for a reason where the hard one finds a shortfall; at a venue to which
the text applies by reference, the same shortfall is advice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from onewindow.rules import venue_words as words
from onewindow.rules.pack import Cite, InForce, Rule

SOFT = ("原则上", "鼓励", "有条件的")
SINGLE = "single"
CENTRE, FUNCTIONAL, TOWNSHIP, VILLAGE = "centre", "functional", "township", "village"
UNTOLD = "没有填报"
# The parts of the standard for county, township and village, and the local settings that spell them out.
PARTS = {
    "venue.part.layout": "venue.part_layout_lines",
    "venue.part.windows": "venue.part_windows_lines",
    "venue.part.service": "venue.part_service_lines",
    "venue.part.staff": "venue.part_staff_lines",
    "venue.part.elder": "venue.part_elder_lines",
}


class Verdict(StrEnum):
    """结论."""

    MET = "达到"
    SHORT = "未达到"
    ADVISED = "建议改进"
    EXPLAINED = "有理由未达到"
    UNTOLD = "没有填报"
    OPEN = "无法衡量"


COUNTED = (Verdict.MET, Verdict.SHORT, Verdict.ADVISED, Verdict.EXPLAINED, Verdict.UNTOLD)
LACKING = (Verdict.SHORT, Verdict.ADVISED, Verdict.UNTOLD)


@dataclass(frozen=True, slots=True)
class Machine:
    """One entry of the register of equipment: its kind, its name, whether it works, and who keeps it."""

    kind: str
    name: str
    works: bool = True
    kept: bool = True
    count: int = 1


@dataclass(frozen=True, slots=True)
class Counter:
    """A window that is not closed: its number, its kinds, and whether it lies where visitors do not go."""

    number: str
    kinds: tuple[str, ...]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Venue:
    """What is known of a venue; None is what nobody told yet."""

    kind: str
    area: int | None = None
    new: bool | None = None
    zones: tuple[str, ...] = ()
    windows: tuple[Counter, ...] = ()
    machines: tuple[Machine, ...] = ()
    marked: bool | None = None
    network: bool | None = None
    ticks: frozenset[str] = frozenset()
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the check-up: what is asked, what is there, which clause asks it."""

    key: str
    title: str
    verdict: Verdict
    asked: str
    found: str
    cite: Cite
    missing: tuple[str, ...] = ()
    reason: str = ""

    @property
    def lacking(self) -> bool:
        return self.verdict in LACKING


@dataclass(frozen=True, slots=True)
class Found:
    """What a measure finds: met or not (None: nobody told), and in words."""

    met: bool | None
    asked: str
    said: str
    missing: tuple[str, ...] = ()
    open: bool = False  # there is nothing to measure by


Measure = Callable[[Venue, Rule, InForce, Mapping[str, tuple[str, ...]]], Found | None]


def _area(venue: Venue, rule: Rule, said: InForce, lists: Mapping[str, tuple[str, ...]]) -> Found | None:
    asked = f"不低于 {rule.value} 平方米"
    if venue.area is None:
        return Found(None, asked, UNTOLD)
    return Found(venue.area >= _number(rule), asked, f"{venue.area} 平方米")


def _new_area(venue: Venue, rule: Rule, said: InForce, lists: Mapping[str, tuple[str, ...]]) -> Found | None:
    return _area(venue, rule, said, lists) if venue.new else None


def _township_area(
    venue: Venue, rule: Rule, said: InForce, lists: Mapping[str, tuple[str, ...]]
) -> Found | None:
    """The floor of those that stood before; a new one has its own where the text gives one."""
    if venue.new and said.rule("venue.area.township_new") is not None:
        return None
    return _area(venue, rule, said, lists)


def _functional_area(
    venue: Venue, rule: Rule, said: InForce, lists: Mapping[str, tuple[str, ...]]
) -> Found | None:
    """Floor and aim of one clause: between both it is compliant and below its target."""
    found, aim = _area(venue, rule, said, lists), said.value("venue.area.functional_aim")
    if found is None or not found.met or venue.area is None or not isinstance(aim, int):
        return found
    word = f"达到目标 {aim} 平方米" if venue.area >= aim else f"达到下限，未到目标 {aim} 平方米"
    return Found(True, found.asked, f"{found.said}，{word}")


def _listed(asked: Sequence[str], there: Callable[[str], bool], unit: str) -> Found:
    missing = tuple(word for word in asked if not there(word))
    had = len(asked) - len(missing)
    said = f"有 {had} {unit}" + (f"，缺 {len(missing)} {unit}：{'、'.join(missing)}" if missing else "")
    names = f"：{'、'.join(asked)}" if had else ""  # where nothing is there, what is missing names them all
    return Found(not missing, f"{len(asked)} {unit}{names}", said, missing)


def _zones(venue: Venue, rule: Rule, said: InForce, lists: Mapping[str, tuple[str, ...]]) -> Found:
    return _listed(_words(rule), lambda word: bool({*words.ZONES[word]} & {*venue.zones}), "个")


def _windows(venue: Venue, rule: Rule, said: InForce, lists: Mapping[str, tuple[str, ...]]) -> Found:
    return _listed(_words(rule), lambda word: _many(venue, words.WINDOWS[word]) > 0, "种")


def _machines(venue: Venue, rule: Rule, said: InForce, lists: Mapping[str, tuple[str, ...]]) -> Found:
    """Each kind at least once and working; what stands there broken is named as such."""
    kinds = {one.kind for one in venue.machines}
    good = {one.kind for one in venue.machines if one.works}
    found = _listed(_words(rule), lambda word: bool({*words.DEVICES[word]} & good), "种")
    broken = [word for word in found.missing if {*words.DEVICES[word]} & kinds]
    said_too = f"（{'、'.join(broken)}坏了，正在修）" if broken else ""
    return Found(found.met, found.asked, found.said + said_too, found.missing)


def _at_least(kind: str) -> Measure:
    def measure(venue: Venue, rule: Rule, said: InForce, lists: Mapping[str, tuple[str, ...]]) -> Found:
        many = _many(venue, (kind,))
        return Found(many >= _number(rule), f"不少于 {rule.value} 个", f"{many} 个，应 {rule.value} 个")

    return measure


def _single(venue: Venue, rule: Rule, said: InForce, lists: Mapping[str, tuple[str, ...]]) -> Found:
    """Windows of one department alone that nobody gave a reason for."""
    left = [one.number for one in venue.windows if SINGLE in one.kinds]
    bare = tuple(f"{one} 号窗口" for one in left if not venue.reasons.get(f"{SINGLE}:{one}"))
    kept = f"，{len(left) - len(bare)} 个写明了理由" if len(left) > len(bare) else ""
    return Found(
        not bare,
        "没有部门单设窗口，确需单设的写明理由",
        f"没有理由的 {len(bare)} 个{'：' if bare else ''}{'、'.join(bare)}{kept}",
        bare,
    )


def _kept(venue: Venue, rule: Rule, said: InForce, lists: Mapping[str, tuple[str, ...]]) -> Found:
    bare = tuple(one.name for one in venue.machines if not one.kept)
    found = f"{len(bare)} 件没有保管人：{'、'.join(bare)}" if bare else "都有保管人"
    return Found(not bare, "每件设备明确专人", found if venue.machines else "没有登记设备", bare)


def _apart(venue: Venue, rule: Rule, said: InForce, lists: Mapping[str, tuple[str, ...]]) -> Found:
    wrong = tuple(f"{one.number} 号窗口" for one in venue.windows if one.hidden)
    found = f"设在内部区域：{'、'.join(wrong)}" if wrong else "对外窗口都在对外区域"
    return Found(not wrong, "对外的窗口不在内部办公区", found, wrong)


def _mark(venue: Venue, rule: Rule, said: InForce, lists: Mapping[str, tuple[str, ...]]) -> Found:
    return _told(venue.marked, f"装有“{rule.value}”标识", ("已安装", "没有安装"))


def _network(venue: Venue, rule: Rule, said: InForce, lists: Mapping[str, tuple[str, ...]]) -> Found:
    return _told(venue.network, "政务服务网通达", ("已通达", "没有通达"))


def _told(told: bool | None, asked: str, said: tuple[str, str]) -> Found:
    return Found(told, asked, UNTOLD if told is None else said[not told])


def _ticked(name: str) -> Measure:
    """A checklist that the text names and does not spell out: its lines are a local setting."""

    def measure(venue: Venue, rule: Rule, said: InForce, lists: Mapping[str, tuple[str, ...]]) -> Found:
        asked = lists.get(name, ())
        if not asked:
            return Found(None, "文件没有写明内容", "本地设定里还没有列出内容，暂不衡量", open=True)
        return _listed(asked, lambda line: line in venue.ticks, "条")

    return measure


def _part(venue: Venue, rule: Rule, said: InForce, lists: Mapping[str, tuple[str, ...]]) -> Found:
    """One part of the standard for all three levels, with its score."""
    found = _ticked(PARTS[rule.name])(venue, rule, said, lists)
    assert found is not None  # a checklist always finds something
    if found.open:
        return found
    whole = len(lists[PARTS[rule.name]])
    percent = (whole - len(found.missing)) * 100 // whole
    return Found(found.met, found.asked, f"得分 {percent}%，{found.said}", found.missing)


def _words(rule: Rule) -> tuple[str, ...]:
    return rule.value if isinstance(rule.value, tuple) else ()


def _number(rule: Rule) -> int:
    return rule.value if isinstance(rule.value, int) else 0


def _many(venue: Venue, kinds: Iterable[str]) -> int:
    return sum(1 for one in venue.windows if {*kinds} & {*one.kinds})


_ALL = (CENTRE, FUNCTIONAL, "branch", TOWNSHIP, VILLAGE, "outpost")
# Which rule asks what of which kinds of venue, in the order of the page.
STANDARDS: tuple[tuple[str, tuple[str, ...], Measure], ...] = (
    ("venue.area.county_new", (CENTRE,), _new_area),
    ("venue.area.functional", (FUNCTIONAL,), _functional_area),
    ("venue.area.township", (TOWNSHIP,), _township_area),
    ("venue.area.township_new", (TOWNSHIP,), _new_area),
    ("venue.area.village", (VILLAGE,), _area),
    ("venue.zones.centre", (CENTRE, FUNCTIONAL), _zones),
    ("venue.zones.township", (TOWNSHIP,), _zones),
    ("venue.rooms", (CENTRE, FUNCTIONAL), _zones),
    ("venue.apart", (CENTRE, FUNCTIONAL, TOWNSHIP), _apart),
    ("venue.windows.centre", (CENTRE, FUNCTIONAL), _windows),
    ("venue.windows.township", (TOWNSHIP,), _windows),
    ("venue.windows.comprehensive", (TOWNSHIP,), _at_least("comprehensive")),
    ("venue.windows.issuing", (TOWNSHIP,), _at_least("issue")),
    ("venue.windows.advice", (TOWNSHIP,), _at_least("advice")),
    ("venue.windows.single", (CENTRE, FUNCTIONAL, "branch", TOWNSHIP), _single),
    ("venue.windows.village", (VILLAGE,), _single),
    ("venue.devices.centre", (CENTRE, FUNCTIONAL), _machines),
    ("venue.devices.township", (TOWNSHIP,), _machines),
    ("venue.devices.village", (VILLAGE,), _machines),
    ("venue.ease.centre", (CENTRE, FUNCTIONAL), _machines),
    ("venue.ease.township", (TOWNSHIP,), _machines),
    ("venue.safety", (CENTRE, FUNCTIONAL), _machines),
    ("venue.keeper", (CENTRE, FUNCTIONAL), _kept),
    ("venue.network", (VILLAGE,), _network),
    ("brand", _ALL, _mark),
    ("venue.six_have", (VILLAGE,), _ticked("venue.six_have_lines")),
    *((name, (CENTRE, TOWNSHIP, VILLAGE), _part) for name in PARTS),
)
TITLES = {"brand": "服务标识安装"}


def check(venue: Venue, said: InForce, lists: Mapping[str, tuple[str, ...]]) -> list[Line]:
    """Every line that the text of the place asks of such a venue."""
    found = []
    for key, kinds, measure in STANDARDS:
        rule = said.rule(key)
        if rule is None:
            continue
        referred = by_reference(venue.kind, said) and CENTRE in kinds
        if venue.kind in kinds or referred:
            one = measure(venue, rule, said, lists)
            if one is not None:
                found.append(_line(key, rule, one, venue, referred=by_reference(venue.kind, said)))
    return found


def by_reference(kind: str, said: InForce) -> bool:
    """参照执行: whether the text is not made for such a venue, which only follows it."""
    follows = said.value("venue.by_reference")
    return isinstance(follows, tuple) and words.LEVELS[kind] in follows


def _line(key: str, rule: Rule, one: Found, venue: Venue, *, referred: bool) -> Line:
    reason = venue.reasons.get(key, "")
    title = TITLES.get(key, rule.title_zh)
    return Line(
        key, title, _verdict(rule, one, reason, referred), one.asked, one.said, rule.cite, one.missing, reason
    )


def _verdict(rule: Rule, one: Found, reason: str, referred: bool) -> Verdict:
    if one.open:
        return Verdict.OPEN
    if one.met:
        return Verdict.MET
    if one.met is None:
        return Verdict.UNTOLD
    soft = any(word in rule.cite.quote for word in SOFT)
    if soft and reason:
        return Verdict.EXPLAINED
    return Verdict.ADVISED if soft or referred else Verdict.SHORT


def score(lines: Iterable[Line]) -> tuple[int, int]:
    """How many lines are met, of how many that can be measured."""
    counted = [one for one in lines if one.verdict in COUNTED]
    return sum(1 for one in counted if one.verdict is Verdict.MET), len(counted)
