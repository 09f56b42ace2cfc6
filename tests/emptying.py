"""What a test has committed is taken away: of all tables those that hold something, and of few rows row by row.

To truncate all tables makes their files anew, a thousand of them, however little a test wrote.
"""

from functools import cache
from typing import Any

import psycopg
from django.db import connection, transaction
from django.test import TransactionTestCase

from onewindow.config.postgres import APP, OWNER

# What Django itself wrote when the tables were made; no test touches it.
KEPT = ("django_content_type", "auth_permission")
MUCH = 4_000_000  # bytes
_truncated = TransactionTestCase._fixture_teardown


def allow(dsn: str) -> None:
    """The role of the tests may take rows away past the triggers that forbid it, on their own server alone."""
    server = psycopg.conninfo.make_conninfo(dsn, user=OWNER, dbname="postgres")
    with psycopg.connect(server, autocommit=True) as owner:
        owner.execute(f"GRANT SET ON PARAMETER session_replication_role TO {APP}")


def row_by_row() -> None:
    TransactionTestCase._fixture_teardown = _emptied


def _emptied(test: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        every = _tables()
        cursor.execute(
            f"LOCK TABLE {', '.join(every)} IN ACCESS EXCLUSIVE MODE"
        )  # whoever still writes, ends
        asked = (
            f"SELECT '{one}', pg_relation_size('{one}') WHERE EXISTS (SELECT FROM {one})" for one in every
        )
        cursor.execute(" UNION ALL ".join(asked))
        held = dict(cursor.fetchall())
        much = sum(held.values()) > MUCH
        if not much:
            cursor.execute("SET LOCAL session_replication_role = replica")
            for one in held:
                cursor.execute(f"DELETE FROM {one}")
    if much:
        _truncated(test)


@cache
def _tables() -> list[str]:
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return sorted(connection.ops.quote_name(name) for name in set(names) - set(KEPT))
