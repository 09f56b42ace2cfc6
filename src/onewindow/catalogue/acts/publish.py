"""审核发布: how does a draft become what every channel shows, and how is an item taken out of use?"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from onewindow.catalogue.models import Change, Item, ItemVersion, StateNotice
from onewindow.catalogue.write import locked, put_in_force, refuse_gaps, turn_state
from onewindow.journal import write
from onewindow.journal.doers import who_did
from onewindow.people.instead import counting
from onewindow.rules.facts_catalogue import ItemSettled, VersionReviewed, VersionSentBack
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs


@needs(Grant.CATALOGUE_REVIEW)
@transaction.atomic
def review(version: ItemVersion, *, by: Actor, on: date, at: datetime) -> ItemVersion:
    """审核通过: somebody other than the drafter has read the version and found nothing missing."""
    item = locked(version.item)
    version = item.versions.get(pk=version.pk)
    if version.state != ItemVersion.State.DRAFT:
        raise NotAllowed(
            f"第 {version.number} 版现在是“{version.get_state_display()}”，不用再审核。请刷新后再看。"
        )
    drafted = who_did(item.subject, "VersionDrafted", version=version.pk) | {version.drafted_by}
    if drafted & counting(by, item, "VersionReviewed"):
        raise NotAllowed("起草的人不能审核自己起草的版本，请由另一位有审核权限的同事审核。")
    refuse_gaps(version, on)
    version.state, version.reviewed_by = ItemVersion.State.REVIEWED, by.actor_code
    version.save(update_fields=["state", "reviewed_by"])
    fact = VersionReviewed(on=on, version=version.pk, number=version.number)
    write.record(item.subject, fact, by=by, at=at)
    return version


@needs(Grant.CATALOGUE_REVIEW)
@transaction.atomic
def send_back(version: ItemVersion, *, by: Actor, on: date, at: datetime) -> ItemVersion:
    """审核退回: the reviewed version becomes a draft again."""
    item = locked(version.item)
    version = item.versions.get(pk=version.pk)
    if version.state != ItemVersion.State.REVIEWED:
        now = version.get_state_display()
        raise NotAllowed(f"只有“已审核”的版本可以退回，第 {version.number} 版现在是“{now}”。请刷新后再看。")
    if item.changes.filter(version=version, state=Change.State.APPROVED).exists():
        raise NotAllowed(
            f"第 {version.number} 版的调整申请已经同意、等待生效，不能再退回。要改的，请等生效以后再提调整。"
        )
    version.state, version.reviewed_by = ItemVersion.State.DRAFT, ""
    version.save(update_fields=["state", "reviewed_by"])
    fact = VersionSentBack(on=on, version=version.pk, number=version.number)
    write.record(item.subject, fact, by=by, at=at)
    return version


@needs(Grant.CATALOGUE_PUBLISH)
@transaction.atomic
def publish(version: ItemVersion, *, by: Actor, on: date, at: datetime) -> ItemVersion:
    """发布: freeze a reviewed version and show it everywhere; a public item needs an approved change."""
    item = locked(version.item)
    version = item.versions.get(pk=version.pk)
    if version.state != ItemVersion.State.REVIEWED:
        raise NotAllowed(
            f"第 {version.number} 版现在是“{version.get_state_display()}”，审核通过后才能发布。请先请人审核。"
        )
    if item.current_id is not None and not _approved(item, version, on):
        raise NotAllowed("这个事项已经公开办理，要改它，请先提出事项调整申请，经审核同意并到生效日期。")
    return put_in_force(item, version, by=by, on=on, at=at)


@needs(Grant.CATALOGUE_PUBLISH)
@transaction.atomic
def suspend(item: Item, *, by: Actor, on: date, at: datetime, reason: str) -> Item:
    """暂停办理: no new application; running cases go on."""
    return turn_state(locked(item), StateNotice.Kind.SUSPEND, reason, by=by, on=on, at=at)


@needs(Grant.CATALOGUE_PUBLISH)
@transaction.atomic
def resume(item: Item, *, by: Actor, on: date, at: datetime, reason: str) -> Item:
    """恢复办理."""
    return turn_state(locked(item), StateNotice.Kind.RESUME, reason, by=by, on=on, at=at)


@needs(Grant.CATALOGUE_PUBLISH)
@transaction.atomic
def withdraw(item: Item, *, by: Actor, on: date, at: datetime, reason: str) -> Item:
    """取消事项: for good; its code is never given to another item."""
    return turn_state(locked(item), StateNotice.Kind.WITHDRAW, reason, by=by, on=on, at=at)


@needs(Grant.CATALOGUE_PUBLISH)
@transaction.atomic
def settle(
    item: Item, *, by: Actor, on: date, at: datetime, moved_in: bool, staffed: bool, empowered: bool
) -> Item:
    """登记三到位: whether item, staff and power are at the hall; an item that is open keeps all three."""
    item = locked(item)
    item.moved_in, item.staffed, item.empowered = moved_in, staffed, empowered
    if item.is_open and (lacking := item.not_settled):
        raise NotAllowed(f"“{item.name}”正在办理，{'、'.join(lacking)}缺了就不能收件；请先暂停办理，再登记。")
    item.save(update_fields=["moved_in", "staffed", "empowered"])
    fact = ItemSettled(on=on, moved_in=moved_in, staffed=staffed, empowered=empowered)
    write.record(item.subject, fact, by=by, at=at)
    return item


def _approved(item: Item, version: ItemVersion, on: date) -> bool:
    return item.changes.filter(version=version, state=Change.State.APPROVED, effective_on__lte=on).exists()
