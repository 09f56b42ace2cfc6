"""收费的规则: whole sums, once, in an order that can be; over random histories nothing is lost or taken twice."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.rules.facts import Accepted, Delivered, Denied, Fact, Granted, Received, Reviewed
from onewindow.rules.facts_fees import BillMade, FeePaid, RefundAsked, Refunded, ReliefAsked, ReliefGranted
from onewindow.rules.fees import bills, line_sum, owed, refuse_impossible, yuan
from onewindow.rules.grants import NotAllowed
from onewindow.rules.standing import CaseLaw, standing
from tests.calendar import CALENDAR

ON = date(2026, 9, 28)
LAW = CaseLaw(terms=(), calendar=CALENDAR)


def bill(total: str = "75.50", key: int = 1, **how: object) -> BillMade:
    return BillMade(on=ON, bill=key, total=total, pay_number="41", pay_by=date(2026, 10, 15), **how)


def paid(amount: str = "75.50", key: int = 1) -> FeePaid:
    return FeePaid(on=ON, bill=key, payment=key, amount=amount, way="desk")


def off(amount: str, key: int = 1) -> tuple[Fact, Fact]:
    return (
        ReliefAsked(on=ON, bill=key, relief=key, amount=amount),
        ReliefGranted(on=ON, bill=key, relief=key, amount=amount),
    )


@pytest.mark.parametrize(
    ("text", "sum_"), [("20", "20.00"), ("20.5", "20.50"), ("0.01", "0.01"), (" 3 ", "3.00")]
)
def test_a_sum_has_two_places(text: str, sum_: str) -> None:
    assert str(yuan(text)) == sum_


@pytest.mark.parametrize("text", ["", "x", "-1", "0.001", "1e9", "NaN", "Infinity", "100000000"])
def test_what_is_no_sum_of_money_is_refused(text: str) -> None:
    with pytest.raises(NotAllowed, match="两位小数"):
        yuan(text)


def test_three_at_a_third_of_a_yuan_lose_no_cent() -> None:
    assert line_sum(Decimal("0.33"), 3) == Decimal("0.99")


def test_before_the_result_it_is_paid_and_after_a_denial_nothing_is_owed() -> None:
    granted = (bill(), Granted(on=ON, decision=1))
    assert owed(granted) == Decimal("75.50")
    with pytest.raises(NotAllowed, match="结果不能交付"):
        refuse_impossible((*granted, Delivered(on=ON, delivery=1, way="counter")))
    assert owed((bill(), Denied(on=ON, decision=1))) == 0
    refuse_impossible((bill(), Denied(on=ON, decision=1), Delivered(on=ON, delivery=1, way="counter")))


def test_what_must_be_paid_before_the_decision_stops_the_grant_and_not_the_denial() -> None:
    before = bill(before="decide")
    with pytest.raises(NotAllowed, match="在作出决定以前缴费"):
        refuse_impossible((before, Granted(on=ON, decision=1)))
    refuse_impossible((before, Denied(on=ON, decision=1)))
    refuse_impossible((before, paid(), Granted(on=ON, decision=1)))


def test_it_moves_neither_the_stage_nor_a_day() -> None:
    life: tuple[Fact, ...] = (
        Received(on=ON, channel="counter", application=1),
        Accepted(on=ON),
        Reviewed(on=ON, opinion=1, favourable=True),
    )
    plain, costly = standing(life, LAW), standing((*life, bill(), paid()), LAW)
    assert (plain.stage, plain.due_on, plain.held) == (costly.stage, costly.due_on, costly.held)


STEPS = st.sampled_from(["bill", "again", "pay", "ask", "off", "back", "returned"])


@given(st.lists(STEPS, max_size=14), st.integers(1, 9000))
def test_over_any_history_that_can_be_the_sums_agree(words: list[str], cents: int) -> None:
    """Paid is what was owed; never more is taken off or given back than there was."""
    total = f"{cents / 100:.2f}"
    facts: list[Fact] = []
    for n, word in enumerate(words, 1):
        known = bills(facts)
        last = known[-1].bill if known else 1
        opened = next((one.bill for one in known if one.due), 0)
        fact = {
            "bill": bill(total, n),
            "again": bill(total, n, second=True, instead=opened),
            "pay": paid(str(known[-1].due) if known else total, last),
            "ask": ReliefAsked(on=ON, bill=last, relief=n, amount=total),
            "off": ReliefGranted(on=ON, bill=last, relief=n - 1, amount=total),
            "back": RefundAsked(on=ON, bill=last, refund=n, amount=total),
            "returned": Refunded(on=ON, bill=last, refund=n - 1, amount=total),
        }[word]
        try:
            refuse_impossible((*facts, fact))
        except NotAllowed:
            continue
        facts.append(fact)
    for one in bills(facts):
        assert one.due >= 0
        assert one.relief <= one.total
        assert one.paid is None or one.paid == one.total - one.relief
        assert one.back <= (one.paid or 0)
    assert sum(bool(one.due) for one in bills(facts)) <= 1


def test_what_was_taken_off_is_not_asked_for() -> None:
    assert owed((bill(), *off("40.00"))) == Decimal("35.50")
    refuse_impossible(
        (bill(), *off("75.50"), Granted(on=ON, decision=1), Delivered(on=ON, delivery=1, way="counter"))
    )
