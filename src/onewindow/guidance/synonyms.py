"""生活用语: what do people call things, and which words say nothing about what they want?"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from onewindow.guidance import words

GAP = "…"  # in the table: a few other characters may stand here
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
    apart: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]
    empty: frozenset[str]

    def groups(self, asked: str) -> list[Meaning]:
        """The words of a folded question, each with its terms; a word inside a longer known one is left out."""
        said = {word: terms for word, terms in self.meanings.items() if word in asked}
        said |= {hit.group(): terms for pattern, terms in self.apart if (hit := pattern.search(asked))}
        everyday = _longest(list(said))
        own = [
            word
            for word in words.words(asked)
            if word not in self.empty and not any(word in longer for longer in everyday)
        ]
        return [Meaning(word, said[word]) for word in everyday] + [Meaning(word) for word in own]

    def knows(self, asked: str) -> bool:
        """Whether the table has another word for a part of the question."""
        return any(word in asked for word in self.meanings) or any(one.search(asked) for one, _ in self.apart)


@cache
def table() -> Table:
    """The table that ships with the product."""
    kept = tomllib.loads(FILE.read_text(encoding="utf-8"))
    told = [
        (word, tuple(map(words.fold, terms)))
        for group in kept["meanings"].values()
        for word, terms in group.items()
    ]
    whole = {words.fold(word): terms for word, terms in told if GAP not in word}
    apart = tuple((_gapped(word), terms) for word, terms in told if GAP in word)
    return Table(whole, apart, frozenset(map(words.fold, kept["empty"]["words"])))


def _gapped(word: str) -> re.Pattern[str]:
    """盖…房: both parts in this order, a few characters between them."""
    return re.compile(".{0,5}?".join(re.escape(words.fold(part)) for part in word.split(GAP)))


def _longest(found: list[str]) -> list[str]:
    return [word for word in found if not any(word != other and word in other for other in found)]
