"""县里答什么: what does the county answer to the machine of a hall that asks what is new?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings

from onewindow.box.actors import Owner
from onewindow.box.acts.boxes import hashed, take_over
from onewindow.box.models import Box
from onewindow.box.reads import given
from onewindow.exchange.box import asked, venue
from onewindow.exchange.box.hear import hear
from onewindow.exchange.box.link import PULL, PUSH
from onewindow.exchange.box.receipts import blocks


def known(key: str) -> Box | None:
    """The machine that proves itself with this key."""
    if not key or settings.BOX:  # a machine answers no other
        return None
    return Box.objects.select_related("hall").filter(key_hash=hashed(key)).first()


def answer(box: Box, what: str, told: dict[str, Any], at: datetime) -> dict[str, Any]:
    """One question of the machine."""
    return {PUSH: _push, PULL: _pull}[what](box, told, at)


def _push(box: Box, told: dict[str, Any], at: datetime) -> dict[str, Any]:
    return hear(box, told, by=Owner(box), at=at)


def _pull(box: Box, told: dict[str, Any], at: datetime) -> dict[str, Any]:
    there = told.get("venue", "")
    new = venue.venue(box, at) if told.get("look") or not there else None
    # Who has no venue yet cannot call anybody: the queue is his from his second question on.
    yours = bool(there) and take_over(box, by=Owner(box), at=at)
    return {
        "yours": yours,
        "box": {
            **{"key": box.key, "county": box.county, "hall_id": box.hall_id},
            **{"name": box.name, "address": box.address, "key_hash": bytes(box.key_hash).hex()},
        },
        "venue": new if new is not None and new["digest"] != there else None,
        "given": given(box.hall, at.date()) if yours else {},
        "bookings": asked.bookings(box, at) if yours else [],
        "blocks": blocks(box) if yours else [],
        "wishes": asked.wishes(box) if yours else [],
    }
