"""来人: who comes to a rehearsed hall on its day, when, for which line, and who of them has booked?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log, sqrt
from random import Random

from onewindow.config.rehearsal.assumed import MOST, Assumed
from onewindow.ground.clock import SHANGHAI
from onewindow.places.models import Line, Service
from onewindow.rules.opening import Session
from onewindow.rules.queueing import Priority
from onewindow.rules.waiting import BETWEEN

CLASSES = (Priority.ELDERLY, Priority.DISABLED, Priority.PREGNANT, Priority.SOLDIER)


@dataclass(frozen=True)
class Comes:
    """Somebody on his way: when he is in the hall, for which line, in which class, and whether he books before."""

    at: datetime
    line: Line
    priority: Priority
    booked: bool


def capacity(
    lines: Sequence[Line], served: Iterable[Service], open_: Sequence[Session], told: Assumed
) -> dict[int, float]:
    """How many of each line the windows can serve on the day, each dividing its time among its lines."""
    of_window: dict[int, list[int]] = {}
    for one in served:
        of_window.setdefault(one.window_id, []).append(one.line_id)
    time = sum(session.minutes for session in open_)
    needed = {
        line.pk: line.minutes * told.service_percent / 100
        + (told.walk_seconds + BETWEEN.total_seconds()) / 60
        for line in lines
    }
    found = dict.fromkeys(needed, 0.0)
    for theirs in of_window.values():
        for line_id in theirs:
            if line_id in found:
                found[line_id] += time / len(theirs) / needed[line_id]
    return found


def people(
    lines: Sequence[Line],
    able: dict[int, float],
    open_: Sequence[Session],
    told: Assumed,
    chance: Random,
) -> list[Comes]:
    """Everybody of the day, in the order in which they come."""
    number = told.people or min(MOST, round(sum(able.values()) * told.load_percent / 100))
    weights = [told.lines.get(line.letter, 0) if told.lines else able[line.pk] for line in lines]
    moments, parts = _moments(open_, told)
    if not any(weights) or not any(parts):
        return []
    found = []
    for _ in range(number):
        begins, minutes = chance.choices(moments, parts)[0]
        at = begins + timedelta(seconds=chance.randrange(minutes * 60))
        (line,) = chance.choices(lines, weights)
        booked = chance.randrange(100) < told.booked_percent
        found.append(Comes(at, line, Priority.ORDINARY if booked else _class(told, chance), booked))
    return sorted(found, key=lambda one: one.at)


def _moments(open_: Sequence[Session], told: Assumed) -> tuple[list[tuple[datetime, int]], list[float]]:
    """The stretches of the day, at most an hour each, in which people come, and the weight of each."""
    moments, parts = [], []
    for session in open_:
        at = datetime.combine(session.on, session.begins, SHANGHAI)
        ends = datetime.combine(session.on, session.ends, SHANGHAI)
        while at < ends:
            until = min(ends, at.replace(minute=0) + timedelta(hours=1))
            minutes = int((until - at).total_seconds() // 60)
            moments.append((at, max(1, minutes)))
            parts.append(told.hours.get(at.hour, 0) * minutes / 60)
            at = until
    return moments, parts


def _class(told: Assumed, chance: Random) -> Priority:
    drawn = chance.randrange(100)
    for one in CLASSES:
        drawn -= getattr(told, f"{one.value}_percent")
        if drawn < 0:
            return one
    return Priority.ORDINARY


def lasts(line: Line, told: Assumed, chance: Random) -> timedelta:
    """How long one service takes: most about the mean, some much longer (lognormal), none under half a minute."""
    mean, spread = line.minutes * told.service_percent / 100, told.spread_percent / 100
    wide = log(1 + spread * spread)
    return timedelta(minutes=max(0.5, chance.lognormvariate(log(mean) - wide / 2, sqrt(wide))))
