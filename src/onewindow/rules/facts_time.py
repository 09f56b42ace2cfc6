"""时间的事实: what moves the days of an accepted case – an extension, a special procedure?

The bodies hold row ids, days and the name under which the guide lists a procedure; reasons, parties and results stand
in the rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onewindow.rules.facts import TERMS_ZH, Fact


@dataclass(frozen=True, kw_only=True)
class ExtensionAsked(Fact):
    """提请延长: the examiner cannot decide in time and asks the head of the organ, with the reason.

    `own`: the item's own law gives the days, not the general one.
    """

    extension: int
    asked_days: int
    own: bool = False


@dataclass(frozen=True, kw_only=True)
class ExtensionDeclined(Fact):
    """延长未获批准: the term stays as it is."""

    extension: int


@dataclass(frozen=True, kw_only=True)
class Extended(Fact):
    """延长办理期限 (行政许可法 42): approved by the head of the organ or, jointly handled, of the government; once."""

    extension: int
    days: int
    own: bool = False
    joint: bool = False  # of a 联办件, by the head of the government


@dataclass(frozen=True, kw_only=True)
class ProcedureBegun(Fact):
    """特别程序开始, 所需时间书面告知 (行政许可法 45): the notice follows from this fact, so the pause begins with it."""

    procedure: int
    kind: str
    planned_end: date


@dataclass(frozen=True, kw_only=True)
class ProcedureEnded(Fact):
    """特别程序结束: its result is in the file, or it was called off."""

    procedure: int


@dataclass(frozen=True, kw_only=True)
class ProcedureOverran(Fact):
    """特别程序超过计划: it lasts beyond the day that was told; examiner, head and applicant hear of it once."""

    procedure: int


@dataclass(frozen=True, kw_only=True)
class ProcedureProlonged(Fact):
    """延长特别程序: once, by a second written notice with the reason and the new end."""

    procedure: int
    planned_end: date


@dataclass(frozen=True, kw_only=True)
class ParcelSilent(Fact):
    """寄出没有回音: the result was sent so many days ago and nobody wrote down that it arrived or came back."""

    delivery: int


TERMS_ZH.update(
    {
        "ProcedureOverran": "特别程序超过计划时间",
        "ParcelSilent": "寄出的结果没有回音",
        "ProcedureProlonged": "延长特别程序",
        "ExtensionAsked": "提请延长办理期限",
        "ExtensionDeclined": "延长未获批准",
        "Extended": "延长办理期限",
        "ProcedureBegun": "特别程序开始",
        "ProcedureEnded": "特别程序结束",
    }
)
