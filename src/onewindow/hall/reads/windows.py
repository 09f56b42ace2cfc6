"""叫号栏: what does the clerk at one window see of those who wait for him?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from onewindow.ground.gathered import beside
from onewindow.ground.prepared import Question, slot_number
from onewindow.hall.hours import THERE
from onewindow.hall.models import Extension, ExtensionAsk, Ticket
from onewindow.people.models import Officer
from onewindow.places.models import Line, Opening, Window
from onewindow.rules.extending import Stage
from onewindow.rules.grants import Grant
from onewindow.rules.tickets import AT_WINDOW, MISSED, PARKED, WAITING


@dataclass(frozen=True)
class AtWindow:
    """The number that is there, those that wait for its lines, those that it parked, and those that were missed."""

    window: Window
    lines: list[Line]
    current: Ticket | None
    waiting: list[Ticket]
    parked: list[Ticket]
    missed: list[Ticket]

    @property
    def uncovered(self) -> list[Ticket]:
        """Who is here or waits, and whom nobody has undertaken to serve beyond closing time."""
        here = [self.current] if self.current is not None else []
        return [one for one in (*here, *self.parked, *self.waiting) if not one.covered]


def at_window(window: Window, day: date) -> AtWindow:
    """Two statements; of those transferred to another window none."""
    lines = list(_lines(window, day))
    stages = [WAITING, MISSED, PARKED, *AT_WINDOW]
    rows = Ticket.objects.filter(hall=window.hall_id, day=day, stage__in=stages)
    served, found = (
        {line.pk for line in lines},
        list(rows.select_related("line", "visit").order_by("rank", "pk")),
    )
    mine = [one for one in found if one.window_id == window.pk]
    return AtWindow(
        window=window,
        lines=lines,
        current=next((one for one in mine if one.stage in AT_WINDOW), None),
        waiting=[
            one
            for one in found
            if one.stage == WAITING and one.line_id in served and one.only_id in (None, window.pk)
        ],
        parked=[one for one in mine if one.stage == PARKED],
        missed=[one for one in found if one.stage == MISSED and one.line_id in served],
    )


def _lines(window: Window, day: date) -> QuerySet[Line]:
    """Its lines, with the hours of the hall and whether anything of 延时服务 is to be read."""
    open_ones = Extension.objects.filter(window=window, stage__in=[Stage.OPEN, Stage.ENDED])
    asked = ExtensionAsk.objects.filter(hall=window.hall_id, answered_at__isnull=True, ticket__day=day)
    told = {THERE: beside(Opening, hall=OuterRef("hall")), "late": Exists(open_ones), "asked": Exists(asked)}
    return Line.objects.filter(services__window=window).annotate(**told).order_by("order", "letter")


def _current(window: int) -> QuerySet[Ticket]:
    beside = ("visit__party", "line", "hall")
    return Ticket.objects.filter(window=window, stage__in=list(AT_WINDOW)).select_related(*beside)


def _in_hall(pk: int, hall: int) -> QuerySet[Ticket]:
    return Ticket.objects.filter(pk=pk, hall=hall)


_CURRENT = Question(_current, slot_number())
_IN_HALL = Question(_in_hall, slot_number(), slot_number())


def in_hall(pk: int, hall: int) -> Ticket | None:
    """A number of this hall."""
    return _IN_HALL.one(pk, hall)


def current_at(window: Window) -> Ticket | None:
    """Who is called to a window or served there."""
    return _CURRENT.one(window.pk)


def window_of(officer: Officer) -> Window | None:
    """The window at which the officer sits, when he may call numbers there; a tidal one while it is open."""
    there = [post for post in officer.posts if post.window is not None]
    tidal = (post for post in there if post.window and post.window.tidal and post.window.is_open)
    post = next(tidal, next(iter(there), None))
    if post is None or post.window is None:
        return None
    if post.hall is not None:
        post.window.hall = post.hall  # read with the posts
    return post.window if officer.may(Grant.HALL_CALL, post.window) else None
