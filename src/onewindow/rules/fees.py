"""收费: what is owed, what was paid, and which histories of money cannot be (行政许可法 58, 59)?

Waiting for money stops no clock: 行政许可法 45 lists what is not counted into the term, and paying is not on that list.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from onewindow.rules.facts import Fact
from onewindow.rules.facts_fees import (
    BillMade,
    FeePaid,
    PaidAstray,
    RefundAsked,
    RefundDeclined,
    Refunded,
    ReliefAsked,
    ReliefDeclined,
    ReliefGranted,
)
from onewindow.rules.grants import NotAllowed
from onewindow.rules.pack import Kind

CENT = Decimal("0.01")
MOST = Decimal("99999999.99")
NOTHING = Decimal("0.00")
DECIDE, ISSUE = "decide", "issue"
BEFORE_WORDS = {DECIDE: "作出决定以前缴费", ISSUE: "领取结果以前缴费"}
_CLOCK_GOES_ON = "等缴费不停止计算办理期限"
_WHY = "：不计入期限的情形由《中华人民共和国行政许可法》第四十五条列明，没有缴费这一项"
_MONEY = (
    BillMade,
    ReliefAsked,
    ReliefDeclined,
    ReliefGranted,
    FeePaid,
    PaidAstray,
    RefundAsked,
    RefundDeclined,
    Refunded,
)
_LEAVES = ("Delivered", "Dispatched")
# After these nothing more is owed: nothing is given for it.
_NOTHING_GIVEN = (
    *("Denied", "DeniedAbove", "Withdrawn", "DeemedWithdrawn", "Revoked"),
    *("CorrectionLapsed", "Refused", "NotOurs", "NotNeeded"),  # after a promise was taken back
)


@dataclass(frozen=True)
class BillState:
    """One bill as it stands: its sum, what was taken off it, whether it was paid, paid back, or fell away."""

    bill: int
    total: Decimal
    pay_by: date
    before: str
    pay_number: str = ""
    relief: Decimal = NOTHING
    paid: Decimal | None = None
    back: Decimal = NOTHING
    gone: bool = False
    astray: Decimal = NOTHING  # what came in beside it and was never owed

    @property
    def due(self) -> Decimal:
        """What is still to be paid."""
        return NOTHING if self.gone or self.paid is not None else self.total - self.relief

    @property
    def left(self) -> Decimal:
        """What came in and has not gone back."""
        return (self.paid or NOTHING) + self.astray - self.back


def clock_goes_on(kind: str) -> str:
    """What waiting for money does to the days; the article is named for what it governs, licences."""
    return f"{_CLOCK_GOES_ON}{_WHY if kind == Kind.LICENCE else ''}。"


def yuan(amount: object) -> Decimal:
    """A sum of money with two places; refuses what is none, is below zero or has parts of a cent."""
    try:
        found = Decimal(str(amount).strip())
        exact = found.quantize(CENT)
    except InvalidOperation:
        raise NotAllowed("金额请写成数字，最多两位小数，如 20.00。") from None
    if not found.is_finite() or found != exact or not 0 <= exact <= MOST:
        raise NotAllowed("金额请写成数字，最多两位小数，不能是负数，如 20.00。")
    return exact


def line_sum(price: Decimal, count: int) -> Decimal:
    """So many at this price."""
    if count < 1:
        raise NotAllowed("数量至少是 1，请改数量。")
    return yuan(price * count)


def marks(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts of money alone; none in most lives."""
    return tuple(fact for fact in facts if isinstance(fact, _MONEY))


def bills(facts: Iterable[Fact]) -> tuple[BillState, ...]:
    """Every bill in the order in which they were made."""
    made: dict[int, BillState] = {}
    for fact in facts:
        if isinstance(fact, BillMade):
            if fact.instead in made:
                made[fact.instead] = replace(made[fact.instead], gone=True)
            made[fact.bill] = BillState(
                fact.bill, yuan(fact.total), fact.pay_by, fact.before, fact.pay_number
            )
        elif isinstance(fact, ReliefGranted):
            made[fact.bill] = replace(made[fact.bill], relief=made[fact.bill].relief + yuan(fact.amount))
        elif isinstance(fact, FeePaid):
            made[fact.bill] = replace(made[fact.bill], paid=yuan(fact.amount))
        elif isinstance(fact, PaidAstray):
            made[fact.bill] = replace(made[fact.bill], astray=made[fact.bill].astray + yuan(fact.amount))
        elif isinstance(fact, Refunded):
            made[fact.bill] = replace(made[fact.bill], back=made[fact.bill].back + yuan(fact.amount))
        elif fact.name in _NOTHING_GIVEN:
            made = {
                key: one if one.paid is not None else replace(one, gone=True) for key, one in made.items()
            }
    return tuple(made.values())


def owed(facts: Iterable[Fact]) -> Decimal:
    """What the applicant still has to pay."""
    return sum((one.due for one in bills(facts)), NOTHING)


def asked(facts: Iterable[Fact], asks: type[Fact], *settles: type[Fact]) -> Fact | None:
    """The wish of this kind on which nobody has decided yet."""
    found: Fact | None = None
    for fact in facts:
        if isinstance(fact, asks):
            found = fact
        elif isinstance(fact, settles):
            found = None
    return found


