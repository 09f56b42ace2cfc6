"""分级、秒批、首席代表的事实: what can happen when a case takes a shorter way, and when a head delegates his powers?

The bodies hold ids, marks and the numbers of rows; what somebody filled in never stands here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onewindow.rules.facts import TERMS_ZH, Fact


@dataclass(frozen=True, kw_only=True)
class Exempted(Fact):
    """免予审批: the item needs no approval, and the applicant is told so in writing at once; no steps follow."""

    version: int


@dataclass(frozen=True, kw_only=True)
class Filed(Fact):
    """备案: the complete papers are the filing; the office checks afterwards."""

    filing: int


@dataclass(frozen=True, kw_only=True)
class FilingChecked(Fact):
    """备查: the office looked at what was filed, and found it right or not."""

    filing: int
    fits: bool


@dataclass(frozen=True, kw_only=True)
class JudgedAtOnce(Fact):
    """机审: the decision table was asked; which rows hold, fail or are in doubt, of which version of the table.

    `inputs`: what was looked at, by key (`field:area`, `material:M01`, `holding:…`); never what stood there.
    """

    judgement: int
    version: int
    mark: str
    granted: bool
    inputs: tuple[str, ...]
    held: tuple[int, ...] = ()
    failed: tuple[int, ...] = ()
    doubtful: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MachineGrantChecked(Fact):
    """秒批抽查: the supervisor looked at a machine grant, and found it right or wrong."""

    judgement: int
    right: bool


@dataclass(frozen=True, kw_only=True)
class TableStopped(Fact):
    """停用秒批规则: a wrong machine grant was found; people decide until a new version is published."""

    version: int
    judgement: int


@dataclass(frozen=True, kw_only=True)
class ChiefDelegated(Fact):
    """授权首席事务代表: the head of a department empowers somebody at the window for a term."""

    delegation: int
    department: int
    officer: int
    until: date


@dataclass(frozen=True, kw_only=True)
class ChiefRevoked(Fact):
    """撤销首席事务代表授权: before its term; `last_day` is its last."""

    delegation: int
    last_day: date


TERMS_ZH.update(
    {
        "Exempted": "免予审批",
        "Filed": "备案",
        "FilingChecked": "备案核查",
        "JudgedAtOnce": "机审",
        "MachineGrantChecked": "秒批抽查",
        "TableStopped": "停用秒批规则",
        "ChiefDelegated": "授权首席事务代表",
        "ChiefRevoked": "撤销首席事务代表授权",
    }
)
