"""Who answers for an item, where it is handed in, and what can be done against its outcome?"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import Any

from onewindow.catalogue.demo.format import HERE, Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """部门: its name with {county} to be filled in, its short form in 文号, its digits in the code."""

    key: str
    name: str
    short: str
    digits: str
    seal: str

    def called(self, county: str) -> str:
        return self.name.format(county=county)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """办理地点."""

    key: str
    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """救济途径: one way, its term and the article that gives it."""

    way: str
    to: str
    term: str
    law: str
    edition: str
    article: str
    quote: str


def departments() -> dict[str, Department]:
    return {key: Department(key=key, **table) for key, table in _table("departments").items()}


def places() -> dict[str, Place]:
    return {key: Place(key=key, **table) for key, table in _table("places")["places"].items()}


def hours() -> dict[str, str]:
    return {key: str(text) for key, text in _table("places")["hours"].items()}


def remedies(item: Item) -> tuple[Remedy, ...]:
    """What the kind of item gives, unless the item names another set."""
    table = _table("remedies")
    chosen = item.remedy or table["kinds"][item.kind]
    return tuple(Remedy(**table["ways"][way]) for way in table["sets"][chosen])


def remedy_sets() -> dict[str, list[str]]:
    return {name: list(ways) for name, ways in _table("remedies")["sets"].items()}


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))
