"""上锁: how does an act hold the item that it changes, so that two acts follow one another?"""

from __future__ import annotations

from onewindow.catalogue.models import Item


def locked(item: Item) -> Item:
    """The item and its journal row as they stand now, held until the act ends."""
    rows = Item.objects.select_related("subject", "department").select_for_update(of=("self", "subject"))
    return rows.get(pk=item.pk)
