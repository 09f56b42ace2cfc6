"""基本目录更新: how does what the state or the province lays down reach the items of the place?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from onewindow.catalogue import base, ready
from onewindow.catalogue.acts.change import approve, request_change
from onewindow.catalogue.acts.draft import draft
from onewindow.catalogue.base import BaseText
from onewindow.catalogue.models import BaseItem, BaseVersion, Change, Item
from onewindow.catalogue.reads import resting
from onewindow.catalogue.text import of_version
from onewindow.journal import write
from onewindow.journal.models import Subject
from onewindow.places.models import County
from onewindow.rules.facts_catalogue import BaseTakenIn
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs


class _BaseCatalogue:
    """基本目录: drafts what it lays down; a person approves it."""

    actor_code = "base"

    def may(self, grant: Grant, subject: object | None = None) -> bool:
        return grant is Grant.CATALOGUE_DRAFT


@dataclass
class Followed:
    """Which items were brought in line, and which could not be, with the reason."""

    done: list[str] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)


@needs(Grant.CATALOGUE_PUBLISH)
@transaction.atomic
def take_in_base(county: County, told: BaseText, *, by: Actor, on: date, at: datetime) -> str:
    """更新基本目录: one item of it as it is laid down now; answers added, changed or same."""
    row = BaseItem.objects.select_for_update(of=("self",)).select_related("current", "subject")
    known = row.filter(county=county.code, code=told.code).first()
    now = known.current if known is not None else None
    if now is not None and _same(now, told):
        return "same"
    if known is None:
        subject = write.open_subject(county.code, "base", told.code)
        known = BaseItem.objects.create(county=county.code, subject=subject, code=told.code)
    subject = Subject.objects.select_for_update().get(pk=known.subject_id)
    version = BaseVersion.objects.create(
        base=known,
        number=1 if now is None else now.number + 1,
        name=told.name,
        kind=told.kind,
        legal_days=told.legal_days,
        legal_unit=told.legal_unit,
        in_use=told.in_use,
        content=told.content,
        source=told.source[:200],
        effective_on=told.effective_on or on,
        taken_in_by=by.actor_code,
        taken_in_at=at,
    )
    known.current = version
    known.save(update_fields=["current"])
    write.record(subject, BaseTakenIn(on=on, version=version.pk, number=version.number), by=by, at=at)
    return "changed" if now is not None else "added"


@needs(Grant.CATALOGUE_PUBLISH)
def follow_base(one: BaseItem, *, by: Actor, on: date, at: datetime) -> Followed:
    """按基本目录更新: every public item that rests on it takes over what must be the same, in one publication."""
    made = Followed()
    with transaction.atomic():
        for item in resting(one).filter(state=Item.State.PUBLISHED):
            try:
                with transaction.atomic():
                    if _brought_in_line(item, one, by=by, on=on, at=at):
                        made.done.append(item.name)
            except NotAllowed as refused:
                made.left.append((item.name, str(refused)))
    return made


def _brought_in_line(item: Item, one: BaseItem, *, by: Actor, on: date, at: datetime) -> bool:
    version, now = item.current, one.current
    if version is None or now is None:
        return False
    text, wanted = of_version(version), ready.base_text(now, one.code)
    if not list(base.divergences(text, wanted, now.number)):
        return False
    if not wanted.in_use:
        raise NotAllowed(f"“{wanted.name}”已经从基本目录取消，请在事项页办理取消，并向群众说明原因。")
    newest = item.versions.order_by("-number").first()
    if newest is not None and not newest.is_frozen:
        raise NotAllowed(f"第 {newest.number} 版正在起草或者审核，请在里面一并改好再发布。")
    change = request_change(
        item,
        by=_BaseCatalogue(),
        on=on,
        at=at,
        kind=Change.Kind.ALTER,
        ground=Change.Ground.BUSINESS,
        which=Change.Which.BASE,
        reason=f"基本目录 {one.code} 更新为第 {now.number} 版。",
        wanted_on=on,
        version=draft(item, base.inherited(text, wanted), by=_BaseCatalogue(), on=on, at=at),
    )
    approve(change, by=by, on=on, at=at, opinion="同意，按基本目录更新。")
    return True


def would_be(county: str, told: BaseText) -> str:
    """What taking it in would answer, without doing it."""
    now = ready.base_of(county, told.code)
    return "added" if now is None else "same" if _same(now, told) else "changed"


def _same(now: BaseVersion, told: BaseText) -> bool:
    kept = ready.base_text(now, told.code)
    return (kept.content, kept.name, kept.kind, kept.legal_days, kept.legal_unit, kept.in_use) == (
        told.content,
        told.name,
        told.kind,
        told.legal_days,
        told.legal_unit,
        told.in_use,
    )
