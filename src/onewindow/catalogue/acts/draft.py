"""起草: how does an item enter the catalogue, and how is a version of it written?"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from onewindow.catalogue.clock import clock_of
from onewindow.catalogue.models import Item, ItemVersion, Material, MaterialPaper
from onewindow.catalogue.text import VersionText
from onewindow.catalogue.write import locked
from onewindow.ground import series
from onewindow.journal import write
from onewindow.people.instead import instead_of
from onewindow.rules.facts_catalogue import ItemListed, VersionDrafted
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs

UNPUBLISHED = (ItemVersion.State.DRAFT, ItemVersion.State.REVIEWED)


@needs(Grant.CATALOGUE_DRAFT)
@transaction.atomic
def list_item(
    item: Item, *, by: Actor, on: date, at: datetime, text: VersionText | None = None, run: int | None = None
) -> Item:
    """列入名录: a new item that can be found and asked about, not applied for; `text` begins its guide."""
    item.state = Item.State.LISTED
    _enter(item, at)
    if text is not None:
        _put(_draft_of(item), text, by, at)
    write.record(item.subject, ItemListed(on=on, run=run), by=by, at=at)
    return item


@needs(Grant.CATALOGUE_DRAFT)
@transaction.atomic
def draft(item: Item, text: VersionText, *, by: Actor, on: date, at: datetime) -> ItemVersion:
    """起草: write an item's next version, or its unreviewed draft anew; a new item enters with it."""
    if item.pk is None:
        item.state = Item.State.DRAFT
        item.name, item.kind = text.name, text.kind
        _enter(item, at)
    item = locked(item)
    if item.state == Item.State.WITHDRAWN:
        raise NotAllowed(f"“{item.name}”已经取消，编码不再使用；需要办理的，请新建事项。")
    version = _put(_draft_of(item), text, by, at)
    fact = VersionDrafted(on=on, version=version.pk, number=version.number)
    write.record(item.subject, fact, by=by, at=at, instead=instead_of(by, item, fact.name, None))
    return version


def _put(version: ItemVersion, text: VersionText, by: Actor, at: datetime) -> ItemVersion:
    """The version as the text says, with its materials."""
    _write(version, text)
    version.drafted_by, version.drafted_at = by.actor_code, at
    again = version.pk is not None
    version.save()
    if again:
        Material.objects.filter(version=version).delete()
    Material.objects.bulk_create(_materials(version, text))
    _take_over_papers(version, text, again=again)
    return version


def _take_over_papers(version: ItemVersion, text: VersionText, *, again: bool) -> None:
    """A new version begins with the files of the one before; what has lost its material is left out."""
    codes = [one.code for one in text.materials]
    if again:
        MaterialPaper.objects.filter(version=version).exclude(code__in=codes).delete()
        return
    before = MaterialPaper.objects.filter(
        version__item_id=version.item_id, version__number=version.number - 1, code__in=codes
    )
    MaterialPaper.objects.bulk_create(
        [MaterialPaper(version=version, code=one.code, role=one.role, file_id=one.file_id) for one in before]
    )


def _enter(item: Item, at: datetime) -> None:
    number = f"{series.take(item.county, 'item'):06}"
    item.subject = write.open_subject(item.county, "item", number)
    item.changed_at = at
    item.save(force_insert=True)


def _draft_of(item: Item) -> ItemVersion:
    last = item.versions.order_by("-number").first()
    if last is not None and last.state == ItemVersion.State.REVIEWED:
        raise NotAllowed(f"第 {last.number} 版已经审核通过、等待发布；要修改，请先由审核人退回。")
    if last is not None and last.state == ItemVersion.State.DRAFT:
        return last
    number = 1 if last is None else last.number + 1
    return ItemVersion(county=item.county, item=item, number=number, state=ItemVersion.State.DRAFT)


def _write(version: ItemVersion, text: VersionText) -> None:
    version.name, version.kind = text.name, text.kind
    version.legal_days, version.legal_unit = text.legal_days, text.legal_unit
    version.promised_days, version.promised_unit = text.promised_days, text.promised_unit
    version.immediate = text.immediate
    version.content, version.form, version.index = text.content, text.form, text.index
    version.clock = clock_of(text.content, text.kind)


def _materials(version: ItemVersion, text: VersionText) -> list[Material]:
    return [
        Material(
            version=version,
            code=one.code,
            order=place,
            name=one.name,
            necessity=one.necessity,
            source=one.source,
            forms=list(one.forms),
            copies=one.copies,
            detail=one.detail,
        )
        for place, one in enumerate(text.materials, 1)
    ]
