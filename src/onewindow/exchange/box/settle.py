"""本机记下什么: how does what the county sends down become rows of the machine, whole or not at all, however often it comes?"""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import Any

from allauth.mfa.models import Authenticator
from django.core import serializers
from django.db import transaction
from django.db.models import Model, QuerySet

from onewindow.box import ledger
from onewindow.box.models import Box, BoxBooking, Outgoing
from onewindow.cases.models import ReceiptBlock
from onewindow.catalogue.models import Item, ItemVersion, Material
from onewindow.catalogue.reads import SHOWN
from onewindow.exchange.box.venue import MODELS, names
from onewindow.ground import series
from onewindow.ground.fields import lookup
from onewindow.guidance import index
from onewindow.hall.models import Booking, TidalRun
from onewindow.journal.models import Subject
from onewindow.people.models import Account, Holding, Party, Post
from onewindow.places.models import Hall, Line, Service, Window
from onewindow.places.reads import here
from onewindow.rules.bookings import Stage
from onewindow.rules.facts_booking import KIND as BOOKING
from onewindow.rules.grants import GRANT_WORDS, Actor, Grant, needs
from onewindow.rules.identity import paper_key

_ITEM = "item"
A_FEW = 50  # items that are put into the index one by one


@needs(Grant.BOX_LINK)
@transaction.atomic
def lay(box: Box | None, told: dict[str, Any], *, by: Actor) -> None:
    """The venue as the county has it today; what of a window happens here stays as it is here."""
    said_open = box.said_open if box is not None else {}
    before = _listed()
    for part in told["rows"]:
        model = MODELS.get(part["model"])
        if model is None:
            continue  # a county of a later version sends more than this one knows
        rows = serializers.deserialize("json", json.dumps(part["rows"]), ignorenonexistent=True)
        for one, kept in zip(rows, part["rows"], strict=True):
            _put(model, one, told["subjects"], said_open, set(kept["fields"]))
    _gone(told)
    for line in Line.objects.all():
        line.items.set([_subject(number) for number in told["lines"].get(str(line.pk), [])])
    _find_again({row[0] for row in before ^ _listed()})


@needs(Grant.BOX_LINK)
@transaction.atomic
def found_again(box: Box, *, by: Actor) -> None:
    """What a machine of an earlier version laid down cannot be found yet."""
    _find_again(set())


def _listed() -> set[tuple[Any, ...]]:
    return set(Item.objects.values_list("pk", "state", "current", "changed_at"))


def _find_again(changed: set[int]) -> None:
    """找事项: at the kiosk and with the guides items are found as at the county; the index is of this machine."""
    shown = Item.objects.filter(county=here().code, state__in=SHOWN)
    changed = changed | set(shown.filter(listing__isnull=True).values_list("pk", flat=True))
    if len(changed) > A_FEW:
        index.rebuild(here().code)
    elif changed:
        index.refresh(sorted(changed))


def _put(
    model: type[Model], one: Any, subjects: dict[str, str], said_open: dict[str, Any], sent: set[str]
) -> None:
    """`sent`: what the county said of the row; a column that it does not know keeps what is here."""
    row = one.object
    if model is Item:
        row.subject = _subject(subjects[str(row.pk)])
    if model in (ItemVersion, Material):
        _put_frozen(row)
        return
    if model is Service:
        _put_service(row)
        return
    if model is Account:
        _reset_factor(row)
    if model is Post:
        row.grants = [
            grant for grant in row.grants if grant in GRANT_WORDS
        ]  # a later county has more of them
    fields = [f for f in model._meta.concrete_fields if f.name in names(model) and f.name in sent]
    told = {f.attname: getattr(row, f.attname) for f in fields}
    if model is Window and said_open.get(str(row.pk)) == row.is_open:
        told.pop("is_open", None)  # opened or closed here since: the county has said nothing new
    if not model._base_manager.filter(pk=row.pk).update(**told):
        row.save_base(raw=True, force_insert=True)
    for name, keys in (one.m2m_data or {}).items():
        there = getattr(row, name)
        there.set(there.model._base_manager.filter(pk__in=keys))


def _put_service(row: Service) -> None:
    """By window and line, not by number: a tidal window that is open by its plan serves what the plan says."""
    if not _open_by_plan().filter(window=row.window_id).exists():
        told = {"first": row.first}
        Service.objects.update_or_create(window_id=row.window_id, line_id=row.line_id, defaults=told)


def _open_by_plan() -> QuerySet[TidalRun]:
    return TidalRun.objects.filter(closed_at__isnull=True, plan__isnull=False)


def _reset_factor(row: Account) -> None:
    """重设 at the county: his telephone may be lost, so he sets the second factor of this machine up anew.

    Once for each time that it was reset there, whatever he did there since; the clocks of both sides are not compared.
    """
    if row.factor_reset_at is not None:
        told = Account.objects.filter(pk=row.pk, factor_reset_at__gte=row.factor_reset_at)
        if not told.exists():
            Authenticator.objects.filter(user=row.pk).delete()


def _put_frozen(row: Any) -> None:
    """A published version is never changed: it is put down once, its papers before it is frozen."""
    if isinstance(row, Material):
        if ItemVersion.objects.filter(pk=row.version_id, state=ItemVersion.State.DRAFT).exists():
            row.save_base(raw=True)
        return
    if ItemVersion.objects.filter(pk=row.pk).exists():
        return
    row.state = ItemVersion.State.DRAFT
    row.save_base(raw=True, force_insert=True)


