"""流水线: when did a case enter and leave each station, with whom, and how long did it lie between two of them?

The stations follow from facts that are stamped anyway: nobody writes down a hand-over twice. All times are those of the
clock on the wall, nights and days off included: what is measured is how long somebody waited.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median


class Station(StrEnum):
    """A fixed place on the way of a case through the hall."""

    GUIDE = "guide"
    FILL = "fill"
    INTAKE = "intake"
    REVIEW = "review"
    ISSUE = "issue"


# What they are called where the text of a place has no words of its own.
STATION_WORDS = ("导办", "填报", "受理", "审批", "出件")
READY = "Ready"  # no fact of the case: the letter of the decision is made and lies at the issuing window

_ACCEPTED = frozenset({"Accepted", "AcceptedBySilence"})
# The case is over where it was taken in.
_TURNED_AWAY = frozenset({"Refused", "NotOurs", "NotNeeded", "CorrectionLapsed", "Exempted", "Filed"})
# An officer behind the window has begun with it.
_LOOKED = frozenset(
    {"Reviewed", "ExplanationAsked", "ProcedureBegun", "ThirdNamed", "ExtensionAsked", "BillMade", "SentUp"}
)
DECISIONS = frozenset({"Granted", "Denied", "GrantedAbove", "DeniedAbove", "RenewedByLaw"})
_GIVEN_UP = frozenset({"Withdrawn", "DeemedWithdrawn"})
_AT_ISSUE = frozenset({READY, "Kept", "CameBack"})
_GONE = frozenset({"Dispatched", "Delivered"})
FACTS = (
    _ACCEPTED
    | _TURNED_AWAY
    | _LOOKED
    | DECISIONS
    | _GIVEN_UP
    | (_AT_ISSUE - {READY})
    | _GONE
    | {"Received", "PromiseTakenBack", "Judged", "CorrectionAsked", "RefusalProposed"}
)


@dataclass(frozen=True)
class Stamp:
    """Something that was stamped: what, when and by whom (an actor code)."""

    what: str
    at: datetime
    by: str = ""


@dataclass(frozen=True)
class Before:
    """What came before the receipt: the stay in the hall, and the application as it was begun and sealed."""

    came: Stamp | None = None  # through the door
    numbered: Stamp | None = None  # his number was taken
    served: Stamp | None = None  # the window began with him
    begun: Stamp | None = None  # the first keystroke
    by_himself: bool = False  # he filled it in himself, at home or at a machine
    handed_in: Stamp | None = None  # he sent it himself


@dataclass(frozen=True)
class Span:
    """A stay at one station; without `left` it is still there."""

    station: Station
    entered: Stamp
    left: Stamp | None = None


@dataclass(frozen=True)
class Gap:
    """From leaving one station to entering the next; without `entered` it lasts until now."""

    before: Station
    after: Station | None
    left: Stamp
    entered: Stamp | None
    wait: timedelta

    @property
    def running(self) -> bool:
        return self.entered is None


@dataclass(frozen=True)
class Line:
    """The whole way of a case."""

    spans: tuple[Span, ...]
    gaps: tuple[Gap, ...]

    @property
    def longest(self) -> Gap | None:
        return max(self.gaps, key=lambda gap: gap.wait, default=None)


def line(before: Before, facts: Iterable[Stamp], at: datetime, *, over: bool) -> Line:
    """The stations that a case passed and the waits between them, as it stands at `at`."""
    inside = _inside(before, sorted(facts, key=lambda one: one.at))
    spans = [*_outside(before, inside[0].entered if inside else None), *inside]
    return Line(tuple(spans), tuple(_gaps(spans, at, over)))


def _outside(before: Before, taken_in: Stamp | None) -> list[Span]:
    """导服 and 自助填报; what a window goes on with leaves the applicant's hands there."""
    found = []
    if before.came is not None:
        found.append(Span(Station.GUIDE, before.came, before.numbered))
    if before.by_himself and before.begun is not None:
        found.append(Span(Station.FILL, before.begun, before.handed_in or taken_in))
    return sorted(found, key=lambda span: span.entered.at)


def _inside(before: Before, facts: Sequence[Stamp]) -> list[Span]:
    """综合受理, 后台审批, 统一出证."""
    way = _Way()
    for fact in facts:
        _step(way, before, fact)
    return way.spans


