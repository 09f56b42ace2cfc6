"""对申请人说承诺: in which words does he read what he promised, what he still owes, and what became of it?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from onewindow.rules import promises
from onewindow.rules.standing import Standing

TITLES: dict[str, str] = {
    "LackPromised": "您申请容缺受理",
    "PapersDeferred": "您承诺补交材料",
    "DeferralReminded": "提醒您补交材料",
    "PapersSupplied": "收到您补交的材料",
    "SupplyReturned": "补交的材料不符",
    "PapersCleared": "容缺材料已补齐",
    "DeferralMissed": "没有等到补交的材料",
    "DeemedWithdrawn": "没有等到补交，视为撤回申请",
    "PromiseSigned": "您签了告知承诺书",
    "PromiseTakenBack": "您收回了承诺",
    "PromiseKept": "承诺核查属实",
    "MendOrdered": "请您限期整改",
    "Mended": "整改到位",
    "RevocationAnnounced": "拟撤销决定，先听您的意见",
    "StatementHeard": "听取了您的陈述申辩",
    "RevocationDropped": "决定不撤销",
    "Revoked": "已撤销原来的决定",
}
INNER = frozenset({"CheckOverdue"})
# What a telephone on the table may not give away.
DISCREET: dict[str, str] = {
    "DeferralMissed": "接下来怎样处理，写在告知书里。",
    "DeemedWithdrawn": "可以重新申请，告知书里写明了救济途径。",
    "MendOrdered": "要改什么、改到哪天，写在通知书里。",
    "RevocationAnnounced": "理由和陈述申辩的期限写在告知书里。",
    "Revoked": "理由和救济途径写在决定书里。",
}


def _day(value: date) -> str:
    return f"{value.month} 月 {value.day} 日"


def owes(now: Standing) -> str:
    """What he is still to bring, and by when; empty when nothing."""
    told = promises.deferral(now.seen)
    state = next((s for s in now.running() if s.term.name == promises.TERM), None)
    if told is None or not told.open or state is None:
        return ""
    if not told.owed:
        return "您补交的容缺材料正在核对。"
    until = f"，最迟 {_day(state.due)}" if state.due else ""
    return f"还要补交 {len(told.owed)} 份容缺材料{until}；补齐以前不能发结果。"


def _until(found: Any, fact: Any) -> str:
    """The day by which he brings it: the one that this fact began."""
    states = [s for s in found.now.terms if s.term.name == promises.TERM]
    due = states[0].due if states and states[0].reckoning.start == fact.on else None
    return f"，最迟 {_day(due)}" if due else ""


def _deferred(found: Any, fact: Any) -> str:
    return f"{len(fact.materials)} 份材料可以后补，{fact.days} 个工作日内补来{_until(found, fact)}。逾期怎样处理写在承诺书里。"


def _supplied(found: Any, fact: Any) -> str:
    return f"收到 {len(fact.materials)} 份" + (
        f"，还差 {len(fact.left)} 份。" if fact.left else "，接下来核对。"
    )


TEXTS: dict[str, Callable[[Any, Any], str]] = {
    "LackPromised": lambda _, fact: f"{len(fact.materials)} 份可容缺的材料受理以后再补，等本机关核对。",
    "PapersDeferred": _deferred,
    "DeferralReminded": lambda _, fact: f"请在 {_day(fact.due)}以前补来，网上、窗口都可以。",
    "PapersSupplied": _supplied,
    "SupplyReturned": lambda found, fact: (
        f"{len(fact.materials)} 份不符，原因写在告知书里。请在 {fact.days} 个工作日内改好再交{_until(found, fact)}。"
    ),
    "PapersCleared": lambda *_: "承诺补交的材料都齐了，符合要求。",
    "DeferralMissed": lambda *_: "承诺的日子过了，没有补齐，本件停止办理，由本机关作出决定。",
    "DeemedWithdrawn": lambda *_: "承诺的日子过了，没有补齐，照承诺书写明的办法视为撤回申请。可以重新申请。",
    "PromiseSigned": lambda *_: (
        "按告知承诺当场作出决定，以后核查。作出决定以前可以收回承诺，改按一般程序办理。"
    ),
    "PromiseTakenBack": lambda *_: "改按一般程序办理，受理的期限从今天起重新计算，对您没有不利影响。",
    "PromiseKept": lambda *_: "核查的情况和您承诺的一致。",
    "MendOrdered": lambda _, fact: f"核查的情况和承诺不一致，请在 {_day(fact.mend_by)}以前改好。",
    "Mended": lambda *_: "要求整改的已经改好，原来的决定继续有效。",
    "RevocationAnnounced": lambda _, fact: (
        f"请在 {_day(fact.reply_by)}以前说明您的意见，写来、打电话、到窗口都可以。"
    ),
    "StatementHeard": lambda *_: "您的意见已记录在案。",
    "RevocationDropped": lambda *_: "听取意见以后，原来的决定继续有效。",
    "Revoked": lambda found, _: (
        "理由、依据和救济途径都写在决定书里。"
        + ("失信记录可以申请修复。" if promises.live(found.now.seen) is not None else "")
    ),
}
