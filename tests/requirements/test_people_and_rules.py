"""What the documents ask of posts, of terms and of rules that stand beside their clause."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from onewindow.cases.acts import decide, examine
from onewindow.cases.models import Case
from onewindow.journal.models import Entry
from onewindow.people import acts as people
from onewindow.people.models import Officer, Post
from onewindow.places import acts as places
from onewindow.places.models import County, Department, Hall, Region
from onewindow.places.reads import townships_of
from onewindow.places.regions import load_regions
from onewindow.rules.grants import FOUNDER, Grant, NotGranted
from tests.api.conftest import program_of, stage
from tests.cast import COUNTY, SEP24, assemble, at, officer
from tests.people.conftest import Stage
from tests.web.citizen import on
from tests.web.desks import SHOP, at_desk, begin, marked
from tests.web.stage import PASSWORD, give_accounts, sign_in

__all__ = ["stage"]
pytestmark = pytest.mark.django_db
PROJECT = Path(__file__).resolve().parents[2]


def read(client: Client, address: str, when: Any = SEP24) -> str:
    with on(when):
        answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def set_here(name: str, value: object, when: Any = SEP24 - timedelta(days=1)) -> None:
    told = {"name": name, "value": value, "reason": "测试"}
    places.change_setting(County.objects.get(), by=FOUNDER, at=when, **told)


@pytest.mark.req("FC-3.2.11d")
def test_closing_an_account_shuts_every_door_at_once(stage: Stage) -> None:
    give_accounts(stage)
    zhangmin, case = stage.cast.zhangmin, stage.cast.accepted()
    desk = Client()
    with on(SEP24):
        sign_in(desk, "zhangmin")
        program = program_of(stage, zhangmin)
        doors = ("/desk/", f"/cases/{case.number}/", "/accounts/")
        assert [desk.get(door).status_code for door in doors] == [200] * 3
        assert program.get(f"/cases/{case.number}").status_code == 200
        people.close_officer(zhangmin, by=stage.admin, at=SEP24, reason="调离")
        assert [desk.get(door).status_code for door in doors] == [302] * 3
        assert program.get(f"/cases/{case.number}").status_code == 401
        sign_in(again := Client(), "zhangmin", PASSWORD)
        assert again.get("/desk/").status_code == 302
    with pytest.raises(NotGranted):
        examine.review(case, by=Officer.objects.get(pk=zhangmin.pk), at=SEP24, favourable=True, text="同意")


@pytest.mark.req("FC-3.1.2a")
def test_a_representative_whose_authority_ended_decides_nothing_and_offices_without_one_are_listed(
    stage: Stage,
) -> None:
    cast = stage.cast
    County.objects.update(pack="fangcheng")
    cast.chenju.day = SEP24.date()
    post = cast.chenju.held.get().post
    post.grants = [*post.grants, Grant.CHIEF_DELEGATE.value]
    post.save()
    chief = officer(COUNTY, "何静", "S002", Post.objects.create(
        county=COUNTY, name="借调", scope="department", department=cast.police, grants=[Grant.CASE_FORWARD.value]
    ))  # fmt: skip
    chief.day = SEP24.date()
    given = people.delegate(
        cast.market, by=stage.on(cast.chenju, SEP24.date()), at=SEP24, officer=chief, title="窗口负责人",
        powers=[Grant.CASE_DECIDE], since=SEP24.date(), until=at(9, 28).date(),
    )  # fmt: skip
    assert given.officer == chief
    cases = [cast.accepted(), cast.accepted(at(9, 24, 11))]
    for case in cases:
        examine.review(case, by=cast.zhangmin, at=at(9, 25), favourable=True, text="建议准予")
    assert decide.grant(cases[0], by=stage.on(chief, at(9, 25).date()), at=at(9, 25), text="准予").granted

    admin = at_desk(stage.admin)
    listed = read(admin, "/manage/organisation/", at(9, 25)).partition("还没有首席事务代表的部门")[2]
    listed = listed.partition("</section>")[0]
    assert cast.police.name in listed
    assert cast.market.name not in listed

    with pytest.raises(NotGranted):
        decide.grant(cases[1], by=stage.on(chief, at(9, 29).date()), at=at(9, 29), text="准予")
    assert cast.market.name in read(admin, "/manage/organisation/", at(9, 29)).partition("还没有首席")[2]


@pytest.mark.req("ZH-2.4.3h")
def test_while_a_is_away_new_work_is_bs_and_a_post_without_b_is_marked(stage: Stage) -> None:
    cast = stage.cast
    County.objects.update(pack="zhanhe")
    examining = Post.objects.get(held__officer=cast.zhangmin)
    admin, deputy = at_desk(stage.admin), at_desk(stage.sunli)
    alone = read(admin, "/manage/organisation/").partition(f"岗：{cast.market.name}审核岗")[0]
    assert "没有B角" in alone.rpartition("<tr>")[2]
    with on(SEP24):
        days = {"since": "2026-09-24", "until": "2026-09-25", "reason": "A角休假"}
        told = {"officer": stage.sunli.pk, **days}
        assert admin.post(f"/manage/organisation/posts/{examining.pk}/stand-in/", told).status_code == 302
    case = cast.accepted()
    assert case.number in read(deputy, "/desk/")
    examine.review(case, by=stage.on(stage.sunli, SEP24.date()), at=SEP24, favourable=True, text="建议准予")
    assert Entry.objects.filter(fact="StoodIn").count() == 1
    covered = read(admin, "/manage/organisation/").partition(f"岗：{cast.market.name}审核岗")[0]
    assert "没有B角" not in covered.rpartition("<tr>")[2]


@pytest.mark.req("ZH-4")
def test_a_setting_changed_today_moves_no_earlier_deadline() -> None:
    cast = assemble(kind="公共服务", legal=None)
    before = cast.apply(at(11, 2))
    set_here("accept.other_days", 2, at(11, 3))
    again = Case.objects.get(pk=before.pk)
    accept_due = again.due_on
    later = cast.apply(at(11, 4))
    assert accept_due == before.due_on == at(11, 9).date()
    assert later.due_on == at(11, 6).date()


@pytest.mark.req("FC-3.1.2c")
def test_at_fangcheng_complete_papers_are_received_accepted_and_begun_in_one_moment() -> None:
    cast = assemble(pack="fangcheng")
    liwei = at_desk(cast.liwei)
    with on(SEP24):
        liwei.post(begin(liwei, cast), SHOP | marked(cast) | {"do": "receive"})
    case = Case.objects.get()
    assert case.stage == "examining"
    moments = dict(Entry.objects.filter(subject=case.subject).values_list("fact", "at"))
    assert moments == {"Received": SEP24, "Accepted": SEP24}
    assert case.number in read(at_desk(cast.zhangmin), "/desk/")
    assert (case.received_on, case.accepted_on) == (SEP24.date(), SEP24.date())


@pytest.mark.parametrize("pack", ["luoshan", "fangcheng"])
def test_elsewhere_or_with_a_lack_a_receipt_stays_a_receipt(pack: str) -> None:
    cast = assemble(pack=pack)
    liwei = at_desk(cast.liwei)
    lacking = {"bjt": "missing"} if pack == "fangcheng" else {}
    with on(SEP24):
        liwei.post(begin(liwei, cast), SHOP | marked(cast, **lacking) | {"do": "receive"})
    assert Case.objects.get().stage == "received"


@pytest.mark.req("ZH-0")
def test_a_rule_names_its_document_and_clause_and_the_requirements_are_listed_by_document(
    client: Client,
) -> None:
    assemble(pack="zhanhe")
    page = read(client, "/rules/?q=环节")
    rule = next(one for one in page.split("<article")[1:] if "不超过受理、审核、决定3个环节" in one)
    assert "湛河区政务服务标准化建设工作方案" in rule
    assert "二(二)1" in rule
    script = [sys.executable, str(PROJECT / "scripts" / "requirements.py"), "ZH"]
    told = subprocess.run(script, capture_output=True, text=True, check=True).stdout
    listed = [line.split()[0] for line in told.partition("\n\n")[0].splitlines()]
    assert "ZH-0" in listed
    assert all(one.startswith("ZH-") for one in listed)


@pytest.mark.req("ZH-2.3.1e")
def test_a_department_of_which_nothing_is_open_is_not_shown_and_stands_on_the_list(client: Client) -> None:
    cast = assemble()
    Department.objects.create(
        county=COUNTY, key="tiyu", name="罗山县体育局", short="罗体", uscc="11994115MB0000003C"
    )
    home = read(client, "/")
    assert cast.market.name in home
    assert "罗山县体育局" not in home
    keeping = Post.objects.create(
        county=COUNTY, name="事项管理岗", scope="county", grants=[Grant.CATALOGUE_REVIEW.value]
    )
    desk = at_desk(officer(COUNTY, "吴静", "W001", keeping))
    empty = read(desk, "/catalogue/").partition("还没有公开事项的部门")[2].partition("</p>")[0]
    assert "罗山县体育局" in empty
    assert cast.market.name not in empty


@pytest.mark.req("ZH-2.2.1c")
def test_twenty_days_of_the_law_and_five_promised_are_shorter_by_three_quarters(client: Client) -> None:
    cast = assemble(legal=20, promised=5)
    guide = read(client, f"/items/{cast.version.item.address}/")
    assert "法定 20 个工作日，缩短 75%" in guide


@pytest.mark.req("ZH-2.3.3a")
@pytest.mark.req("FC-3.2.7d")
@pytest.mark.req("HD-3.2.3b")
def test_townships_and_villages_without_a_venue_and_venues_of_a_wrong_name_are_listed(stage: Stage) -> None:
    load_regions()
    townships = list(townships_of(County.objects.get()))
    villages = list(Region.objects.filter(parent=townships[0].code).order_by("code"))
    for number, region in enumerate([*townships[1:], *villages[1:]]):
        kind = Hall.Kind.TOWNSHIP if region in townships else Hall.Kind.VILLAGE
        name = f"{region.name}{'便民服务中心' if kind == Hall.Kind.TOWNSHIP else '便民服务站'}{number}"
        Hall.objects.create(
            county=COUNTY, region=region, kind=kind, name=name.rstrip("0123456789"), address="测试路"
        )
    County.objects.update(pack="hedong")
    admin = at_desk(stage.admin)
    townwide, stations = read(admin, "/manage/windows/").partition("覆盖</h2>")[2].split("<p><b>")[1:]
    assert townships[0].name in townwide
    assert townships[1].name not in townwide
    assert "覆盖 100%" not in townwide
    assert villages[0].name in stations
    assert "覆盖 100%" not in stations

    wrong = f"{townships[0].name}服务大厅"
    Hall.objects.create(
        county=COUNTY, region=townships[0], kind=Hall.Kind.TOWNSHIP, name=wrong, address="测试路"
    )
    townwide = read(admin, "/manage/windows/").partition("覆盖</h2>")[2].split("<p><b>")[1]
    assert "覆盖 100%，没有空缺" in townwide
    assert f"“{wrong}”的名称与本地文件不一致，应为“{townships[0].name}便民服务中心”" in townwide
