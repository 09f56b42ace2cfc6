"""预约办 and 错时办: who may ask how, what an answer owes, and what is no ground for a refusal."""

from datetime import time

import pytest

from onewindow.hall.acts.answering import Seat, agree, confirm, propose, refuse
from onewindow.hall.acts.asking import change
from onewindow.hall.models import Session
from onewindow.hall.offered import Wanted, days_open
from onewindow.people.models import Absence, Duty
from onewindow.places.models import Service as Serves
from onewindow.rules.bookings import Channel, Service
from onewindow.rules.grants import NotAllowed, NotGranted
from tests.cast import COUNTY, at
from tests.hall.booked import HOLIDAY, MADE_UP, MONDAY, SATURDAY, THURSDAY, Booked, in_service, somebody
from tests.web.citizen import on
from tests.web.desks import at_desk

pytestmark = pytest.mark.django_db
NIGHT = at(9, 24, 22, 0)
SUNDAY = at(9, 27, 10, 0)


@pytest.fixture
def here() -> Booked:
    return in_service()


@pytest.mark.req("LS-预约-1a")
def test_days_off_are_offered_and_a_made_up_saturday_is_not(here: Booked) -> None:
    wanted = Wanted(here.hall, here.floor.general, 20, frozenset({Service.DAY_OFF}))
    days = {one.on for one in days_open(wanted, at=THURSDAY)}
    assert {HOLIDAY, SATURDAY} <= days
    assert MADE_UP not in days
    assert MONDAY not in days


@pytest.mark.req("JN-16c")
def test_a_public_holiday_can_be_booked_and_the_roster_of_that_day_shows_it(here: Booked) -> None:
    here.cast.county.pack = "jining"
    here.cast.county.save()
    booking = here.confirmed(on=HOLIDAY)
    assert booking.stage == "confirmed"
    duty = Duty.objects.get(on=HOLIDAY)
    assert (duty.officer, duty.kind, duty.role) == (here.liwei, "holiday", "window")
    with on(THURSDAY):
        shown = at_desk(here.liwei).get("/bookings/sessions/").content.decode()
    row = shown.split("<tbody>")[1].split("</tr>")[0]
    assert "9 月 25 日" in row
    assert "李伟" in row


def test_what_was_asked_online_waits_for_the_window(here: Booked) -> None:
    booking = here.ask()
    assert (booking.service, booking.stage) == ("day_off", "asked")
    assert booking.answer_due == at(9, 24, 10, 30)


@pytest.mark.req("LS-错时-2")
def test_a_desk_booking_outside_office_hours_is_refused_and_an_online_one_waits_for_the_next_workday(
    here: Booked,
) -> None:
    noon = {"on": MONDAY, "begins": time(12)}
    with pytest.raises(NotAllowed, match="正常上班时间"):
        here.ask(NIGHT, by=here.liwei, **noon)
    with pytest.raises(NotAllowed, match="正常上班时间"):
        here.ask(NIGHT, by=here.liwei, channel=Channel.PHONE, **noon)
    booking = here.ask(NIGHT, **noon)
    # 25 to 27 September are the holiday; Monday at nine the office opens.
    assert (booking.stage, booking.answer_due) == ("asked", at(9, 28, 9, 30))
    assert here.ask(by=here.liwei, on=MONDAY, begins=time(12, 30)).service == "odd_hours"


@pytest.mark.req("LS-预约-3.1")
def test_an_on_site_booking_is_a_numbered_record_and_not_made_on_a_day_off(here: Booked) -> None:
    booking = here.ask(by=here.liwei)
    assert booking.number == "YY20260924-0001"
    assert (booking.recorder, booking.recorded_at) == (here.liwei, here.floor.windows["3"])
    with pytest.raises(NotAllowed, match="法定工作日"):
        here.ask(SUNDAY, by=here.liwei, begins=time(10))


@pytest.mark.req("LS-错时-1b")
def test_a_noon_slot_is_odd_hours_and_one_in_office_hours_is_not(here: Booked) -> None:
    assert here.ask(on=MONDAY, begins=time(12)).service == "odd_hours"
    assert here.ask(on=MONDAY, begins=time(11)).service == "ordinary"


@pytest.mark.req("LS-错时-1a")
@pytest.mark.parametrize("channel", list(Channel))
def test_each_channel_ends_in_the_same_register(here: Booked, channel: Channel) -> None:
    by = None if channel is Channel.WEB else here.liwei
    booking = here.ask(by=by, channel=channel, on=MONDAY, begins=time(12))
    assert (booking.service, booking.channel) == ("odd_hours", channel.value)


@pytest.mark.req("LS-错时-4")
def test_an_on_site_entry_names_window_and_member_and_nobody_else_makes_it(here: Booked) -> None:
    booking = here.ask(by=here.liwei, on=MONDAY, begins=time(12))
    assert (booking.recorded_at, booking.recorder) == (here.floor.windows["3"], here.liwei)
    with pytest.raises(NotGranted):
        here.ask(by=here.cast.zhaoqiang, on=MONDAY, begins=time(12, 30))
    Serves.objects.filter(window=here.floor.windows["3"], line=here.floor.general).delete()
    with pytest.raises(NotAllowed, match="带到办“综合受理”的窗口"):
        here.ask(by=here.liwei, on=MONDAY, begins=time(12, 30))
    assert here.ask(by=here.liwei, channel=Channel.PHONE, on=MONDAY, begins=time(12, 30)).stage == "asked"


