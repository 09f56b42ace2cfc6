"""按键翻页: which rows stand on the page after a given one, and after which key does the next page go on?"""

from __future__ import annotations

from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)


def page(
    rows: QuerySet[Row], after: str, *, by: str, size: int, latest_first: bool = False
) -> tuple[list[Row], str]:
    """One page in the order of a column and the row's own key; an unreadable key is the first page."""
    sign, beyond = ("-", "lt") if latest_first else ("", "gt")
    if (key := _key(rows, by, after)) is not None:
        value, pk = key
        rows = rows.filter(Q(**{f"{by}__{beyond}": value}) | Q(**{by: value, f"pk__{beyond}": pk}))
    found = list(rows.order_by(f"{sign}{by}", f"{sign}pk")[: size + 1])
    if len(found) <= size:
        return found, ""
    last = found[size - 1]
    return found[:size], f"{getattr(last, by).isoformat()}_{last.pk}"


def _key(rows: QuerySet[Any], by: str, after: str) -> tuple[Any, int] | None:
    value, _, pk = after[:60].partition("_")
    if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        return None
    try:
        read = rows.model._meta.get_field(by).to_python(value)
    except ValidationError:
        return None
    return (read, int(pk)) if read is not None else None
