"""审核发布: how does a draft become what every channel shows, and how is an item taken out of use?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from onewindow.catalogue import gate
from onewindow.catalogue.acts.lock import locked
from onewindow.catalogue.models import Change, Item, ItemVersion, StateNotice
from onewindow.catalogue.text import of_version
from onewindow.journal import write
from onewindow.rules.facts_catalogue import (
    ItemResumed,
    ItemSuspended,
    ItemWithdrawn,
    VersionPublished,
    VersionReviewed,
    VersionSentBack,
)
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs

_INDEX = ("name", "kind", "audience", "themes", "aliases", "online_depth", "level", "immediate")


@needs(Grant.CATALOGUE_REVIEW)
@transaction.atomic
def review(version: ItemVersion, *, by: Actor, on: date, at: datetime) -> ItemVersion:
    """审核通过: somebody other than the drafter has read the version and found nothing missing."""
    item = locked(version.item)
    version = item.versions.get(pk=version.pk)
    if version.state != ItemVersion.State.DRAFT:
        raise NotAllowed(f"第 {version.number} 版现在是“{version.get_state_display()}”，不用再审核。")
    if version.drafted_by == by.actor_code:
        raise NotAllowed("起草的人不能审核自己起草的版本，请由另一位有审核权限的同事审核。")
    _refuse_gaps(version)
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
        raise NotAllowed(f"只有“已审核”的版本可以退回，第 {version.number} 版现在是“{now}”。")
    if item.changes.filter(version=version, state=Change.State.APPROVED).exists():
        raise NotAllowed(f"第 {version.number} 版的调整申请已经同意、等待生效，不能再退回。")
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
        raise NotAllowed(f"第 {version.number} 版现在是“{version.get_state_display()}”，审核通过后才能发布。")
    if item.current_id is not None and not _approved(item, version, on):
        raise NotAllowed("这个事项已经公开办理，要改它，请先提出事项调整申请，经审核同意并到生效日期。")
    return put_in_force(item, version, by=by, on=on, at=at)


def put_in_force(item: Item, version: ItemVersion, *, by: Actor, on: date, at: datetime) -> ItemVersion:
    """The publication itself; the caller has the power, the lock and the approval."""
    _refuse_gaps(version)
    retired = item.current_id
    if retired is not None:
        ItemVersion.objects.filter(pk=retired).update(state=ItemVersion.State.RETIRED)
    version.state, version.effective_on, version.published_at = ItemVersion.State.PUBLISHED, on, at
    version.save(update_fields=["state", "effective_on", "published_at"])
    _index(item, version, at)
    fact = VersionPublished(
        on=on, version=version.pk, number=version.number, effective_on=on, retired=retired
    )
    write.record(item.subject, fact, by=by, at=at)
    item.changes.filter(version=version, state=Change.State.APPROVED).update(state=Change.State.DONE)
    return version


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


@dataclass(frozen=True)
class _Turn:
    """From which states to which, and the fact that says so."""

    before: tuple[str, ...]
    after: str
    fact: type[ItemSuspended] | type[ItemResumed] | type[ItemWithdrawn]


_TURNS = {
    StateNotice.Kind.SUSPEND: _Turn((Item.State.PUBLISHED,), Item.State.SUSPENDED, ItemSuspended),
    StateNotice.Kind.RESUME: _Turn((Item.State.SUSPENDED,), Item.State.PUBLISHED, ItemResumed),
    StateNotice.Kind.WITHDRAW: _Turn(
        (Item.State.LISTED, Item.State.DRAFT, Item.State.PUBLISHED, Item.State.SUSPENDED),
        Item.State.WITHDRAWN,
        ItemWithdrawn,
    ),
}


def turn_state(item: Item, kind: str, reason: str, *, by: Actor, on: date, at: datetime) -> Item:
    """The change of state itself, with its public notice; the caller has the power and the lock."""
    turn = _TURNS[StateNotice.Kind(kind)]
    if item.state not in turn.before:
        word = StateNotice.Kind(kind).label
        raise NotAllowed(f"“{item.name}”现在是“{item.get_state_display()}”，不能{word}。")
    if len(reason.strip()) < 4:
        raise NotAllowed("请写明原因，办事指南会向群众公布。")
    notice = StateNotice.objects.create(
        county=item.county, item=item, kind=kind, reason=reason.strip()[:300], on=on, by=by.actor_code, at=at
    )
    item.state, item.changed_at = turn.after, at
    item.save(update_fields=["state", "changed_at"])
    write.record(item.subject, turn.fact(on=on, notice=notice.pk), by=by, at=at)
    return item


def _refuse_gaps(version: ItemVersion) -> None:
    if found := gate.gaps(of_version(version)):
        raise NotAllowed("还不能发布，缺少或者不合要求的有：" + "；".join(str(gap) for gap in found) + "。")


def _approved(item: Item, version: ItemVersion, on: date) -> bool:
    return item.changes.filter(version=version, state=Change.State.APPROVED, effective_on__lte=on).exists()


def _index(item: Item, version: ItemVersion, at: datetime) -> None:
    """What lists and the search read beside the version."""
    told = {"name": version.name, "kind": version.kind, "immediate": version.immediate, **version.index}
    for name in _INDEX:
        if name in told:
            setattr(item, name, told[name])
    item.current, item.changed_at = version, at
    if item.state != Item.State.SUSPENDED:
        item.state = Item.State.PUBLISHED
    item.save(update_fields=[*_INDEX, "current", "changed_at", "state"])
