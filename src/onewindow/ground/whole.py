"""整个请求一个事务: when is an act's own transaction the whole request's, so that a savepoint would be in vain?

Inside `whole` every refusal ends the request and gives everything back, so the acts in it join its transaction.
Everywhere else an act marked `one` has a transaction of its own, or a savepoint inside another's.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from typing import ParamSpec, TypeVar

from django.db import transaction

Told = ParamSpec("Told")
Answer = TypeVar("Answer")
_whole: ContextVar[bool] = ContextVar("the request is one transaction", default=False)


@contextmanager
def whole() -> Iterator[None]:
    """Around all that a request does, inside a transaction that nobody catches a refusal in."""
    token = _whole.set(True)
    try:
        yield
    finally:
        _whole.reset(token)


def one(act: Callable[Told, Answer]) -> Callable[Told, Answer]:
    """All of the act or nothing of it."""

    @functools.wraps(act)
    def done(*args: Told.args, **kwargs: Told.kwargs) -> Answer:
        with joined():
            return act(*args, **kwargs)

    return done


def joined() -> AbstractContextManager[object]:
    """The same for a part of an act: what fails in it can be caught, except where it ends the whole request."""
    return nullcontext() if _whole.get() else transaction.atomic()
