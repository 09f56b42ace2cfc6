"""The pages of the written rules: the register, one version, who has not read it, and how a version is issued."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onewindow.people.acts import give_post
from onewindow.people.models import Post
from onewindow.places import acts
from onewindow.places.acts import NormTold
from onewindow.places.acts.rounds import Seen
from onewindow.places.inspected import looked_at
from onewindow.places.models import Norm, NormCheck, NormVersion, Section
from onewindow.rules.grants import FOUNDER, Grant
from tests.cast import COUNTY, officer
from tests.hall.stage import NINE, Floor, open_floor
from tests.web.citizen import on
from tests.web.desks import Desk, at_desk

pytestmark = pytest.mark.django_db
DAY = NINE.date()


@pytest.fixture
def floor() -> Floor:
    return open_floor()


def seated(name: str, number: str, *grants: Grant) -> Desk:
    post = Post.objects.create(
        county=COUNTY, name=f"岗位{number}", scope="county", grants=[str(one) for one in grants]
    )
    return at_desk(officer(COUNTY, name, number, post))


def chief() -> Desk:
    return seated("何宁", "Z001", Grant.NORMS_ISSUE)


def supervisor() -> Desk:
    return seated("孙丽", "D001", Grant.SUPERVISE)


def page(desk: Client, path: str, status: int = 200) -> str:
    answer = desk.get(path)
    assert answer.status_code == status
    return str(answer.content.decode())


def sent(floor: Floor, **more: str) -> dict[str, object]:
    return {
        "title": "窗口纪律",
        "text": "一、说清楚。",
        "effective_on": DAY.isoformat(),
        "units": [f"department-{floor.cast.market.pk}", f"hall-{floor.hall.pk}"],
        "checks": "约定时间有人在岗\n没有限号",
        **more,
    }


@pytest.mark.req("LS-通知-1")
def test_each_of_the_nine_opens_with_version_and_day_and_the_list_shows_who_acknowledged(
    floor: Floor,
) -> None:
    with on(NINE):
        desk = chief()
        assert "照文件载入" in page(desk, "/norms/")
        assert desk.post("/norms/load/").status_code == 302
        nine = list(NormVersion.objects.select_related("norm").order_by("pk"))
        for one in nine:
            shown = page(desk, f"/norms/{one.pk}/")
            assert one.norm.title in shown
            assert "第 1 版，2021-02-25 起施行" in shown
        clerk = at_desk(floor.cast.zhangmin)
        assert "请您签收" in page(clerk, "/norms/")
        assert "我已看过，签收" in page(clerk, f"/norms/{nine[0].pk}/")
        assert clerk.post(f"/norms/{nine[0].pk}/acknowledge/").status_code == 302
        assert "您已签收" in page(clerk, f"/norms/{nine[0].pk}/")
        listed = page(supervisor(), f"/norms/{nine[0].pk}/readers/")
        assert "张敏（审核岗）" in listed
        assert "发给 3 个单位，2 个没有签收" in listed
        assert "2 个单位没有签收" in page(desk, "/norms/")
        only = page(desk, f"/norms/{nine[0].pk}/readers/?left=1")
        assert "罗山县公安局" in only
        assert "罗山县市场监督管理局" not in only


def test_who_belongs_to_a_unit_that_was_sent_it_later_signs_for_that_one_too(floor: Floor) -> None:
    told = NormTold(text="一、说清楚。", effective_on=DAY, units=(floor.cast.market,), by_each=True)
    one = acts.issue_norm(floor.cast.county, by=FOUNDER, at=NINE, title="窗口纪律", told=told)
    post = Post.objects.create(county=COUNTY, name="大厅值守岗", scope="hall", hall=floor.hall, grants=[])
    give_post(post, by=FOUNDER, at=NINE, officer=floor.cast.zhangmin, since=DAY)
    with on(NINE):
        clerk = at_desk(floor.cast.zhangmin)
        clerk.post(f"/norms/{one.pk}/acknowledge/")
        assert "您已签收" in page(clerk, f"/norms/{one.pk}/")
        acts.send_on(one, by=FOUNDER, at=NINE, units=[floor.hall])
        assert "请您签收" in page(clerk, "/norms/")
        assert "我已看过，签收" in page(clerk, f"/norms/{one.pk}/")
        clerk.post(f"/norms/{one.pk}/acknowledge/")
        assert "您已签收" in page(clerk, f"/norms/{one.pk}/")
        assert "请您签收" not in page(clerk, "/norms/")


def test_the_supervisor_sees_each_unit_and_what_it_has_not_acknowledged_in_time(floor: Floor) -> None:
    told = NormTold(text="一、说清楚。", effective_on=DAY, units=(floor.cast.market,))
    acts.issue_norm(floor.cast.county, by=FOUNDER, at=NINE, title="窗口纪律", told=told)
    with on(NINE + timedelta(days=20)):
        desk = supervisor()
        assert "罗山县市场监督管理局" in page(desk, "/norms/units/?kind=department")
        unit = page(desk, f"/norms/units/department/{floor.cast.market.pk}/")
        assert "窗口纪律" in unit
        assert "张敏、陈局" in unit
        assert "逾期" in unit
        assert "逾期" in page(at_desk(floor.cast.zhangmin), "/norms/")
        page(desk, "/norms/units/department/999/", 404)
        page(desk, "/norms/units/window/1/", 404)


@pytest.mark.req("FC-4.1c")
def test_a_rule_shows_its_version_its_readers_and_what_its_checks_found() -> None:
    floor = open_floor(pack="fangcheng")
    with on(NINE):
        desk = chief()
        assert "写首问负责制度" in page(desk, "/norms/")
        assert "首问负责制度" in page(desk, "/norms/new/?title=首问负责制度")
        assert desk.post("/norms/new/", sent(floor, title="首问负责制度")).status_code == 302
        one = NormVersion.objects.get()
        bad = NormCheck.objects.get(what="没有限号")
        at_desk(floor.cast.zhangmin).post(f"/norms/{one.pk}/acknowledge/")
        seen = {each.key: Seen(good=True) for each in looked_at(floor.hall, DAY)}
        seen[f"norm:{bad.pk}"] = Seen(good=False, note="下午只放二十个号")
        acts.make_round(floor.hall, by=floor.sunli, at=NINE, seen=seen)
        shown = page(desk, f"/norms/{one.pk}/")
        for word in ("第 1 版，2026-09-24 起施行", "约定时间有人在岗", "下午只放二十个号", "整改中", "孙丽"):
            assert word in shown
        assert "张敏（审核岗）" in page(desk, f"/norms/{one.pk}/readers/")
        assert desk.post(f"/norms/{one.pk}/renew/", sent(floor, text="二、改了。")).status_code == 302
        newest = NormVersion.objects.latest("number")
        assert "第 2 版" in page(desk, f"/norms/{newest.pk}/")
        assert "请您签收" in page(at_desk(floor.cast.zhangmin), "/norms/")
        page(desk, f"/norms/{one.pk}/renew/", 404)


def test_what_was_typed_for_a_version_that_is_no_longer_the_newest_stays_with_the_reason(
    floor: Floor,
) -> None:
    told = NormTold(text="一、说清楚。", effective_on=DAY, units=(floor.cast.market,))
    one = acts.issue_norm(floor.cast.county, by=FOUNDER, at=NINE, title="窗口纪律", told=told)
    with on(NINE):
        desk = chief()
        assert desk.post(f"/norms/{one.pk}/renew/", sent(floor, text="二、改了。")).status_code == 302
        late = {
            "renew": (sent(floor, text="三、也改了。"), "已经有了第 2 版", "三、也改了。"),
            "checks": ({"checks": "没有限号"}, "已经有了新版", "没有限号"),
            "withdraw": ({"reason": "并入另一项"}, "已经有了新版", "并入另一项"),
        }
        for path, (typed, sentence, kept) in late.items():
            answer = desk.post(f"/norms/{one.pk}/{path}/", typed)
            assert answer.status_code == 200
            assert sentence in answer.content.decode()
            assert kept in answer.content.decode()
    assert NormVersion.objects.count() == 2
    assert not Norm.objects.exclude(withdrawn_on=None).exists()


def test_a_text_file_is_taken_and_what_is_none_is_refused_with_all_kept(floor: Floor) -> None:
    with on(NINE):
        desk = chief()
        for data, sentence in ((b"\xff\x00\xfe\x00", "读不出文字"), (b"a" * 200_001, "文件太大")):
            bad = SimpleUploadedFile("norm.txt", data)
            shown = desk.post("/norms/new/", {**sent(floor), "file": bad}).content.decode()
            assert sentence in shown
            assert "窗口纪律" in shown
        empty = desk.post("/norms/new/", sent(floor, text="", title="")).content.decode()
        assert "请填写“名称”" in empty
        assert "约定时间有人在岗" in empty
        assert "请写制度的正文" in desk.post("/norms/new/", sent(floor, text="")).content.decode()
        assert not Norm.objects.exists()
        good = SimpleUploadedFile("norm.txt", "一、照文件。".encode("gb18030"))
        assert desk.post("/norms/new/", {**sent(floor, text=""), "file": good}).status_code == 302
        assert NormVersion.objects.get().text == "一、照文件。"


def test_who_may_not_issue_neither_sees_the_way_nor_goes_it(floor: Floor) -> None:
    told = NormTold(text="一、说清楚。", effective_on=DAY, units=(floor.cast.market,))
    one = acts.issue_norm(floor.cast.county, by=FOUNDER, at=NINE, title="窗口纪律", told=told)
    with on(NINE):
        clerk = at_desk(floor.cast.zhaoqiang)
        shown = page(clerk, f"/norms/{one.pk}/")
        assert "发布新版" not in shown
        assert "我已看过" not in shown
        assert "谁签收了" not in shown
        for path in (
            "new/",
            f"{one.pk}/renew/",
            f"{one.pk}/checks/",
            f"{one.pk}/send/",
            f"{one.pk}/withdraw/",
        ):
            page(clerk, f"/norms/{path}", 403)
        page(clerk, f"/norms/{one.pk}/readers/", 403)
        assert "没有发给您的单位" in clerk.post(f"/norms/{one.pk}/acknowledge/").content.decode()
        assert Client().get("/norms/").status_code == 302


def test_checks_are_changed_a_version_sent_on_and_withdrawn(floor: Floor) -> None:
    told = NormTold(text="一、说清楚。", effective_on=DAY, units=(floor.cast.market,))
    one = acts.issue_norm(floor.cast.county, by=FOUNDER, at=NINE, title="窗口纪律", told=told)
    with on(NINE):
        desk = chief()
        assert desk.post(f"/norms/{one.pk}/checks/", {"checks": "没有限号\n\n没有限号"}).status_code == 302
        assert [check.what for check in NormCheck.objects.all()] == ["没有限号"]
        assert desk.post(f"/norms/{one.pk}/send/", {"groups": ["windows"]}).status_code == 302
        assert one.units.count() == 3
        assert "至少一个" in desk.post(f"/norms/{one.pk}/send/", {}).content.decode()
        assert "请填写“原因”" in desk.post(f"/norms/{one.pk}/withdraw/", {}).content.decode()
        assert desk.post(f"/norms/{one.pk}/withdraw/", {"reason": "并入另一项"}).status_code == 302
        assert "并入另一项" in page(desk, f"/norms/{one.pk}/")
        assert "还没有制度" in page(desk, "/norms/")


@pytest.mark.parametrize(("pack", "status"), [("hedong", 200), ("luoshan", 404)])
def test_everybody_reads_them_where_the_text_has_them_shown(pack: str, status: int) -> None:
    floor = open_floor(pack=pack)
    told = NormTold(text="一、说清楚。", effective_on=DAY, units=(floor.cast.market,))
    one = acts.issue_norm(floor.cast.county, by=FOUNDER, at=NINE, title="窗口纪律", told=told)
    later = NormTold(text="还没有施行", effective_on=DAY + timedelta(days=9), units=(floor.cast.market,))
    two = acts.issue_norm(floor.cast.county, by=FOUNDER, at=NINE, title="以后的", told=later)
    with on(NINE):
        assert ('href="/public/norms/"' in page(Client(), "/rules/")) is (status == 200)
        shown = page(Client(), "/public/norms/", status)
        assert ("窗口纪律" in shown) is (status == 200)
        assert "以后的" not in shown
        page(Client(), f"/public/norms/{one.pk}/", status)
        page(Client(), f"/public/norms/{two.pk}/", 404)


def test_sections_are_laid_out_and_posts_put_into_them(floor: Floor) -> None:
    with on(NINE):
        desk = seated("郑凯", "A001", Grant.PLACES_MANAGE, Grant.PEOPLE_MANAGE)
        assert "文件里还有：办公室、政务服务环境股" in page(desk, "/manage/organisation/sections/new/")
        assert desk.post("/manage/organisation/sections/new/", {"name": "督查股"}).status_code == 302
        section = Section.objects.get()
        post = Post.objects.get(name="岗位A001")
        place = f"/manage/organisation/posts/{post.pk}/section/"
        assert desk.post(place, {"section": section.pk}).status_code == 302
        here, _, left = page(desk, "/manage/organisation/sections/").partition("不归股室的岗位")
        assert "岗位A001" in here.partition("督查股")[2]
        assert "岗位A001" not in left
        clerk = page(seated("王芳", "A002", Grant.PEOPLE_MANAGE), "/manage/organisation/sections/")
        assert f"posts/{post.pk}/section/" in clerk
        assert "设立股室" not in clerk
        assert "撤销" not in clerk
        page(desk, f"/manage/organisation/posts/{floor.cast.zhangmin.posts[0].pk}/section/", 404)
        assert desk.post(f"/manage/organisation/sections/{section.pk}/close/").status_code == 302


def test_the_pages_of_the_register_keep_to_their_budget(floor: Floor) -> None:
    with on(NINE):
        desk = chief()
        desk.post("/norms/load/")
        acts.set_norm_checks(NormVersion.objects.all()[0], by=FOUNDER, at=NINE, checks=["没有限号"])
        one = NormVersion.objects.all()[0].pk
        for path in ("/norms/", f"/norms/{one}/", f"/norms/{one}/readers/", "/norms/units/?kind=department"):
            desk.get(path)
            with CaptureQueriesContext(connection) as seen:
                desk.get(path)
            # Five of its own, three for session, account and posts, two of the frame: county and messages.
            assert len(seen) <= 10, (path, [one["sql"][:120] for one in seen])
