"""件类怎么给人看: what does a guide say of the kind of its cases – who takes part, who decides above, and when it is renewed?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from onewindow.catalogue.models import ItemVersion
from onewindow.rules.kinds_of_case import KIND_MEANS, KIND_WORDS, CaseKind, planned
from onewindow.rules.pack import Pack, Rule

_UNITS = {"working": "个工作日", "calendar": "天"}
_BEFORE, _DEEMED = "renewal.before_days", "renewal.deemed"
Grounds = Callable[[Iterable[str]], list[Any]]
OfRule = Callable[[Rule], list[Any]]


@dataclass(frozen=True)
class Renewal:
    """延续: which licence goes on, how long before its end one applies, and what follows when nobody decides in time."""

    of: str
    before: int
    deemed: bool
    grounds: tuple[Any, ...] = ()


@dataclass(frozen=True)
class KindShown:
    """The kind in its words; the organ above with its days, the departments that take part, the renewal."""

    word: str = ""
    means: str = ""
    organ: str = ""
    days: str = ""
    others: tuple[tuple[str, str], ...] = ()
    renewal: Renewal | None = None
    grounds: tuple[Any, ...] = field(default=())


def kind_shown(version: ItemVersion, pack: Pack, on: date, grounds: Grounds, of_rule: OfRule) -> KindShown:
    """What the guide says of this version's kind; whose days run above is said with them."""
    content = version.content
    kind = planned({"kind": content.get("case_kind", "")}, immediate=version.immediate)
    upward = (content.get("upward") or {}) if kind is CaseKind.UPWARD else {}
    joint = (content.get("joint") or {}) if kind is CaseKind.JOINT else {}
    rests = [*upward.get("basis", ()), *joint.get("basis", ())]
    days = f"{upward['days']} {_UNITS.get(upward.get('unit', ''), '个工作日')}" if upward.get("days") else ""
    return KindShown(
        word=KIND_WORDS[kind],
        means=KIND_MEANS[kind],
        organ=upward.get("organ", ""),
        days=days,
        others=tuple((one.get("department", ""), one.get("does", "")) for one in joint.get("with", ())),
        renewal=_renewal(version, pack, on, grounds, of_rule),
        grounds=tuple(grounds(rests)),
    )


def _renewal(version: ItemVersion, pack: Pack, on: date, grounds: Grounds, of_rule: OfRule) -> Renewal | None:
    """The item's own days go before the general ones, as 行政许可法 50 itself says."""
    told = version.content.get("renewal") or {}
    general, deemed = (pack.rule(name, on, version.kind) for name in (_BEFORE, _DEEMED))
    before = told.get("before_days") or (general.value if general is not None else None)
    if not told or not isinstance(before, int):
        return None
    own = grounds(told.get("basis", ())) if told.get("before_days") else []
    rests = own or (of_rule(general) if general is not None else [])
    rests += of_rule(deemed) if deemed is not None else []
    return Renewal(told.get("of", ""), before, deemed is not None and deemed.value is True, tuple(rests))
