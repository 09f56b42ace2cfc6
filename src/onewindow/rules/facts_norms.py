"""工作制度的事实: what can happen to the written rules of a hall, to those who are to know them, and to the sections of the office?

The bodies hold row ids and days; titles, texts and names stand in the rows.
"""

from __future__ import annotations

from dataclasses import dataclass

from onewindow.rules.facts import TERMS_ZH, Fact


@dataclass(frozen=True, kw_only=True)
class SectionOpened(Fact):
    """设立股室."""

    section: int


@dataclass(frozen=True, kw_only=True)
class SectionClosed(Fact):
    """撤销股室."""

    section: int


@dataclass(frozen=True, kw_only=True)
class PostPlaced(Fact):
    """岗位归入股室; 0 is none."""

    post: int
    section: int


@dataclass(frozen=True, kw_only=True)
class NormIssued(Fact):
    """发布工作制度: a version, to which units."""

    norm: int
    version: int
    units: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class NormSentOn(Fact):
    """补发工作制度 to units that it was not addressed to before."""

    version: int
    units: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class NormChecksSet(Fact):
    """修改制度的检查项: how many lines a round looks at."""

    version: int
    checks: int


@dataclass(frozen=True, kw_only=True)
class NormWithdrawn(Fact):
    """废止工作制度."""

    norm: int


@dataclass(frozen=True, kw_only=True)
class NormAcknowledged(Fact):
    """签收工作制度, for which units."""

    version: int
    officer: int
    units: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class NormUnread(Fact):
    """制度逾期未签收: whoever has not acknowledged it is reminded, once."""

    version: int
    unit: int


TERMS_ZH.update(
    {
        "SectionOpened": "设立股室",
        "SectionClosed": "撤销股室",
        "PostPlaced": "岗位归入股室",
        "NormIssued": "发布工作制度",
        "NormSentOn": "补发工作制度",
        "NormChecksSet": "修改制度检查项",
        "NormWithdrawn": "废止工作制度",
        "NormAcknowledged": "签收工作制度",
        "NormUnread": "制度逾期未签收",
    }
)
