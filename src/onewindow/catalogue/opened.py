"""现在可以申请的版本: under which version does one apply now, without reading again what has not changed?

A published version is frozen, but its item may be suspended or changed in any moment. So each time the database is
asked whether both are still the very rows that were read before: it numbers each state of a row (its xmin).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, Q, QuerySet

from onewindow.catalogue.models import Item, ItemVersion
from onewindow.ground.prepared import Question, rows, slot_number, slot_text

MOST = 2000  # addresses kept by one process
_STATES = """
SELECT v.xmin::text || ' ' || i.xmin::text FROM catalogue_itemversion v JOIN catalogue_item i ON i.id = v.item_id
WHERE v.id = %(version)s AND v.state = 'published' AND i.state = 'published'
"""


def open_version(county: str, address: str) -> ItemVersion | None:
    """The version under which one may apply today, with its item; guide and materials are left where they are."""
    number = int(address) if address.isascii() and address.isdigit() and len(address) <= 12 else 0
    asked = (county, address, number)
    known = _known.get(asked)
    if known is not None and _state(known.pk) == known.state:
        return known.version()
    _known.pop(asked, None)
    found = _OPEN.one(*asked)
    if found is not None:
        _keep(asked, found)
    return found


def _open(county: str, code: str, number: int) -> QuerySet[ItemVersion]:
    named = Q(item__handle_code=code) | Q(item__local_code=code) | Q(item__id=number)
    published = Q(item__county=county, item__state=Item.State.PUBLISHED, state=ItemVersion.State.PUBLISHED)
    rows = ItemVersion.objects.filter(published & named).select_related("item").order_by("id")
    return rows.defer("content", "index")


_OPEN = Question(_open, slot_text(), slot_text(), slot_number())


@dataclass(frozen=True)
class _Known:
    """A version and its item as they were read, and the state in which both were then."""

    pk: int
    state: str
    values: tuple[list[str], list[Any]]
    item: tuple[list[str], list[Any]]

    def version(self) -> ItemVersion:
        """Made anew for each who asks: what he learns beside it stays his own."""
        made = ItemVersion.from_db(DEFAULT_DB_ALIAS, *self.values)
        made.item = Item.from_db(DEFAULT_DB_ALIAS, *self.item)
        return made


_known: dict[tuple[str, str, int], _Known] = {}


def _state(version: int) -> str:
    """Of both rows, while both are open; empty when they are not."""
    found = rows(_STATES, {"version": version})
    return str(found[0][0]) if found else ""


def _keep(asked: tuple[str, str, int], found: ItemVersion) -> None:
    """For the next who asks.

    The state is read first and the rows after it: what changes in between differs from it at the next look.
    """
    state = _state(found.pk)
    again = _OPEN.one(*asked) if state else None
    if again is None or again.pk != found.pk:
        return
    if len(_known) >= MOST:
        _known.clear()
    _known[asked] = _Known(found.pk, state, _values(again), _values(again.item))


def _values(one: Model) -> tuple[list[str], list[Any]]:
    names = [field.attname for field in one._meta.concrete_fields if field.attname in one.__dict__]
    return names, [one.__dict__[name] for name in names]
