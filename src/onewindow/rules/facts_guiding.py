"""导办的事实: what can a guide do with somebody in the hall, and what becomes of what he said?

Those of one visitor stand with his number; those of the hall with the organisation of the county. Ids and codes, no words.
"""

from __future__ import annotations

from dataclasses import dataclass

from onewindow.rules.facts import TERMS_ZH, Fact


@dataclass(frozen=True, kw_only=True)
class VisitorGuided(Fact):
    """引导来人: what he wanted and where he was sent."""

    guided: int
    way: str


@dataclass(frozen=True, kw_only=True)
class VisitorMarked(Fact):
    """标记特殊群体."""

    groups: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class HelperAssigned(Fact):
    """指派协助: who goes with him; 0 while there is no guide."""

    escort: int
    helper: int = 0


@dataclass(frozen=True, kw_only=True)
class HelpStepDone(Fact):
    """协助一步."""

    escort: int


@dataclass(frozen=True, kw_only=True)
class HelpOver(Fact):
    """协助结束: how, as a code."""

    escort: int
    how: str


@dataclass(frozen=True, kw_only=True)
class OneToOneOffered(Fact):
    """主动提供一对一专办, and whether he wants it."""

    accepted: bool


@dataclass(frozen=True, kw_only=True)
class CareGiven(Fact):
    """关怀等候: a cup of water for somebody who waits long."""


@dataclass(frozen=True, kw_only=True)
class PersonBound(Fact):
    """绑定来人: whose number it is became known at the window."""

    party: int


@dataclass(frozen=True, kw_only=True)
class QuestionHanded(Fact):
    """转窗口解答."""

    consultation: int
    window: int


@dataclass(frozen=True, kw_only=True)
class QuestionAnswered(Fact):
    """窗口答复咨询."""

    consultation: int


@dataclass(frozen=True, kw_only=True)
class RemarkEntered(Fact):
    """登记意见建议."""

    remark: int


@dataclass(frozen=True, kw_only=True)
class RemarkDecided(Fact):
    """答复意见建议: adopted or not."""

    remark: int
    adopted: bool


@dataclass(frozen=True, kw_only=True)
class RemarkDone(Fact):
    """改进完成."""

    remark: int


@dataclass(frozen=True, kw_only=True)
class DaySummed(Fact):
    """报送当日汇总: with how many entries."""

    summary: int
    entries: int


@dataclass(frozen=True, kw_only=True)
class GuideTrained(Fact):
    """设备培训."""

    training: int


@dataclass(frozen=True, kw_only=True)
class Announced(Fact):
    """大厅广播."""

    announcement: int


TERMS_ZH.update(
    {
        "VisitorGuided": "引导来人",
        "VisitorMarked": "标记特殊群体",
        "HelperAssigned": "指派协助",
        "HelpStepDone": "协助一步",
        "HelpOver": "协助结束",
        "OneToOneOffered": "主动提供一对一专办",
        "CareGiven": "关怀等候",
        "PersonBound": "绑定来人",
        "QuestionHanded": "转窗口解答",
        "QuestionAnswered": "窗口答复咨询",
        "RemarkEntered": "登记意见建议",
        "RemarkDecided": "答复意见建议",
        "RemarkDone": "改进完成",
        "DaySummed": "报送当日汇总",
        "GuideTrained": "设备培训",
        "Announced": "大厅广播",
    }
)
