"""问责的说法: how grave was a breach, and what follows for whoever answers for it?

罗山县 延时办工作制度 三: “视情节轻重给予相应的处罚”. The text lists neither degrees nor penalties: these words are 本地设定.
"""

from __future__ import annotations

from enum import StrEnum


class Gravity(StrEnum):
    """情节."""

    LIGHT = "light"
    SERIOUS = "serious"
    GRAVE = "grave"


GRAVITY_WORDS: dict[Gravity, str] = {
    Gravity.LIGHT: "情节较轻",
    Gravity.SERIOUS: "情节较重",
    Gravity.GRAVE: "情节严重",
}


class Penalty(StrEnum):
    """处理: what follows; the details are written beside it."""

    TALK = "talk"
    REVIEW = "review"
    NOTICE = "notice"
    POINTS = "points"
    SENT_BACK = "sent_back"
    PASSED_ON = "passed_on"


PENALTY_WORDS: dict[Penalty, str] = {
    Penalty.TALK: "批评教育",
    Penalty.REVIEW: "责令书面检查",
    Penalty.NOTICE: "通报批评",
    Penalty.POINTS: "考核扣分",
    Penalty.SENT_BACK: "退回原单位",
    Penalty.PASSED_ON: "移送有权机关处理",
}


def faults(gravity: str, penalty: str, remark: str) -> dict[str, str]:
    """What is missing in a decision on a breach, by field: it says how grave, what follows, and in which words."""
    found = {}
    if gravity not in list(Gravity):
        found["gravity"] = "请选择情节轻重。"
    if penalty not in list(Penalty):
        found["penalty"] = "请选择怎样处理。"
    if len(remark.strip()) < 2:
        found["remark"] = "请写明处理意见。"
    return found
