"""字词: how is a text taken apart so that it can be found by its characters, its sounds and its words?

One spelling for index and question: `fold` makes it, everything else takes a folded text. A gram is two
characters side by side (a word of two characters is one gram, a longer one is found by all of its grams); a
sound is two syllables side by side, so that a wrong character of the same sound still meets the right one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import Any

import rjieba
from pypinyin import Style, lazy_pinyin

_HAN = re.compile(r"[\u3400-\u9fff]+")
_LATIN = re.compile(r"[a-z]+")
# Sounds that many speakers do not tell apart; both sides are written the same way.
_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"))
_EACH: Any = list  # what has no sound stands letter by letter (the stubs know only strings)
APART = "\n"  # between the fields of a text: no gram and no substring crosses it


def fold(text: str) -> str:
    """Letters, digits and characters only; full width, capitals and punctuation make no difference."""
    return "".join(char for char in unicodedata.normalize("NFKC", text).lower() if char.isalnum())


def joined(texts: Iterable[str]) -> str:
    """Folded texts one under the other, empty and repeated ones left out."""
    return APART.join(dict.fromkeys(filter(None, map(fold, texts))))


def grams(text: str) -> set[str]:
    """Every two neighbouring characters of a folded text."""
    return {a + b for a, b in pairwise(text) if APART not in (a, b)}


@lru_cache(maxsize=4096)
def syllables(text: str) -> tuple[str, ...]:
    """The sound of each character; runs of other letters stand as they are."""
    return tuple(lazy_pinyin(text, errors=_EACH))


def heard(text: str) -> str:
    """How each field sounds: its syllables between `~`, alike sounds written alike."""
    return APART.join(
        "~" + "".join(f"{_alike(one)}~" for one in syllables(part)) for part in text.split(APART)
    )


def sounds(how: str) -> set[str]:
    """Every two neighbouring syllables of what `heard` gave; each is a part of it, and no gram."""
    found: set[str] = set()
    for part in how.split(APART):
        said = part.strip("~").split("~")
        found |= {f"~{a}~{b}~" for a, b in pairwise(said)}
    return found


def spelled(text: str) -> str:
    """拼音: each field spelled out in letters without tones."""
    return APART.join("".join(syllables(part)) for part in text.split(APART))


def initials(text: str) -> str:
    """首字母 of each field: 身份证换领 → sfzhl."""
    first = (lazy_pinyin(part, style=Style.FIRST_LETTER, errors=_EACH) for part in text.split(APART))
    return APART.join("".join(one) for one in first)


def pieces(question: str) -> list[str]:
    """What the person set apart by blanks or punctuation, each folded."""
    return list(dict.fromkeys(filter(None, map(fold, re.split(r"[\s，。、；：？！,.;:?!|/]+", question)))))


def words(folded: str) -> list[str]:
    """The words of a sentence, of two characters or more."""
    found = rjieba.cut_for_search(folded)
    return list(dict.fromkeys(word for word in found if len(word) > 1))


def is_latin(folded: str) -> bool:
    """Whether somebody typed letters where characters are meant."""
    return _LATIN.fullmatch(folded) is not None


def has_han(folded: str) -> bool:
    return _HAN.search(folded) is not None


def _alike(syllable: str) -> str:
    for one, other in _ALIKE:
        syllable = syllable.replace(one, other)
    return syllable
