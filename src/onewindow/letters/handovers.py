"""工作移交单: how is the list of what went from one officer to another set on paper, with both signatures?

A sheet for the file of the office: it orders nothing outside, so it bears no seal and no number of the letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from onewindow.letters.compiling import compiled
from onewindow.letters.fonts import chosen_folder, clean, font_set

TEMPLATE = Path(__file__).parent / "typeset" / "handover.typ"
DEMO = "演示"


@dataclass(frozen=True)
class Row:
    """One thing that was open: what, until when, and whether it went over."""

    kind: str
    number: str
    title: str
    due: str
    moved: str


@dataclass(frozen=True)
class HandoverSheet:
    """All that the sheet says; plain values."""

    number: str
    organ: str
    told: Sequence[tuple[str, str]]
    rows: Sequence[Row]
    signed: Sequence[tuple[str, str, str]]  # who, his name, when
    drawn: datetime
    demo: bool


def typeset(sheet: HandoverSheet) -> bytes:
    """The sheet as PDF/A-2b, with the fonts of the letters."""
    folder = chosen_folder()
    fonts = font_set(folder)
    plain = asdict(sheet)
    del plain["drawn"], plain["demo"]
    plain["drawn"] = f"{sheet.drawn.year} 年 {sheet.drawn.month} 月 {sheet.drawn.day} 日 {sheet.drawn:%H:%M}"
    plain["mark"] = DEMO if sheet.demo else ""
    told = _cleaned(plain, fonts.has)
    told["fonts"] = {"title": fonts.title, "body": fonts.body, "hei": fonts.hei}
    drawn = sheet.drawn.astimezone(UTC).replace(microsecond=0)
    return compiled(TEMPLATE, {"handover": told}, fonts, folder, at=drawn)


def _cleaned(value: Any, has: frozenset[int]) -> Any:
    if isinstance(value, str):
        return clean(value, has, set())
    if isinstance(value, dict):
        return {name: _cleaned(one, has) for name, one in value.items()}
    return [_cleaned(one, has) for one in value] if isinstance(value, list | tuple) else value
