"""人员的事实: what can happen to the questions who acts for whom, who is alive, and who opens an account?

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


@dataclass(frozen=True, kw_only=True)
class DeathRecorded(Fact):
    """登记去世: a window saw the paper; nobody applies in this name any more."""

    party: int
    death: int


@dataclass(frozen=True, kw_only=True)
class DeathUndone(Fact):
    """撤销去世登记: it was a mistake."""

    party: int
    death: int


@dataclass(frozen=True, kw_only=True)
class PasswordReset(Fact):
    """窗口重设密码: somebody showed the paper at a window; the earlier password opens nothing any more."""

    party: int


TERMS_ZH.update(
    {
        "DeathRecorded": "登记去世",
        "DeathUndone": "撤销去世登记",
        "PasswordReset": "窗口重设密码",
        "RelationClaimed": "网上登记监护人或负责人",
        "RelationProved": "核实监护人或负责人",
        "RelationEnded": "终止监护人或负责人",
    }
)
