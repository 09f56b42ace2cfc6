"""What the tests of clearing share: rows of every kind that are over, and the moments at which they are due."""

from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

from onewindow.feedback.acts.complaints import Found, Told, complain, settle
from onewindow.feedback.models import Complaint
from onewindow.hall.acts.asking import cancel
from onewindow.hall.models import Booking
from onewindow.helping.acts.aids import AidWish, Offer, ask_aid, offer_aid, withdraw_aid
from onewindow.helping.acts.remarks import decide_remark, enter_remark
from onewindow.helping.models import AidRequest, Remark
from onewindow.people.models import Officer
from onewindow.rules.bookings import Channel
from onewindow.rules.complaints import Channel as Way
from onewindow.rules.grants import Grant
from tests.cast import COUNTY, at, officer
from tests.hall.booked import MONDAY, THURSDAY, Booked, _county_post
from tests.web.test_complaints import SAID, section

YEAR = at(
    9, 28, 4, 0, 2027
)  # the last day on which what ended on 28 September 2026 is kept for twelve months
DUE = at(9, 29, 4, 0, 2027)
LATE = at(12, 1, 4, 0, 2029)  # whatever ended in 2026 is over its term, be it of three years
PHONE = "10095715339"


def booked(here: Booked, **told: Any) -> Booking:
    """An ordinary slot that was called off: nothing of it runs any more."""
    said = {"on": MONDAY, "begins": time(9), "note": "腿脚不便，请安排一楼", **told}
    return cancel(here.ask(**said), by=said.get("party", here.cast.wangfang), at=THURSDAY)


def serviced(here: Booked) -> AidRequest:
    """A home visit that was withdrawn."""
    aid = offer_aid(here.hall, by=here.floor.sunli, at=THURSDAY, offer=Offer(way="home", name="上门服务"))
    wish = AidWish(
        aid=aid,
        party=here.cast.wangfang,
        on=MONDAY,
        begins=time(10),
        channel=Channel.WEB,
        phone=PHONE,
        address="测试路 1 号 2 单元",
    )
    made = ask_aid(wish, by=here.cast.wangfang, at=THURSDAY, once=uuid4())
    return withdraw_aid(made, by=here.cast.wangfang, at=THURSDAY)


def remarked(here: Booked, when: datetime = THURSDAY) -> Remark:
    """Something that was said in the hall and answered."""
    made = enter_remark(
        here.hall,
        by=here.liwei,
        at=when,
        kind="suggestion",
        text="王芳说二楼饮水机没有水",
        source=Remark.Source.VISITOR,
        party=here.cast.wangfang,
        phone=PHONE,
    )
    return decide_remark(made, by=answers(), at=when, adopted=False, answer="当天已经换水。")


def complained(here: Booked, booking: Booking) -> Complaint:
    told = Told(kind="manner", what=SAID, channel=Way.WEB, happened_on=date(2026, 9, 24), phone=PHONE)
    return complain(booking, by=here.cast.wangfang, at=THURSDAY, once=uuid4(), told=told)


def settled(row: Complaint, when: datetime = THURSDAY, *, verified: bool = False) -> Complaint:
    more: dict[str, Any] = {}
    if verified:
        more = {"window": row.window or row.hall.windows.order_by("pk").first()}
        more |= {"gravity": "light", "penalty": "points", "remark": "批评教育，扣分。"}
    found = Found(verified=verified, finding="查了当天的录像和录音。", answer="经核查，已经告知。", **more)
    return settle(row, by=watches(), at=when, found=found)


def watches() -> Officer:
    """督查股."""
    return Officer.objects.filter(name="孙丽", staff_no="D001").first() or section()


def answers() -> Officer:
    """Whoever answers what was said in the hall."""
    there = Officer.objects.filter(staff_no="D002").first()
    return there or officer(COUNTY, "安然", "D002", _county_post("环境岗", [Grant.HALL_IMPROVE]))
