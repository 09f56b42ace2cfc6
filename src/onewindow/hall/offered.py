"""能约什么时候: which halls, lines, days and times are open for a booking, and under which rules of the place?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from onewindow.catalogue.models import Item
from onewindow.ground.clock import SHANGHAI
from onewindow.hall.models import Booking
from onewindow.hall.stopped import in_stop
from onewindow.places.models import County, Hall, Line, Opening, Window
from onewindow.places.reads import here, pack_here, workdays
from onewindow.rules.bookings import HOLDING, Channel, Policy, Service, policy
from onewindow.rules.opening import Hours, Session, SessionKind, in_office_hours, sessions
from onewindow.rules.slots import Slot, free, places
from onewindow.rules.workdays import Calendar, UncoveredDay

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Terms:
    """Under which rules one books here: the text's, and the local settings beside them."""

    policy: Policy
    slot: int
    percent: int
    ahead: int
    most_open: int
    answer: int
    early: int
    late: int
    remind: int


def terms(on: date, county: County | None = None) -> Terms:
    """The rules of bookings as they are on a day."""
    pack = pack_here(county or here())
    return Terms(
        policy=policy(pack.at(on)),
        slot=pack.setting("booking.slot_minutes").number,
        percent=pack.setting("booking.percent").number,
        ahead=pack.setting("booking.ahead_days").number,
        most_open=pack.setting("booking.most_open").number,
        answer=pack.setting("booking.answer_minutes").number,
        early=pack.setting("booking.early_minutes").number,
        late=pack.setting("booking.late_minutes").number,
        remind=pack.setting("booking.remind_hours").number,
    )


def hours_of(hall: Hall, on: date) -> list[Hours]:
    """The opening hours of a hall as they are on a day."""
    return [one.hours for one in _openings([hall.pk], on, on)]


def sessions_of(hall: Hall, on: date) -> tuple[Session, ...]:
    """The sessions of a hall on a day; none in a year whose holidays are unknown."""
    return _sessions(workdays(), on, _openings([hall.pk], on, on))


def in_hours(hall: Hall, at: datetime) -> bool:
    """Whether it is 正常工作时间 in this hall."""
    local = at.astimezone(SHANGHAI)
    return in_office_hours(
        local.replace(tzinfo=None), workdays().day(local.date()), hours_of(hall, local.date())
    )


def channels_at_desk(hall: Hall, services: Iterable[Service], said: Policy, at: datetime) -> list[Channel]:
    """By which channels a clerk may write such a booking down at this moment, as the text has it."""
    wanted = frozenset(services)
    odd_closed = Service.ODD_HOURS in wanted and said.asked_in_hours and not in_hours(hall, at)
    works = workdays().day(at.date()).works
    closed = (
        {Channel.COUNTER} if Service.DAY_OFF in wanted and said.counter_on_workdays and not works else set()
    )
    if odd_closed and wanted <= {Service.ODD_HOURS}:
        closed = {Channel.COUNTER, Channel.PHONE}
    there = (Channel.COUNTER, Channel.PHONE)
    return [one for one in there if one not in closed and all(said.takes(service, one) for service in wanted)]


def sessions_between(hall: Hall, first: date, last: date) -> dict[date, tuple[Session, ...]]:
    """The sessions of a hall on each of these days; one statement."""
    openings, calendar, found, day = _openings([hall.pk], first, last), workdays(), {}, first
    while day <= last:
        found[day] = _sessions(calendar, day, _of_day(openings, day))
        day += ONE_DAY
    return found


def _of_day(openings: Iterable[Opening], day: date) -> list[Opening]:
    return [one for one in openings if one.since <= day and (one.until is None or day <= one.until)]


def session_at(hall: Hall, on: date, begins: time, ends: time) -> Session | None:
    """The session in which this stretch of time lies."""
    return next((one for one in sessions_of(hall, on) if one.holds(begins, ends)), None)


def halls_open(county: str) -> list[Hall]:
    """The halls in which anything can be booked: those that have hours and lines."""
    rows = Hall.objects.filter(county=county, openings__isnull=False, lines__closed_on__isnull=True)
    return list(rows.filter(lines__isnull=False).distinct().order_by("kind", "pk"))


def can_be_booked(county: str) -> bool:
    """Whether anything can be booked at all: some hall has hours and a line; one statement."""
    rows = Hall.objects.filter(county=county, openings__isnull=False, lines__closed_on__isnull=True)
    return rows.filter(lines__isnull=False).exists()


