"""A hall that closes at noon and at five: 李伟 at window 3, 何敏 at window 4, 方洁 keeps the forms, 孙丽 watches."""

from dataclasses import dataclass
from datetime import date, datetime, time

from onewindow.hall.acts import calling, extending
from onewindow.hall.acts.extending import Visitor
from onewindow.hall.models import Extension, Ticket
from onewindow.people.models import Officer, Post
from onewindow.places.models import Opening
from onewindow.rules.grants import Grant
from tests.cast import COUNTER, COUNTY, at, officer
from tests.hall.stage import Floor, open_floor, post

FIVE = at(9, 24, 17, 0)  # closing time of a working Thursday
SOON = at(9, 24, 16, 45)
LATE = at(9, 24, 17, 40)
CLERK = [*COUNTER, Grant.HALL_TAKE, Grant.HALL_CALL, Grant.EXTENSION_ASK]
SECTION = [Grant.EXTENSION_FILE, Grant.EXTENSION_CALL_BACK, Grant.BOOKING_FILE]


@dataclass
class Evening:
    """The floor near closing time."""

    floor: Floor
    liwei: Officer
    hemin: Officer
    fangjie: Officer
    sunli: Officer

    def called(self, when: datetime = SOON, by: Officer | None = None, window: str = "3") -> Ticket:
        found = calling.call_next(self.floor.windows[window], by=by or self.liwei, at=when)
        assert found is not None
        return found

    def served(self, ticket: Ticket, until: datetime, by: Officer | None = None) -> Ticket:
        who = by or self.liwei
        calling.begin(ticket, by=who, at=SOON)
        return calling.finish(ticket, by=who, at=until)


def evening() -> Evening:
    floor = open_floor()
    for begins, ends in ((time(9), time(12)), (time(14), time(17))):
        Opening.objects.create(
            hall=floor.hall, kind="regular", begins=begins, ends=ends, since=date(2026, 1, 1), weekdays=[]
        )
    words = [str(grant) for grant in CLERK]
    liwei = floor.cast.liwei
    Post.objects.filter(pk=liwei.posts[0].pk).update(window=floor.windows["3"], grants=words)
    liwei = Officer.objects.get(pk=liwei.pk)
    section = Post.objects.create(
        county=COUNTY, name="登记备案岗", scope="county", grants=[str(g) for g in SECTION]
    )
    watch = Post.objects.create(county=COUNTY, name="督查岗", scope="county", grants=[str(Grant.SUPERVISE)])
    floor.cast.liwei = liwei
    return Evening(
        floor=floor,
        liwei=liwei,
        hemin=officer(COUNTY, "何敏", "C104", post("4 号窗口", floor.hall, CLERK, floor.windows["4"])),
        fangjie=officer(COUNTY, "方洁", "B010", section),
        sunli=officer(COUNTY, "孙丽", "B011", watch),
    )


def signed(here: Evening, extension: Extension, when: datetime = LATE) -> Extension:
    """Both have signed, and it is through."""
    extending.sign_as_handler(extension, by=extension.officer, at=when)
    extending.sign_for_applicant(extension, by=here.liwei, at=when, signature=None, on_paper=True)
    return extending.serve(
        extension, by=here.liwei, at=when, outcome="当场办结", visitor=Visitor(name="王芳")
    )
