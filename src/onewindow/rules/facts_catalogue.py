"""事项的事实: what can happen in the life of an item of the catalogue?

Reasons and opinions are sentences and stand in rows of their own; a fact keeps the number of the row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onewindow.rules.facts import TERMS_ZH, Fact


@dataclass(frozen=True, kw_only=True)
class ItemListed(Fact):
    """列入名录: the item is known by name; its guide is not complete and nobody can apply yet."""

    run: int | None = None


@dataclass(frozen=True, kw_only=True)
class VersionDrafted(Fact):
    """起草: a version was written, or written anew."""

    version: int
    number: int


@dataclass(frozen=True, kw_only=True)
class VersionReviewed(Fact):
    """审核通过: somebody other than the drafter read the version."""

    version: int
    number: int


@dataclass(frozen=True, kw_only=True)
class VersionSentBack(Fact):
    """审核退回: the version goes back to its drafter."""

    version: int
    number: int


@dataclass(frozen=True, kw_only=True)
class VersionPublished(Fact):
    """发布: the version is frozen and feeds every channel from now on; the one before is retired."""

    version: int
    number: int
    effective_on: date
    retired: int | None = None


@dataclass(frozen=True, kw_only=True)
class ItemSuspended(Fact):
    """暂停: no new application until the item is resumed."""

    notice: int


@dataclass(frozen=True, kw_only=True)
class ItemResumed(Fact):
    """恢复."""

    notice: int


@dataclass(frozen=True, kw_only=True)
class ItemWithdrawn(Fact):
    """取消: the item is no longer handled; its code is never used again."""

    notice: int


@dataclass(frozen=True, kw_only=True)
class ChangeRequested(Fact):
    """提出调整申请: a department asks for a change of the catalogue."""

    change: int


@dataclass(frozen=True, kw_only=True)
class ChangeApproved(Fact):
    """同意调整."""

    change: int
    effective_on: date


@dataclass(frozen=True, kw_only=True)
class ChangeDeclined(Fact):
    """不同意调整."""

    change: int


@dataclass(frozen=True, kw_only=True)
class ImportAsked(Fact):
    """提交导入: a file of items waits to be checked or taken in."""

    run: int


@dataclass(frozen=True, kw_only=True)
class ItemsImported(Fact):
    """导入完成: the items of a file stand in the catalogue."""

    run: int


@dataclass(frozen=True, kw_only=True)
class BaseTakenIn(Fact):
    """基本目录更新: the state or the province lays down an item anew."""

    version: int
    number: int


@dataclass(frozen=True, kw_only=True)
class PaperPut(Fact):
    """上传空白表格或者样表: a file of a material in a draft."""

    version: int
    code: str
    role: str
    file: int


@dataclass(frozen=True, kw_only=True)
class PaperTakenOut(Fact):
    """撤下空白表格或者样表."""

    version: int
    code: str
    role: str


@dataclass(frozen=True, kw_only=True)
class ItemSettled(Fact):
    """三到位登记: which of item, staff and power are at the hall."""

    moved_in: bool
    staffed: bool
    empowered: bool


TERMS_ZH.update(
    {
        "ItemListed": "列入名录",
        "VersionDrafted": "起草",
        "VersionReviewed": "审核通过",
        "VersionSentBack": "审核退回",
        "VersionPublished": "发布",
        "ItemSuspended": "暂停办理",
        "ItemResumed": "恢复办理",
        "ItemWithdrawn": "取消事项",
        "ChangeRequested": "提出调整申请",
        "ChangeApproved": "同意调整",
        "ChangeDeclined": "不同意调整",
        "ImportAsked": "提交导入文件",
        "ItemsImported": "导入完成",
        "BaseTakenIn": "基本目录更新",
        "PaperPut": "上传表格文件",
        "PaperTakenOut": "撤下表格文件",
        "ItemSettled": "登记三到位",
    }
)
