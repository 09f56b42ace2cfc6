"""一个号的过程: which fact may follow which, and in which stage does it leave the number?"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from onewindow.rules.facts import Fact
from onewindow.rules.grants import NotAllowed


class TicketStage(StrEnum):
    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    PARKED = "parked"
    MISSED = "missed"
    DONE = "done"
    ABANDONED = "abandoned"


WAITING, CALLED, SERVING = TicketStage.WAITING, TicketStage.CALLED, TicketStage.SERVING
PARKED, MISSED, DONE, ABANDONED = (
    TicketStage.PARKED,
    TicketStage.MISSED,
    TicketStage.DONE,
    TicketStage.ABANDONED,
)

STAGE_WORDS: Mapping[TicketStage, str] = MappingProxyType(
    {
        WAITING: "等候中",
        CALLED: "请到窗口",
        SERVING: "正在办理",
        PARKED: "已挂起",
        MISSED: "已过号",
        DONE: "已办结",
        ABANDONED: "已弃号",
    }
)
# A window has one of these at a time.
AT_WINDOW = (CALLED, SERVING)
OVER = (DONE, ABANDONED)

# The life of a number: what is not here cannot happen.
LIFE: Mapping[tuple[TicketStage | None, str], TicketStage] = MappingProxyType(
    {
        (None, "TicketTaken"): WAITING,
        (WAITING, "TicketCalled"): CALLED,
        (WAITING, "TicketTransferred"): WAITING,
        (WAITING, "TicketAbandoned"): ABANDONED,
        (CALLED, "TicketRecalled"): CALLED,
        (CALLED, "TicketMissed"): MISSED,
        (CALLED, "ServiceBegun"): SERVING,
        (CALLED, "TicketParked"): PARKED,
        (CALLED, "TicketTransferred"): WAITING,
        (CALLED, "TicketAbandoned"): ABANDONED,
        (SERVING, "ServiceFinished"): DONE,
        (SERVING, "TicketParked"): PARKED,
        (SERVING, "TicketTransferred"): WAITING,
        (SERVING, "TicketAbandoned"): ABANDONED,
        (PARKED, "TicketResumed"): CALLED,
        (PARKED, "TicketTransferred"): WAITING,
        (PARKED, "TicketAbandoned"): ABANDONED,
        (MISSED, "TicketReturned"): WAITING,
        (MISSED, "TicketAbandoned"): ABANDONED,
        (DONE, "ServiceRated"): DONE,
    }
)
# Why a number goes to another line or window; the first one counts as having been sent to the wrong place.
WRONG = "wrong"
WHY_MOVED: Mapping[str, str] = MappingProxyType(
    {
        WRONG: "走错业务区",
        "next": "还要办下一项",
        "other": "由别的窗口办更合适",
    }
)
WHY_PARKED: Mapping[str, str] = MappingProxyType(
    {"papers": "去取材料", "form": "去填表", "copy": "去复印", "pay": "去缴费", "other": "其他"}
)
WHY_ABANDONED: Mapping[str, str] = MappingProxyType(
    {"left": "本人离开", "gave_up": "本人不办了", "twice": "重复取号", "closing": "当天已经结束"}
)
_VERBS: Mapping[str, str] = MappingProxyType(
    {
        "TicketCalled": "叫号",
        "TicketRecalled": "重呼",
        "TicketMissed": "过号",
        "TicketReturned": "回队",
        "TicketParked": "挂起",
        "TicketResumed": "恢复",
        "TicketTransferred": "转移",
        "ServiceBegun": "开始办理",
        "ServiceFinished": "办结",
        "TicketAbandoned": "弃号",
    }
)


def after(stage: TicketStage | None, fact: Fact) -> TicketStage:
    """The stage in which `fact` leaves a number; a refusal in Chinese when it cannot happen there."""
    found = LIFE.get((stage, fact.name))
    if found is None:
        now = "还没有取" if stage is None else STAGE_WORDS[stage]
        raise NotAllowed(f"这个号{now}，不能{_VERBS.get(fact.name, '再办')}。请看一下叫号栏现在的状态。")
    return found
