"""短路说什么: what do the letters of an exempt or filed case say, and by whom was a decision made?"""

from __future__ import annotations

from typing import Any

from onewindow.cases.models import Filing
from onewindow.letters import words
from onewindow.letters.compose import Matter
from onewindow.letters.data import PROVISIONAL, Cite
from onewindow.people.models import Delegation
from onewindow.rules.risk import TIERS_RULE, WORDS, names, tier_of

BY_RULE = "本决定由系统按办事指南公布的秒批规则逐条核对后自动作出，没有人工干预；本机关事后抽查。"


def exempted(matter: Matter) -> dict[str, Any]:
    told = matter.case.version.content.get("risk") or {}
    return {
        "tier": _tier(matter),
        "basis": _basis(matter),
        "reasons": (str(told["note"]),) if told.get("note") else (),
    }


def filed(matter: Matter) -> dict[str, Any]:
    filing = Filing.objects.get(pk=matter.fact.filing)
    rows = (
        ("备案事项", matter.case.item_name),
        ("备案编号", filing.number),
        ("备案日期", words.day(matter.fact.on)),
    )
    open_year = matter.law.calendar.provisional(matter.fact.on, filing.check_by)
    by = words.day(filing.check_by) + (PROVISIONAL if open_year else "")
    until = f"本机关在{by}以前核查备案的内容，核查不收费，不需要再提出申请。"
    return {"tier": _tier(matter), "basis": _basis(matter), "result": rows, "reasons": (until,)}


def made_by(matter: Matter) -> str:
    """By delegation or by the published rules; empty where an officer did it by his own post."""
    if getattr(matter.fact, "judgement", 0):
        return BY_RULE
    holding = getattr(matter.fact, "chief", 0)
    found = Delegation.objects.filter(holding=holding).first() if holding else None
    if found is None:
        return ""
    return f"由本机关首席事务代表依授权书（{found.number}）在政务服务窗口作出。"


def _tier(matter: Matter) -> str:
    """As the text of the place calls it."""
    tier = tier_of(matter.case.version.content)
    if tier is None:
        return ""
    return names(matter.pack.value(TIERS_RULE, matter.case.version.kind)).get(tier, WORDS[tier])


def _basis(matter: Matter) -> tuple[Cite, ...]:
    """The laws on which the item's tier rests, as its guide names them."""
    content = matter.case.version.content
    known = {one.get("key"): one for one in content.get("basis", ())}
    keys = (content.get("risk") or {}).get("basis", ())
    return tuple(
        Cite(law=known[key].get("law", ""), article=known[key].get("article", ""))
        for key in keys
        if key in known
    )
