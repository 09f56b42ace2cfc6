"""照原样找: which items contain what was typed, in characters, in pinyin or in initials?

Every part of two characters or more is found: its grams narrow the rows down by the index, and from three
characters on the text itself is looked at. What two characters very many items hold is ranked beforehand.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import connection

from onewindow.catalogue import handling
from onewindow.catalogue.models import Item
from onewindow.guidance import words
from onewindow.guidance.models import Gram
from onewindow.guidance.reads.wanted import WINDOW, Sql, Wanted, all_of, narrowed

Row = tuple[int, str, int]  # item, tag (see `tag`), rank
# What is called like this comes first, then what is also called so, then what only mentions it.
NAMED = 4
OFTEN = 400  # two characters that more items hold than this are ranked when the index is made
CHOOSERS = 3
_FIELD, _VALUE = "\t", ","

_ROWS = """
SELECT item_id, tag, {rank} AS rank FROM (
  SELECT item_id, tag, is_open, named_to, also_to, brief_to, also, letters, initials{places}
  FROM guidance_listing WHERE {where} OFFSET 0
) AS held {met}
ORDER BY rank, NOT is_open, named_to, item_id LIMIT {limit}
"""
_IN_ORDER = """
SELECT item_id, tag, 5 FROM guidance_listing WHERE {where}
ORDER BY county, is_open DESC, length(title), item_id LIMIT {limit}
"""
_IDS = "SELECT item_id FROM guidance_listing WHERE {where} LIMIT {limit:d}"
# Where in the body a part first stands says how well it fits; a name of one's own counts before a part of a name.
_FITS = (
    "CASE WHEN {at} = 0 THEN 6"
    " WHEN {at} = 1 AND named_to = %s THEN 0 WHEN {at} = 1 THEN 2 WHEN {at} <= named_to THEN 3"
    " WHEN {at} <= also_to THEN CASE WHEN strpos(E'\\n' || also || E'\\n', %s) > 0 THEN 1 ELSE 4 END"
    " WHEN {at} <= brief_to THEN 5 ELSE 6 END"
)
_SPELLED = (
    "CASE WHEN strpos(E'\\n' || initials || E'\\n', %s) > 0 OR strpos(E'\\n' || letters || E'\\n', %s) > 0 THEN 1"
    " WHEN starts_with(letters, %s) OR starts_with(initials, %s) THEN 2"
    " WHEN strpos(E'\\n' || letters, %s) > 0 OR strpos(E'\\n' || initials, %s) > 0 THEN 3"
    " WHEN strpos(initials, %s) > 0 OR strpos(letters, %s) > 0 THEN 4 ELSE 5 END"
)


def tag(item: Item) -> str:
    """Everything by which an item can be narrowed down, in one text."""
    told = [item.kind, str(item.department_id), _VALUE.join(item.audience), _VALUE.join(item.themes)]
    how = _VALUE.join(handling.tags(item.current))
    return _FIELD.join([*told, str(item.online_depth), str(item.level), how])


class Tag(NamedTuple):
    """By what a hit can be narrowed down."""

    kind: str
    office: str
    who: list[str]
    themes: list[str]
    depth: int
    level: str
    handling: list[str]


def of_tag(told: str) -> Tag:
    """What `tag` put together."""
    kind, office, who, themes, depth, level, how = told.split(_FIELD)
    return Tag(kind, office, _several(who), _several(themes), int(depth), level, _several(how))


def _several(told: str) -> list[str]:
    return told.split(_VALUE) if told else []


def containing(county: str, typed: str, limit: int = WINDOW + 1) -> list[int]:
    """The items whose name, everyday names, office, theme, summary or materials contain the typed text."""
    wanted = Wanted(words=typed)
    if not wanted.folded:
        return []
    query = Sql.both([*narrowed(county, wanted), _contains(wanted.folded)])
    text = _IDS.format(where=query.text, limit=limit)
    with connection.cursor() as cursor:
        cursor.execute(text, query.values)
        return [item for (item,) in cursor.fetchall()]


def rows(county: str, wanted: Wanted) -> list[Row]:
    """At most WINDOW + 1 items that hold every part, best first."""
    parts = wanted.parts
    if all(len(part) == 1 for part in parts):
        return _in_order(county, wanted, parts)
    if len(parts) == 1 and len(parts[0]) == 2 and not wanted.is_narrowed:
        kept = Gram.objects.filter(county=county, gram=parts[0]).values_list("best", flat=True)
        if best := next(iter(kept), None):
            return unpacked(best)
    return _ranked(county, wanted, parts)


def ranked(county: str, part: str) -> list[Row]:
    """The rows of two characters, best first; ranked now, whatever was kept."""
    return _ranked(county, Wanted(words=part), [part])


def packed(rows: Iterable[Row]) -> dict[str, Any]:
    """Rows as they are kept: each tag once."""
    tags: dict[str, int] = {}
    return {
        "rows": [[item, tags.setdefault(told, len(tags)), rank] for item, told, rank in rows],
        "tags": list(tags),
    }


def unpacked(kept: dict[str, Any]) -> list[Row]:
    tags = kept["tags"]
    return [(item, tags[told], rank) for item, told, rank in kept["rows"]]


def _in_order(county: str, wanted: Wanted, parts: list[str]) -> list[Row]:
    """Open and short names first; with single characters, those whose name holds them all."""
    where = Sql.both([*narrowed(county, wanted), *(Sql("strpos(title, %s) > 0", [part]) for part in parts)])
    return _asked(_IN_ORDER.format(where=where.text, limit=WINDOW + 1), where.values)


def _ranked(county: str, wanted: Wanted, parts: list[str]) -> list[Row]:
    often = _frequencies(county, parts)
    han = [part for part in parts if not words.is_latin(part)]
    if any(gram not in often for part in han for gram in words.grams(part)):
        return []  # nobody holds these two characters side by side
    where = Sql.both([*narrowed(county, wanted), *(_found(part, often) for part in parts)])
    places = Sql("".join(f", strpos(body, %s) AS at{n}" for n, _ in enumerate(han)), list(han))
    met = [f"at{n} > 0" for n, part in enumerate(han) if len(part) > 2]
    ranks = [_fits(part, f"at{n}") for n, part in enumerate(han)]
    ranks += [_spelled(part) for part in parts if words.is_latin(part)]
    rank = Sql.both(ranks, " + ")
    text = _ROWS.format(
        rank=rank.text,
        places=places.text,
        where=where.text,
        met=f"WHERE {' AND '.join(met)}" if met else "",
        limit=WINDOW + 1,
    )
    return _asked(text, [*rank.values, *places.values, *where.values])


def _asked(text: str, values: list[Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        found: list[Row] = cursor.fetchall()
    return found


def _frequencies(county: str, parts: list[str]) -> dict[str, int]:
    """In how many bodies each gram of the parts occurs; one that stands in none is left out."""
    grams = {gram for part in parts for gram in words.grams(part)}
    kept = Gram.objects.filter(county=county, gram__in=grams, anywhere__gt=0)
    return dict(kept.values_list("gram", "anywhere"))


def _found(part: str, often: dict[str, int]) -> Sql:
    """The rows that may hold a part; whether characters really stand there is seen by their place."""
    if len(part) == 1:
        return Sql("strpos(body, %s) > 0", [part])
    if not words.is_latin(part):
        return Sql("whole @@ %s::tsquery", [_choosers(part, often)])
    short = Sql.both(
        [
            Sql("near @@ %s::tsquery", [all_of(f"^{gram}" for gram in words.grams(part))]),
            Sql("initials LIKE %s", [f"%{part}%"]),
        ]
    )
    ways = [_contains(part, often), short]
    if len(part) > 2:
        ways.append(Sql("letters LIKE %s", [f"%{part}%"]))
    return Sql.both(ways, " OR ")


def _choosers(part: str, often: dict[str, int]) -> str:
    return all_of(sorted(words.grams(part), key=lambda gram: often.get(gram, 0))[:CHOOSERS])


def _contains(part: str, often: dict[str, int] | None = None) -> Sql:
    """The rarest grams choose the rows by the index; the text itself decides."""
    if len(part) == 1:
        return Sql("body LIKE %s", [f"%{part}%"])
    grams = Sql("whole @@ %s::tsquery", [_choosers(part, often or {})])
    return grams if len(part) == 2 else Sql.both([grams, Sql("body LIKE %s", [f"%{part}%"])])


def _fits(part: str, at: str) -> Sql:
    return Sql(_FITS.format(at=at), [len(part), f"\n{part}\n"])


def _spelled(part: str) -> Sql:
    line = f"\n{part}\n"
    begins = f"\n{part}"
    return Sql(_SPELLED, [line, line, part, part, begins, begins, part, part])
