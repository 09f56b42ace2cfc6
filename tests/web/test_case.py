"""办件页: what each officer may do with a case, once, on what he has just seen."""

import base64
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from onewindow.cases.acts.correct import ask_correction
from onewindow.cases.acts.decide import deny
from onewindow.cases.acts.examine import review
from onewindow.cases.acts.refuse import propose_refusal
from onewindow.cases.models import Case, Delivery
from onewindow.ground import files
from onewindow.intake.models import Application, Submitted
from onewindow.journal.models import Access, Entry
from tests.cast import SEP24, Cast, assemble, at, carry_out
from tests.web.citizen import granted, on
from tests.web.desks import NUMBER, at_desk

pytestmark = pytest.mark.django_db
ENTRY, SAVEPOINTS = 3, 2
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
DOT = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"0" * 40).decode()


@pytest.fixture
def cast() -> Cast:
    return assemble()


def assemble_with_points() -> Cast:
    return assemble(points=[{"look": "场所", "check": "一致"}, {"look": "设备", "check": "独立"}])


def facts(case: Case) -> list[str]:
    return list(Entry.objects.filter(subject=case.subject).order_by("place").values_list("fact", flat=True))


def page(client: Client, case: Case, when: object = at(10, 9)) -> str:
    with on(when):
        return client.get(f"/cases/{case.number}/").content.decode()


def do(client: Client, case: Case, act: str, when: object = at(10, 9), **told: object):
    """What a page sends that was drawn just now."""
    seen = told.pop("seen", Case.objects.get(pk=case.pk).subject.length)
    with on(when):
        return client.post(f"/cases/{case.number}/do/{act}/", {"seen": seen, **told})


def test_an_examiner_sees_papers_answers_history_and_the_day_with_its_proof(cast: Cast) -> None:
    case = cast.accepted()
    carry_out(case.subject)
    zhangmin = at_desk(cast.zhangmin)
    shown = page(zhangmin, case)
    for words in (
        "剩 3 天",
        "10 月 13 日到期",
        "操作流程和设备布局图",
        "罗山县芳邻小面馆",
        "李伟",
        "受理通知书",
    ):
        assert words in shown
    assert "建议准予" in shown
    with on(at(10, 9)):
        time = zhangmin.get(f"/cases/{case.number}/time/").content.decode()
    assert "自受理行政许可申请之日起二十日内" in time
    assert "国庆节" in time
    assert "受理期限 5 个工作日" in time


def test_a_term_that_no_text_gives_says_so(cast: Cast) -> None:
    case = cast.apply(bjt="wrong")
    demands = {cast.materials[1].pk: "请标出水池"}
    ask_correction(case, by=cast.liwei, at=at(9, 25), demands=demands)
    with on(at(9, 28)):
        shown = at_desk(cast.liwei).get(f"/cases/{case.number}/time/").content.decode()
    assert "本地设定，文件未规定" in shown
    assert "申请人的期限" in shown


def test_another_office_does_not_find_the_case(cast: Cast) -> None:
    case = cast.accepted()
    zhaoqiang = at_desk(cast.zhaoqiang)
    with on(at(10, 9)):
        for address in ("", "time/", "do/review/", "do/forward/", "letters/1/", "files/1/"):
            assert zhaoqiang.get(f"/cases/{case.number}/{address}").status_code == 404
    assert do(zhaoqiang, case, "review", favourable="yes", text="看不见").status_code == 404
    assert facts(case) == ["Received", "Accepted"]


def test_a_case_is_reviewed_decided_and_handed_over_on_the_screens(cast: Cast) -> None:
    case = cast.accepted()
    type(cast.liwei.posts[0]).objects.filter(pk=cast.liwei.posts[0].pk).update(window=cast.window)
    assert do(at_desk(cast.zhangmin), case, "review", favourable="yes", text="符合条件").status_code == 302
    assert do(at_desk(cast.chenju), case, "grant", text="准予许可").status_code == 302
    taker = {"taker_name": "王芳", "taker_paper_kind": "resident", "taker_paper": NUMBER, "relation": "本人"}
    signed = do(at_desk(cast.liwei), case, "hand-over", signature=f"data:image/png;base64,{DOT}", **taker)
    assert signed.status_code == 302
    assert facts(case)[2:] == ["Reviewed", "Granted", "Delivered"]
    delivery = Delivery.objects.get()
    assert files.read(delivery.signature).startswith(b"\x89PNG")
    assert delivery.window == cast.window


