"""办法的格式: what does an item file say of ways that are not the usual one – jointly, upwards, on a promise, by a table?"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """联办部门: another office that has its part in it."""

    department: str
    does: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """联办: who settles it together with the department that leads."""

    partners: tuple[Partner, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Upward:
    """上报: the organ above that decides, and its own days; the item's limit is that of the first look."""

    organ: str
    days: int
    basis: tuple[str, ...]
    unit: str = "working"


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """延续: the licence that goes on; `before_days` only where its own law says otherwise than 行政许可法 50."""

    of: str
    before_days: int = 0
    basis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Limited:
    """数量限制: how many in a period (year or total), on what it rests; 0 sets no number."""

    number: int = 0
    period: str = "year"
    basis: tuple[str, ...] = ()
    local: bool = False  # no text gives the number: 本地设定


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledge:
    """告知承诺: what is promised instead of proved, what the law demands, what follows if it is not so, how it is checked."""

    field: str
    promised: tuple[str, ...]
    demands: tuple[str, ...]
    liability: tuple[str, ...]
    check: str
    basis: tuple[str, ...]
    route: str = ""
    check_days: int = 0  # working days; 0 leaves it to the setting
    materials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """风险分级: exempt, filing, promise or strict; only where the text of the place has tiers."""

    tier: str
    basis: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """秒批规则: one row of the decision table; `look` is the examination point that it answers."""

    of: str
    key: str
    test: str
    basis: tuple[str, ...]
    value: str = ""
    look: str = ""
