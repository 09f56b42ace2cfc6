"""收费: told once with kind, standard, basis and amount; reduced by another; paid whole and once; nothing stands still for it."""

from datetime import date
from decimal import Decimal

import pytest

from onewindow.cases.acts import decide, deliver, examine, fees, relief, withdraw
from onewindow.cases.acts.fees import Charged, Told
from onewindow.cases.acts.taking import Taker
from onewindow.cases.models import Bill, Case, Payment
from onewindow.cases.recheck import recheck
from onewindow.journal.models import Entry
from onewindow.letters.models import Letter
from onewindow.notices.models import Message, OfficerMessage
from onewindow.rules.grants import GATEWAY, NotAllowed, NotGranted
from tests.cast import Cast, assemble, at, carry_out
from tests.letters.test_follow import text

pytestmark = pytest.mark.django_db
BASIS = [{"key": "p", "law": "中华人民共和国居民身份证法", "article": "第二十条"}]
ITEMS = [
    {"name": "证书工本费", "standard": "每本 20 元", "amount": "20.00", "basis": ["p"]},
    {"name": "检验费", "standard": "按检验项目计", "basis": ["p"]},
    {"name": "加急费", "standard": "50 元", "amount": "50.00", "basis": []},
]
GUIDE = {"basis": BASIS, "fee": {"charged": True, "note": "收工本费。", "items": ITEMS}}
BOOKS = Charged(name="证书工本费", count=2)
TEST = Charged(name="检验费", price=Decimal("35.5"), how="三个检验项目")
SEP25, SEP28, SEP29 = at(9, 25), at(9, 28), at(9, 29)
TAKER = Taker("王芳", "resident", "991523198803040427", "本人", signed=True)


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


@pytest.fixture
def cast() -> Cast:
    return assemble(guide=GUIDE)


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def billed(cast: Cast) -> tuple[Case, Bill]:
    case = cast.accepted()
    return case, fees.bill(case, by=cast.liwei, at=SEP25, charged=[BOOKS, TEST])


def pay(cast: Cast, case: Case, bill: Bill, amount: str = "75.50", receipt: str = "豫财 00012") -> Payment:
    told = {"bill": bill.pk, "amount": Decimal(amount), "receipt": receipt, "payer": "王芳"}
    return fees.collect(case, by=cast.liwei, at=SEP28, **told, window=cast.window)


def online(case: Case, bill: Bill, serial: str = "W1", amount: str = "75.50") -> Payment:
    told = Told(serial=serial, amount=Decimal(amount), payer="王芳", receipt=f"电子 {serial}")
    return fees.paid_online(case, by=GATEWAY, at=SEP28, bill=bill.pk, told=told)


def granted(cast: Cast, case: Case) -> None:
    examine.review(case, by=cast.zhangmin, at=SEP28, favourable=True, text="同意")
    decide.grant(case, by=cast.chenju, at=SEP28, text="准予")


def test_everything_is_told_at_once_with_kind_standard_basis_amount_and_sum(cast: Cast) -> None:
    case, bill = billed(cast)
    assert bill.total == Decimal("75.50")  # 2 × 20.00 + 35.50
    lines = [(one.name, one.standard, one.basis, one.amount) for one in bill.lines.order_by("pk")]
    assert lines == [
        ("证书工本费", "每本 20 元", "《中华人民共和国居民身份证法》第二十条", Decimal("40.00")),
        ("检验费", "按检验项目计", "《中华人民共和国居民身份证法》第二十条", Decimal("35.50")),
    ]
    # Ten working days after Friday, 25 September are counted: 28–30 September three, 8 and 9 October five,
    # Saturday the 10th (worked) six, 12–15 October ten.
    assert bill.pay_by == date(2026, 10, 15)
    assert fresh(case).unpaid
    assert list(recheck()) == []


