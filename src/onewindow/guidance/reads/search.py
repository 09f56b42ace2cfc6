"""搜索: which items, in which order, how many, and what can be narrowed down?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from onewindow.catalogue.handling import MEANS
from onewindow.guidance import words
from onewindow.guidance.reads import likely, literal
from onewindow.guidance.reads.wanted import WINDOW, Wanted

EXACT = 1  # rank of a name or everyday name that is the question
ENOUGH = 5  # so many items are called so that nobody needs to guess


class Hit(NamedTuple):
    """One item found; `why` is 1 when it is called so, 2 when it is meant, 3 when it only mentions it."""

    item: int
    why: int


@dataclass(frozen=True)
class Facet:
    """One value by which the hits can be narrowed down, with how many there are."""

    value: str
    count: int


@dataclass
class Found:
    """The hits in their order (a window of at most WINDOW), their number, and the facets over them."""

    hits: list[Hit] = field(default_factory=list)
    more: bool = False
    who: list[Facet] = field(default_factory=list)
    themes: list[Facet] = field(default_factory=list)
    kinds: list[Facet] = field(default_factory=list)
    departments: list[Facet] = field(default_factory=list)
    levels: list[Facet] = field(default_factory=list)
    handling: list[Facet] = field(default_factory=list)

    @property
    def count(self) -> str:
        """Exact up to WINDOW, "1,000+" beyond."""
        return f"{WINDOW:,}+" if self.more else str(len(self.hits))

    def page(self, number: int, size: int) -> list[Hit]:
        return self.hits[(number - 1) * size : number * size]


def search(county: str, wanted: Wanted) -> Found:
    """Find by what stands there, then by what is meant; a misspelt name is found by its other characters and sounds."""
    if not wanted.folded:
        return _counted(literal.rows(county, wanted), [], [])
    rows = literal.rows(county, wanted)
    least = literal.NAMED * len(wanted.parts)
    named = [row for row in rows if row[-1] <= least]
    rest = rows[len(named) :]
    if words.is_latin(wanted.folded):
        meant = [] if rows else likely.spelled_alike(county, wanted)
    elif len(rows) > WINDOW or _settled(named, wanted):
        meant = []
    else:
        meant = likely.rows(county, wanted, strict=bool(named))
    known = {row[0] for row in named}
    return _counted(named, [row for row in meant if row[0] not in known], rest)


def _settled(named: list[literal.Row], wanted: Wanted) -> bool:
    """Whether something is called exactly so, or so many things are called so that nobody needs to guess."""
    exactly = any(row[-1] <= EXACT for row in named)
    return exactly or (len(named) > ENOUGH and not likely.is_everyday(wanted))


def _counted(named: list[literal.Row], meant: list[literal.Row], rest: list[literal.Row]) -> Found:
    seen = {row[0] for row in (*named, *meant)}
    rest = [row for row in rest if row[0] not in seen]
    ordered = [(row, 1) for row in named] + [(row, 2) for row in meant] + [(row, 3) for row in rest]
    found = Found(more=len(ordered) > WINDOW)
    found.hits = [Hit(row[0], why) for row, why in ordered[:WINDOW]]
    _narrow_down(found, Counter(row[1] for row, _ in ordered[:WINDOW]))
    return found


def _narrow_down(found: Found, tags: Counter[str]) -> None:
    """The facets, from how often each tag stands in the window."""
    kinds, offices, who, themes, levels, how = (Counter[str]() for _ in range(6))
    for told, count in tags.items():
        tag = literal.of_tag(told)
        kinds[tag.kind] += count
        offices[tag.office] += count
        levels[tag.level] += count
        for counted, values in ((who, tag.who), (themes, tag.themes), (how, tag.handling)):
            for value in values:
                counted[value] += count
    found.kinds, found.departments = _facet(kinds), _facet(offices)
    found.who, found.themes, found.levels = _facet(who), _facet(themes), _facet(levels)
    found.handling = [Facet(word, how[word]) for word in MEANS if how[word]]


def _facet(counted: Counter[str]) -> list[Facet]:
    return [Facet(value, count) for value, count in counted.most_common(12)]
