"""常问的: how does a question that is asked with every request cost its planning once, and not every time?

Django sends each statement as text with its values in it, and the database plans it anew. A prepared one is
planned once per connection. It passes through Django's own wrapper: counted, logged and its errors translated
like every other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django.db import connection
from psycopg import Cursor
from psycopg.rows import TupleRow


class _Planned(Cursor[TupleRow]):
    """A cursor whose statements are prepared by the database."""

    def execute(self, query: Any, params: Any = None, **_: Any) -> _Planned:
        super().execute(query, params, prepare=True)
        return self


def rows(statement: str, told: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """What the database answers; `statement` is always the same text, `told` its named values."""
    connection.ensure_connection()
    # Django's own wrapping, around a cursor that binds at the server; it has no public name.
    prepare = cast(Any, connection)._prepare_cursor
    with prepare(_Planned(cast(Any, connection.connection))) as cursor:
        cursor.execute(statement, told)
        return cast(list[tuple[Any, ...]], cursor.fetchall())
