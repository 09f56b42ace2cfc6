"""生效: how does an approved change of an item enter the tables, once the power and the approval are there?

The acts ask who may; these functions do what several acts have in common, under the act's lock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from onewindow.catalogue import ready
from onewindow.catalogue.models import Change, Item, ItemVersion, StateNotice
from onewindow.journal import write
from onewindow.rules.facts_catalogue import ItemResumed, ItemSuspended, ItemWithdrawn, VersionPublished
from onewindow.rules.grants import Actor, NotAllowed

_INDEX = ("name", "kind", "audience", "themes", "aliases", "online_depth", "level", "immediate")


def locked(item: Item) -> Item:
    """The item and its journal row as they stand now, held until the act ends."""
    rows = Item.objects.select_related("subject", "department").select_for_update(of=("self", "subject"))
    return rows.get(pk=item.pk)


def refuse_gaps(version: ItemVersion, on: date) -> None:
    if found := ready.gaps(version, on):
        raise NotAllowed(
            "还不能发布，缺少或者不合要求的有：" + "；".join(str(gap) for gap in found) + "。请补全再交。"
        )


def refuse_unsettled(item: Item) -> None:
    """三到位: nothing is opened for application at the hall before item, staff and power are there."""
    if lacking := item.not_settled:
        raise NotAllowed(
            f"“{item.name}”还没有做到{'、'.join(lacking)}，不能开放办理。请先在事项页登记三到位，再发布或者恢复。"
        )


def put_in_force(item: Item, version: ItemVersion, *, by: Actor, on: date, at: datetime) -> ItemVersion:
    """The publication itself: the old version retires, the new one is frozen, the index follows."""
    version.item = item
    refuse_gaps(version, on)
    refuse_unsettled(item)
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
    """The change of state itself, with its public notice."""
    turn = _TURNS[StateNotice.Kind(kind)]
    if item.state not in turn.before:
        word = StateNotice.Kind(kind).label
        raise NotAllowed(f"“{item.name}”现在是“{item.get_state_display()}”，不能{word}。请刷新后再看。")
    if turn.after == Item.State.PUBLISHED:
        refuse_unsettled(item)
    if len(reason.strip()) < 4:
        raise NotAllowed("请写明原因，办事指南会向群众公布。")
    notice = StateNotice.objects.create(
        county=item.county, item=item, kind=kind, reason=reason.strip()[:300], on=on, by=by.actor_code, at=at
    )
    item.state, item.changed_at = turn.after, at
    item.save(update_fields=["state", "changed_at"])
    write.record(item.subject, turn.fact(on=on, notice=notice.pk), by=by, at=at)
    return item


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
