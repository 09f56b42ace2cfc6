"""限制申请的事实: what follows from false papers and from a licence got by fraud (行政许可法 78, 79)?

Recorded in the case that it rests on; who, why and by which decision stands in the row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onewindow.rules.facts import TERMS_ZH, Fact


@dataclass(frozen=True, kw_only=True)
class Warned(Fact):
    """给予警告 (行政许可法 78): false papers where the licence does not concern public safety; nothing is barred."""

    block: int


@dataclass(frozen=True, kw_only=True)
class Barred(Fact):
    """限制申请: he may not apply for this licence again until a day; a warning is part of it after false papers."""

    block: int
    ground: str
    until: date


@dataclass(frozen=True, kw_only=True)
class BarLiftAsked(Fact):
    """提请解除限制申请: with the reason; somebody else decides on it."""

    block: int


@dataclass(frozen=True, kw_only=True)
class BarLiftDeclined(Fact):
    """解除限制未获同意: it lasts as it was."""

    block: int


@dataclass(frozen=True, kw_only=True)
class BarLifted(Fact):
    """解除限制申请: from now on he may apply again."""

    block: int


TERMS_ZH.update(
    {
        "Warned": "给予警告",
        "Barred": "限制申请",
        "BarLiftAsked": "提请解除限制申请",
        "BarLiftDeclined": "解除限制未获同意",
        "BarLifted": "解除限制申请",
    }
)
