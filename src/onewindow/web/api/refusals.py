"""写明会怎样被拒绝: which answers does each operation declare?"""

from __future__ import annotations

from typing import Any

from onewindow.web.api.problems import Problem

ALWAYS = (400, 422, 429, 500, 503)
WITH_TOKEN = (401, 403)


def refusals(told: Any, *more: int, status: int = 200) -> dict[int, Any]:
    """The good answer and every refusal that may come instead."""
    return {status: told, **dict.fromkeys(sorted({*ALWAYS, *more}), Problem)}
