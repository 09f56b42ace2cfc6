"""起草告知承诺: how does the promise that an item offers become fields of the draft page, and the fields a promise again?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from onewindow.catalogue.text import MaterialText, VersionText


def fields_of(text: VersionText) -> dict[str, Any]:
    """The fields of the promise, filled from a text; its papers by their names."""
    told = text.content.get("promise") or {}
    names = {one.code: one.name for one in text.materials}
    return {
        "promise_field": told.get("field", ""),
        "promise_route": told.get("route", ""),
        "promise_says": "\n".join(told.get("promised", [])),
        "promise_demands": "\n".join(told.get("demands", [])),
        "promise_liability": "\n".join(told.get("liability", [])),
        "promise_check": told.get("check", ""),
        "promise_check_days": told.get("check_days") or None,
        "promise_papers": "\n".join(names.get(code, code) for code in told.get("materials", [])),
        "promise_basis": "，".join(told.get("basis", [])),
    }


def promise_of(main: dict[str, Any], materials: Sequence[MaterialText]) -> dict[str, Any] | None:
    """The promise that the filled fields say; None where no field is chosen and nothing is written."""
    codes = {one.name: one.code for one in materials}
    told = {
        "field": main.get("promise_field", ""),
        "route": main.get("promise_route", ""),
        "promised": _lines(main.get("promise_says", "")),
        "demands": _lines(main.get("promise_demands", "")),
        "liability": _lines(main.get("promise_liability", "")),
        "check": main.get("promise_check", ""),
        "check_days": main.get("promise_check_days") or 0,
        "materials": [codes.get(name, name) for name in _lines(main.get("promise_papers", ""))],
        "basis": [key for key in re.split(r"[,，、\s]+", main.get("promise_basis", "")) if key],
    }
    return told if any(told.values()) else None


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