def _gone(told: dict[str, Any]) -> None:
    """What the county no longer has: services of windows, seats and sign-ins; and what is in force of the items."""
    kept = {part["model"]: [row["pk"] for row in part["rows"]] for part in told["rows"]}
    (services,) = [part["rows"] for part in told["rows"] if part["model"] == Service._meta.label]
    served = {(one["fields"]["window"], one["fields"]["line"]) for one in services}
    for one in Service.objects.exclude(window__in=_open_by_plan().values("window")):
        if (one.window_id, one.line_id) not in served:
            one.delete()
    Holding.objects.exclude(pk__in=kept[Holding._meta.label]).delete()
    gone = Account.objects.exclude(pk__in=kept[Account._meta.label])
    gone.update(is_active=False, password="!")  # noqa: S106 (that is no password: it lets nobody in)
    new = ItemVersion.objects.filter(state=ItemVersion.State.DRAFT)
    for version in list(new):
        old = ItemVersion.objects.filter(item=version.item_id, state=ItemVersion.State.PUBLISHED)
        old.update(state=ItemVersion.State.RETIRED)
        ItemVersion.objects.filter(pk=version.pk).update(state=ItemVersion.State.PUBLISHED)
        Item.objects.filter(pk=version.item_id).update(current=version.pk)
    items = Item.objects.exclude(pk__in=kept[Item._meta.label])
    items.filter(state=Item.State.PUBLISHED).update(state=Item.State.SUSPENDED)


def _subject(number: str, kind: str = _ITEM) -> Subject:
    return Subject.objects.get_or_create(county=here().code, kind=kind, number=number)[0]


@needs(Grant.BOX_LINK)
@transaction.atomic
def own(box: Box, *, by: Actor, at: datetime, given: dict[str, int]) -> None:
    """接管: the queue of the hall is run here from now on, behind the numbers that the county gave today."""
    for letter, number in given.items():
        series.at_least(box.county, f"ticket:{box.hall_id}-{at:%Y%m%d}-{letter}", number)
    Hall.objects.filter(pk=box.hall_id).update(box=box.key)


@needs(Grant.BOX_LINK)
def leave_alone(box: Box, *, by: Actor) -> None:
    """不取号叫号: not its own yet, or its data are older than the county's: what it would give was given already."""
    Hall.objects.filter(pk=box.hall_id).exclude(box="").update(box="")


@needs(Grant.BOX_LINK)
@transaction.atomic
def keep_blocks(box: Box, told: list[dict[str, int]], *, by: Actor, at: datetime) -> None:
    """The receipt numbers that are reserved for this machine; a block that is here is never changed."""
    known = set(ReceiptBlock.objects.values_list("pk", flat=True))
    for one in told:
        if one["pk"] not in known:
            row = {"county": box.county, "box": box, "reserved_by": by.actor_code, "reserved_at": at}
            ReceiptBlock.objects.create(pk=one["pk"], first=one["first"], last=one["last"], **row)


@needs(Grant.BOX_LINK)
@transaction.atomic
def note_booking(box: Box, told: dict[str, Any], *, by: Actor, at: datetime) -> str:
    """A booking as it stands at the county now; the answer says whether he had come before it was heard."""
    found = Booking.objects.select_for_update(of=("self",)).filter(pk=told["pk"]).first()
    answer = _noted(box, found, told)
    body = {"booking": told["pk"], "digest": told["digest"], "answer": answer.value}
    ledger.say(Outgoing.Kind.ANSWERED, body, at)
    return answer.value


def _noted(box: Box, found: Booking | None, told: dict[str, Any]) -> BoxBooking.Answer:
    if found is not None and found.stage == Stage.ARRIVED.value:
        return BoxBooking.Answer.CAME
    if not told["on"]:
        if found is not None:
            found.stage = Stage.CANCELLED.value
            found.save(update_fields=["stage"])
        return BoxBooking.Answer.DROPPED
    row = _booking(box, told, _party(told["party"]))
    if found is None:
        row["subject"] = _subject(told["number"], BOOKING)
    Booking.objects.update_or_create(pk=told["pk"], defaults=row)
    Booking.objects.get(pk=told["pk"]).items.set(Item.objects.filter(subject__number__in=told["items"]))
    return BoxBooking.Answer.KEPT


def _booking(box: Box, told: dict[str, Any], party: Party) -> dict[str, Any]:
    same = ("number", "code", "once", "service", "channel", "minutes", "provisional")
    return {
        **{name: told[name] for name in same},
        **{"county": box.county, "hall": box.hall, "line_id": told["line"], "window_id": told["window"]},
        "party": party,
        "stage": Stage.CONFIRMED.value,
        "asked_at": datetime.fromisoformat(told["asked_at"]),
        "on": date.fromisoformat(told["day"]),
        "begins": time.fromisoformat(told["begins"]),
        "ends": time.fromisoformat(told["ends"]),
    }


def _party(told: dict[str, Any]) -> Party:
    """Found by the same paper under the key of this machine; neither telephone nor address comes along."""
    same = ("kind", "name", "nation", "paper_kind", "paper_number")
    row = {name: told[name] for name in same}
    key = paper_key(told["paper_kind"], told["paper_number"], nation=told["nation"], name=told["name"])
    row |= {"paper_hash": lookup(key), "born": date.fromisoformat(told["born"]) if told["born"] else None}
    return Party.objects.update_or_create(pk=told["pk"], defaults=row)[0]
