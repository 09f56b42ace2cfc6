"""What would be refused is explained and not offered; what waits for somebody stands where he works."""

from decimal import Decimal

import pytest

from onewindow.cases.acts import examine, extend, fees, relief, third, withdraw
from onewindow.cases.models import Case, Procedure, Refund
from onewindow.guidance.models import Asked
from onewindow.intake.models import Application
from onewindow.letters.models import Letter
from onewindow.notices.models import OfficerMessage
from onewindow.people.models import Officer, Post
from onewindow.rules.grants import Grant
from tests.cases.test_fees import BOOKS, GUIDE, billed, online
from tests.cases.test_joint_days import JOINT
from tests.cases.test_quotas import TWO, three
from tests.cases.test_third import OCT9, OCT12, told
from tests.cast import COUNTY, SEP24, assemble, at, carry_out, officer
from tests.letters.test_follow import text
from tests.web.citizen import on
from tests.web.desks import at_desk, find
from tests.web.test_moving import page, send

pytestmark = pytest.mark.django_db
SEP25, SEP28, SEP29 = at(9, 25), at(9, 28), at(9, 29)


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


def test_a_case_without_a_place_is_not_offered_to_be_granted_and_says_why() -> None:
    cast = assemble(guide=TWO)
    first, _, last = three(cast)
    assert "准予<" in page(cast.chenju, first, SEP28)
    shown = page(cast.chenju, last, SEP28)
    assert "do/grant/" not in shown
    assert "do/deny/" in shown
    assert "名额轮不到本件，现在不能准予" in shown
    with on(SEP28):
        answer = at_desk(cast.chenju).get(f"/cases/{last.number}/do/grant/", follow=True)
    assert answer.redirect_chain[-1][0] == f"/cases/{last.number}/"
    assert "名额轮不到本件" in answer.content.decode()


def test_who_examined_it_is_offered_no_decision_and_is_told_who_may() -> None:
    cast = assemble()
    case = cast.accepted()
    Post.objects.filter(held__officer=cast.chenju).update(
        grants=[Grant.CASE_EXAMINE.value, Grant.CASE_DECIDE.value]
    )
    chenju = Officer.objects.get(pk=cast.chenju.pk)
    chenju.day = SEP25.date()
    examine.review(case, by=chenju, at=SEP25, favourable=True, text="同意")
    shown = page(cast.chenju, case, SEP28)
    assert "do/grant/" not in shown
    assert "do/deny/" not in shown
    assert "您审核过本件，审核和决定不能是同一个人" in shown


def test_relief_and_money_that_goes_back_stand_on_the_list_of_whoever_agrees() -> None:
    cast = assemble(guide=GUIDE)
    case = cast.accepted()
    bill = fees.bill(case, by=cast.liwei, at=SEP25, charged=[BOOKS])
    wish = {"bill": bill.pk, "amount": Decimal("10"), "ground": "低保对象", "basis": "财综〔2012〕97号"}
    relief.ask_relief(case, by=cast.liwei, at=SEP25, **wish)
    with on(SEP28):
        shown = at_desk(cast.chenju).get("/desk/").content.decode()
        assert "提请减免等您决定" in shown
        assert f"/cases/{case.number}/do/relief/" in shown
        assert "低保对象" in shown
        assert "提请减免等您决定" not in at_desk(cast.zhaoqiang).get("/desk/").content.decode()
    relief.grant_relief(case, by=cast.chenju, at=SEP28)
    with on(SEP28):
        assert "提请减免等您决定" not in at_desk(cast.chenju).get("/desk/").content.decode()


