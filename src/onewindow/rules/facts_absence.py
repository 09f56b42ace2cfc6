"""不在岗的事实: what can happen to those who are away – leave, who stands in, and work that is handed over?

The bodies hold row ids and days; names and reasons stand in the rows. What a stand-in writes on a case carries
`instead` beside its own fields: in whose place he did it (`people.instead`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onewindow.rules.facts import TERMS_ZH, Fact


@dataclass(frozen=True, kw_only=True)
class DeputyNamed(Fact):
    """指定B角 (济宁 第十二条, 湛河 二(四)3): who stands in when the holder of a post is away."""

    post: int
    officer: int


@dataclass(frozen=True, kw_only=True)
class LeaveEntered(Fact):
    """登记休假、外出、培训: from when to when; B stands in from the first to the last day."""

    absence: int
    officer: int
    since: date
    until: date


@dataclass(frozen=True, kw_only=True)
class CoverNamed(Fact):
    """指定顶岗人: the head names who takes over a post while its holder is away."""

    absence: int
    post: int
    officer: int


@dataclass(frozen=True, kw_only=True)
class LeaveBegan(Fact):
    """休假开始: the first day has come; what waits goes to whoever stands in."""

    absence: int
    officer: int


@dataclass(frozen=True, kw_only=True)
class LeaveEnded(Fact):
    """销假: he is back, or the leave is off; nobody stands in for him any longer."""

    absence: int
    officer: int
    last_day: date


@dataclass(frozen=True, kw_only=True)
class HandoverOpened(Fact):
    """开具工作移交单: all that is open in somebody's name, to be taken over by another."""

    handover: int
    officer: int
    to: int


@dataclass(frozen=True, kw_only=True)
class HandoverSigned(Fact):
    """移交人签字: by himself, or by his head when he is gone already."""

    handover: int


@dataclass(frozen=True, kw_only=True)
class HandoverTaken(Fact):
    """接收人签字: from now on all of it is his."""

    handover: int


@dataclass(frozen=True, kw_only=True)
class HandoverCalledOff(Fact):
    """撤销工作移交单: nothing of it was taken over."""

    handover: int


@dataclass(frozen=True, kw_only=True)
class HandedOver(Fact):
    """移交: a case goes from one officer to another with everything that is open in it; every term goes on."""

    officer: int
    to: int
    handover: int


@dataclass(frozen=True, kw_only=True)
class HostReplaced(Fact):
    """更换听证主持人: whoever was to lead the hearing cannot; the parties are told who leads it."""

    procedure: int
    host: int


TERMS_ZH.update(
    {
        "CoverNamed": "指定顶岗人",
        "DeputyNamed": "指定B角",
        "HandedOver": "移交",
        "HandoverCalledOff": "撤销工作移交单",
        "HandoverOpened": "开具工作移交单",
        "HandoverSigned": "移交人签字",
        "HandoverTaken": "接收人签字",
        "HostReplaced": "更换听证主持人",
        "LeaveBegan": "休假开始",
        "LeaveEnded": "销假",
        "LeaveEntered": "登记休假",
    }
)
