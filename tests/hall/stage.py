"""A hall with two lines and three windows: 李伟 calls at window 3, 周洁 guides at the door, 孙丽 manages the hall."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from onewindow.hall.acts.tickets import take
from onewindow.hall.models import Ticket
from onewindow.people.models import Officer, Post
from onewindow.places.models import Hall, Line, Service, Window
from onewindow.rules.grants import Grant
from tests.cast import COUNTY, Cast, assemble, at, officer

NINE = at(9, 24, 9, 0)
CALLS = [Grant.HALL_TAKE, Grant.HALL_CALL]
MANAGES = [*CALLS, Grant.HALL_MANAGE]


@dataclass
class Floor:
    """The people and the places of the hall."""

    cast: Cast
    hall: Hall
    general: Line
    realty: Line
    windows: dict[str, Window]
    liwei: Officer
    zhoujie: Officer
    sunli: Officer

    def take(self, line: Line | None = None, when: datetime = NINE, **told: Any) -> Ticket:
        """Somebody takes a number at the guide's desk."""
        said = {"by": self.zhoujie, "at": when, "once": uuid4(), "channel": Ticket.Channel.GUIDE, **told}
        return take(self.hall, line or self.general, **said)


def post(name: str, hall: Hall, grants: list[Grant], window: Window | None = None) -> Post:
    words = [str(grant) for grant in grants]
    return Post.objects.create(county=COUNTY, name=name, scope="hall", hall=hall, window=window, grants=words)


def open_floor(**told: Any) -> Floor:
    cast = assemble(**told)
    hall = cast.window.hall
    general = Line.objects.create(hall=hall, letter="A", name="综合受理", minutes=10)
    realty = Line.objects.create(hall=hall, letter="B", name="不动产登记", minutes=20, order=1)
    windows = {"3": cast.window}
    for number in ("4", "5"):
        windows[number] = Window.objects.create(
            hall=hall, number=number, name="综合受理", kinds=["comprehensive"]
        )
    for number, line, first in (
        ("3", general, False),
        ("4", general, False),
        ("4", realty, False),
        ("5", general, False),
        ("5", realty, True),
    ):
        Service.objects.create(window=windows[number], line=line, first=first)
    return Floor(
        cast=cast,
        hall=hall,
        general=general,
        realty=realty,
        windows=windows,
        liwei=officer(COUNTY, "李伟", "C103", post("叫号窗口", hall, CALLS, cast.window)),
        zhoujie=officer(COUNTY, "周洁", "H001", post("导办员", hall, [Grant.HALL_TAKE])),
        sunli=officer(COUNTY, "孙丽", "H009", post("大厅主任", hall, MANAGES)),
    )
