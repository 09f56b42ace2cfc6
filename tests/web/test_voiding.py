"""Voiding and dating back on the screens: asked on the page of the case, confirmed by another, seen by everybody after."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from onewindow.cases.acts import decide, void
from onewindow.cases.models import BackDated, Case, Voiding
from onewindow.cases.tick import tick
from onewindow.people.models import Officer
from onewindow.rules.grants import Grant
from onewindow.rules.stages import Stage
from tests.cases.test_void import SEP28, SEP29, SEP30, WHY, deputy, fresh, granted, place, reviewed, voided
from tests.cast import Cast, assemble, at, carry_out
from tests.web.citizen import on, shown
from tests.web.desks import at_desk
from tests.web.test_desk import with_post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


@pytest.fixture
def cast() -> Cast:
    return assemble()


def get(who: Officer, path: str, when: datetime = SEP29) -> Any:
    with on(when):
        return at_desk(who).get(path)


def post(who: Officer, path: str, when: datetime = SEP29, **told: object) -> Any:
    with on(when):
        return at_desk(who).post(path, told)


def seen(case: Case) -> int:
    return Case.objects.select_related("subject").get(pk=case.pk).subject.length


def void_url(case: Case, fact: str) -> str:
    return f"/cases/{case.number}/void/{place(case, fact)}/"


def test_the_whole_way_on_the_screens(cast: Cast) -> None:
    case = granted(cast)
    carry_out(case.subject)
    other = deputy(cast)
    url = void_url(case, "Granted")
    assert url in get(cast.zhangmin, f"/cases/{case.number}/").content.decode()
    form = get(cast.zhangmin, url).content.decode()
    assert "<del>已准予，待送达</del> <ins>待决定</ins>" in form
    assert "接着计算，到 <ins>10 月 13 日（星期二）" in form
    assert post(cast.zhangmin, url, cause="slip", reason=" ").status_code == 422
    assert post(cast.zhangmin, url, cause="slip", reason=WHY).status_code == 302
    asked = Voiding.objects.get()
    assert "提出作废的记载等您确认" in get(other, "/desk/").content.decode()
    assert "提出作废的记载等您确认" not in get(cast.zhangmin, "/desk/").content.decode()
    settle = f"/cases/{case.number}/voidings/{asked.pk}/"
    before = get(other, settle).content.decode()
    assert WHY in before
    assert "工作人员操作失误" in before
    assert "这项记载是您记的" in get(cast.chenju, settle).content.decode()
    refused = post(cast.chenju, settle, confirm="1")
    assert (refused.status_code, "是您自己记的" in refused.content.decode()) == (409, True)
    assert post(other, settle, confirm="1").status_code == 302
    assert fresh(case).stage == Stage.DECIDING
    carry_out(case.subject)
    page = get(cast.zhangmin, f"/cases/{case.number}/").content.decode()
    assert "<del>准予</del>" in page
    assert "已作废" in page
    assert "已确认作废" in get(other, settle).content.decode()
    proof = get(cast.zhangmin, f"/cases/{case.number}/time/decide/").content.decode()
    assert "作废的记载" in proof
    assert "期限不从它计算" in proof


def test_a_fact_that_cannot_be_voided_says_why_and_offers_no_form(cast: Cast) -> None:
    case = granted(cast)
    page = get(cast.zhangmin, void_url(case, "Reviewed")).content.decode()
    assert "请先作废“准予”（9 月 28 日）" in page
    assert "<textarea" not in page
    assert void_url(case, "Received") not in get(cast.zhangmin, f"/cases/{case.number}/").content.decode()
    assert get(cast.zhangmin, f"/cases/{case.number}/void/99/").status_code == 404


def test_declining_needs_a_reason_and_shows_it(cast: Cast) -> None:
    case = granted(cast)
    asked = void.ask_void(
        case, by=cast.zhangmin, at=SEP29, place=place(case, "Granted"), cause="slip", reason=WHY
    )
    settle = f"/cases/{case.number}/voidings/{asked.pk}/"
    other = deputy(cast)
    assert post(other, settle, decline="1", remark="").status_code == 422
    assert post(other, settle, decline="1", remark="决定没有错。").status_code == 302
    assert "没有同意：决定没有错。" in get(other, settle).content.decode()
    assert fresh(case).stage == Stage.GRANTED


def test_another_office_finds_nothing_and_the_window_asks_but_does_not_confirm(cast: Cast) -> None:
    case = granted(cast)
    assert get(cast.zhaoqiang, void_url(case, "Granted")).status_code == 404
    asked = void.ask_void(
        case, by=cast.liwei, at=SEP29, place=place(case, "Granted"), cause="slip", reason=WHY
    )
    settle = f"/cases/{case.number}/voidings/{asked.pk}/"
    assert get(cast.zhaoqiang, settle).status_code in (403, 404)
    assert get(cast.liwei, settle).status_code == 403


def test_what_time_did_asks_for_the_day_that_shows_it_wrong(cast: Cast) -> None:
    case = cast.apply()
    tick(at(10, 10))
    url, when = void_url(case, "AcceptedBySilence"), at(10, 10, 15)
    assert "申请人哪天书面撤回的" in get(cast.zhangmin, url, when).content.decode()
    told = {"cause": "details", "reason": WHY}
    assert post(cast.zhangmin, url, when, **told).status_code == 422
    assert post(cast.zhangmin, url, when, **told, shown_on="2026-10-09").status_code == 302
    settle = f"/cases/{case.number}/voidings/{Voiding.objects.get().pk}/"
    assert "10 月 9 日（星期五）书面撤回申请" in get(cast.chenju, settle, when).content.decode()
    assert post(cast.chenju, settle, when, confirm="1").status_code == 302
    assert fresh(case).stage == Stage.WITHDRAWN


def test_the_applicant_sees_the_wrong_fact_struck_through_and_the_new_one_beside_it(cast: Cast) -> None:
    case = granted(cast)
    carry_out(case.subject)
    voided(cast, case, "Granted", by=deputy(cast))
    decide.deny(case, by=cast.chenju, at=SEP30, text="不予", grounds="面积不足。", basis="规定")
    carry_out(case.subject)
    with on(SEP30):
        page = shown(Client(), case)
    assert "<del>已准予</del>" in page
    assert "已作废：工作人员操作失误。" in page
    assert "更正了一项记载" in page
    assert "9 月 29 日已作废，见 罗市监许废〔2026〕1号" in page
    assert WHY not in page


def test_the_supervisor_sees_every_voiding_and_everything_dated_back(cast: Cast) -> None:
    case = granted(cast)
    voided(cast, case, "Granted", by=deputy(cast))
    sunli = with_post(cast, "孙丽", Grant.SUPERVISE)
    page = get(sunli, "/watch/?list=voided").content.decode()
    assert WHY in page
    assert case.number in page
    case = cast.accepted(at(9, 24))
    sent = post(
        cast.liwei,
        f"/cases/{case.number}/do/withdraw/",
        SEP30,
        seen=seen(case),
        on="2026-09-29",
        why_late="窗口停电",
    )
    assert sent.status_code == 302
    assert BackDated.objects.get().why == "窗口停电"
    page = get(sunli, "/watch/?list=dated").content.decode()
    assert "窗口停电" in page
    assert "9 月 29 日（星期二）" in page
    assert "补录" in get(cast.zhangmin, f"/cases/{case.number}/", SEP30).content.decode()


def test_a_day_without_its_reason_comes_back_beside_the_field(cast: Cast) -> None:
    case = cast.accepted(at(9, 24))
    told = {"seen": seen(case), "on": "2026-09-29", "why_late": ""}
    answer = post(cast.liwei, f"/cases/{case.number}/do/withdraw/", SEP30, **told)
    assert (answer.status_code, "请写明为什么今天才登记" in answer.content.decode()) == (422, True)
    told = {**told, "on": "2026-09-10", "why_late": "忘了"}
    answer = post(cast.liwei, f"/cases/{case.number}/do/withdraw/", SEP30, **told)
    assert (answer.status_code, "最多往前 2 个工作日" in answer.content.decode()) == (409, True)


def test_the_result_that_was_voided_is_not_published(cast: Cast) -> None:
    case = reviewed(cast)
    decision = decide.grant(case, by=cast.chenju, at=SEP28, text="准予")
    with on(SEP29):
        assert decision.result_number in Client().get("/public/granted/").content.decode()
        voided(cast, case, "Granted", by=deputy(cast))
        assert decision.result_number not in Client().get("/public/granted/").content.decode()
