"""离线收件怎样上报: what of a receipt goes to the county, and what goes down so that there are numbers for it?"""

from __future__ import annotations

from typing import Any

from onewindow.box.ledger import moment
from onewindow.box.models import Box
from onewindow.cases.models import OfflineReceipt, ReceiptBlock
from onewindow.rules.facts_box import RECEIPT_KIND

Line = dict[str, Any]


def filled(lines: list[Line]) -> list[Line]:
    """The lines with what was taken in on the receipts among them."""
    numbers = [line["number"] for line in lines if line["kind"] == RECEIPT_KIND]
    if not numbers:
        return lines
    rows = OfflineReceipt.objects.filter(number__in=numbers).select_related("visit")
    found = {one.number: _told(one) for one in rows}
    return [
        {**line, "receipt": found[line["number"]]} if line["kind"] == RECEIPT_KIND else line for line in lines
    ]


def _told(one: OfflineReceipt) -> dict[str, Any]:
    return {
        "number": one.number,
        "once": str(one.once),
        "version": one.version_id,
        "officer": one.officer_id,
        "window": one.window_id,
        "visit": str(one.visit.key) if one.visit is not None else "",
        "taken_at": moment(one.taken_at),
        "person": one.person,
        "form": one.form,
        "papers": one.papers,
    }


def blocks(box: Box) -> list[dict[str, int]]:
    """The numbers that are reserved for the machine."""
    rows = ReceiptBlock.objects.filter(box=box).order_by("first")
    return [{"pk": one.pk, "first": one.first, "last": one.last} for one in rows]
