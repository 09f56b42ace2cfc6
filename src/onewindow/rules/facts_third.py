"""利害关系人的事实: what happens between the office and others whom a decision touches (行政许可法 36, 47)?

The bodies hold row ids and days; who they are and what they say stands encrypted in the rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onewindow.rules.facts import TERMS_ZH, Fact


@dataclass(frozen=True, kw_only=True)
class ThirdNamed(Fact):
    """确定利害关系人 (行政许可法 36): the decision touches his major interests; his notice follows from this."""

    third: int


@dataclass(frozen=True, kw_only=True)
class ThirdTold(Fact):
    """告知书送达利害关系人: he has until `reply_by` to speak and, where he `may_ask` for a hearing, until `ask_by`.

    `reply_days` and `ask_days` are the working days in which they were reckoned: when a holiday notice comes later, his
    days end later too. A day that is provisional never acts against him.
    """

    third: int
    reply_by: date
    ask_by: date
    may_ask: bool = False
    reply_days: int = 0
    ask_days: int = 0


@dataclass(frozen=True, kw_only=True)
class ThirdSpoke(Fact):
    """利害关系人陈述申辩: he said what he has to say; `hearing`: he wants to be heard in a hearing (47).

    `late`: he asked for one when his days for it were over; the office weighs that with what he said.
    """

    third: int
    said: int
    hearing: bool = False
    late: bool = False


@dataclass(frozen=True, kw_only=True)
class ThirdHeard(Fact):
    """听取利害关系人意见: the office weighed it and wrote down how."""

    third: int


@dataclass(frozen=True, kw_only=True)
class ThirdReleased(Fact):
    """不再列为利害关系人: named by mistake; with the reason."""

    third: int


TERMS_ZH.update(
    {
        "ThirdNamed": "确定利害关系人",
        "ThirdTold": "告知书送达利害关系人",
        "ThirdSpoke": "利害关系人陈述意见",
        "ThirdHeard": "听取利害关系人意见",
        "ThirdReleased": "不再列为利害关系人",
    }
)
