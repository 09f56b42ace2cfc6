"""一窗收件: from the paper in the clerk's hand to the number in the applicant's."""

import base64
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from onewindow.cases.acts.withdraw import withdraw
from onewindow.cases.models import Case, Verdict
from onewindow.intake.models import Application, Submitted
from onewindow.journal.models import Access, Entry
from onewindow.people.models import Party
from onewindow.places.models import County
from onewindow.rules.identity import demo_id
from tests.cast import SEP24, Cast, assemble, at
from tests.web.citizen import on
from tests.web.desks import NUMBER, SHOP, at_desk, begin, draft, find, handed_in_online, marked

pytestmark = pytest.mark.django_db
ENTRY = 3  # session, account, grants
SAVEPOINTS = 10


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def liwei(cast: Cast) -> Client:
    return at_desk(cast.liwei)


def facts(case: Case) -> list[str]:
    return list(Entry.objects.filter(subject=case.subject).order_by("place").values_list("fact", flat=True))


def test_papers_that_fit_are_taken_in_and_accepted_in_one_go(cast: Cast, liwei: Client) -> None:
    with on(SEP24):
        page = begin(liwei, cast)
        answer = liwei.post(page, SHOP | marked(cast) | {"do": "accept"}, follow=True)
    case = Case.objects.get()
    assert (case.stage, case.due_on) == ("examining", at(10, 13).date())
    assert facts(case) == ["Received", "Accepted"]
    assert set(Verdict.objects.values_list("finding", flat=True)) == {"fits"}
    assert Submitted.objects.count() == 3
    assert draft().draft == {}
    shown = answer.content.decode()
    assert case.number in shown
    assert case.enquiry_code in shown
    assert "10 月 13 日（星期二）" in shown


def test_only_received_papers_wait_for_the_department(cast: Cast, liwei: Client) -> None:
    with on(SEP24):
        liwei.post(begin(liwei, cast), SHOP | {"do": "receive"})
    assert Case.objects.get().stage == "received"
    assert Verdict.objects.count() == 0


def test_the_same_page_sent_twice_gives_one_case(cast: Cast, liwei: Client) -> None:
    with on(SEP24):
        page, sent = begin(liwei, cast), SHOP | marked(cast) | {"do": "accept"}
        first, second = liwei.post(page, sent), liwei.post(page, sent)
    assert first.url == second.url
    assert facts(Case.objects.get()) == ["Received", "Accepted"]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_double_click_gives_one_case() -> None:
    cast = assemble()
    client = at_desk(cast.liwei)
    with on(SEP24):
        page, sent = begin(client, cast), SHOP | marked(cast) | {"do": "accept"}

        def press(_: int) -> int:
            try:
                again = Client()
                again.cookies = client.cookies
                return again.post(page, sent).status_code
            finally:
                connection.close()

        with ThreadPoolExecutor(4) as hands:
            assert list(hands.map(press, range(4))) == [302] * 4
    assert facts(Case.objects.get()) == ["Received", "Accepted"]
    assert Submitted.objects.count() == 3


def test_everything_wrong_is_named_at_once_and_nothing_typed_is_lost(cast: Cast, liwei: Client) -> None:
    sent = {"shop": "罗山县芳邻小面馆", "area": "很大", "phone": "123", "do": "accept"}
    with on(SEP24):
        page = begin(liwei, cast)
        answer = liwei.post(page, sent | marked(cast, bjt="missing") | {f"v-{cast.materials[0].pk}": ""})
        again = liwei.get(page).content.decode()
    shown = answer.content.decode()
    assert answer.status_code == 422
    for sentence in ("“经营面积”的写法不对", "还没有核对", "缺或不符的材料不能受理", "手机号码"):
        assert sentence in shown
    for typed in ("罗山县芳邻小面馆", "很大", "123", "请补交清楚的一份"):
        assert typed in shown
        assert typed in again
    assert Case.objects.count() == 0


def test_what_was_typed_is_kept_while_the_clerk_works(cast: Cast, liwei: Client) -> None:
    with on(SEP24):
        page = begin(liwei, cast)
        side = liwei.post(f"{page}save/", {"shop": "芳邻", **marked(cast)}, headers={"hx-request": "true"})
        again = liwei.get(page).content.decode()
    assert "已暂存 10:21:00" in side.content.decode()
    assert "预计 罗市监许受〔2026〕1号" in side.content.decode()
    assert "3 份" in side.content.decode()
    assert 'value="芳邻"' in again


