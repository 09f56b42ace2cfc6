"""一起写: how do all the rows that one act writes reach the database in one statement?

Inside `together` what `put`, `change` and the journal write waits; at its end all of it goes out as one statement, each
row a part of its WITH. What waits cannot be read yet, so an act opens it around what it writes, not around what it
reads. What the database refuses, it refuses there, and nothing of it is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from django.db.models import Model

Ask = Callable[[str, list[Any]], list[tuple[Any, ...]]]
AskLast = Callable[[str, list[Any], Callable[[list[tuple[Any, ...]]], None]], None]
Piece = tuple[str, list[Any]]  # a part of the statement with `MARK` for each of its values, and these values
MARK = "\0"
_NAMED = re.compile(r"%\((\w+)\)s")
_waits: ContextVar[Together | None] = ContextVar("what waits to be written", default=None)
_texts: dict[tuple[tuple[tuple[str, str], ...], tuple[str, ...]], str] = {}


class Together:
    """What waits to be written, and what is wanted to be known of it."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._numbers: dict[type[Model], list[int]] = {}
        self._named: list[tuple[str, Piece]] = []
        self._pieces: list[Callable[[], Piece]] = []
        self._answers: list[tuple[Piece, Callable[[Any], None]]] = []
        self._rows: dict[int, Model] = {}
        self._words: dict[tuple[int, str], str] = {}

    def draw(self, *models: type[Model]) -> None:
        """Draw the number of one new row of each of these models, to which other rows will point."""
        if not models:
            return
        ((*found,),) = self._ask(f"SELECT {', '.join(_next(model) for model in models)}", [])  # our own names
        self.give(dict(zip(models, found, strict=True)))

    def give(self, numbers: Mapping[type[Model], int]) -> None:
        """The same, with numbers that were drawn before."""
        for model, number in numbers.items():
            self._numbers.setdefault(model, []).append(number)

    def numbers(self, model: type[Model]) -> int:
        """How many numbers drawn for rows of this model are still there."""
        return len(self._numbers.get(model, ()))

    def number(self, model: type[Model]) -> int:
        """One of them."""
        return self._numbers[model].pop()

    def drawn(self, model: type[Model]) -> bool:
        """Whether a number for such a row is there still, or was given to one that waits."""
        return bool(self._numbers.get(model)) or any(isinstance(one, model) for one in self._rows.values())

    def holds(self, one: Model) -> bool:
        """Whether this new row waits: what changes of it until then is written with it."""
        return id(one) in self._rows

    def wait(self, piece: Callable[[], Piece], *rows: Model) -> None:
        """A part that is worded at the end, when the last value of its rows is known."""
        self._rows |= {id(one): one for one in rows}
        self._pieces.append(piece)

    def also(self, text: str, told: Mapping[str, Any], *, name: str) -> None:
        """A statement of our own as a part, to which the rows and later ones refer by this name."""
        self._named.append((name, worded(text, told)))

    def word(self, one: Model, field: str, text: str) -> None:
        """Write what this text of SQL gives into a column of a new row, instead of its value."""
        self._words[id(one), field] = text

    def words(self, one: Model) -> dict[str, str]:
        """By field."""
        return {field: text for (key, field), text in self._words.items() if key == id(one)}

    def tell(self, text: str, told: Mapping[str, Any], then: Callable[[Any], None]) -> None:
        """What the statement answers in one column, and to whom."""
        self._answers.append((worded(text, told), then))

    def refers_to(self, text: str) -> bool:
        """Whether this text is among what the statement will answer: what it names is a part of it."""
        return any(told[0] == text for told, _ in self._answers)

    def write(self, ask_last: AskLast | None = None) -> None:
        """Send all of it; what is written after that waits again."""
        pieces = [*self._named, *((f"w{n}", piece()) for n, piece in enumerate(self._pieces))]
        if not pieces:
            return
        values = [value for _, (_, told) in pieces for value in told]
        values += [value for (_, told), _ in self._answers for value in told]
        parts = tuple((name, text) for name, (text, _) in pieces)
        text = _statement(parts, tuple(text for (text, _), _ in self._answers))
        answers = self._answers
        self._named, self._pieces, self._answers, self._rows, self._words = [], [], [], {}, {}

        def hear(answered: list[tuple[Any, ...]]) -> None:
            ((*found,),) = answered
            for (_, then), value in zip(answers, found, strict=bool(answers)):
                then(value)

        if ask_last is not None:
            ask_last(text, values, hear)
        else:
            hear(self._ask(text, values))


@contextmanager
def together(ask: Ask, *models: type[Model], ask_last: AskLast | None = None) -> Iterator[Together]:
    """Inside another one, all of it goes out with that one; `models` as `Together.draw` has them."""
    inner = _waits.get()
    if inner is not None:
        if models:
            inner.draw(*(model for model in models if not inner.drawn(model)))
        yield inner
        return
    inner = Together(ask)
    token = _waits.set(inner)
    try:
        if models:
            inner.draw(*models)
        yield inner
    finally:
        _waits.reset(token)
    inner.write(ask_last)


def waiting() -> Together | None:
    """What waits, inside `together`."""
    return _waits.get()


def written() -> None:
    """Nothing waits any more: before somebody reads what was perhaps not written yet."""
    if (waits := _waits.get()) is not None:
        waits.write()


def worded(text: str, told: Mapping[str, Any]) -> Piece:
    """A text with named values as a part."""
    marked, names = _marked(text)
    return marked, [told[name] for name in names]


@cache
def _marked(text: str) -> tuple[str, tuple[str, ...]]:
    return _NAMED.sub(MARK, text), tuple(_NAMED.findall(text))


@cache
def _next(model: type[Model]) -> str:
    return f"nextval(pg_get_serial_sequence('\"{model._meta.db_table}\"', '{model._meta.pk.column}'))"


def _statement(parts: tuple[tuple[str, str], ...], answers: tuple[str, ...]) -> str:
    """The statement with its values numbered; the same parts give the very same text, planned but once."""
    known = _texts.get((parts, answers))
    if known is None:
        named = ", ".join(f"{name} AS ({text})" for name, text in parts)
        known = numbered(f"WITH {named} SELECT {', '.join(answers) or '1'}")
        _texts[parts, answers] = known
    return known


def numbered(text: str) -> str:
    """The text with $1, $2 … in the places of its values."""
    first, *others = text.split(MARK)
    return first + "".join(f"${n}{word}" for n, word in enumerate(others, 1))
