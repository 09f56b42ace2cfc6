"""期限证明: how is the reckoning of one term set on paper, every day on a line of its own?

It explains and orders nothing, so it bears no number, no seal and no signature, and says so on every page.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from onewindow.letters.compiling import compiled
from onewindow.letters.fonts import chosen_folder, clean, font_set

TEMPLATE = Path(__file__).parent / "typeset" / "proof.typ"
NO_LETTER = "本页为计算说明，不是法律文书"
DEMO = "演示"
_WEEK = "一二三四五六日"


@dataclass(frozen=True)
class Row:
    """One day: how it counted in a word, why, and the number of its source in the list below (0: none)."""

    on: date
    counted: bool
    said: str
    reason: str
    basis: int
    last: bool


@dataclass(frozen=True)
class Words:
    """One clause in its own words."""

    source: str
    clause: str
    quote: str
    verified: bool = True


@dataclass(frozen=True)
class ProofSheet:
    """All that the sheet of one term says; plain values, so that page, paper and program say the same."""

    key: str
    case: str
    item: str
    organ: str
    title: str
    answer: str
    provisional: str
    told: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    total: int
    sources: tuple[str, ...]
    clauses: tuple[Words, ...]
    rules: tuple[Words, ...]
    notes: tuple[str, ...]
    drawn: datetime
    demo: bool


def typeset(sheet: ProofSheet) -> bytes:
    """The sheet as PDF/A-2b, with the fonts of the letters."""
    folder = chosen_folder()
    fonts = font_set(folder)
    told = _cleaned(_plain(sheet), fonts.has, set())
    told["fonts"] = {"title": fonts.title, "body": fonts.body, "hei": fonts.hei}
    drawn = sheet.drawn.astimezone(UTC).replace(microsecond=0)
    return compiled(TEMPLATE, {"proof": told}, fonts, folder, at=drawn)


def _plain(sheet: ProofSheet) -> dict[str, Any]:
    """What the template reads: dates in words, everything else as it is."""
    plain = asdict(sheet)
    del plain["drawn"]
    return plain | {
        "rows": [_row(row) for row in sheet.rows],
        "drawn": f"{sheet.drawn.year} 年 {sheet.drawn.month} 月 {sheet.drawn.day} 日 {sheet.drawn:%H:%M}",
        "mark": DEMO if sheet.demo else "",
        "no_letter": NO_LETTER,
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "day": row.on.isoformat(),
        "week": f"星期{_WEEK[row.on.weekday()]}",
        "said": row.said,
        "counted": row.counted,
        "reason": row.reason,
        "basis": f"[{row.basis}]" if row.basis else "",
        "last": row.last,
    }


def _cleaned(value: Any, has: frozenset[int], missing: set[str]) -> Any:
    if isinstance(value, str):
        return clean(value, has, missing)
    if isinstance(value, dict):
        return {name: _cleaned(one, has, missing) for name, one in value.items()}
    return [_cleaned(one, has, missing) for one in value] if isinstance(value, list | tuple) else value
