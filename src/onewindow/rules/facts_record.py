"""更正记载的事实: what can happen to a fact that was written down and is wrong?

Nothing is ever taken out of the journal: a wrong fact is named by its number there (`place`), and stays readable.
The bodies hold row ids, places and the cause as a code; what the officers wrote stands in the row.
"""

from __future__ import annotations

from dataclasses import dataclass

from onewindow.rules.facts import TERMS_ZH, Fact


@dataclass(frozen=True, kw_only=True)
class VoidAsked(Fact):
    """提出作废: the fact at this place is wrong; a second person decides whether it is."""

    voiding: int
    place: int


@dataclass(frozen=True, kw_only=True)
class VoidDeclined(Fact):
    """作废未获同意: the fact stays as it is."""

    voiding: int
    place: int


@dataclass(frozen=True, kw_only=True)
class Voided(Fact):
    """作废记载: from here on the history is read without the fact at this place.

    `also`: what time by itself had built upon it and what cannot be without it; `cause` is told in public words.
    """

    voiding: int
    place: int
    cause: str
    also: tuple[int, ...] = ()


TERMS_ZH.update(
    {
        "VoidAsked": "提出作废一项记载",
        "VoidDeclined": "作废未获同意",
        "Voided": "作废一项记载",
    }
)
