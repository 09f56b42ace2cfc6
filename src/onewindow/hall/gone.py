"""约的时间还在吗: whose booked time is there no more, and why; whose is there again?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db.models import Q

from onewindow.ground.clock import SHANGHAI
from onewindow.ground.paging import page
from onewindow.hall.booked import AT_ONCE, PAGE
from onewindow.hall.models import Booking
from onewindow.hall.offered import sessions_between
from onewindow.hall.stopped import in_stop
from onewindow.places.models import Hall
from onewindow.rules.bookings import Cause, Stage
from onewindow.rules.opening import Session

STILL = (Stage.ASKED.value, Stage.PROPOSED.value, Stage.CONFIRMED.value)


def waiting(county: str, halls: Iterable[Hall], after: str = "") -> tuple[list[Booking], str]:
    """Those of these halls whose time is gone and who have no other one yet, the next first; one page."""
    rows = Booking.objects.filter(county=county, gone_at__isnull=False, stage__in=STILL, hall__in=halls)
    beside = rows.select_related("hall", "line", "party", "window").prefetch_related("items")
    return page(beside, after, by=("on", "begins"), size=PAGE)


def changed(county: str, at: datetime, cause: Cause) -> Iterator[tuple[Booking, Cause | None]]:
    """Whose time is gone now and was there (with the cause), and whose is there again (None).

    `cause`: what has just been changed; a stop and a withdrawn sitting speak for themselves.
    """
    today = at.astimezone(SHANGHAI).date()
    rows = Booking.objects.filter(county=county, stage__in=STILL, on__gte=today)
    found = list(rows.select_related("hall", "session", "line", "party").order_by("pk"))
    sessions = _sessions(found)
    for one in found:
        if one.until <= at:
            continue
        why = _why(one, sessions[one.hall_id].get(one.on, ()), cause, at)
        if why is not None and one.gone_at is None:
            yield one, why
        elif why is None and one.gone_at is not None and one.agreed_at > at:
            yield one, None


def _sessions(found: list[Booking]) -> dict[int, dict[date, tuple[Session, ...]]]:
    halls: dict[int, Hall] = {one.hall_id: one.hall for one in found}
    days = {pk: [one.on for one in found if one.hall_id == pk] for pk in halls}
    return {pk: sessions_between(hall, min(days[pk]), max(days[pk])) for pk, hall in halls.items()}


def _why(one: Booking, sessions: tuple[Session, ...], cause: Cause, at: datetime) -> Cause | None:
    if one.session is not None and one.session.withdrawn_at is not None:
        return Cause.SITTING
    still = one.hall.stopped_at is not None and one.agreed_at <= at  # longer than was said
    if still or in_stop(one.hall, one.on, one.begins):
        return Cause.STOP
    stretch = next((s for s in sessions if s.holds(one.begins, one.ends)), None)
    if stretch is None or (one.session is not None and stretch.kind.value != one.session.kind):
        return cause if cause in (Cause.HOURS, Cause.CALENDAR) else Cause.HOURS
    return None


def to_tell(at: datetime) -> list[Booking]:
    """Those that nobody answered in the time in which an answer is owed, and that was not told yet."""
    rows = Booking.objects.filter(
        Q(answer_due__lt=at), stage=Stage.ASKED.value, overdue_at__isnull=True, gone_at__isnull=True
    )
    return list(rows.order_by("answer_due", "pk")[:AT_ONCE])


def booked_until(hall: Hall, at: datetime, until: datetime) -> int:
    """How many are booked in a hall from now until then: whom a stop concerns."""
    rows = Booking.objects.filter(hall=hall, stage__in=STILL, on__gte=at.date(), on__lte=until.date())
    return sum(1 for one in rows if one.until > at and one.agreed_at < until)
