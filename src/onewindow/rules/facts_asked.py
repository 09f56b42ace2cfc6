"""首问的事实: what can happen to a question after somebody was asked it first?

The bodies hold row ids and days; what was asked and answered stands encrypted in the row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onewindow.rules.facts import TERMS_ZH, Fact

KIND = "asked"


@dataclass(frozen=True, kw_only=True)
class FirstAsked(Fact):
    """首问登记: whoever was asked first keeps it until it is answered or somebody has taken it over."""

    asked: int
    officer: int
    due: date


@dataclass(frozen=True, kw_only=True)
class AskedOffered(Fact):
    """转交: offered to somebody, and still his own until that one has confirmed."""

    asked: int
    to: int


@dataclass(frozen=True, kw_only=True)
class AskedDeclined(Fact):
    """不接收: it stays with whoever has it."""

    asked: int
    to: int


@dataclass(frozen=True, kw_only=True)
class AskedTaken(Fact):
    """确认接收: from now on it is his."""

    asked: int
    officer: int
    to: int


@dataclass(frozen=True, kw_only=True)
class AskedAnswered(Fact):
    """首问已答复."""

    asked: int


@dataclass(frozen=True, kw_only=True)
class AskedReminded(Fact):
    """首问到期提醒: the day of the answer is near, or over."""

    asked: int
    over: bool


TERMS_ZH.update(
    {
        "AskedAnswered": "首问已答复",
        "AskedDeclined": "不接收首问转交",
        "AskedOffered": "转交首问",
        "AskedReminded": "首问到期提醒",
        "AskedTaken": "确认接收首问",
        "FirstAsked": "首问登记",
    }
)
