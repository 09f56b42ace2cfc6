"""文书用语: how are dates, numbers and day counts written in a letter?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from onewindow.letters.data import PROVISIONAL, Cite, Term, ToldDay
from onewindow.rules.clock import AT_ONCE
from onewindow.rules.pack import LOCAL_WORDS

LOCAL = f"（{LOCAL_WORDS}）"
_DIGITS = "零一二三四五六七八九"
_WEEK = "一二三四五六日"


def day(on: date) -> str:
    """2026年10月13日."""
    return f"{on.year}年{on.month}月{on.day}日"


def weekday(on: date) -> str:
    """2026年10月13日（星期二）."""
    return f"{day(on)}（星期{_WEEK[on.weekday()]}）"


def short_day(on: date, beside: date) -> str:
    """10月13日, with its year only when it differs from the day beside it."""
    return f"{on.month}月{on.day}日" if on.year == beside.year else day(on)


def number(count: int) -> str:
    """60 → 六十, as letters write the terms of remedies; 1 to 999."""
    hundreds, tens, ones = count // 100, count // 10 % 10, count % 10
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not text else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones or not text else "")


def law(cites: Iterable[Cite]) -> str:
    """依照《…》第…条、《…》第…条的规定， – or nothing when there is nothing to cite."""
    named = "、".join(str(cite) for cite in cites)
    return f"依照{named}的规定，" if named else ""


def decides(cites: Iterable[Cite]) -> str:
    """依照…的规定，决定 – or 现决定 where no article is cited."""
    return f"{law(cites) or '现'}决定"


def due(term: Term) -> str:
    """2026年10月13日（星期二）, marked when the year's holidays are not yet known."""
    return weekday(term.due) + (PROVISIONAL if term.provisional else "")


def length(term: Term) -> str:
    """8个工作日, marked when no text but a local setting gives the number."""
    return (f"{term.days}{term.unit}" if term.days else AT_ONCE) + (LOCAL if term.local else "")


def counted(term: Term) -> str:
    """The day-by-day count in one sentence, of a term that has any: what does not count and why, and which day is the last."""
    if not term.days:
        return ""
    parts = [f"{short_day(term.start, term.start)}{term.begins_with}，当日不计"]
    for is_counted in (False, True):
        days = [one for one in term.told if one.counted is is_counted and one.on != term.due]
        if days:
            runs = "、".join(_span(run, term.start) for run in _runs(days))
            parts.append(f"{runs}{'计入' if is_counted else '不计入'}")
    moved = any(not one.counted and one.on == term.due for one in term.told)
    last = f"第{term.days}{'个工作日' if term.unit == '个工作日' else '日'}"
    ending = f"{last}遇休息日，顺延至" if moved else f"{last}是"
    return "；".join(parts) + f"；{ending}{short_day(term.due, term.start)}。"


def _runs(days: list[ToldDay]) -> list[list[ToldDay]]:
    """Neighbouring days of one cause together: 10月1日至7日（国庆节放假）."""

    def key(indexed: tuple[int, ToldDay]) -> tuple[int, str]:
        index, one = indexed
        return one.on.toordinal() - index, "周末" if one.reason.startswith("星期") else one.reason

    return [[one for _, one in run] for _, run in groupby(enumerate(days), key)]


def _span(run: list[ToldDay], beside: date) -> str:
    first, last = run[0], run[-1]
    why = "、".join(dict.fromkeys(one.reason for one in run))
    if len(run) == 1:
        return f"{short_day(first.on, beside)}（{why}）"
    same_month = (first.on.year, first.on.month) == (last.on.year, last.on.month)
    until = f"{last.on.day}日" if same_month else short_day(last.on, first.on)
    joint = "、" if len(run) == 2 else "至"
    return f"{short_day(first.on, beside)}{joint}{until}（{why}）"
