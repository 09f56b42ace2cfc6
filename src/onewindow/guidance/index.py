"""检索索引: how do items enter what the search reads? Derived from the catalogue, rebuilt at any time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from onewindow.catalogue import handling
from onewindow.catalogue.models import Item
from onewindow.catalogue.reads import SHOWN
from onewindow.guidance import words
from onewindow.guidance.models import Gram, Listing
from onewindow.guidance.reads import literal

BATCH = 500
_COLUMNS = (
    "county", "item_id", "department_id", "kind", "audience", "themes", "handling", "online_depth", "level", "is_open", "title", "also",
    "brief", "letters", "initials", "heard", "body", "named_to", "also_to", "brief_to", "tag", "near", "whole",
)  # fmt: skip
_PUT = f"""
INSERT INTO guidance_listing ({", ".join(_COLUMNS)})
VALUES ({", ".join(["%s"] * 21)}, array_to_tsvector(%s), array_to_tsvector(%s))
ON CONFLICT (item_id) DO UPDATE SET {", ".join(f"{c} = excluded.{c}" for c in _COLUMNS if c != "item_id")}
"""  # noqa: S608 (the names are our own)
_OF_LISTINGS = """
SELECT county, unnest(tsvector_to_array(near)) AS gram, 1 AS said, 0 AS held FROM guidance_listing WHERE {which}
UNION ALL
SELECT county, unnest(tsvector_to_array(whole)), 0, 1 FROM guidance_listing WHERE {which}
"""
_COUNT = f"""
INSERT INTO guidance_gram (county, gram, items, anywhere)
SELECT county, gram, sum(said), sum(held) FROM ({_OF_LISTINGS.format(which="county = %s")}) AS every
GROUP BY county, gram
"""  # noqa: S608
_COUNT_ONE = f"""
INSERT INTO guidance_gram (county, gram, items, anywhere)
SELECT county, gram, sum(said), sum(held) FROM ({_OF_LISTINGS.format(which="item_id = %s")}) AS every
GROUP BY county, gram ORDER BY gram
ON CONFLICT (county, gram) DO UPDATE
SET items = guidance_gram.items + excluded.items, anywhere = guidance_gram.anywhere + excluded.anywhere
RETURNING gram
"""  # noqa: S608
_UNCOUNT_ONE = f"""
UPDATE guidance_gram SET items = greatest(guidance_gram.items - had.said, 0),
  anywhere = greatest(guidance_gram.anywhere - had.held, 0)
FROM (SELECT county, gram, sum(said) AS said, sum(held) AS held
  FROM ({_OF_LISTINGS.format(which="item_id = %s")}) AS every GROUP BY county, gram) AS had
WHERE guidance_gram.county = had.county AND guidance_gram.gram = had.gram
RETURNING guidance_gram.gram
"""  # noqa: S608
# What was put in lies unsorted beside the indexes, and every search would read all of it.
_SORT_IN = "SELECT gin_clean_pending_list(name::regclass) FROM unnest(%s::text[]) AS name"
_SORTED = ["listing_near", "listing_whole", "listing_letters"]
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('guidance'), hashtext(%s))"


@transaction.atomic
def rebuild(county: str) -> int:
    """Make the whole index of a county anew; answers how many items can be found."""
    _wait_for(county)
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
        cursor.execute(_COUNT, [county, county])
        cursor.execute(_SORT_IN, [_SORTED])
        cursor.execute("ANALYZE guidance_listing")
        cursor.execute("ANALYZE guidance_gram")
    _keep_best(Gram.objects.filter(county=county))
    return made


@transaction.atomic
def refresh(items: Iterable[int]) -> None:
    """Bring the entries of these items up to date; an item that may not be found any more loses its entry."""
    wanted = Item.objects.filter(pk__in=list(items)).select_related("department", "current")
    for item in wanted.prefetch_related("current__materials"):
        _wait_for(item.county)
        with connection.cursor() as cursor:
            cursor.execute(_UNCOUNT_ONE, [item.pk, item.pk])
            touched = {gram for (gram,) in cursor.fetchall()}
            if item.state in SHOWN:
                cursor.execute(_PUT, row(item))
                cursor.execute(_COUNT_ONE, [item.pk, item.pk])
                touched |= {gram for (gram,) in cursor.fetchall()}
            else:
                Listing.objects.filter(item=item).delete()
            cursor.execute(_SORT_IN, [_SORTED])
        _keep_best(Gram.objects.filter(county=item.county, gram__in=touched))


def _wait_for(county: str) -> None:
    """One change of a county's index after the other: each ranks what the one before put in."""
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME, [county])


def _keep_best(grams: QuerySet[Gram]) -> None:
    """Rank anew what very many items hold, and forget the answer of what they hold no more."""
    often = grams.filter(anywhere__gt=literal.OFTEN).order_by("gram")
    for gram in often.only("county", "gram"):
        gram.best = literal.packed(literal.ranked(gram.county, gram.gram))
        gram.save(update_fields=["best"])
    grams.filter(anywhere__lte=literal.OFTEN, best__isnull=False).update(best=None)


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
    told = words.joined([*named.split(words.APART), *brief.split(words.APART)])
    body = words.joined([*told.split(words.APART), *materials])
    how = words.heard(named)
    near = words.grams(named) | words.grams(brief) | words.sounds(how)
    short = words.initials(named)
    near |= {f"^{gram}" for gram in words.grams(short)}
    return (
        item.county, item.pk, item.department_id, item.kind, item.audience, item.themes, handling.tags(item.current), item.online_depth, item.level,
        item.state == Item.State.PUBLISHED, title, also, brief, words.spelled(named), short, how, body,
        len(title), len(named), len(told), literal.tag(item), sorted(near),
        sorted(words.grams(body)),
    )  # fmt: skip


def _put(batch: list[Sequence[Any]]) -> int:
    if batch:
        with connection.cursor() as cursor:
            cursor.executemany(_PUT, batch)
    return len(batch)
