"""不用缴的款: money that comes too late is written down and goes back; nobody's is lost, and nobody pays twice."""

from decimal import Decimal

import pytest

from onewindow.cases.acts import fees, relief, void, withdraw
from onewindow.cases.models import Case, Payment, Refund, StrayPayment
from onewindow.cases.reads import work
from onewindow.cases.recheck import recheck
from onewindow.journal.models import Entry
from onewindow.journal.write import history
from onewindow.notices.models import Message, OfficerMessage
from onewindow.rules.fees import BillState, bills
from onewindow.rules.grants import NotAllowed, NotGranted
from onewindow.rules.stages import Stage, after
from tests.cases.test_fees import GUIDE, SEP28, SEP29, billed, fresh, online, pay
from tests.cast import Cast, assemble, carry_out

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


@pytest.fixture
def cast() -> Cast:
    return assemble(guide=GUIDE)


def listed(cast: Cast, case: Case) -> bool:
    rows = work.page(cast.chenju, work.TABS["refund"], SEP29.date()).rows
    return case.pk in [row.case.pk for row in rows]


def state(case: Case) -> BillState:
    (one,) = bills(history(case.subject))
    return one


def test_paid_after_he_withdrew_it_waits_on_the_desk_and_goes_back(cast: Cast) -> None:
    case, bill = billed(cast)
    withdraw.withdraw(case, by=cast.wangfang, at=SEP28)
    stray = online(case, bill)
    assert isinstance(stray, StrayPayment)
    assert (stray.amount, stray.payer) == (Decimal("75.50"), "王芳")
    assert not Payment.objects.exists()
    wish = Refund.objects.get()
    assert (wish.stray, wish.amount, wish.asked_by, wish.approved) == (stray, Decimal("75.50"), None, None)
    assert listed(cast, case)
    assert state(case).left == Decimal("75.50")
    relief.refund(case, by=cast.chenju, at=SEP29)
    assert not listed(cast, case)
    assert state(case).left == 0
    carry_out(case.subject)
    assert Message.objects.get(kind="PaidAstray").text.startswith("75.50 元，不用缴")
    assert Message.objects.get(kind="Refunded").text == "75.50 元，退到原来缴费的地方。"
    assert OfficerMessage.objects.filter(kind="RefundAsked").exists()
    assert fresh(case).stage == "withdrawn"
    assert list(recheck()) == []


def test_the_same_word_said_again_is_written_once_and_never_differently(cast: Cast) -> None:
    case, bill = billed(cast)
    withdraw.withdraw(case, by=cast.wangfang, at=SEP28)
    assert online(case, bill) == online(case, bill)
    assert Entry.objects.filter(subject=case.subject, fact="PaidAstray").count() == 1
    with pytest.raises(NotAllowed, match="前后不一致"):
        online(case, bill, amount="70.00")


def test_what_is_paid_a_second_time_goes_back_and_the_first_stays(cast: Cast) -> None:
    case, bill = billed(cast)
    pay(cast, case, bill)
    online(case, bill, serial="W2")
    assert "已经缴过了" in StrayPayment.objects.get().why
    relief.refund(case, by=cast.chenju, at=SEP29)
    one = state(case)
    assert (one.paid, one.astray, one.back, one.due) == (
        Decimal("75.50"),
        Decimal("75.50"),
        Decimal("75.50"),
        0,
    )


def test_another_sum_goes_back_and_the_bill_still_waits(cast: Cast) -> None:
    case, bill = billed(cast)
    online(case, bill, amount="75.00")
    assert "金额不符" in StrayPayment.objects.get().why
    assert state(case).due == Decimal("75.50")
    assert isinstance(online(case, bill, serial="W2"), Payment)


def test_two_of_them_are_asked_for_one_after_the_other(cast: Cast) -> None:
    case, bill = billed(cast)
    withdraw.withdraw(case, by=cast.wangfang, at=SEP28)
    online(case, bill, serial="W1")
    online(case, bill, serial="W2")
    assert Refund.objects.count() == 1
    relief.refund(case, by=cast.chenju, at=SEP29)
    assert listed(cast, case)
    relief.refund(case, by=cast.chenju, at=SEP29)
    assert Refund.objects.filter(approved=True).count() == 2
    assert state(case).left == 0


def test_another_office_does_not_agree_to_it(cast: Cast) -> None:
    case, bill = billed(cast)
    withdraw.withdraw(case, by=cast.wangfang, at=SEP28)
    online(case, bill)
    with pytest.raises(NotGranted):
        relief.refund(case, by=cast.zhaoqiang, at=SEP29)


def test_paid_while_a_promise_taken_back_waits_for_acceptance_it_is_booked_as_ever() -> None:
    """Only a bill lets money in: in the stages before acceptance there is one only after a promise was taken back."""
    assert after(Stage.RECEIVED, "FeePaid") is Stage.RECEIVED
    assert after(Stage.CORRECTING, "PaidAstray") is Stage.CORRECTING
    with pytest.raises(NotAllowed):
        after(Stage.NEW, "FeePaid")


def test_money_that_came_in_is_never_voided(cast: Cast) -> None:
    case, bill = billed(cast)
    withdraw.withdraw(case, by=cast.wangfang, at=SEP28)
    online(case, bill)
    place = Entry.objects.get(subject=case.subject_id, fact="PaidAstray").place
    with pytest.raises(NotAllowed, match="请退付"):
        void.ask_void(fresh(case), by=cast.zhangmin, at=SEP29, place=place, cause="slip", reason="点错了。")


def test_the_fee_of_a_case_that_is_free_again_owes_nothing(cast: Cast) -> None:
    case, bill = billed(cast)
    withdraw.withdraw(case, by=cast.wangfang, at=SEP28)
    online(case, bill)
    assert not fresh(case).unpaid
    assert fees.charged_for(case.version)