def test_a_result_is_not_handed_over_without_a_signature(cast: Cast) -> None:
    case = granted(cast)
    taker = {"taker_name": "王芳", "taker_paper_kind": "resident", "taker_paper": NUMBER, "relation": "本人"}
    answer = do(at_desk(cast.liwei), case, "hand-over", **taker)
    lying = do(at_desk(cast.liwei), case, "hand-over", signature="data:image/png;base64,AAAA", **taker)
    assert answer.status_code == 422
    assert "请领取人在签名板上签名" in answer.content.decode()
    assert "签名没有收到" in lying.content.decode()
    assert Delivery.objects.count() == 0


def test_points_must_be_looked_at_before_a_favourable_opinion() -> None:
    cast = assemble(points=[{"look": "场所", "check": "一致"}, {"look": "设备", "check": "独立"}])
    case = cast.accepted()
    zhangmin = at_desk(cast.zhangmin)
    half = do(zhangmin, case, "review", favourable="yes", text="符合", **{"point-0": "fits"})
    against = do(
        zhangmin, case, "review", favourable="yes", text="符合", **{"point-0": "fits", "point-1": "fails"}
    )
    assert half.status_code == 422
    assert "第 2 项审查要点还没有核对" in half.content.decode()
    assert "还有审查要点核为不符" in against.content.decode()
    assert "符合</textarea>" in against.content.decode()
    done = do(
        zhangmin,
        case,
        "review",
        favourable="yes",
        text="符合",
        **{"point-0": "fits", "point-1": "none", "note-0": "已看现场"},
    )
    assert done.status_code == 302
    assert case.opinions.get().points == [
        {"point": "场所", "fits": True, "note": "已看现场"},
        {"point": "设备", "fits": None, "note": ""},
    ]


def test_an_opinion_that_comes_back_is_gone_on_with_and_says_why() -> None:
    cast = assemble_with_points()
    case = cast.accepted()
    zhangmin, chenju = at_desk(cast.zhangmin), at_desk(cast.chenju)
    marks = {"point-0": "fits", "point-1": "none", "note-0": "已看现场"}
    do(zhangmin, case, "review", favourable="yes", text="材料齐全，建议准予。", **marks)
    do(chenju, case, "send-back-review", text="请核实面积")
    again = page(zhangmin, case)
    assert "请核实面积" in again
    assert "陈局" in again
    assert "材料齐全，建议准予。</textarea>" in again
    assert re.search(r'name="point-0" value="fits"[^>]* checked', again)
    assert re.search(r'name="point-1" value="none"[^>]* checked', again)
    assert 'value="已看现场"' in again
    do(zhangmin, case, "review", favourable="yes", text="面积已核实。", **marks)
    assert "上次的核对结果和意见都在下面" not in page(zhangmin, case)


def test_a_point_that_nobody_marked_is_not_written_down_as_failing() -> None:
    cast = assemble_with_points()
    case = cast.accepted()
    do(at_desk(cast.zhangmin), case, "review", favourable="no", text="场所不符", **{"point-0": "fails"})
    assert case.opinions.get().points == [{"point": "场所", "fits": False, "note": ""}]


def test_a_result_that_waits_to_be_fetched_says_so(cast: Cast) -> None:
    case = cast.accepted()
    review(case, by=cast.zhangmin, at=at(10, 8), favourable=False, text="不符")
    deny(case, by=cast.chenju, at=at(10, 9), text="不予", grounds="面积不足", basis="第三十八条")
    Case.objects.filter(pk=case.pk).update(due_on=None, yellow_on=None, legal_due_on=None)
    zhangmin, liwei = at_desk(cast.zhangmin), at_desk(cast.liwei)
    with on(at(10, 9)):
        desk = zhangmin.get("/desk/?tab=deliver").content.decode()
        issue = liwei.get("/issue/").content.decode()
    assert "等待中" not in desk + issue + page(zhangmin, case)
    assert "待送达</span>" in desk
    assert "待领取</span>" in issue
    assert "待领取</span>" in page(zhangmin, case)
    Application.objects.filter(pk=case.application_id).update(delivery_way="courier")
    with on(at(10, 9)):
        assert "待送达</span>" in liwei.get("/issue/").content.decode()


