"""按键翻页: which rows stand on the page after a given one, and after which key does the next page go on?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import quote, unquote

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import BooleanField, F, Field, Func, Model, Q, QuerySet, Value
from django.db.models.lookups import GreaterThan, LessThan

Row = TypeVar("Row", bound=Model)
_EMPTY = "~"
_LONGEST = 400  # of a key that is looked at


@dataclass(frozen=True)
class _Column:
    """One column of an order: which way it runs, and whether a row may have nothing there."""

    name: str
    down: bool
    field: Field[Any, Any]
    may_be_empty: bool


def page(
    rows: QuerySet[Row], after: str, *, by: Sequence[str], size: int, filled: bool = False
) -> tuple[list[Row], str]:
    """One page in the order of some columns (`-` before one: the latest first) and the row's own key.

    The key of the row runs as the last column does, so that rows of equal columns have an order too. What is empty is
    greater than everything, as the database and its indexes have it: last upwards, first downwards. `filled` says that
    in these rows no column is empty though its field allows it. An unreadable key is the first page.
    """
    columns = _columns(rows, by, filled)
    if (key := _key(columns, after)) is not None:
        rows = rows.filter(_beyond(columns, key))
    found = list(rows.order_by(*(f"{'-' * one.down}{one.name}" for one in columns))[: size + 1])
    if len(found) <= size:
        return found, ""
    return found[:size], key_of(found[size - 1], by)


def key_of(row: Model, by: Sequence[str]) -> str:
    """After which key a list goes on behind this row."""
    return "_".join(_written(getattr(row, word.removeprefix("-"))) for word in _words(by))


def _words(by: Sequence[str]) -> Sequence[str]:
    if isinstance(by, str):
        raise TypeError("by: a tuple of columns, not a word")
    own = "-pk" if by[-1].startswith("-") else "pk"
    return by if by[-1] == own else (*by, own)


def _columns(rows: QuerySet[Any], by: Sequence[str], filled: bool) -> list[_Column]:
    found = []
    for word in _words(by):
        name = word.removeprefix("-")
        told = rows.query.annotations.get(name)
        field = rows.model._meta.pk if name == "pk" else told and told.output_field
        field = field or rows.model._meta.get_field(name)
        empty = name != "pk" and not filled and (told is not None or field.null)
        found.append(_Column(name, word.startswith("-"), field, empty))
    return found


def _beyond(columns: Sequence[_Column], key: Sequence[Any]) -> Any:
    """Which rows come after the key: one comparison of rows where an index can follow it, else column by column."""
    if len({one.down for one in columns}) == 1 and not any(one.may_be_empty for one in columns):
        here = _row(F(one.name) for one in columns)
        there = _row(Value(value, one.field) for one, value in zip(columns, key, strict=True))
        return LessThan(here, there) if columns[0].down else GreaterThan(here, there)
    found = Q(pk__in=[])
    for one, value in reversed(list(zip(columns, key, strict=True))):
        found = _further(one, value) | (_same(one, value) & found)
    first, value = columns[0], key[0]
    if not first.may_be_empty:  # says the same again, and an index can begin there
        found &= Q(**{f"{first.name}__{'lte' if first.down else 'gte'}": value})
    return found


def _row(parts: Any) -> Func:
    return Func(*parts, template="(%(expressions)s)", output_field=BooleanField())


def _further(one: _Column, value: Any) -> Q:
    if value is None:
        return Q(**{f"{one.name}__isnull": False}) if one.down else Q(pk__in=[])
    found = Q(**{f"{one.name}__{'lt' if one.down else 'gt'}": value})
    return found | Q(**{f"{one.name}__isnull": True}) if one.may_be_empty and not one.down else found


def _same(one: _Column, value: Any) -> Q:
    return Q(**{f"{one.name}__isnull": True}) if value is None else Q(**{one.name: value})


def _written(value: Any) -> str:
    if value is None:
        return _EMPTY
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return quote(str(value), safe="").replace("_", "%5F").replace(_EMPTY, "%7E")


def _key(columns: Sequence[_Column], after: str) -> list[Any] | None:
    parts = after[:_LONGEST].split("_")
    if len(parts) != len(columns):
        return None
    try:
        return [_read(one, part) for one, part in zip(columns, parts, strict=True)]
    except (ValidationError, ValueError, OverflowError):
        return None


def _read(one: _Column, part: str) -> Any:
    if part == _EMPTY:
        if not one.may_be_empty:
            raise ValueError(part)
        return None
    value = one.field.to_python(unquote(part))
    if value is None or "\x00" in part or "\x00" in str(value):
        raise ValueError(part)
    if isinstance(value, datetime) and value.tzinfo is None:
        raise ValueError(part)
    if isinstance(value, int) and not isinstance(value, bool):
        least, most = connection.ops.integer_field_range(one.field.get_internal_type())
        if (least is not None and value < least) or (most is not None and value > most):
            raise ValueError(part)
    return value
