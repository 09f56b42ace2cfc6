"""从县里接着用: what does a machine that was restored from a backup, or is new, need of the county's copy, and what does it do with it?

Its numbering goes on behind the last line that the county holds. What it did in the last weeks it tells again: the county
knows which of it is new.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from onewindow.box import ledger
from onewindow.box.acts.copying import copy_ticket
from onewindow.box.models import Box, Outgoing
from onewindow.cases.models import OfflineReceipt, ReceiptBlock
from onewindow.ground import series
from onewindow.hall.models import Ticket
from onewindow.journal.models import Entry
from onewindow.rules.grants import Actor, Grant, needs

AGAIN = timedelta(days=30)


def state(box: Box, at: datetime) -> dict[str, Any]:
    """The last line that is held here, the numbers of today with all that was told of them, and the receipts given out."""
    rows = Ticket.objects.filter(hall=box.hall_id, day=at.date()).select_related("subject", "visit")
    tickets = {one.subject_id: one for one in rows}
    told = Entry.objects.filter(subject__in=tickets).order_by("pk")
    return {
        "held": box.held,
        "mark": box.held_mark,
        "entries": [ledger.of_ticket(tickets[one.subject_id], one) for one in told],
        "used": {str(block.pk): _used(block) for block in ReceiptBlock.objects.filter(box=box)},
    }


def _used(block: ReceiptBlock) -> int:
    numbers = OfflineReceipt.objects.filter(county=block.county).values_list("number", flat=True)
    inside = [int(one[1:].rstrip(ledger.DOUBLED)) - block.first + 1 for one in numbers.filter(box=block.box)]
    return max((one for one in inside if one <= block.last - block.first + 1), default=0)


@needs(Grant.BOX_LINK)
@transaction.atomic
def resume(box: Box, told: dict[str, Any], *, by: Actor, at: datetime) -> None:
    """On the machine; asked twice, it comes out the same."""
    Outgoing.objects.filter(at__gte=at - AGAIN).delete()
    Outgoing.objects.filter(number__gte=told["held"]).delete()
    body = {"mark": told.get("mark", "")}
    Outgoing.objects.create(number=told["held"], kind=Outgoing.Kind.RESUMED, body=body, at=at)
    for entry in told["entries"]:
        copy_ticket(box, entry, by=by)
    for block, used in told["used"].items():
        series.at_least(box.county, f"receipt:{block}", max(0, used))
    box.held, box.trouble = told["held"], ""
    box.save(update_fields=["held", "trouble"])
