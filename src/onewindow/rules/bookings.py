"""预约的一生: what may happen to a booking in which stage, what service is it, and when is it abandoned?

The life of a booking is the one table `NEXT`. What the text of the place says of bookings is a `Policy`, read from its
pack; where it says nothing the local settings do.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from onewindow.rules.bars import last_day
from onewindow.rules.facts import TERMS_ZH
from onewindow.rules.grants import NotAllowed
from onewindow.rules.opening import DAYS_OFF, SESSION_WORDS, SessionKind
from onewindow.rules.pack import InForce


class Service(StrEnum):
    """预约种类: a slot in office hours, a day off (预约办), or hours outside of office hours (错时办)."""

    ORDINARY = "ordinary"
    DAY_OFF = "day_off"
    ODD_HOURS = "odd_hours"


SERVICE_WORDS: dict[Service, str] = {
    Service.ORDINARY: "时段预约",
    Service.DAY_OFF: "预约办",
    Service.ODD_HOURS: "错时办",
}
# What they are called where the text of the place has no name for them.
_USUAL: dict[Service, str] = {**SERVICE_WORDS, Service.DAY_OFF: "非工作日预约", Service.ODD_HOURS: "错时服务"}
OFF_HOURS = frozenset({Service.DAY_OFF, Service.ODD_HOURS})


class Channel(StrEnum):
    """预约方式."""

    COUNTER = "counter"
    PHONE = "phone"
    WEB = "web"


CHANNEL_WORDS: dict[Channel, str] = {
    Channel.COUNTER: "现场预约",
    Channel.PHONE: "电话预约",
    Channel.WEB: "网上预约",
}


class Stage(StrEnum):
    """Where a booking stands."""

    NEW = "new"
    ASKED = "asked"
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    ARRIVED = "arrived"
    SERVED = "served"
    FILED = "filed"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    ABANDONED = "abandoned"
    LAPSED = "lapsed"


STAGE_WORDS: dict[Stage, str] = {
    Stage.NEW: "未提交",
    Stage.ASKED: "待确认",
    Stage.PROPOSED: "已另约时间，待您同意",
    Stage.CONFIRMED: "已确认",
    Stage.ARRIVED: "已到场",
    Stage.SERVED: "已办理",
    Stage.FILED: "已办理，已备案",
    Stage.REFUSED: "未同意",
    Stage.CANCELLED: "已取消",
    Stage.ABANDONED: "视为放弃",
    Stage.LAPSED: "过时未到",
}
# Those that hold a place of their session.
HOLDING = frozenset({Stage.ASKED, Stage.PROPOSED, Stage.CONFIRMED, Stage.ARRIVED, Stage.SERVED, Stage.FILED})
OPEN = frozenset({Stage.ASKED, Stage.PROPOSED, Stage.CONFIRMED, Stage.ARRIVED})

NEXT: dict[tuple[Stage, str], Stage] = {
    (Stage.NEW, "BookingAsked"): Stage.ASKED,
    # 待确认
    (Stage.ASKED, "BookingConfirmed"): Stage.CONFIRMED,
    (Stage.ASKED, "BookingProposed"): Stage.PROPOSED,
    (Stage.ASKED, "BookingRefused"): Stage.REFUSED,
    (Stage.ASKED, "BookingChanged"): Stage.ASKED,
    (Stage.ASKED, "BookingCancelled"): Stage.CANCELLED,
    (Stage.ASKED, "AnswerOverdue"): Stage.ASKED,
    # 已另约时间
    (Stage.PROPOSED, "BookingAgreed"): Stage.CONFIRMED,
    (Stage.PROPOSED, "BookingProposed"): Stage.PROPOSED,
    (Stage.PROPOSED, "BookingRefused"): Stage.REFUSED,
    (Stage.PROPOSED, "BookingChanged"): Stage.ASKED,
    (Stage.PROPOSED, "BookingCancelled"): Stage.CANCELLED,
    # 已确认
    (Stage.CONFIRMED, "BookingChanged"): Stage.ASKED,
    (Stage.CONFIRMED, "BookingMoved"): Stage.CONFIRMED,
    (Stage.CONFIRMED, "BookingCancelled"): Stage.CANCELLED,
    (Stage.CONFIRMED, "BookingReminded"): Stage.CONFIRMED,
    (Stage.CONFIRMED, "ContactTried"): Stage.CONFIRMED,
    (Stage.CONFIRMED, "BookingAbandoned"): Stage.ABANDONED,
    (Stage.CONFIRMED, "BookingLapsed"): Stage.LAPSED,
    (Stage.CONFIRMED, "BookingArrived"): Stage.ARRIVED,
    # 已到场
    (Stage.ARRIVED, "BookingSigned"): Stage.ARRIVED,
    (Stage.ARRIVED, "BookingServed"): Stage.SERVED,
    (Stage.SERVED, "BookingFiled"): Stage.FILED,
    # 约的时间没有了
    **{(stage, "BookingDisplaced"): stage for stage in (Stage.ASKED, Stage.PROPOSED, Stage.CONFIRMED)},
    **{(stage, "BookingRestored"): stage for stage in (Stage.ASKED, Stage.PROPOSED, Stage.CONFIRMED)},
    # 大厅本机早已签到: what happened there comes first, whatever was written down here meanwhile
    (Stage.ASKED, "BookingHadArrived"): Stage.ARRIVED,
    (Stage.PROPOSED, "BookingHadArrived"): Stage.ARRIVED,
    (Stage.CANCELLED, "BookingHadArrived"): Stage.ARRIVED,
    (Stage.LAPSED, "BookingHadArrived"): Stage.ARRIVED,
    (Stage.ABANDONED, "BookingHadArrived"): Stage.ARRIVED,
    # 放弃三次
    (Stage.ABANDONED, "BookingBarred"): Stage.ABANDONED,
    (Stage.ABANDONED, "BookingBarLifted"): Stage.ABANDONED,
}

SUPPORT = {"logistics": "后勤保障", "technical": "技术保障"}


class Cause(StrEnum):
    """Why the time of a booking is gone."""

    STOP = "stop"
    HOURS = "hours"
    CALENDAR = "calendar"
    SITTING = "sitting"


CAUSE_WORDS: dict[Cause, str] = {
    Cause.STOP: "大厅停止服务",
    Cause.HOURS: "开放时段改了",
    Cause.CALENDAR: "放假安排改了",
    Cause.SITTING: "这一场撤销了",
}

# 不同意的理由 (预约办 五): that it is a day off is none of them (七).
GROUNDS: dict[str, str] = {
    "not_here": "这个事项不在本大厅办理",
    "first_elsewhere": "依法要先在别处取得材料或者结果",
    "system_down": "办理要用的业务系统那个时间停机",
    "inspection": "要有其他单位同时到场，那个时间不能到场",
    "full": "那个时间已经约满，另约的时间申请人不同意",
    "other": "其他（请写明）",
}
DAY_OFF_WORDS = (
    "非工作日",
    "周末",
    "节假日",
    "双休",
    "休息日",
    "星期六",
    "星期日",
    "星期天",
    "周六",
    "周日",
    "放假",
)


def after(stage: Stage, fact: str) -> Stage:
    """The stage after a fact; what the table does not name is refused in words."""
    try:
        return NEXT[stage, fact]
    except KeyError:
        raise NotAllowed(
            f"这个预约现在是“{STAGE_WORDS[stage]}”，不能“{TERMS_ZH[fact]}”。请刷新后再看。"
        ) from None


@dataclass(frozen=True, slots=True)
class Policy:
    """What the text of a place says of bookings, or its local settings where it says nothing."""

    day_off: bool
    odd: frozenset[SessionKind]
    channels: dict[Service, frozenset[Channel]]
    asked_in_hours: bool
    counter_on_workdays: bool
    signed: bool
    filed_with: str
    form: str
    copies: int
    staffed: bool
    leader: bool
    support: tuple[str, ...]
    told_to: str
    own_window: bool
    at_once: bool
    no_day_off_ground: bool
    no_show_minutes: int
    ban_after: int
    ban_months: int
    words: Mapping[Service, str]

    def service(self, kind: SessionKind) -> Service | None:
        """Which service a session of this kind is booked as; None when it is not booked at all."""
        if kind is SessionKind.REGULAR:
            return Service.ORDINARY
        if kind in DAYS_OFF and self.day_off:
            return Service.DAY_OFF
        return Service.ODD_HOURS if kind in self.odd else None

    def takes(self, service: Service, channel: Channel) -> bool:
        """Whether such a service is booked through this channel here."""
        return channel in self.channels[service]

    def files(self, service: Service) -> bool:
        """Whether the form of such a service goes to an office that acknowledges it."""
        return bool(self.filed_with) and service in OFF_HOURS

    def must_sign(self, service: Service) -> bool:
        """Whether both sign the form before it is closed."""
        return self.signed and service in OFF_HOURS


def policy(said: InForce) -> Policy:
    """What holds of bookings on a day."""
    words = {word: kind for kind, word in SESSION_WORDS.items()}
    odd = said.value("offhours.sessions")
    if not isinstance(odd, tuple):
        odd = tuple(SESSION_WORDS.values())[1:] if said.setting("offhours.offered").value is True else ()
    every = frozenset(Channel)
    channels = {
        Service.ORDINARY: every,
        Service.DAY_OFF: _channels(said.value("booking.day_off_channels"), every),
        Service.ODD_HOURS: _channels(said.value("offhours.channels"), every),
    }
    ban, late, copies = (
        said.value(name) for name in ("booking.ban_after", "booking.no_show_minutes", "booking.copies")
    )
    support = said.value("offhours.support")
    return Policy(
        day_off=said.holds("booking.day_off"),
        odd=frozenset(words[word] for word in odd),
        channels=channels,
        asked_in_hours=said.holds("offhours.asked_in_hours"),
        counter_on_workdays=said.holds("booking.counter_on_workdays"),
        signed=said.holds("booking.signed"),
        filed_with=str(said.value("booking.filed_with") or ""),
        form=str(said.value("booking.form") or "预约服务登记表"),
        copies=copies if isinstance(copies, int) else 1,
        staffed=said.holds("booking.staffed"),
        leader=said.holds("offhours.leader"),
        support=support if isinstance(support, tuple) else (),
        told_to=str(said.value("offhours.filed_with") or ""),
        own_window=said.holds("offhours.own_window"),
        at_once=said.holds("booking.answer_at_once"),
        no_day_off_ground=said.holds("booking.not_for_day_off"),
        no_show_minutes=late if isinstance(late, int) else 0,
        ban_after=ban if isinstance(ban, int) else 0,
        ban_months=said.setting("booking.ban_months").number,
        words=service_words(said),
    )


def service_words(said: InForce) -> Mapping[Service, str]:
    """What the services are called here."""
    named = {
        Service.DAY_OFF: said.value("booking.day_off_called"),
        Service.ODD_HOURS: said.value("offhours.called"),
    }
    return _USUAL | {service: str(word) for service, word in named.items() if word}


def _channels(said: object, every: frozenset[Channel]) -> frozenset[Channel]:
    if not isinstance(said, tuple):
        return every
    return frozenset(channel for channel, word in CHANNEL_WORDS.items() if word in said)


def gaps(said: Policy, roles: Collection[str]) -> list[str]:
    """Who is missing from the roster of an off-hours session (错时办 五, 七): what the text asks for and nobody has."""
    wanted = {"leader": "带班领导", "section": "值班股室"} if said.leader else {}
    wanted |= {role: word for role, word in SUPPORT.items() if word in said.support}
    return [word for role, word in wanted.items() if role not in roles]


def refuse_abandoning(
    agreed: datetime, now: datetime, *, grace: int, tries: Sequence[tuple[datetime, bool]]
) -> None:
    """Refuse unless he is late by more than the grace and, rung up since the agreed time, was not reached.

    `tries`: when somebody rang him up, and whether he was reached; the last one counts.
    """
    if not grace:
        raise NotAllowed("本地文件没有规定未到就视为放弃，请联系申请人改约或者取消。")
    if now <= agreed + timedelta(minutes=grace):
        raise NotAllowed(f"超过约定时间 {grace} 分钟以后才能视为放弃，现在还没有到。请再等一等。")
    since = [reached for at, reached in tries if at >= agreed]
    if not since:
        raise NotAllowed("还没有联系过申请人。请先按预留的电话联系，登记联系结果，联系不上的才能视为放弃。")
    if since[-1]:
        raise NotAllowed("最近一次联系到了申请人，不能视为放弃。不来了的请登记取消；要改时间的请改约。")


def counted(
    abandoned: Sequence[date], today: date, *, months: int = 0, lifted: date | None = None
) -> tuple[date, ...]:
    """The days of the abandoned bookings that count: after the last lifting, within the months where any are set."""
    return tuple(
        sorted(
            day
            for day in abandoned
            if (lifted is None or day > lifted) and (not months or last_day(day, months) >= today)
        )
    )


def barred(days: Sequence[date], limit: int) -> bool:
    """放弃达到次数: whether no more such bookings are taken."""
    return bool(limit) and len(days) >= limit


def speaks_of_day_off(words: str) -> bool:
    """Whether a refusal says that it is a day off, which the text forbids as a ground."""
    return any(word in words for word in DAY_OFF_WORDS)
