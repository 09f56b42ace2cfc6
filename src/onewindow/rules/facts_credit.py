"""信用的事实: what can happen to a record of a broken promise? The bodies hold row ids alone."""

from __future__ import annotations

from dataclasses import dataclass

from onewindow.rules.facts import TERMS_ZH, Fact


@dataclass(frozen=True, kw_only=True)
class BreachNoted(Fact):
    """记入失信记录: a promise was not kept."""

    breach: int


@dataclass(frozen=True, kw_only=True)
class RepairAsked(Fact):
    """提请信用修复: what was broken has been made good."""

    breach: int


@dataclass(frozen=True, kw_only=True)
class RepairDeclined(Fact):
    """不同意信用修复: the record stays open."""

    breach: int


@dataclass(frozen=True, kw_only=True)
class BreachRepaired(Fact):
    """信用修复: agreed by a second person; promises are taken from him again."""

    breach: int


@dataclass(frozen=True, kw_only=True)
class BreachVoided(Fact):
    """失信记录作废: what it rests on was voided; the promise had been kept."""

    breach: int


TERMS_ZH.update(
    {
        "BreachNoted": "记入失信记录",
        "BreachVoided": "失信记录作废",
        "RepairAsked": "提请信用修复",
        "RepairDeclined": "不同意信用修复",
        "BreachRepaired": "信用修复",
    }
)
