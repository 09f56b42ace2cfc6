"""Many rows like one that an act made: what would take an act each, where only their number matters."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model

from onewindow.journal.models import Subject


def copies(row: Any, many: int, **told: Any) -> list[Any]:
    """Rows of their own subject and number; what is told stands in each, and a function is asked for the n-th."""
    subjects: list[Subject] = []
    if hasattr(row, "subject_id"):
        there = Subject.objects.filter(kind=row.subject.kind).count()
        subjects = Subject.objects.bulk_create(
            Subject(county=row.county, kind=row.subject.kind, number=f"K{there + n}") for n in range(many)
        )
    made = []
    for n in range(many):
        values = _values(row) | {name: _told(value, n) for name, value in told.items()}
        if subjects:
            values |= {"subject_id": subjects[n].pk, "number": subjects[n].number}
        made.append(type(row)(**values))
    return type(row)._default_manager.bulk_create(made, batch_size=2000)


def _told(value: Any | Callable[[int], Any], n: int) -> Any:
    return value(n) if callable(value) else value


def _values(row: Model) -> dict[str, Any]:
    """The columns of the row but its key and those that no other row may repeat."""
    fields = [one for one in row._meta.concrete_fields if not one.primary_key and not one.unique]
    return {one.attname: getattr(row, one.attname) for one in fields}