def test_only_a_member_of_the_window_agrees(here: Booked) -> None:
    booking = here.ask()
    with pytest.raises(NotGranted):
        confirm(booking, by=here.cast.zhaoqiang, at=THURSDAY, seat=here.seat())
    assert confirm(booking, by=here.liwei, at=THURSDAY, seat=here.seat()).stage == "confirmed"


@pytest.mark.req("LS-预约-4.1b")
def test_agreeing_tells_what_to_bring_and_names_who_was_asked_first(here: Booked) -> None:
    booking = here.confirmed()
    assert booking.first_asked == here.liwei
    assert booking.told_at == THURSDAY
    assert booking.told[0]["papers"] == [m.name for m in here.cast.materials]
    assert booking.window == here.floor.windows["3"]


def test_nobody_agrees_without_somebody_who_serves(here: Booked) -> None:
    booking = here.ask()
    with pytest.raises(NotAllowed, match="安排工作人员"):
        confirm(booking, by=here.liwei, at=THURSDAY, seat=Seat(window=here.floor.windows["3"], officer=None))
    with pytest.raises(NotAllowed, match="哪个窗口"):
        confirm(booking, by=here.liwei, at=THURSDAY, seat=Seat(window=None, officer=here.liwei))


def test_who_is_on_leave_on_that_day_is_not_put_on_duty(here: Booked) -> None:
    Absence.objects.create(
        county=COUNTY,
        officer=here.liwei,
        kind="leave",
        since=SATURDAY,
        until=SATURDAY,
        entered_by="x",
        entered_at=THURSDAY,
    )
    with pytest.raises(NotAllowed, match="休假"):
        here.confirmed()


def test_three_bookings_of_a_day_stand_in_one_session_of_the_window(here: Booked) -> None:
    for hour in (time(11), time(9), time(10)):
        here.confirmed(begins=hour)
    session = Session.objects.get(window=here.floor.windows["3"], on=SATURDAY)
    assert [b.begins.hour for b in session.bookings.order_by("begins")] == [9, 10, 11]
    assert Duty.objects.filter(on=SATURDAY).count() == 1


def test_another_time_is_agreed_when_the_applicant_says_so(here: Booked) -> None:
    booking = propose(
        here.ask(), by=here.liwei, at=THURSDAY, seat=here.seat(), on=SATURDAY, begins=time(10, 30)
    )
    assert (booking.stage, booking.begins) == ("proposed", time(10, 30))
    agreed = agree(booking, by=here.cast.wangfang, at=THURSDAY)
    assert agreed.stage == "confirmed"
    assert agreed.told


def test_a_booking_that_he_changes_is_answered_anew(here: Booked) -> None:
    changed = change(here.confirmed(), by=here.cast.wangfang, at=THURSDAY, on=SATURDAY, begins=time(10))
    assert (changed.stage, changed.window, changed.officer) == ("asked", None, None)
    with pytest.raises(NotAllowed, match="同一种时间"):
        change(changed, by=here.cast.wangfang, at=THURSDAY, on=MONDAY, begins=time(10))


@pytest.mark.parametrize(("ground", "reason", "why"), [("", "今天确实办不了", "选择"), ("full", " ", "写明")])
def test_a_refusal_without_ground_or_words_is_none(here: Booked, ground: str, reason: str, why: str) -> None:
    with pytest.raises(NotAllowed, match=why):
        refuse(here.ask(), by=here.liwei, at=THURSDAY, ground=ground, reason=reason)


def test_a_refusal_keeps_ground_words_and_who_explained_it(here: Booked) -> None:
    booking = refuse(
        here.ask(), by=here.liwei, at=THURSDAY, ground="system_down", reason="税务系统那天整天停机"
    )
    assert (booking.stage, booking.ground, booking.first_asked) == ("refused", "system_down", here.liwei)
    assert not booking.flagged


@pytest.mark.parametrize("words", ["非工作日没有人", "周末我们不上班", "节假日不办理"])
def test_a_refusal_because_it_is_a_day_off_is_flagged(here: Booked, words: str) -> None:
    booking = refuse(here.ask(), by=here.liwei, at=THURSDAY, ground="other", reason=words)
    assert booking.flagged
    assert booking.subject.entries.get(fact="BookingRefused").body["flagged"] is True


def test_the_words_of_a_refusal_are_not_in_the_journal(here: Booked) -> None:
    booking = refuse(here.ask(), by=here.liwei, at=THURSDAY, ground="other", reason="王芳要先去税务局")
    assert all("王芳" not in str(entry.body) for entry in booking.subject.entries.all())


@pytest.mark.req("LS-预约-2")
def test_any_item_settled_in_the_hall_can_be_booked(here: Booked) -> None:
    version = here.cast.version
    for place, kind in enumerate(("行政许可", "行政确认", "公共服务", "其他行政权力")):
        type(version.item).objects.filter(pk=version.item_id).update(kind=kind)
        item = type(version.item).objects.get(pk=version.item_id)
        party = somebody(f"测试{kind}", f"9915231990010100{place:02}")
        begins = time(9 + place // 2, 30 * (place % 2))
        assert here.ask(items=[item], party=party, begins=begins).stage == "asked"


def test_a_wish_in_a_year_without_its_notice_is_provisional(here: Booked) -> None:
    booking = here.ask(at(12, 28, 10, 0), on=at(1, 2, year=2027).date())
    assert booking.provisional
