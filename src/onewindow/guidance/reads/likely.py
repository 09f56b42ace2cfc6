"""猜意思: which items does a sentence of everyday life mean, and which name was misspelt?

The words of the sentence and what the table of everyday words says for them are weighed by how rare they
are; characters and sounds in common make up for typing errors.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from onewindow.guidance import synonyms, words
from onewindow.guidance.models import Gram
from onewindow.guidance.reads.literal import Row
from onewindow.guidance.reads.wanted import Sql, Wanted, any_of, narrowed

POOL = 250  # how many candidates are weighed
KEEP = 60
COMMON = 4000  # a gram in more items than this chooses nobody
IN_TITLE, IN_ALSO, IN_BRIEF = 1.0, 0.95, 0.55
BY_TABLE = 0.9  # a term that the table gives counts a little less than the person's own word
LEAST, LEAST_STRICT = 0.3, 0.75


@dataclass(frozen=True)
class Group:
    """One word of the question with everything that means the same; `weight` grows with its rarity."""

    own: str
    terms: tuple[str, ...] = ()
    weight: float = 1.0


@dataclass(frozen=True)
class Question:
    """The words of the question, its grams, its sounds, and the weight of all its words."""

    groups: list[Group]
    own: set[str]
    said: set[str]
    total: float


@dataclass(frozen=True)
class Candidate:
    row: Row
    title: str
    also: str
    brief: str
    heard: str


_POOL = """
SELECT item_id, tag, 0, title, also, brief, heard
FROM guidance_listing WHERE {where} LIMIT {pool:d}
"""
_ALIKE = """
SELECT item_id, tag, 0 FROM guidance_listing
WHERE {where} AND %s <%% letters ORDER BY word_similarity(%s, letters) DESC, length(title), item_id LIMIT {keep:d}
"""


def rows(county: str, wanted: Wanted, *, strict: bool) -> list[Row]:
    """The items most likely meant, best first; `strict` leaves out those that share only a part of the question."""
    asked = wanted.folded
    told = synonyms.table().groups(asked)
    own, said = words.grams(asked), words.sounds(words.heard(asked))
    near = own | said
    terms = [term for group in told for term in (group.own, *group.terms)]
    rare = _rarity(county, near.union(*map(words.grams, terms)) if terms else near)
    groups = [Group(g.own, g.terms, weight) for g in told if (weight := _weight(g.own, g.terms, rare))]
    pool = _pool(county, wanted, _choosers(groups, near, rare))
    least = LEAST_STRICT if strict else LEAST
    question = Question(groups, own, said, sum(group.weight for group in groups))
    scored = [(_score(one, question, strict=strict), one) for one in pool]
    scored = [pair for pair in scored if pair[0] >= least]
    scored.sort(key=lambda pair: (-pair[0], len(pair[1].title), pair[1].row[0]))
    top = scored[0][0] if scored else 0.0
    return [one.row for score, one in scored[:KEEP] if score >= top * 0.4]


def is_everyday(wanted: Wanted) -> bool:
    """Whether the table knows another word for a part of what was typed."""
    return synonyms.table().knows(wanted.folded)


def spelled_alike(county: str, wanted: Wanted) -> list[Row]:
    """For pinyin with a typing error: spelled most like what was typed."""
    typed = wanted.folded
    if len(typed) < 4:
        return []
    where = Sql.both(narrowed(county, wanted))
    with connection.cursor() as cursor:
        cursor.execute(_ALIKE.format(where=where.text, keep=KEEP), [*where.values, typed, typed])
        found: list[Row] = cursor.fetchall()
    return found


def _rarity(county: str, grams: Iterable[str]) -> dict[str, int]:
    kept = Gram.objects.filter(county=county, gram__in=list(grams), items__gt=0)
    return dict(kept.values_list("gram", "items"))


def _occurs(term: str, rare: dict[str, int]) -> int:
    """In how many items a term can occur at most; 0 when one of its grams occurs nowhere."""
    return min((rare.get(gram, 0) for gram in words.grams(term)), default=0)


def _weight(own: str, terms: tuple[str, ...], rare: dict[str, int]) -> float:
    found = [n for term in (own, *terms) if (n := _occurs(term, rare))]
    return 1 / math.log(2 + sum(found)) if found else 0.0


def _choosers(groups: list[Group], near: set[str], rare: dict[str, int]) -> set[str]:
    """The rarest grams first, until they may choose about as many items as are weighed."""
    of_words = {
        min(words.grams(term), key=lambda gram: rare.get(gram, 0))
        for group in groups
        for term in (group.own, *group.terms)
        if _occurs(term, rare)
    }
    chosen: set[str] = set()
    room = POOL
    for gram in (
        *sorted(of_words, key=rare.__getitem__),
        *sorted(near & rare.keys() - of_words, key=rare.__getitem__),
    ):
        if rare[gram] > COMMON or (chosen and rare[gram] > room):
            continue
        chosen.add(gram)
        room -= rare[gram]
    return chosen


def _pool(county: str, wanted: Wanted, choosers: set[str]) -> list[Candidate]:
    if not choosers:
        return []
    where = Sql.both([*narrowed(county, wanted), Sql("near @@ %s::tsquery", [any_of(choosers)])])
    with connection.cursor() as cursor:
        cursor.execute(_POOL.format(where=where.text, pool=POOL * 2), where.values)
        return [Candidate(found[:3], *found[3:]) for found in cursor.fetchall()]


def _score(one: Candidate, asked: Question, *, strict: bool) -> float:
    met = 0.0
    if asked.total:
        met = sum(group.weight * _place(one, group) for group in asked.groups) / asked.total
    if strict:
        return met
    return 0.7 * met + 0.3 * _alike(one, asked) + 0.08 * _covered(one.title, asked.groups)


def _place(one: Candidate, group: Group) -> float:
    best = 0.0
    for term in (group.own, *group.terms):
        place = (
            IN_TITLE
            if term in one.title
            else IN_ALSO
            if term in one.also
            else IN_BRIEF
            if term in one.brief
            else 0
        )
        best = max(best, place * (1 if term == group.own else BY_TABLE))
    return best


def _covered(title: str, groups: list[Group]) -> float:
    """How much of the name the question speaks of."""
    met = {term for group in groups for term in (group.own, *group.terms) if term in title}
    return min(1.0, sum(map(len, met)) / max(len(title), 1))


def _alike(one: Candidate, asked: Question) -> float:
    """How much of its characters or sounds the best of its names shares with the question."""
    names, ways = f"{one.title}{words.APART}{one.also}".split(words.APART), one.heard.split(words.APART)
    by_eye = max(_shared(asked.own, name, len(name) - 1) for name in names)
    by_ear = max(_shared(asked.said, way, way.count("~") - 2) for way in ways)
    return max(by_eye, 0.95 * by_ear)


def _shared(pairs: set[str], name: str, held: int) -> float:
    """Twice what both have over what both hold together (Dice); `held` is how many pairs the name has."""
    met = sum(pair in name for pair in pairs)
    return 2 * met / (len(pairs) + held) if met else 0.0
