"""排队次序: who is next, so that whoever needs it comes sooner and nobody waits for ever?

The place of a number in its line is a moment, `rank`: when it was taken, less the head start of its class. It never
changes while the number waits, so that whoever comes later than the largest head start can never go before.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType


class Priority(StrEnum):
    """优先情形."""

    ORDINARY = "ordinary"
    BOOKED = "booked"
    ELDERLY = "elderly"
    DISABLED = "disabled"
    PREGNANT = "pregnant"
    SOLDIER = "soldier"


PRIORITY_WORDS: Mapping[Priority, str] = MappingProxyType(
    {
        Priority.ORDINARY: "普通",
        Priority.BOOKED: "预约",
        Priority.ELDERLY: "老年人",
        Priority.DISABLED: "残疾人",
        Priority.PREGNANT: "孕妇和带婴幼儿的",
        Priority.SOLDIER: "现役军人、军属和退役军人",
    }
)

# The local setting that says how many minutes each class goes before the others.
HEAD_STARTS: Mapping[Priority, str] = MappingProxyType(
    {
        Priority.BOOKED: "queue.booked_minutes",
        Priority.ELDERLY: "queue.elderly_minutes",
        Priority.DISABLED: "queue.disabled_minutes",
        Priority.PREGNANT: "queue.pregnant_minutes",
        Priority.SOLDIER: "queue.soldier_minutes",
    }
)


def rank(taken_at: datetime, head_start: int, *, not_before: datetime | None = None) -> datetime:
    """The place of a new number: minutes of head start before it was taken, never before `not_before` (a booked slot)."""
    place = taken_at - timedelta(minutes=head_start)
    return place if not_before is None else max(place, not_before)
