"""数量限制: who has a place where there are only so many (行政许可法 57)?

The order is that of acceptance: the moment of it, and for an acceptance by silence the moment of the receipt, because
the law dates it back to there (32(四)). Whoever was denied or went away leaves his place to the next.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from onewindow.rules.grants import NotAllowed

LAW = "《中华人民共和国行政许可法》第五十七条"
PERIODS = {"year": "每年", "total": "总共"}


@dataclass(frozen=True)
class Quota:
    """How many, in a calendar year or altogether."""

    number: int
    period: str = "year"

    @property
    def words(self) -> str:
        return f"{PERIODS[self.period]} {self.number} 个"

    def span(self, accepted: date) -> tuple[date, date] | None:
        """The days of acceptance that compete for the same places; none where all ever do."""
        if self.period != "year":
            return None
        return date(accepted.year, 1, 1), date(accepted.year, 12, 31)


@dataclass(frozen=True)
class Claim:
    """One accepted application: since which moment, and the place of its acceptance in the journal."""

    case: int
    since: datetime
    entry: int
    granted: bool = False


@dataclass(frozen=True)
class Standing:
    """Where one application stands in the row."""

    case: int
    rank: int
    has_place: bool
    granted: bool


def row(claims: Iterable[Claim], quota: Quota) -> tuple[Standing, ...]:
    """The row in the order of acceptance: who was granted has his place, the others get what is left in turn."""
    ordered = sorted(claims, key=lambda one: (one.since, one.entry))
    left = quota.number - sum(one.granted for one in ordered)
    found: list[Standing] = []
    for rank, one in enumerate(ordered, 1):
        has = one.granted or left > 0
        left -= has and not one.granted
        found.append(Standing(one.case, rank, has, one.granted))
    return tuple(found)


def refuse_beyond(claims: Iterable[Claim], quota: Quota, case: int) -> None:
    """Refuse to grant beyond the number, or past somebody who was accepted earlier and has not been decided."""
    why = why_beyond(claims, quota, case)
    if why:
        raise NotAllowed(why)


def why_beyond(claims: Iterable[Claim], quota: Quota, case: int) -> str:
    """Why there is no place for the case; empty while there is one."""
    line = row(claims, quota)
    mine = next((one for one in line if one.case == case), None)
    if mine is None or mine.has_place:
        return ""
    granted = sum(one.granted for one in line)
    waiting = sum(not one.granted and one.rank < mine.rank for one in line)
    if granted >= quota.number:
        return f"本事项数量有限，{quota.words}，已经全部准予。不能再准予，请依法作出不予决定（{LAW}）。"
    return (
        f"本事项数量有限，{quota.words}，已准予 {granted} 个。按受理先后，本件前面还有 {waiting} 件没有决定，"
        f"名额轮不到本件，现在不能准予。请先决定前面的件（{LAW}）。"
    )


def ground(quota: Quota) -> str:
    """The ground of a denial for whoever fell out."""
    return f"本事项数量有限，{quota.words}。按照受理申请的先后顺序，名额已经全部准予受理在先的申请人，没有剩余名额。"
