"""时间: how are a day, a term and its proof shown?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import groupby
from typing import Any

from django import template
from django.utils.timezone import localtime

from onewindow.rules.clock import ProofDay
from onewindow.rules.facts import TERMS_ZH
from onewindow.rules.proofs import counts_off
from onewindow.web.templatetags.ow import LIGHTS

register = template.Library()

WEEK = "一二三四五六日"
MOST_CELLS = 60
FESTIVAL = "节"
NATURAL = "按自然日计，休息日也算"
MADE_UP, CARRIED = "调休上班", "遇休息日"  # as the proof of a term says them


@register.filter
def day(value: date | None) -> str:
    """10 月 13 日."""
    return f"{value.month} 月 {value.day} 日" if value else ""


@register.filter
def weekday(value: date | None) -> str:
    """10 月 13 日（星期二）."""
    return f"{day(value)}（星期{WEEK[value.weekday()]}）" if value else ""


@register.filter
def week(value: date) -> str:
    """星期二."""
    return f"星期{WEEK[value.weekday()]}"


@register.filter
def fact_word(name: str) -> str:
    """受理, 补正材料收到."""
    return TERMS_ZH[name]


@register.filter
def full_day(value: date | None) -> str:
    """2026 年 10 月 13 日."""
    return f"{value.year} 年 {day(value)}" if value else ""


@register.filter
def at(value: datetime | None) -> str:
    """10 月 9 日 9:42, in the county's time."""
    if not value:
        return ""
    here = localtime(value)
    return f"{day(here)} {here.hour}:{here.minute:02}"


@register.filter
def clock(value: datetime | None) -> str:
    """10 月 9 日 星期五 9:42, for the bar of a desk; the server's time, not the machine's."""
    if not value:
        return ""
    here = localtime(value)
    return f"{day(here)} 星期{WEEK[here.weekday()]} {here.hour}:{here.minute:02}"


@register.filter
def screen_day(value: datetime | None) -> str:
    """10 月 9 日 星期五, on a screen of a hall beside its clock."""
    if not value:
        return ""
    here = localtime(value)
    return f"{day(here)} 星期{WEEK[here.weekday()]}"


@dataclass(frozen=True)
class Cell:
    """One day of the calendar, as it is drawn."""

    css: str
    day: str = ""
    month: str = ""
    mark: str = ""
    number: int = 0
    word: str = ""


@dataclass(frozen=True)
class Row:
    """One line of the proof: days in a row that have the same answer for the same reason."""

    days: str
    counted: int
    reason: str
    cite: str
    added: bool = False


def paused(line: ProofDay) -> bool:
    """A day taken out by a pause."""
    return line.kind == "paused"


def _days(lines: Sequence[ProofDay]) -> list[ProofDay]:
    """The days of a proof; an extension is a line and no day."""
    return [line for line in lines if line.kind != "extension"]


def cells(lines: Sequence[ProofDay], today: date, start_word: str) -> list[Cell]:
    """Whole weeks from the Monday before the start to the Sunday after the end."""
    if not lines:
        return []
    before = lines[0].on.weekday()
    after = 6 - lines[-1].on.weekday()
    drawn = [_cell(line, today, start_word, first=n == 0) for n, line in enumerate(_days(lines))]
    return [Cell("out")] * before + drawn + [Cell("out")] * after


def _cell(line: ProofDay, today: date, start_word: str, *, first: bool) -> Cell:
    month = f"{line.on.month} 月 " if first or line.on.day == 1 else ""
    states = [_state(line, today, first=first)]
    if line.on == today:
        states.append("today")
    mark = "到期" if line.last else "今天" if line.on == today else ""
    if (
        not mark and line.counted and MADE_UP in line.reason
    ):  # in 自然日 every weekend counts, and nobody works
        mark = "上班"
    word = "" if line.counted else start_word if first else short_reason(line)
    number = line.number if line.counted or line.last else 0
    return Cell(" ".join(states), str(line.on.day), month, mark, number, word if not number else "")


def _state(line: ProofDay, today: date, *, first: bool) -> str:
    if line.last:
        return "due"
    if first:
        return "start"
    if not line.counted:
        return "off"
    return "on" if line.on <= today else "todo"


