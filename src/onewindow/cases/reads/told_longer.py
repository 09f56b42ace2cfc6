"""拖长了怎么说: what does the applicant read of a special procedure that lasts longer than he was told?"""

from __future__ import annotations

from collections.abc import Iterable

from onewindow.rules.facts import Fact
from onewindow.rules.facts_time import ProcedureOverran, ProcedureProlonged
from onewindow.rules.special import procedures


def prolonged(seen: Iterable[Fact], fact: ProcedureProlonged) -> str:
    """The new end, and where the reason stands."""
    end = fact.planned_end
    return f"{_named(seen, fact.procedure)}改为计划 {end.month} 月 {end.day} 日以前结束，理由写在告知书里。"


def overran(seen: Iterable[Fact], fact: ProcedureOverran) -> str:
    """Said plainly, with what he can do."""
    return (
        f"{_named(seen, fact.procedure)}没有按计划结束，承办人和部门负责人已经收到提醒；"
        "可以拨打监督投诉电话催办。"
    )


def _named(seen: Iterable[Fact], number: int) -> str:
    return next((one.kind for one in procedures(seen) if one.number == number), "特别程序")
