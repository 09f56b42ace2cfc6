"""The hall in other places: each screen has the words and the rules of the text of its place, and none of another."""

from datetime import time

import pytest

from onewindow.emergency.models import Event
from onewindow.hall.acts import extending
from onewindow.hall.models import Booking, Extension
from onewindow.helping.acts.guiding import mark
from onewindow.notices.models import OfficerMessage
from onewindow.rules.emergency_words import ASKED_WORDS, missing
from onewindow.rules.grants import Grant, NotAllowed
from tests.cast import at, carry_out
from tests.hall.booked import HOLIDAY, MONDAY, SATURDAY, THURSDAY, Booked, in_service
from tests.hall.late import LATE, SOON, Evening, evening
from tests.web.citizen import on
from tests.web.desks import Desk, at_desk
from tests.web.test_extending import text, through
from tests.web.test_queue import press

pytestmark = pytest.mark.django_db
NOON, NINE = time(12), time(9)


def asked(here: Booked, desk: Desk, **wish: object) -> tuple[Booking, str]:
    """A booking asked for online, and what the list on the desk and its page say of it."""
    booking = here.ask(**wish)
    with on(THURSDAY):
        page = text(desk, "/bookings/") + text(desk, f"/bookings/{booking.number}/")
    return booking, page


@pytest.mark.parametrize(
    ("pack", "wish", "word"),
    [
        ("luoshan", {"on": SATURDAY}, "预约办"),
        ("luoshan", {"on": MONDAY, "begins": NOON}, "错时办"),
        ("hedong", {"on": MONDAY, "begins": NOON}, "错时服务"),
        ("jining", {"on": HOLIDAY}, "节假日预约"),
    ],
)
def test_a_service_is_called_what_the_text_of_the_place_calls_it(
    pack: str, wish: dict[str, object], word: str
) -> None:
    here = in_service(pack)
    _, page = asked(here, at_desk(here.liwei), **wish)
    assert word in page
    assert pack == "luoshan" or [other for other in ("预约办", "错时办") if other in page] == []


def test_what_an_answer_owes_is_what_the_text_says_and_what_it_has_not_is_not_offered() -> None:
    luoshan = in_service()
    _, page = asked(luoshan, at_desk(luoshan.liwei))
    assert "收到预约当即答复；同意的要安排人" in page
    assert "登记表备案" in page
    luoshan.cast.county.pack = "jining"
    luoshan.cast.county.save()
    with on(THURSDAY):
        page = text(at_desk(luoshan.liwei), "/bookings/")
        assert "收到预约及时答复；不同意的要说明理由" in page
        assert "登记表备案" not in page
        assert "不再接受预约" not in page
        assert "本地文件没有规定登记表报送备案" in text(at_desk(luoshan.zhoujie), "/bookings/forms/")
        assert "本地文件没有规定放弃几次" in text(at_desk(luoshan.liwei), "/bookings/bans/")


def test_where_the_text_has_no_form_nobody_signs_and_nothing_waits_for_filing() -> None:
    here = in_service("jining")
    liwei, booking = at_desk(here.liwei), here.confirmed(on=HOLIDAY, begins=NINE)
    carry_out(booking.subject)
    told = OfficerMessage.objects.filter(title__contains="新的节假日预约").get()
    assert told.text == "请安排值班。"
    with on(at(9, 25, 9, 40)):
        page = text(liwei, f"/bookings/{booking.number}/")
        assert "本地文件没有规定视为放弃" in page
        assert "0 分钟" not in page
        assert "/do/abandon/" not in page
        liwei.post(f"/bookings/{booking.number}/do/arrive/")
        page = text(liwei, f"/bookings/{booking.number}/")
        assert "在登记表上签字" not in page
        assert liwei.post(f"/bookings/{booking.number}/do/serve/").status_code == 302
        assert at_desk(here.zhoujie).post(f"/bookings/{booking.number}/do/file/").status_code == 409
    carry_out(booking.subject)
    assert not OfficerMessage.objects.filter(title__contains="登记表等备案").exists()
    booking.refresh_from_db()
    assert booking.stage == "served"


@pytest.fixture
def later() -> Evening:
    """An evening in a place whose text names the service and no form."""
    here = evening()
    here.floor.cast.county.pack = "zhanhe"
    here.floor.cast.county.save()
    return here


