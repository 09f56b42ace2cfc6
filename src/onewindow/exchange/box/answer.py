"""县里答什么: what does the county answer to the machine of a hall that asks what is new?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings

from onewindow.box.actors import Owner
from onewindow.box.acts.boxes import hashed, take_over
from onewindow.box.ledger import moment
from onewindow.box.models import Box
from onewindow.box.reads import clock_words, given
from onewindow.exchange.box import asked, venue
from onewindow.exchange.box.hear import hear
from onewindow.exchange.box.link import OLD_COUNTY, PULL, PUSH, SPOKEN, beyond
from onewindow.exchange.box.receipts import blocks
from onewindow.exchange.box.resume import state
from onewindow.rules.grants import NotAllowed


def known(key: str) -> Box | None:
    """The machine that proves itself with this key."""
    if not key or settings.BOX:  # a machine answers no other
        return None
    return Box.objects.select_related("hall").filter(key_hash=hashed(key)).first()


def answer(box: Box, what: str, told: dict[str, Any], at: datetime) -> dict[str, Any]:
    """One question of the machine."""
    if beyond(told):
        Box.objects.filter(pk=box.pk).update(trouble=OLD_COUNTY)
        raise NotAllowed(OLD_COUNTY)
    return {**SPOKEN, **{PUSH: _push, PULL: _pull}[what](box, told, at)}


def _push(box: Box, told: dict[str, Any], at: datetime) -> dict[str, Any]:
    return hear(box, told, by=Owner(box), at=at)


def _pull(box: Box, told: dict[str, Any], at: datetime) -> dict[str, Any]:
    there = told.get("venue", "")
    new = venue.venue(box, at) if told.get("look") or not there else None
    yours = _yours(box, bool(there), at)
    return {
        "yours": yours,
        "now": moment(at),
        "box": {
            **{"key": box.key, "county": box.county, "hall_id": box.hall_id},
            **{"name": box.name, "address": box.address, "key_hash": bytes(box.key_hash).hex()},
        },
        "venue": new if new is not None and new["digest"] != there else None,
        "given": given(box.hall, at.date()) if yours else {},
        "bookings": asked.bookings(box, at) if yours else [],
        "blocks": blocks(box) if yours else [],
        "wishes": asked.wishes(box) if yours else [],
        "resume": state(box, at) if box.older_than is not None and box.resumed_at is not None else None,
    }


def _yours(box: Box, known: bool, at: datetime) -> bool:
    """Who has no venue yet cannot call anybody: the queue is his from his second question on.

    Not his is it while his data are older than the copy; and nobody takes over with a clock that is wrong.
    """
    if not known or box.older_than is not None:
        return False
    if box.took_over_at is None and clock_words(box):
        return False
    return take_over(box, by=Owner(box), at=at)