def line_for(hall: Hall, items: Sequence[Item]) -> Line | None:
    """The line in which these items are done in one visit: their own, or the one for everybody's business."""
    rows = hall.lines.filter(closed_on__isnull=True).prefetch_related("departments", "items")
    for line in sorted(rows, key=lambda one: not _special(one)):
        departments = {one.pk for one in line.departments.all()}
        subjects = {one.pk for one in line.items.all()}
        if not departments and not subjects:
            return line
        if all(item.department_id in departments or item.subject_id in subjects for item in items):
            return line
    return None


def _special(line: Line) -> bool:
    return bool(line.departments.all()) or bool(line.items.all())


@dataclass(frozen=True)
class Offered:
    """A day that is open for bookings: its sessions with the times that are left."""

    on: date
    provisional: bool
    times: list[tuple[Session, Service, list[Slot]]] = field(default_factory=list)


@dataclass
class Wanted:
    """What is looked for: a visit of so many minutes in a line, of one kind of service or of any."""

    hall: Hall
    line: Line
    minutes: int
    services: frozenset[Service] = frozenset(Service)
    but: int = 0  # a booking that gives its own place up


def days_open(wanted: Wanted, *, at: datetime, days: int | None = None) -> list[Offered]:
    """The next days on which such a visit finds a place; six statements, however many days."""
    local = at.astimezone(SHANGHAI)
    said = terms(local.date())
    first, last = local.date(), local.date() + ONE_DAY * (said.ahead if days is None else days)
    openings = _openings([wanted.hall.pk], first, last)
    taken = _taken(wanted, first, last)
    room, calendar, found, day = room_of(wanted.line, said), workdays(), [], first
    while day <= last:
        times = []
        for session in _sessions(calendar, day, _of_day(openings, day)):
            service = said.policy.service(session.kind)
            if service is None or service not in wanted.services:
                continue
            times.append((session, service, _slots(said, session, service, room, taken, wanted, local)))
        if any(slots for _, _, slots in times):
            found.append(Offered(day, any(s.provisional for s, _, _ in times), times))
        day += ONE_DAY
    return found


def _slots(
    said: Terms,
    session: Session,
    service: Service,
    room: int,
    taken: Iterable[Booking],
    wanted: Wanted,
    local: datetime,
) -> list[Slot]:
    """The times left; outside office hours there is one on duty for each who comes, so that no slot is full."""
    after = local.time() if session.on == local.date() else None
    ordinary = service is Service.ORDINARY
    visits = [(one.begins, one.ends) for one in taken if ordinary and one.on == session.on]
    found = free(
        session,
        slot=said.slot,
        places=room if ordinary else 99,
        visits=visits,
        minutes=wanted.minutes,
        after=after,
    )
    return [one for one in found if not in_stop(wanted.hall, session.on, one.begins)]


def room_of(line: Line, said: Terms) -> int:
    """How many places a slot of this line has: of its windows those that are kept for bookings."""
    windows = Window.objects.filter(services__line=line, is_open=True).distinct().count()
    return places(windows, said.percent)


def visits_of(line: Line, on: date, *, but: int = 0) -> list[tuple[time, time]]:
    """The times of a line that are given away on a day."""
    rows = Booking.objects.filter(line=line, on=on, service=Service.ORDINARY, stage__in=HOLDING).exclude(
        pk=but
    )
    return list(rows.values_list("begins", "ends"))


def _taken(wanted: Wanted, first: date, last: date) -> list[Booking]:
    rows = Booking.objects.filter(line=wanted.line, service=Service.ORDINARY, stage__in=HOLDING)
    return list(rows.filter(on__gte=first, on__lte=last).exclude(pk=wanted.but).only("on", "begins", "ends"))


def minutes_of(line: Line, items: Sequence[Item]) -> int:
    """How long a visit for these items takes by the line's standard minutes."""
    return line.minutes * max(1, len(items))


def answer_due(hall: Hall, at: datetime, minutes: int) -> datetime:
    """By when a request has to be answered: within the minutes, counted from the next office hours on."""
    local = at.astimezone(SHANGHAI)
    if in_hours(hall, at):
        return local + timedelta(minutes=minutes)
    day = local.date()
    for _ in range(40):
        for session in sessions_of(hall, day):
            begins = datetime.combine(day, session.begins, tzinfo=SHANGHAI)
            if session.kind is SessionKind.REGULAR and begins > local:
                return begins + timedelta(minutes=minutes)
        day += ONE_DAY
    return local + timedelta(minutes=minutes)


def _openings(halls: Sequence[int], first: date, last: date) -> list[Opening]:
    rows = Opening.objects.filter(hall__in=halls, since__lte=last)
    return list(rows.filter(Q(until__isnull=True) | Q(until__gte=first)).order_by("begins"))


def _sessions(calendar: Calendar, on: date, openings: Iterable[Opening]) -> tuple[Session, ...]:
    try:
        day = calendar.day(on)
    except UncoveredDay:
        return ()
    return sessions(day, [one.hours for one in openings])
