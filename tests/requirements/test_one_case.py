"""What the documents ask of one case: any window, three roles, one notice, both channels, a clock."""

from __future__ import annotations

import base64
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from onewindow.cases.acts import accept, correct, deliver, receive
from onewindow.cases.acts.receive import Found, hand_in
from onewindow.cases.models import Case
from onewindow.catalogue.models import Item
from onewindow.intake.acts import Paper
from onewindow.intake.models import Submitted
from onewindow.letters.models import Letter
from onewindow.people.models import Account, Officer, Party, Post
from onewindow.places.models import Window
from onewindow.rules.grants import Grant, NotGranted
from tests.cast import COUNTY, SEP24, Cast, assemble, at, carry_out, officer
from tests.intake.test_online import TOLD, filled
from tests.letters.story import text
from tests.web.citizen import TAKER, granted, on, page_of, shown
from tests.web.desks import NUMBER, SHOP, at_desk, begin, marked
from tests.web.test_apply import ready, signed_in
from tests.web.test_case import do

pytestmark = pytest.mark.django_db
DOT = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"0" * 40).decode()
SIGNED = {
    "taker_name": "王芳",
    "taker_paper_kind": "resident",
    "taker_paper": NUMBER,
    "relation": "本人",
    "signature": f"data:image/png;base64,{DOT}",
}


@pytest.fixture(autouse=True)
def folders(tmp_path: Any, settings: Any) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


@pytest.fixture
def cast() -> Cast:
    return online(assemble())


def online(cast: Cast) -> Cast:
    """王芳 has an account, and her item can be applied for online."""
    Item.objects.filter(pk=cast.version.item_id).update(online_depth=3, audience=["自然人"])
    account = Account.objects.create(
        username="wangfang", joined_at=at(1, 5), password="!", password_changed_at=at(1, 5)
    )
    Party.objects.filter(pk=cast.wangfang.pk).update(account=account)
    cast.wangfang.refresh_from_db()
    cast.version.item.refresh_from_db()
    return cast


def with_post(cast: Cast, name: str, number: str, *grants: Grant, window: Window | None = None) -> Officer:
    """Somebody who holds just these powers, at the hall; who supervises, in the county."""
    watches = Grant.SUPERVISE in grants
    post = Post.objects.create(
        county=COUNTY,
        name=f"{name}的岗位",
        scope="county" if watches else "hall",
        hall=None if watches else cast.window.hall,
        window=window,
        grants=[grant.value for grant in grants],
    )
    return officer(COUNTY, name, number, post)


def read(client: Client, address: str, when: Any = SEP24) -> str:
    with on(when):
        answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


@pytest.mark.req("JN-4a")
@pytest.mark.req("JN-8d")
@pytest.mark.req("ZH-2.3.3.2b")
@pytest.mark.req("FC-3.2.8b")
@pytest.mark.parametrize("pack", ["jining", "zhanhe", "fangcheng"])
def test_one_takes_in_another_decides_a_third_hands_out_and_nobody_does_the_others_part(pack: str) -> None:
    cast = assemble(pack=pack)
    cast.zhoujie = with_post(  # type: ignore[attr-defined]
        cast, "周洁", "C009", Grant.CASE_DELIVER, Grant.PEOPLE_FILE, window=cast.window
    )
    liwei, zhangmin, chenju = at_desk(cast.liwei), at_desk(cast.zhangmin), at_desk(cast.chenju)
    zhoujie = at_desk(cast.zhoujie)  # type: ignore[attr-defined]
    with on(SEP24):
        assert chenju.get("/counter/").status_code == 403
        liwei.post(begin(liwei, cast), SHOP | marked(cast) | {"do": "accept"})
    case = Case.objects.get()
    assert case.number in read(zhangmin, "/desk/", at(9, 25))
    assert do(zhangmin, case, "review", at(10, 8), favourable="yes", text="符合条件").status_code == 302
    assert do(chenju, case, "grant", at(10, 9), text="准予许可").status_code == 302
    assert case.number in read(zhoujie, "/issue/", at(10, 9))
    with on(at(10, 9)):
        assert chenju.get("/issue/").status_code == 403
    assert do(chenju, case, "hand-over", at(10, 9), **SIGNED).status_code in (403, 409)
    assert do(zhoujie, case, "hand-over", at(10, 12), **SIGNED).status_code == 302

    history = read(zhangmin, f"/cases/{case.number}/", at(10, 12)).partition('aria-label="经过"')[2]
    for who, when in (
        ("李伟", "9 月 24 日"),
        ("张敏", "10 月 8 日"),
        ("陈局", "10 月 9 日"),
        ("周洁", "10 月 12 日"),
    ):
        line = next(one for one in history.split("<li") if who in one)
        assert when in line, (who, line[:200])
    assert Case.objects.get().stage == "closed"


