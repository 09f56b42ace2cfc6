"""生活用语: what do people call things, and which words say nothing about what they want?"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from onewindow.guidance import words

FILE = Path(__file__).parent / "data" / "synonyms.toml"


@dataclass(frozen=True)
class Meaning:
    """One word of a question and the terms of the catalogue that mean the same."""

    own: str
    terms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """The curated table: everyday word → terms, and the words to pass over."""

    meanings: dict[str, tuple[str, ...]]
    empty: frozenset[str]

    def groups(self, asked: str) -> list[Meaning]:
        """The words of a folded question, each with its terms; a word inside a longer known one is left out."""
        everyday = _longest([word for word in self.meanings if word in asked])
        own = [
            word
            for word in words.words(asked)
            if word not in self.empty and not any(word in longer for longer in everyday)
        ]
        return [Meaning(word, self.meanings[word]) for word in everyday] + [Meaning(word) for word in own]


@cache
def table() -> Table:
    """The table that ships with the product."""
    kept = tomllib.loads(FILE.read_text(encoding="utf-8"))
    meanings = {
        words.fold(word): tuple(words.fold(term) for term in terms)
        for group in kept["meanings"].values()
        for word, terms in group.items()
    }
    return Table(meanings, frozenset(map(words.fold, kept["empty"]["words"])))


def _longest(found: list[str]) -> list[str]:
    return [word for word in found if not any(word != other and word in other for other in found)]
