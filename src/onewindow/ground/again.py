"""没有变的不再读: how is a row that was read before, and is the very same still, given out again?

The database marks each state of a row by who wrote it and where it lies (xmin and ctid). Who keeps what he read asks
for these marks next time, and reads anew only when they are others. What he gives out is a copy: whatever is learnt or set beside it stays with its request.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from functools import cache
from threading import Lock
from typing import Any, Generic, TypeVar

from django.db.models import Model

Row = TypeVar("Row", bound=Model)
Kept = TypeVar("Kept")


def copied(one: Row) -> Row:
    """The same row as an object of its own, without what was read beside it; values of JSON are shared, not changed."""
    made = one.__class__.__new__(one.__class__)
    kept = one.__dict__
    made.__dict__ = {name: kept[name] for name in _fields(one.__class__) if name in kept}
    made._state = one._state.__class__()
    made._state.adding, made._state.db = False, one._state.db
    return made


@cache
def _fields(model: type[Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields)


class Unchanged(Generic[Kept]):
    """What was read, by what it was asked for, each with the state in which it was read; the oldest go first."""

    def __init__(self, most: int) -> None:
        self._most, self._kept, self._lock = most, OrderedDict[Hashable, tuple[Any, Kept]](), Lock()

    def get(self, asked: Hashable) -> tuple[Any, Kept] | None:
        """The state and what was read in it."""
        return self._kept.get(asked)

    def keep(self, asked: Hashable, state: Any, read: Kept) -> None:
        """`state` was asked for before `read` was read: what changed in between differs at the next look."""
        with self._lock:
            self._kept[asked] = (state, read)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
