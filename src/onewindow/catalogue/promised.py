"""可承诺的: what does a version say of papers that may follow, and of conditions that may be promised instead of proved?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from onewindow.catalogue.gate import Gap
from onewindow.catalogue.models import ItemVersion, Material
from onewindow.catalogue.text import VersionText

# FC-3.3.18: the fields and the routes of the list that is published.
FIELDS = ("涉企经营许可", "证明事项", "投资审批")
ROUTES = ("办照即经营", "承诺即开工", "承诺即换证")
_PARTS = {"promised": "承诺内容", "demands": "要求", "liability": "法律责任", "check": "核查办法"}


@dataclass(frozen=True)
class Offer:
    """告知承诺书的内容: what is promised, what the law demands, what follows from a broken promise, how it is checked."""

    field: str
    route: str
    promised: tuple[str, ...]
    demands: tuple[str, ...]
    liability: tuple[str, ...]
    check: str
    check_days: int
    materials: tuple[str, ...]
    basis: tuple[str, ...]

    @property
    def empty(self) -> list[str]:
        """Which of its parts say nothing; nobody can sign such a promise."""
        return [word for name, word in _PARTS.items() if not getattr(self, name)]


def offer(version: ItemVersion) -> Offer | None:
    """The promise that this version offers; None where it offers none."""
    return offer_in(version.content)


def offer_in(content: Mapping[str, Any]) -> Offer | None:
    told = content.get("promise")
    if not told:
        return None
    lines = {
        name: tuple(line for one in told.get(name) or () if (line := str(one).strip()))
        for name in ("promised", "demands", "liability", "materials", "basis")
    }
    return Offer(
        field=str(told.get("field") or ""),
        route=str(told.get("route") or ""),
        check=str(told.get("check") or "").strip(),
        check_days=int(told.get("check_days") or 0),
        **lines,
    )


def may_follow(material: Material) -> bool:
    """Whether this paper may follow after the acceptance (可容缺)."""
    return material.necessity == Material.Necessity.DEFERRABLE


def days_of(material: Material) -> int:
    """Within how many working days it may follow, where the item says so; 0 leaves it to the setting."""
    return int(material.detail.get("defer_days") or 0)


def gaps(text: VersionText) -> list[Gap]:
    """What is missing in a promise that the version offers: nobody could sign it."""
    told = offer_in(text.content)
    if told is None:
        return []
    found = [Gap(_WORD, f"没有写{part}，申请人不能签这样的承诺书") for part in told.empty]
    if told.field not in FIELDS:
        found.append(Gap(_WORD, f"没有选领域：{'、'.join(FIELDS)}"))
    if told.route and told.route not in ROUTES:
        found.append(Gap(_WORD, f"方式只能是{'、'.join(ROUTES)}，或者不写"))
    if not told.basis:
        found.append(Gap(_WORD, "没有写明依据哪一条"))
    listed = {one.code for one in text.materials}
    if strange := [code for code in told.materials if code not in listed]:
        found.append(Gap(_WORD, f"免于提交的材料{'、'.join(strange)}不在材料清单里"))
    return found


_WORD = "告知承诺"
