"""新的一行: how is an object made that is written at once, where Django's constructor would cost more than its row?

Django's constructor serves every way of making an object: values by place, by name and by property, signals, deferred
fields. A row that an act is about to write needs one of them. It is the same object in the end, and the tests compare.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db.models import NOT_PROVIDED, ForeignKey, Model
from django.db.models.base import ModelState

Row = TypeVar("Row", bound=Model)


def fresh(model: type[Row], **told: Any) -> Row:
    """`model(**told)` for a new row: fields by name, a related object or its number, the others with their defaults."""
    relations, defaults, made_each_time = _shape(model)
    one = model.__new__(model)
    state = ModelState()
    kept = one.__dict__
    kept["_state"] = state
    kept.update(defaults)
    for name, make in made_each_time:
        kept[name] = make()
    known = len(kept)
    for name, value in told.items():
        column = relations.get(name)
        if column is None:
            kept[name] = value
        else:
            kept[column] = None if value is None else value.pk
            state.fields_cache[name] = value
    if len(kept) != known:
        raise FieldDoesNotExist(
            f"{model.__name__} has no {sorted(told.keys() - defaults.keys() - relations.keys())}"
        )
    return one


@cache
def _shape(
    model: type[Model],
) -> tuple[dict[str, str], dict[str, Any], tuple[tuple[str, Callable[[], Any]], ...]]:
    """Which names are relations and in which column they stand; the value of each column that nobody tells."""
    fields = model._meta.concrete_fields
    relations = {field.name: field.attname for field in fields if isinstance(field, ForeignKey)}
    made = tuple(
        (f.attname, f.get_default) for f in fields if callable(f.default) and f.default is not NOT_PROVIDED
    )
    each_time = {name for name, _ in made}
    return relations, {f.attname: None if f.attname in each_time else f.get_default() for f in fields}, made
