"""收费: what does a case cost, told once with kind, standard, basis and amount, and who takes the money in (行政许可法 58, 59)?

Only what the published guide lists is billed. Waiting for money stops no clock (`rules.fees.clock_goes_on`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from onewindow.cases.models import Bill, BillLine, Case, Payment, StrayPayment
from onewindow.cases.stray import gone_astray
from onewindow.cases.write import Held, hold
from onewindow.catalogue.models import ItemVersion
from onewindow.ground.series import take
from onewindow.people.models import Officer
from onewindow.places.models import Window
from onewindow.rules.facts_fees import BillMade, FeePaid
from onewindow.rules.fees import BEFORE_WORDS, ISSUE, BillState, bills, line_sum, yuan
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.pack import Kind
from onewindow.rules.stages import NEXT, STAGE_WORDS


@dataclass(frozen=True, kw_only=True)
class Charged:
    """One fee of the guide as it is billed: which, how many; the price and how it was reckoned where the guide names none."""

    name: str
    count: int = 1
    price: Decimal | None = None
    how: str = ""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the gateway says of one payment: its own number, how much, who paid, under which receipt number."""

    serial: str
    amount: Decimal
    payer: str
    receipt: str


@needs(Grant.FEE_BILL)
@transaction.atomic
def bill(case: Case, *, by: Officer, at: datetime, charged: Sequence[Charged]) -> Bill:
    """费用一次性告知: every fee of the case at once; a second bill needs the head."""
    held = hold(case)
    held.expect("BillMade")
    return _bill(held, charged, by=by, at=at)


@needs(Grant.FEE_BILL_AGAIN)
@transaction.atomic
def bill_again(case: Case, *, by: Officer, at: datetime, charged: Sequence[Charged], why: str) -> Bill:
    """The head has another bill made, with his reason: in place of the unpaid one, or beside what was paid."""
    held = hold(case)
    held.expect("BillMade")
    if not why.strip():
        raise NotAllowed("费用只能一次性告知，另开缴费通知书的，请写明理由，理由会印在通知书上。")
    return _bill(held, charged, by=by, at=at, why=why)


@needs(Grant.FEE_COLLECT)
@transaction.atomic
def collect(
    case: Case,
    *,
    by: Officer,
    at: datetime,
    bill: int,
    amount: Decimal,
    receipt: str,
    payer: str,
    window: Window | None = None,
) -> Payment:
    """窗口收费: the whole sum against a receipt with its number."""
    held = hold(case)
    held.expect("FeePaid")
    if not receipt.strip() or not payer.strip():
        raise NotAllowed("请写明财政票据号码和缴款人。")
    if Payment.objects.filter(county=held.case.county, receipt=receipt.strip()).exists():
        raise NotAllowed("这个票据号码已经登记过，请核对票据。")
    row = Payment(
        way=Payment.Way.DESK, receipt=receipt.strip()[:40], payer=payer.strip()[:100], window=window, by=by
    )
    return _paid(held, row, bill, yuan(amount), by=by, at=at)


@needs(Grant.FEE_GATEWAY)
@transaction.atomic
def paid_online(case: Case, *, by: Actor, at: datetime, bill: int, told: Told) -> Payment | StrayPayment:
    """The gateway says that money came in; said twice it is written once.

    What pays no bill any more (withdrawn meanwhile, paid at the desk, another sum) is written down too, and waits to
    go back: nobody's money is lost because it came too late.
    """
    held = hold(case)
    known = _said_before(told.serial)
    if known is not None:
        if known.bill_id != bill or known.amount != told.amount:
            raise NotAllowed("同一个网上缴费流水号前后不一致，不能入账，请与非税平台对账。")
        return known
    if why := _why_not(held, bill, told.amount, at):
        return gone_astray(held, bill, told.amount, told.serial, told.receipt, told.payer, why, by=by, at=at)
    row = Payment(
        way=Payment.Way.GATEWAY, receipt=told.receipt[:40], payer=told.payer[:100], serial=told.serial[:60]
    )
    return _paid(held, row, bill, told.amount, by=by, at=at)


def charged_for(version: ItemVersion) -> bool:
    """Whether the guide says that this item costs something."""
    return bool((version.content.get("fee") or {}).get("charged"))


def before_of(held: Held) -> str:
    """What is not done before the money is there: as the guide says, else by the local setting."""
    said = str((held.case.version.content.get("fee") or {}).get("before") or "")
    return said if said in BEFORE_WORDS else str(held.pack.setting("fee.before").value)


def refuse_unbilled(held: Held, before: str) -> None:
    """Where the guide says that it costs something, the applicant is told what before anything waits for the money."""
    if not charged_for(held.case.version) or bills(held.facts):
        return
    # What was decided above or by the law itself was not asked before: nothing leaves unbilled.
    if before == ISSUE or before_of(held) == before:
        raise NotAllowed(
            "本事项收费，还没有开缴费通知书。请先一次性告知费用；依法可以减免的，开出以后提请减免。"
        )


