"""大厅本机的登记: which machine owns the queue of a hall, from when, and who let it?

One administrator registers it: the machine gets no power over cases or letters, and its key can be taken back at once.
The queue is its own from its first call on, when nobody waits any more with a number that was given here.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from onewindow.box.models import Box, BoxBooking
from onewindow.box.reads import given
from onewindow.ground import series, sm
from onewindow.hall.acts.tidal import hand_over
from onewindow.hall.models import Ticket
from onewindow.places.models import Hall
from onewindow.places.write import journalise
from onewindow.rules.facts_box import BoxKeyRenewed, BoxRegistered, BoxResumed, BoxRetired, BoxTookOver
from onewindow.rules.grants import SYSTEM, Actor, Grant, NotAllowed, needs
from onewindow.rules.tickets import OVER

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@needs(Grant.PLACES_MANAGE)
@transaction.atomic
def register_box(hall: Hall, *, by: Actor, at: datetime, name: str, address: str = "") -> tuple[Box, str]:
    """登记大厅本机: the machine and its key, which is shown this once."""
    hall = Hall.objects.select_for_update(of=("self",)).get(pk=hall.pk)
    if Box.objects.filter(hall=hall, retired_at__isnull=True).exists():
        raise NotAllowed("这个大厅已经有本机了。要换机器的，请先停用原来的。")
    if not name.strip():
        raise NotAllowed("请给本机起个名称，例如“东城大厅排队主机”。")
    key = secrets.token_urlsafe(32)
    box = Box.objects.create(
        **{"county": hall.county, "key": _new_key(), "hall": hall, "name": name.strip()[:60]},
        **{"address": address.strip()[:120], "key_hash": hashed(key)},
        **{"registered_by": by.actor_code, "registered_at": at},
    )
    journalise(hall.county, BoxRegistered(on=at.date(), box=box.pk), by=by, at=at)
    return box, key


@needs(Grant.PLACES_MANAGE)
@transaction.atomic
def renew_key(box: Box, *, by: Actor, at: datetime) -> str:
    """换发密钥: the old one was seen by somebody, or lost; it opens nothing any more."""
    box = held(box)
    key = secrets.token_urlsafe(32)
    box.key_hash = hashed(key)
    box.save(update_fields=["key_hash"])
    journalise(box.county, BoxKeyRenewed(on=at.date(), box=box.pk), by=by, at=at)
    return key


@needs(Grant.PLACES_MANAGE)
@transaction.atomic
def retire_box(box: Box, *, by: Actor, at: datetime, reason: str) -> Box:
    """停用本机: the county gives the numbers again; what the machine never told is lost here, so it is said why."""
    if len(reason.strip()) < 4:
        raise NotAllowed("请写明为什么停用，至少四个字。本机没有报上来的取号和收件，停用以后不再接收。")
    box = held(box)
    hall = Hall.objects.select_for_update(of=("self",)).get(pk=box.hall_id)
    if hall.box == box.key:
        hall.box, hall.stopped_at, hall.stopped_until, hall.why_stopped = "", None, None, ""
        hall.save(update_fields=["box", "stopped_at", "stopped_until", "why_stopped"])
    for letter, number in given(hall, at.date()).items():  # the county goes on behind the numbers given there
        series.at_least(hall.county, f"ticket:{hall.pk}-{at:%Y%m%d}-{letter}", number)
    BoxBooking.objects.filter(box=box).delete()
    box.key_hash, box.retired_at, box.why_retired = b"", at, reason.strip()[:200]
    box.older_than, box.trouble = None, ""
    box.save(update_fields=["key_hash", "retired_at", "why_retired", "older_than", "trouble"])
    journalise(box.county, BoxRetired(on=at.date(), box=box.pk), by=by, at=at)
    return box


@needs(Grant.PLACES_MANAGE)
@transaction.atomic
def resume_box(box: Box, *, by: Actor, at: datetime, reason: str) -> Box:
    """从县里接着用: a machine restored from a backup, or new, is put back to where the county's copy is.

    It gets the numbers of today with their history, gives the next ones behind them, and tells the last weeks again:
    what is here already counts once.
    """
    if len(reason.strip()) < 4:
        raise NotAllowed("请写明机器出了什么事，至少四个字，例如：硬盘坏了，从昨天的备份恢复。")
    box = held(box)
    if box.older_than is None:
        raise NotAllowed("本机的数据没有比县里旧，不用接着用。请刷新后再看。")
    if box.resumed_at is not None:
        return box  # pressed twice
    BoxBooking.objects.filter(box=box).delete()  # it is told all of them again
    box.resumed_at = at
    box.save(update_fields=["resumed_at"])
    told = {"box": box.pk, "told": box.older_than, "held": box.held}
    journalise(box.county, BoxResumed(on=at.date(), **told), by=by, at=at)
    return box


@needs(Grant.BOX_LINK)
@transaction.atomic
def take_over(box: Box, *, by: Actor, at: datetime) -> bool:
    """接管排队: at its first call; answers whether the queue is its own now."""
    if box.took_over_at is not None:
        return True
    hall = Hall.objects.select_for_update(of=("self",)).get(pk=box.hall_id)
    if hall.stopped or Ticket.objects.filter(hall=hall, day=at.date()).exclude(stage__in=OVER).exists():
        return False
    hall.box, box.took_over_at = box.key, at
    hand_over(hall, by=SYSTEM, at=at)
    hall.save(update_fields=["box"])
    box.save(update_fields=["took_over_at"])
    journalise(box.county, BoxTookOver(on=at.date(), box=box.pk), by=by, at=at)
    return True


def held(box: Box) -> Box:
    """The machine with its row locked, while it is in use."""
    found = Box.objects.select_for_update(of=("self",)).select_related("hall").get(pk=box.pk)
    if found.retired_at is not None:
        raise NotAllowed(f"“{found}”已经停用，请另外登记。")
    return found


def hashed(key: str) -> bytes:
    """What is kept of a machine's key."""
    return sm.digest(f"box:{key}".encode())


def _new_key() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(8))