def short_reason(line: ProofDay) -> str:
    """Two or three characters for a cell: 周日, 国庆, 暂停, 顺延."""
    if paused(line):
        return "暂停"
    if CARRIED in line.reason:
        return "顺延"
    if line.reason.startswith("星期"):
        return f"周{line.reason[2]}"
    name = line.reason.split("放假")[0].split("、")[0]
    return name.removesuffix(FESTIVAL) if len(name) > 2 else name[:3]


def rows(lines: Sequence[ProofDay]) -> list[Row]:
    """The same proof in words: one row for days in a row with one reason; a weekend is one row."""
    found = []
    natural = any(counts_off(line) for line in lines)
    for _, same in groupby(enumerate(lines), key=partial(_reason_of, natural=natural)):
        group = [line for _, line in same]
        plain = natural and group[0].counted
        reasons = [NATURAL] if plain else list(dict.fromkeys(line.reason for line in group))
        counted = sum(line.counted for line in group)
        days, added = span([line.on for line in group]), group[0].kind == "extension"
        found.append(Row(days, counted, "、".join(reasons), group[0].source, added))
    return found


def _reason_of(numbered: tuple[int, ProofDay], *, natural: bool) -> tuple[object, ...]:
    """What days in a row share; in a term of calendar days all that count do."""
    number, line = numbered
    if natural and line.counted:
        return (number == 0, True)
    weekend = line.reason.startswith("星期") and not line.counted
    return (number == 0, line.counted, "周末" if weekend else line.reason, line.source)


def span(days: Sequence[date]) -> str:
    """9 月 28–30 日, or 9 月 30 日–10 月 2 日, or one day."""
    first, last = days[0], days[-1]
    if first == last:
        return day(first)
    if first.month == last.month:
        return f"{first.month} 月 {first.day}–{last.day} 日"
    return f"{day(first)}–{day(last)}"


@register.inclusion_tag("parts/proof.html")
def proof(lines: Sequence[ProofDay], today: date, start_word: str = "当日") -> dict[str, Any]:
    """逐日说明: the calendar for the eye and the table for the reasons; takes what `rules.clock.prove` gives."""
    due = next((line.on for line in lines if line.last), None)
    total = sum(line.counted for line in lines)
    drawn = cells(lines, today, start_word)
    weeks = [drawn[n : n + 7] for n in range(0, len(drawn), 7)]
    return {"weeks": weeks, "rows": rows(lines), "due": due, "total": total, "heads": WEEK, "lines": lines}


def bar(lines: Iterable[ProofDay], today: date) -> list[str]:
    """One mark per working day of the term: used, paused or still to come."""
    marks = []
    for line in list(lines)[1:]:
        if line.counted:
            marks.append("u" if line.on <= today else "t")
        elif paused(line) and line.on.isoweekday() <= 5:
            marks.append("p")
    if len(marks) <= MOST_CELLS:
        return marks
    step = len(marks) / MOST_CELLS
    return [marks[int(n * step)] for n in range(MOST_CELLS)]


@register.inclusion_tag("parts/term.html")
def term_bar(
    lines: Sequence[ProofDay], today: date, colour: str = "green", caption: str = ""
) -> dict[str, Any]:
    """时限条: one cell per working day; colour as in the light of the case."""
    marks = bar(lines, today)
    used = sum(line.counted and line.on <= today for line in lines)
    total = sum(line.counted for line in lines)
    label = f"{total} 天已用 {used} 天"
    return {
        "marks": marks,
        "tone": LIGHTS[colour],
        "label": label,
        "caption": caption,
        "many": len(marks) > 24,
    }


@register.inclusion_tag("parts/day_strip.html")
def day_strip(lines: Sequence[ProofDay]) -> dict[str, Any]:
    """日条: the day-by-day proof in one line, for a narrow column."""
    lines = _days(lines)
    first, last = (lines[0], lines[-1]) if lines else (None, None)
    marks = [
        "s" if n == 0 else "e" if line.last else "" if line.counted else "o" for n, line in enumerate(lines)
    ]
    names = dict.fromkeys(
        "暂停" if paused(line) else line.reason.split("放假")[0]
        for line in lines[1:]
        if not line.counted and not line.last and not line.reason.startswith("星期")
    )
    return {"marks": marks, "first": first, "last": last, "off": "、".join(names)}


@register.inclusion_tag("parts/timeline.html")
def timeline(steps: Sequence[Any]) -> dict[str, Any]:
    """时间线: what happened, what happens now, what comes; see the head of the part for a step's words."""
    return {"steps": steps}
