"""一次取齐: how do the rows that belong to one row come along in the same statement?"""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db import DEFAULT_DB_ALIAS
from django.db.models import (
    BinaryField,
    BooleanField,
    CharField,
    F,
    Field,
    ForeignKey,
    IntegerField,
    JSONField,
    Model,
    OuterRef,
    TextField,
)
from django.db.models.functions import JSONObject

from onewindow.ground.fields import EncryptedText

Row = TypeVar("Row", bound=Model)


def beside(model: type[Model], *names: str, **where: Any) -> ArraySubquery:
    """The rows of `model` that fit `where`, oldest first, as JSON; `names` are columns of joined tables."""
    columns = [field.attname for field in model._meta.concrete_fields]
    row = JSONObject(**{name: F(name) for name in (*columns, *names)})
    found = model._default_manager.filter(**where).order_by("pk").values(row=row)
    return ArraySubquery(found)


def of_case(model: type[Model], *names: str, link: str = "case") -> ArraySubquery:
    """The rows of `model` that belong to the outer row."""
    return beside(model, *names, **{link: OuterRef("pk")})


def made(model: type[Row], rows: list[dict[str, Any]]) -> list[Row]:
    """Objects of `model` again from what `beside` brought; `by__name` becomes the attribute `by_name`."""
    fields = _fields(model)
    names = [name for _, name, _ in fields]
    found = []
    for row in rows:
        told = [
            row[name] if type(row[name]) in plain else _value(field, row[name])
            for field, name, plain in fields
        ]
        one = model.from_db(DEFAULT_DB_ALIAS, names, told)
        for name in row.keys() - names:
            setattr(one, name.replace("__", "_"), row[name])
        found.append(one)
    return found


def _plain(field: Field[Any, Any]) -> tuple[type, ...]:
    """The types that JSON gives as the field keeps them."""
    if isinstance(field, JSONField):
        return (dict, list)
    if isinstance(field, EncryptedText | BinaryField):
        return ()
    if isinstance(field, CharField | TextField):
        return (str,)
    return (int, bool) if isinstance(field, IntegerField | ForeignKey | BooleanField) else ()


@cache
def _fields(model: type[Model]) -> tuple[tuple[Any, str, tuple[type, ...]], ...]:
    return tuple((field, field.attname, _plain(field)) for field in model._meta.concrete_fields)


def _value(field: Field[Any, Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(field, EncryptedText):
        return field.from_db_value(bytes.fromhex(value.removeprefix("\\x")))
    if isinstance(field, BinaryField):
        return bytes.fromhex(value.removeprefix("\\x"))
    return field.to_python(value)