def test_the_letter_names_all_of_it_and_why_the_clock_goes_on(cast: Cast) -> None:
    case, bill = billed(cast)
    carry_out(case.subject)
    letter = Letter.objects.get(kind="bill")
    assert letter.title == "行政许可申请缴费通知书"
    told = text(letter)
    for word in (
        "证书工本费",
        "每本20元",
        "第二十条",
        "40.00",
        "35.50",
        "三个检验项目",
        "75.50元",
        bill.pay_number,
    ):
        assert word in told.replace(" ", ""), word
    assert "等缴费不停止计算办理期限" in told
    assert "2026年10月15日" in told
    assert Message.objects.get(kind="BillMade").text.startswith("共 75.50 元，请在 10 月 15 日以前缴")


def test_waiting_for_money_moves_no_due_day(cast: Cast) -> None:
    case = cast.accepted()
    before = (fresh(case).due_on, fresh(case).legal_due_on)
    fees.bill(case, by=cast.liwei, at=SEP25, charged=[BOOKS])
    assert (
        (fresh(case).due_on, fresh(case).legal_due_on) == before == (date(2026, 10, 13), date(2026, 10, 29))
    )
    assert not fresh(case).held


def test_a_fee_outside_the_guide_or_without_its_law_or_at_another_price_is_refused(cast: Cast) -> None:
    case = cast.accepted()
    wrong = {
        "没有列出“代办费”": Charged(name="代办费"),
        "没有写依据": Charged(name="加急费"),
        "公布的标准是 20.00 元": Charged(name="证书工本费", price=Decimal("25")),
        "写明金额和怎样计算": Charged(name="检验费", price=Decimal("35")),
        "数量至少是 1": Charged(name="证书工本费", count=0),
        "最多两位小数": Charged(name="检验费", price=Decimal("0.001"), how="一项"),
    }
    for sentence, one in wrong.items():
        with pytest.raises(NotAllowed, match=sentence):
            fees.bill(case, by=cast.liwei, at=SEP25, charged=[one])
    assert not Bill.objects.exists()


def test_a_second_bill_needs_the_head_with_his_reason_and_takes_the_place_of_the_unpaid_one(
    cast: Cast,
) -> None:
    case, first = billed(cast)
    with pytest.raises(NotAllowed, match="只开一次"):
        fees.bill(case, by=cast.liwei, at=SEP25, charged=[BOOKS])
    with pytest.raises(NotGranted):
        fees.bill_again(case, by=cast.liwei, at=SEP25, charged=[BOOKS], why="数量写错")
    with pytest.raises(NotAllowed, match="写明理由"):
        fees.bill_again(case, by=cast.chenju, at=SEP25, charged=[BOOKS], why=" ")
    second = fees.bill_again(case, by=cast.chenju, at=SEP25, charged=[BOOKS], why="检验项目不用做了。")
    assert second.instead == first
    with pytest.raises(NotAllowed, match="作废"):
        pay(cast, case, first)
    pay(cast, case, second, "40.00")
    assert not fresh(case).unpaid


def test_half_of_it_or_another_sum_is_not_taken(cast: Cast) -> None:
    case, bill = billed(cast)
    for amount in ("75.00", "100", "0.01"):
        with pytest.raises(NotAllowed, match=r"要一次缴清 75\.50 元"):
            pay(cast, case, bill, amount)
    assert not Payment.objects.exists()


def test_paid_at_the_desk_it_is_told_to_the_office_and_never_paid_twice(cast: Cast) -> None:
    case, bill = billed(cast)
    paid = pay(cast, case, bill)
    assert (paid.amount, paid.window, paid.by) == (Decimal("75.50"), cast.window, cast.liwei)
    with pytest.raises(NotAllowed, match="已经缴过了"):
        pay(cast, case, bill, receipt="豫财 00013")
    carry_out(case.subject)
    assert not fresh(case).unpaid
    assert Message.objects.get(kind="FeePaid").text == "75.50 元，窗口缴清。"
    assert OfficerMessage.objects.filter(kind="FeePaid").exists()


