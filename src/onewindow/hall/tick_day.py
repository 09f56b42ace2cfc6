"""大厅运行到点: is a queue too long now, does a tidal window open or close, is an hour counted or a day reported?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from onewindow.ground.clock import SHANGHAI
from onewindow.hall.acts.daily import EVERY, count_day, report_day, seal_day
from onewindow.hall.acts.relief import watch
from onewindow.hall.acts.tidal import end_of_day, turn
from onewindow.hall.models import HallDay, Overload, Ticket, TidalPlan, TidalRun
from onewindow.hall.offered import sessions_of
from onewindow.hall.opened import ends_at, over
from onewindow.places.models import Hall
from onewindow.rules.grants import SYSTEM
from onewindow.rules.tickets import AT_WINDOW, OVER, WAITING

AT_ONCE = 200  # days in one tick; each of them is then done, and the next minute goes on


def tick(at: datetime) -> None:
    """Safe to be called at any time and as often as one likes; a hall with a machine of its own does it there."""
    for hall in _busy(at):
        watch(hall, by=SYSTEM, at=at)
    for plan in _plans(at):
        turn(plan, by=SYSTEM, at=at)
    _end_runs(at)
    count(at, settings.BOX)


def _end_runs(at: datetime) -> None:
    """What is still open though its hall has closed."""
    rows = TidalRun.objects.filter(hall__box=settings.BOX, closed_at__isnull=True)
    for run in rows.select_related("window", "hall"):
        if run.opened_at.astimezone(SHANGHAI).date() < at.date() or over(
            sessions_of(run.hall, at.date()), at
        ):
            end_of_day(run, by=SYSTEM, at=at)


def count(at: datetime, key: str, heard: datetime | None = None) -> None:
    """The hours and the reports of the halls with this machine; what is known only until `heard` is reported later."""
    for hall in _counted(at, key):
        count_day(hall, by=SYSTEM, at=at, day=at.date())
        if _through(hall, at, heard or at):
            report_day(hall, by=SYSTEM, at=at, day=at.date())
    for day in _past(min(at, heard or at), key):
        report_day(day.hall, by=SYSTEM, at=at, day=day.day)
        seal_day(day.hall, by=SYSTEM, at=at, day=day.day)


def _busy(at: datetime) -> Iterable[Hall]:
    """Where somebody waits, or an alert is open."""
    waiting = Ticket.objects.filter(day=at.date(), stage=WAITING).values("hall")
    alerted = Overload.objects.filter(cleared_at__isnull=True).values("hall")
    return Hall.objects.filter(Q(pk__in=waiting) | Q(pk__in=alerted), box=settings.BOX).order_by("pk")


def _plans(at: datetime) -> QuerySet[TidalPlan]:
    """Those whose days these are, and those by which a window is still open."""
    days = Q(dropped_at__isnull=True, since__lte=at.date(), until__gte=at.date())
    running = Q(pk__in=TidalRun.objects.filter(closed_at__isnull=True).values("plan"))
    rows = TidalPlan.objects.filter(days | running, hall__box=settings.BOX).select_related("window", "hall")
    return rows.prefetch_related("staff").order_by("pk")


def _counted(at: datetime, key: str) -> QuerySet[Hall]:
    """Where numbers were taken today that were not counted lately."""
    today = Ticket.objects.filter(day=at.date()).values("hall")
    lately = HallDay.objects.filter(day=at.date(), counted_at__gt=at - EVERY).values("hall")
    return Hall.objects.filter(pk__in=today, box=key).exclude(pk__in=lately).order_by("pk")


def _through(hall: Hall, at: datetime, heard: datetime) -> bool:
    """Whether the day is over here: the last session has ended and nobody waits or is served any more."""
    sessions = sessions_of(hall, at.date())
    if not over(sessions, at) or heard < max(ends_at(one) for one in sessions):
        return False
    left = Ticket.objects.filter(hall=hall, day=at.date(), stage__in=[WAITING, *AT_WINDOW])
    return not left.exists()


def _past(until: datetime, key: str) -> list[HallDay]:
    """Days that were over by then and are neither reported nor sealed, but for those that wait for a number to be closed."""
    left = Ticket.objects.filter(hall=OuterRef("hall"), day=OuterRef("day")).exclude(stage__in=OVER)
    rows = HallDay.objects.filter(
        Q(reported_at__isnull=True) | ~Exists(left),
        sealed_at__isnull=True,
        day__lt=until.astimezone(SHANGHAI).date(),
        hall__box=key,
    )
    return list(rows.select_related("hall").order_by("day", "pk")[:AT_ONCE])