@pytest.mark.req("ZH-2.4.3c")
def test_service_after_closing_without_a_form_ends_with_its_result_and_the_time_at_the_window(
    later: Evening,
) -> None:
    ticket = later.floor.take(when=SOON, party=later.floor.cast.wangfang)
    liwei = at_desk(later.liwei)
    with on(SOON):
        made = through(later, liwei, ticket)
    with on(LATE):
        liwei.post("/counter/queue/finish/", {"ticket": ticket.pk})
        page = text(liwei, f"/extensions/{made.number}/")
        assert "等写办理结果" in page
        assert "签字" not in page
        assert liwei.post(f"/extensions/{made.number}/do/serve/", {"outcome": "已受理"}).status_code == 302
        listed = text(liwei, "/extensions/", list="to-file")
        assert "已完成" in listed
        assert "备案" not in listed.split("<main", 1)[1]
        assert "延时服务制度、预约服务制度" in listed
        assert "40 分钟" in text(liwei, "/extensions/figures/")
    carry_out(made.subject)
    assert not OfficerMessage.objects.filter(title__contains="延时登记表等备案").exists()
    with pytest.raises(NotAllowed, match="没有规定延时登记表报送备案"):
        extending.file(Extension.objects.get(), by=later.fangjie, at=LATE)


def test_a_place_without_the_service_in_its_text_says_that_it_is_the_usual_way(later: Evening) -> None:
    later.floor.cast.county.pack = "fangcheng"
    later.floor.cast.county.save()
    with on(SOON):
        assert "本地文件没有规定延时服务" in text(at_desk(later.liwei), "/extensions/")
        assert "不能借故离开" not in text(at_desk(later.sunli), "/extensions/checks/")


def test_special_groups_are_offered_at_the_window_what_the_text_names_and_nothing_else(
    later: Evening,
) -> None:
    ticket = later.floor.take(when=SOON)
    mark(ticket, by=later.floor.zhoujie, at=SOON, groups=["disabled"])
    liwei = at_desk(later.liwei)
    with on(SOON):
        assert "一对一专办" not in press(liwei, "next")
        later.floor.cast.county.pack = "luoshan"
        later.floor.cast.county.save()
        assert "请主动问他要不要一对一专办" in text(liwei, "/counter/")


@pytest.mark.parametrize(
    ("pack", "goes"), [("luoshan", "汇总报政务服务环境股"), ("hedong", "汇总报给负责答复的同志")]
)
def test_remarks_go_to_the_section_that_the_text_names_or_to_whoever_answers(pack: str, goes: str) -> None:
    here = in_service(pack)
    with on(SOON):
        page = text(at_desk(here.floor.zhoujie), "/helping/remarks/new/")
    assert goes in page
    assert ("环境股" in page) == (pack == "luoshan")


@pytest.mark.req("ZH-2.3.4a", "ZH-2.3.4b")
def test_plans_that_the_text_asks_for_and_nobody_approved_are_named() -> None:
    here = in_service("zhanhe")
    assert here.floor.sunli.may(Grant.HALL_MANAGE)
    with on(THURSDAY):
        page = text(at_desk(here.floor.sunli), f"/emergency/{here.hall.pk}/")
    assert "突发事件、疫情防控" in page
    assert "制定突发事件应急预案" in page
    asked = ("any", "epidemic", "fire")
    assert missing(asked, set()) == ["突发事件", "疫情防控", "火灾"]
    assert missing(asked, {"epidemic"}) == ["突发事件", "火灾"]
    assert missing(asked, {"power", "epidemic"}) == ["火灾"]
    assert set(Event.values) == set(ASKED_WORDS) - {"any"}


@pytest.mark.req("JN-6j")
def test_the_services_that_the_text_names_are_cited_and_a_missing_one_is_told_to_the_manager() -> None:
    here = in_service("jining")
    with on(THURSDAY):
        page = text(at_desk(here.floor.sunli), f"/services/halls/{here.hall.pk}/")
        assert "延时服务、预约服务、代办服务、绿色通道" in page
        assert "开展延时服务、预约服务、代办服务、绿色通道等服务" in text(
            at_desk(here.liwei), "/hall/services/"
        )


def test_where_nothing_is_booked_outside_office_hours_the_list_says_that_nothing_waits() -> None:
    here = in_service("zhanhe")
    with on(THURSDAY):
        page = text(at_desk(here.liwei), "/bookings/")
    assert "本地只有上班时间的时段预约" in page
    assert "错时" not in page.split("<main", 1)[1]
