"""短路对申请人怎么说: what does he read where a machine answered, or where a head's delegate decided?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from onewindow.rules.stages import Stage

TITLES: dict[str, str] = {
    "Exempted": "不用审批",
    "Filed": "已备案",
    "FilingChecked": "备案核查完成",
    "JudgedAtOnce": "系统核对秒批规则",
}
STAGES: dict[Stage, str] = {
    Stage.EXEMPT: "不用审批，已书面告知",
    Stage.FILED: "已备案，办结",
}


def by_whom(fact: Any) -> str:
    """Where no officer of the usual posts did it."""
    if getattr(fact, "judgement", 0):
        return "，由系统按公布的秒批规则作出"
    return "，由首席事务代表在窗口作出" if getattr(fact, "chief", 0) else ""


def _checked(found: object, fact: Any) -> str:
    return "核查没有发现问题。" if fact.fits else "核查发现了问题，部门会与您联系。"


def _judged(found: object, fact: Any) -> str:
    if fact.granted:
        return f"{len(fact.held)} 条规则全部符合，由系统直接准予。"
    return "系统不能直接准予，已转给工作人员按正常程序办理；不影响您的办理期限。"


TEXTS: dict[str, Callable[[Any, Any], str]] = {
    "Exempted": lambda found, fact: "这个事项不需要审批，您可以依法直接开展。告知书已经发给您。",
    "Filed": lambda found, fact: "材料齐全，收到就是备案。备案回执已经发给您，部门以后核查，不用您再申请。",
    "FilingChecked": _checked,
    "JudgedAtOnce": _judged,
}
