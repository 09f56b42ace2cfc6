"""马上办、网上办、就近办、一次办: which of the four does an item's own guide say? Nobody may set them by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onewindow.catalogue.models import ItemVersion

AT_ONCE, ONLINE, NEARBY, ONE_VISIT = "马上办", "网上办", "就近办", "一次办"
MEANS = {
    AT_ONCE: "当场办结",
    ONLINE: "网上办完",
    NEARBY: "乡镇、街道或者村、社区就能办",
    ONE_VISIT: "最多跑一次",
}
WHOLLY_ONLINE = 3  # 全程网办
_NEAR = frozenset({"town", "village"})


def tags(version: ItemVersion | None) -> list[str]:
    """Those that the guide bears out, in their usual order; none for an item whose guide is not complete."""
    if version is None:
        return []
    service: Mapping[str, Any] = version.content.get("service") or {}
    held = {
        AT_ONCE: version.immediate,
        ONLINE: _online(version, service),
        NEARBY: any(_near(one) for one in service.get("places") or ()),
        ONE_VISIT: service.get("visits") in (0, 1),
    }
    return [word for word, holds in held.items() if holds]


def _online(version: ItemVersion, service: Mapping[str, Any]) -> bool:
    """From end to end online, and with a form to fill in there."""
    form = (version.form or {}).get("schema") or {}
    return service.get("online", 0) >= WHOLLY_ONLINE and bool(form.get("properties"))


def _near(place: Mapping[str, Any]) -> bool:
    """便民服务中心 stand in townships and streets, 便民服务站 in villages and communities."""
    return place.get("key") in _NEAR or "便民服务" in str(place.get("name", ""))
