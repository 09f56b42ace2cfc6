"""投诉的说法: what may be complained of, through which channel, and what does a verified complaint do to a window's standing?

罗山县 预约办 八 and 延时办 七、八 name the kinds and say what follows; how many points go off is 本地设定.
"""

from __future__ import annotations

from enum import StrEnum

WHOLE = 100  # 窗口得分 before anything is taken off


class Kind(StrEnum):
    """投诉的问题."""

    REFUSED_BOOKING = "refused_booking"
    ABSENT = "absent"
    REFUSED_LATE = "refused_late"
    MANNER = "manner"
    OTHER = "other"


KIND_WORDS: dict[Kind, str] = {
    Kind.REFUSED_BOOKING: "非正常理由拒绝接受预约",
    Kind.ABSENT: "预约后不在岗按时服务",
    Kind.REFUSED_LATE: "无故拒绝延时服务",
    Kind.MANNER: "服务态度不好",
    Kind.OTHER: "其他问题",
}


class Service(StrEnum):
    """在哪种服务里."""

    BOOKING = "booking"
    EXTENDED = "extended"
    WINDOW = "window"


SERVICE_WORDS: dict[Service, str] = {
    Service.BOOKING: "预约服务",
    Service.EXTENDED: "延时服务",
    Service.WINDOW: "窗口服务",
}
# What is offered where the complaint begins: on a booking, on a number, or at the supervisor's desk.
OF_BOOKING = (Kind.REFUSED_BOOKING, Kind.ABSENT, Kind.MANNER, Kind.OTHER)
OF_NUMBER = (Kind.REFUSED_LATE, Kind.MANNER, Kind.OTHER)


class Channel(StrEnum):
    """投诉渠道."""

    WEB = "web"
    NUMBER = "number"
    PHONE = "phone"
    COUNTER = "counter"
    LETTER = "letter"


CHANNEL_WORDS: dict[Channel, str] = {
    Channel.WEB: "网上投诉",
    Channel.NUMBER: "手机上的号",
    Channel.PHONE: "电话投诉",
    Channel.COUNTER: "现场投诉",
    Channel.LETTER: "信函投诉",
}
TAKEN_DOWN = (Channel.PHONE, Channel.COUNTER, Channel.LETTER)


class Stage(StrEnum):
    """办到哪里."""

    OPEN = "open"
    VERIFIED = "verified"
    UNFOUNDED = "unfounded"


STAGE_WORDS: dict[Stage, str] = {
    Stage.OPEN: "待核查",
    Stage.VERIFIED: "属实",
    Stage.UNFOUNDED: "不属实",
}


def service_of(kind: str, where: Service) -> Service:
    """Which service it belongs to: a refusal names its own, everything else the one in which it happened."""
    if kind == Kind.REFUSED_LATE:
        return Service.EXTENDED
    return Service.BOOKING if kind in (Kind.REFUSED_BOOKING, Kind.ABSENT) else where


def score(points: int) -> int:
    """窗口得分 of a period, after what verified complaints took off."""
    return max(0, WHOLE - points)
