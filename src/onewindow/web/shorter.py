"""短路怎么给人看: what do guide, draft and lists say of an item's tier and of its decision table?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from onewindow.cases.inputs import names_of
from onewindow.cases.models import StoppedTable
from onewindow.catalogue.models import ItemVersion, Material
from onewindow.rules.instant import rows_of, sentence
from onewindow.rules.pack import Pack
from onewindow.rules.risk import MEANS, TIERS_RULE, Route, Tier, names, route_of, tier_of


@dataclass(frozen=True)
class Shorter:
    """The tier with its name, what it means and its basis; the table row by row with its clauses."""

    tier: str = ""
    means: str = ""
    note: str = ""
    halted: bool = False
    grounds: tuple[Any, ...] = ()
    rows: tuple[tuple[str, tuple[Any, ...]], ...] = field(default=())

    @property
    def tags(self) -> list[tuple[str, str]]:
        return [*([(self.tier, "line")] if self.tier else []), *([("秒批", "green")] if self.rows else [])]


def tier_name(version: ItemVersion, pack: Pack, on: date) -> tuple[Tier | None, str]:
    """The tier of a version as this place calls it; nothing where the place has none."""
    told = names(pack.value(TIERS_RULE, on, version.kind))
    tier = tier_of(version.content)
    return (tier, told[tier]) if tier is not None and told else (None, "")


def tiers_of(versions: Iterable[int | None], pack: Pack, on: date) -> dict[int, str]:
    """The tier of each version by its name here; no statement where the place has no tiers."""
    told = names(pack.value(TIERS_RULE, on))
    if not told:
        return {}
    wanted = [key for key in versions if key is not None]
    rows = ItemVersion.objects.filter(pk__in=wanted).values_list("pk", "content__risk__tier")
    return {key: told[Tier(tier)] for key, tier in rows if tier in set(Tier)}


def shorter(
    version: ItemVersion,
    materials: Iterable[Material],
    pack: Pack,
    on: date,
    grounds: Callable[[Iterable[str]], list[Any]],
) -> Shorter:
    """What the guide says of the shorter ways of this version."""
    tier, word = tier_name(version, pack, on)
    told = version.content.get("risk") or {}
    # Where the tier answers at once, the table is never asked, and promises nothing.
    offers = pack.setting("instant.offered").value is True
    way = route_of(version.content, pack.value(TIERS_RULE, on, version.kind), instant=offers)
    asked = way is Route.INSTANT
    # One statement, for an item with a table alone: a table that was stopped promises nothing.
    halted = asked and StoppedTable.objects.filter(version=version.pk).exists()
    offered = asked and not halted
    called = names_of(version, materials) if offered else {}
    rows = rows_of(version.content) if offered else ()
    return Shorter(
        tier=word,
        means=MEANS[tier] if tier else "",
        note=str(told.get("note", "")) if tier else "",
        halted=halted,
        grounds=tuple(grounds(told.get("basis", ()))) if tier else (),
        rows=tuple(
            (sentence(row, called.get((row.of, row.key), row.key)), tuple(grounds(row.basis))) for row in rows
        ),
    )
