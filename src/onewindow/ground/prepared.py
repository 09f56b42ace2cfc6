"""常问的: how does a question that is asked with every request cost its wording and its planning once, not every time?

Django words a query anew each time and sends it as text with its values in it, so that the database plans it
anew too. A `Question` is worded once for each thread and prepared: planned once for each connection. It
passes through Django's own wrapper: counted, logged, its errors translated like every other. It leans on
names that Django keeps to itself: docs/adr/0010 lists them, tests/ground/test_leaning.py holds them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from functools import cache
from itertools import count
from types import SimpleNamespace
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import (
    AutoField,
    BigAutoField,
    BigIntegerField,
    BinaryField,
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    Field,
    ForeignKey,
    IntegerField,
    Model,
    PositiveIntegerField,
    PositiveSmallIntegerField,
    QuerySet,
    SmallIntegerField,
    TextField,
    UUIDField,
)
from django.db.models.query import ModelIterable
from psycopg import Cursor, RawCursor, sql
from psycopg.rows import TupleRow

from onewindow.ground.together import MARK, Piece, Together, numbered, waiting, worded
from onewindow.ground.together import together as begun

Row = TypeVar("Row", bound=Model)
_Shape = tuple[
    bool, tuple[tuple[str, str], ...]
]  # whether a new row has its number, and what words give its columns


NOT_BY_ITSELF = 1_000_000_000  # Django allows no preparing at all; we prepare what we name, and nothing else


class _Planned(Cursor[TupleRow]):
    """A cursor whose statements are prepared by the database."""

    def execute(self, query: Any, params: Any = None, **_: Any) -> _Planned:
        if self.connection.prepare_threshold is None:
            self.connection.prepare_threshold = NOT_BY_ITSELF
        super().execute(query, params, prepare=True)
        return self


def rows(statement: str, told: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """What the database answers; `statement` is always the same text, `told` its named values."""
    # Django's own wrapping, around a cursor that binds at the server; it has no public name.
    there: Any = connections[DEFAULT_DB_ALIAS]
    with there._prepare_cursor(_Planned(_connected(there))) as cursor:
        cursor.execute(statement, told)
        return cast(list[tuple[Any, ...]], cursor.fetchall())


def _connected(there: Any) -> Any:
    """The driver's own connection; one that broke since the last request is opened anew, as for Django's cursors."""
    there.close_if_health_check_failed()
    there.ensure_connection()
    return there.connection


class _Numbered(RawCursor[TupleRow]):
    """The same for a statement whose values are numbered."""

    told: list[Any] = []

    def execute(self, query: Any, params: Any = None, **_: Any) -> _Numbered:
        if self.connection.prepare_threshold is None:
            self.connection.prepare_threshold = NOT_BY_ITSELF
        super().execute(query, self.told, prepare=True)
        return self


def _ask(statement: str, told: list[Any]) -> list[tuple[Any, ...]]:
    """What the database answers to a statement with the values `told` in the places $1, $2 …"""
    return cast(list[tuple[Any, ...]], _sent(statement, told).fetchall())


def _sent(statement: str, told: list[Any]) -> Any:
    there: Any = connections[DEFAULT_DB_ALIAS]
    cursor = _Numbered(_connected(there))
    cursor.told = told
    wrapped = there._prepare_cursor(cursor)
    wrapped.execute(statement)
    return wrapped


def _ask_last(statement: str, told: list[Any], hear: Callable[[list[tuple[Any, ...]]], None]) -> None:
    """The same as the last statement of its transaction, which goes out with the COMMIT where that comes next."""
    there: Any = connections[DEFAULT_DB_ALIAS]
    if len(there.atomic_blocks) == 1:
        there.last = (lambda: _sent(statement, told), lambda sent: hear(sent.fetchall()))
    else:  # inside another transaction, as in a test
        hear(_ask(statement, told))


def together(*models: type[Model], last: bool = False) -> AbstractContextManager[Together]:
    """All that is put and changed inside goes out as one statement (`ground/together.py`).

    `last`: nothing follows it in its transaction, so what it answers is known when the transaction is through.
    """
    return begun(_ask, *models, ask_last=_ask_last if last else None)


def answers(*questions: Piece) -> tuple[Any, ...]:
    """What each of these answers in its one column, all asked in one statement; `worded` makes a question."""
    (found,) = _ask(
        _selected(tuple(text for text, _ in questions)), [v for _, told in questions for v in told]
    )
    return found


@cache
def _selected(texts: tuple[str, ...]) -> str:
    return numbered(f"SELECT {', '.join(texts)}")


def next_number(model: type[Model]) -> Piece:
    """The question for the number of a new row."""
    return f"nextval('{_sequence(model)}')", []  # our own name, found by the database once and not each time


@cache
def _sequence(model: type[Model]) -> str:
    told = {"table": f'"{model._meta.db_table}"', "key": model._meta.pk.column}
    ((name,),) = rows("SELECT pg_get_serial_sequence(%(table)s, %(key)s)", told)
    return cast(str, name)


def put(*objects: Row, leaves: bool = False) -> None:
    """Write new objects of one model in one statement, as `save` would; each learns its number.

    Inside `together` those wait for whom a number was drawn, and `leaves`: rows to which no other points, and which
    never learn theirs. All others are written at once.
    """
    if not objects:
        return
    model = type(objects[0])
    table = _table(model)
    if (waits := waiting()) is not None and (leaves or waits.numbers(model) >= len(objects)):
        for one in objects:
            one.pk = None if leaves else waits.number(model)
            one._state.adding, one._state.db = False, DEFAULT_DB_ALIAS
        waits.wait(lambda: table.piece(objects, waits), *objects)
        return
    found = rows(table.statement(len(objects)), table.values(objects))
    for one, (number,) in zip(objects, found, strict=True):
        one.pk = number
        one._state.adding, one._state.db = False, connection.alias


def change(one: Model, *names: str) -> None:
    """Write these fields of a row that is there, as `save(update_fields=names)` would."""
    table = _table(type(one))
    if (waits := waiting()) is None:
        rows(*table.update(one, names))
    elif not waits.holds(one):
        waits.wait(lambda: worded(*table.update(one, names)))


class _Table:
    """The INSERT and the UPDATE of one model."""

    def __init__(self, model: type[Model]) -> None:
        self.fields = [field for field in model._meta.concrete_fields if not field.primary_key]
        self.kinds = [(field, _plain(field)) for field in self.fields]
        self.name, self.key = model._meta.db_table, model._meta.pk.column
        self.columns = ", ".join(f'"{field.column}"' for field in self.fields)
        self.texts: dict[int, str] = {}
        self.pieces: dict[tuple[_Shape, ...], str] = {}

    def statement(self, number: int) -> str:
        if number not in self.texts:
            lines = (", ".join(f"%(v{line}_{n})s" for n in range(len(self.fields))) for line in range(number))
            values = ", ".join(f"({line})" for line in lines)
            self.texts[number] = (
                f'INSERT INTO "{self.name}" ({self.columns}) VALUES {values} RETURNING "{self.key}"'  # noqa: S608
            )
        return self.texts[number]

    def piece(self, objects: Sequence[Model], waits: Together) -> Piece:
        """The INSERT as a part of a larger statement, with the numbers and words that were given to its rows."""
        shape: list[_Shape] = []
        told: list[Any] = []
        for one in objects:
            words, numbered = waits.words(one), one.pk is not None
            shape.append((numbered, tuple(words.items())))
            if numbered:
                told.append(one.pk)
            told += self._row(one, words)
        return self._worded(tuple(shape)), told

    def _row(self, one: Model, words: Mapping[str, str]) -> list[Any]:
        """The values of its columns, without those that `words` give."""
        there, kept, told = connections[DEFAULT_DB_ALIAS], one.__dict__, []
        for field, plain in self.kinds:
            if words and field.name in words:
                continue
            value = kept[field.attname] if plain else field.pre_save(one, True)
            told.append(value if type(value) in plain else field.get_db_prep_save(value, there))
        return told

    def _worded(self, shape: tuple[_Shape, ...]) -> str:
        """The INSERT of such rows: the very same text each time, so that what is made of it is found again."""
        if shape not in self.pieces:
            lines = []
            for numbered, told in shape:
                words = dict(told)
                line = [MARK] * numbered + [words.get(field.name, MARK) for field in self.fields]
                lines.append(f"({', '.join(line)})")
            columns = f'"{self.key}", {self.columns}' if shape[0][0] else self.columns
            self.pieces[shape] = f'INSERT INTO "{self.name}" ({columns}) VALUES {", ".join(lines)}'  # noqa: S608
        return self.pieces[shape]

    def update(self, one: Model, names: Sequence[str]) -> tuple[str, dict[str, Any]]:
        fields = [field for field in self.fields if field.name in names]
        told = {
            f"v{n}": field.get_db_prep_save(field.pre_save(one, False), connection)
            for n, field in enumerate(fields)
        }
        sets = ", ".join(f'"{field.column}" = %(v{n})s' for n, field in enumerate(fields))
        text = f'UPDATE "{self.name}" SET {sets} WHERE "{self.key}" = %(pk)s RETURNING "{self.key}"'  # noqa: S608
        return text, {**told, "pk": one.pk}

    def values(self, objects: Sequence[Model]) -> dict[str, Any]:
        there, told = connections[DEFAULT_DB_ALIAS], {}
        for line, one in enumerate(objects):
            for n, (field, plain) in enumerate(self.kinds):
                value = one.__dict__[field.attname] if plain else field.pre_save(one, True)
                ready = type(value) in plain
                told[f"v{line}_{n}"] = value if ready else field.get_db_prep_save(value, there)
        return told


@cache
def _table(model: type[Model]) -> _Table:
    return _Table(model)


def _plain(field: Field[Any, Any]) -> tuple[type, ...]:
    """The types whose values Django would hand to the database unchanged for a field of this very kind."""
    kind = type(field.target_field) if isinstance(field, ForeignKey) else type(field)
    return _UNCHANGED.get(kind, ())


_NONE = type(None)
_UNCHANGED: dict[type, tuple[type, ...]] = {
    **dict.fromkeys((CharField, TextField), (str, _NONE)),
    **dict.fromkeys((AutoField, BigAutoField, IntegerField, BigIntegerField), (int, _NONE)),
    **dict.fromkeys((PositiveIntegerField, PositiveSmallIntegerField, SmallIntegerField), (int, _NONE)),
    BooleanField: (bool, _NONE),
    DateField: (date, _NONE),
    DateTimeField: (datetime, _NONE),
    BinaryField: (bytes, _NONE),
    UUIDField: (UUID, _NONE),
}


class Question(Generic[Row]):
    """A queryset of which only some values differ; `build` is called once with a sample of each.

    The samples must be values that occur nowhere else in the query: `slot` makes them.
    """

    def __init__(self, build: Callable[..., QuerySet[Row]], *samples: Any) -> None:
        self._build, self._samples = build, samples
        self._worded = threading.local()

    def objects(self, *told: Any) -> list[Row]:
        """The objects that fit, with what `select_related` and `annotate` bring along."""
        statement, compiler = self._wording()
        if not statement:
            return []
        compiler.found = [rows(statement, {f"s{n}": value for n, value in enumerate(told)})]
        asked: Any = SimpleNamespace(
            db=connection.alias,
            query=SimpleNamespace(get_compiler=lambda using: compiler),
            _known_related_objects={},
        )
        return list(ModelIterable(asked))

    def one(self, *told: Any) -> Row | None:
        """The first of them."""
        return next(iter(self.objects(*told)), None)

    def _wording(self) -> tuple[str, Any]:
        """The statement and its compiler; no statement when nothing can ever fit, whatever is told."""
        if not hasattr(self._worded, "kept"):
            compiler = self._build(*self._samples).query.get_compiler(using=connection.alias)
            try:
                text, values = compiler.as_sql(with_col_aliases=False)
            except EmptyResultSet:
                self._worded.kept = "", None
            else:
                self._worded.kept = self._text(text, values), _Ready(compiler)
        return cast(tuple[str, Any], self._worded.kept)

    def _text(self, text: str, values: Sequence[Any]) -> str:
        """The statement with its constants written in and a name for each slot."""
        _connected(connection)
        words = text.split("%s")
        made, found = words[0], set()
        for value, word in zip(values, words[1:], strict=True):
            plain = getattr(value, "obj", value)  # bytes come in a wrapper
            known = next((n for n, one in enumerate(self._samples) if one == plain), None)
            found.add(known)
            made += (_written(value) if known is None else f"%(s{known})s") + word
        if not found.issuperset(range(len(self._samples))):
            raise RuntimeError("a sample does not occur in the query: its value would always be the sample's")
        return made


class _Ready:
    """A compiler that has its wording already and is handed what the database answered."""

    def __init__(self, compiler: Any) -> None:
        self.compiler, self.found = compiler, cast(list[list[tuple[Any, ...]]], [])
        self.select, self.klass_info = compiler.select, compiler.klass_info
        self.annotation_col_map = compiler.annotation_col_map
        # How a column becomes a value is the same for every answer; Django would work it out each time.
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        compiler.get_converters = lambda _: converters

    def execute_sql(self, **_: Any) -> list[list[tuple[Any, ...]]]:
        return self.found

    def results_iter(self, results: Any, **_: Any) -> Any:
        return self.compiler.results_iter(results)


def _written(value: Any) -> str:
    return sql.Literal(value).as_string(connection.connection).replace("%", "%%")


_next_slot = count(7_700_000_000_000_001)


def slot_number() -> int:
    """A sample number that is nobody's."""
    return next(_next_slot)


def slot_text() -> str:
    """A sample text that is nobody's."""
    return f"\ufffdslot {next(_next_slot)}\ufffd"
