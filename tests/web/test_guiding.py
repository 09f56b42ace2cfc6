"""The guide's telephone and the window's bar: found, sent, marked, accompanied, asked, answered, summed up."""

import pytest
from django.test import Client

from onewindow.cases.acts.decide import grant
from onewindow.cases.acts.deliver import hand_over
from onewindow.cases.acts.examine import review
from onewindow.cases.models import Case
from onewindow.feedback.acts import rate
from onewindow.feedback.models import Rating
from onewindow.hall.models import Escort, Ticket
from onewindow.helping.acts import announcing
from onewindow.helping.models import Consultation, Guided, Remark, Summary
from onewindow.people.models import Post
from onewindow.places import acts as places
from onewindow.places.models import Device, Zone
from onewindow.rules.facts import TERMS_ZH
from onewindow.rules.grants import FOUNDER, Grant
from tests.cast import COUNTER, COUNTY, at, officer
from tests.faults.test_script_everywhere import everything
from tests.hall.stage import NINE, Floor, open_floor, post
from tests.web.citizen import TAKER, on
from tests.web.desks import Desk, at_desk, marked
from tests.web.test_counter import SHOP
from tests.web.test_hall_screens import hidden, machine

pytestmark = pytest.mark.django_db


@pytest.fixture
def floor() -> Floor:
    """李伟 calls at window 3; 周洁 guides."""
    made = open_floor()
    words = [str(grant) for grant in (*COUNTER, Grant.HALL_TAKE, Grant.HALL_CALL)]
    Post.objects.filter(pk=made.cast.liwei.posts[0].pk).update(window=made.windows["3"], grants=words)
    return made


