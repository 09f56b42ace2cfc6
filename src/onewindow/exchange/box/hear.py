"""县里收到什么: how does what the machine of a hall tells become the county's copy, each line once and in order?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import DataError, IntegrityError, transaction

from onewindow.box import ledger
from onewindow.box.acts.beside import copy_beside, copy_extension, put_rows
from onewindow.box.acts.boxes import held
from onewindow.box.acts.copying import Copied, copy_arrival, copy_ticket, stand, when
from onewindow.box.acts.wishes import settle_wish
from onewindow.box.beside import BESIDE
from onewindow.box.models import Box, BoxBooking, Outgoing
from onewindow.cases.acts.offline import keep_receipt
from onewindow.exchange.box.asked import booking_answered
from onewindow.exchange.box.scope import Scope
from onewindow.feedback.acts import rate_service
from onewindow.feedback.models import Rating
from onewindow.hall.models import Ticket
from onewindow.places.models import Hall, Window
from onewindow.rules.facts_extension import KIND as EXTENSION
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs

Line = dict[str, Any]
# What another version, or a machine that lies, brings about here.
_WRONG = (
    *(LookupError, TypeError, AttributeError, ValueError),
    *(ObjectDoesNotExist, IntegrityError, DataError),
)
MOST = 500  # lines in one call
_WAIT = "先不接收、本机先不取号叫号。请管理员在县里的“大厅本机”页面点“从县里接着用”。"
OLDER = "本机的数据比县里旧：本机报到第 {} 条，县里已有 {} 条，像是从备份恢复的，或者换了新机器。" + _WAIT
OTHER = "本机的数据比县里旧：第 {} 条本机和县里的不一样，像是从快照或者备份恢复以后又办了新的。" + _WAIT


class Unfit(Exception):
    """A line that cannot be taken, and why; what came before it is kept."""

    def __init__(self, number: int, why: str) -> None:
        super().__init__(why)
        self.number = number


@needs(Grant.BOX_LINK)
def hear(box: Box, told: dict[str, Any], *, by: Actor, at: datetime) -> dict[str, Any]:
    """Take the lines in that are not here yet; answers the last one that is. Sent twice, a line counts once."""
    lines = told.get("lines", [])[:MOST]
    try:
        return _heard(box, told, lines, by, at)
    except Unfit as unfit:
        before = [line for line in lines if line["n"] < unfit.number]
        return _heard(box, told, before, by, at, trouble=str(unfit))


@transaction.atomic
def _heard(
    box: Box, told: dict[str, Any], lines: list[Line], by: Actor, at: datetime, trouble: str = ""
) -> dict[str, Any]:
    box, last = held(box), int(told.get("last", 0))
    box.heard_at, box.clock_off = at, _ahead(told, at)
    if words := _older_words(box, told, lines, last):
        return _older(box, last, words)
    scope = Scope(box, at) if lines else None
    for line in lines:
        if line["n"] <= box.held:
            continue
        if line["kind"] == Outgoing.Kind.RESUMED:
            box.held, box.held_mark = (
                line["n"],
                ledger.mark(line),
            )  # what stood before it is gone there, and is told again behind it
            continue
        if line["n"] != box.held + 1:
            break  # something between is missing: the machine sends from the last one that is here
        _take(box, line, scope, by, at)
        box.held, box.held_mark = line["n"], ledger.mark(line)
    _signs(box, told.get("windows", []))
    _stop(box, told.get("hall"))
    box.behind, box.trouble = max(0, last - box.held), trouble[:200]
    box.older_than = box.resumed_at = None
    if not box.behind and box.took_over_at is not None:
        box.whole_at = at
    box.save()
    return {"held": box.held, "refused": box.trouble}


def _older_words(box: Box, told: dict[str, Any], lines: list[Line], last: int) -> str:
    """恢复过备份的本机: it has fewer lines than there are here, or has written others in their place since."""
    if last < box.held:
        return OLDER.format(last, box.held)
    there = _mark_there(box, told, lines)
    if there and not box.held_mark:
        box.held_mark = there  # the first time that it says so
    return OTHER.format(box.held) if box.held and there != box.held_mark else ""


def _mark_there(box: Box, told: dict[str, Any], lines: list[Line]) -> str:
    """The last line that is here, as the machine has it.

    One of an earlier version says nothing of it; one that believes that another line is the last here learns by the
    answer which one it is; one that went on from the copy has none of those before.
    """
    for line in lines:
        if line["n"] == box.held:
            return ledger.mark(line)
    gone = lines[:1] and lines[0]["kind"] == Outgoing.Kind.RESUMED and lines[0]["n"] > box.held
    if gone or told.get("held") != box.held or "mark" not in told:
        return box.held_mark
    return str(told["mark"])[:64]


def _older(box: Box, last: int, words: str) -> dict[str, Any]:
    """What it would give now was given already; nothing is taken until somebody has decided."""
    box.older_than, box.trouble = last, words[:200]
    box.save(update_fields=["heard_at", "clock_off", "older_than", "trouble"])
    return {"held": box.held, "refused": box.trouble, "older": True}


def _take(box: Box, line: Line, scope: Scope | None, by: Actor, at: datetime) -> None:
    if line["kind"] not in _TAKE:
        raise Unfit(line["n"], "大厅本机的版本比这里新，请先升级这里，再继续上报。")
    try:
        if scope is not None:
            scope.refuse(line)
        _TAKE[line["kind"]](box, line, by, at)
    except NotAllowed as refusal:
        raise Unfit(line["n"], str(refusal)) from refusal
    except _WRONG as wrong:
        sentence = (
            f"本机上报的第 {line['n']} 条和县里对不上，没有抄录。请看两边的版本是不是一样，再联系管理员。"
        )
        raise Unfit(line["n"], sentence) from wrong


def _ahead(told: dict[str, Any], at: datetime) -> int:
    """By how many seconds its clock is ahead; a minute of the way is nothing."""
    if not told.get("now"):
        return 0
    return max(-(2**31), min(2**31 - 1, int((when(told["now"]) - at).total_seconds())))


def _ticket(box: Box, line: Line, by: Actor, at: datetime) -> None:
    if line["entry"]["fact"] == "ServiceRated":
        _rated(box, line)
    else:
        copy_ticket(box, line, by=by, beside=lambda: put_rows(box, line, by=by))


def _rated(box: Box, line: Line) -> None:
    """What he thought of it at the pad of the window; he may have said it on his telephone before."""
    entry = line["entry"]
    ticket = Ticket.objects.get(hall=box.hall_id, once=line["ticket"]["once"])
    if not Rating.objects.filter(subject=ticket.subject_id).exists():
        rate_service(
            ticket,
            by=Copied(entry["by"], Grant.RATING_GIVE),
            at=when(entry["at"]),
            grade=entry["body"]["grade"],
            reasons=entry["body"].get("reasons", ()),
            channel=entry["body"].get("channel", ""),
        )
    if "now" in line["ticket"]:  # it is the last that is told of him: it alone says how he stands
        stand(ticket, line["ticket"]["now"])


def _booking(box: Box, line: Line, by: Actor, at: datetime) -> None:
    if copy_arrival(box, line, by=by) is not None:
        # Whatever was asked about it meanwhile is answered by that.
        told = {"answer": BoxBooking.Answer.CAME, "answered_at": at}
        BoxBooking.objects.filter(booking__number=line["number"], box=box).update(**told)


def _receipt(box: Box, line: Line, by: Actor, at: datetime) -> None:
    keep_receipt(box, line["receipt"], by=by, at=at, doer=Copied(line["entry"]["by"]))


def _wish(box: Box, line: Line, by: Actor, at: datetime) -> None:
    settle_wish(box, line["told"], by=by, at=at)


def _answered(box: Box, line: Line, by: Actor, at: datetime) -> None:
    booking_answered(box, line["told"], by=by, at=at)


def _extension(box: Box, line: Line, by: Actor, at: datetime) -> None:
    copy_extension(box, line, by=by)


def _beside(box: Box, line: Line, by: Actor, at: datetime) -> None:
    copy_beside(box, line, by=by)


_TAKE: dict[str, Callable[[Box, Line, Actor, datetime], None]] = {
    "ticket": _ticket,
    "booking": _booking,
    "receipt": _receipt,
    EXTENSION: _extension,
    BESIDE: _beside,
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


def _stop(box: Box, told: dict[str, Any] | None) -> None:
    """停止服务: the machine stops its hall, and whoever booked is told by the county."""
    if told is None or box.took_over_at is None:
        return
    since, until = ((when(told[name]) if told[name] else None) for name in ("stopped_at", "stopped_until"))
    hall = Hall.objects.select_for_update(of=("self",)).get(pk=box.hall_id)
    if hall.box == box.key and (hall.stopped_at, hall.stopped_until) != (since, until):
        hall.stopped_at, hall.stopped_until = since, until
        hall.why_stopped = str(told["why_stopped"])[:60]
        hall.save(update_fields=["stopped_at", "stopped_until", "why_stopped"])
