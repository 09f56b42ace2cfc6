"""不用缴的款: what becomes of money that came in and pays no bill?

It is written down with the reason, and its going back is asked for in the same breath; somebody of the office agrees,
as with every refund. While another refund of the bill waits, it is asked for when that one is settled.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from onewindow.cases.models import Refund, StrayPayment
from onewindow.cases.write import Held
from onewindow.rules.facts_fees import PaidAstray, RefundAsked, RefundDeclined, Refunded
from onewindow.rules.fees import asked
from onewindow.rules.grants import Actor


def gone_astray(
    held: Held,
    bill: int,
    amount: Decimal,
    serial: str,
    receipt: str,
    payer: str,
    why: str,
    *,
    by: Actor,
    at: datetime,
) -> StrayPayment:
    """Write the money down and ask for it to go back."""
    held.expect("PaidAstray")
    stray = StrayPayment.objects.create(
        bill_id=bill,
        amount=amount,
        serial=serial[:60],
        receipt=receipt[:40],
        payer=payer[:100],
        why=why[:300],
        at=at,
    )
    held.record(PaidAstray(on=at.date(), bill=bill, stray=stray.pk, amount=str(amount)), by=by, at=at)
    ask_for_stray(held, by=by, at=at)
    return stray


def ask_for_stray(held: Held, *, by: Actor, at: datetime) -> None:
    """Ask for the oldest stray payment that nobody has asked for; one refund of a case waits at a time."""
    if asked(held.facts, RefundAsked, Refunded, RefundDeclined):
        return
    stray = StrayPayment.objects.filter(bill__case=held.case, refund__isnull=True).order_by("pk").first()
    if stray is None:
        return
    row = Refund.objects.create(
        bill_id=stray.bill_id,
        stray=stray,
        amount=stray.amount,
        reason=f"网上缴来的 {stray.amount} 元不能入账：{stray.why}"[:500],
        asked_at=at,
    )
    fact = RefundAsked(on=at.date(), bill=stray.bill_id, refund=row.pk, amount=str(stray.amount))
    held.record(fact, by=by, at=at)
