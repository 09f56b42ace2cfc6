"""一个数: one figure with what is wanted of it, as a line of the report."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Found:
    """What was measured, and whether it is as it should be; None where nothing is asked."""

    id: str
    what: str
    figure: str
    aim: str
    met: bool | None
