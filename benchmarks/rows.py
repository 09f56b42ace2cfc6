"""快速装数据: how do a million rows get into the tables in minutes, as the product itself would have written them?

A row starts from the columns of one model object, prepared once; what differs is put over it, and the
batch goes in by COPY.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from psycopg import sql


class Table:
    """The rows of one model that wait for the next COPY."""

    def __init__(self, model: type[Model], like: Model) -> None:
        fields = model._meta.concrete_fields
        self.name = model._meta.db_table
        self.columns = [str(field.column) for field in fields]
        self.like = [field.get_db_prep_save(getattr(like, field.attname), connection) for field in fields]
        self.place = {column: n for n, column in enumerate(self.columns)}
        self.next = self._last() + 1
        self.rows: list[list[Any]] = []

    def add(self, **different: Any) -> int:
        """One more row; answers its id."""
        row = list(self.like)
        row[self.place["id"]] = self.next
        for column, value in different.items():
            row[self.place[column]] = value
        self.rows.append(row)
        self.next += 1
        return self.next - 1

    def flush(self) -> None:
        names: list[sql.Composable] = [sql.Identifier(one) for one in self.columns]
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(self.name), sql.SQL(", ").join(names)
        )
        with connection.cursor() as cursor, cursor.copy(statement.as_string(cursor.connection)) as copy:
            for row in self.rows:
                copy.write_row(row)
        self.rows.clear()

    def end(self) -> None:
        """The next id that the database gives itself comes after ours."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{self.name}', 'id'), {self.next})"  # our own names
            )

    def _last(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT coalesce(max(id), 0) FROM {self.name}")  # our own names
            return int(cursor.fetchone()[0])


def put(tables: Iterable[Table]) -> None:
    """All that waits, in one transaction."""
    with transaction.atomic():
        for table in tables:
            table.flush()
