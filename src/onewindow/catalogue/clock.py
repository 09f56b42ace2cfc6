"""给时钟的: what of a guide does the clock of its cases need, beside the days that stand in columns?

Kept apart from the guide itself, because every reading of a case needs it and no reading needs the guide.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onewindow.rules.kinds_of_case import KIND_WORDS, CaseKind

_ROLES = ("window", "examiner", "head")


def clock_of(content: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """Nothing for the plain guide; else the kind of case, the organ above, steps, what stops a term, a shorter way."""
    told: dict[str, Any] = {}
    case_kind = content.get("case_kind")
    if case_kind in (KIND_WORDS[CaseKind.JOINT], KIND_WORDS[CaseKind.UPWARD]):
        told["kind"] = case_kind
    if case_kind == KIND_WORDS[CaseKind.UPWARD]:
        upward = content.get("upward") or {}
        told |= {"organ": upward.get("organ", "")}
        told |= {"above_days": upward.get("days") or None, "above_unit": upward.get("unit") or "working"}
    if steps := _steps(content.get("steps") or ()):
        told["steps"] = steps
    if stops := _stops(content.get("special") or (), kind):
        told["stops"] = stops
    if (content.get("service") or {}).get("entrusted"):
        told["entrusted"] = True
    if content.get("renewal"):
        told["renews"] = True
    if tier := (content.get("risk") or {}).get("tier"):
        told["risk"] = {"tier": tier}
    if content.get("instant"):
        told["instant"] = True
    return told


def _steps(steps: Any) -> dict[str, int]:
    """The days of each role; none when the guide gives none, or only one role acts after the acceptance."""
    days = {one.get("role"): int(one.get("days") or 0) for one in steps if one.get("role") in _ROLES}
    after = {role: n for role, n in days.items() if role != "window" and n}
    return days if len(after) > 1 or (len(after) == 1 and days.get("window")) else {}


def _stops(special: Any, kind: str) -> list[str]:
    """Procedures whose time the item's own law takes out of the term; of licences 行政许可法 45 says which."""
    if kind == "行政许可":
        return []
    return [str(one["name"]) for one in special if one.get("stops") and one.get("basis")]
