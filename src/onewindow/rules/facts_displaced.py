"""预约没有着落的事实: what can happen to a booking whose time the hall took away, or which nobody answers?

The bodies hold row ids and codes; the reason stands in the row.
"""

from __future__ import annotations

from dataclasses import dataclass

from onewindow.rules.facts import TERMS_ZH, Fact


@dataclass(frozen=True, kw_only=True)
class BookingDisplaced(Fact):
    """约的时间没有了: the hall stops, its hours or the calendar changed, or the sitting was withdrawn."""

    booking: int
    cause: str


@dataclass(frozen=True, kw_only=True)
class BookingRestored(Fact):
    """约的时间照常: what had taken it away is over before it came."""

    booking: int


@dataclass(frozen=True, kw_only=True)
class AnswerOverdue(Fact):
    """预约超时没有答复: nobody answered in the time in which an answer is owed."""

    booking: int


@dataclass(frozen=True, kw_only=True)
class SittingWithdrawn(Fact):
    """撤销服务场次: whoever was booked in it is told."""

    session: int


TERMS_ZH.update(
    {
        "AnswerOverdue": "预约超时没有答复",
        "BookingDisplaced": "约的时间没有了",
        "BookingRestored": "约的时间照常",
        "SittingWithdrawn": "撤销服务场次",
    }
)
