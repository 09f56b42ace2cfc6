"""Many rows like one that an act made: what would take an act each, where only their number matters."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from onewindow.journal.models import Subject


def copies(row: Any, many: int, **told: Any) -> QuerySet[Any]:
    """Rows of their own subject and number; what is told stands in each, and a function is asked for the n-th.

    The database copies them in one statement; what no other row may repeat begins with its default.
    """
    model = type(row)
    meta = model._meta
    own: dict[Any, Sequence[Any]] = {
        one: [one.get_default() for _ in range(many)]
        for one in meta.concrete_fields
        if one.unique and not one.primary_key
    }
    if hasattr(row, "subject_id"):
        subjects = _subjects(row, many)
        own[meta.get_field("subject")] = [pk for pk, _ in subjects]
        own[meta.get_field("number")] = [number for _, number in subjects]
    for name, value in told.items():
        own[meta.get_field(name)] = [_told(value, n) for n in range(many)]
    made = _copied(row, many, own)
    return model._default_manager.filter(pk__in=made).order_by("pk")


def _subjects(row: Any, many: int) -> list[tuple[int, str]]:
    """So many subjects of the same kind, with numbers of their own."""
    there = Subject.objects.filter(kind=row.subject.kind).count()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_subject (county, kind, number, head, length)"
            " SELECT %s, %s, 'K' || n, '', 0 FROM generate_series(%s, %s) n ORDER BY n RETURNING id, number",
            [row.county, row.subject.kind, there, there + many - 1],
        )
        return list(cursor.fetchall())


def _copied(row: Any, many: int, own: dict[Any, Sequence[Any]]) -> list[int]:
    """The keys of the copies: each column is the row's, or its own."""
    quote, meta = connection.ops.quote_name, row._meta
    names = [quote(one.column) for one in meta.concrete_fields if not one.primary_key]
    theirs = {quote(one.column) for one in own}
    told = ", ".join(f"%s::{one.db_type(connection)}[]" for one in own)
    called = ", ".join(quote(one.column) for one in own)
    taken = ", ".join(f"{'own' if name in theirs else 'row'}.{name}" for name in names)
    table, key = quote(meta.db_table), quote(meta.pk.column)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(names)}) SELECT {taken} FROM {table} row,"
            f" unnest(%s::integer[]{', ' if told else ''}{told}) AS own (nth{', ' if told else ''}{called})"
            f" WHERE row.{key} = %s ORDER BY own.nth RETURNING {key}",
            [list(range(many)), *([_stored(one, value) for value in own[one]] for one in own), row.pk],
        )
        return [pk for (pk,) in cursor.fetchall()]


def _told(value: Any | Callable[[int], Any], n: int) -> Any:
    return value(n) if callable(value) else value


def _stored(one: Any, value: Any) -> Any:
    return one.get_db_prep_save(getattr(value, "pk", value), connection)
