"""记载接口: what was written down of a case, in its order, and what of it still holds?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from onewindow.rules.facts import TERMS_ZH
from onewindow.rules.record import struck_in
from onewindow.web.api.shapes import RecordOut


def records_of(entries: Sequence[Any]) -> list[RecordOut]:
    """Every entry, the voided ones marked."""
    gone, waiting = struck_in(entries), _waiting(entries)
    return [
        RecordOut(
            place=entry.place,
            fact=entry.fact,
            word=TERMS_ZH[entry.fact],
            on=entry.on,
            at=entry.at,
            voided=entry.place in gone,
            voiding=waiting.get(entry.place),
        )
        for entry in entries
        if entry.fact != "Rated"  # for whoever supervises, and not here
    ]


def _waiting(entries: Sequence[Any]) -> dict[int, int]:
    """The places of which somebody said that they are wrong and nobody has decided yet, with the voiding."""
    asked: dict[int, int] = {}
    for entry in entries:
        if entry.fact == "VoidAsked":
            asked[entry.body["place"]] = entry.body["voiding"]
        elif entry.fact in ("VoidDeclined", "Voided"):
            asked.pop(entry.body["place"], None)
    return asked