def press(desk: Desk, address: str, **told: object) -> str:
    answer = desk.post(address, told, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.req("LS-导办-7a", "LS-导办-7b")
def test_the_guide_finds_the_line_takes_the_number_and_the_window_sees_the_group(floor: Floor) -> None:
    item = floor.cast.version.item
    with on(NINE):
        floor.take()
        guide, liwei = at_desk(floor.zhoujie), at_desk(floor.cast.liwei)
        page = guide.get(f"/helping/items/{item.address}/").content.decode()
        assert "1 人在等" in page
        assert "3 号窗口" in page
        told = {"line": floor.general.pk, "once": hidden(page, "once"), "group": ["immobile", "ill"]}
        shown = press(guide, f"/helping/items/{item.address}/number/", **told)
        press(guide, f"/helping/items/{item.address}/number/", **told)
        assert "生病、行动不便" in shown
        ticket = Ticket.objects.get(number="A002")
        assert (ticket.item, ticket.priority) == (item, "helped")
        assert [(one.ticket, one.item, one.way) for one in Guided.objects.all()] == [(ticket, item, "number")]
        assert "A002" in guide.get("/helping/").content.decode()
        bar = press(liwei, "/counter/queue/next/")
        assert "生病、行动不便" in bar
        assert "一对一专办" in bar
        assert "已记下他的回答" in press(
            liwei, "/counter/queue/offer/", ticket=ticket.pk, accepted="no", back="/counter/"
        )
        assert Ticket.objects.get(pk=ticket.pk).visit.one_to_one is False


def test_a_guide_accompanies_step_by_step_and_marks_a_number_by_its_slip(floor: Floor) -> None:
    with on(NINE):
        ticket = floor.take()
        guide = at_desk(floor.zhoujie)
        assert "标记" in press(guide, "/helping/numbers/", number="a001")
        press(guide, f"/helping/numbers/{ticket.pk}/mark/", group="pregnant")
        escort = Escort.objects.get()
        assert "由 周洁 陪" in guide.get("/helping/").content.decode()
        press(guide, f"/helping/escorts/{escort.pk}/step/", what="填表")
        assert "；填表" in guide.get("/helping/now/").content.decode()
        press(guide, f"/helping/escorts/{escort.pk}/end/", how="done")
        assert "还没有人陪" not in guide.get("/helping/").content.decode()
        assert at_desk(floor.cast.zhaoqiang).get("/helping/").status_code == 403
        assert guide.post("/helping/numbers/", {"number": "Z999"}).status_code == 409


def test_the_part_that_is_read_again_all_the_time_costs_five_statements(
    floor: Floor, django_assert_max_num_queries
) -> None:
    with on(NINE):
        for _ in range(3):
            floor.take(help=True)
        guide = at_desk(floor.zhoujie)
        guide.get("/helping/now/")
        for page in ("/helping/now/", "/helping/"):
            with django_assert_max_num_queries(5 + 3):  # besides session, account and posts
                guide.get(page)


@pytest.mark.req("LS-导办-7c")
def test_the_window_answers_a_question_in_writing_and_only_so_is_it_through(floor: Floor) -> None:
    with on(NINE):
        guide, liwei = at_desk(floor.zhoujie), at_desk(floor.cast.liwei)
        page = guide.get("/helping/question/").content.decode()
        told = {"window": floor.windows["3"].pk, "once": hidden(page, "once"), "question": "公司章程怎么写"}
        assert "由 3 号窗口叫" in press(guide, "/helping/question/hand/", **told)
        assert "公司章程怎么写" in press(liwei, "/counter/queue/next/")
        press(liwei, "/counter/queue/begin/", back="/counter/")
        assert "请先写下答复" in press(liwei, "/counter/queue/finish/", back="/counter/")
        assert "已答复" in press(liwei, "/counter/queue/reply/", answer="照样本写，网上可以下载")
        assert Consultation.objects.get().answer == "照样本写，网上可以下载"
        assert "照样本写" in guide.get("/helping/").content.decode()


def test_a_number_without_a_paper_becomes_somebodys_at_the_window_and_his_file_opens(floor: Floor) -> None:
    wangfang = floor.cast.wangfang
    with on(NINE):
        ticket = floor.take()
        liwei = at_desk(floor.cast.liwei)
        assert "取号时没有出示证件" in press(liwei, "/counter/queue/next/")
        assert "再核一次" in press(liwei, "/counter/queue/bind/", paper="12", back="/counter/")
        page = press(liwei, "/counter/queue/bind/", paper=wangfang.paper_number, back="/counter/")
        assert "王芳要办什么事" in page
        assert "取号时没有出示证件" not in page
        assert Ticket.objects.get(pk=ticket.pk).visit.party == wangfang


@pytest.mark.req("LS-导办-11a", "LS-导办-11b")
def test_remarks_go_to_the_section_with_the_day_and_an_adopted_one_is_a_task(floor: Floor) -> None:
    section = officer(COUNTY, "陈局", "H020", post("环境股", floor.hall, [Grant.HALL_IMPROVE]))
    Post.objects.filter(name="环境股").update(scope="county", hall=None)
    with on(NINE):
        guide, desk = at_desk(floor.zhoujie), at_desk(section)
        press(guide, "/helping/remarks/new/", kind="facility", text="老花镜不够")
        assert "今天还没报送" in guide.get("/helping/remarks/").content.decode()
        press(guide, "/helping/remarks/send/", note="今天人多")
        day = desk.get(f"/helping/remarks/days/{Summary.objects.get().pk}/").content.decode()
        assert "老花镜不够" in day
        assert "今天人多" in day
        one = Remark.objects.get()
        told = {"adopted": "yes", "answer": "再配十副", "owner": floor.sunli.pk, "due": "2026-09-30"}
        assert "孙丽 负责" in press(desk, f"/helping/remarks/{one.pk}/decide/", **told)
        press(desk, f"/helping/remarks/{one.pk}/done/", outcome="配好了十副")
        assert guide.get(f"/helping/remarks/{one.pk}/decide/").status_code == 403
        assert "配好了十副" in guide.get("/helping/remarks/").content.decode()


@pytest.mark.req("JN-9g")
def test_an_announcement_is_shown_on_the_display_with_its_chime_and_stands_in_the_log(floor: Floor) -> None:
    zone = Zone.objects.create(hall=floor.hall, kind="windows", name="综合受理区")
    with on(NINE):
        guide = at_desk(floor.zhoujie)
        page = press(guide, "/helping/broadcasts/new/", text="今天提前到十七点停止取号", zone=zone.pk)
        assert "综合受理区" in page
        shown = guide.get(f"/hall/{floor.hall.pk}/display/now/").content.decode()
        assert "今天提前到十七点停止取号" in shown
        sound = f"/hall/{floor.hall.pk}/chime.wav"
        assert sound in shown
        assert guide.get(sound).content.startswith(b"RIFF")
    assert at_desk(floor.cast.zhaoqiang).get("/helping/broadcasts/").status_code == 403


@pytest.mark.req("JN-16f")
def test_a_visitors_suggestion_becomes_an_improvement_and_he_reads_that_it_is_done(floor: Floor) -> None:
    section = officer(COUNTY, "陈局", "H020", post("环境股", floor.hall, [Grant.HALL_IMPROVE]))
    visitor = Client()
    with on(NINE):
        way = f"/hall/{floor.hall.pk}/suggest/"
        assert way in visitor.get(f"/hall/{floor.hall.pk}/").content.decode()
        assert visitor.post(way, {"kind": "facility", "text": "饮"}).status_code == 200
        said = visitor.post(way, {"kind": "facility", "text": "饮水机旁边没有杯子"})["Location"]
        assert "等待答复" in visitor.get(said).content.decode()
        one = Remark.objects.get()
        desk = at_desk(section)
        assert "饮水机旁边没有杯子" in desk.get("/helping/remarks/").content.decode()
        told = {"adopted": "yes", "answer": "每天补两次", "owner": floor.sunli.pk, "due": "2026-09-30"}
        press(desk, f"/helping/remarks/{one.pk}/decide/", **told)
        assert "正在改进" in visitor.get(said).content.decode()
        press(desk, f"/helping/remarks/{one.pk}/done/", outcome="放了两百个纸杯")
        page = visitor.get(said).content.decode()
        assert "已完成" in page
        assert "放了两百个纸杯" in page


def test_one_key_ties_number_person_case_and_rating_for_the_manager_of_the_hall(floor: Floor) -> None:
    with on(NINE):
        ticket = floor.take()
        liwei = at_desk(floor.cast.liwei)
        press(liwei, "/counter/queue/next/")
        press(liwei, "/counter/queue/begin/", back="/counter/")
        press(liwei, "/counter/queue/bind/", paper=floor.cast.wangfang.paper_number, back="/counter/")
        liwei.post("/counter/begin/", {"version": floor.cast.version.pk})
        press(liwei, "/counter/queue/finish/", back="/counter/")
        pad = machine(floor, Device.Kind.PAD, window=floor.windows["3"])
        pad.post("/hall/pad/rate/", {"ticket": ticket.pk, "grade": "4"})
        assert Rating.objects.get().subject.ticket.visit == ticket.visit
        way = f"/helping/visits/{ticket.visit.key}/"
        page = at_desk(floor.sunli).get(way).content.decode()
        assert "A001" in page
        assert "王*" in page
        assert "王芳" not in page
        assert floor.cast.version.name in page
        assert "满意" in page
        assert at_desk(floor.zhoujie).get(way).status_code == 403


@pytest.mark.req("LS-导办-8a")
def test_who_was_trained_stands_beside_who_was_not(floor: Floor) -> None:
    places.add_device(floor.hall, by=FOUNDER, at=NINE, kind=Device.Kind.KIOSK, name="取号机")
    with on(NINE):
        lacking = at_desk(floor.sunli).get("/helping/figures/?days=7").content.decode()
        row = lacking.split('<th scope="row">周洁</th>')[1].split("</tr>")[0]
        assert "没有" in row
        assert "取号机" in row
        announcing.train(
            floor.hall, by=floor.sunli, at=NINE, officer=floor.zhoujie, kind="kiosk", on=NINE.date()
        )
        page = at_desk(floor.sunli).get("/helping/figures/?days=7").content.decode()
        assert "取号机（" in page
        assert "登记设备培训" in page


@pytest.mark.req("ZH-1.3a")
def test_a_case_that_began_with_a_question_shows_question_approval_and_rating_on_one_line(
    floor: Floor,
) -> None:
    cast = floor.cast
    with on(NINE):
        guide, liwei = at_desk(floor.zhoujie), at_desk(cast.liwei)
        page = guide.get("/helping/question/").content.decode()
        told = {"window": floor.windows["3"].pk, "once": hidden(page, "once"), "question": "小面馆要办什么证"}
        press(guide, "/helping/question/hand/", **told)
        press(liwei, "/counter/queue/next/")
        press(liwei, "/counter/queue/begin/", back="/counter/")
        press(liwei, "/counter/queue/bind/", paper=cast.wangfang.paper_number, back="/counter/")
        page = liwei.post("/counter/begin/", {"version": cast.version.pk}).url
        assert liwei.post(page, SHOP | marked(cast) | {"do": "accept"}).status_code == 302
        press(liwei, "/counter/queue/reply/", answer="办食品经营许可，现在就可以收件")
    case, other = Case.objects.get(), cast.apply()
    assert case.application.visit == Consultation.objects.get().ticket.visit
    review(case, by=cast.zhangmin, at=at(10, 8), favourable=True, text="洗消间合格，建议准予。")
    grant(case, by=cast.chenju, at=at(10, 9), text="准予许可。")
    hand_over(case, by=cast.liwei, at=at(10, 12), taker=TAKER, window=cast.window)
    rate(case, by=cast.wangfang, at=at(10, 13), grade=5, channel="web")
    sees = everything(cast)
    with on(at(10, 13)):
        shown = sees.get(f"/cases/{case.number}/").content.decode().split('<ol class="ow-line')[1]
        assert "受理前咨询" not in sees.get(f"/cases/{other.number}/").content.decode()
    titles = [
        f"<b>{TERMS_ZH[fact]}</b>" for fact in ("Accepted", "Reviewed", "Granted", "Delivered", "Rated")
    ]
    order = ["<b>受理前咨询", "A001 号问：小面馆要办什么证。", "答：办食品经营许可", *titles]
    assert sorted(order, key=shown.index) == order