def test_what_lacks_is_told_once_and_shown_before_it_goes_out(cast: Cast, liwei: Client) -> None:
    with on(SEP24):
        page = begin(liwei, cast)
        to_ask = liwei.post(page, SHOP | marked(cast, bjt="wrong", zd="missing") | {"do": "ask"})
        shown = liwei.get(to_ask.url).content.decode()
        liwei.post(to_ask.url)
    assert "只能告知一次" in shown
    assert "操作流程和设备布局图" in shown
    case = Case.objects.get()
    assert (case.stage, facts(case)) == ("correcting", ["Received", "CorrectionAsked"])
    points = case.corrections.get().points
    assert list(points.values_list("demand", flat=True)) == ["请补交清楚的一份"] * 2


def test_a_correction_without_a_lacking_paper_is_refused(cast: Cast, liwei: Client) -> None:
    with on(SEP24):
        answer = liwei.post(begin(liwei, cast), SHOP | marked(cast) | {"do": "ask"})
    assert "可以直接受理" in answer.content.decode()


def test_what_was_put_right_at_the_counter_is_logged(cast: Cast, liwei: Client) -> None:
    with on(SEP24):
        spot = {f"spot-{cast.materials[1].pk}": "on", "do": "accept"}
        liwei.post(begin(liwei, cast), SHOP | marked(cast) | spot)
    assert facts(Case.objects.get()) == ["Received", "CorrectedOnSpot", "Accepted"]


def test_the_window_proposes_not_to_accept_with_an_empty_form(cast: Cast, liwei: Client) -> None:
    told = {"kind": "not_ours", "reasons": "由省级机关办理", "basis": "《行政许可法》第三十二条"}
    with on(SEP24):
        page = begin(liwei, cast)
        to_refuse = liwei.post(page, {"phone": "10095715339", "delivery_way": "counter", "do": "refuse"}).url
        incomplete = liwei.post(to_refuse, told)
        liwei.post(to_refuse, told | {"go_to": "省市场监督管理局"})
    assert incomplete.status_code == 422
    assert "由省级机关办理" in incomplete.content.decode()
    case = Case.objects.get()
    assert (case.stage, case.refusals.get().go_to) == ("refusing", "省市场监督管理局")


def test_a_window_without_delegation_only_receives(cast: Cast, liwei: Client) -> None:
    type(cast.market).objects.filter(pk=cast.market.pk).update(window_accepts=False)
    with on(SEP24):
        page = begin(liwei, cast)
        shown = liwei.get(page).content.decode()
        forced = liwei.post(page, SHOP | marked(cast) | {"do": "accept"})
    assert "受理并打印" not in shown
    assert "收件并打印" in shown
    assert forced.status_code == 409
    assert "没有授权窗口受理" in forced.content.decode()
    assert Case.objects.count() == 0


def test_a_paper_given_before_is_used_again_while_it_is_valid(cast: Cast, liwei: Client) -> None:
    cast.apply(SEP24 - timedelta(days=30))
    kept = Submitted.objects.get(material=cast.materials[1])
    sent = SHOP | marked(cast) | {f"reuse-{cast.materials[1].pk}": "on", "do": "accept"}
    with on(SEP24):
        page = begin(liwei, cast)
        assert "2026 年 8 月 25 日提交" in liwei.get(page).content.decode()
        liwei.post(page, sent)
    again = Submitted.objects.get(reused_from__isnull=False)
    assert (again.how, again.reused_from_id) == ("reused", kept.pk)


def test_an_expired_paper_is_not_used_again(cast: Cast, liwei: Client) -> None:
    cast.apply(SEP24 - timedelta(days=30))
    Submitted.objects.update(valid_until=SEP24.date() - timedelta(days=1))
    with on(SEP24):
        page = begin(liwei, cast)
        assert "用以前交过的" not in liwei.get(page).content.decode()
        forced = liwei.post(
            page, SHOP | marked(cast) | {f"reuse-{cast.materials[1].pk}": "on", "do": "accept"}
        )
    assert "已不能再用" in forced.content.decode()
    assert Case.objects.count() == 1