@pytest.mark.req("JN-4b")
@pytest.mark.req("ZH-2.4.1a")
def test_a_guide_accepts_and_issues_nothing_and_the_issuing_window_sees_results_alone(cast: Cast) -> None:
    guide = with_post(cast, "赵敏", "C010", Grant.PEOPLE_FILE)
    waiting, ready_one = cast.apply(), granted(cast)
    with pytest.raises(NotGranted):
        accept.accept(waiting, by=guide, at=SEP24)
    with pytest.raises(NotGranted):
        deliver.hand_over(ready_one, by=guide, at=at(10, 12), taker=TAKER)
    advice, issuing = at_desk(guide), at_desk(with_post(cast, "周洁", "C009", Grant.CASE_DELIVER))
    with on(at(10, 12)):
        for closed in ("/counter/", "/desk/", "/issue/", f"/cases/{waiting.number}/"):
            assert advice.get(closed).status_code in (403, 404), closed
        results = issuing.get("/issue/").content.decode()
        assert ready_one.number in results
        assert waiting.number not in results
        assert issuing.get(f"/cases/{waiting.number}/").status_code == 404
        assert issuing.get("/counter/").status_code == 403


@pytest.mark.req("HD-3.2.5g")
def test_at_hedong_refusing_at_the_window_waits_for_a_second_person_and_no_notice_goes_out_before() -> None:
    cast = assemble(pack="hedong")
    case, liwei = cast.apply(), at_desk(cast.liwei)
    why = {"kind": "refused", "reasons": "经营场所在禁止区域", "basis": "《行政许可法》第三十二条"}
    offered = read(liwei, f"/cases/{case.number}/")
    assert "提请不予受理" in offered
    do(liwei, case, "propose", SEP24, **why)
    carry_out(case.subject)
    case.refresh_from_db()
    assert (case.stage, case.is_open) == ("refusing", True)
    assert "refused" not in Letter.objects.values_list("kind", flat=True)
    assert do(liwei, case, "confirm", SEP24).status_code in (403, 409)
    assert do(at_desk(cast.chenju), case, "confirm", at(9, 25)).status_code == 302
    carry_out(case.subject)
    assert Letter.objects.filter(kind="refused").count() == 1


@pytest.mark.req("ZH-2.2.2.1f")
def test_a_matter_sent_back_needs_its_reason_and_leaves_a_written_notice_in_the_file() -> None:
    cast = assemble(pack="zhanhe", kind="公共服务", legal=None)
    case, liwei = cast.apply(), at_desk(cast.liwei)
    told = {"kind": "refused", "basis": "《湛河区政务服务标准化建设工作方案》二(二)2(1)"}
    assert do(liwei, case, "propose", SEP24, reasons="", **told).status_code == 422
    do(liwei, case, "propose", SEP24, reasons="申请人不在本区参保", **told)
    do(at_desk(cast.chenju), case, "confirm", at(9, 25))
    carry_out(case.subject)
    letter = Letter.objects.get(kind="refused")
    assert letter.title.endswith("不予办理告知书")
    with on(at(9, 25)):
        zhangmin = at_desk(cast.zhangmin)
        assert letter.title in zhangmin.get(f"/cases/{case.number}/").content.decode()
        printed = zhangmin.get(f"/cases/{case.number}/letters/{letter.pk}/")
    assert printed.headers["Content-Type"] == "application/pdf"
    assert "申请人不在本区参保" in text(printed.content)


@pytest.mark.req("ZH-2.4.3g")
def test_a_second_notice_is_blocked_without_approval_and_counted_with_the_supervisor(cast: Cast) -> None:
    case, layout = cast.apply(bjt="missing"), cast.materials[1]
    correct.ask_correction(case, by=cast.liwei, at=at(9, 24, 15), demands={layout.pk: "请补布局图"})
    correct.receive_correction(case, by=cast.liwei, at=at(9, 29), papers=[Paper(layout)])
    receive.judge(case, by=cast.liwei, at=at(9, 29), findings={layout.pk: Found("wrong", "没有水池")})
    told = {"at": at(9, 29), "demands": {layout.pk: "请标明水池"}, "what_is_wrong": "没有水池"}
    with pytest.raises(NotGranted):
        correct.ask_again(case, by=cast.liwei, **told)
    sunli = at_desk(with_post(cast, "孙丽", "D001", Grant.SUPERVISE))
    assert "没有再次和超期的补正" in read(sunli, "/watch/?list=corrections", at(9, 30))
    correct.ask_again(case, by=cast.chenju, **told)
    exceptions = read(sunli, "/watch/?list=corrections", at(9, 30)).partition("<tbody>")[2]
    assert exceptions.count("<tr>") == 1
    assert case.number in exceptions


