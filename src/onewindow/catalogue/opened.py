"""现在可以申请的版本: under which version does one apply now, without reading again what has not changed?

A published version is frozen, but its item may be suspended or changed in any moment: each time the database is asked
whether both are open and still the very rows that were read before (`ground/again.py`).
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from onewindow.catalogue.models import Item, ItemVersion
from onewindow.ground.again import Unchanged, copied
from onewindow.ground.prepared import Question, answers, slot_number, slot_text
from onewindow.ground.together import Piece, worded

_STATE = """
(SELECT concat_ws(' ', v.xmin, v.ctid, i.xmin, i.ctid) FROM catalogue_itemversion v JOIN catalogue_item i ON i.id = v.item_id
WHERE v.id = %(version)s AND v.state = 'published' AND i.state = 'published')
"""
_read: Unchanged[ItemVersion] = Unchanged(most=2000)


def open_version_asked(county: str, address: str) -> Piece:
    """The question whether the version that was read before is open still, to be asked together with others."""
    known = _read.get(_asked(county, address))
    return worded(_STATE, {"version": known[1].pk if known is not None else None})


def open_version(county: str, address: str, state: str | None = None) -> ItemVersion | None:
    """The version under which one may apply today, with its item; guide and materials are left where they are.

    `state`: what `open_version_asked` answered a moment ago, where it was asked together with others.
    """
    asked = _asked(county, address)
    known = _read.get(asked)
    if known is not None and (state or _state(known[1].pk)) == known[0]:
        return _with_item(known[1])
    found = _OPEN.one(*asked)
    if found is None:
        return None
    state, again = _state(found.pk), _OPEN.one(*asked)
    if state and again is not None and again.pk == found.pk:
        _read.keep(asked, state, again)
    return found


def _open(county: str, code: str, number: int) -> QuerySet[ItemVersion]:
    named = Q(item__handle_code=code) | Q(item__local_code=code) | Q(item__id=number)
    published = Q(item__county=county, item__state=Item.State.PUBLISHED, state=ItemVersion.State.PUBLISHED)
    rows = ItemVersion.objects.filter(published & named).select_related("item").order_by("id")
    return rows.defer("content", "index")


_OPEN = Question(_open, slot_text(), slot_text(), slot_number())


def _asked(county: str, address: str) -> tuple[str, str, int]:
    number = int(address) if address.isascii() and address.isdigit() and len(address) <= 12 else 0
    return county, address, number


def _state(version: int) -> str:
    """Of both rows, while both are open; empty when they are not."""
    (found,) = answers(worded(_STATE, {"version": version}))
    return found or ""


def _with_item(version: ItemVersion) -> ItemVersion:
    made = copied(version)
    made.item = copied(version.item)
    return made
