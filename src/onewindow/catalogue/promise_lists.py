"""两张清单: which items let papers follow (容缺受理), and which may be promised instead of proved (告知承诺)?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from onewindow.catalogue.models import Item, Material
from onewindow.catalogue.promised import Offer, days_of, offer_in

PAGE = 50


@dataclass(frozen=True)
class Later:
    """One line of 容缺受理事项清单: a material stands in one of the two columns and never in both."""

    item: Item
    main: Sequence[str]
    later: Sequence[tuple[str, int]]


@dataclass(frozen=True)
class Promised:
    """One line of 告知承诺事项清单."""

    item: Item
    offer: Offer


@dataclass(frozen=True)
class Page:
    """So many lines, and the key of the last where more follow."""

    rows: Sequence[Later | Promised]
    after: int | str


def deferrable(county: str, *, words: str = "", after: int = 0) -> Page:
    """The items of which a paper may follow, by the order of their entry, in two statements."""
    may = Material.objects.filter(version=OuterRef("current"), necessity=Material.Necessity.DEFERRABLE)
    asked = Prefetch(
        "current__materials",
        Material.objects.exclude(necessity=Material.Necessity.EXEMPT).order_by("order"),
        to_attr="asked_for",
    )
    rows = _published(county, words, after).filter(Exists(may)).prefetch_related(asked)
    return _page([_later(item) for item in rows.defer("current__content", "current__form")[: PAGE + 1]])


def promised(county: str, *, field: str = "", words: str = "", after: int = 0) -> Page:
    """The items that may be promised, of one field or of all, in one statement."""
    rows = _published(county, words, after).filter(current__content__promise__field__isnull=False)
    if field:
        rows = rows.filter(current__content__promise__field=field)
    found = [(item, offer_in(item.current.content)) for item in rows.defer("current__form")[: PAGE + 1]]  # type: ignore[union-attr]
    return _page([Promised(item, told) for item, told in found if told is not None])


def _published(county: str, words: str, after: int) -> QuerySet[Item]:
    rows = Item.objects.filter(county=county, state=Item.State.PUBLISHED, pk__gt=after)
    if words:
        rows = rows.filter(name__icontains=words)
    return rows.select_related("current", "department").order_by("pk")


def _page(rows: Sequence[Later | Promised]) -> Page:
    shown = rows[:PAGE]
    return Page(shown, shown[-1].item.pk if len(rows) > PAGE else "")


def _later(item: Item) -> Later:
    asked: list[Material] = item.current.asked_for  # type: ignore[union-attr]
    follows = Material.Necessity.DEFERRABLE
    return Later(
        item,
        [one.name for one in asked if one.necessity != follows],
        [(one.name, days_of(one)) for one in asked if one.necessity == follows],
    )
