"""Extensions and special procedures at the desk: the card, the forms, the proof; the applicant reads plain words."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from onewindow.cases.acts import extend, withdraw
from onewindow.cases.models import Case, Extension, Procedure
from onewindow.people.models import Officer
from onewindow.places import reads as places
from onewindow.rules.grants import Grant
from onewindow.web.guides import _Book, _limits
from onewindow.web.kind_shown import KindShown
from tests.cases.test_special import GUIDE, begun, over
from tests.cast import Cast, assemble, at
from tests.web.citizen import on, shown
from tests.web.desks import at_desk
from tests.web.test_desk import ENTRY, with_post

pytestmark = pytest.mark.django_db
SEP28, OCT20, OCT26, OCT27 = at(9, 28), at(10, 20), at(10, 26), at(10, 27)
WHY = "需要向原登记机关核实资料，二十日内不能完成。"


@pytest.fixture
def cast() -> Cast:
    return assemble(guide=GUIDE)


def send(who: Officer, case: Case, key: str, when: datetime, **told: object) -> Any:
    """What the officer fills in and sends."""
    with on(when):
        client = at_desk(who)
        return client.post(f"/cases/{case.number}/do/{key}/", {**told, "seen": seen(case)})


def page(who: Officer, case: Case, when: datetime, key: str = "") -> str:
    """A page of the case, or of one act on it."""
    with on(when):
        answer = at_desk(who).get(f"/cases/{case.number}/{key}")
    assert answer.status_code == 200
    return answer.content.decode()


def seen(case: Case) -> int:
    return Case.objects.select_related("subject").get(pk=case.pk).subject.length


def test_the_examiner_begins_and_ends_a_procedure_and_the_card_shows_planned_and_real_days(
    cast: Cast,
) -> None:
    case = cast.accepted()
    before = page(cast.zhangmin, case, SEP28)
    assert "办事指南列出：专家评审、检测、公示、听证" in before
    form = page(cast.zhangmin, case, SEP28, "do/procedure/")
    assert "专家评审（最长 15 天，不计入办理期限）" in form
    assert "公示（最长 7 天，计入办理期限）" in form
    told = {"kind": "专家评审", "why": "需要评审。", "parties": "专家三人", "planned_end": "2026-10-16"}
    sent = send(cast.zhangmin, case, "procedure", SEP28, **told)
    assert sent.status_code == 302
    held = page(cast.zhangmin, case, SEP28)
    assert "期限停止计算" in held
    assert "9 月 28 日至 10 月 16 日，10 个工作日" in held
    assert (
        "专家评审"
        not in page(cast.zhangmin, case, SEP28, "do/procedure/").split("哪一项")[1].split("为什么进行")[0]
    )
    assert "超时 2 个工作日" in page(cast.zhangmin, case, OCT20)
    assert "评审" in page(cast.zhangmin, case, OCT20, "do/procedure-end/")
    told = {"procedure": str(Procedure.objects.get().pk), "outcome": "done", "result": "评审通过。"}
    sent = send(cast.zhangmin, case, "procedure-end", OCT20, **told)
    assert sent.status_code == 302
    after = page(cast.zhangmin, case, OCT20)
    assert "10 月 20 日结束，12 个工作日，超过计划 2 个工作日" in after
    assert "评审通过。" in after


def test_a_plan_beyond_the_published_limit_comes_back_with_all_that_was_typed(cast: Cast) -> None:
    case = cast.accepted()
    told = {"kind": "专家评审", "why": "需要评审。", "parties": "专家三人", "planned_end": "2026-12-16"}
    sent = send(cast.zhangmin, case, "procedure", SEP28, **told)
    assert sent.status_code == 409
    said = sent.content.decode()
    assert "最长 15 天，计划最晚写到 10 月 23 日" in said
    assert "专家三人" in said
    assert "2026-12-16" in said
    assert not Procedure.objects.exists()


def test_a_hearing_asks_for_its_day_and_who_leads_it(cast: Cast) -> None:
    case = cast.accepted()
    assert "听证主持人" in page(cast.zhangmin, case, SEP28, "do/procedure/")
    told = {"kind": "听证", "why": "邻居要求。", "parties": "申请人和邻居", "planned_end": "2026-10-20"}
    sent = send(cast.zhangmin, case, "procedure", SEP28, **told)
    assert "在哪里举行和由谁主持" in sent.content.decode()
    hearing = {"place": "二楼", "held_on": "2026-10-14", "host": str(cast.chenju.pk)}
    sent = send(cast.zhangmin, case, "procedure", SEP28, **told, **hearing)
    assert sent.status_code == 302
    card = page(cast.zhangmin, case, SEP28)
    assert "10 月 14 日（星期三），陈局主持" in card
    assert "听证笔录已经参加人确认" in page(cast.zhangmin, case, SEP28, "do/procedure-end/")


def test_an_extension_goes_from_the_examiner_to_the_head_and_stands_in_the_file(cast: Cast) -> None:
    case = cast.accepted()
    sent = send(cast.zhangmin, case, "extend-ask", OCT26, reason=WHY)
    assert sent.status_code == 302
    assert "批准延长" not in page(cast.zhangmin, case, OCT27)
    assert "延长（等负责人批准）" in page(cast.zhangmin, case, OCT27)
    assert WHY in page(cast.chenju, case, OCT27, "do/extend/")
    assert send(cast.chenju, case, "extend", OCT27).status_code == 302
    assert Extension.objects.get().approved
    assert "延长 10 天" in page(cast.zhangmin, case, OCT27)
    assert "提请延长</a>" not in page(cast.zhangmin, case, OCT27)
    proof = page(cast.zhangmin, case, OCT27, "time/")
    assert "10 月 27 日经本机关负责人批准，延长 10 个工作日，从第 21 天接着数" in proof
    assert "二十日内不能作出决定的，经本行政机关负责人批准，可以延长十日" in proof
    assert "30 个工作日" in proof


@pytest.mark.parametrize(("legal", "offered"), [(20, True), (30, False)])
def test_where_the_law_of_the_item_allows_no_more_days_none_are_offered(legal: int, offered: bool) -> None:
    cast = assemble(legal=legal)
    assert ("do/extend-ask/" in page(cast.zhangmin, cast.accepted(), SEP28)) is offered


def test_the_proof_quotes_the_clause_that_takes_days_out(cast: Cast) -> None:
    case = cast.accepted()
    over(cast, begun(cast, case))
    proof = page(cast.zhangmin, case, OCT27, "time/")
    assert "专家评审期间" in proof
    assert "所需时间不计算在本节规定的期限内" in proof


def test_another_office_sees_neither_the_card_nor_the_forms(cast: Cast) -> None:
    case = cast.accepted()
    begun(cast, case)
    extend.ask_extension(case, by=cast.zhangmin, at=at(10, 9), reason=WHY)
    acts = ("procedure", "procedure-end", "extend", "extend-decline", "extend-ask")
    with on(OCT26):
        client = at_desk(cast.zhaoqiang)
        for address in ("", "time/", *(f"do/{act}/" for act in acts)):
            answer = client.get(f"/cases/{case.number}/{address}")
            assert answer.status_code == 404
            assert "专家评审" not in answer.content.decode()
            assert WHY not in answer.content.decode()
    assert send(cast.zhaoqiang, case, "extend", OCT27).status_code == 404
    assert Extension.objects.get().approved is None


def test_the_head_finds_what_waits_for_him_above_his_list(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    case = cast.accepted()
    extend.ask_extension(case, by=cast.zhangmin, at=OCT26, reason=WHY)
    with on(OCT26):
        for who, told in ((cast.chenju, True), (cast.zhangmin, False), (cast.zhaoqiang, False)):
            shown = at_desk(who).get("/desk/").content.decode()
            assert (("提请延长等您批准" in shown), (WHY in shown)) == (told, told)
    with on(OCT26):
        chenju = at_desk(cast.chenju)
        chenju.get("/desk/")  # signs in
        with django_assert_max_num_queries(ENTRY + 5):
            assert WHY in chenju.get("/desk/").content.decode()
    extend.extend(case, by=cast.chenju, at=OCT27)
    with on(OCT27):
        assert WHY not in at_desk(cast.chenju).get("/desk/").content.decode()


@pytest.mark.req("FC-3.1.5c")
def test_the_supervisor_sees_what_lasts_longer_than_was_told(cast: Cast) -> None:
    begun(cast, cast.accepted())
    sunli = with_post(cast, "孙丽", Grant.SUPERVISE)
    with on(at(10, 16)):
        assert "没有超时的特别程序" in at_desk(sunli).get("/watch/?list=procedures").content.decode()
    with on(OCT20):
        shown = at_desk(sunli).get("/watch/").content.decode()
    assert "超时的特别程序 1" in shown
    assert "10 月 16 日（星期五）" in shown
    assert "2 个工作日" in shown


def test_the_applicant_reads_why_nothing_is_counted_now(cast: Cast) -> None:
    case = cast.accepted()
    begun(cast, case)
    with on(SEP28):
        told = shown(Client(), case)
    assert "正在进行专家评审，期限暂停计算" in told
    assert "期限为什么停着" in told
    assert (
        "依法需要听证、招标、拍卖、检验、检测、检疫、鉴定和专家评审的，所需时间不计算在本节规定的期限内"
        in told
    )
    assert "张敏" not in told
    assert "以前告诉您是否受理" not in told


@pytest.mark.req("FC-3.1.5c")
def test_the_guide_lists_the_procedures_with_their_limits_and_what_they_do_to_the_term(cast: Cast) -> None:
    lines = {
        one.what: one.long
        for one in _limits(
            cast.version,
            cast.version.content,
            places.pack_here(cast.county, SEP28.date()),
            SEP28.date(),
            _Book(cast.version.content, {}),
            KindShown(),
        )
    }
    assert lines["专家评审，不计入时限"] == "最长 15 个工作日"
    assert lines["公示"] == "最长 7 个工作日"
    assert lines["检测，不计入时限"] == "书面告知"


def test_the_proof_sheet_has_the_days_that_were_taken_out_and_the_extension(cast: Cast) -> None:
    case = cast.accepted()
    over(cast, begun(cast, case))
    extend.ask_extension(case, by=cast.zhangmin, at=OCT26, reason=WHY)
    extend.extend(case, by=cast.chenju, at=OCT27)
    sheet = page(cast.zhangmin, case, OCT27, "time/decide/")
    assert "专家评审期间" in sheet
    assert "10 月 27 日经本机关负责人批准，延长 10 个工作日，从第 21 天接着数" in sheet
    assert "第 30 天" in sheet


def test_the_card_of_a_withdrawn_case_says_that_its_procedure_ended_with_it(cast: Cast) -> None:
    case = cast.accepted()
    begun(cast, case)
    withdraw.withdraw(case, by=cast.wangfang, at=at(10, 9))
    told = page(cast.zhangmin, case, OCT27)
    assert "随撤回终止" in told
    assert "10 月 9 日申请撤回" in told
    assert "超时" not in told


def test_a_day_in_a_year_of_which_nothing_is_known_is_refused_in_words(cast: Cast) -> None:
    case = cast.accepted()
    told = {"kind": "检测", "why": "需要检测。", "parties": "检测机构", "planned_end": "2226-12-01"}
    sent = send(cast.zhangmin, case, "procedure", SEP28, **told)
    assert sent.status_code == 409
    assert "2226 年哪些天是工作日还不知道" in sent.content.decode()