def test_one_receipt_number_is_used_once(cast: Cast) -> None:
    case, bill = billed(cast)
    pay(cast, case, bill)
    other = fees.bill_again(case, by=cast.chenju, at=SEP28, charged=[BOOKS], why="补领一本。")
    with pytest.raises(NotAllowed, match="票据号码已经登记过"):
        pay(cast, case, other, "40.00")


def test_what_the_gateway_says_twice_is_written_once(cast: Cast) -> None:
    case, bill = billed(cast)
    assert online(case, bill) == online(case, bill)
    assert Entry.objects.filter(subject=case.subject, fact="FeePaid").count() == 1
    with pytest.raises(NotAllowed, match="前后不一致"):
        online(case, bill, amount="70.00")


def test_relief_has_its_ground_and_basis_and_is_decided_by_another(cast: Cast) -> None:
    case, bill = billed(cast)
    asked = {"bill": bill.pk, "amount": Decimal("40"), "ground": "低保对象", "basis": "财综〔2012〕97号"}
    with pytest.raises(NotAllowed, match="没有依据不能减免"):
        relief.ask_relief(case, by=cast.liwei, at=SEP25, **{**asked, "basis": " "})
    with pytest.raises(NotAllowed, match="不能超过还没有缴的金额"):
        relief.ask_relief(case, by=cast.liwei, at=SEP25, **{**asked, "amount": Decimal("80")})
    relief.ask_relief(case, by=cast.liwei, at=SEP25, **asked)
    with pytest.raises(NotAllowed, match="正在等减免的决定"):
        pay(cast, case, bill)
    with pytest.raises(NotGranted):
        relief.grant_relief(case, by=cast.liwei, at=SEP25)
    relief.grant_relief(case, by=cast.chenju, at=SEP25)
    pay(cast, case, bill, "35.50")
    assert not fresh(case).unpaid


def test_nobody_decides_on_the_relief_that_he_asked_for(cast: Cast) -> None:
    case, bill = billed(cast)
    post = cast.chenju.posts[0]
    post.grants = [*post.grants, "fees:bill"]
    post.save()
    head = type(cast.chenju).objects.get(pk=cast.chenju.pk)
    asked = {"bill": bill.pk, "amount": Decimal("40"), "ground": "低保对象", "basis": "财综〔2012〕97号"}
    relief.ask_relief(case, by=head, at=SEP25, **asked)
    with pytest.raises(NotAllowed, match="不能是同一个人"):
        relief.grant_relief(case, by=head, at=SEP25)
    with pytest.raises(NotAllowed, match="不能是同一个人"):
        relief.decline_relief(case, by=head, at=SEP25, remark="不符合")


def test_all_of_it_taken_off_nothing_waits_any_more(cast: Cast) -> None:
    case, bill = billed(cast)
    asked = {"bill": bill.pk, "amount": Decimal("75.50"), "ground": "低保对象", "basis": "财综〔2012〕97号"}
    relief.ask_relief(case, by=cast.liwei, at=SEP25, **asked)
    relief.grant_relief(case, by=cast.chenju, at=SEP25)
    assert not fresh(case).unpaid
    granted(cast, case)
    deliver.hand_over(case, by=cast.liwei, at=SEP29, taker=TAKER)


def test_the_result_is_not_handed_out_before_it_is_billed_and_paid(cast: Cast) -> None:
    case = cast.accepted()
    granted(cast, case)
    with pytest.raises(NotAllowed, match="还没有开缴费通知书"):
        deliver.hand_over(case, by=cast.liwei, at=SEP29, taker=TAKER)
    bill = fees.bill(case, by=cast.liwei, at=SEP29, charged=[BOOKS])
    for refused in (
        lambda: deliver.hand_over(case, by=cast.liwei, at=SEP29, taker=TAKER),
        lambda: deliver.dispatch(case, by=cast.liwei, at=SEP29, tracking="TEST1"),
    ):
        with pytest.raises(NotAllowed, match=r"还有 40\.00 元没有缴，结果不能交付"):
            refused()
    online(case, bill, amount="40.00")
    deliver.hand_over(case, by=cast.liwei, at=SEP29, taker=TAKER)
    assert fresh(case).stage == "closed"
    assert list(recheck()) == []


