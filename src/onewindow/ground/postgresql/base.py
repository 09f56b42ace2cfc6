"""等数据库多久: how long does a page wait for a database that does not answer, before it says so?

Django's own engine with some differences. Where `PATIENCE` is set among its options (seconds), a statement that
gets no answer for so long is given up and its connection closed. A server that stands still keeps its sockets
open, so nothing else would ever wake the thread that waits. And whether a connection still lives is first
seen from its socket: a server that ended it has left word there, so that no request pays a statement to ask. And the
last statement of a transaction may go out together with its COMMIT, so that what it locks waits for no answer of ours. And what
was asked can be read afterwards also where the database had planned it before.
"""

from __future__ import annotations

import select
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from django.db.backends.postgresql.operations import DatabaseOperations
from psycopg.pq import TransactionStatus

_SILENT: Any = psycopg.errors._WaitTimeout  # has no public name


class Patient(psycopg.Connection[Any]):
    """A connection that waits so long and no longer."""

    patience: float | None = None

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        try:
            return super().wait(gen, interval, self.patience if timeout is None else timeout)
        except _SILENT as silent:
            self.pgconn.finish()  # an answer that comes later is nobody's
            raise psycopg.OperationalError("the database did not answer in time") from silent


class Operations(DatabaseOperations):
    """What was asked, for whoever reads Django's list of queries."""

    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> str:
        return super().last_executed_query(cursor, sql, params) or str(sql)


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL, asked with patience."""

    ops_class = Operations

    Database: Any = SimpleNamespace(**{**vars(psycopg), "connect": Patient.connect})

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        params.pop("PATIENCE", None)
        return params

    # What goes out with the next COMMIT: how it is sent, and who hears what it answered.
    last: tuple[Callable[[], Any], Callable[[Any], None]] | None = None

    def _commit(self) -> None:
        if self.last is None or self.connection is None:
            super()._commit()  # type: ignore[misc]
            return
        (send, hear), self.last = self.last, None
        with self.wrap_database_errors:
            hear(self._sent_last(send))

    def _sent_last(self, send: Callable[[], Any]) -> Any:
        """With the COMMIT; or alone where nothing was asked before it, since a statement alone is a transaction."""
        if self.connection.pgconn.transaction_status == TransactionStatus.IDLE:
            self.connection.autocommit = True
            return send()
        with self.connection.pipeline():
            sent = send()
            super()._commit()  # type: ignore[misc]
        return sent

    def _rollback(self) -> None:
        self.last = None
        super()._rollback()  # type: ignore[misc]

    def close(self) -> None:
        self.last = None
        super().close()

    def is_usable(self) -> bool:
        """Asked once for each request; the database itself is asked only when something came in unasked."""
        if self.connection is None or self.connection.closed:
            return False
        heard = select.poll()
        heard.register(self.connection.fileno(), select.POLLIN)
        return not heard.poll(0) or super().is_usable()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        made = super().get_new_connection(conn_params)
        made.patience = self.settings_dict["OPTIONS"].get("PATIENCE")
        return made
