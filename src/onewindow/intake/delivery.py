"""结果怎样给您: which ways does the item offer, which fits this person first, and who pays the post?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from onewindow.catalogue.models import ItemVersion
from onewindow.rules.pack import Pack, Rule

COUNTER, COURIER, DOWNLOAD = "counter", "courier", "download"
# A word of the guide's list of ways, and the way that it means here.
_WORDS = (("下载", DOWNLOAD), ("邮寄", COURIER), ("领取", COUNTER), ("送达", COUNTER))


def ways(version: ItemVersion) -> tuple[str, ...]:
    """What the guide offers, in its order; a paper at the window is never refused, and silence offers all."""
    listed = _listed(version.content.get("result") or {})
    return (*listed, *(() if COUNTER in listed else (COUNTER,))) if listed else (DOWNLOAD, COURIER, COUNTER)


def first(version: ItemVersion, *, e_service: bool, free: bool, address: str) -> str:
    """The way chosen beforehand: what needs no visit, is agreed to and costs him nothing; else he chooses himself."""
    offered = ways(version)
    if e_service and DOWNLOAD in offered:
        return DOWNLOAD
    if offered == (COUNTER,) or (version.content.get("service") or {}).get("visits"):
        return COUNTER
    return COURIER if free and address and COURIER in _listed(version.content.get("result") or {}) else ""


def post_free(pack: Pack, version: ItemVersion, on: date) -> Rule | None:
    """寄递免费: the rule of the place by which the office pays the post; None where no text says so."""
    rule = pack.rule("delivery.post_free", on, version.kind)
    return rule if rule is not None and rule.value is True else None


def _listed(result: Mapping[str, Any]) -> tuple[str, ...]:
    words: Sequence[str] = result.get("delivery") or ()
    found = (next((way for part, way in _WORDS if part in word), "") for word in words)
    return tuple(dict.fromkeys(way for way in found if way))
