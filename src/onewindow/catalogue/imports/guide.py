"""导入的指南: what does an imported row say that a guide can begin with?"""

from __future__ import annotations

from typing import Any

from onewindow.catalogue.imports.judge import Judged
from onewindow.catalogue.text import MaterialText, VersionText


def text_of(row: Judged) -> VersionText | None:
    """A first draft of the guide; None when the row says no more than that the item exists."""
    if not (row.guide or row.materials or row.legal or row.promised):
        return None
    legal, promised = row.legal or (None, "working"), row.promised or (None, "working")
    return VersionText(
        name=row.name,
        kind=row.kind,
        legal_days=legal[0],
        legal_unit=legal[1],
        promised_days=promised[0],
        promised_unit=promised[1],
        immediate=promised[0] == 0,
        content=_content(row),
        form={},
        index={
            "audience": row.audience,
            "themes": row.themes,
            "aliases": row.aliases,
            "online_depth": 3 if row.online else 0,
            "level": row.level,
        },
        materials=tuple(
            MaterialText(code=f"M{n:02}", name=name[:200], necessity="required", source="")
            for n, name in enumerate(row.materials, 1)
        ),
    )


def _content(row: Judged) -> dict[str, Any]:
    told = row.guide
    service = {
        "places": [{"key": "", "name": told["place"], "address": ""}] if told.get("place") else [],
        "hours": told.get("hours", ""),
        "online": 3 if row.online else 0,
        "visits": int(told["visits"]) if told.get("visits", "").isdigit() else 0,
        "consult": row.phone,
        "complaint": told.get("complaint", ""),
    }
    return {
        "who": row.audience,
        "conditions": [{"text": told["conditions"], "basis": []}] if told.get("conditions") else [],
        "service": service,
        "planned": {key: told[key] for key in ("since", "until") if key in told},
    }
