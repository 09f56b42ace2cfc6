"""`ground/prepared.py` and `ground/postgresql` lean on names that Django keeps to itself; an upgrade that changes one stops here."""

import inspect

import pytest
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import SessionBase
from django.db import connection
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.models import Field, Model, QuerySet
from django.db.models.query import ModelIterable
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.query import Query
from psycopg import Connection, Cursor, RawCursor

from onewindow.cases.models import Case

SEE = "ground/prepared.py leans on it: mend it there, or take it out as docs/adr/0010 says"
TAKES: list[tuple[type, str, tuple[str, ...]]] = [
    (DatabaseWrapper, "_prepare_cursor", ("self", "cursor")),
    (DatabaseWrapper, "close_if_health_check_failed", ("self",)),
    (Query, "get_compiler", ("self", "using", "connection", "elide_empty")),
    (SQLCompiler, "as_sql", ("self", "with_limits", "with_col_aliases")),
    (SQLCompiler, "execute_sql", ("self", "result_type", "chunked_fetch", "chunk_size")),
    (SQLCompiler, "get_converters", ("self", "expressions")),
    (SQLCompiler, "results_iter", ("self", "results", "tuple_expected", "chunked_fetch", "chunk_size")),
    (ModelIterable, "__init__", ("self", "queryset", "chunked_fetch", "chunk_size")),
    (Field, "pre_save", ("self", "model_instance", "add")),
    (Field, "get_db_prep_save", ("self", "value", "connection")),
    (Cursor, "execute", ("self", "query", "params", "prepare", "binary")),
    (RawCursor, "execute", ("self", "query", "params", "prepare", "binary")),
    (Connection, "pipeline", ("self",)),
    (DatabaseWrapper, "_commit", ("self",)),
    (DatabaseWrapper, "_rollback", ("self",)),
    (DatabaseWrapper, "init_connection_state", ("self",)),
]


@pytest.mark.parametrize(("owner", "name", "takes"), TAKES)
def test_what_is_called_is_there_and_takes_what_we_tell_it(
    owner: type, name: str, takes: tuple[str, ...]
) -> None:
    called = getattr(owner, name, None)
    assert called is not None, f"{owner.__name__}.{name} is gone: {SEE}"
    found = tuple(inspect.signature(called).parameters)
    assert found == takes, f"{owner.__name__}.{name}{found}: {SEE}"


@pytest.mark.django_db
def test_a_compiler_keeps_what_objects_are_made_of() -> None:
    compiler = Case.objects.select_related("applicant").query.get_compiler(using=connection.alias)
    text, values = compiler.as_sql(with_col_aliases=False)
    for name, kind in (("select", list), ("klass_info", dict), ("annotation_col_map", dict)):
        assert isinstance(getattr(compiler, name, None), kind), f"SQLCompiler.{name}: {SEE}"
    assert text.startswith("SELECT "), SEE
    assert list(values) == [], SEE


def test_objects_are_made_from_these_names_of_a_queryset_and_no_others() -> None:
    """A queryset's stand-in has three names; the model is asked for known related objects, and it knows none."""
    used = {"db", "query", "_known_related_objects", "model"}
    code = inspect.getsource(ModelIterable.__iter__)
    read = {word.split(".")[1].split("[")[0] for word in _words(code) if word.startswith("queryset.")}
    assert read == used, f"ModelIterable reads {sorted(read)}: {SEE}"
    assert all(hasattr(QuerySet(Case), name) for name in used), SEE


def test_a_row_knows_whether_it_is_new_and_a_connection_when_it_prepares() -> None:
    fresh: Model = Case()
    assert fresh._state.adding is True, SEE
    assert fresh._state.db is None, SEE
    assert isinstance(Connection.prepare_threshold, property), SEE


def test_a_session_that_is_not_there_forgets_its_key_as_those_of_django_do() -> None:
    assert SessionBase("somebody's")._session_key == "somebody's", SEE
    assert "self._session_key = None" in inspect.getsource(db.SessionStore), SEE


def test_a_connection_knows_how_deep_its_transaction_is() -> None:
    assert connection.atomic_blocks == [], SEE


def _words(code: str) -> list[str]:
    for sign in "()[],:=\n":
        code = code.replace(sign, " ")
    return code.split()