def test_money_that_was_not_let_go_says_how_it_is_asked_for_again() -> None:
    cast = assemble(guide=GUIDE)
    case, bill = billed(cast)
    withdraw.withdraw(case, by=cast.wangfang, at=SEP28)
    online(case, bill)
    with on(SEP28):
        shown = at_desk(cast.chenju).get("/desk/").content.decode()
    assert "提请退付等您决定" in shown
    assert f"/cases/{case.number}/do/refund/" in shown
    assert "钱还留在账上" in page(cast.chenju, case, SEP28, "do/refund-decline/")
    relief.decline_refund(case, by=cast.chenju, at=SEP28, remark="先查清是谁缴的。")
    shown = page(cast.liwei, case, SEP29)
    assert "75.50 元</b>不用缴的钱没有同意退付" in shown
    assert "do/refund-ask/" in shown
    carry_out(case.subject)
    assert OfficerMessage.objects.filter(officer=cast.liwei, kind="RefundDeclined").exists()
    again = {"bill": bill.pk, "amount": Decimal("75.50"), "reason": "查清了，是申请人缴的。"}
    relief.ask_refund(case, by=cast.liwei, at=SEP29, **again)
    relief.refund(case, by=cast.chenju, at=SEP29)
    assert Refund.objects.filter(approved=True).count() == 1
    assert "没有同意退付，还留在账上" not in page(cast.liwei, case, SEP29)


def test_what_several_offices_settle_is_lengthened_from_the_list_of_the_government_s_head() -> None:
    cast = assemble(guide=JOINT, legal=45)
    case = cast.accepted()
    post = Post.objects.create(
        county=COUNTY, name="政府负责人", scope="county", grants=[Grant.CASE_EXTEND_JOINT.value]
    )
    head = officer(COUNTY, "测试县长", "Z009", post)
    extend.ask_extension(case, by=cast.zhangmin, at=SEP28, reason="要等两个部门核对。")
    carry_out(case.subject)
    assert OfficerMessage.objects.filter(officer=head, kind="ExtensionAsked").exists()
    assert not OfficerMessage.objects.filter(officer=cast.chenju, kind="ExtensionAsked").exists()
    with on(SEP29):
        shown = at_desk(head).get("/desk/").content.decode()
        assert f"/cases/{case.number}/do/extend-joint/" in shown
        assert "提请延长等您批准" not in at_desk(cast.chenju).get("/desk/").content.decode()
    assert "do/extend-joint/" in page(head, case, SEP29)
    assert send(head, case, "extend-joint", SEP29).status_code == 302
    carry_out(case.subject)
    with on(SEP29):
        client = at_desk(cast.liwei)
        client.logout()
        client.post("/track/", {"number": case.number, "code": case.enquiry_code})
        assert "经本级人民政府负责人批准" in client.get(f"/track/{case.number}/").content.decode()


def test_the_hearing_that_a_third_party_asked_for_begins_on_the_screen_though_the_guide_lists_none() -> None:
    cast = assemble()
    case, one = told(cast)
    assert "do/procedure/" not in page(cast.zhangmin, case, OCT9)
    third.note_third(
        case, by=cast.zhangmin, at=OCT9, third=one.pk, how="counter", text="要求听证。", hearing=True
    )
    assert "do/procedure/" in page(cast.zhangmin, case, OCT12)
    plan = {
        "kind": "听证",
        "why": "利害关系人要求听证。",
        "parties": "王芳、利害关系人",
        "place": "二楼会议室",
        "planned_end": "2026-10-30",
        "held_on": "2026-10-22",
        "host": str(cast.chenju.pk),
        "told_on": "2026-09-28",
        "asked_on": "2026-10-09",
    }
    assert send(cast.zhangmin, case, "procedure", OCT12, **plan).status_code == 302
    assert Procedure.objects.get().basis == "《中华人民共和国行政许可法》第四十七条第一款"
    assert "do/procedure/" not in page(cast.zhangmin, case, OCT12)


def test_who_was_asked_first_stands_on_the_receipt() -> None:
    cast = assemble()
    liwei = at_desk(cast.liwei)
    with on(SEP24):
        find(liwei)
        liwei.post("/asked/new/", {"channel": "counter", "what": "开面馆要办什么证？"})
    asked = Asked.objects.get()
    assert asked.party == cast.wangfang
    case = cast.apply(at(9, 24, 16))
    carry_out(case.subject)
    said = text(Letter.objects.get(kind="receipt"))
    assert f"首问责任人李伟，首问编号{asked.number}" in said
    other = cast.apply(SEP25)
    carry_out(other.subject)
    assert "首问责任人" not in text(Letter.objects.get(kind="receipt", subject=other.subject))
    assert Case.objects.count() == Application.objects.count() == 2
