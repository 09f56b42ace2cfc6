"""版面块: of what is the body of a letter made? Paragraphs, lists and tables as plain values for the typesetter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from onewindow.letters.words import number

Run = tuple[str, str]  # style ("", "b" bold, "h" heading) and the text itself


@dataclass(frozen=True)
class Para:
    """One paragraph of runs, indented by two characters."""

    runs: tuple[Run, ...]

    def plain(self) -> dict[str, Any]:
        return {"t": "p", "runs": [list(run) for run in self.runs]}


@dataclass(frozen=True)
class Table:
    """A table whose head repeats on every page; a column is (head, share of the width, alignment)."""

    columns: tuple[tuple[str, float, str], ...]
    rows: tuple[tuple[str, ...], ...]
    headless: bool = False

    def plain(self) -> dict[str, Any]:
        return {
            "t": "table",
            "head": [] if self.headless else [head for head, _, _ in self.columns],
            "widths": [width for _, width, _ in self.columns],
            "align": [align for _, _, align in self.columns],
            "rows": [list(row) for row in self.rows],
        }


Block = Para | Table


@dataclass
class Body:
    """正文 in the making: paragraphs and numbered sections, in order."""

    blocks: list[Block] = field(default_factory=list)
    sections: int = 0

    def say(self, *runs: str | Run) -> Body:
        """A paragraph."""
        self.blocks.append(Para(tuple(run if isinstance(run, tuple) else ("", run) for run in runs)))
        return self

    def section(self, head: str, *runs: str | Run) -> Body:
        """A numbered section, 一、办结期限。…, whose text goes on in the same line."""
        self.sections += 1
        return self.say(("h", f"{number(self.sections)}、{head}。"), *runs)

    def points(self, texts: Iterable[str]) -> Body:
        """（一）… （二）…, one paragraph each; a single point needs no number."""
        listed = list(texts)
        for place, text in enumerate(listed, 1):
            self.say(f"（{number(place)}）{text}" if len(listed) > 1 else text)
        return self

    def table(
        self, columns: tuple[tuple[str, float, str], ...], rows: Iterable[tuple[str, ...]], **how: bool
    ) -> Body:
        self.blocks.append(Table(columns, tuple(rows), **how))
        return self


def bold(text: str) -> Run:
    return ("b", text)
