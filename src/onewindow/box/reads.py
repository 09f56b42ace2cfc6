"""抄录多旧: how old is what this installation knows of a hall whose own machine runs its queue?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from onewindow.box.models import Box, Wish
from onewindow.hall.models import Ticket
from onewindow.hall.write import owned
from onewindow.places.models import Hall
from onewindow.places.reads import here, pack_here

OFFLINE = "大厅暂时离线，到场取号。"


@dataclass(frozen=True)
class Copy:
    """The machine, and since when its copy has not been made whole again; `stale` when it is shown to nobody."""

    box: Box
    age: timedelta | None
    stale: bool

    @property
    def words(self) -> str:
        """How old it is, in words."""
        if self.age is None:
            return "还没有收到过"
        seconds = int(self.age.total_seconds())
        if seconds < 60:
            return f"{max(seconds, 0)} 秒前"
        if seconds < 3600:
            return f"{seconds // 60} 分钟前"
        return f"{seconds // 3600} 小时前" if seconds < 86400 else f"{seconds // 86400} 天前"


def copy_of(hall: Hall, at: datetime) -> Copy | None:
    """Nothing of a hall whose queue is run here."""
    if owned(hall):
        return None
    box = Box.objects.filter(hall=hall, key=hall.box).first()
    return copy(box, at) if box is not None else None


def copy(box: Box, at: datetime) -> Copy:
    """How old the copy of this machine is."""
    age = at - box.whole_at if box.whole_at is not None else None
    most = timedelta(seconds=pack_here(here()).setting("box.stale_seconds").number)
    return Copy(box, age, age is None or age > most)


def heard_until(hall: Hall) -> datetime | None:
    """Until when all that happened in a hall with a machine of its own is known here."""
    if owned(hall):
        return None
    return Box.objects.filter(hall=hall, key=hall.box).values_list("whole_at", flat=True).first()


def running() -> list[Box]:
    """The machines that own the queue of a hall and were heard already."""
    rows = Box.objects.filter(retired_at__isnull=True, took_over_at__isnull=False, whole_at__isnull=False)
    return list(rows.order_by("pk"))


def boxes(county: str) -> list[Box]:
    """The machines in use, hall by hall."""
    rows = Box.objects.filter(county=county, retired_at__isnull=True).select_related("hall")
    return list(rows.order_by("hall_id"))


def by_wish(code: str) -> Wish | None:
    """The wish whose page this code opens."""
    return Wish.objects.filter(code=code).select_related("hall", "line").first() if code else None


def given(hall: Hall, day: date) -> dict[str, int]:
    """The last number of each letter that was given on a day, wherever: who gives the next goes on behind it."""
    last: dict[str, int] = {}
    for number in Ticket.objects.filter(hall=hall, day=day).values_list("number", flat=True):
        last[number[0]] = max(last.get(number[0], 0), int(number[1:]))
    return last
