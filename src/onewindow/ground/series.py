"""编号: what is the next number of a series?"""

from __future__ import annotations

from django.db import connection

_TAKE = """
INSERT INTO ground_series (county, name, last) SELECT %s, name, 1 FROM unnest(%s::text[]) AS name
ON CONFLICT (county, name) DO UPDATE SET last = ground_series.last + 1
RETURNING name, last
"""


def take(county: str, name: str) -> int:
    """The next number, from 1, gap-free: a rolled-back act gives its number back. Locks the series until commit."""
    return take_each(county, name)[name]


def take_each(county: str, *names: str) -> dict[str, int]:
    """The next number of several series, in one statement; always locked in the same order."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [county, sorted(names)])
        return {name: int(number) for name, number in cursor.fetchall()}