def refuse_impossible(history: Iterable[Fact]) -> None:
    """Refuse what the table of stages cannot see: paid twice, half paid, decided or handed out before it is paid."""
    seen: list[Fact] = []
    for fact in history:
        _refuse(tuple(seen), fact)
        seen.append(fact)


def _refuse(before: tuple[Fact, ...], fact: Fact) -> None:
    if isinstance(fact, _MONEY):
        _refuse_money(before, fact)
    elif fact.name == "Granted":
        unpaid = [one for one in bills(before) if one.due and one.before == DECIDE]
        if unpaid:
            raise NotAllowed(
                f"本事项要在作出决定以前缴费，还有 {_sum(unpaid)} 元没有缴。请等申请人缴费，或者依法减免以后再决定。"
            )
    elif fact.name in _LEAVES:
        unpaid = [one for one in bills(before) if one.due]
        if unpaid:
            raise NotAllowed(f"还有 {_sum(unpaid)} 元没有缴，结果不能交付。请先缴费，或者依法减免。")


def _refuse_money(before: tuple[Fact, ...], fact: Fact) -> None:
    known = {one.bill: one for one in bills(before)}
    if isinstance(fact, BillMade):
        _refuse_bill(known, fact)
    elif isinstance(fact, FeePaid):
        _refuse_payment(before, _open(known, fact.bill), yuan(fact.amount))
    elif isinstance(fact, PaidAstray):
        if fact.bill not in known or yuan(fact.amount) <= NOTHING:
            raise NotAllowed("本件没有这张缴费通知书，或者金额不对。请核对缴款码和金额。")
    elif isinstance(fact, ReliefAsked):
        _refuse_relief(before, _open(known, fact.bill), yuan(fact.amount))
    elif isinstance(fact, RefundAsked):
        _refuse_refund(before, known.get(fact.bill), yuan(fact.amount))
    elif isinstance(fact, ReliefGranted | ReliefDeclined):
        _settles(asked(before, ReliefAsked, ReliefGranted, ReliefDeclined), fact, "减免")
    elif isinstance(fact, Refunded | RefundDeclined):
        _settles(asked(before, RefundAsked, Refunded, RefundDeclined), fact, "退付")


def _refuse_relief(before: tuple[Fact, ...], one: BillState, amount: Decimal) -> None:
    if asked(before, ReliefAsked, ReliefGranted, ReliefDeclined):
        raise NotAllowed("已经提请减免，正在等决定，不用再提。请等决定。")
    if not NOTHING < amount <= one.due:
        raise NotAllowed("减免的金额要大于 0，不能超过还没有缴的金额。请核对。")


def _refuse_refund(before: tuple[Fact, ...], one: BillState | None, amount: Decimal) -> None:
    if asked(before, RefundAsked, Refunded, RefundDeclined):
        raise NotAllowed("已经提请退付，正在等决定，不用再提。请等决定。")
    left = one.left if one is not None else NOTHING
    if not NOTHING < amount <= left:
        raise NotAllowed(f"退付的金额要大于 0，不能超过已缴还没有退的 {left} 元。请核对。")


def _refuse_bill(known: dict[int, BillState], fact: BillMade) -> None:
    if known and not fact.second:
        raise NotAllowed(
            "费用已经一次性告知过，缴费通知书只开一次。确有必要再开的，请部门负责人写明理由另开。"
        )
    open_ones = [key for key, one in known.items() if one.due]
    if fact.bill in known:
        raise NotAllowed("这张缴费通知书已经开过了，请刷新后再看。")
    if fact.second and (not known or open_ones != ([fact.instead] if fact.instead else [])):
        raise NotAllowed("另开的缴费通知书代替还没有缴的那一张，或者在已经缴清以后补收。请刷新后再看。")


def _refuse_payment(before: tuple[Fact, ...], one: BillState, amount: Decimal) -> None:
    if one.paid is not None:
        raise NotAllowed("这张缴费通知书已经缴过了，不能再收，请刷新后再看。")
    if asked(before, ReliefAsked, ReliefGranted, ReliefDeclined):
        raise NotAllowed("正在等减免的决定，请等决定以后再按决定的金额收。")
    if amount != one.due:
        raise NotAllowed(f"要一次缴清 {one.due} 元，收到的是 {amount} 元，金额不符，不能入账，请核对。")


def _open(known: dict[int, BillState], bill: int) -> BillState:
    one = known.get(bill)
    if one is None or one.gone:
        raise NotAllowed("这张缴费通知书已经作废或者不用再缴，请看本件最新的情况。")
    if not one.due and one.paid is None:
        raise NotAllowed("这张缴费通知书的费用已经全部减免，不用缴，可以接着办。")
    return one


def _settles(wish: Fact | None, settled: Fact, word: str) -> None:
    """What is decided is what was asked for, of the same bill and the same sum."""
    named = [name for name in ("relief", "refund", "bill", "amount") if hasattr(settled, name)]
    if wish is None or any(getattr(wish, name, None) != getattr(settled, name) for name in named):
        raise NotAllowed(f"没有等决定的{word}，或者已经处理过了。请刷新后再看。")


def _sum(unpaid: list[BillState]) -> Decimal:
    return sum((one.due for one in unpaid), NOTHING)
