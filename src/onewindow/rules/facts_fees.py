"""收费的事实: what can happen to the money of a case – billed, reduced, paid, paid back?

Sums stand as yuan with two places in a text ("20.00"); grounds, payers and receipt numbers stand in the rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onewindow.rules.facts import TERMS_ZH, Fact


@dataclass(frozen=True, kw_only=True)
class BillMade(Fact):
    """缴费告知: every fee at once, with kind, standard, basis and amount; until when.

    `before`: what is not done before it is paid, `decide` or `issue`. `second`: one more bill, by the head with his
    reason; `instead`: the unpaid bill whose place it takes, 0 when it comes beside what was paid.
    """

    bill: int
    total: str
    pay_number: str
    pay_by: date
    before: str = "issue"
    second: bool = False
    instead: int = 0


@dataclass(frozen=True, kw_only=True)
class ReliefAsked(Fact):
    """提请减免: somebody asks for less of one bill, with the ground and its basis."""

    bill: int
    relief: int
    amount: str


@dataclass(frozen=True, kw_only=True)
class ReliefDeclined(Fact):
    """减免未获同意: the bill stays as it is."""

    relief: int


@dataclass(frozen=True, kw_only=True)
class ReliefGranted(Fact):
    """减免费用: by somebody else than who asked for it."""

    bill: int
    relief: int
    amount: str


@dataclass(frozen=True, kw_only=True)
class FeePaid(Fact):
    """缴费: the whole of one bill, at the cash desk or through the gateway."""

    bill: int
    payment: int
    amount: str
    way: str


@dataclass(frozen=True, kw_only=True)
class PaidAstray(Fact):
    """收到不用缴的款: the gateway took money that cannot be booked (withdrawn meanwhile, paid twice, another sum); it goes back."""

    bill: int
    stray: int
    amount: str


@dataclass(frozen=True, kw_only=True)
class RefundAsked(Fact):
    """提请退付: what was paid is to go back, with the reason."""

    bill: int
    refund: int
    amount: str


@dataclass(frozen=True, kw_only=True)
class RefundDeclined(Fact):
    """退付未获同意."""

    refund: int


@dataclass(frozen=True, kw_only=True)
class Refunded(Fact):
    """退付费用: agreed to by somebody else than who asked for it."""

    bill: int
    refund: int
    amount: str


TERMS_ZH.update(
    {
        "BillMade": "开出缴费通知书",
        "ReliefAsked": "提请减免费用",
        "ReliefDeclined": "减免未获同意",
        "ReliefGranted": "减免费用",
        "FeePaid": "缴费",
        "PaidAstray": "收到不用缴的款",
        "RefundAsked": "提请退付",
        "RefundDeclined": "退付未获同意",
        "Refunded": "退付费用",
    }
)