def test_the_window_scans_what_comes_as_the_correction(cast: Cast) -> None:
    case = cast.apply(bjt="missing")
    liwei, key = at_desk(cast.liwei), cast.materials[1].pk
    do(liwei, case, "ask", at(9, 25), **{f"demand-{key}": "请补布局图"})
    with on(at(9, 28)):
        drawn = liwei.get(f"/cases/{case.number}/do/came/").content.decode()
    assert 'enctype="multipart/form-data"' in drawn
    assert "请补布局图" in drawn
    lie = SimpleUploadedFile("布局图.png", b"MZ not a picture", "image/png")
    refused = do(liwei, case, "came", at(9, 28), **{f"file-{key}": lie})
    assert refused.status_code == 422
    assert "布局图.png" in refused.content.decode()
    nothing = do(liwei, case, "came", at(9, 28))
    assert "请勾选补来的材料" in nothing.content.decode()
    scan = SimpleUploadedFile("布局图.png", PNG, "image/png")
    assert do(liwei, case, "came", at(9, 28), **{f"file-{key}": scan}).status_code == 302
    kept = Submitted.objects.get(material=key)
    assert (kept.how, kept.file.media_type) == ("scan", "image/png")
    assert f"/files/{kept.file_id}/" in page(at_desk(cast.zhangmin), case, at(9, 28))


def test_a_stale_page_shows_the_latest_instead_of_acting(cast: Cast) -> None:
    case = cast.accepted()
    before = case.subject.length
    chenju, zhangmin = at_desk(cast.chenju), at_desk(cast.zhangmin)
    do(zhangmin, case, "question", text="面积不一致")
    answer = do(zhangmin, case, "review", favourable="no", text="我写了很久的意见", seen=before)
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "本件刚刚有人办过，请看最新情况" in shown
    assert "我写了很久的意见" in shown
    assert facts(case) == ["Received", "Accepted", "ExplanationAsked"]
    assert do(chenju, case, "grant", text="准予").status_code == 409


def test_a_refusal_comes_back_as_a_sentence_with_everything_typed(cast: Cast) -> None:
    case = cast.accepted()
    review(case, by=cast.zhangmin, at=at(10, 8), favourable=False, text="不符合")
    empty = do(at_desk(cast.chenju), case, "deny", text="不予许可", grounds="洗消间不独立", basis="")
    assert empty.status_code == 422
    shown = empty.content.decode()
    assert "请写明依据：哪部法律、第几条。" in shown
    assert "洗消间不独立" in shown
    assert do(at_desk(cast.zhangmin), case, "deny", text="x", grounds="x", basis="x").status_code == 409


def test_only_what_stage_and_power_allow_is_offered(cast: Cast) -> None:
    case = cast.accepted()
    examiner, window = page(at_desk(cast.zhangmin), case), page(at_desk(cast.liwei), case)
    assert "/do/review/" in examiner
    assert "/do/withdraw/" not in examiner
    assert "/do/withdraw/" in window
    assert "/do/review/" not in window
    for shown in (examiner, window):
        assert "/do/ask/" not in shown
        assert "/do/hand-over/" not in shown


def test_the_window_does_not_read_the_opinion(cast: Cast) -> None:
    case = cast.accepted()
    review(case, by=cast.zhangmin, at=at(10, 8), favourable=True, text="内部意见")
    assert "内部意见" in page(at_desk(cast.chenju), case)
    assert "内部意见" not in page(at_desk(cast.liwei), case)


def test_numbers_are_masked_until_a_reason_is_logged(cast: Cast) -> None:
    case = cast.accepted()
    zhangmin = at_desk(cast.zhangmin)
    assert NUMBER not in page(zhangmin, case)
    cast.zhangmin.posts[0].grants.append("people:unmask")
    cast.zhangmin.posts[0].save()
    with on(at(10, 9)):
        full = zhangmin.post(f"/cases/{case.number}/unmask/", {"reason": "电话核实"})
    assert NUMBER in full.content.decode()
    assert set(Access.objects.filter(reason="电话核实").values_list("what", flat=True)) == {
        "unmask:paper_number",
        "unmask:phone",
        "unmask:case",
    }


def test_a_correction_is_taken_in_checked_and_accepted(cast: Cast) -> None:
    case = cast.apply(bjt="missing")
    liwei = at_desk(cast.liwei)
    key = cast.materials[1].pk
    nothing = do(liwei, case, "ask", at(9, 25))
    assert "只能告知这一次" in nothing.content.decode()
    do(liwei, case, "ask", at(9, 25), **{f"demand-{key}": "请补布局图"})
    do(liwei, case, "came", at(9, 28), came=key)
    assert "补来了，待核对" in page(liwei, case, at(9, 28))
    do(liwei, case, "judge", at(9, 28), **{f"v-{m.pk}": "fits" for m in cast.materials})
    do(liwei, case, "accept", at(9, 28))
    assert facts(case) == ["Received", "CorrectionAsked", "CorrectionReceived", "Judged", "Accepted"]


