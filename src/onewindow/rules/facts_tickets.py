"""取号叫号的事实: what can happen to a number between the machine at the door and the end of the service?

The bodies hold row ids, days and codes. When it happened is the moment of the entry.
"""

from __future__ import annotations

from dataclasses import dataclass

from onewindow.rules.facts import TERMS_ZH, Fact

KIND = "ticket"


@dataclass(frozen=True, kw_only=True)
class TicketTaken(Fact):
    """取号: at the machine, at the guide's desk, by telephone, or with a booking; `outside` the hours by the staff."""

    hall: int
    line: int
    channel: str
    priority: str = "ordinary"
    outside: bool = False


@dataclass(frozen=True, kw_only=True)
class TicketCalled(Fact):
    """叫号: to a window."""

    window: int


@dataclass(frozen=True, kw_only=True)
class TicketRecalled(Fact):
    """重呼: once more to the same window."""

    window: int


@dataclass(frozen=True, kw_only=True)
class TicketMissed(Fact):
    """过号: called and did not come."""

    window: int
    calls: int


@dataclass(frozen=True, kw_only=True)
class TicketReturned(Fact):
    """过号回队: he is there after all and waits again, at the place that the rule gives."""


@dataclass(frozen=True, kw_only=True)
class TicketParked(Fact):
    """挂起: something is fetched or filled in; the number keeps its turn at this window."""

    window: int
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class TicketResumed(Fact):
    """恢复: called again after it was parked."""

    window: int


@dataclass(frozen=True, kw_only=True)
class TicketTransferred(Fact):
    """转移: to another line or to one window, with its place kept; `why` is a code (走错业务区 among them)."""

    line: int
    window: int = 0
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class ServiceBegun(Fact):
    """开始办理: he is at the window."""

    window: int


@dataclass(frozen=True, kw_only=True)
class ServiceFinished(Fact):
    """办结: what he came for at this window is through; `unattended` when nobody said so before the day was over."""

    window: int
    unattended: bool = False


@dataclass(frozen=True, kw_only=True)
class TicketAbandoned(Fact):
    """弃号: he left, gave it up, or the day was over; `why` is a code."""

    why: str


@dataclass(frozen=True, kw_only=True)
class ServiceRated(Fact):
    """评价窗口服务: what he thought of it, once; grade and codes, never the words."""

    rating: int
    grade: int
    reasons: tuple[int, ...] = ()
    channel: str = ""


TERMS_ZH.update(
    {
        "TicketTaken": "取号",
        "TicketCalled": "叫号",
        "TicketRecalled": "重呼",
        "TicketMissed": "过号",
        "TicketReturned": "过号回队",
        "TicketParked": "挂起",
        "TicketResumed": "恢复叫号",
        "TicketTransferred": "转移",
        "ServiceBegun": "开始办理",
        "ServiceFinished": "窗口办结",
        "TicketAbandoned": "弃号",
        "ServiceRated": "评价窗口服务",
    }
)