def test_stages_are_shown_to_the_clerk_who_has_the_paper_and_the_look_is_logged(
    cast: Cast, liwei: Client
) -> None:
    case = cast.accepted(SEP24 - timedelta(days=2))
    with on(SEP24):
        before = liwei.get("/counter/").content.decode()
        find(liwei)
        shown = liwei.get("/counter/").content.decode()
    assert case.number not in before
    assert case.number in shown
    assert "已受理，审核中" in shown
    assert "王芳" in shown
    assert NUMBER not in shown
    line = Access.objects.get(what="read")
    assert (line.by, line.about) == (cast.liwei.actor_code, f"party:{cast.wangfang.pk}")


def test_what_he_handed_in_online_opens_while_he_stands_there(cast: Cast, liwei: Client) -> None:
    case = cast.accepted(SEP24 - timedelta(days=2))
    handed_in_online()
    with on(SEP24):
        assert liwei.get(f"/cases/{case.number}/").status_code == 404
        find(liwei)
        assert f"/cases/{case.number}/" in liwei.get("/counter/").content.decode()
        assert liwei.get(f"/cases/{case.number}/").status_code == 200
        liwei.post("/counter/next/")
        assert liwei.get(f"/cases/{case.number}/").status_code == 404


def test_what_has_ended_does_not_open_though_he_handed_it_in_online(cast: Cast, liwei: Client) -> None:
    case = withdraw(cast.accepted(SEP24 - timedelta(days=2)), by=cast.wangfang, at=SEP24 - timedelta(days=1))
    handed_in_online()
    with on(SEP24):
        find(liwei)
        front = liwei.get("/counter/").content.decode()
        assert case.number in front
        assert f"/cases/{case.number}/" not in front
        assert liwei.get(f"/cases/{case.number}/").status_code == 404


def test_a_clerk_without_a_fixed_window_keeps_sight_of_what_he_took_in(cast: Cast, liwei: Client) -> None:
    with on(SEP24):
        answer = liwei.post(begin(liwei, cast), SHOP | marked(cast) | {"do": "accept"}, follow=True)
        case = Case.objects.get()
        assert (case.application.window, case.taken_at) == (None, cast.window.hall)
        assert answer.status_code == 200
        assert liwei.get(f"/cases/{case.number}/").status_code == 200


def test_another_clerk_finds_neither_the_draft_nor_the_person(cast: Cast, liwei: Client) -> None:
    cast.accepted(SEP24 - timedelta(days=2))
    with on(SEP24):
        page = begin(liwei, cast)
        stranger = at_desk(cast.zhangmin)
        assert stranger.get(page).status_code == 403
        cast.zhangmin.posts[0].grants.append("intake:receive")
        cast.zhangmin.posts[0].save()
        colleague = at_desk(cast.zhangmin)
        assert colleague.get(page).status_code == 404
        assert "王芳" not in colleague.get("/counter/").content.decode()


def test_the_next_person_sees_nothing_of_the_last(cast: Cast, liwei: Client) -> None:
    with on(SEP24):
        find(liwei)
        liwei.post("/counter/next/")
        assert "王芳" not in liwei.get("/counter/").content.decode()


def test_a_number_that_cannot_be_is_refused_beside_its_field(cast: Cast, liwei: Client) -> None:
    with on(SEP24):
        answer = find(liwei, "991523198802300426")
    assert answer.status_code == 422
    assert "出生日期不存在" in answer.content.decode()
    assert "991523198802300426" in answer.content.decode()


def test_somebody_who_comes_for_the_first_time_gets_a_file(cast: Cast, liwei: Client) -> None:
    number = demo_id(1523, at(1, 1, year=1990).date(), 33)
    with on(SEP24):
        assert "第一次来" in find(liwei, number).content.decode()
        told = {"paper_kind": "resident", "paper_number": number, "name": "测试乙", "phone": "10012345678"}
        assert liwei.post("/counter/file/", told).status_code == 302
        assert "测试乙要办什么事" in liwei.get("/counter/").content.decode()
    assert Party.objects.get(name="测试乙").phone == "10012345678"


def test_an_invented_number_opens_no_file_where_real_cases_are_handled(cast: Cast, liwei: Client) -> None:
    number = demo_id(1523, at(1, 1, year=1990).date(), 33)
    with on(SEP24):
        County.objects.update(demo=False)
        refused = liwei.post(
            "/counter/file/", {"paper_kind": "resident", "paper_number": number, "name": "测试乙"}
        )
    assert refused.status_code == 422
    assert "演示用的号码" in refused.content.decode()
    assert not Party.objects.filter(name="测试乙").exists()


