"""红黄灯、超期说明、消息: the pages, their gates, their counts and what they cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from onewindow.cases.models import Case
from onewindow.cases.reads.work import COUNTED
from onewindow.cases.reads.work import shown as counted
from onewindow.journal.models import Access
from onewindow.notices.models import OfficerMessage
from onewindow.oversight import acts, reads
from onewindow.oversight.models import Overdue
from onewindow.oversight.reads import departments
from onewindow.people.models import Officer
from onewindow.places.acts import set_sheet
from onewindow.places.models import Hall
from onewindow.rules.grants import FOUNDER
from tests.cast import COUNTY, SEP24, Cast, assemble, at, carry_out
from tests.oversight.stage import RED, YELLOW, answered, overrun, pass_to, supervisor
from tests.web.citizen import on, shown
from tests.web.desks import Desk, at_desk

pytestmark = pytest.mark.django_db
ENTRY = 3


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def sunli(cast: Cast) -> Officer:
    return supervisor()


def get(client: Desk, address: str, when: object = RED, status: int = 200) -> str:
    with on(when):
        answer = client.get(address)
    assert answer.status_code == status, address
    return b"".join(answer).decode()


def written(cast: Cast, **more: object) -> dict[str, object]:
    told = {
        "responsible": cast.zhangmin.pk,
        "cause": "absent",
        "why": "两名审核人员同时外出培训。",
        "done": "今天由负责人督办，名单补上。",
        "expected": "2026-10-16",
    }
    return {**told, **more}


def test_the_bar_says_how_much_is_unread_and_opening_reads_it(cast: Cast) -> None:
    case = cast.accepted()
    Case.objects.filter(pk=case.pk).update(examiner=cast.zhangmin)
    pass_to(YELLOW, case)
    zhangmin = at_desk(cast.zhangmin)
    assert ">1<span" in get(zhangmin, "/desk/", YELLOW)
    page = get(zhangmin, "/messages/", YELLOW)
    assert "黄灯：食品经营许可（新办）" in page
    assert "10 月 13 日到期" in page
    message = OfficerMessage.objects.get(officer=cast.zhangmin)
    with on(YELLOW):
        opened = zhangmin.post(f"/messages/{message.pk}/")
    assert opened["Location"] == f"/cases/{case.number}/"
    assert "条没看" not in get(zhangmin, "/desk/", YELLOW)
    assert "都看过了" in get(zhangmin, "/messages/?unread=1", YELLOW)


def test_another_office_has_no_message_and_opens_none(cast: Cast) -> None:
    pass_to(RED, cast.accepted())
    zhaoqiang = at_desk(cast.zhaoqiang)
    assert "还没有消息" in get(zhaoqiang, "/messages/")
    for message in OfficerMessage.objects.all():
        with on(RED):
            assert zhaoqiang.post(f"/messages/{message.pk}/").status_code == 404
    with on(RED):
        zhaoqiang.post("/messages/read/")
    assert not OfficerMessage.objects.filter(read_at__isnull=False).exists()


def test_the_board_counts_yellow_and_red_of_each_department_and_of_each_person(
    cast: Cast, sunli: Officer
) -> None:
    mine, nobodys = cast.accepted(), cast.accepted(SEP24 + timedelta(hours=1))
    later = cast.accepted(at(9, 28))
    Case.objects.filter(pk=mine.pk).update(examiner=cast.zhangmin)
    client = at_desk(sunli)
    board = get(client, "/watch/?list=lights")
    assert "罗山县公安局" in board
    row = board.partition("市场监督管理局")[2]
    assert "红灯，罗山县市场监督管理局" in row
    people = get(client, f"/watch/?list=lights&department={cast.market.pk}")
    assert "没有分给人" in people
    assert "红灯，张敏" in people
    his = get(client, f"/watch/?list=overdue&department={cast.market.pk}&person={cast.zhangmin.pk}")
    assert mine.number in his
    assert nobodys.number not in his
    none = get(client, f"/watch/?list=overdue&department={cast.market.pk}&person=0")
    assert nobodys.number in none
    assert mine.number not in none
    assert later.number in get(client, f"/watch/?list=near&department={cast.market.pk}")


def test_a_head_sees_his_own_department_and_nothing_of_the_county(cast: Cast, sunli: Officer) -> None:
    row = overrun(cast)
    chenju, zhaoqiang = at_desk(cast.chenju), at_desk(cast.zhaoqiang)
    board = get(chenju, "/watch/?list=lights")
    assert "罗山县市场监督管理局" in board
    assert "罗山县公安局" not in board.partition("<main")[2]
    for county_wide in ("差评", "超清单索要", "再次和超期的补正"):
        assert county_wide not in board
    assert "跑了" not in get(chenju, "/watch/?list=ratings")
    assert row.case.number in get(chenju, "/watch/?list=register")
    other = get(zhaoqiang, "/watch/")
    assert row.case.number not in other
    assert "市场监督管理局" not in other
    assert row.case.number not in get(zhaoqiang, f"/watch/?list=overdue&department={cast.market.pk}")
    get(zhaoqiang, f"/watch/overdue/{row.pk}/", status=404)
    get(at_desk(cast.zhangmin), "/watch/", status=403)
    get(chenju, "/watch/overdue/export/", status=403)


def test_an_overrun_is_explained_sent_back_and_accepted_on_its_page(cast: Cast, sunli: Officer) -> None:
    row = overrun(cast)
    chenju, watcher, address = at_desk(cast.chenju), at_desk(sunli), f"/watch/overdue/{row.pk}/"
    page = get(chenju, address)
    assert "交说明" in page
    assert "视情节轻重给予相应的处罚" in page
    with on(RED):
        lacking = chenju.post(f"{address}explain/", written(cast, cause="", why="忙"))
        assert lacking.status_code == 422
        assert "请选择“原因”" in lacking.content.decode()
        short = chenju.post(f"{address}explain/", written(cast, why="忙"))
        assert short.status_code == 409
        assert "今天由负责人督办" in short.content.decode()  # nothing typed is lost
        assert chenju.post(f"{address}explain/", written(cast)).status_code == 302
        assert watcher.post(f"{address}send-back/", {"remark": "谁应当顶岗？"}).status_code == 302
    assert "谁应当顶岗？" in get(chenju, address)
    with on(RED):
        assert chenju.post(f"{address}explain/", written(cast, cause="omitted")).status_code == 302
    again = get(watcher, address)
    assert "退回，请部门说清楚" not in again
    with on(RED):
        told = {"finding": "unreasoned", "remark": "通报"}
        lacking = watcher.post(f"{address}settle/", told)
        assert lacking.status_code == 409
        assert "请选择情节轻重" in lacking.content.decode()
        told |= {"gravity": "serious", "penalty": "notice"}
        assert watcher.post(f"{address}settle/", told).status_code == 302
    done = get(watcher, address)
    assert "采纳：无故延时" in done
    assert "情节较重，通报批评" in done
    assert "通报" in done
    assert row.case.number in get(watcher, "/watch/?list=register&state=settled")
    assert row.case.number not in get(watcher, "/watch/?list=register")


def test_the_applicant_reads_the_reason_on_the_page_of_his_case_without_signing_in(
    cast: Cast, sunli: Officer
) -> None:
    row = overrun(cast)
    with on(RED):
        assert "超期的原因" not in shown(at_desk(sunli), row.case)
    answered(cast, row)
    with on(RED):
        page = shown(at_desk(sunli), row.case)
    assert "承办的岗位一时缺人，没有及时接上" in page
    assert "张敏" not in page.partition("<main")[2]


def test_the_table_is_logged_and_holds_no_formula(cast: Cast, sunli: Officer) -> None:
    row = overrun(cast)
    answered(cast, row, why="=1+1 这样写的说明")
    text = get(at_desk(sunli), "/watch/overdue/export/")
    assert text.startswith("\ufeff编号")
    assert "'=1+1 这样写的说明" in text
    assert Access.objects.filter(what="export", about="overdue", by=sunli.actor_code).count() == 1


def test_counts_are_exact_to_a_thousand_and_bounded_beyond(
    cast: Cast, sunli: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for hour in range(3):
        cast.accepted(SEP24 + timedelta(hours=hour))
    line = departments(sunli, RED.date())[0][0]
    assert (line.yellow, line.red) == (0, 3)
    monkeypatch.setattr(reads, "COUNTED", 1)
    with CaptureQueriesContext(connection) as asked:
        line = departments(sunli, RED.date())[0][0]
    assert line.red == 2  # one more than is counted, and the page writes a plus
    assert asked.captured_queries[0]["sql"].count("LIMIT 2)") == 3
    assert "1,000+" in counted(COUNTED + 1)


def test_departments_and_messages_are_paged_by_key(
    cast: Cast, sunli: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reads, "PAGE", 1)
    first, key = departments(sunli, RED.date())
    rest, end = departments(sunli, RED.date(), after=key)
    assert [line.name for line in (*first, *rest)] == ["罗山县市场监督管理局", "罗山县公安局"]
    assert end == 0
    overrun_at(cast, 0)
    overrun_at(cast, 1)
    newest, key = reads.page(sunli, size=1)
    oldest, end = reads.page(sunli, before=key, size=1)
    assert newest[0].pk > oldest[0].pk
    assert end == 0


def test_each_page_keeps_to_its_statements(
    cast: Cast, sunli: Officer, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for hour in range(6):
        row = overrun_at(cast, hour)
    answered(cast, row)
    pages = {
        at_desk(sunli): (
            "/watch/?list=lights",
            f"/watch/?list=lights&department={cast.market.pk}",
            "/watch/?list=overdue",
            "/watch/?list=register",
            f"/watch/overdue/{row.pk}/",
            "/messages/",
        ),
        at_desk(cast.chenju): ("/watch/?list=lights", "/watch/?list=register", "/messages/", "/desk/"),
    }
    for client, addresses in pages.items():
        get(client, "/accounts/")  # signs in
        for address in addresses:
            with on(RED), django_assert_max_num_queries(ENTRY + 5):
                assert client.get(address).status_code == 200


@pytest.mark.req("ZH-2.4.3j")
def test_the_cases_of_a_branch_stand_with_those_of_the_centre_and_can_be_looked_at_alone(
    cast: Cast, sunli: Officer
) -> None:
    centre, watcher = cast.window.hall, at_desk(sunli)
    told = {"address": "测试路9号", "region": centre.region, "hours": "", "phone": "0000-0000000"}
    branch = Hall.objects.create(county=COUNTY, kind="branch", name="车管分厅", **told)
    set_sheet(branch, by=FOUNDER, at=SEP24, parent=centre, why_apart="检测线占地大")
    at_centre, at_branch = (overrun_at(cast, hour).case for hour in (0, 1))
    Case.objects.filter(pk=at_branch.pk).update(taken_at=branch)
    both = get(watcher, "/watch/?list=overdue")
    assert at_centre.number in both
    assert at_branch.number in both
    assert "车管分厅" in both
    alone = get(watcher, f"/watch/?list=overdue&hall={branch.pk}")
    assert at_branch.number in alone
    assert at_centre.number not in alone
    whole = get(watcher, f"/watch/?list=overdue&hall={centre.pk}")
    assert at_branch.number in whole


def overrun_at(cast: Cast, hour: int) -> Overdue:
    case = cast.accepted(SEP24 + timedelta(hours=hour))
    pass_to(RED, case)
    return Overdue.objects.get(case=case)


def test_the_bar_costs_no_statement_of_its_own(cast: Cast) -> None:
    zhangmin = at_desk(cast.zhangmin)
    get(zhangmin, "/desk/")
    with on(RED), CaptureQueriesContext(connection) as asked:
        zhangmin.get("/desk/")
    (one,) = [one["sql"] for one in asked.captured_queries if "officermessage" in (one["sql"] or "")]
    assert one.startswith('SELECT "people_holding"')


def test_a_settled_overrun_takes_no_more_forms(cast: Cast, sunli: Officer) -> None:
    row = overrun(cast)
    answered(cast, row)
    acts.settle(row, by=sunli, at=RED, finding="reasoned")
    carry_out(row.case.subject)
    with on(RED):
        late = at_desk(cast.chenju).post(f"/watch/overdue/{row.pk}/explain/", written(cast))
    assert late.status_code == 409
    assert "已经交了" in late.content.decode()