@pytest.mark.req("ZH-1.2b")
@pytest.mark.req("JN-6d")
def test_a_case_begun_online_goes_on_at_the_window_under_its_number_and_nothing_is_asked_twice(
    cast: Cast, client: Client
) -> None:
    case = hand_in(filled(cast), by=cast.wangfang, at=SEP24, told=TOLD)
    number, kept = case.number, list(Submitted.objects.values_list("pk", flat=True))
    layout, others = cast.materials[1], (cast.materials[0], cast.materials[2])
    zhangmin, liwei = at_desk(cast.zhangmin), at_desk(cast.liwei)
    found = {f"v-{m.pk}": "fits" for m in others}
    do(
        zhangmin,
        case,
        "judge",
        at(9, 25),
        **found,
        **{f"v-{layout.pk}": "wrong", f"why-{layout.pk}": "没有水池"},
    )
    correct.ask_correction(case, by=cast.zhangmin, at=at(9, 25), demands={layout.pk: "请标出水池"})
    assert [one.material for one in case.corrections.get().points.all()] == [layout]

    with on(at(9, 28)):
        liwei.post("/counter/find/", {"paper_kind": "resident", "paper_number": NUMBER})
        assert number in liwei.get("/counter/").content.decode()
    assert do(liwei, case, "came", at(9, 28), came=str(layout.pk)).status_code == 302
    case.refresh_from_db()
    assert (case.number, Case.objects.count()) == (number, 1)
    assert set(kept) <= set(case.application.submitted.values_list("pk", flat=True))
    with on(at(9, 28)):
        line = shown(client, case)
    received, came = (
        line.partition(title)[2].partition("</li>")[0] for title in ("收到您的申请", "收到您补来的材料")
    )
    assert "网上提交" in received
    assert "窗口" in came


@pytest.mark.req("FC-3.2.12d")
def test_the_same_application_has_the_same_list_and_the_same_day_at_the_window_and_online(cast: Cast) -> None:
    liwei, wangfang = at_desk(cast.liwei), signed_in(cast)
    with on(SEP24):
        sheet = liwei.get(begin(liwei, cast)).content.decode()
        draft = ready(cast, wangfang)
        portal = wangfang.get(f"{draft}papers/").content.decode()
    names = [m.name for m in cast.materials]
    for page in (sheet, portal):
        places = [page.index(name) for name in names]
        assert places == sorted(places)
    at_window = cast.accepted()
    application = at_window.application
    at_home = hand_in(filled(cast), by=cast.wangfang, at=SEP24, told=TOLD)
    assert (at_window.due_on is not None, at_home.version) == (True, application.version)
    fits = {material.pk: Found("fits") for material in cast.materials}
    receive.judge(at_home, by=cast.liwei, at=SEP24, findings=fits)
    accepted = accept.accept(at_home, by=cast.zhangmin, at=SEP24)
    assert (accepted.due_on, accepted.legal_due_on) == (at_window.due_on, at_window.legal_due_on)


@pytest.mark.req("ZH-2.1.3e")
def test_two_windows_and_the_portal_show_one_list_and_one_version(cast: Cast, client: Client) -> None:
    window = Window.objects.create(
        hall=cast.window.hall, number="4", name="综合受理", kinds=["comprehensive"]
    )
    colleague = with_post(
        cast, "刘洋", "C004", Grant.INTAKE_RECEIVE, Grant.CASE_ACCEPT, Grant.PEOPLE_FILE, window=window
    )
    pages = [client.get(reverse("guide", args=[cast.version.item.address])).content.decode()]
    for who in (cast.liwei, colleague):
        desk = at_desk(who)
        with on(SEP24):
            pages.append(desk.get(begin(desk, cast)).content.decode())
    names = [m.name for m in cast.materials]
    for page in pages:
        assert [name for name in names if name in page] == names
        assert "第 1 版" in page


@pytest.mark.req("JN-9b")
def test_what_is_sent_at_eleven_on_a_saturday_gets_its_receipt_and_is_checked_from_the_next_working_day(
    cast: Cast,
) -> None:
    night = at(9, 26, 23)
    wangfang = signed_in(cast, night)
    with on(night):
        draft = ready(cast, wangfang)
        told = {"phone": "10095715339", "delivery_way": "download", "e_service": "on", "declared": "on"}
        wangfang.post(f"{draft}review/", told)
        done = wangfang.get(f"{draft}done/").content.decode()
    case = Case.objects.get()
    assert case.number in done
    assert (case.received_at, case.due_on) == (night, date(2026, 10, 9))  # 28, 29, 30, 8 and 9 October
    carry_out(case.subject)
    receipt = Letter.objects.get(kind="receipt")
    assert receipt.issued_at == night
    with on(night):
        assert f"letters/{receipt.pk}/" in wangfang.get(page_of(case)).content.decode()


@pytest.mark.req("HD-3.5.13c")
@pytest.mark.req("FC-3.2.11h")
def test_a_second_application_offers_the_paper_that_is_still_good_and_needs_no_upload(cast: Cast) -> None:
    hand_in(filled(cast), by=cast.wangfang, at=SEP24 - timedelta(days=30), told=TOLD)
    wangfang = signed_in(cast)
    layout = cast.materials[1]
    with on(SEP24):
        address = reverse("apply", args=[cast.version.item.address])
        draft = wangfang.post(address, {"applicant": cast.wangfang.pk, "agrees": "on"}).headers["Location"]
        assert f"papers/{layout.pk}/reuse/" in wangfang.get(f"{draft}papers/").content.decode()
        wangfang.post(f"{draft}papers/{layout.pk}/reuse/")
    again = Submitted.objects.get(reused_from__isnull=False)
    assert (again.material, again.how) == (layout, "reused")
    assert again.file_id == again.reused_from.file_id
