"""保存期限: of what is kept about a person, what is cleared so many months after it ended, and what stays of it?

个人信息保护法 19: no longer than the purpose needs; 47: deleted when it is reached. No document says how many months
a booking, a complaint and the like are kept: the months are 本地设定. What the documents order to be registered
(numbers, days, items, offices, outcome) stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from onewindow.rules.bars import last_day

CLEARED = "已按保存期限清除"
NOT_LEFT = "没有电话"  # he left none, or had it deleted
GRACE = 2  # days after which what is due and still there says that clearing is behind


class Kind(StrEnum):
    """What is kept and cleared by one term."""

    BOOKING = "booking"
    EXTENSION = "extension"
    SERVICE = "service"
    REMARK = "remark"
    COMPLAINT = "complaint"
    VISIT = "visit"
    BAN = "ban"


@dataclass(frozen=True)
class Keeping:
    """One kind: from when its term runs, what goes, what stays, and why it is kept until then."""

    word: str
    ends: str
    goes: str
    stays: str
    why: str


KEPT: dict[Kind, Keeping] = {
    Kind.BOOKING: Keeping(
        "预约",
        "约定的那天",
        "姓名、电话、留言、原因、联系记录、签名",
        "编号、日期、事项、窗口、结果",
        "核对预约、联系您、处理投诉",
    ),
    Kind.EXTENSION: Keeping(
        "延时服务登记",
        "服务的那天",
        "姓名、电话、签名、回访说的话",
        "编号、日期、事项、窗口、起止、满意度",
        "登记备案和回访",
    ),
    Kind.SERVICE: Keeping(
        "便民服务",
        "办结、取消的那天",
        "姓名、电话、地址、填写的内容、签名",
        "编号、日期、服务、由谁办、结果",
        "上门、陪办和核对",
    ),
    Kind.REMARK: Keeping(
        "意见建议",
        "答复或者改进完成的那天",
        "谁提的、电话、原话",
        "大厅、日期、种类、答复、改进结果",
        "答复您、改进服务",
    ),
    Kind.COMPLAINT: Keeping(
        "投诉",
        "核查答复的那天",
        "姓名、电话、投诉内容、核查情况、答复",
        "编号、日期、窗口、是否属实、处理和扣分",
        "核查、答复和您以后主张权利",
    ),
    Kind.VISIT: Keeping(
        "取号记录", "取号的那天", "这个号是谁的", "号码、队列、窗口、等候和办理时间", "叫号和核对当天的服务"
    ),
    Kind.BAN: Keeping(
        "不再接受预约的记录", "决定恢复的那天", "姓名", "日期、放弃的日子、恢复的理由", "照文件规定限制预约"
    ),
}


# The local settings that say for how many months.
SETTING: dict[Kind, str] = {
    Kind.BOOKING: "keep.booking_months",
    Kind.EXTENSION: "keep.extension_months",
    Kind.SERVICE: "keep.service_months",
    Kind.REMARK: "keep.remark_months",
    Kind.COMPLAINT: "keep.complaint_months",
    Kind.VISIT: "keep.visit_months",
    Kind.BAN: "keep.ban_months",
}


def kept_until(ended: date, months: int) -> date:
    """The last day on which the personal parts of what ended that day are kept."""
    return last_day(ended, months)


def ended_by(today: date, months: int) -> date:
    """What ended on this day or before is kept no longer today."""
    found = _back(today, months + 1)
    while kept_until(found + timedelta(days=1), months) < today:
        found += timedelta(days=1)
    return found


def _back(day: date, months: int) -> date:
    """A day so many months before that surely is not later than the same one."""
    place = day.year * 12 + day.month - 1 - months
    return date(place // 12, place % 12 + 1, 1)
