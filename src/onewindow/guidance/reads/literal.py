"""照原样找: which items contain what was typed, in characters, in pinyin or in initials?

Every part of two characters or more is found: its grams narrow the rows down by the index, and from three
characters on the text itself is looked at.
"""

from __future__ import annotations

from django.db import connection

from onewindow.guidance import words
from onewindow.guidance.models import Gram
from onewindow.guidance.reads.wanted import WINDOW, Sql, Wanted, all_of, narrowed

Row = tuple[int, str, int, list[str], list[str], int, int]  # item, kind, office, who, themes, depth, rank
# What is called like this comes first, then what is also called so, then what only mentions it.
NAMED = 4
COMMON = 2000
CHOOSERS = 3

_ROWS = """
SELECT item_id, kind, department_id, audience, themes, online_depth, {rank} AS rank
FROM guidance_listing WHERE {where}
ORDER BY rank, NOT is_open, length(title), item_id LIMIT {limit}
"""

_SHORT = """
SELECT item_id, kind, department_id, audience, themes, online_depth, {rank} AS rank
FROM guidance_listing WHERE {where}
ORDER BY county, is_open DESC, length(title), item_id LIMIT {limit}
"""
_IDS = "SELECT item_id FROM guidance_listing WHERE {where} LIMIT {limit:d}"


def containing(county: str, typed: str, limit: int = WINDOW + 1) -> list[int]:
    """The items whose name, everyday names, office, theme, summary or materials contain the typed text."""
    wanted = Wanted(words=typed)
    if not wanted.folded:
        return []
    where = [*narrowed(county, wanted), _contains(wanted.folded)]
    query = Sql.both(where)
    text = _IDS.format(where=query.text, limit=limit)
    with connection.cursor() as cursor:
        cursor.execute(text, query.values)
        return [item for (item,) in cursor.fetchall()]


def rows(county: str, wanted: Wanted) -> list[Row]:
    """At most WINDOW + 1 items that hold every part, best first."""
    parts = wanted.parts
    often = _frequencies(county, parts)
    if len(parts) == 1 and _is_common(parts[0], often):
        short = _short_names(county, wanted, parts[0])
        if len(short) > WINDOW:
            return short
    where = Sql.both([*narrowed(county, wanted), *(_found(part, often) for part in parts)])
    rank = Sql.both([_rank(part) for part in parts], " + ") if parts else Sql("5", [])
    text = _ROWS.format(rank=rank.text, where=where.text, limit=WINDOW + 1)
    with connection.cursor() as cursor:
        cursor.execute(text, [*rank.values, *where.values])
        found: list[Row] = cursor.fetchall()
    return found


def _frequencies(county: str, parts: list[str]) -> dict[str, int]:
    """In how many items each gram of the parts occurs; one that only materials hold counts as rare."""
    grams = {gram for part in parts for gram in words.grams(part)}
    return dict(Gram.objects.filter(county=county, gram__in=grams).values_list("gram", "items"))


def _is_common(part: str, often: dict[str, int]) -> bool:
    """Whether so many items say this that ranking them all would take too long."""
    return words.has_han(part) and min((often.get(g, 0) for g in words.grams(part)), default=0) > COMMON


def _short_names(county: str, wanted: Wanted, part: str) -> list[Row]:
    """The first items, open and short names first, whose name holds a common word; read in that order by an index."""
    where = Sql.both([*narrowed(county, wanted), Sql("title LIKE %s", [f"%{part}%"])])
    rank = _rank(part)
    text = _SHORT.format(rank=rank.text, where=where.text, limit=WINDOW + 1)
    with connection.cursor() as cursor:
        cursor.execute(text, [*rank.values, *where.values])
        found: list[Row] = cursor.fetchall()
    return sorted(found, key=lambda row: row[-1])


def _found(part: str, often: dict[str, int]) -> Sql:
    if len(part) == 1:
        return Sql("title LIKE %s", [f"%{part}%"])
    if not words.is_latin(part):
        return _contains(part, often)
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


def _contains(part: str, often: dict[str, int] | None = None) -> Sql:
    """The rarest grams choose the rows by the index; the text itself decides."""
    if len(part) == 1:
        return Sql("body LIKE %s", [f"%{part}%"])
    rarest = sorted(words.grams(part), key=lambda gram: (often or {}).get(gram, 0))[:CHOOSERS]
    grams = Sql("whole @@ %s::tsquery", [all_of(rarest)])
    return grams if len(part) == 2 else Sql.both([grams, Sql("body LIKE %s", [f"%{part}%"])])


def _rank(part: str) -> Sql:
    within, line = f"%{part}%", f"%\n{part}\n%"
    if not words.is_latin(part):
        return Sql(
            "CASE WHEN title = %s THEN 0 WHEN title LIKE %s THEN 2 WHEN title LIKE %s THEN 3"
            " WHEN also LIKE %s THEN CASE WHEN E'\\n' || also || E'\\n' LIKE %s THEN 1 ELSE 4 END"
            " WHEN brief LIKE %s THEN 5 ELSE 6 END",
            [part, f"{part}%", within, within, line, within],
        )
    return Sql(
        "CASE WHEN E'\\n' || initials || E'\\n' LIKE %s OR E'\\n' || letters || E'\\n' LIKE %s THEN 1"
        " WHEN letters LIKE %s OR initials LIKE %s THEN 2 WHEN E'\\n' || letters LIKE %s THEN 3"
        " WHEN initials LIKE %s OR letters LIKE %s THEN 4 ELSE 5 END",
        [line, line, f"{part}%", f"{part}%", f"%\n{part}%", within, within],
    )
