"""Two who move the money of one case, or take the last place, at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from onewindow.cases.acts import accept, bars, decide, examine, fees, relief, withdraw
from onewindow.cases.acts.fees import Told
from onewindow.cases.models import Bill, Case, Decision, Payment
from onewindow.cases.recheck import recheck
from onewindow.journal.reads import verify
from onewindow.people.models import Block
from onewindow.rules.grants import GATEWAY, NotAllowed
from tests.cases.test_bars import FALSE, decided
from tests.cases.test_extend_races import another
from tests.cases.test_fees import BOOKS, GUIDE
from tests.cases.test_races import ROUNDS, facts, together
from tests.cast import assemble, at

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
SEP28, SEP29 = at(9, 28), at(9, 29)


def test_two_bills_at_once_are_one() -> None:
    cast = assemble(guide=GUIDE)
    for _ in range(ROUNDS):
        case = cast.accepted()
        told = together(
            lambda case=case: fees.bill(case, by=cast.liwei, at=SEP28, charged=[BOOKS]),
            lambda case=case: fees.bill(case, by=cast.zhangmin, at=SEP28, charged=[BOOKS]),
        )
        assert sum(isinstance(one, Bill) for one in told) == 1
        assert sum(isinstance(one, NotAllowed) for one in told) == 1
    assert verify() == []


def test_desk_and_gateway_at_once_take_the_money_once_and_the_same_word_twice_is_one_payment() -> None:
    cast = assemble(guide=GUIDE)
    for n in range(ROUNDS):
        case = cast.accepted()
        bill = fees.bill(case, by=cast.liwei, at=SEP28, charged=[BOOKS])
        word = Told(serial=f"W{n}", amount=bill.total, payer="王芳", receipt=f"E{n}")
        at_desk = {"bill": bill.pk, "amount": bill.total, "receipt": f"D{n}", "payer": "王芳"}
        together(
            lambda case=case, t=at_desk: fees.collect(case, by=cast.liwei, at=SEP28, **t),
            lambda case=case, b=bill, w=word: fees.paid_online(case, by=GATEWAY, at=SEP28, bill=b.pk, told=w),
            lambda case=case, b=bill, w=word: fees.paid_online(case, by=GATEWAY, at=SEP28, bill=b.pk, told=w),
        )
        assert facts(case).count("FeePaid") == 1
        assert Payment.objects.filter(bill=bill).count() == 1
        assert not Case.objects.get(pk=case.pk).unpaid


def test_relief_and_payment_at_once_never_take_more_than_is_owed() -> None:
    cast = assemble(guide=GUIDE)
    for n in range(ROUNDS):
        case = cast.accepted()
        bill = fees.bill(case, by=cast.liwei, at=SEP28, charged=[BOOKS])
        asked = {"bill": bill.pk, "amount": Decimal("20"), "ground": "低保", "basis": "财综〔2012〕97号"}
        at_desk = {"bill": bill.pk, "amount": bill.total, "receipt": f"R{n}", "payer": "王芳"}
        told = together(
            lambda case=case, a=asked: relief.ask_relief(case, by=cast.zhangmin, at=SEP28, **a),
            lambda case=case, t=at_desk: fees.collect(case, by=cast.liwei, at=SEP28, **t),
        )
        assert sum(isinstance(one, NotAllowed) for one in told) == 1


@pytest.mark.parametrize("way", ["desk", "gateway"])
def test_who_pays_and_withdraws_at_once_has_paid_before_or_not_at_all(way: str) -> None:
    """Money is never taken for what was withdrawn already; what came first can be paid back."""
    cast = assemble(guide=GUIDE)
    for n in range(ROUNDS):
        case = cast.accepted()
        bill = fees.bill(case, by=cast.liwei, at=SEP28, charged=[BOOKS])
        word = Told(serial=f"P{n}", amount=bill.total, payer="王芳", receipt=f"E{n}")
        at_desk = {"bill": bill.pk, "amount": bill.total, "receipt": f"T{n}", "payer": "王芳"}
        paying = {
            "desk": lambda case=case, t=at_desk: fees.collect(case, by=cast.liwei, at=SEP28, **t),
            "gateway": lambda case=case, b=bill, w=word: fees.paid_online(
                case, by=GATEWAY, at=SEP28, bill=b.pk, told=w
            ),
        }
        paid, back = together(
            paying[way], lambda case=case: withdraw.withdraw(case, by=cast.wangfang, at=SEP28)
        )
        assert isinstance(back, Case)
        told = facts(case)
        assert told.count("Withdrawn") == 1
        assert isinstance(paid, Payment) == Payment.objects.filter(bill=bill).exists() == ("FeePaid" in told)
        if isinstance(paid, Payment):
            assert told.index("FeePaid") < told.index("Withdrawn")
            asked = {"bill": bill.pk, "amount": bill.total, "reason": "撤回了申请"}
            assert relief.ask_refund(case, by=cast.liwei, at=SEP29, **asked).amount == bill.total
        else:  # refused, or written down as money that goes back
            assert isinstance(paid, NotAllowed) != ("PaidAstray" in told)
    assert list(recheck()) == []
    assert verify() == []


def test_thirty_decisions_for_the_last_place_give_one() -> None:
    cast = assemble(guide={"limited": {"number": 1, "period": "year", "basis": []}})
    cases = []
    for minute in range(30):
        case = accept.accept(cast.apply(at(9, 24, 9, minute)), by=cast.liwei, at=at(9, 24, 9, minute))
        examine.review(case, by=cast.zhangmin, at=SEP28, favourable=True, text="同意")
        cases.append(case)
    start = Barrier(30)

    def decided_at_once(case: Case) -> str:
        try:
            start.wait(timeout=30)
            decide.grant(case, by=cast.chenju, at=SEP29, text="准予")
            return "granted"
        except NotAllowed as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(30) as pool:
        told = list(pool.map(decided_at_once, cases))
    assert told[0] == "granted"  # the first that was accepted, whoever pressed first
    assert all("数量有限" in one for one in told[1:])
    assert Decision.objects.filter(granted=True).count() == 1
    assert verify() == []


def test_two_bars_of_one_case_at_once_are_one() -> None:
    cast = assemble(guide={"public_safety": True})
    head = another(cast, "chenju")
    for _ in range(ROUNDS):
        case = decided(cast, granted=False)
        told = together(
            lambda case=case: bars.bar(case, by=cast.chenju, at=SEP29, finding=FALSE),
            lambda case=case: bars.bar(case, by=head, at=SEP29, finding=FALSE),
        )
        assert sum(isinstance(one, Block) for one in told) == 1
        assert sum(isinstance(one, NotAllowed) for one in told) == 1
        cast.wangfang.blocks.update(until=None)
        type(cast.wangfang).objects.update(barred_until=None)
        cast.wangfang.refresh_from_db()
