"""演示事项: how do the demonstration county's item files enter its catalogue?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from onewindow.catalogue import base
from onewindow.catalogue import text as texts
from onewindow.catalogue.acts.base import take_in_base
from onewindow.catalogue.acts.change import approve, request_change
from onewindow.catalogue.acts.draft import draft
from onewindow.catalogue.acts.publish import publish, review
from onewindow.catalogue.demo import format as files
from onewindow.catalogue.demo.wording import Words
from onewindow.catalogue.models import Change, Item, ItemVersion
from onewindow.catalogue.text import VersionText
from onewindow.ground.clock import SHANGHAI
from onewindow.places.models import County, Department, Region
from onewindow.rules import codes
from onewindow.rules.grants import Actor, Grant, needs


class _Loader:
    """装入程序: drafts what the files say; a person reviews and publishes it."""

    actor_code = "loader"

    def may(self, grant: Grant, subject: object | None = None) -> bool:
        return grant is Grant.CATALOGUE_DRAFT


LOADER = _Loader()


@dataclass
class Loaded:
    """What the loading did, by the keys of the files; `left_out`: those whose department does not exist."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


@needs(Grant.CATALOGUE_PUBLISH)
def load_demo(
    county: County, *, by: Actor, at: datetime, items: Iterable[files.Item] | None = None
) -> Loaded:
    """Put the item files through draft, review and publication; a file that changed becomes a new version.

    An item whose guide somebody wrote anew stays as he wrote it.

    Safe to run twice, and after a run that was cut off: one file is one transaction.
    """
    offices = {office.key: office for office in Department.objects.filter(county=county.code, closed_on=None)}
    loaded = Loaded()
    below = Region.objects.filter(parent_id=county.code).values_list("name", flat=True)
    here = Words.of(county.name, list(below))
    for one in files.read_all() if items is None else items:
        office = offices.get(one.department)
        if office is None:
            loaded.left_out.append(one.key)
            continue
        with transaction.atomic():
            take_in_base(
                county, base.of_file(one, county.name), by=by, on=at.astimezone(SHANGHAI).date(), at=at
            )
            text = here.of_text(texts.of_file(one, county.name))
            outcome = _load(office, one, text, by=by, at=at)
        getattr(loaded, outcome).append(one.key)
    return loaded


def _load(office: Department, file: files.Item, text: VersionText, *, by: Actor, at: datetime) -> str:
    on = at.astimezone(SHANGHAI).date()
    code = codes.build_item(office.uscc, texts.LEVELS[file.levels[0]], file.code, 1)
    rows = Item.objects.filter(county=office.county, handle_code=code.handle)
    known = rows.select_related("current").first()
    if known is None:
        item = Item(
            county=office.county,
            department=office,
            base_code=code.base,
            task_code=code.task,
            handle_code=code.handle,
            moved_in=True,
            staffed=True,
            empowered=True,
        )
        version = draft(item, text, by=LOADER, on=on, at=at)
        publish(review(version, by=by, on=on, at=at), by=by, on=on, at=at)
        return "new"
    if known.current is None or known.state in (Item.State.WITHDRAWN, Item.State.SUSPENDED):
        return "same"  # somebody took it in hand: the files do not undo what people did
    by_hand = known.current.drafted_by != LOADER.actor_code
    if by_hand or texts.of_version(known.current) == text or _in_hand(known):
        return "same"
    _renew(known, text, by, on, at)
    return "changed"


def _in_hand(item: Item) -> bool:
    drafts = item.versions.filter(state__in=[ItemVersion.State.DRAFT, ItemVersion.State.REVIEWED])
    return (
        drafts.exclude(drafted_by=LOADER.actor_code).exists()
        or item.changes.filter(state__in=[Change.State.ASKED, Change.State.APPROVED]).exists()
    )


def _renew(item: Item, text: VersionText, by: Actor, on: date, at: datetime) -> None:
    change = request_change(
        item,
        by=LOADER,
        on=on,
        at=at,
        kind=Change.Kind.ALTER,
        ground=Change.Ground.PRACTICE,
        reason="演示事项的文本随软件版本更新。",
        wanted_on=on,
        version=draft(item, text, by=LOADER, on=on, at=at),
    )
    approve(change, by=by, on=on, at=at, opinion="同意，按新文本发布。")
