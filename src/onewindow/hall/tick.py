"""到时: what happens in the halls by itself when a day is over?"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db.models import Q

from onewindow.hall.acts.closing import LATE, close, settle
from onewindow.hall.models import Extension, Ticket, Visit
from onewindow.rules.extending import Stage
from onewindow.rules.grants import SYSTEM
from onewindow.rules.tickets import OVER

AT_ONCE = 500  # in one tick; the next minute goes on


def tick(at: datetime) -> None:
    """Close the numbers of days that are over, and forget what was shown at the machine."""
    left = Ticket.objects.filter(
        visit__ended_at__isnull=True, visit__day__lt=at.date(), hall__box=settings.BOX
    )
    left = left.exclude(stage__in=OVER)
    left = left.exclude(covered=True, day__gte=(at - LATE).date())  # somebody is still with them
    for ticket in left.order_by("pk")[:AT_ONCE]:
        close(ticket, by=SYSTEM, at=at)
    forgotten = Extension.objects.filter(stage=Stage.OPEN.value, day__lt=at.date(), hall__box=settings.BOX)
    forgotten = forgotten.filter(Q(ticket__isnull=True) | Q(ticket__stage__in=OVER))
    for extension in forgotten.order_by("pk")[:AT_ONCE]:
        settle(extension, by=SYSTEM, at=at)
    open_ones = Q(tickets__in=Ticket.objects.exclude(stage__in=OVER))
    over = Visit.objects.filter(ended_at__isnull=True, day__lt=at.date()).exclude(open_ones)
    Visit.objects.filter(pk__in=list(over.values_list("pk", flat=True)[:AT_ONCE])).update(
        ended_at=at, shown={}
    )
