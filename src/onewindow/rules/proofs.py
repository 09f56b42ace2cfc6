"""证明到哪一天: what does the proof of a term show while a pause lasts, and which pauses does it name?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from onewindow.rules.clock import ProofDay, Reckoning, prove
from onewindow.rules.workdays import Calendar

_WEEKEND = ("星期六", "星期日")


def proved(reckoning: Reckoning, calendar: Calendar, until: date) -> tuple[ProofDay, ...]:
    """Every day of the term; while a pause lasts, every day up to `until`, and none of them is the last."""
    if reckoning.due is not None:
        return prove(reckoning, calendar)
    end = max(until, *(pause.start for pause in reckoning.pauses), reckoning.start)
    pauses = tuple(replace(pause, end=pause.end or end) for pause in reckoning.pauses)
    lines = prove(replace(reckoning, due=end, pauses=pauses), calendar)
    return tuple(replace(line, last=False) for line in lines)


def stood_still(line: ProofDay) -> bool:
    """Whether a pause took the day out: it names its ground, and where it has no source of its own nothing else did."""
    kind = getattr(line, "kind", "day")
    return kind == "paused" or (kind == "day" and not line.counted and not line.source)


def counting(line: ProofDay, *, first: bool) -> str:
    """第 3 天, 不计, 起算日, 暂停, or what else a line says instead of a number."""
    if first:
        return "起算日"
    if getattr(line, "kind", "day") == "extension":
        return "延长"
    if stood_still(line):
        return "暂停"
    return f"第 {line.number} 天" if line.counted else "不计"


def counts_off(line: ProofDay) -> bool:
    """A day off that counts all the same: the term is one of calendar days."""
    return line.counted and (line.reason in _WEEKEND or line.reason.endswith("放假"))


def reason(line: ProofDay) -> str:
    """Why a day counted or did not, in words that stand alone."""
    if stood_still(line):
        return line.reason if "暂停" in line.reason else f"{line.reason}，期限暂停"
    if counts_off(line):
        return f"{line.reason}，按自然日计，也算"
    return line.reason


def sources(lines: Sequence[ProofDay]) -> tuple[str, ...]:
    """On what the days rest, each source once, in the order in which it is first needed."""
    return tuple(dict.fromkeys(line.source for line in lines if line.source))
