"""便民服务的一生: which services can a hall offer, and what may happen to a request for one in which stage?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from onewindow.rules.facts import TERMS_ZH
from onewindow.rules.grants import NotAllowed


class Way(StrEnum):
    """How a service is given."""

    HOME = "home"
    GREEN = "green"
    ESCORT = "escort"
    AGENCY = "agency"
    EXTENDED = "extended"
    BOOKING = "booking"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Course:
    """What belongs to a way: its word, the letters of its numbers, what it asks for and how it goes."""

    word: str
    letters: str
    at_home: bool = False  # 出发、到达, and the address
    in_hall: bool = False  # he comes to the hall and gets a number there
    outlasts: bool = False  # it is there for the time after closing
    signed: bool = False  # both sign before it is closed
    grounds: tuple[str, ...] = ()
    about: str = ""


COURSES: Mapping[Way, Course] = MappingProxyType(
    {
        Way.HOME: Course(
            "上门服务",
            "SM",
            at_home=True,
            signed=True,
            grounds=("高龄老人", "残疾人", "重病或者卧床", "其他行动不便"),
            about="不方便到大厅的，工作人员上门办。随时可以申请，节假日也可以。",
        ),
        Way.GREEN: Course(
            "绿色通道",
            "LT",
            in_hall=True,
            grounds=("重点项目", "老年人", "残疾人", "孕产妇", "军人和军属", "紧急情况"),
            about="符合情形的到大厅签到，优先叫号。",
        ),
        Way.ESCORT: Course(
            "帮办陪同",
            "PT",
            in_hall=True,
            grounds=("残疾人", "老年人", "看不清或者听不清", "不会用手机和机器", "其他需要帮助的"),
            about="到大厅有专人接、陪着办完。",
        ),
        Way.AGENCY: Course(
            "代办服务",
            "DB",
            signed=True,
            grounds=("企业投资项目", "行动不便", "在外地", "其他"),
            about="由代办员替您跑，办到哪一步随时告诉您。",
        ),
        Way.EXTENDED: Course(
            "延时服务",
            "YS",
            in_hall=True,
            outlasts=True,
            grounds=("赶不上下班前到", "材料多，要办得久"),
            about="下班前赶不到的先说一声，留人等您。",
        ),
        Way.BOOKING: Course("预约服务", "YY", about="先约时间，到了直接给号，不用再排队。"),
        Way.OWN: Course("其他便民服务", "BM", about=""),
    }
)
WAY_WORDS: dict[Way, str] = {way: course.word for way, course in COURSES.items()}


class Stage(StrEnum):
    """Where a request stands."""

    NEW = "new"
    ASKED = "asked"
    ARRANGED = "arranged"
    SET_OUT = "set_out"
    BEGUN = "begun"
    DONE = "done"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


STAGE_WORDS: dict[Stage, str] = {
    Stage.NEW: "未提交",
    Stage.ASKED: "等安排",
    Stage.ARRANGED: "已安排",
    Stage.SET_OUT: "已出发",
    Stage.BEGUN: "正在办",
    Stage.DONE: "已办结",
    Stage.DECLINED: "不能提供",
    Stage.WITHDRAWN: "已取消",
}
OPEN = frozenset({Stage.ASKED, Stage.ARRANGED, Stage.SET_OUT, Stage.BEGUN})

NEXT: dict[tuple[Stage, str], Stage] = {
    (Stage.NEW, "AidAsked"): Stage.ASKED,
    (Stage.ASKED, "AidArranged"): Stage.ARRANGED,
    (Stage.ASKED, "AidDeclined"): Stage.DECLINED,
    (Stage.ASKED, "AidWithdrawn"): Stage.WITHDRAWN,
    # 改派: another day or another colleague.
    (Stage.ARRANGED, "AidArranged"): Stage.ARRANGED,
    # The hall is stopped at that hour, or goes on again; another day has to be arranged anew.
    **{
        (stage, fact): stage
        for stage in (Stage.ASKED, Stage.ARRANGED)
        for fact in ("AidDisplaced", "AidRestored")
    },
    **{(stage, "AidMoved"): Stage.ASKED for stage in (Stage.ASKED, Stage.ARRANGED)},
    (Stage.ARRANGED, "AidDeclined"): Stage.DECLINED,
    (Stage.ARRANGED, "AidWithdrawn"): Stage.WITHDRAWN,
    (Stage.ARRANGED, "AidSetOut"): Stage.SET_OUT,
    (Stage.ARRANGED, "AidCheckedIn"): Stage.BEGUN,
    (Stage.ARRANGED, "AidSigned"): Stage.ARRANGED,
    (Stage.ARRANGED, "AidDone"): Stage.DONE,
    (Stage.SET_OUT, "AidArrived"): Stage.BEGUN,
    (Stage.SET_OUT, "AidWithdrawn"): Stage.WITHDRAWN,
    (Stage.BEGUN, "AidSigned"): Stage.BEGUN,
    (Stage.BEGUN, "AidDone"): Stage.DONE,
}


def after(stage: Stage, fact: str) -> Stage:
    """The stage after a fact; what the table does not name is refused in words."""
    try:
        return NEXT[stage, fact]
    except KeyError:
        raise NotAllowed(
            f"这一项现在是“{STAGE_WORDS[stage]}”，不能“{TERMS_ZH[fact]}”。请刷新后再看。"
        ) from None


def refuse_close(way: Way, stage: Stage, *, handler: bool, applicant: bool) -> None:
    """Refuse to close before it was begun where it has a beginning, and before both have signed where both sign."""
    course = COURSES[way]
    if (course.at_home or course.in_hall) and stage is Stage.ARRANGED:
        said = "出发、到达以后" if course.at_home else "申请人到厅签到以后"
        raise NotAllowed(f"还没有开始。请{said}再办结；不办了的请取消。")
    missing = [word for word, signed in (("承办人", handler), ("申请人", applicant)) if not signed]
    if course.signed and missing:
        raise NotAllowed(f"{'和'.join(missing)}还没有签字，签了才能办结。请先签字。")
