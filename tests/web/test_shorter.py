"""The screens of the shorter ways: the trace on the case page, filings, the sampling list, the dry run, representatives."""

from datetime import date

import pytest
from django.test import Client

from onewindow.cases.acts import decide, examine, instant
from onewindow.cases.models import Case, Judgement
from onewindow.catalogue.models import Item
from onewindow.people import acts as people
from onewindow.people.models import Account, Delegation, Officer, Party, Post
from onewindow.places.reads import here, pack_here, pack_of
from onewindow.rules.grants import SYSTEM, Grant
from onewindow.rules.stages import Stage
from onewindow.web.shorter import tiers_of
from onewindow.web.views.catalogue.draft_forms import ChargeRow
from tests.cases.test_instant import BASIS, TABLE, at_tier, sunli, with_table
from tests.cast import COUNTY, SEP24, Cast, assemble, at, carry_out, officer
from tests.web.citizen import on, shown
from tests.web.desks import at_desk
from tests.web.test_apply import TOLD, ready, signed_in

pytestmark = pytest.mark.django_db


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def keeper(cast: Cast) -> Officer:
    grants = [Grant.CATALOGUE_DRAFT.value]
    post = Post.objects.create(
        county=COUNTY, name="事项岗", scope="department", department=cast.market, grants=grants
    )
    return officer(COUNTY, "吴静", "I001", post)


@pytest.mark.req("HD-3.4.10h")
def test_the_examiner_reads_which_row_did_not_hold_and_nobody_outside_does() -> None:
    cast = with_table([{**TABLE[0], "value": "40"}, *TABLE[1:]])
    case = cast.apply()
    instant.judge_at_once(case, by=SYSTEM, at=SEP24)
    page = text(at_desk(cast.zhangmin), f"/cases/{case.number}/")
    assert "不符合：“经营面积”不大于 40（《食品安全法》第三十五条），转人工" in page
    assert "第 1 条不符合，转人工" in page
    assert at_desk(cast.zhaoqiang).get(f"/cases/{case.number}/").status_code == 404


@pytest.mark.req("FC-3.2.11p")
def test_the_supervisor_finds_every_machine_grant_on_his_list_and_stops_the_table() -> None:
    cast = with_table()
    case = cast.apply()
    instant.judge_at_once(case, by=SYSTEM, at=SEP24)
    desk, row = at_desk(sunli()), Judgement.objects.get()
    assert case.number in text(desk, "/watch/?list=instant")
    address = f"/watch/instant/{row.pk}/"
    assert "经营面积" in text(desk, address)
    refused = desk.post(address, {"right": "no", "reason": ""})
    assert refused.status_code == 200
    assert "请写明哪里不对" in refused.content.decode()
    assert desk.post(address, {"right": "no", "reason": "面积写错了"}).status_code == 302
    assert case.number not in text(desk, "/watch/?list=instant")
    assert at_desk(cast.zhangmin).get(address).status_code in (302, 403)
    item = cast.version.item
    page = text(at_desk(keeper(cast)), f"/catalogue/{item.pk}/v/1/dry-run/")
    assert "施行中的规则已停用" in page
    assert "面积写错了" in page


def test_the_dry_run_sets_the_table_beside_what_people_decided_and_changes_nothing() -> None:
    cast = with_table([{**TABLE[0], "value": "50"}, *TABLE[1:]])
    granted, denied = cast.accepted(), cast.accepted(at(9, 24, 11))
    for case in (granted, denied):
        examine.review(case, by=cast.zhangmin, at=at(9, 28), favourable=case is granted, text="看过")
    decide.grant(granted, by=cast.chenju, at=at(9, 29), text="准予")
    decide.deny(denied, by=cast.chenju, at=at(9, 29), text="不予", grounds="不符", basis="依据")
    desk = at_desk(keeper(cast))
    page = text(desk, f"/catalogue/{cast.version.item_id}/v/1/dry-run/")
    for word in ("规则准予，人也准予", "规则会准予，人没有准予", granted.number, denied.number):
        assert word in page
    assert not Judgement.objects.exists()
    told = {"field-area": "80", "field-shop": "面馆", **{f"material-{m.code}": "1" for m in cast.materials}}
    tried = desk.post(f"/catalogue/{cast.version.item_id}/v/1/dry-run/", told).content.decode()
    assert "转人工" in tried
    assert at_desk(cast.liwei).get(f"/catalogue/{cast.version.item_id}/v/1/dry-run/").status_code in (
        302,
        403,
    )


