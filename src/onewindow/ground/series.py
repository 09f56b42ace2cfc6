"""编号: what is the next number of a series?"""

from __future__ import annotations

from django.db import connection

_TAKE = """
INSERT INTO ground_series (county, name, last) VALUES (%s, %s, 1)
ON CONFLICT (county, name) DO UPDATE SET last = ground_series.last + 1
RETURNING last
"""


def take(county: str, name: str) -> int:
    """The next number, from 1, gap-free: a rolled-back act gives its number back. Locks the series until commit."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [county, name])
        (number,) = cursor.fetchone()
    return int(number)
