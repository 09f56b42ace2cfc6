"""便民服务的事实: what can happen to a home visit, a green channel, a helper or another service that a hall offers?

The bodies hold row ids, days and codes; address, telephone and every word stand in the row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onewindow.rules.facts import TERMS_ZH, Fact

KIND = "aid"


@dataclass(frozen=True, kw_only=True)
class AidSet(Fact):
    """设置便民服务: a service of a hall was opened or changed."""

    aid: int


@dataclass(frozen=True, kw_only=True)
class AidClosed(Fact):
    """停办便民服务: no more requests are taken; what was asked for is still done."""

    aid: int


@dataclass(frozen=True, kw_only=True)
class AidAsked(Fact):
    """申请便民服务: online, by telephone or at the desk."""

    request: int
    aid: int
    channel: str


@dataclass(frozen=True, kw_only=True)
class AidArranged(Fact):
    """安排便民服务: who comes or helps, and when; who arranged it answers for it."""

    request: int
    officer: int
    day: date


@dataclass(frozen=True, kw_only=True)
class AidDeclined(Fact):
    """不能提供便民服务: with the reason."""

    request: int


@dataclass(frozen=True, kw_only=True)
class AidWithdrawn(Fact):
    """取消便民服务申请: by the applicant, or by the office on his word."""

    request: int
    side: str


@dataclass(frozen=True, kw_only=True)
class AidDisplaced(Fact):
    """便民服务的时间没有了: the hall is stopped at the hour for which he was to come."""

    request: int


@dataclass(frozen=True, kw_only=True)
class AidRestored(Fact):
    """便民服务的时间照常: the hall goes on before his hour."""

    request: int


@dataclass(frozen=True, kw_only=True)
class AidMoved(Fact):
    """便民服务改日子: another day is wished, by the applicant or by the office on his word; it is arranged anew."""

    request: int
    day: date
    side: str


@dataclass(frozen=True, kw_only=True)
class AidSetOut(Fact):
    """上门出发."""

    request: int


@dataclass(frozen=True, kw_only=True)
class AidArrived(Fact):
    """上门到达: the stay at his home begins."""

    request: int
    visit: int


@dataclass(frozen=True, kw_only=True)
class AidCheckedIn(Fact):
    """便民服务到厅签到: he has his number."""

    request: int
    ticket: int


@dataclass(frozen=True, kw_only=True)
class AidSigned(Fact):
    """便民服务签字: by whoever serves or by the applicant."""

    request: int
    side: str


@dataclass(frozen=True, kw_only=True)
class AidDone(Fact):
    """便民服务办结."""

    request: int


TERMS_ZH.update(
    {
        "AidArranged": "安排便民服务",
        "AidArrived": "上门到达",
        "AidAsked": "申请便民服务",
        "AidCheckedIn": "便民服务到厅签到",
        "AidClosed": "停办便民服务",
        "AidDeclined": "不能提供便民服务",
        "AidDisplaced": "便民服务的时间没有了",
        "AidDone": "便民服务办结",
        "AidMoved": "便民服务改日子",
        "AidRestored": "便民服务的时间照常",
        "AidSet": "设置便民服务",
        "AidSetOut": "上门出发",
        "AidSigned": "便民服务签字",
        "AidWithdrawn": "取消便民服务申请",
    }
)
