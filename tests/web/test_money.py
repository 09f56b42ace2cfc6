"""Fees, third parties, places and bars on the screens: the desk, the counter, the progress page, a third party's page."""

import json
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from onewindow.cases.acts import bars, decide, examine, fees, third
from onewindow.cases.models import Bill, Case, Payment, Relief, StrayPayment, Third, ThirdStatement
from onewindow.cases.reads import others
from onewindow.exchange.nontax import fake
from onewindow.exchange.nontax.client import signature
from onewindow.letters.models import Letter
from onewindow.people.models import Block
from tests.cases.test_bars import FALSE, decided
from tests.cases.test_fees import BASIS, BOOKS, GUIDE, TEST
from tests.cases.test_quotas import three
from tests.cases.test_third import NEIGHBOUR
from tests.cases.test_void import deputy, voided
from tests.cast import Cast, assemble, at, carry_out
from tests.web.citizen import on
from tests.web.desks import at_desk
from tests.web.test_moving import page, send

pytestmark = pytest.mark.django_db
SEP25, SEP28, OCT9 = at(9, 25), at(9, 28), at(10, 9)


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


@pytest.fixture
def cast() -> Cast:
    return assemble(guide=GUIDE)


def progress(case: Case) -> Client:
    """Somebody who has shown number and code."""
    client = Client()
    client.post("/track/", {"number": case.number, "code": case.enquiry_code})
    return client


def test_the_clerk_bills_collects_and_the_head_decides_on_relief(cast: Cast) -> None:
    case = cast.accepted()
    with on(SEP25):
        assert "还没有告知" in page(cast.liwei, case, SEP25)
    form = page(cast.liwei, case, SEP25, "do/bill/")
    assert "证书工本费，数量" in form
    assert "检验费，怎样计算" in form
    told = {"count-0": "2", "count-1": "1", "price-1": "35.5", "how-1": "三个检验项目", "count-2": "0"}
    assert send(cast.liwei, case, "bill", SEP25, **told).status_code == 302
    bill = Bill.objects.get()
    assert bill.total == Decimal("75.50")
    shown = page(cast.zhangmin, case, SEP25)
    for word in (
        "等缴费 75.50 元",
        bill.pay_number,
        "《中华人民共和国居民身份证法》第二十条",
        "等缴费不停止计算办理期限",
    ):
        assert word in shown
    asked = {"amount": "40", "ground": "低保对象", "basis": "财综〔2012〕97号"}
    send(cast.liwei, case, "relief-ask", SEP25, **asked)
    with on(SEP25):
        assert bill.case.number in at_desk(cast.chenju).get("/desk/?tab=unpaid").content.decode()
    send(cast.chenju, case, "relief", SEP25)
    assert Relief.objects.get().approved
    wrong = send(cast.liwei, case, "collect", SEP28, amount="75.50", receipt="豫 1", payer="王芳")
    assert wrong.status_code == 409
    assert "要一次缴清 35.50 元" in wrong.content.decode()
    assert (
        send(cast.liwei, case, "collect", SEP28, amount="35.50", receipt="豫 1", payer="王芳").status_code
        == 302
    )
    assert "已缴清" in page(cast.zhangmin, case, SEP28)


def test_the_lists_say_that_a_case_waits_for_money(cast: Cast) -> None:
    case = cast.accepted()
    fees.bill(case, by=cast.liwei, at=SEP25, charged=[BOOKS])
    with on(SEP25):
        assert "等缴费" in at_desk(cast.zhangmin).get("/desk/?tab=examine").content.decode()


def test_the_day_s_list_gives_each_desk_with_its_sum_and_hides_other_halls(cast: Cast) -> None:
    case = cast.accepted()
    bill = fees.bill(case, by=cast.liwei, at=SEP25, charged=[BOOKS])
    told = {"bill": bill.pk, "amount": bill.total, "receipt": "豫 9", "payer": "王芳", "window": cast.window}
    fees.collect(case, by=cast.liwei, at=SEP28, **told)
    with on(SEP28):
        shown = at_desk(cast.liwei).get("/cash/").content.decode()
        assert "罗山县政务服务中心 3 号窗口　李伟" in shown
        assert "1 笔，40.00 元" in shown
        assert "豫 9" in shown
        assert "这一天没有收费" in at_desk(cast.liwei).get("/cash/?on=2026-09-25").content.decode()
        assert at_desk(cast.zhaoqiang).get("/cash/").status_code == 403


def test_what_is_paid_while_the_day_s_list_is_read_stands_on_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = cast.accepted()
    bill = fees.bill(case, by=cast.liwei, at=SEP25, charged=[BOOKS])
    told = {"bill": bill.pk, "amount": bill.total, "receipt": "豫 9", "payer": "王芳", "window": cast.window}
    turned = others.page

    def paid_meanwhile(*rows: Any, **order: Any) -> Any:
        fees.collect(case, by=cast.liwei, at=SEP28, **told)
        return turned(*rows, **order)

    monkeypatch.setattr(others, "page", paid_meanwhile)
    with on(SEP28):
        assert "豫 9" in at_desk(cast.liwei).get("/cash/").content.decode()