class _Way:
    """Where a case is while its facts are walked through."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        self.decided = self.accepted = False

    def enter(self, station: Station, stamp: Stamp) -> None:
        if not self.spans or self.spans[-1].left is not None or self.spans[-1].station is not station:
            self.leave(stamp)
            self.spans.append(Span(station, stamp))

    def leave(self, stamp: Stamp) -> None:
        if self.spans and self.spans[-1].left is None:
            self.spans[-1] = replace(self.spans[-1], left=stamp)


def _step(way: _Way, before: Before, fact: Stamp) -> None:
    if fact.what in _AT_ISSUE or fact.what in _GONE:
        _at_issue(way, fact)
    elif fact.what in DECISIONS:
        way.enter(Station.REVIEW, fact)
        way.leave(fact)
        way.decided = True
    elif fact.what in _GIVEN_UP:
        way.leave(fact)
    elif not way.accepted:
        _at_intake(way, before, fact)
    elif fact.what == "PromiseTakenBack":  # it waits for its acceptance again
        way.enter(Station.INTAKE, fact)
        way.accepted = False
    elif fact.what in _LOOKED:
        way.enter(Station.REVIEW, fact)


def _at_intake(way: _Way, before: Before, fact: Stamp) -> None:
    """At the window from the moment it began with him; what came by itself, from the moment somebody looks at it."""
    if fact.what == "Received":
        if before.served is not None:
            way.enter(Station.INTAKE, before.served)
        elif not before.by_himself:
            way.enter(Station.INTAKE, before.begun or fact)
        elif before.handed_in is None:  # begun by himself, finished at a window
            way.enter(Station.INTAKE, fact)
        return
    way.enter(Station.INTAKE, fact)
    if fact.what in _ACCEPTED or fact.what in _TURNED_AWAY:
        way.leave(fact)
        way.accepted = fact.what in _ACCEPTED


def _at_issue(way: _Way, fact: Stamp) -> None:
    if not way.decided:
        return
    gone = fact.what in _GONE
    if not (gone and _dispatched(way)):  # what is with the courier already left the window
        way.enter(Station.ISSUE, fact)
    if gone:
        way.leave(fact)


def _dispatched(way: _Way) -> bool:
    last = way.spans[-1]
    return last.station is Station.ISSUE and last.left is not None


def _gaps(spans: Sequence[Span], at: datetime, over: bool) -> Iterable[Gap]:
    for one, after in zip(spans, [*spans[1:], None], strict=True):
        if one.left is None or (after is None and (over or one.station is Station.ISSUE)):
            continue
        until = after.entered if after is not None else None
        end = until.at if until is not None else at
        wait = max(end - one.left.at, timedelta())
        yield Gap(one.station, after.station if after else None, one.left, until, wait)


@dataclass(frozen=True)
class Typical:
    """How long cases wait between two stations: how many did, half of them so long, the longest so long."""

    before: Station
    after: Station
    many: int
    median: timedelta
    longest: timedelta


def typical(lines: Iterable[Line]) -> list[Typical]:
    """The waits of many cases, pair by pair in the order of the way; what still waits is not counted."""
    waits: dict[tuple[Station, Station], list[timedelta]] = {}
    for one in lines:
        for gap in one.gaps:
            if gap.after is not None:
                waits.setdefault((gap.before, gap.after), []).append(gap.wait)
    order = list(Station)
    return [
        Typical(*pair, many=len(found), median=timedelta(seconds=_middle(found)), longest=max(found))
        for pair, found in sorted(waits.items(), key=lambda one: [order.index(each) for each in one[0]])
    ]


def _middle(found: Sequence[timedelta]) -> float:
    return median(one.total_seconds() for one in found)


def words(wait: timedelta) -> str:
    """How long, as it is said: 3 天 2 小时, 1 小时 5 分钟, 不到 1 分钟."""
    minutes = int(wait.total_seconds()) // 60
    days, rest = divmod(minutes, 24 * 60)
    hours, left = divmod(rest, 60)
    if days:
        return f"{days} 天 {hours} 小时" if hours else f"{days} 天"
    if hours:
        return f"{hours} 小时 {left} 分钟" if left else f"{hours} 小时"
    return f"{left} 分钟" if left else "不到 1 分钟"
