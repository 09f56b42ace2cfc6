"""各环节: how does the page of a case say when it entered and left each station, and where it waited longest?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from onewindow.oversight.stations import MACHINE
from onewindow.rules.stations import Gap, Line, Span, Stamp, Station, words


@dataclass(frozen=True)
class Shown:
    """One station, and the wait before it."""

    name: str
    entered_at: datetime
    entered_by: str
    left_at: datetime | None
    left_by: str
    waited: str


@dataclass(frozen=True)
class Way:
    """The whole line, the longest wait in words, and the wait that still lasts."""

    stations: list[Shown]
    longest: str
    running: str


def codes(line: Line) -> Iterator[str]:
    """Who stamped it."""
    for span in line.spans:
        for stamp in (span.entered, span.left):
            if stamp is not None and stamp.by not in ("", MACHINE):
                yield stamp.by


def shown(line: Line, called: Mapping[Station, str], names: Mapping[str, str]) -> Way:
    """Station by station."""
    waits = {id(gap.entered): gap for gap in line.gaps if gap.entered is not None}
    longest = line.longest
    running = next((gap for gap in line.gaps if gap.running and gap is not longest), None)
    return Way(
        stations=[_station(span, called, names, waits.get(id(span.entered))) for span in line.spans],
        longest=_wait(longest, called) if longest else "",
        running=f"{called[running.before]}以后还没有到下一环节，已等 {words(running.wait)}"
        if running
        else "",
    )


def _station(span: Span, called: Mapping[Station, str], names: Mapping[str, str], gap: Gap | None) -> Shown:
    return Shown(
        name=called[span.station],
        entered_at=span.entered.at,
        entered_by=_who(span.entered, names),
        left_at=span.left.at if span.left else None,
        left_by=_who(span.left, names) if span.left else "",
        waited=words(gap.wait) if gap else "",
    )


def _wait(gap: Gap, called: Mapping[Station, str]) -> str:
    if gap.after is None:
        return f"{called[gap.before]}以后还没有到下一环节，已等 {words(gap.wait)}"
    return f"{called[gap.before]}到{called[gap.after]}，{words(gap.wait)}"


def _who(stamp: Stamp, names: Mapping[str, str]) -> str:
    return "取号机" if stamp.by == MACHINE else names.get(stamp.by, "")
