"""Extensions and special procedures at the desk: the card, the forms, the proof; the applicant reads plain words."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from onewindow.cases.acts import extend
from onewindow.cases.models import Case, Extension, Procedure
from tests.cases.test_special import GUIDE, begun, over
from tests.cast import Cast, assemble, at

pytestmark = pytest.mark.django_db
WHY = "需要向原登记机关核实资料，二十日内不能完成。"


@pytest.fixture
def cast() -> Cast:
    return assemble(guide=GUIDE)


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> Any:
    def set_to(month: int, day: int) -> None:
        monkeypatch.setenv("ONEWINDOW_NOW", "")
        for module in ("page", "act"):
            monkeypatch.setattr(f"onewindow.web.views.case.{module}.today", lambda: date(2026, month, day))
            monkeypatch.setattr(f"onewindow.web.views.case.{module}.now", lambda: at(month, day))

    return set_to


def desk(who: Any) -> Client:
    client = Client()
    client.force_login(who.account)
    return client


def url(case: Case, key: str = "") -> str:
    return f"/cases/{case.number}/do/{key}/" if key else f"/cases/{case.number}/"


def page(who: Any, case: Case, key: str = "") -> str:
    answer = desk(who).get(url(case, key))
    assert answer.status_code == 200
    return answer.content.decode()


def seen(case: Case) -> int:
    return Case.objects.select_related("subject").get(pk=case.pk).subject.length


def test_the_examiner_begins_and_ends_a_procedure_and_the_card_shows_planned_and_real_days(
    cast: Cast, today: Any
) -> None:
    today(9, 28)
    case = cast.accepted()
    before = page(cast.zhangmin, case)
    assert "办事指南列出：专家评审、检测、公示、听证" in before
    form = page(cast.zhangmin, case, "procedure")
    assert "专家评审（最长 15 天，不计入办理期限）" in form
    assert "公示（最长 7 天，计入办理期限）" in form
    told = {"kind": "专家评审", "why": "需要评审。", "parties": "专家三人", "planned_end": "2026-10-16"}
    sent = desk(cast.zhangmin).post(url(case, "procedure"), {**told, "seen": seen(case)})
    assert sent.status_code == 302
    held = page(cast.zhangmin, case)
    assert "期限停止计算" in held
    assert "9 月 28 日至 10 月 16 日，10 个工作日" in held
    assert "专家评审" not in page(cast.zhangmin, case, "procedure").split("哪一项")[1].split("为什么进行")[0]
    today(10, 20)
    assert "超时 2 个工作日" in page(cast.zhangmin, case)
    assert "评审" in page(cast.zhangmin, case, "procedure-end")
    told = {"procedure": str(Procedure.objects.get().pk), "outcome": "done", "result": "评审通过。"}
    sent = desk(cast.zhangmin).post(url(case, "procedure-end"), {**told, "seen": seen(case)})
    assert sent.status_code == 302
    after = page(cast.zhangmin, case)
    assert "10 月 20 日结束，12 个工作日，超过计划 2 个工作日" in after
    assert "评审通过。" in after


def test_a_plan_beyond_the_published_limit_comes_back_with_all_that_was_typed(cast: Cast, today: Any) -> None:
    today(9, 28)
    case = cast.accepted()
    told = {"kind": "专家评审", "why": "需要评审。", "parties": "专家三人", "planned_end": "2026-12-16"}
    sent = desk(cast.zhangmin).post(url(case, "procedure"), {**told, "seen": seen(case)})
    assert sent.status_code == 409
    said = sent.content.decode()
    assert "最长 15 天，计划最晚写到 10 月 23 日" in said
    assert "专家三人" in said
    assert "2026-12-16" in said
    assert not Procedure.objects.exists()


def test_a_hearing_asks_for_its_day_and_who_leads_it(cast: Cast, today: Any) -> None:
    today(9, 28)
    case = cast.accepted()
    assert "听证主持人" in page(cast.zhangmin, case, "procedure")
    told = {"kind": "听证", "why": "邻居要求。", "parties": "申请人和邻居", "planned_end": "2026-10-20"}
    sent = desk(cast.zhangmin).post(url(case, "procedure"), {**told, "seen": seen(case)})
    assert "在哪里举行和由谁主持" in sent.content.decode()
    hearing = {"place": "二楼", "held_on": "2026-10-14", "host": str(cast.chenju.pk)}
    sent = desk(cast.zhangmin).post(url(case, "procedure"), {**told, **hearing, "seen": seen(case)})
    assert sent.status_code == 302
    card = page(cast.zhangmin, case)
    assert "10 月 14 日（星期三），陈局主持" in card
    assert "听证笔录已经参加人确认" in page(cast.zhangmin, case, "procedure-end")


def test_an_extension_goes_from_the_examiner_to_the_head_and_stands_in_the_file(
    cast: Cast, today: Any
) -> None:
    today(10, 26)
    case = cast.accepted()
    sent = desk(cast.zhangmin).post(url(case, "extend-ask"), {"reason": WHY, "seen": seen(case)})
    assert sent.status_code == 302
    assert "批准延长" not in page(cast.zhangmin, case)
    assert "延长（等负责人批准）" in page(cast.zhangmin, case)
    assert WHY in page(cast.chenju, case, "extend")
    today(10, 27)
    assert desk(cast.chenju).post(url(case, "extend"), {"seen": seen(case)}).status_code == 302
    assert Extension.objects.get().approved
    assert "延长 10 天" in page(cast.zhangmin, case)
    assert "提请延长</a>" not in page(cast.zhangmin, case)
    proof = desk(cast.zhangmin).get(f"/cases/{case.number}/time/").content.decode()
    assert "10 月 27 日经本机关负责人批准，延长 10 个工作日，从第 21 天接着数" in proof
    assert "二十日内不能作出决定的，经本行政机关负责人批准，可以延长十日" in proof
    assert "30 个工作日" in proof


def test_the_proof_quotes_the_clause_that_takes_days_out(cast: Cast, today: Any) -> None:
    case = cast.accepted()
    over(cast, begun(cast, case))
    proof = desk(cast.zhangmin).get(f"/cases/{case.number}/time/").content.decode()
    assert "专家评审期间" in proof
    assert "所需时间不计算在本节规定的期限内" in proof
    today(10, 13)
    assert "暂停" in proof


def test_another_office_sees_neither_the_card_nor_the_forms(cast: Cast) -> None:
    case = cast.accepted()
    begun(cast, case)
    extend.ask_extension(case, by=cast.zhangmin, at=at(10, 9), reason=WHY)
    for address in ("", "procedure", "procedure-end", "extend", "extend-decline", "extend-ask"):
        answer = desk(cast.zhaoqiang).get(url(case, address))
        assert answer.status_code == 404
        assert "专家评审" not in answer.content.decode()
        assert WHY not in answer.content.decode()
    assert desk(cast.zhaoqiang).post(url(case, "extend"), {"seen": "9"}).status_code == 404
    assert Extension.objects.get().approved is None
