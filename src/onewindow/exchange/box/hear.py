"""县里收到什么: how does what the machine of a hall tells become the county's copy, each line once and in order?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from onewindow.box.acts.boxes import held
from onewindow.box.acts.copying import Copied, copy_arrival, copy_ticket, when
from onewindow.box.acts.wishes import settle_wish
from onewindow.box.models import Box, BoxBooking
from onewindow.cases.acts.offline import keep_receipt
from onewindow.exchange.box.asked import booking_answered
from onewindow.feedback.acts import rate_service
from onewindow.feedback.models import Rating
from onewindow.hall.models import Ticket
from onewindow.places.models import Window
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs

Line = dict[str, Any]
MOST = 500  # lines in one call


@needs(Grant.BOX_LINK)
@transaction.atomic
def hear(box: Box, told: dict[str, Any], *, by: Actor, at: datetime) -> dict[str, Any]:
    """Take the lines in that are not here yet; answers the last one that is. Sent twice, a line counts once."""
    box = held(box)
    for line in told.get("lines", [])[:MOST]:
        if line["n"] <= box.held:
            continue
        if line["n"] != box.held + 1:
            break  # something between is missing: the machine sends from the last one that is here
        if line["kind"] not in _TAKE:
            raise NotAllowed("大厅本机的版本比这里新，请先升级这里，再继续上报。")
        _TAKE[line["kind"]](box, line, by, at)
        box.held = line["n"]
    _signs(box, told.get("windows", []))
    box.heard_at, box.behind = at, max(0, int(told.get("last", 0)) - box.held)
    if not box.behind and box.took_over_at is not None:
        box.whole_at = at
    box.save(update_fields=["held", "heard_at", "behind", "whole_at"])
    return {"held": box.held}


def _ticket(box: Box, line: Line, by: Actor, at: datetime) -> None:
    if line["entry"]["fact"] == "ServiceRated":
        _rated(box, line)
    else:
        copy_ticket(box, line, by=by)


def _rated(box: Box, line: Line) -> None:
    """What he thought of it at the pad of the window; he may have said it on his telephone before."""
    entry = line["entry"]
    ticket = Ticket.objects.get(hall=box.hall_id, once=line["ticket"]["once"])
    if Rating.objects.filter(subject=ticket.subject_id).exists():
        return
    rate_service(
        ticket,
        by=Copied(entry["by"], Grant.RATING_GIVE),
        at=when(entry["at"]),
        grade=entry["body"]["grade"],
        reasons=entry["body"].get("reasons", ()),
        channel=entry["body"].get("channel", ""),
    )


def _booking(box: Box, line: Line, by: Actor, at: datetime) -> None:
    if (
        copy_arrival(box, line, by=by) is not None
    ):  # whatever was asked about it meanwhile is answered by that
        told = {"answer": BoxBooking.Answer.CAME, "answered_at": at}
        BoxBooking.objects.filter(booking=line["booking"]).update(**told)


def _receipt(box: Box, line: Line, by: Actor, at: datetime) -> None:
    keep_receipt(box, line["receipt"], by=by, at=at, doer=Copied(line["entry"]["by"]))


def _wish(box: Box, line: Line, by: Actor, at: datetime) -> None:
    settle_wish(box, line["told"], by=by, at=at)


def _answered(box: Box, line: Line, by: Actor, at: datetime) -> None:
    booking_answered(box, line["told"], by=by, at=at)


_TAKE: dict[str, Callable[[Box, Line, Actor, datetime], None]] = {
    "ticket": _ticket,
    "booking": _booking,
    "receipt": _receipt,
    "wish": _wish,
    "answered": _answered,
}


def _signs(box: Box, windows: list[dict[str, Any]]) -> None:
    """暂停服务: what hangs at the windows there; an index alone, the journal of it is the machine's."""
    told = {one["pk"]: one for one in windows}
    for window in Window.objects.filter(hall=box.hall_id, pk__in=told):
        paused = told[window.pk]["paused_at"]
        since = when(paused) if paused else None
        if window.paused_at != since:
            window.paused_at, window.why_paused = since, str(told[window.pk]["why_paused"])[:60]
            window.save(update_fields=["paused_at", "why_paused"])