def _bill(held: Held, charged: Sequence[Charged], *, by: Officer, at: datetime, why: str = "") -> Bill:
    lines = [_line(held.case.version, one) for one in charged]
    if not lines:
        raise NotAllowed("请选择要收的费用。不收费的，不用开缴费通知书。")
    total = sum((line.amount for line in lines), Decimal("0.00"))
    if not total:
        raise NotAllowed("合计是 0 元，不用开缴费通知书，请核对数量。")
    open_one = next((one for one in bills(held.facts) if one.due), None) if why else None
    days = held.pack.setting("fee.pay_days").number
    made = Bill(
        case=held.case,
        pay_number=_pay_number(held.case, at),
        second=bool(why),
        instead_id=open_one.bill if open_one else None,
        why=why.strip()[:500],
        total=yuan(total),
        payer=held.case.applicant_name,
        where=str(held.pack.setting("fee.where").value)[:300],
        before=before_of(held),
        pay_by=held.law.calendar.add(at.date(), days),
        by=by,
        at=at,
    )
    held.refuse(_fact(made, 0, at))
    made.save()
    for line in lines:
        line.bill = made
    BillLine.objects.bulk_create(lines)
    held.record(_fact(made, made.pk, at), by=by, at=at)
    return made


def _fact(made: Bill, key: int, at: datetime) -> BillMade:
    return BillMade(
        on=at.date(),
        bill=key,
        total=str(made.total),
        pay_number=made.pay_number,
        pay_by=made.pay_by,
        before=made.before,
        second=made.second,
        instead=made.instead_id or 0,
    )


def _line(version: ItemVersion, one: Charged) -> BillLine:
    """A fee of the guide with its law; nothing else may be charged (行政许可法 59)."""
    fee = version.content.get("fee") or {}
    listed: Mapping[str, Any] | None = next(
        (row for row in fee.get("items", ()) if row.get("name") == one.name), None
    )
    if not fee.get("charged") or listed is None:
        law = "（行政许可法第五十九条）" if version.kind == Kind.LICENCE else ""
        said = f"本事项公布的办事指南没有列出“{one.name}”，不能收取{law}。"
        raise NotAllowed(f"{said}请从指南列出的收费项目里选。")
    known = {row.get("key"): row for row in version.content.get("basis", ())}
    laws = [known[key] for key in listed.get("basis", ()) if key in known]
    if not laws:
        raise NotAllowed(f"“{one.name}”在指南里没有写依据，不能收取。请先由事项管理人员补上依据。")
    price = _price(one, str(listed.get("amount") or ""))
    return BillLine(
        name=one.name,
        standard=str(listed.get("standard", ""))[:100],
        basis="、".join(f"《{row.get('law', '')}》{row.get('article', '')}" for row in laws)[:300],
        price=price,
        count=one.count,
        amount=line_sum(price, one.count),
        how=one.how.strip()[:200],
    )


def _price(one: Charged, published: str) -> Decimal:
    """The published price; where the guide names none, what was reckoned, and how."""
    if published:
        if one.price is not None and yuan(one.price) != yuan(published):
            raise NotAllowed(f"“{one.name}”公布的标准是 {yuan(published)} 元，不能按别的价收，请改金额。")
        return yuan(published)
    if one.price is None or not one.how.strip():
        raise NotAllowed(f"“{one.name}”没有固定的金额，请写明金额和怎样计算。")
    return yuan(one.price)


def _pay_number(case: Case, at: datetime) -> str:
    """缴款单号: the county, the year, the number in it, and a digit by which a slip of the pen is seen (Luhn)."""
    body = f"{case.county[:6]}{at:%Y}{take(case.county, f'bill:{at:%Y}'):09}"
    digits = [int(one) * (2 if n % 2 == 0 else 1) for n, one in enumerate(reversed(body))]
    return f"{body}{-sum(n // 10 + n % 10 for n in digits) % 10}"


def _paid(held: Held, row: Payment, bill: int, amount: Decimal, *, by: Actor, at: datetime) -> Payment:
    state = next((one for one in bills(held.facts) if one.bill == bill), None)
    held.refuse(_receipt(bill, 0, amount, row, at))
    _refuse_gone(state)
    row.bill = Bill(pk=bill, case=held.case)
    row.county, row.amount, row.on, row.at = held.case.county, amount, at.date(), at
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise NotAllowed("这个票据号码已经登记过，请核对票据。") from None
    held.record(_receipt(bill, row.pk, amount, row, at), by=by, at=at)
    return row


def _said_before(serial: str) -> Payment | StrayPayment | None:
    """What was written down of this very payment."""
    booked = Payment.objects.filter(serial=serial).first()
    return booked or StrayPayment.objects.filter(serial=serial).first()


def _why_not(held: Held, bill: int, amount: Decimal, at: datetime) -> str:
    """Why this money cannot pay this bill; empty when it can."""
    if (held.now.stage, FeePaid.__name__) not in NEXT:
        return f"到账时本件是“{STAGE_WORDS[held.now.stage]}”，不用缴费。"
    try:
        held.refuse(FeePaid(on=at.date(), bill=bill, payment=0, amount=str(amount), way=Payment.Way.GATEWAY))
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def _receipt(bill: int, key: int, amount: Decimal, row: Payment, at: datetime) -> FeePaid:
    return FeePaid(on=at.date(), bill=bill, payment=key, amount=str(amount), way=row.way)


def _refuse_gone(state: BillState | None) -> None:
    if state is None:
        raise NotAllowed("本件没有这张缴费通知书，请刷新后再看。")
