"""大厅的一天: how are its numbers counted hour by hour, and when is the day reported?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import OuterRef, Subquery

from onewindow.ground.clock import SHANGHAI
from onewindow.ground.whole import one
from onewindow.hall.figures import figures
from onewindow.hall.models import Booking, HallDay, HourCount, Ticket
from onewindow.hall.reads.waits import minutes_of
from onewindow.places.models import Hall
from onewindow.places.reads import here, pack_here
from onewindow.places.write import journalise
from onewindow.rules.facts_relief import DayReported
from onewindow.rules.grants import Actor, Grant, needs
from onewindow.rules.hourly import Row, Seen, Where, count
from onewindow.rules.tickets import ABANDONED, DONE, OVER

EVERY = timedelta(minutes=5)
_COLUMNS = (
    "line_id",
    "window_id",
    "taken_at",
    "first_called_at",
    "begun_at",
    "ended_at",
    "stage",
    "told_minutes",
)
_COUNTED = (
    "taken",
    "served",
    "abandoned",
    "waits",
    "wait_seconds",
    "services",
    "service_seconds",
    "told",
    "within",
    "off",
    "over",
)


@needs(Grant.HALL_TICK)
@one
def count_day(hall: Hall, *, by: Actor, at: datetime, day: date) -> bool:
    """按小时统计: count the numbers of a day anew, a few minutes after the last time; a sealed day never again."""
    HallDay.objects.get_or_create(hall=hall, day=day, defaults={"county": hall.county})
    held = HallDay.objects.select_for_update(of=("self",)).select_related("hall").get(hall=hall, day=day)
    if held.sealed_at is not None or (held.counted_at and at - held.counted_at < EVERY):
        return False
    _recount(held, at)
    return True


def _recount(held: HallDay, at: datetime) -> None:
    hall, day = held.hall, held.day
    rows = count(_seen(hall, day))
    HourCount.objects.bulk_create(
        [_kept(hall, day, where, row) for where, row in sorted(rows.items())],
        update_conflicts=True,
        unique_fields=["hall", "day", "hour", "line", "window"],
        update_fields=list(_COUNTED),
    )
    _forget(hall, day, rows)
    held.counted_at = at
    held.minutes = {str(line): round(minutes, 2) for line, minutes in minutes_of(hall, day).items()}
    held.save(update_fields=["counted_at", "minutes"])


def _seen(hall: Hall, day: date) -> Iterator[Seen]:
    early = timedelta(minutes=pack_here(here()).setting("queue.early_minutes").number)
    booked = Booking.objects.filter(ticket=OuterRef("pk"), on=day).values("begins")[:1]
    rows = Ticket.objects.filter(hall=hall, day=day).values_list(*_COLUMNS, Subquery(booked))
    for line, window, taken, called, begun, ended, stage, told, hour in rows:
        yield Seen(
            line=line,
            window=window or 0,
            taken=taken.astimezone(SHANGHAI),
            called=called and called.astimezone(SHANGHAI),
            begun=begun and begun.astimezone(SHANGHAI),
            ended=ended and ended.astimezone(SHANGHAI),
            done=stage == DONE,
            abandoned=stage == ABANDONED,
            told=told,
            due=hour and datetime.combine(day, hour, tzinfo=SHANGHAI) - early,
        )


def _kept(hall: Hall, day: date, where: Where, row: Row) -> HourCount:
    hour, line, window = where
    return HourCount(
        hall=hall,
        day=day,
        hour=hour,
        line_id=line,
        window_id=window or None,
        taken=row.taken,
        served=row.served,
        abandoned=row.abandoned,
        waits=row.wait.kept(),
        wait_seconds=row.wait.seconds,
        services=row.service.kept(),
        service_seconds=row.service.seconds,
        told=row.error.told,
        within=row.error.within,
        off=row.error.off,
        over=row.error.over,
    )


def _forget(hall: Hall, day: date, rows: dict[Where, Row]) -> None:
    """A number that went to another line or window is counted there alone."""
    old = [
        pk
        for pk, hour, line, window in HourCount.objects.filter(hall=hall, day=day).values_list(
            "pk", "hour", "line_id", "window_id"
        )
        if (hour, line, window or 0) not in rows
    ]
    HourCount.objects.filter(pk__in=old).delete()


@needs(Grant.HALL_TICK)
@one
def report_day(hall: Hall, *, by: Actor, at: datetime, day: date) -> HallDay | None:
    """当日运行报告: once, when the last session is over; its figures stay as they were then."""
    held = _held(hall, day)
    if held is None or held.reported_at is not None:
        return None
    _recount(held, at)
    held.figures, held.reported_at = figures(hall, day), at
    held.save(update_fields=["figures", "reported_at"])
    journalise(hall.county, DayReported(on=at.date(), report=held.pk, hall=hall.pk), by=by, at=at)
    return held


@needs(Grant.HALL_TICK)
@one
def seal_day(hall: Hall, *, by: Actor, at: datetime, day: date) -> bool:
    """结算: when every number of a day that is past is closed, its counts change no more."""
    held = _held(hall, day)
    if held is None or held.sealed_at is not None or day >= at.date():
        return False
    if Ticket.objects.filter(hall=hall, day=day).exclude(stage__in=OVER).exists():
        return False
    _recount(held, at)
    held.sealed_at, held.figures = at, {**held.figures, "sealed": figures(hall, day)}
    held.save(update_fields=["sealed_at", "figures"])
    return True


def _held(hall: Hall, day: date) -> HallDay | None:
    rows = HallDay.objects.select_for_update(of=("self",)).select_related("hall")
    return rows.filter(hall=hall, day=day).first()
