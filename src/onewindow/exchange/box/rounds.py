"""一轮: what does the machine of a hall say to the county and hear from it, each time that the line holds?

The machine is always the one who calls: it stands behind the router of its hall. A round that breaks off anywhere is
begun anew: what was told twice counts once, what was not answered is asked again.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from onewindow.box import ledger
from onewindow.box.actors import Owner
from onewindow.box.acts.wishes import grant_wish
from onewindow.box.models import Box, Outgoing
from onewindow.exchange.box import receipts, settle
from onewindow.exchange.box.hear import MOST
from onewindow.exchange.box.link import OLD_BOX, PULL, PUSH, SPOKEN, Barred, Link, beyond
from onewindow.exchange.box.resume import resume
from onewindow.places.models import Hall, Window

LARGEST = 2 * 1024 * 1024  # bytes of the lines of one call; the county takes twice as many
Clock = Callable[[], datetime]


def once(link: Link, key: str, clock: Clock, *, look: bool = True) -> bool:
    """Tell all that is not told, hear what is asked, and tell the answers; whether anything was asked or answered.

    `look`: ask for the venue as well; it changes rarely.
    """
    box = Box.objects.filter(key=key).first()
    try:
        if box is not None:
            push(link, box, clock)
        heard = pull(link, key, box, clock, look=look)
        box = Box.objects.get(key=key)
        return (push(link, box, clock) if heard else 0) > 0 or heard
    except Barred as refusal:
        if box is not None:
            _note(box, trouble=str(refusal)[:200])
        raise


def push(link: Link, box: Box, clock: Clock) -> int:
    """Line after line until the county holds all of them, or says why not; how many were sent."""
    ledger.find()
    sent = 0
    while True:
        told = _told(box, clock)
        found = told["lines"]
        answer = _ask(link, PUSH, told)
        waits = told["last"] if answer.get("older") else None  # said before `held` is the county's
        _note(box, trouble=str(answer.get("refused", ""))[:200], older_than=waits)
        # A county that was restored from a backup holds less than it said: then it is told again.
        if not found and answer["held"] >= box.held:
            break
        moved = answer["held"] != box.held
        if moved:
            _note(box, said_open=box.said_open | ledger.turned(box.held, answer["held"]))
        _note(box, held=answer["held"], heard_at=clock(), behind=ledger.left(answer["held"]))
        sent += len(found)
        if not moved or not box.behind or box.trouble:
            break
    _note(box, heard_at=clock())
    return sent


def _ask(link: Link, what: str, told: dict[str, Any]) -> dict[str, Any]:
    answer = link.ask(what, {**SPOKEN, **told})
    if beyond(answer):
        raise Barred(OLD_BOX)
    return answer


def _told(box: Box, clock: Clock) -> dict[str, Any]:
    """The next lines, and by what the county knows the last one again that it said to hold."""
    found = ledger.lines(box.held - 1, MOST + 1)
    mark = ledger.mark(found.pop(0)) if found and found[0]["n"] == box.held else ""
    return {
        "lines": _few(receipts.filled(found[:MOST])),
        "last": _last(),
        "held": box.held,
        "mark": mark,
        "windows": _signs(box),
        "hall": _stop(box),
        "now": ledger.moment(clock()),
    }


def pull(link: Link, key: str, box: Box | None, clock: Clock, *, look: bool = True) -> bool:
    """What the county sends down since the last time."""
    told = _ask(link, PULL, {"look": look or box is None, "venue": box.venue if box is not None else ""})
    box = _laid(told, key, box, clock())
    if look and told["venue"] is None:
        settle.found_again(box, by=Owner(box))
    at = clock()
    by = Owner(box)
    _note(box, clock_off=int((at - datetime.fromisoformat(told["now"])).total_seconds()))
    if told["resume"] is not None:
        settle.leave_alone(box, by=by)  # when it is its own again, it goes on behind the county's numbers
        resume(box, told["resume"], by=by, at=at)
        return True  # the county hears it now, and gives the queue back in its next answer
    if not told["yours"]:
        settle.leave_alone(box, by=by)
        return False
    if not Hall.objects.filter(pk=box.hall_id, box=box.key).exists():
        settle.own(box, by=by, at=at, given=told["given"])
    settle.keep_blocks(box, told["blocks"], by=by, at=at)
    for one in told["bookings"]:
        settle.note_booking(box, one, by=by, at=at)
    for one in told["wishes"]:
        grant_wish(box, by=by, at=at, asked=one)
    return bool(told["bookings"] or told["wishes"])


@transaction.atomic
def _laid(told: dict[str, Any], key: str, box: Box | None, at: datetime) -> Box:
    """The venue, when it is another than the one that is here; with it the machine's own row."""
    new = told["venue"]
    if new is None:
        assert box is not None
        seal = bytes.fromhex(told["box"]["key_hash"])
        if bytes(box.key_hash) != seal:  # the key was renewed, and nothing else changed
            _note(box, key_hash=seal)
        return box
    settle.lay(box, new, by=Owner(box or Box(key=key)))
    own = {**told["box"], "venue": new["digest"], "said_open": _open(new)}
    own["key_hash"] = bytes.fromhex(own["key_hash"])
    return Box.objects.update_or_create(key=key, defaults={**own, "heard_at": at})[0]


def _open(venue: dict[str, Any]) -> dict[str, bool]:
    """Which windows the county says are open."""
    (rows,) = [part["rows"] for part in venue["rows"] if part["model"] == Window._meta.label]
    return {str(one["pk"]): one["fields"]["is_open"] for one in rows}


def _signs(box: Box) -> list[dict[str, Any]]:
    rows = Window.objects.filter(hall=box.hall_id)
    return [
        {
            **{"pk": one.pk, "why_paused": one.why_paused},
            "paused_at": ledger.moment(one.paused_at) if one.paused_at else None,
        }
        for one in rows
    ]


def _stop(box: Box) -> dict[str, Any]:
    """停止服务: only the machine stops its hall."""
    hall = Hall.objects.get(pk=box.hall_id)
    told = {"stopped_at": hall.stopped_at, "stopped_until": hall.stopped_until}
    return {"why_stopped": hall.why_stopped} | {name: ledger.standing(value) for name, value in told.items()}


def _few(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """So many as one call carries, one at least: names that were drawn and filled forms are large."""
    size, found = 0, list[dict[str, Any]]()
    for line in lines:
        size += len(json.dumps(line, ensure_ascii=False).encode())
        if found and size > LARGEST:
            break
        found.append(line)
    return found


def _last() -> int:
    return Outgoing.objects.order_by("-number").values_list("number", flat=True).first() or 0


def _note(box: Box, **told: Any) -> None:
    for name, value in told.items():
        setattr(box, name, value)
    box.save(update_fields=list(told))
