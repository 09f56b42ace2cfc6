"""检索索引: how do items enter what the search reads? Derived from the catalogue, rebuilt at any time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, transaction

from onewindow.catalogue.models import Item
from onewindow.catalogue.reads import SHOWN
from onewindow.guidance import words
from onewindow.guidance.models import Gram, Listing

BATCH = 500
_COLUMNS = (
    "county", "item_id", "department_id", "kind", "audience", "themes", "online_depth", "is_open", "title", "also",
    "brief", "letters", "initials", "heard", "body", "near", "whole",
)  # fmt: skip
_PUT = f"""
INSERT INTO guidance_listing ({", ".join(_COLUMNS)})
VALUES ({", ".join(["%s"] * 15)}, array_to_tsvector(%s), array_to_tsvector(%s))
ON CONFLICT (item_id) DO UPDATE SET {", ".join(f"{c} = excluded.{c}" for c in _COLUMNS if c != "item_id")}
"""  # noqa: S608 (the names are our own)
_COUNT = """
INSERT INTO guidance_gram (county, gram, items)
SELECT county, gram, count(*) FROM guidance_listing, unnest(tsvector_to_array(near)) AS gram
WHERE county = %s GROUP BY county, gram
"""
_COUNT_ONE = """
INSERT INTO guidance_gram (county, gram, items)
SELECT county, gram, 1 FROM guidance_listing, unnest(tsvector_to_array(near)) AS gram WHERE item_id = %s
ON CONFLICT (county, gram) DO UPDATE SET items = guidance_gram.items + 1
"""
_UNCOUNT_ONE = """
UPDATE guidance_gram SET items = greatest(guidance_gram.items, 1) - 1
FROM guidance_listing l, unnest(tsvector_to_array(l.near)) AS had
WHERE l.item_id = %s AND guidance_gram.county = l.county AND guidance_gram.gram = had
"""


@transaction.atomic
def rebuild(county: str) -> int:
    """Make the whole index of a county anew; answers how many items can be found."""
    Listing.objects.filter(county=county).delete()
    Gram.objects.filter(county=county).delete()
    items = Item.objects.filter(county=county, state__in=SHOWN).select_related("department", "current")
    made, batch = 0, []
    for item in items.prefetch_related("current__materials").order_by("pk").iterator(BATCH):
        batch.append(row(item))
        if len(batch) == BATCH:
            made += _put(batch)
            batch = []
    made += _put(batch)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [county])
        cursor.execute("ANALYZE guidance_listing")
        cursor.execute("ANALYZE guidance_gram")
    return made


@transaction.atomic
def refresh(items: Iterable[int]) -> None:
    """Bring the entries of these items up to date; an item that may not be found any more loses its entry."""
    wanted = Item.objects.filter(pk__in=list(items)).select_related("department", "current")
    for item in wanted.prefetch_related("current__materials"):
        with connection.cursor() as cursor:
            cursor.execute(_UNCOUNT_ONE, [item.pk])
            if item.state not in SHOWN:
                Listing.objects.filter(item=item).delete()
                continue
            cursor.execute(_PUT, row(item))
            cursor.execute(_COUNT_ONE, [item.pk])


def row(item: Item) -> Sequence[Any]:
    """What the search keeps of one item, in the order of the columns."""
    content = item.current.content if item.current is not None else {}
    materials = [m.name for m in item.current.materials.all()] if item.current is not None else []
    title = words.fold(item.name)
    also = words.joined(item.aliases)
    named = words.joined([item.name, *item.aliases])
    brief = words.joined(
        [
            item.main_item,
            item.department.name,
            *item.themes,
            content.get("summary", ""),
            content.get("result", {}).get("name", ""),
        ]
    )
    body = words.joined([*named.split(words.APART), *brief.split(words.APART), *materials])
    how = words.heard(named)
    near = words.grams(named) | words.grams(brief) | words.sounds(how)
    short = words.initials(named)
    near |= {f"^{gram}" for gram in words.grams(short)}
    return (
        item.county, item.pk, item.department_id, item.kind, item.audience, item.themes, item.online_depth,
        item.state == Item.State.PUBLISHED, title, also, brief, words.spelled(named), short, how, body,
        sorted(near), sorted(words.grams(body)),
    )  # fmt: skip


def _put(batch: list[Sequence[Any]]) -> int:
    if batch:
        with connection.cursor() as cursor:
            cursor.executemany(_PUT, batch)
    return len(batch)