@pytest.mark.req("FC-3.1.2e")
def test_a_filing_is_offered_as_one_and_checked_from_the_list_of_the_office() -> None:
    cast = at_tier("filing")
    case = cast.apply()
    instant.file_at_once(case, by=SYSTEM, at=SEP24)
    desk = at_desk(cast.zhangmin)
    assert "/desk/filings/" in text(desk, "/desk/")
    assert "罗市监备〔2026〕1号" in text(desk, "/desk/filings/")
    assert at_desk(cast.zhaoqiang).get("/desk/filings/").content.decode().count("罗市监备") == 0
    address = f"/cases/{case.number}/do/check-filing/"
    assert "发现问题" in text(desk, address)
    seen = Case.objects.select_related("subject").get(pk=case.pk).subject.length
    assert desk.post(address, {"fits": "yes", "remark": "", "seen": seen}).status_code == 302
    assert "罗市监备" not in text(desk, "/desk/filings/")
    assert Case.objects.get(pk=case.pk).stage == Stage.FILED


@pytest.mark.parametrize(("tier", "promised"), [("filing", False), ("strict", True)])
def test_the_guide_promises_the_table_only_where_the_tier_lets_it_be_asked(tier: str, promised: bool) -> None:
    risk = {"tier": tier, "basis": ["law"], "note": ""}
    cast = assemble(pack="fangcheng", guide={"basis": BASIS, "risk": risk, "instant": TABLE})
    page = Client().get(f"/items/{cast.version.item.address}/").content.decode()
    assert ("几秒钟内准予" in page) is promised
    assert ('<span class="ow-tag ow-tag--green">秒批</span>' in page) is promised


def test_the_lists_call_the_tier_as_the_place_does_and_say_nothing_where_it_has_none() -> None:
    cast = assemble(pack="fangcheng", guide={"basis": BASIS, "risk": {"tier": "filing", "basis": ["b"]}})
    versions, day = [cast.version.pk, None], SEP24.date()
    assert tiers_of(versions, pack_here(here()), day) == {cast.version.pk: "备案备查"}
    assert tiers_of(versions, pack_of("luoshan"), day) == {}


def test_an_amount_of_money_is_kept_with_two_decimals_however_it_was_typed() -> None:
    for typed, kept in (("10", "10.00"), ("10.5", "10.50"), ("10.00", "10.00"), ("", "")):
        row = ChargeRow({"name": "工本费", "amount": typed})
        assert row.is_valid()
        assert row.cleaned_data["amount"] == kept
    assert not ChargeRow({"name": "工本费", "amount": "十元"}).is_valid()


def test_a_filing_that_waits_is_filed_and_never_accepted() -> None:
    cast = at_tier("filing")
    case = cast.apply()
    page = text(at_desk(cast.liwei), f"/cases/{case.number}/")
    assert f"/cases/{case.number}/do/file/" in page
    assert f"/cases/{case.number}/do/accept/" not in page


@pytest.mark.req("FC-3.1.2a")
def test_a_head_delegates_on_the_page_and_the_public_list_names_post_and_office_telephone_alone() -> None:
    cast = at_tier("strict")
    head = cast.chenju.held.get().post
    head.grants = [*head.grants, Grant.CHIEF_DELEGATE.value]
    head.save()
    desk = at_desk(cast.chenju)
    address = f"/manage/chiefs/departments/{cast.market.pk}/"
    assert address in text(desk, "/manage/chiefs/")
    day = date.today()
    told = {
        "officer": cast.zhangmin.pk,
        "title": "窗口负责人",
        "powers": ["cases:decide"],
        "since": day.isoformat(),
        "until": day.isoformat(),
    }
    assert desk.post(address, told).status_code == 302
    given = Delegation.objects.get()
    public = text(Client(), "/public/chiefs/")
    assert "张敏" in public
    assert "窗口负责人" in public
    assert cast.zhangmin.staff_no not in public
    assert cast.police.name in public  # a department that has nobody is listed
    paper = desk.get(f"/manage/chiefs/{given.pk}/paper/")
    assert paper.content.startswith(b"%PDF")
    assert desk.post(f"/manage/chiefs/{given.pk}/revoke/", {"why": "调离窗口"}).status_code == 302
    assert "张敏" not in text(Client(), "/public/chiefs/")
    assert at_desk(cast.zhaoqiang).get(address).status_code in (302, 403, 404)


