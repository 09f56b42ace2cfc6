"""钱、旁人、限制: what was billed and paid, who else is heard, and what is barred in one case? Asked only where a fact says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from django.db.models import Count, OuterRef, Q, QuerySet, Sum

from onewindow.cases.models import (
    Bill,
    BillLine,
    Case,
    Payment,
    Refund,
    Relief,
    Third,
    ThirdStatement,
)
from onewindow.cases.reads.visible import visible_to
from onewindow.cases.reads.whole import Whole
from onewindow.ground.gathered import beside, made
from onewindow.ground.paging import page
from onewindow.people.models import Block, Officer
from onewindow.places import reads as places
from onewindow.rules.fees import NOTHING, BillState, bills
from onewindow.rules.third import ThirdState, states

Wish = TypeVar("Wish", Relief, Refund)


@dataclass(frozen=True)
class Billed:
    """One bill with its lines, what was asked for and decided about it, and how it was paid."""

    row: Bill
    state: BillState
    lines: Sequence[BillLine]
    reliefs: Sequence[Relief]
    refunds: Sequence[Refund]
    payment: Payment | None

    @property
    def waits(self) -> bool:
        """Whether somebody asked for less or for money back and nobody has decided."""
        return any(one.approved is None for one in (*self.reliefs, *self.refunds))

    @property
    def kept(self) -> Decimal:
        """What should go back, and the last wish for it was declined: paid and not owed, and nobody has asked again."""
        gone = self.state.left if self.state.gone else min(self.state.astray, self.state.left)
        last = max(self.refunds, key=lambda one: one.pk, default=None)
        return gone if last is not None and last.approved is False else NOTHING


@dataclass(frozen=True)
class Touched:
    """One third party with what he said and where he stands."""

    row: Third
    state: ThirdState
    said: Sequence[ThirdStatement]


def billed(whole: Whole) -> list[Billed]:
    """The bills of a case, the latest first; no statement where none was made."""
    known = {one.bill: one for one in bills(whole.now.seen)}
    if not known:
        return []
    of = {"bill": OuterRef("pk")}
    rows = Bill.objects.filter(case=whole.case).annotate(
        w_lines=beside(BillLine, **of),
        w_reliefs=beside(Relief, "asked_by__name", "settled_by__name", **of),
        w_refunds=beside(Refund, "asked_by__name", "settled_by__name", **of),
        w_payments=beside(Payment, "by__name", "window__number", **of),
    )
    return [
        Billed(
            row=row,
            state=known[row.pk],
            lines=made(BillLine, row.w_lines),
            reliefs=made(Relief, row.w_reliefs),
            refunds=made(Refund, row.w_refunds),
            payment=next(iter(made(Payment, row.w_payments)), None),
        )
        for row in rows.order_by("-pk")
    ]


def touched(whole: Whole) -> list[Touched]:
    """The third parties of a case; no statement where there are none."""
    known = {one.third: one for one in states(whole.now.seen, places.workdays())}
    if not known:
        return []
    said = beside(ThirdStatement, third=OuterRef("pk"))
    rows = Third.objects.filter(case=whole.case).select_related("subject").annotate(w_said=said)
    return [Touched(row, known[row.pk], made(ThirdStatement, row.w_said)) for row in rows.order_by("pk")]


def block_of(whole: Whole) -> Block | None:
    """The warning or bar that rests on this case."""
    if not any(fact.name in ("Warned", "Barred") for fact in whole.now.seen):
        return None
    return Block.objects.select_related("by", "lift_by", "lifted_by").filter(case=whole.case.subject).first()


def reliefs_to_settle(officer: Officer) -> QuerySet[Relief]:
    """Wishes for less of a bill that wait for whoever agrees, not those he uttered himself; the oldest first."""
    rows = Relief.objects.filter(approved__isnull=True, bill__case__is_open=True)
    return _his(rows, officer)


def refunds_to_settle(officer: Officer) -> QuerySet[Refund]:
    """Money that waits to go back, also of a case that has ended; the oldest first."""
    return _his(Refund.objects.filter(approved__isnull=True), officer)


def _his(rows: QuerySet[Wish], officer: Officer) -> QuerySet[Wish]:
    own = Q(asked_by=officer)
    return rows.exclude(own).filter(bill__case__in=visible_to(officer)).order_by("asked_at", "pk")


@dataclass
class Desk:
    """What one cash desk took in on one day: its whole sum, and those of its lines that stand on this page."""

    name: str
    many: int = 0
    total: Decimal = NOTHING
    rows: list[Payment] = field(default_factory=list)


MOST = 500  # lines of one page; the sums are those of the whole day


def taken_on(
    officer: Officer, on: date, after: str = "", *, everything: bool = False
) -> tuple[list[Desk], str]:
    """The day's list: per window and person what was taken in; online payments by themselves; two statements."""
    rows = Payment.objects.filter(county=officer.county, on=on)
    if not everything:
        rows = rows.filter(bill__case__in=visible_to(officer), way=Payment.Way.DESK) | rows.filter(by=officer)
    found: dict[str, Desk] = {}
    for told in rows.order_by().values_list(*_WHERE).annotate(many=Count("pk"), total=Sum("amount")):
        desk = found.setdefault(_desk_name(*told[:4]), Desk(_desk_name(*told[:4])))
        desk.many, desk.total = desk.many + told[4], desk.total + told[5]
    lines, following = page(
        rows.select_related("bill__case", "window__hall", "by"), after, by=("pk",), size=MOST
    )
    for one in lines:
        window = one.window
        hall, number = (window.hall.name, window.number) if window else (None, None)
        name = _desk_name(one.way, hall, number, one.by.name if one.by else None)
        found.setdefault(name, Desk(name)).rows.append(one)  # the first of a desk may just have been paid
    return sorted(found.values(), key=lambda desk: desk.name), following


_WHERE = ("way", "window__hall__name", "window__number", "by__name")


def _desk_name(way: str, hall: str | None, number: str | None, who: str | None) -> str:
    if way == Payment.Way.GATEWAY:
        return "网上缴费"
    where = f"{hall} {number} 号窗口" if hall else "部门窗口"
    return f"{where}　{who}" if who else where


def unpaid_bill(case: Case, pay_number: str) -> Bill | None:
    """The bill of this number in this case."""
    return Bill.objects.filter(case=case, pay_number=pay_number).first()
