"""风险分级: which tier is an item of, and which way does its case go from the receipt?

A place has tiers only where its text gives them (`risk.tiers` of the pack, lowest risk first); elsewhere every case
takes all steps. The way is fixed in the fact of the receipt: a changed tier changes new cases alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class Tier(StrEnum):
    """What an item version says of its risk."""

    EXEMPT = "exempt"
    FILING = "filing"
    PROMISE = "promise"
    STRICT = "strict"


class Route(StrEnum):
    """How a case goes on from its receipt; empty: all steps, by people."""

    ALL_STEPS = ""
    EXEMPT = "exempt"
    FILING = "filing"
    INSTANT = "instant"


# What the tiers are called where a text names them in other words than ours, lowest risk first.
TIERS = (Tier.EXEMPT, Tier.FILING, Tier.PROMISE, Tier.STRICT)
WORDS: dict[Tier, str] = {
    Tier.EXEMPT: "非禁免批",
    Tier.FILING: "备案备查",
    Tier.PROMISE: "告知承诺",
    Tier.STRICT: "严格审批",
}
MEANS: dict[Tier, str] = {
    Tier.EXEMPT: "不属于禁止的，不用审批；提交以后马上书面告知您。",
    Tier.FILING: "材料齐全的，收到就是备案，发给备案回执；部门以后核查。",
    Tier.PROMISE: "您可以书面承诺符合条件，当场作出决定，部门以后检查；不愿意承诺的，照常审批。",
    Tier.STRICT: "按办理流程的全部环节审批。",
}
# The rules of the pack that this module reads, and the setting by which machine judging is offered.
TIERS_RULE = "risk.tiers"


def names(told: object) -> dict[Tier, str]:
    """The tiers of a place by the names its text gives them, in the order of the text; empty where it has none."""
    if not isinstance(told, tuple) or len(told) != len(TIERS):
        return {}
    return dict(zip(TIERS, map(str, told), strict=True))


def tier_of(content: Mapping[str, Any]) -> Tier | None:
    """The tier that a version says it is of; its guide and what the clock keeps of it say it alike."""
    told = (content.get("risk") or {}).get("tier", "")
    return Tier(told) if told in set(Tier) else None


def route_of(content: Mapping[str, Any], tiers: object, *, instant: bool) -> Route:
    """The way of a new case: by its tier where the place has tiers, by its table where machine judging is offered."""
    tier = tier_of(content) if names(tiers) else None
    if tier is Tier.EXEMPT:
        return Route.EXEMPT
    if tier is Tier.FILING:
        return Route.FILING
    return Route.INSTANT if instant and content.get("instant") else Route.ALL_STEPS
