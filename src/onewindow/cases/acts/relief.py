"""减免和退付: one person asks for less, or for money to go back, on a ground; another decides."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from onewindow.cases.models import Bill, Case, Refund, Relief
from onewindow.cases.stray import ask_for_stray
from onewindow.cases.write import Held, hold
from onewindow.people.models import Officer
from onewindow.rules.facts_fees import (
    RefundAsked,
    RefundDeclined,
    Refunded,
    ReliefAsked,
    ReliefDeclined,
    ReliefGranted,
)
from onewindow.rules.fees import asked, yuan
from onewindow.rules.grants import GATEWAY, Grant, NotAllowed, needs


@needs(Grant.FEE_BILL)
@transaction.atomic
def ask_relief(
    case: Case, *, by: Officer, at: datetime, bill: int, amount: Decimal, ground: str, basis: str
) -> Relief:
    """提请减免: how much less, on what ground, by which text."""
    held = hold(case)
    held.expect("ReliefAsked")
    if not ground.strip() or not basis.strip():
        raise NotAllowed("请写明减免的理由和依据，没有依据不能减免。")
    off = yuan(amount)
    held.refuse(ReliefAsked(on=at.date(), bill=bill, relief=0, amount=str(off)))
    row = Relief.objects.create(
        bill=Bill(pk=bill, case=held.case),
        amount=off,
        ground=ground.strip()[:500],
        basis=basis.strip()[:300],
        asked_by=by,
        asked_at=at,
    )
    held.record(ReliefAsked(on=at.date(), bill=bill, relief=row.pk, amount=str(off)), by=by, at=at)
    return row


@needs(Grant.FEE_SETTLE)
@transaction.atomic
def grant_relief(case: Case, *, by: Officer, at: datetime) -> Case:
    """Somebody else agrees: so much less is to be paid."""
    held = hold(case)
    held.expect("ReliefGranted")
    wish = _waiting_relief(held, by)
    _settle(Relief, wish.relief, True, "", by=by, at=at)
    fact = ReliefGranted(on=at.date(), bill=wish.bill, relief=wish.relief, amount=wish.amount)
    held.record(fact, by=by, at=at)
    return held.case


@needs(Grant.FEE_SETTLE)
@transaction.atomic
def decline_relief(case: Case, *, by: Officer, at: datetime, remark: str) -> Case:
    """He does not agree: the bill stays as it is."""
    held = hold(case)
    held.expect("ReliefDeclined")
    wish = _waiting_relief(held, by)
    _reason(remark, "不同意减免")
    _settle(Relief, wish.relief, False, remark, by=by, at=at)
    held.record(ReliefDeclined(on=at.date(), relief=wish.relief), by=by, at=at)
    return held.case


@needs(Grant.FEE_BILL)
@transaction.atomic
def ask_refund(case: Case, *, by: Officer, at: datetime, bill: int, amount: Decimal, reason: str) -> Refund:
    """提请退付: what was paid too much, or for nothing, goes back."""
    held = hold(case)
    held.expect("RefundAsked")
    _reason(reason, "退付")
    back = yuan(amount)
    held.refuse(RefundAsked(on=at.date(), bill=bill, refund=0, amount=str(back)))
    row = Refund.objects.create(
        bill=Bill(pk=bill, case=held.case), amount=back, reason=reason.strip()[:500], asked_by=by, asked_at=at
    )
    held.record(RefundAsked(on=at.date(), bill=bill, refund=row.pk, amount=str(back)), by=by, at=at)
    return row


@needs(Grant.FEE_SETTLE)
@transaction.atomic
def refund(case: Case, *, by: Officer, at: datetime) -> Case:
    """Somebody else agrees: the money goes back the way it came."""
    held = hold(case)
    held.expect("Refunded")
    wish = _waiting_refund(held, by)
    _settle(Refund, wish.refund, True, "", by=by, at=at)
    held.record(Refunded(on=at.date(), bill=wish.bill, refund=wish.refund, amount=wish.amount), by=by, at=at)
    ask_for_stray(held, by=GATEWAY, at=at)
    return held.case


@needs(Grant.FEE_SETTLE)
@transaction.atomic
def decline_refund(case: Case, *, by: Officer, at: datetime, remark: str) -> Case:
    """He does not agree: what was paid stays paid."""
    held = hold(case)
    held.expect("RefundDeclined")
    wish = _waiting_refund(held, by)
    _reason(remark, "不同意退付")
    _settle(Refund, wish.refund, False, remark, by=by, at=at)
    held.record(RefundDeclined(on=at.date(), refund=wish.refund), by=by, at=at)
    ask_for_stray(held, by=GATEWAY, at=at)
    return held.case


def _waiting_relief(held: Held, by: Officer) -> ReliefAsked:
    wish = asked(held.facts, ReliefAsked, ReliefGranted, ReliefDeclined)
    if not isinstance(wish, ReliefAsked):
        raise NotAllowed("没有等决定的减免，或者已经处理过了。请刷新后再看。")
    _another(held, ReliefAsked.__name__, ReliefGranted.__name__, by, "减免")
    return wish


def _waiting_refund(held: Held, by: Officer) -> RefundAsked:
    wish = asked(held.facts, RefundAsked, Refunded, RefundDeclined)
    if not isinstance(wish, RefundAsked):
        raise NotAllowed("没有等决定的退付，或者已经处理过了。请刷新后再看。")
    _another(held, RefundAsked.__name__, Refunded.__name__, by, "退付")
    return wish


def _another(held: Held, asking: str, settling: str, by: Officer, word: str) -> None:
    if held.same(asking, by, settling):
        raise NotAllowed(f"提请{word}和决定{word}不能是同一个人，请由另一位同志决定。")


def _reason(text: str, of: str) -> None:
    if not text.strip():
        raise NotAllowed(f"请写明{of}的理由。")


def _settle(table: Any, row: int, approved: bool, remark: str, *, by: Officer, at: datetime) -> None:
    told = {"approved": approved, "settled_by": by, "settled_at": at, "remark": remark.strip()[:300]}
    table.objects.filter(pk=row, approved__isnull=True).update(**told)
