"""有效期: from when to when is a licence valid whose item says for how long?

The first day is the day of the decision, on which the licence already holds, so whole years or months end on the
day before the same calendar day: five years from 12 October 2026 end on 11 October 2031. 民法典 201 and 202 do not
count the day on which a period begins and end it on the same calendar day; whoever writes that day writes one day
more for the applicant, which is the longest that can stand. No text of the packs speaks of licences: our reading.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九", 1)} | {"两": 2}
_LENGTH = re.compile(
    r"(?:有效期(?:为|是|限)?)?\s*(\d{1,2}|[一二两三四五六七八九]?十?[一二三四五六七八九]?)\s*(年|个月)"
)


def months_of(result: Mapping[str, Any]) -> int:
    """How many months a result of this item is valid; 0 when the item names no single length."""
    years = result.get("valid_years")
    if isinstance(years, int) and years > 0:
        return years * 12
    found = _LENGTH.fullmatch(str(result.get("validity", "")).strip().rstrip("。"))
    if found is None or not found[1]:
        return 0
    return _number(found[1]) * (12 if found[2] == "年" else 1)


def last_day(start: date, months: int) -> date:
    """The last day of a licence that is valid from `start` on."""
    return same_day(start, months) - timedelta(days=1)


def same_day(start: date, months: int) -> date:
    """The same calendar day so many months later, or the day after the month's end where the month has none."""
    place = start.month - 1 + months
    year, month = start.year + place // 12, place % 12 + 1
    longest = monthrange(year, month)[1]
    if start.day <= longest:
        return date(year, month, start.day)
    return date(year, month, longest) + timedelta(days=1)


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS.get(text, 0)
    return (_DIGITS.get(tens, 1) * 10) + _DIGITS.get(ones, 0)
