"""预约的事实: what can happen to a booking?

The bodies hold row ids, days, times and codes; who it is, his telephone and every word of a reason stand in the row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onewindow.rules.facts import TERMS_ZH, Fact

KIND = "booking"
SESSION_KIND = "session"


@dataclass(frozen=True, kw_only=True)
class BookingAsked(Fact):
    """提出预约: for a day and a time, through one of the channels; an ordinary slot is agreed in the same moment."""

    booking: int
    kind: str
    channel: str
    day: date
    begins: str


@dataclass(frozen=True, kw_only=True)
class BookingConfirmed(Fact):
    """同意预约: the window, the time, who serves; the papers needed were told, and `officer` was asked first."""

    booking: int
    day: date
    begins: str
    ends: str
    window: int = 0
    officer: int = 0


@dataclass(frozen=True, kw_only=True)
class BookingProposed(Fact):
    """另约时间: the window offers another time, and waits for the applicant's word."""

    booking: int
    day: date
    begins: str
    ends: str
    window: int
    officer: int


@dataclass(frozen=True, kw_only=True)
class BookingAgreed(Fact):
    """同意另约的时间: what the window offered is agreed."""

    booking: int


@dataclass(frozen=True, kw_only=True)
class BookingRefused(Fact):
    """不同意预约: the ground by its code; `flagged` when its words speak of the day off, which is no ground."""

    booking: int
    ground: str
    flagged: bool = False


@dataclass(frozen=True, kw_only=True)
class BookingChanged(Fact):
    """改约: the applicant wishes another time, and the window answers anew."""

    booking: int
    day: date
    begins: str


@dataclass(frozen=True, kw_only=True)
class BookingMoved(Fact):
    """改时段: an ordinary slot was exchanged for another one that was free."""

    booking: int
    day: date
    begins: str


@dataclass(frozen=True, kw_only=True)
class BookingCancelled(Fact):
    """取消预约: by the applicant, or by the office, which says why."""

    booking: int
    side: str


@dataclass(frozen=True, kw_only=True)
class BookingReminded(Fact):
    """预约提醒: told once more before it."""

    booking: int


@dataclass(frozen=True, kw_only=True)
class BookingArrived(Fact):
    """到场签到: from here on he waits with a number and queues no second time."""

    booking: int


@dataclass(frozen=True, kw_only=True)
class ContactTried(Fact):
    """联系申请人: somebody rang him up; whether he was reached."""

    booking: int
    reached: bool


@dataclass(frozen=True, kw_only=True)
class BookingAbandoned(Fact):
    """视为放弃: late beyond the grace and not reached."""

    booking: int


@dataclass(frozen=True, kw_only=True)
class BookingLapsed(Fact):
    """过时未到: an ordinary slot that nobody used; nothing follows from it."""

    booking: int


@dataclass(frozen=True, kw_only=True)
class BookingSigned(Fact):
    """登记表签字: by the handler or by the applicant."""

    booking: int
    side: str


@dataclass(frozen=True, kw_only=True)
class BookingServed(Fact):
    """预约服务完成."""

    booking: int


@dataclass(frozen=True, kw_only=True)
class BookingFiled(Fact):
    """登记表备案: the section that keeps the forms has acknowledged this one."""

    booking: int
    number: str


@dataclass(frozen=True, kw_only=True)
class BookingBarred(Fact):
    """不再接受预约: he abandoned as many as the text allows; ordinary service is as it was."""

    ban: int


@dataclass(frozen=True, kw_only=True)
class BookingBarLifted(Fact):
    """恢复预约: somebody decided so, with a reason; the count begins anew."""

    ban: int


@dataclass(frozen=True, kw_only=True)
class SessionFiled(Fact):
    """场次备案: the office has seen the bookings of the session and arranges who is on duty."""

    session: int


@dataclass(frozen=True, kw_only=True)
class DutyNamed(Fact):
    """安排值班: who is on duty in which part."""

    duty: int
    officer: int


@dataclass(frozen=True, kw_only=True)
class DutyDropped(Fact):
    """取消值班安排."""

    duty: int
    officer: int


@dataclass(frozen=True, kw_only=True)
class TroubleNoted(Fact):
    """登记困难和问题: what windows or visitors met with while the session went on."""

    trouble: int


@dataclass(frozen=True, kw_only=True)
class TroubleSettled(Fact):
    """问题已处理: with its outcome."""

    trouble: int


@dataclass(frozen=True, kw_only=True)
class DutyBegun(Fact):
    """值班签到: he is there."""

    duty: int


@dataclass(frozen=True, kw_only=True)
class DutyUnmet(Fact):
    """值班不在岗: the session has begun, somebody is booked, and whoever serves has not signed on."""

    duty: int


@dataclass(frozen=True, kw_only=True)
class HoursSet(Fact):
    """设置开放时段: from which day a hall is open at which hours."""

    opening: int


@dataclass(frozen=True, kw_only=True)
class HoursEnded(Fact):
    """停止开放时段: its last day."""

    opening: int
    last_day: date


TERMS_ZH.update(
    {
        "BookingAbandoned": "视为放弃预约",
        "BookingAgreed": "同意另约的时间",
        "BookingArrived": "预约到场签到",
        "BookingAsked": "提出预约",
        "BookingBarLifted": "恢复预约",
        "BookingBarred": "不再接受预约",
        "BookingCancelled": "取消预约",
        "BookingChanged": "改约",
        "BookingConfirmed": "同意预约",
        "BookingFiled": "预约登记表备案",
        "BookingLapsed": "预约过时未到",
        "BookingMoved": "改预约时段",
        "BookingProposed": "另约时间",
        "BookingRefused": "不同意预约",
        "BookingReminded": "预约提醒",
        "BookingServed": "预约服务完成",
        "BookingSigned": "预约登记表签字",
        "ContactTried": "联系预约申请人",
        "DutyBegun": "值班签到",
        "DutyDropped": "取消值班安排",
        "DutyNamed": "安排值班",
        "DutyUnmet": "值班不在岗",
        "HoursEnded": "停止开放时段",
        "HoursSet": "设置开放时段",
        "SessionFiled": "服务场次备案",
        "TroubleNoted": "登记值班中的问题",
        "TroubleSettled": "值班中的问题已处理",
    }
)
