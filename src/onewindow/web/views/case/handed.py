"""交来的材料: what came in for each material, when, through whom, and which of it did something later replace?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onewindow.cases.judged import valid
from onewindow.cases.reads.whole import Paper, Whole
from onewindow.intake.models import Submitted

_ROUNDS = {"Received": "首次提交", "CorrectionReceived": "补正", "CorrectedOnSpot": "当场更正"}


@dataclass(frozen=True)
class Piece:
    """One thing that came in for a material: with which round, through whom, and what took its place."""

    one: Submitted
    round: str
    by: str
    replaced: str = ""


@dataclass(frozen=True)
class Handed:
    """One material with all that came for it, what holds first, and what the applicant was told to put right."""

    paper: Paper
    pieces: Sequence[Piece]
    demand: str = ""


def handed(whole: Whole, names: Mapping[str, str]) -> list[Handed]:
    """Every material of the list in its order."""
    demands = {point.material_id: point.demand for _, points in whole.corrections for point in points}
    return [
        Handed(paper, _pieces(paper, whole, names), demands.get(paper.material.pk, ""))
        for paper in whole.papers
    ]


def _pieces(paper: Paper, whole: Whole, names: Mapping[str, str]) -> list[Piece]:
    holds = {one.pk for one in valid(paper.submitted, whole.case.received_at)}
    told = [(one, *_round(one, whole, names)) for one in paper.submitted]
    new = next((word for one, word, _ in reversed(told) if one.pk in holds), "")
    made = [Piece(one, word, by, "" if one.pk in holds else f"已被{new}件替换") for one, word, by in told]
    return sorted(made, key=lambda piece: bool(piece.replaced))


def _round(one: Submitted, whole: Whole, names: Mapping[str, str]) -> tuple[str, str]:
    """With which fact it came; what is older than the receipt was put together for it."""
    entries = [entry for entry in whole.entries if entry.fact in _ROUNDS]
    entry: Any = next(
        (e for e in entries if e.fact != "Received" and e.at == one.added_at), entries[0] if entries else None
    )
    if entry is None:
        return "", ""
    online = entry.by.startswith(("party:", "bearer:"))
    return _ROUNDS[entry.fact], "申请人网上提交" if online else _received_by(names.get(entry.by, ""))


def _received_by(name: str) -> str:
    return f"{name}收" if name else ""
