"""一次性告知: what has somebody to bring who comes for these items, as their guides say it today?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from onewindow.catalogue.models import Item, Material


def told_of(items: Sequence[Item]) -> list[dict[str, Any]]:
    """Item by item the papers that its guide lists, with the version that said so; one statement."""
    versions = [item.current_id for item in items if item.current_id]
    found: dict[int, list[str]] = {}
    for one in Material.objects.filter(version__in=versions).exclude(necessity=Material.Necessity.EXEMPT):
        some = bool(one.detail.get("when"))  # asked for in some situations only
        found.setdefault(one.version_id, []).append(f"{one.name}（视情形）" if some else one.name)
    return [
        {
            "item": item.name,
            "address": item.address,
            "version": item.current_id,
            "papers": found.get(item.current_id or 0, []),
        }
        for item in items
    ]
