"""应急预案的种类: for which events does a hall plan, and which of them may the text of a place ask for?"""

from __future__ import annotations

EPIDEMIC = "epidemic"
EVENT_WORDS: dict[str, str] = {
    "fire": "火灾",
    "power": "停电停水",
    "system": "系统或者网络中断",
    "crowd": "人员拥挤",
    "medical": "人员突发疾病",
    "conflict": "冲突和群体事件",
    "weather": "极端天气和灾害",
    EPIDEMIC: "疫情防控",
    "other": "其他突发事件",
}
# What a text asks for without saying which event: any plan but the one against an epidemic, which is a kind of its own.
ANY = "any"
ASKED_WORDS: dict[str, str] = {ANY: "突发事件", **EVENT_WORDS}


def missing(asked: tuple[str, ...], agreed: set[str]) -> list[str]:
    """The kinds that were asked for and that nobody has agreed to, in the words of the text."""
    there = agreed | ({ANY} if agreed - {EPIDEMIC} else set())
    return [ASKED_WORDS[kind] for kind in asked if kind not in there]
