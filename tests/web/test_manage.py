"""The administrator's pages: posts by office, stand-ins, people, windows; the access log by pages."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onewindow.journal.models import Access
from onewindow.journal.write import log_access
from onewindow.packs.keys_settings import SETTINGS, changeable
from onewindow.people.models import Holding, Officer, Post
from onewindow.places.models import Department, Hall, SettingChange, Window
from onewindow.rules.grants import GATEWAY, SYSTEM, Grant
from onewindow.rules.identity import demo_uscc
from onewindow.web.views.founding import PostForm
from tests.cast import COUNTY, SEP24, at, officer
from tests.people.conftest import Stage
from tests.web.stage import PASSWORD, give_accounts, sign_in

HOME = "/manage/organisation/"
LOG = "/manage/accesses/"


@pytest.fixture(autouse=True)
def signed_in(stage: Stage, client: Client):
    give_accounts(stage)
    with time_machine.travel(SEP24, tick=False):
        sign_in(client, "admin")
        yield


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_post_stands_under_its_office_with_its_holder(client: Client, stage: Stage) -> None:
    page = text(client, HOME)
    for word in (
        "罗山县市场监督管理局",
        "罗山县公安局",
        "罗山县政务服务中心",
        "全县",
        "张敏",
        "赵强",
        "督查岗",
    ):
        assert word in page
    assert "监督检查、查看访问日志" in page


def test_a_stand_in_arranged_on_the_page_holds_for_its_days(client: Client, stage: Stage) -> None:
    form = f"{HOME}posts/{stage.desk.pk}/stand-in/"
    told = {"officer": stage.sunli.pk, "since": "2026-09-24", "until": "2026-09-25", "reason": "李伟休假"}
    asked = text(client, form)
    assert "刚才填" not in asked
    market = asked.partition('<optgroup label="罗山县市场监督管理局">')[2].partition("</optgroup>")[0]
    assert f"张敏（{stage.cast.zhangmin.staff_no}）{stage.cast.zhangmin.posts[0].name}" in market
    assert "孙丽" not in market
    assert client.post(form, told).headers["Location"] == HOME
    page = text(client, HOME)
    assert "今天有人顶岗" in page
    assert "孙丽" in page
    assert "到 9月25日 止（李伟休假）" in page
    held = Holding.objects.get(kind="stand_in")
    assert (held.officer, held.until, held.given_by) == (
        stage.sunli,
        date(2026, 9, 25),
        stage.admin.actor_code,
    )


def test_a_refusal_stands_on_the_form_with_everything_typed_kept(client: Client, stage: Stage) -> None:
    form = f"{HOME}posts/{stage.desk.pk}/stand-in/"
    told = {"officer": stage.admin.pk, "since": "2026-09-24", "until": "2026-09-25", "reason": "我自己来"}
    page = client.post(form, told).content.decode()
    assert "不能给自己任岗" in page
    assert 'value="我自己来"' in page
    told |= {"officer": stage.sunli.pk, "until": "2026-09-01"}
    assert "截止日期不能早于开始日期" in client.post(form, told).content.decode()
    assert not Holding.objects.filter(kind="stand_in").exists()


def test_a_post_is_given_and_taken_back_after_a_page_that_says_what_follows(
    client: Client, stage: Stage
) -> None:
    told = {"officer": stage.sunli.pk, "kind": "own", "since": "2026-10-08"}
    assert client.post(f"{HOME}posts/{stage.desk.pk}/give/", told).status_code == 302
    assert "10月8日起" in text(client, HOME)
    held = Holding.objects.get(officer=stage.sunli, post=stage.desk)
    end = f"{HOME}holdings/{held.pk}/end/"
    assert "权限就收回" in text(client, end)
    assert client.post(end).status_code == 302
    assert "10月8日起" not in text(client, HOME)
    assert not held.post.held.get(pk=held.pk).in_force(date(2026, 10, 9))


def test_somebody_new_gets_an_account_and_the_faults_stand_beside_their_fields(client: Client) -> None:
    new = f"{HOME}officers/new/"
    told = {"name": "林小满", "staff_no": "N77", "username": "林小满", "password1": "1234567890"}
    page = client.post(new, told)
    assert set(page.context["form"].errors) == {"username"}
    told["username"] = "linxiaoman"
    assert set(client.post(new, told).context["form"].errors) == {"password1"}
    told["password1"] = PASSWORD
    assert client.post(new, told).headers["Location"] == f"{HOME}officers/"
    page = text(client, f"{HOME}officers/")
    assert "linxiaoman" in page
    assert "没有岗位" in page


def test_whoever_leaves_disappears_from_the_list_and_cannot_sign_in(client: Client, stage: Stage) -> None:
    close = f"{HOME}officers/{stage.cast.zhaoqiang.pk}/close/"
    assert client.post(close, {"reason": ""}).context["form"].errors
    assert client.post(close, {"reason": "调离"}).status_code == 302
    assert "赵强" not in text(client, f"{HOME}officers/")
    assert client.get(close).status_code == 404
    assert (
        "停用"
        in client.__class__()
        .post("/accounts/login/", {"login": "zhaoqiang", "password": PASSWORD}, follow=True)
        .content.decode()
    )


def test_a_forgotten_password_is_replaced_by_a_first_one(client: Client, stage: Stage) -> None:
    path = f"{HOME}officers/{stage.sunli.pk}/password/"
    assert client.post(path, {"password1": "石榴花开满街-2026"}).status_code == 302
    sunli = Client()
    sign_in(sunli, "sunli", "石榴花开满街-2026")
    assert sunli.get(LOG).headers["Location"] == "/accounts/password/change/"


def test_a_window_is_closed_with_a_reason_and_opened_again(client: Client, stage: Stage) -> None:
    window, windows = stage.cast.window, "/manage/windows/"
    assert client.post(f"{windows}{window.pk}/close/", {"reason": "设备检修"}).status_code == 302
    page = text(client, windows)
    assert "设备检修" in page
    again = f"{windows}halls/{window.hall_id}/open/?number={window.number}"
    assert f'value="{window.name}"' in text(client, again)
    told = {"number": window.number, "name": window.name, "kinds": window.kinds}
    assert client.post(again, told).status_code == 302
    assert Window.objects.get(pk=window.pk).is_open
    assert "已经开着" in client.post(again, told).content.decode()


def test_nothing_of_another_county_can_be_reached(client: Client, stage: Stage) -> None:
    hall = Hall.objects.create(
        county="371312000000",
        region=stage.cast.window.hall.region,
        kind="centre",
        name="别处",
        address="测试",
    )
    window = Window.objects.create(hall=hall, number="1", name="别处", kinds=["advice"])
    post = Post.objects.create(county="371312000000", name="别处", scope="county", grants=["people:file"])
    who = officer("371312000000", "别人", "Z9", post)
    held = Holding.objects.get(officer=who)
    for path in (
        f"/manage/windows/{window.pk}/close/",
        f"/manage/windows/halls/{hall.pk}/open/",
        f"{HOME}posts/{post.pk}/give/",
        f"{HOME}posts/{post.pk}/stand-in/",
        f"{HOME}holdings/{held.pk}/end/",
        f"{HOME}officers/{who.pk}/close/",
        f"{HOME}officers/{who.pk}/password/",
    ):
        assert client.get(path).status_code == 404, path
    assert "别处" not in text(client, HOME) + text(client, "/manage/windows/")
    assert "别人" not in text(client, f"{HOME}officers/")


def test_the_access_log_goes_back_page_by_page_without_a_gap(client: Client, stage: Stage) -> None:
    for number in range(120):
        log_access(
            COUNTY,
            by=stage.cast.liwei,
            at=at(9, 24) + timedelta(seconds=number),
            what="unmask:phone",
            about=stage.cast.wangfang.actor_code,
            reason=f"核对 {number}",
        )
    seen, path, pages = [], LOG, 0
    while path:
        answer = client.get(path)
        seen += [line.id for line in answer.context["lines"]]
        key = answer.context["next_key"]
        path, pages = (f"{LOG}?after={key}" if key else ""), pages + 1
    assert pages == 3
    assert seen == list(Access.objects.filter(county=COUNTY).order_by("-id").values_list("id", flat=True))
    page = text(client, f"{LOG}?what=unmask:phone")
    assert "李伟" in page
    assert "王芳" in page
    assert "查看完整电话" in page
    assert "《中华人民共和国网络安全法》" in page
    assert "没有这样的记录" in text(client, f"{LOG}?what=rename")
    for strange in ("?after=x", "?after=99999999999999999999999", "?what=%27;--", "?after=%C2%B2"):
        assert client.get(LOG + strange).status_code == 200


def test_a_page_of_the_log_and_the_organisation_cost_the_same_whatever_their_size(
    client: Client, stage: Stage
) -> None:
    def statements(path: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        return len(asked.captured_queries)

    paths = (HOME, f"{HOME}sections/", LOG, "/manage/windows/")
    few = [statements(path) for path in paths]
    post = Post.objects.create(county=COUNTY, name="新岗", scope="county", grants=["people:file"])
    for number in range(30):
        who = officer(COUNTY, f"某{number}", f"M{number}", post)
        log_access(COUNTY, by=who, at=SEP24, what="sign-in")
        Window.objects.create(hall=stage.cast.window.hall, number=f"N{number}", name="新", kinds=["advice"])
    assert [statements(path) for path in paths] == few
    assert max(few) <= 8


def test_the_supervisor_reads_the_log_and_changes_nothing(stage: Stage) -> None:
    sunli = Client()
    sign_in(sunli, "sunli")
    assert sunli.get(LOG).status_code == 200
    assert sunli.get(HOME).status_code == 403
    liwei = Client()
    sign_in(liwei, "liwei")
    assert liwei.get(LOG).status_code == 403
    for path in ("posts/1/give/", "officers/new/", "officers/1/close/"):
        assert liwei.post(HOME + path, {}).status_code == 403
    assert Officer.objects.filter(left_on__isnull=False).count() == 0


def test_ones_own_account_shows_ones_own_sign_ins_and_nobody_elses(stage: Stage) -> None:
    fang, liwei = Client(), Client()
    sign_in(liwei, "liwei")
    sign_in(fang, "wangfang", REMOTE_ADDR="10.1.2.3")
    page = text(fang, "/accounts/")
    assert "10.1.2.3" in page
    assert "127.0.0.1" not in page
    assert "没有启用" in page


def test_a_department_a_hall_and_a_post_are_laid_out_by_hand(client: Client, stage: Stage) -> None:
    told = {"name": "罗山县测试局", "key": "ceshi", "short": "罗测", "uscc": "1199", "phone": "1"}
    new = f"{HOME}departments/new/"
    assert set(client.post(new, told).context["form"].errors) == {"uscc", "phone"}
    told |= {"uscc": demo_uscc("11", 77), "phone": "0000-0000000"}
    assert client.post(new, told).status_code == 302
    assert "ceshi" in client.post(new, told).context["form"].non_field_errors()[0]
    made = Department.objects.get(key="ceshi")
    assert not made.window_accepts

    hall = {
        "name": "测试驿站",
        "kind": "outpost",
        "region": COUNTY,
        "address": "测试路 9 号",
        "hours": "周一至周五",
    }
    assert client.post("/manage/windows/halls/new/", hall | {"phone": "0000-0000000"}).status_code == 302
    assert Hall.objects.filter(name="测试驿站", county=COUNTY).exists()

    post = {"name": "审核岗", "department": made.pk, "grants": ["cases:examine", "cases:accept"]}
    assert client.post(f"{HOME}posts/new/", post).status_code == 302
    assert Post.objects.get(department=made).grants == ["cases:accept", "cases:examine"]
    assert "已经有叫" in client.post(f"{HOME}posts/new/", post).content.decode()
    wrong = post | {"name": "混合岗", "hall": stage.cast.window.hall_id, "window": stage.cast.window.pk}
    assert set(client.post(f"{HOME}posts/new/", wrong).context["form"].errors) == {"hall"}
    adrift = {"name": "游离岗", "window": stage.cast.window.pk, "grants": ["cases:deliver"]}
    assert set(client.post(f"{HOME}posts/new/", adrift).context["form"].errors) == {"window"}
    own = {"name": "自评岗", "grants": ["ratings:give"]}
    assert set(client.post(f"{HOME}posts/new/", own).context["form"].errors) == {"grants"}


def test_a_post_is_offered_no_power_of_the_clock_or_a_machine_and_none_that_everybody_has() -> None:
    offered = dict(PostForm(COUNTY).fields["grants"].choices)
    empty = Post.objects.create(county=COUNTY, name="空岗", scope="county", grants=[])
    nobody = officer(COUNTY, "何宁", "Z001", empty)
    theirs = [one for one in Grant if SYSTEM.may(one) or GATEWAY.may(one) or nobody.may(one, nobody)]
    assert Grant.HALL_TICK in theirs
    assert Grant.DUTY_OWN in theirs
    for one in (*theirs, Grant.BOX_LINK, Grant.RECEIPT_WRITE):
        assert one.value not in offered, one


def test_a_setting_is_changed_on_record_and_shown_with_whoever_changed_it(
    client: Client, stage: Stage
) -> None:
    page = text(client, "/manage/settings/")
    assert "本地设定，文件未规定" in page
    assert "OneWindow 起始值" in page
    change = "/manage/settings/staff.session_minutes/"
    assert set(client.post(change, {"value": "-1", "reason": ""}).context["form"].errors) == {
        "value",
        "reason",
    }
    assert client.post(change, {"value": "20", "reason": "公用电脑多"}).status_code == 302
    page = text(client, "/manage/settings/")
    assert "20分钟" in page
    assert "公用电脑多" in page
    assert "郑凯" in page
    assert (
        client.post(
            "/manage/settings/staff.second_factor/", {"value": "True", "reason": "上级要求"}
        ).status_code
        == 302
    )
    assert SettingChange.objects.order_by("-id")[0].value is True
    assert client.get("/manage/settings/nothing.like_it/").status_code == 404


def test_the_form_of_a_setting_says_its_bounds_and_why_and_holds_them(client: Client, stage: Stage) -> None:
    change = "/manage/settings/staff.session_minutes/"
    assert "可以填 5 到 240分钟。太短来不及填一张表" in text(client, change)
    for wrong in ("0", "241"):
        answer = client.post(change, {"value": wrong, "reason": "试一试"})
        assert answer.context["form"].errors["value"] == [
            "请填 5 到 240分钟。" + SETTINGS["staff.session_minutes"].why
        ]
    assert not SettingChange.objects.filter(name="staff.session_minutes").exists()


def test_only_settings_that_can_be_changed_are_on_the_page(client: Client, stage: Stage) -> None:
    page = text(client, "/manage/settings/")
    for name, key in SETTINGS.items():
        address = f"/manage/settings/{name}/"
        assert (address in page) == changeable(name)
        assert (f'scope="row">{key.title}<' in page) == changeable(name) or key.title == "补正答复期限"
        assert client.get(address).status_code == (200 if changeable(name) else 404)


def test_every_change_stays_in_the_history_and_the_public_page_names_the_post_and_the_reason(
    client: Client, stage: Stage
) -> None:
    change = "/manage/settings/correction.answer_days/"
    for value, reason in (("20", "山区路远"), ("25", "农忙季节")):
        assert client.post(change, {"value": value, "reason": reason}).status_code == 302
    past = text(client, "/manage/settings/").partition("修改记录")[2]
    assert past.index("农忙季节") < past.index("山区路远")
    assert "郑凯" in past
    public = Client().get("/rules/", {"q": "补正答复期限"}).content.decode()
    assert "系统管理岗修改，原因：农忙季节" in public
    assert "2026 年 9 月 24 日起" in public
    assert "山区路远" not in public
    assert "郑凯" not in public


def test_the_windows_of_a_post_are_chosen_under_their_halls(client: Client, stage: Stage) -> None:
    first = stage.cast.window.hall
    other = Hall.objects.create(
        county=COUNTY,
        region=first.region,
        kind="township",
        name="周党镇便民服务中心",
        address="x",
        hours="x",
        phone="x",
    )
    Window.objects.create(
        hall=other, number=stage.cast.window.number, name=str(stage.cast.window), kinds=["issue"]
    )
    page = text(client, f"{HOME}posts/new/")
    for hall in (first, other):
        assert f'<optgroup label="{hall.name}"><option value="{hall.windows.get().pk}">' in page


def test_a_department_without_posts_is_seen_on_the_page(client: Client, stage: Stage) -> None:
    Department.objects.create(county=COUNTY, key="bare", name="罗山县空岗局", short="空", uscc="x")
    assert "罗山县空岗局" in text(client, HOME)
