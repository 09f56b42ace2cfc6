"""灯: what colour does a case show on a day? One meaning everywhere (济宁 第十四条)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import floor
from typing import Literal

from onewindow.rules.clock import Reckoning
from onewindow.rules.stages import Stage
from onewindow.rules.workdays import ONE_DAY, Calendar

Colour = Literal["green", "yellow", "red", "held", "done"]


@dataclass(frozen=True)
class Light:
    """A colour with its word: shape and colour never speak alone."""

    colour: Colour
    word: str


READY = Light("green", "待送达")
# While no term runs: the result is there and late for nobody; a correction is the applicant's turn.
WAITS: Mapping[Stage, Light] = {
    Stage.GRANTED: READY,
    Stage.DENIED: READY,
    Stage.CORRECTING: Light("held", "等待补正"),
    Stage.ABOVE: Light("held", "等待上级决定"),
}


def yellow_on(reckoning: Reckoning, percent: int, days: int, calendar: Calendar) -> date | None:
    """The first day on which no more than `percent` of the term or `days` working days are left, whichever is earlier."""
    if reckoning.due is None:
        return None
    left = max(days, floor(reckoning.days * percent / 100))
    day = reckoning.due
    while day > reckoning.start and calendar.between(day - ONE_DAY, reckoning.due) <= left:
        day -= ONE_DAY
    return day


def light(
    today: date,
    *,
    due_on: date | None,
    yellow_on: date | None,
    legal_due_on: date | None,
    held: bool,
    closed: bool,
    calendar: Calendar,
    waits: Light | None = None,
) -> Light:
    """Green in time, yellow when little is left, red from the day after the due day; red names a broken legal limit.

    `waits` is what is shown of a stage while no term of the office runs.
    """
    if closed:
        return Light("done", "办结")
    if due_on is None and waits is not None:
        return Light("held", waits.word) if held else waits
    if held or due_on is None:
        return Light("held", "暂停计时" if held else "等待中")
    if today > due_on:
        over = calendar.between(due_on, today)
        legal = "，超法定期限" if legal_due_on is not None and today > legal_due_on else ""
        # On the days off right after the due day no working day is over yet, and it is late all the same.
        return Light("red", f"超期 {over} 天{legal}" if over else f"已超期{legal}")
    left = calendar.between(today, due_on)
    word = "今天到期" if today == due_on else f"剩 {left} 天"
    return Light("yellow" if yellow_on is not None and today >= yellow_on else "green", word)