def test_the_applicant_reads_what_he_has_to_pay_and_pays_in_the_demonstration(
    cast: Cast, settings: Any
) -> None:
    settings.DEMO = True
    case = cast.accepted()
    with on(SEP25):
        bill = fees.bill(case, by=cast.liwei, at=SEP25, charged=[BOOKS, TEST])
        client = progress(case)
        shown = client.get(f"/track/{case.number}/").content.decode()
        for word in ("请您缴费：75.50 元", "证书工本费", "三个检验项目", bill.pay_number, "等缴费不停止计算"):
            assert word in shown
        there = client.post(f"/track/{case.number}/pay/{bill.pay_number}/")
        assert there.url == f"/pay/{bill.pay_number}/"
        told = client.get(there.url).content.decode()
        assert "这是演示，没有真的银行" in told
        client.post(there.url)
        client.post(there.url)  # pressed twice
    assert Payment.objects.get().way == "gateway"
    with on(SEP25):
        assert "已缴清 75.50 元" in client.get(f"/track/{case.number}/").content.decode()
        assert Client().get(f"/pay/{bill.pay_number}/").status_code == 404


def test_what_fell_away_with_a_denial_is_owed_again_when_the_denial_is_voided(
    cast: Cast, settings: Any
) -> None:
    settings.DEMO = True
    case = cast.accepted()
    bill = fees.bill(case, by=cast.liwei, at=SEP25, charged=[BOOKS])
    examine.review(case, by=cast.zhangmin, at=SEP25, favourable=False, text="不同意")
    decide.deny(case, by=cast.chenju, at=SEP25, text="不予", grounds="面积不足", basis="第三十三条")
    with on(SEP25):
        client, path = progress(case), f"/track/{case.number}/pay/{bill.pay_number}/"
        assert client.post(path).url == f"/track/{case.number}/"
    voided(cast, Case.objects.get(pk=case.pk), "Denied", SEP25, by=deputy(cast))
    with on(SEP25):
        assert client.post(path).url == f"/pay/{bill.pay_number}/"


def test_the_platform_s_word_is_taken_once_and_only_when_signed(cast: Cast, settings: Any) -> None:
    settings.NONTAX_SECRET = "shared"
    case = cast.accepted()
    bill = fees.bill(case, by=cast.liwei, at=SEP25, charged=[BOOKS])
    body, signed = fake.word(bill.pay_number, bill.total, "王芳")

    def say(body: bytes, signed: str) -> Any:
        with on(SEP28):
            return Client().post(
                "/gateway/nontax/", body, content_type="application/json", headers={"X-Signature": signed}
            )

    assert say(body, "0" * 64).status_code == 403
    assert say(b"{}", signature(b"{}")).status_code == 403
    half = json.dumps({**json.loads(body), "amount": "1.00", "serial": "X"}).encode()
    answer = say(half, signature(half))
    assert answer.json() == {"booked": "X", "goes_back": True}
    assert "金额不符" in StrayPayment.objects.get().why
    assert [say(body, signed).json()["goes_back"] for _ in range(2)] == [False, False]
    assert Payment.objects.count() == 1
    unknown = json.dumps({**json.loads(body), "pay_number": "1"}).encode()
    assert say(unknown, signature(unknown)).status_code == 409


def test_without_a_secret_nothing_is_believed(cast: Cast, settings: Any) -> None:
    settings.NONTAX_SECRET, settings.DEMO = "", False
    answer = Client().post(
        "/gateway/nontax/", b"{}", content_type="application/json", headers={"X-Signature": signature(b"{}")}
    )
    assert answer.status_code == 403


def test_the_examiner_names_a_third_party_who_speaks_online_and_is_heard(cast: Cast) -> None:
    case = cast.accepted()
    told = {"name": "邻居测试甲", "contact": "测试路2号", "concerns": "油烟直接排向他家的窗户"}
    assert send(cast.zhangmin, case, "third", SEP25, **told).status_code == 302
    one = Third.objects.select_related("subject").get()
    send(cast.zhangmin, case, "third-told", SEP28, third=one.pk, way="counter", told_on="2026-09-28")
    assert "等他提意见" in page(cast.zhangmin, case, SEP28)
    with on(OCT9):
        client = Client()
        wrong = client.post("/third/", {"number": one.subject.number, "code": "000000x"}).content.decode()
        assert "编号或者查询码不对" in wrong
        assert client.post("/third/", {"number": one.subject.number, "code": one.code}).url == "/third/mine/"
        shown = client.get("/third/mine/").content.decode()
        for word in ("油烟直接排向他家的窗户", "10 月 10 日", "我要求听证"):
            assert word in shown
        for hidden in ("王芳", case.number + "<", "芳邻小面馆"):
            assert hidden not in shown
        client.post("/third/mine/", {"text": "请求不予许可。"})
    assert ThirdStatement.objects.get().text == "请求不予许可。"
    send(cast.zhangmin, case, "third-heard", OCT9, third=one.pk, weighed="采纳一部分。")
    with on(OCT9):
        assert "采纳一部分。" in client.get("/third/mine/").content.decode()
        seen = progress(case).get(f"/track/{case.number}/").content.decode()
    assert "告知了利害关系人" in seen
    assert "邻居" not in seen
    assert "邻居" not in page(cast.liwei, case, OCT9)


