"""上报的事实: what happens to a case that is looked at here and decided by an organ above (行政许可法 35, 43)?

The bodies hold row ids; what was sent, to whom and what came back stands in the rows.
"""

from __future__ import annotations

from dataclasses import dataclass

from onewindow.rules.facts import TERMS_ZH, Fact


@dataclass(frozen=True, kw_only=True)
class SentUp(Fact):
    """转报上级: the opinion of the first look and all papers went to the organ that decides; its own days begin."""

    report: int


@dataclass(frozen=True, kw_only=True)
class ContactedAbove(Fact):
    """与上级联系: how far it is there, asked by the window that sent it up (湛河 二(二)2(1))."""

    contact: int


@dataclass(frozen=True, kw_only=True)
class GrantedAbove(Fact):
    """上级准予: the answer from above came in and is handed on."""

    decision: int


@dataclass(frozen=True, kw_only=True)
class DeniedAbove(Fact):
    """上级不予: the same, with the grounds and the remedy that the organ above gave."""

    decision: int


TERMS_ZH.update(
    {
        "SentUp": "转报上级",
        "ContactedAbove": "与上级联系",
        "GrantedAbove": "上级准予",
        "DeniedAbove": "上级不予",
    }
)
