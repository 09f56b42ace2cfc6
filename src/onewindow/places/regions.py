"""行政区划: how do the shipped divisions, province to village, come into the table?"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from onewindow.places.models import Level, Region

DIVISIONS = Path(__file__).parent / "data" / "divisions.csv"
# How many digits of the 12-digit code name a place of each level.
_DIGITS = {Level.PROVINCE: 2, Level.CITY: 4, Level.COUNTY: 6, Level.TOWNSHIP: 9, Level.VILLAGE: 12}


@dataclass(frozen=True)
class Division:
    """One line of the divisions; its level and its superior are in its code."""

    code: str
    name: str

    @property
    def level(self) -> Level:
        return next(level for level, digits in _DIGITS.items() if set(self.code[digits:]) <= {"0"})

    @property
    def superior(self) -> str | None:
        level = self.level
        return None if level is Level.PROVINCE else full_code(self.code[: _DIGITS[Level(level - 1)]])


def full_code(code: str) -> str:
    """The 12-digit code of a place given by its leading digits: 411521 → 411521000000."""
    return code.ljust(12, "0")


def divisions() -> list[Division]:
    """The shipped divisions, superiors first."""
    with DIVISIONS.open(encoding="utf-8", newline="") as lines:
        return [Division(row["code"], row["name"]) for row in csv.DictReader(lines)]


@transaction.atomic
def load_regions() -> int:
    """Bring the table in line with the shipped divisions; returns how many rows were new or renamed."""
    known = dict(Region.objects.values_list("code", "name"))
    lines = [line for line in divisions() if known.get(line.code) != line.name]
    Region.objects.bulk_create(
        (Region(code=d.code, name=d.name, level=d.level, parent_id=d.superior) for d in lines),
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name"],
    )
    return len(lines)
