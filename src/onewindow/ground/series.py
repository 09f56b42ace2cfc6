"""编号: what is the next number of a series?"""

from __future__ import annotations

from collections.abc import Sequence

from onewindow.ground.prepared import rows

TAKE = """
INSERT INTO ground_series (county, name, last) SELECT %(county)s, name, 1 FROM unnest(%(names)s::text[]) name
ON CONFLICT (county, name) DO UPDATE SET last = ground_series.last + 1
RETURNING name, last
"""


def take(county: str, name: str) -> int:
    """The next number, from 1, gap-free: a rolled-back act gives its number back. Locks the series until commit."""
    (number,) = take_several(county, [name])
    return number


def take_several(county: str, names: Sequence[str]) -> list[int]:
    """The next number of each series, in one statement.

    They are locked in the order of their names, so that two who want the same ones never wait for each other.
    """
    taken: dict[str, int] = dict(rows(TAKE, {"county": county, "names": sorted(set(names))}))
    return [taken[name] for name in names]


_TAKE_IF_NEXT = """
INSERT INTO ground_series (county, name, last) SELECT %(county)s::varchar, %(name)s::varchar, 1
WHERE %(expected)s = 1 OR EXISTS (SELECT FROM ground_series WHERE county = %(county)s AND name = %(name)s)
ON CONFLICT (county, name) DO UPDATE SET last = ground_series.last + 1 WHERE ground_series.last = %(expected)s - 1
RETURNING last
"""


def take_if_next(county: str, name: str, expected: int) -> bool:
    """Take this very number if it is still the next one; nothing is taken, and nothing rolled back, when it is not."""
    told = {"county": county, "name": name, "expected": expected}
    return bool(rows(_TAKE_IF_NEXT, told))


_LAST = "SELECT last FROM ground_series WHERE county = %(county)s AND name = %(name)s"


def last(county: str, name: str) -> int:
    """The last number taken, 0 before the first; what comes next may be taken by somebody else meanwhile."""
    found = rows(_LAST, {"county": county, "name": name})
    return int(found[0][0]) if found else 0


_AT_LEAST = """
INSERT INTO ground_series (county, name, last) VALUES (%(county)s, %(name)s, %(number)s)
ON CONFLICT (county, name) DO UPDATE SET last = GREATEST(ground_series.last, EXCLUDED.last) RETURNING last
"""


def at_least(county: str, name: str, number: int) -> None:
    """The series goes on behind this number: it was given elsewhere."""
    rows(_AT_LEAST, {"county": county, "name": name, "number": number})