def test_a_second_person_confirms_or_sends_back_a_refusal(cast: Cast) -> None:
    case = cast.apply()
    told = {"kind": "refused", "reasons": "不符合形式", "basis": "《行政许可法》第三十二条"}
    propose_refusal(case, by=cast.zhangmin, at=at(9, 25), **told)
    chenju = at_desk(cast.chenju)
    shown = page(chenju, case, at(9, 25))
    assert "同意不予受理" in shown
    assert "不符合形式" in shown
    do(chenju, case, "send-back-refusal", at(9, 25), remark="可以补正")
    assert facts(case)[-1] == "RefusalSentBack"


def test_originals_are_given_back_against_a_signature(cast: Cast) -> None:
    case = cast.accepted()
    Submitted.objects.filter(material=cast.materials[0]).update(original=True)
    liwei = at_desk(cast.liwei)
    assert "还没退还的原件" in page(liwei, case)
    taker = {"taker_name": "王芳", "taker_paper_kind": "resident", "taker_paper": NUMBER, "relation": "本人"}
    do(liwei, case, "originals", materials="sqs", signed="on", **taker)
    assert facts(case)[-1] == "OriginalsReturned"
    assert "还没退还的原件" not in page(liwei, case)


def test_a_parcel_goes_out_comes_back_and_goes_again(cast: Cast) -> None:
    case = granted(cast)
    liwei = at_desk(cast.liwei)
    do(liwei, case, "dispatch", tracking="EX100000001CN")
    do(liwei, case, "back", why="电话不通")
    assert "电话不通" in page(liwei, case)
    do(liwei, case, "dispatch", tracking="EX100000002CN")
    do(liwei, case, "arrived")
    assert facts(case)[-4:] == ["Dispatched", "CameBack", "Dispatched", "Delivered"]


def test_an_act_that_is_not_open_leads_back_to_the_case(cast: Cast) -> None:
    case = cast.accepted()
    with on(at(10, 9)):
        answer = at_desk(cast.chenju).get(f"/cases/{case.number}/do/grant/", follow=True)
    assert "不能办“准予”" in answer.content.decode()


def test_a_file_of_the_case_is_shown_and_no_other(cast: Cast) -> None:
    case = cast.accepted()
    mine = files.keep(case.county, b"%PDF-1.7 x", name="布局图.pdf", media_type="application/pdf", at=SEP24)
    other = files.keep(case.county, b"%PDF-1.7 y", name="别人的.pdf", media_type="application/pdf", at=SEP24)
    Submitted.objects.filter(material=cast.materials[1]).update(file=mine)
    zhangmin = at_desk(cast.zhangmin)
    with on(at(10, 9)):
        answer = zhangmin.get(f"/cases/{case.number}/files/{mine.pk}/")
        assert zhangmin.get(f"/cases/{case.number}/files/{other.pk}/").status_code == 404
    assert answer.content == b"%PDF-1.7 x"
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert f"/files/{mine.pk}/" in page(zhangmin, case)


def test_a_case_and_a_step_keep_to_their_statements(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """Beside session, account and grants: reading 5, a step 8."""
    case = cast.accepted()
    zhangmin = at_desk(cast.zhangmin)
    with on(at(10, 9)):
        zhangmin.get("/desk/")  # signs in
        with django_assert_max_num_queries(ENTRY + 5):
            zhangmin.get(f"/cases/{case.number}/")
        told = {"seen": 2, "favourable": "yes", "text": "符合条件"}
        with django_assert_max_num_queries(ENTRY + 8 + SAVEPOINTS):
            assert zhangmin.post(f"/cases/{case.number}/do/review/", told).status_code == 302


def test_an_untouched_judging_is_refused_and_records_nothing(cast: Cast) -> None:
    case = cast.apply()
    before = list(Entry.objects.filter(subject=case.subject).values_list("fact", flat=True))
    answer = do(at_desk(cast.liwei), case, "judge", at(9, 24))
    assert answer.status_code == 422
    assert "还没有核对任何一份材料" in answer.content.decode()
    assert list(Entry.objects.filter(subject=case.subject).values_list("fact", flat=True)) == before
