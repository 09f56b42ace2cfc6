"""人员的事实: what can happen to the question who acts for whom?

The bodies hold row ids; names, numbers and reasons stand in the rows.
"""

from __future__ import annotations

from dataclasses import dataclass

from onewindow.rules.facts import TERMS_ZH, Fact

KIND = "relation"


@dataclass(frozen=True, kw_only=True)
class RelationClaimed(Fact):
    """网上登记监护人或负责人: his own word, which no window has held against a paper yet."""

    claim: int
    party: int
    speaker: int


@dataclass(frozen=True, kw_only=True)
class RelationProved(Fact):
    """核实监护人或负责人: a window has seen the papers; from now on he acts for the party in everything."""

    party: int
    speaker: int


@dataclass(frozen=True, kw_only=True)
class RelationEnded(Fact):
    """终止监护人或负责人: what a window saw speaks against him."""

    party: int
    speaker: int


TERMS_ZH.update(
    {
        "RelationClaimed": "网上登记监护人或负责人",
        "RelationProved": "核实监护人或负责人",
        "RelationEnded": "终止监护人或负责人",
    }
)
