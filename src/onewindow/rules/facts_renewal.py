"""延续的事实: what happens when a licence runs out, and when nobody answers the wish to go on (行政许可法 50)?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onewindow.rules.facts import TERMS_ZH, Fact


@dataclass(frozen=True, kw_only=True)
class RenewalReminded(Fact):
    """提醒延续: the holder is told until when he may apply, before his licence runs out."""

    decision: int
    until: date
    apply_by: date


@dataclass(frozen=True, kw_only=True)
class RenewalNamed(Fact):
    """登记原证: which licence is to go on, and when it runs out."""

    renewal: int
    until: date


@dataclass(frozen=True, kw_only=True)
class RenewedByLaw(Fact):
    """视为准予延续: applied for in time and not decided when the licence ran out.

    Dated with the day on which it ran out; `recorded_on` is when it was written down.
    """

    decision: int
    recorded_on: date


TERMS_ZH.update(
    {
        "RenewalReminded": "提醒延续",
        "RenewalNamed": "登记原证",
        "RenewedByLaw": "逾期未决定，视为准予延续",
    }
)