def test_a_child_is_filed_with_its_guardian(cast: Cast, liwei: Client) -> None:
    number = demo_id(1523, at(6, 1, year=2018).date(), 28)
    told = {"paper_kind": "household", "paper_number": number, "name": "李小雨"}
    with on(SEP24):
        alone = liwei.post("/counter/file/", told)
        guardian = {"guardian_number": NUMBER, "guardian_name": "王芳", "guardian_relation": "母亲"}
        assert liwei.post("/counter/file/", told | guardian).status_code == 302
    assert "请同时登记监护人" in alone.content.decode()
    assert Party.objects.get(name="李小雨").guardian == cast.wangfang


def test_the_full_number_is_shown_for_a_reason_that_is_logged(cast: Cast, liwei: Client) -> None:
    cast.liwei.posts[0].grants.append("people:unmask")
    cast.liwei.posts[0].save()
    with on(SEP24):
        find(liwei)
        none = liwei.post("/counter/unmask/", {"field": "paper_number", "reason": ""})
        full = liwei.post("/counter/unmask/", {"field": "paper_number", "reason": "核对户口簿"})
    assert none.status_code == 409
    assert NUMBER in full.content.decode()
    assert Access.objects.get(what="unmask:paper_number").reason == "核对户口簿"


def test_script_in_every_field_is_shown_as_it_was_typed(cast: Cast, liwei: Client) -> None:
    evil = "<script>alert(1)</script>"
    sent = {name: evil for name in ("shop", "area", "phone", "delivery_address", "agent_name")}
    sent |= {f"why-{m.pk}": evil for m in cast.materials} | {f"v-{m.pk}": "wrong" for m in cast.materials}
    with on(SEP24):
        page = begin(liwei, cast)
        shown = liwei.post(page, sent | {"do": "accept", "delivery_way": "courier"}).content.decode()
    assert evil not in shown
    assert shown.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 6


def test_a_draft_can_be_thrown_away(cast: Cast, liwei: Client) -> None:
    with on(SEP24):
        liwei.post(begin(liwei, cast), {"do": "drop"})
    assert Application.objects.count() == 0


def test_the_counter_keeps_to_its_statements(
    cast: Cast, liwei: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """Session, account, grants; the page 5; taking in 10 and accepting 8, after reading what the page showed 4."""
    with on(SEP24):
        page = begin(liwei, cast)
        with django_assert_max_num_queries(ENTRY + 5):
            assert liwei.get(page).status_code == 200
        with django_assert_max_num_queries(ENTRY + 4 + 10 + 8 + SAVEPOINTS):
            assert liwei.post(page, SHOP | marked(cast) | {"do": "accept"}).status_code == 302


PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def test_a_scan_stays_with_the_draft_and_goes_into_the_case(cast: Cast, liwei: Client) -> None:
    key = cast.materials[1].pk
    with on(SEP24):
        page = begin(liwei, cast)
        sent = {"shop": "芳邻", f"file-{key}": SimpleUploadedFile("布局图.png", PNG, "image/png")}
        assert liwei.post(f"{page}save/", sent).status_code == 200
        liwei.post(f"{page}save/", {"shop": "芳邻小面馆", "scan-999": "1"})
        assert liwei.get(f"{page}scans/{key}/").content == PNG
        liwei.post(page, SHOP | marked(cast) | {"do": "accept"})
    kept = Submitted.objects.get(material=key)
    assert (kept.how, kept.file.media_type) == ("scan", "image/png")
    assert Submitted.objects.exclude(pk=kept.pk).filter(file__isnull=False).count() == 0


def test_a_file_that_lies_about_its_type_is_refused_and_the_rest_is_kept(cast: Cast, liwei: Client) -> None:
    key = cast.materials[1].pk
    lie = SimpleUploadedFile("布局图.png", b"MZ\x90\x00 not a picture", "image/png")
    with on(SEP24):
        page = begin(liwei, cast)
        refused = liwei.post(page, SHOP | marked(cast) | {f"file-{key}": lie, "do": "accept"})
        assert liwei.get(f"{page}scans/{key}/").status_code == 404
    assert refused.status_code == 422
    assert "布局图.png" in refused.content.decode()
    assert 'value="罗山县芳邻小面馆"' in refused.content.decode()
    assert Case.objects.count() == 0
