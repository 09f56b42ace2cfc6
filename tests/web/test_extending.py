"""The screens of an evening: the bar prompts and covers, both sign, the section files and calls back, the leader sees his windows."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onewindow.hall.actors import Bearer
from onewindow.hall.acts import declining, extending, leaving
from onewindow.hall.acts.extending import Visitor
from onewindow.hall.models import CallBack, CallBackDraw, Extension, ExtensionAsk, SignOff, Ticket
from onewindow.journal.models import Access
from onewindow.people.models import Post
from onewindow.places.acts import add_device, register_device
from onewindow.places.models import Device
from onewindow.rules.grants import FOUNDER, Grant
from onewindow.web.machines import COOKIE
from onewindow.web.views.hall.scan import address_of_hall
from tests.cast import COUNTY, at, officer
from tests.hall.late import FIVE, LATE, SOON, Evening, evening
from tests.web.citizen import on
from tests.web.desks import Desk, at_desk
from tests.web.test_booking_desk import text_of
from tests.web.test_queue import press

pytestmark = pytest.mark.django_db
DAY = FIVE.date().isoformat()


@pytest.fixture
def here() -> Evening:
    return evening()


def text(desk: Client, address: str, **told: str) -> str:
    answer = desk.get(address, told)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def through(here: Evening, liwei: Desk, ticket: Ticket) -> Extension:
    """Called before closing, covered with one button, served after it, signed and through, all on screen."""
    press(liwei, "next")
    press(liwei, "begin", ticket=ticket.pk)
    assert "已启动延时服务，1 个号" in press(liwei, "extend", ground="unfinished")
    return Extension.objects.get(ticket=ticket)


@pytest.mark.req("LS-延时-1")
def test_the_bar_prompts_near_closing_and_one_button_covers_and_the_page_of_signing_follows(
    here: Evening,
) -> None:
    ticket = here.floor.take(when=SOON, party=here.floor.cast.wangfang)
    liwei = at_desk(here.liwei)
    with on(at(9, 24, 16, 0)):
        assert "一键延时" not in text(liwei, "/counter/")
    with on(SOON):
        page = text(liwei, "/counter/")
        assert "17:00 下班" in page
        assert "还有 1 个号没有办<" in page, "who waits alone is called before closing"
        assert f'data-again="{int(FIVE.timestamp() * 1000)}"' in page
        made = through(here, liwei, ticket)
        assert "其他原因" in press(liwei, "extend", ground="other")
    with on(LATE):
        assert "17:00 已下班" in text(liwei, "/counter/")
        answer = liwei.post("/counter/queue/finish/", {"ticket": ticket.pk})
        assert answer["Location"] == f"/extensions/{made.number}/"
        assert "等双方签字" in text(liwei, answer["Location"])
        assert "签退" in text(liwei, "/counter/")
    made.refresh_from_db()
    assert (made.minutes, made.ended_at) == (40, LATE)


def test_after_closing_the_bar_names_those_first_whom_the_button_calls_first(here: Evening) -> None:
    _, second = here.floor.take(when=SOON), here.floor.take(when=SOON + timedelta(minutes=1))
    asked = declining.ask_extension(
        second, by=Bearer(second), at=SOON + timedelta(minutes=2), channel=ExtensionAsk.Channel.PHONE
    )
    declining.agree(here.floor.windows["3"], by=here.liwei, at=SOON, asked=asked, ground="unfinished")
    liwei = at_desk(here.liwei)
    for when, order in ((SOON, ["A001", "A002"]), (FIVE, ["A002", "A001"])):
        with on(when):
            page = text(liwei, "/counter/")
        assert sorted(order, key=lambda number: page.index(f"<li><b>{number}</b>")) == order
    with on(FIVE):
        press(liwei, "next")
    second.refresh_from_db()
    assert second.stage == "called"


def test_a_queue_that_goes_beyond_closing_is_foreseen_and_the_bar_proposes_to_stay(here: Evening) -> None:
    for window in ("4", "5"):
        leaving.sign_off(here.floor.windows[window], by=here.hemin, at=SOON)
    for _ in range(4):
        here.floor.take(when=SOON)  # ten minutes each, and a quarter of an hour is left
    with on(SOON):
        page = text(at_desk(here.liwei), "/counter/")
    assert "还有 4 个号没有办，照现在的速度有 3 个下班前办不完，建议启动延时服务" in page


@pytest.mark.req("LS-延时-6a", "LS-延时-6b")
def test_signed_on_screen_printed_in_two_copies_filed_by_the_section_and_exported(here: Evening) -> None:
    case = here.floor.cast.accepted(SOON)
    ticket = here.floor.take(when=SOON, party=here.floor.cast.wangfang)
    type(case.application).objects.filter(pk=case.application_id).update(visit=ticket.visit)
    liwei = at_desk(here.liwei)
    with on(SOON):
        made = through(here, liwei, ticket)
    page = f"/extensions/{made.number}/"
    with on(LATE):
        liwei.post("/counter/queue/finish/", {"ticket": ticket.pk})
        refused = liwei.post(f"{page}do/serve/", {"outcome": "当场受理"})
        assert refused.status_code == 409
        assert "承办人和申请人还没有在登记表上签字" in refused.content.decode()
        liwei.post(f"{page}do/handler/")
        assert "等双方签字" in text(liwei, page)
        liwei.post(f"{page}do/sign/", {"on_paper": "on"})
        assert "等写办理结果" in text(liwei, page)
        assert liwei.post(f"{page}do/serve/", {"outcome": "当场受理"}).status_code == 302
        shown = text(liwei, page)
        for word in (
            "3",
            "李伟",
            "王芳",
            "综合受理",
            case.number,
            "临近下班未办结",
            "16:45 至 17:40",
            "当场受理",
        ):
            assert word in shown
        pdf = liwei.get(f"{page}form.pdf")
        assert pdf.content.startswith(b"%PDF")
        assert b"/Count 2" in pdf.content
        printed = text_of(pdf.content)
        for word in (
            "罗山县政务服务中心延时服务登记表",
            made.number,
            "综合受理",
            "李伟",
            "王芳",
            case.number,
            "临近下班未办结",
            "17:00",
            "16:45 至 17:40",
            "当场受理",
        ):
            assert word in printed, word
        assert liwei.post(f"{page}file/").status_code == 403
        fangjie = at_desk(here.fangjie)
        assert made.number in text(fangjie, "/extensions/", list="to-file")
        assert fangjie.post(f"{page}file/").status_code == 302
        assert "YSB2026-0001" in text(fangjie, "/extensions/", list="filed")
        table = fangjie.get("/extensions/register.csv", {"since": DAY, "until": DAY})
    rows = table.content.decode().splitlines()
    assert len(rows) == 2
    assert "YSB2026-0001" in rows[1]
    assert case.number in rows[1]
    assert Access.objects.filter(what="export", about="extensions").count() == 1


@pytest.mark.req("LS-延时-5a", "LS-延时-5b")
def test_the_section_draws_a_sample_calls_and_counts_satisfaction_by_window(here: Evening) -> None:
    liwei, fangjie = at_desk(here.liwei), at_desk(here.fangjie)
    for _ in range(4):
        with on(SOON):
            made = through(here, liwei, here.floor.take(when=SOON))
        with on(LATE):
            liwei.post("/counter/queue/finish/", {"ticket": made.ticket_id})
            for act, told in (
                ("handler", {}),
                ("sign", {"on_paper": "on"}),
                ("serve", {"outcome": "办结", "name": "王芳", "phone": "10095715339"}),
            ):
                liwei.post(f"/extensions/{made.number}/do/{act}/", told)
            assert "10095715339" not in text(liwei, f"/extensions/{made.number}/")
    with on(at(10, 30)):
        assert "该回访了" in text(fangjie, "/extensions/calls/")
        sent = fangjie.post("/extensions/calls/new/", {"since": DAY, "until": DAY}, follow=True)
        assert "从 4 件里抽取了 2 件" in sent.content.decode()
        assert (
            fangjie.post("/extensions/calls/new/", {"since": "2026-10-30", "until": DAY}).status_code == 200
        )
        draw = CallBackDraw.objects.get()
        one, two = CallBack.objects.order_by("pk")
        listed = text(fangjie, f"/extensions/calls/{draw.number}/")
        assert one.extension.number in listed
        assert two.extension.number in listed
        address = f"/extensions/calls/{draw.number}/"
        assert "100****5339" in text(fangjie, f"{address}{one.pk}/")
        seen = Access.objects.filter(what="unmask:phone")
        assert not seen.exists()
        assert "10095715339" in fangjie.post(f"{address}{one.pk}/", {"show": "phone"}).content.decode()
        line = seen.get()
        assert (line.by, line.about) == (here.fangjie.actor_code, one.extension.number)
        assert one.extension.number in line.reason
        fangjie.post(f"{address}{one.pk}/", {"reached": "no"})
        assert "打过 1 次，没有联系上" in text(fangjie, address)
        assert (
            "请选择他满意不满意" in fangjie.post(f"{address}{one.pk}/", {"reached": "yes"}).content.decode()
        )
        told = {"reached": "yes", "grade": "5", "opinion": "等到很晚，很感谢", "suggestion": "中午也开"}
        fangjie.post(f"{address}{one.pk}/", told)
        fangjie.post(f"{address}{two.pk}/", {"reached": "yes", "grade": "2", "opinion": "态度不好"})
        figures = text(fangjie, "/extensions/figures/", since=DAY, until=DAY)
    assert "50%" in figures
    assert "等到很晚，很感谢" in figures
    assert "态度不好" in figures
    assert [one.tries for one in CallBack.objects.order_by("pk")] == [2, 1]


@pytest.mark.req("LS-延时-4")
def test_the_leader_sees_his_windows_and_a_window_without_one_is_flagged(here: Evening) -> None:
    window = here.floor.windows["3"]
    keeper = Post.objects.create(
        county=COUNTY, name="系统管理岗", scope="county", grants=[str(Grant.PLACES_MANAGE)]
    )
    zhengkai = at_desk(officer(COUNTY, "郑凯", "A001", keeper))
    liwei, hemin = at_desk(here.liwei), at_desk(here.hemin)
    with on(SOON):
        assert text(zhengkai, "/manage/windows/").count("没有负责人") == 3
        sent = zhengkai.post(f"/manage/windows/{window.pk}/leader/", {"officer": here.hemin.pk})
        assert sent.status_code == 302
        assert text(zhengkai, "/manage/windows/").count("没有负责人") == 2
        made = through(here, liwei, here.floor.take(when=SOON))
        assert made.number in text(hemin, "/extensions/", list="mine")
        assert "我负责的窗口" not in text(liwei, "/extensions/")
        checks = text(at_desk(here.sunli), "/extensions/checks/")
    assert "4 号、5 号" in checks


@pytest.mark.req("LS-延时-2")
def test_whoever_holds_a_number_asks_on_his_telephone_and_at_the_kiosk_and_reads_the_answer(
    here: Evening,
) -> None:
    first, second = here.floor.take(when=SOON), here.floor.take(when=SOON)
    device = add_device(here.floor.hall, by=FOUNDER, at=SOON, kind=Device.Kind.KIOSK, name="取号机")
    kiosk, phone, liwei = Client(), Client(), at_desk(here.liwei)
    kiosk.cookies[COOKIE] = register_device(device, by=FOUNDER, at=SOON)
    with on(SOON):
        assert "请求延时服务" in text(phone, f"/hall/n/{first.code}/")
        phone.post(f"/hall/n/{first.code}/extend/")
        assert "已请求延时服务" in text(phone, f"/hall/n/{first.code}/")
        assert "没有这个号" in kiosk.post("/hall/kiosk/extend/", {"number": "A999"}).content.decode()
        assert "17:00 下班，请求延时服务" in text(kiosk, "/hall/kiosk/")
        sent = kiosk.post("/hall/kiosk/extend/", {"number": second.number.lower()})
        assert "窗口已经看到您的请求" in sent.content.decode()
        bar = text(liwei, "/counter/")
        assert "请求延时（手机上的号" in bar
        one, two = ExtensionAsk.objects.order_by("pk")
        press(liwei, "agree-late", asked=one.pk)
        assert "至少四个字" in press(liwei, "decline-late", asked=two.pk, reason="不")
        press(liwei, "decline-late", asked=two.pk, reason="要等上级系统明天开放")
        assert "窗口已为您延时" in text(phone, f"/hall/n/{first.code}/")
        assert "要等上级系统明天开放" in text(phone, f"/hall/n/{second.code}/")
        assert "要等上级系统明天开放" in text(at_desk(here.sunli), "/extensions/checks/")


def test_a_kiosk_and_a_telephone_outside_the_hours_say_when_it_opens_and_the_guide_gives_a_number(
    here: Evening,
) -> None:
    device = add_device(here.floor.hall, by=FOUNDER, at=SOON, kind=Device.Kind.KIOSK, name="取号机")
    kiosk, guide = Client(), at_desk(here.floor.zhoujie)
    kiosk.cookies[COOKIE] = register_device(device, by=FOUNDER, at=SOON)
    with on(LATE):
        for address in ("/hall/kiosk/", "/hall/kiosk/lines/"):
            page = text(kiosk, address)
            assert "现在不在取号时间" in page
            assert "9 月 28 日（星期一） 08:40" in page
        pressed = kiosk.post("/hall/kiosk/take/", {"line": here.floor.general.pk, "once": str(uuid4())})
        assert pressed.status_code in (409, 422, 403)
        scanned = address_of_hall(here.floor.hall)
        assert "现在不在取号时间" in text(Client(), scanned[scanned.index("/hall/") :])
        assert not Ticket.objects.exists()
        assert "写明原因给号" in text(guide, "/helping/number/")
        told = {"line": here.floor.general.pk, "priority": "ordinary", "once": str(uuid4())}
        assert "至少四个字" in guide.post("/helping/number/", {**told, "outside": "急"}).content.decode()
        guide.post("/helping/number/", {**told, "outside": "从外地赶来，窗口同意办理"})
    assert Ticket.objects.get().why_outside == "从外地赶来，窗口同意办理"


@pytest.mark.req("LS-延时-1.1a", "LS-延时-1.1b")
def test_the_bar_lets_nobody_sign_off_who_is_waited_for_and_the_supervisor_reads_who_gave_up_whom(
    here: Evening,
) -> None:
    for window in ("4", "5"):
        leaving.sign_off(here.floor.windows[window], by=here.hemin, at=SOON)
    ticket = here.floor.take(when=SOON)
    liwei = at_desk(here.liwei)
    with on(FIVE - timedelta(minutes=10)):
        assert "还有 1 个号没有办（A001），不能签退" in press(liwei, "sign-off")
        press(liwei, "abandon", ticket=ticket.pk, why="left")
        assert "已签退" in press(liwei, "sign-off")
        assert "已下班" in text(liwei, "/counter/")
        checks = text(at_desk(here.sunli), "/extensions/checks/")
    assert "弃号：本人离开" in checks
    assert "李伟" in checks
    assert SignOff.objects.count() == 3


def test_somebody_without_a_number_is_written_down_and_who_is_not_served_too(here: Evening) -> None:
    liwei = at_desk(here.liwei)
    with on(LATE):
        told = {"name": "王芳", "phone": "10095715339", "what": "食品经营许可", "ground": "other", "why": ""}
        assert "请写明是什么原因" in liwei.post("/extensions/new/", told).content.decode()
        assert liwei.post("/extensions/new/", {**told, "why": "系统故障耽误了"}).status_code == 302
        wrong = liwei.post("/extensions/new/", {**told, "ground": "many", "case": "LS-0"})
        assert "没有这个办件编号" in wrong.content.decode()
        liwei.post("/extensions/declined/", {"what": "查档案", "reason": "档案馆已经下班"})
        made = Extension.objects.get()
        assert "结束延时服务" in text(liwei, f"/extensions/{made.number}/")
        liwei.post(f"/extensions/{made.number}/do/end/")
        liwei.post(f"/extensions/{made.number}/do/handler/")
        liwei.post(f"/extensions/{made.number}/do/sign/", {"on_paper": "on"})
        assert at_desk(here.floor.cast.zhaoqiang).get(f"/extensions/{made.number}/").status_code == 403
    assert (made.who, made.telephone) == ("王芳", "10095715339")
    assert ExtensionAsk.objects.get().channel == "words"


def test_the_lists_cost_as_many_statements_however_long_they_are(here: Evening) -> None:
    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as found:
            text(sunli, address, since=DAY, until=DAY)
        return len([one for one in found.captured_queries if "SAVEPOINT" not in str(one["sql"])])

    sunli, pages = at_desk(here.sunli), ("/extensions/", "/extensions/checks/", "/extensions/figures/")
    with on(LATE):
        told = [cost(page) for page in pages]
        for n in range(5):
            visitor = Visitor(name="王芳", what=f"事项 {n}")
            window = here.floor.windows["345"[n % 3]]
            extending.begin(window, by=here.liwei, at=LATE, visitor=visitor, ground="unfinished")
            declining.note_declined(window, by=here.liwei, at=LATE, what="查档案", reason="档案馆已经下班")
        told = [cost(page) for page in pages]
        for _ in range(4):
            visitor = Visitor(name="王芳", what="食品经营许可")
            extending.begin(window, by=here.liwei, at=LATE, visitor=visitor, ground="many")
            declining.note_declined(window, by=here.liwei, at=LATE, what="查档案", reason="档案馆已经下班")
        again = [cost(page) for page in pages]
    assert again == told
    assert max(told) <= 16, told  # the officer's own, the county's and the page's