def test_the_examiner_opens_the_notice_that_he_has_to_serve_and_the_window_does_not(cast: Cast) -> None:
    case = cast.accepted()
    third.name_third(case, by=cast.zhangmin, at=SEP25, who=NEIGHBOUR)
    carry_out(case.subject)
    letter = Letter.objects.get(kind="third")
    assert letter.number in page(cast.zhangmin, case, SEP25)
    address = f"/cases/{case.number}/letters/{letter.pk}/"
    with on(SEP25):
        assert at_desk(cast.zhangmin).get(address).status_code == 200
        assert at_desk(cast.liwei).get(address).status_code == 404
        assert progress(case).get(f"/track/{case.number}/letters/{letter.pk}/").status_code == 404


def test_a_case_s_own_code_opens_no_third_party_s_page_nor_the_other_way_round(cast: Cast) -> None:
    case = cast.accepted()
    one = third.name_third(case, by=cast.zhangmin, at=SEP25, who=NEIGHBOUR)
    with on(SEP25):
        assert progress(case).get("/third/mine/").url == "/third/"
        answer = Client().post("/track/", {"number": one.subject.number, "code": one.code})
        assert answer.status_code == 200
        assert Client().post("/third/", {"number": case.number, "code": case.enquiry_code}).status_code == 200


def test_the_row_of_places_is_public_with_numbers_and_no_names() -> None:
    cast = assemble(guide={"limited": {"number": 2, "period": "year", "basis": []}, "basis": BASIS})
    cases = three(cast)
    with on(SEP28):
        shown = Client().get(f"/public/places/{cast.version.item.address}/").content.decode()
        for case in cases:
            assert case.number in shown
        assert "每年 2 个，已准予 0 个，还有 2 个" in shown
        assert "没有名额" in shown
        assert "王芳" not in shown
    assert "名额轮不到本件" in page(cast.zhangmin, cases[2], SEP28)
    assert "名额已经全部准予受理在先的申请人" in page(cast.chenju, cases[2], SEP28, "do/deny/")


def test_an_item_without_a_number_has_no_such_page(cast: Cast) -> None:
    assert Client().get(f"/public/places/{cast.version.item.address}/").status_code == 404


def test_the_head_bars_and_the_counter_says_so_before_anything_is_typed() -> None:
    cast = assemble(guide={"public_safety": True})
    case = decided(cast, granted=False)
    told = {"ground": "false_papers", "facts": "健康证明是伪造的。"}
    assert send(cast.chenju, case, "bar", SEP28, **told).status_code == 302
    assert Block.objects.get().until.isoformat() == "2027-09-28"
    assert "到 2027 年 9 月 28 日" in page(cast.chenju, case, SEP28)
    with on(SEP28):
        client = at_desk(cast.liwei)
        client.post("/counter/find/", {"paper_kind": "resident", "paper_number": "991523198803040427"})
        assert "不得再次申请" in client.get("/counter/").content.decode()
        answer = client.post("/counter/begin/", {"version": cast.version.pk}, follow=True)
        assert "到 2027 年 9 月 28 日为止不得再次申请" in answer.content.decode()
    send(cast.zhangmin, case, "bar-lift-ask", SEP28, why="复议撤销了原决定。")
    send(cast.chenju, case, "bar-lift", SEP28)
    assert Block.objects.get().lifted_at is not None


def test_nobody_else_s_screen_offers_the_acts(cast: Cast) -> None:
    case = decided(cast, granted=False)
    assert "警告和限制申请</a>" not in page(cast.zhangmin, case, SEP28)
    bars.bar(case, by=cast.chenju, at=SEP28, finding=FALSE)
    assert "提请解除限制" not in page(cast.zhangmin, case, SEP28)  # a warning alone needs no lifting


def test_what_a_third_party_typed_too_late_comes_back_with_the_code(cast: Cast) -> None:
    case = cast.accepted()
    one = third.name_third(case, by=cast.zhangmin, at=SEP25, who=NEIGHBOUR)
    third.tell_third(case, by=cast.zhangmin, at=SEP28, third=one.pk, way="counter", told_on=SEP28.date())
    shown, client = {"number": one.subject.number, "code": one.code}, Client()
    with on(at(9, 29, 10)):
        client.post("/third/", shown)
    with on(at(9, 29, 12)):
        assert client.post("/third/mine/", {"text": "写了很久的意见。"}).url == "/third/"
        assert client.post("/third/", shown).url == "/third/held/"
        held = client.get("/third/held/")
        assert "写了很久的意见。" in held.content.decode()
        client.post(held.context["held"].path, dict(held.context["held"].fields))
    assert ThirdStatement.objects.get().text == "写了很久的意见。"