def test_where_the_guide_says_so_nothing_is_granted_before_it_is_paid() -> None:
    cast = assemble(guide={**GUIDE, "fee": {**GUIDE["fee"], "before": "decide"}})
    case = cast.accepted()
    examine.review(case, by=cast.zhangmin, at=SEP25, favourable=True, text="同意")
    with pytest.raises(NotAllowed, match="还没有开缴费通知书"):
        decide.grant(case, by=cast.chenju, at=SEP28, text="准予")
    bill = fees.bill(case, by=cast.zhangmin, at=SEP25, charged=[BOOKS])
    with pytest.raises(NotAllowed, match="要在作出决定以前缴费"):
        decide.grant(case, by=cast.chenju, at=SEP28, text="准予")
    pay(cast, case, bill, "40.00")
    decide.grant(case, by=cast.chenju, at=SEP28, text="准予")


def test_whoever_is_denied_owes_nothing_and_gets_back_what_he_paid(cast: Cast) -> None:
    case, bill = billed(cast)
    pay(cast, case, bill)
    examine.review(case, by=cast.zhangmin, at=SEP28, favourable=False, text="不同意")
    decide.deny(case, by=cast.chenju, at=SEP28, text="不予", grounds="不符合条件", basis="《食品安全法》")
    relief.ask_refund(case, by=cast.liwei, at=SEP29, bill=bill.pk, amount=Decimal("75.50"), reason="没有准予")
    with pytest.raises(NotGranted):
        relief.refund(case, by=cast.liwei, at=SEP29)
    relief.refund(case, by=cast.chenju, at=SEP29)
    with pytest.raises(NotAllowed, match=r"还没有退的 0\.00 元"):
        relief.ask_refund(case, by=cast.liwei, at=SEP29, bill=bill.pk, amount=Decimal("1"), reason="再退")
    carry_out(case.subject)
    assert "75.50 元" in Message.objects.get(kind="Refunded").text


def test_an_unpaid_bill_falls_away_with_a_denial_or_a_withdrawal(cast: Cast) -> None:
    case, bill = billed(cast)
    withdraw.withdraw(case, by=cast.wangfang, at=SEP28)
    assert not fresh(case).unpaid
    with pytest.raises(NotAllowed, match="已撤回"):
        pay(cast, case, bill)


def test_a_free_item_is_never_billed() -> None:
    cast = assemble(guide={"fee": {"charged": False, "note": "不收费"}})
    case = cast.accepted()
    with pytest.raises(NotAllowed, match="没有列出"):
        fees.bill(case, by=cast.liwei, at=SEP25, charged=[BOOKS])
    carry_out(case.subject)
    assert "不收费" in text(Letter.objects.get(kind="accepted"))
    granted(cast, case)
    deliver.hand_over(case, by=cast.liwei, at=SEP29, taker=TAKER)


def test_another_office_neither_bills_nor_collects_nor_decides(cast: Cast) -> None:
    case, bill = billed(cast)
    for act in (
        lambda: fees.bill_again(case, by=cast.zhaoqiang, at=SEP25, charged=[BOOKS], why="多收"),
        lambda: fees.collect(
            case, by=cast.zhaoqiang, at=SEP25, bill=bill.pk, amount=bill.total, receipt="1", payer="王芳"
        ),
        lambda: relief.grant_relief(case, by=cast.zhaoqiang, at=SEP25),
        lambda: relief.refund(case, by=cast.zhaoqiang, at=SEP25),
    ):
        with pytest.raises(NotGranted):
            act()


def test_the_payment_number_carries_its_check_digit(cast: Cast) -> None:
    _, bill = billed(cast)
    assert bill.pay_number[:10] == "4115212026"
    digits = [int(one) * (1 if n % 2 == 0 else 2) for n, one in enumerate(reversed(bill.pay_number))]
    assert sum(n // 10 + n % 10 for n in digits) % 10 == 0
