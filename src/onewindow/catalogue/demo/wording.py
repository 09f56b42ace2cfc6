"""按地方改词: how do the shipped texts, written for a county with towns, speak in a district or a city?

Only our own words are put into the place's: quotations, titles of laws and levels of the state stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from onewindow.catalogue.text import VersionText

# Levels of the state, a seat, or another county are no name for the place itself.
_COUNTY = re.compile(r"(?<!其他)县(?!级|以上|城|（)")
_TOWN = re.compile(r"乡镇(?!卫生院|、村|、街道)")
_MARK = "\0"
_AS_WRITTEN = frozenset(
    {"quote", "law", "basis", "remedies", "grounds", "levels", "edition", "article", "source"}
)


@dataclass(frozen=True)
class Words:
    """县, 区 or 市, and what the places below it are called: 乡镇 and 乡镇（街道） where it has all three."""

    county: str
    town: str
    towns: str

    @classmethod
    def of(cls, county: str, below: Collection[str]) -> Words:
        below = below or ("乡", "镇", "街道")
        kinds = [kind for kind in ("乡", "镇") if any(name.endswith(kind) for name in below)]
        streets = any(name.endswith("街道") for name in below)
        rural = "".join(kinds)
        towns = f"{rural}（街道）" if rural and streets else rural or ("街道" if streets else "乡镇")
        return cls(county[-1:] if county[-1:] in "县区市" else "县", rural or towns, towns)

    def of_text(self, text: VersionText) -> VersionText:
        """The whole text of an item as this place says it."""
        return replace(
            text,
            content=self.say(text.content),
            form=self.say(text.form),
            materials=tuple(
                replace(
                    one, name=self.say(one.name), source=self.say(one.source), detail=self.say(one.detail)
                )
                for one in text.materials
            ),
        )

    def say(self, told: Any) -> Any:
        """A text, or all texts of a list or table."""
        if isinstance(told, str):
            said = _TOWN.sub(self.town, told.replace("乡镇（街道）", _MARK)).replace(_MARK, self.towns)
            return _COUNTY.sub(self.county, said)
        if isinstance(told, list):
            return [self.say(one) for one in told]
        if isinstance(told, dict):
            return {key: one if key in _AS_WRITTEN else self.say(one) for key, one in told.items()}
        return told
