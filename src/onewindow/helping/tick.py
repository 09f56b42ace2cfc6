"""到时: what the guides wrote down on a day that is over and that nobody sent goes to its section by itself."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from onewindow.hall.models import Escort, Ticket
from onewindow.helping.acts.guiding import leave
from onewindow.helping.acts.remarks import sum_up
from onewindow.helping.acts.rescheduling import displace_aid, restore_aid
from onewindow.helping.models import Remark, Summary
from onewindow.helping.reads.aids import changed
from onewindow.places.models import Hall
from onewindow.rules.grants import SYSTEM
from onewindow.rules.tickets import OVER

AT_ONCE = 50


def tick(at: datetime) -> None:
    """The summaries of days that are over; whoever was accompanied yesterday has left; whose hour a stop has reached."""
    sent = Summary.objects.filter(hall=OuterRef("hall"), day=OuterRef("day"))
    waiting = Remark.objects.filter(~Exists(sent), day__lt=at.date())
    days = waiting.order_by("day").values_list("hall", "day").distinct()[:AT_ONCE]
    for hall, day in days:
        sum_up(Hall.objects.get(pk=hall), by=SYSTEM, at=at, day=day)
    gone = ~Exists(Ticket.objects.filter(visit=OuterRef("visit")).exclude(stage__in=OVER))
    late = Escort.objects.filter(
        gone, ended_at__isnull=True, ticket__day__lt=at.date(), hall__box=settings.BOX
    )
    for one in late.order_by("pk")[:AT_ONCE]:
        leave(one, by=SYSTEM, at=at)
    if not settings.BOX:
        _stopped(at)


def _stopped(at: datetime) -> None:
    """A stop that lasts longer than was said; and one of a hall's own machine, of which no fact is written here."""
    halls = Hall.objects.filter(Q(stopped_at__isnull=False) | ~Q(box=""))
    for county in list(halls.values_list("county", flat=True).distinct()):
        for one, gone in changed(county, at):
            if gone:
                displace_aid(one, by=SYSTEM, at=at)
            elif one.hall.box:
                restore_aid(one, by=SYSTEM, at=at)