def test_where_no_text_has_representatives_there_is_no_public_list() -> None:
    with_table()
    assert Client().get("/public/chiefs/").status_code == 404


def test_a_decision_by_delegation_is_marked_on_the_case_page() -> None:
    cast = at_tier("strict")
    head = cast.chenju.held.get().post
    head.grants = [*head.grants, Grant.CHIEF_DELEGATE.value]
    head.save()
    chenju = Officer.objects.get(pk=cast.chenju.pk)
    chenju.day = SEP24.date()
    lent = officer(
        COUNTY,
        "何静",
        "S002",
        Post.objects.create(
            county=COUNTY, name="借调", scope="department", department=cast.police, grants=["cases:forward"]
        ),
    )
    people.delegate(
        cast.market, by=chenju, at=SEP24, officer=lent, title="窗口负责人", powers=[Grant.CASE_DECIDE],
        since=SEP24.date(), until=date(2026, 12, 31),
    )  # fmt: skip
    case = cast.accepted()
    examine.review(case, by=cast.zhangmin, at=at(9, 25), favourable=True, text="建议准予")
    lent = Officer.objects.get(pk=lent.pk)
    lent.day = date(2026, 9, 28)
    decide.grant(case, by=lent, at=at(9, 28), text="准予")
    page = text(at_desk(cast.zhangmin), f"/cases/{case.number}/")
    assert "准予（首席事务代表）" in page


def test_the_guide_names_every_row_and_promises_nothing_once_the_table_is_stopped() -> None:
    cast, by = with_table(), sunli()
    address = f"/items/{cast.version.item.address}/"
    page = text(Client(), address)
    assert "哪些情形马上批" in page
    assert "“经营面积”不大于 60" in page
    case = cast.apply()
    instant.judge_at_once(case, by=SYSTEM, at=SEP24)
    instant.check_machine_grant(case.judgement, by=by, at=at(9, 25), right=False, reason="面积写错了")
    after = text(Client(), address)
    assert "秒批规则暂停使用" in after
    assert "“经营面积”不大于 60" not in after


@pytest.mark.req("FC-3.1.2e")
def test_of_an_exempt_item_the_applicant_reads_that_nothing_needs_approval_and_why() -> None:
    """No item of the demonstration is exempt: no archived text names one. A drafted one shows the way to its end."""
    cast = at_tier("exempt")
    case = cast.apply()
    carry_out(case.subject)
    carry_out(case.subject)
    case = Case.objects.get(pk=case.pk)
    page = shown(Client(), case)
    assert "告知免予审批" in page
    assert "不用审批" in page
    assert "行政许可申请免予审批告知书" in page
    assert "为什么是" not in page
    assert "评价这次服务" in page


@pytest.mark.parametrize(("tier", "word"), [("exempt", "这件事不用审批"), ("filing", "收到就是备案")])
def test_whoever_hands_in_online_reads_at_once_which_shorter_way_it_goes(tier: str, word: str) -> None:
    cast = at_tier(tier)
    Item.objects.filter(pk=cast.version.item_id).update(online_depth=3, audience=["自然人"])
    account = Account.objects.create(
        username="wangfang", joined_at=at(1, 5), password="!", password_changed_at=at(1, 5)
    )
    Party.objects.filter(pk=cast.wangfang.pk).update(account=account)
    cast.wangfang.refresh_from_db()
    client = signed_in(cast)
    with on(SEP24):
        draft = ready(cast, client)
        client.post(f"{draft}review/", TOLD)
        page = text(client, f"{draft}done/")
    assert word in page
    assert "核对材料" not in page
