"""A hall with hours, in which 李伟 answers at window 3, 孙丽 arranges the duty and 周洁 keeps the forms."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

from onewindow.hall.acts.answering import Seat, confirm
from onewindow.hall.acts.asking import Wish, ask
from onewindow.hall.models import Booking
from onewindow.people.models import Officer, Party, Post
from onewindow.places.models import Hall, Opening
from onewindow.rules.bookings import Channel
from onewindow.rules.grants import Grant
from tests.cast import COUNTY, Cast, at, officer
from tests.hall.stage import Floor, open_floor, post

THURSDAY = at(9, 24, 10, 0)  # 24 September 2026, a working day before the Mid-Autumn holiday
MONDAY = date(2026, 9, 28)
SATURDAY = date(2026, 10, 17)  # an ordinary weekend
MADE_UP = date(2026, 10, 10)  # a Saturday on which is worked
HOLIDAY = date(2026, 9, 25)
ANSWERS = [Grant.BOOKING_ASK, Grant.BOOKING_ANSWER, Grant.HALL_TAKE, Grant.HALL_CALL, Grant.PEOPLE_FILE]
HOURS = (
    ("regular", time(9), time(12)),
    ("regular", time(13, 30), time(17)),
    ("noon", time(12), time(13, 30)),
    ("weekend", time(9), time(12)),
    ("holiday", time(9), time(12)),
)


@dataclass
class Booked:
    """The hall with its hours and people, and how somebody books there."""

    floor: Floor
    cast: Cast
    hall: Hall
    liwei: Officer
    sunli: Officer
    zhoujie: Officer

    def wish(self, **told: Any) -> Wish:
        said = {
            "hall": self.hall,
            "items": [self.cast.version.item],
            "party": self.cast.wangfang,
            "on": SATURDAY,
            "begins": time(9),
            "channel": Channel.WEB,
            "phone": "10095715339",
            **told,
        }
        return Wish(**said)

    def ask(self, when: datetime = THURSDAY, *, by: Any = None, **told: Any) -> Booking:
        """王芳 asks online; with `by` a clerk writes it down."""
        if by is not None:
            told = {"channel": Channel.COUNTER, **told}
        wish = self.wish(**told)
        return ask(wish, by=by or wish.party, at=when, once=uuid4())

    def seat(self, officer: Officer | None = None) -> Seat:
        return Seat(window=self.floor.windows["3"], officer=officer or self.liwei)

    def confirmed(self, when: datetime = THURSDAY, **told: Any) -> Booking:
        return confirm(self.ask(when, **told), by=self.liwei, at=when, seat=self.seat())


def in_service(pack: str = "luoshan") -> Booked:
    floor = open_floor()
    cast = floor.cast
    if pack != "luoshan":
        cast.county.pack = pack
        cast.county.save()
    for kind, begins, ends in HOURS:
        Opening.objects.create(
            hall=floor.hall,
            kind=kind,
            begins=begins,
            ends=ends,
            since=date(2026, 1, 1),
            weekdays=[1, 2, 3, 4, 5, 6, 7],
        )
    duty = _county_post("值班安排岗", [Grant.DUTY_ARRANGE, Grant.BOOKING_LIFT])
    forms = _county_post("登记备案岗", [Grant.BOOKING_FILE])
    window = floor.windows["3"]
    return Booked(
        floor=floor,
        cast=cast,
        hall=floor.hall,
        liwei=officer(COUNTY, "李伟", "C203", post("预约窗口", floor.hall, ANSWERS, window)),
        sunli=officer(COUNTY, "孙丽", "B001", duty),
        zhoujie=officer(COUNTY, "周洁", "B002", forms),
    )


def somebody(name: str, number: str) -> Party:
    """One more applicant, with a paper of nobody."""
    return Party.objects.create(
        kind="person",
        name=name,
        paper_kind="resident",
        paper_number=number,
        paper_hash=number.encode().ljust(32, b"0"),
        phone="10095715340",
    )


def _county_post(name: str, grants: list[Grant]) -> Post:
    return Post.objects.create(county=COUNTY, name=name, scope="county", grants=[str(g) for g in grants])
