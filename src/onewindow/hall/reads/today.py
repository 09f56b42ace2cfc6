"""大厅现在: what does its manager see at one look – who waits where, who is at which window, who is missing, what is to come?

Five statements, however long the day has been: what is over stands in the counts and is not read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, QuerySet
from django.db.models import Window as Over
from django.db.models.functions import JSONObject

from onewindow.ground.clock import SHANGHAI
from onewindow.hall.models import Booking, HallDay, HourCount, Measure, Overload, Ticket, TidalPlan, TidalRun
from onewindow.hall.opened import ends_at, session_now
from onewindow.people.away import is_away
from onewindow.people.models import Duty, Holding
from onewindow.places.models import Hall, Line, Opening, Window
from onewindow.places.reads import here, pack_here, workdays
from onewindow.rules.bookings import Stage
from onewindow.rules.forecast import Beyond, Counter, asks, beyond
from onewindow.rules.opening import EVERY_DAY, Hours, Session, SessionKind, sessions
from onewindow.rules.queueing import Serves
from onewindow.rules.relief import MEASURES, WHY_OPENED
from onewindow.rules.tickets import AT_WINDOW, CALLED, MISSED, PARKED, WAITING
from onewindow.rules.waiting import Desk, free_at
from onewindow.rules.workdays import UncoveredDay

COMING = 8  # bookings that are named; of the others it is said how many there are
_OPEN = [WAITING, *AT_WINDOW, PARKED, MISSED]


@dataclass(frozen=True)
class Queue:
    """A line: how many wait, since when the first of them, how many minutes a service takes, and who calls it."""

    letter: str
    name: str
    waiting: int
    longest: int | None
    too_long: bool
    minutes: float
    windows: int


@dataclass(frozen=True)
class Sitting:
    """A window: who sits there, which number he has since when, or why nobody is called."""

    window: Window
    staff: list[str]
    away: list[str]
    number: str
    stage: str
    since: datetime | None
    lines: int
    run: str = ""

    @property
    def nobody(self) -> bool:
        """Whether numbers are called there and nobody is there for it."""
        return bool(self.lines and self.window.is_open and not self.staff and not self.number)


@dataclass(frozen=True)
class Coming:
    """Somebody who booked for later today."""

    begins: time
    line: str
    number: str


@dataclass(frozen=True)
class Alert:
    """排队过长, with what was done about it since."""

    pk: int
    since: datetime
    waiting: int
    minutes: int
    calm_since: datetime | None
    measures: list[str]


@dataclass
class Today:
    """The day of a hall at one moment."""

    hall: Hall
    at: datetime
    queues: list[Queue]
    windows: list[Sitting]
    missed: int
    parked: int
    coming: list[Coming]
    to_come: int
    duties: list[str]
    session: Session | None
    closing: datetime | None
    alert: Alert | None
    beyond: Beyond | None
    advice: list[str] = field(default_factory=list)
    taken: int = 0
    served: int = 0
    counted_at: datetime | None = None

    @property
    def waiting(self) -> int:
        return sum(one.waiting for one in self.queues)

    @property
    def longest(self) -> int | None:
        """In minutes."""
        return max((one.longest for one in self.queues if one.longest is not None), default=None)

    @property
    def stay(self) -> list[tuple[str, int]]:
        """The windows that an extension would need, with the minutes."""
        numbers = {one.window.pk: one.window.number for one in self.windows}
        found = self.beyond.windows if self.beyond is not None else {}
        return [(numbers[pk], minutes) for pk, minutes in sorted(found.items()) if pk in numbers]


def today(hall: int, at: datetime) -> Today | None:
    """The board of the manager; five statements and the county's."""
    frame = _frame(hall, at)
    if frame is None:
        return None
    tickets = list(
        Ticket.objects.filter(hall=hall, day=at.date(), stage__in=_OPEN)
        .select_related("officer")
        .order_by("rank", "pk")
    )
    windows, seats = _windows(hall), _seats(hall, at.date())
    coming = _coming(hall, at)
    return _Reading(frame, at, tickets, windows, seats).told(coming)


def _frame(hall: int, at: datetime) -> Hall | None:
    """The hall with what is small in it, in one statement."""
    rows = {**_of_the_place(at.date()), **_of_the_day(at.date())}
    told = {name: ArraySubquery(found.values(one=JSONObject(**keys))) for name, (found, keys) in rows.items()}
    return Hall.objects.filter(pk=hall).annotate(**told).first()


_Rows = dict[str, tuple[QuerySet[Any], dict[str, str]]]
_MINE = OuterRef("pk")


def _of_the_place(day: date) -> _Rows:
    """Lines, hours, tidal windows and who is on duty."""
    hours = Opening.objects.filter(hall=_MINE, since__lte=day)
    plans = TidalPlan.objects.filter(hall=_MINE, dropped_at__isnull=True, since__lte=day, until__gte=day)
    lines = {"pk": "pk", "letter": "letter", "name": "name", "minutes": "minutes", "closed": "closed_on"}
    duty = {"kind": "kind", "role": "role", "name": "officer__name", "on": "signed_on_at"}
    return {
        "line_rows": (Line.objects.filter(hall=_MINE).order_by("order", "letter"), lines),
        "hour_rows": (
            hours.filter(Q(until__isnull=True) | Q(until__gte=day)),
            {name: name for name in ("kind", "weekdays", "begins", "ends")},
        ),
        "run_rows": (
            TidalRun.objects.filter(hall=_MINE, closed_at__isnull=True),
            {"window": "window_id", "why": "why"},
        ),
        "plan_rows": (plans, {"window": "window_id", "mode": "mode"}),
        "duty_rows": (
            Duty.objects.filter(hall=_MINE, on=day, dropped_at__isnull=True),
            {**duty, "window": "window__number"},
        ),
    }


def _of_the_day(day: date) -> _Rows:
    """What was counted, and the alert that is open with what was done about it."""
    begins = datetime.combine(day, time(), tzinfo=SHANGHAI)
    measures = Measure.objects.filter(hall=_MINE, alert__isnull=False, alert__cleared_at__isnull=True)
    measures = measures.filter(at__gte=begins)
    alert = {"pk": "pk", "since": "raised_at", "waiting": "peak_waiting", "minutes": "peak_minutes"}
    return {
        "alert_rows": (
            Overload.objects.filter(hall=_MINE, cleared_at__isnull=True),
            {**alert, "calm": "calm_since"},
        ),
        "measure_rows": (measures.order_by("at", "pk"), {"kind": "kind", "note": "note", "at": "at"}),
        "count_rows": (
            HourCount.objects.filter(hall=_MINE, day=day),
            {"taken": "taken", "served": "served"},
        ),
        "day_rows": (
            HallDay.objects.filter(hall=_MINE, day=day),
            {"minutes": "minutes", "counted": "counted_at"},
        ),
    }


def _windows(hall: int) -> list[Window]:
    """Its windows, each with the lines that it calls."""
    lines = ArrayAgg("services__line", filter=Q(services__line__isnull=False), default=[])
    return list(Window.objects.filter(hall=hall).annotate(line_ids=lines).order_by("pk"))


def _seats(hall: int, day: date) -> list[Any]:
    """Who holds a post at a window today, and whether he is away."""
    held = Holding.objects.filter(
        Q(until__isnull=True) | Q(until__gte=day),
        post__window__hall=hall,
        since__lte=day,
        officer__left_on__isnull=True,
    ).annotate(gone=is_away("officer", day))
    return list(held.values_list("post__window", "officer__name", "gone").distinct())


def _coming(hall: int, at: datetime) -> list[Booking]:
    """The next who booked for later today, each knowing how many there are."""
    local = at.astimezone(SHANGHAI)
    rows: QuerySet[Booking] = Booking.objects.filter(
        hall=hall, on=local.date(), ends__gt=local.time(), stage=Stage.CONFIRMED.value
    )
    rows = rows.annotate(all_of=Over(Count("pk")))
    return list(rows.select_related("line").order_by("begins", "pk")[:COMING])


class _Reading:
    """What the statements answered, put together."""

    def __init__(
        self, hall: Any, at: datetime, tickets: Sequence[Ticket], windows: Sequence[Any], seats: list[Any]
    ) -> None:
        self.hall, self.at, self.tickets, self.windows, self.seats = hall, at, tickets, windows, seats
        self.there = {one.window_id: one for one in tickets if one.stage in AT_WINDOW}
        self.sessions = _sessions(hall.hour_rows, at.date())
        self.session = session_now(self.sessions, at)
        known = hall.day_rows[0]["minutes"] if hall.day_rows else {}
        self.minutes = {one["pk"]: float(known.get(str(one["pk"]), one["minutes"])) for one in hall.line_rows}
        self.pack = pack_here(here())

    def told(self, coming: Sequence[Any]) -> Today:
        closing = ends_at(self.session) if self.session else None
        counted = self.hall.day_rows[0]["counted"] if self.hall.day_rows else None
        made = Today(
            hall=self.hall,
            at=self.at,
            queues=[self._queue(line) for line in self.hall.line_rows if self._shown(line)],
            windows=[self._sitting(window) for window in self.windows],
            missed=sum(one.stage == MISSED for one in self.tickets),
            parked=sum(one.stage == PARKED for one in self.tickets),
            coming=[Coming(one.begins, one.line.name, one.number) for one in coming],
            to_come=coming[0].all_of if coming else 0,
            duties=self._duties(),
            session=self.session,
            closing=closing,
            alert=self._alert(),
            beyond=self._beyond(closing),
            taken=sum(one["taken"] for one in self.hall.count_rows),
            served=sum(one["served"] for one in self.hall.count_rows),
            counted_at=_moment(counted),
        )
        made.advice = self._advice(made)
        return made

    def _waiting(self, line: int | None = None) -> list[Ticket]:
        return [one for one in self.tickets if one.stage == WAITING and line in (None, one.line_id)]

    def _shown(self, line: dict[str, Any]) -> bool:
        """A line that was closed is shown while somebody waits in it."""
        return line["closed"] is None or bool(self._waiting(line["pk"]))

    def _queue(self, line: dict[str, Any]) -> Queue:
        waits = [self.at - max(one.taken_at, one.rank) for one in self._waiting(line["pk"])]
        longest = max(waits, default=None)
        minutes = None if longest is None else max(0, int(longest.total_seconds() // 60))
        return Queue(
            letter=line["letter"],
            name=line["name"],
            waiting=len(waits),
            longest=minutes,
            too_long=minutes is not None and minutes >= self.pack.setting("queue.relief_minutes").number,
            minutes=round(self.minutes[line["pk"]], 1),
            windows=sum(line["pk"] in one.line_ids for one in self.windows if one.calls),
        )

    def _sitting(self, window: Any) -> Sitting:
        staff = [name for pk, name, gone in self.seats if pk == window.pk and not gone]
        away = [name for pk, name, gone in self.seats if pk == window.pk and gone]
        ticket = self.there.get(window.pk)
        if ticket is not None and ticket.officer is not None and ticket.officer.name not in staff:
            staff = [ticket.officer.name, *staff]
        since = (ticket.begun_at if ticket.stage != CALLED else ticket.called_at) if ticket else None
        run = next((one["why"] for one in self.hall.run_rows if one["window"] == window.pk), "")
        return Sitting(
            window=window,
            staff=staff,
            away=away,
            number=ticket.number if ticket else "",
            stage=ticket.get_stage_display() if ticket else "",
            since=since,
            lines=len(window.line_ids),
            run=WHY_OPENED.get(run, ""),
        )

    def _duties(self) -> list[str]:
        """Who is on the roster of the session that goes on and has not signed on."""
        if self.session is None:
            return []
        words = dict(Duty.Role.choices)
        return [
            f"{words[one['role']]}{one['window'] + ' 号' if one['window'] else ''}：{one['name']}"
            for one in self.hall.duty_rows
            if one["kind"] == self.session.kind.value and one["on"] is None
        ]

    def _alert(self) -> Alert | None:
        if not self.hall.alert_rows:
            return None
        row = self.hall.alert_rows[0]
        since = _moment(row["since"])
        assert since is not None
        done = [
            f"{_clock(one['at'])} {MEASURES[one['kind']]}{' ' + one['note'] if one['note'] else ''}"
            for one in self.hall.measure_rows
        ]
        return Alert(row["pk"], since, row["waiting"], row["minutes"], _moment(row["calm"]), done)

    def _beyond(self, closing: datetime | None) -> Beyond | None:
        """From a set time before closing on: will they be through?"""
        ahead = self.pack.setting("queue.forecast_minutes").number
        if closing is None or not asks(self.at, closing, ahead):
            return None
        return beyond(
            [one.line_id for one in self._waiting()], self.minutes, self._counters(), self.at, closing
        )

    def _counters(self) -> list[Counter]:
        made = []
        for window in self.windows:
            if not window.calls:
                continue
            now = self.there.get(window.pk)
            since = (now.begun_at or now.called_at) if now else None
            lines = frozenset(window.line_ids)
            desk = Desk(Serves(window.pk, lines), line=now.line_id if now else 0, since=since)
            made.append(Counter(window.pk, lines, free_at(desk, self.minutes, self.at)))
        return made

    def _advice(self, told: Today) -> list[str]:
        """What the manager could do now."""
        if told.alert is None:
            return []
        planned = {one["window"] for one in self.hall.plan_rows}
        shut = [one for one in self.windows if one.tidal and not one.is_open]
        found = [
            f"开放 {one.number} 号潮汐窗口" + ("" if one.pk in planned else "（没有安排人手，请先安排）")
            for one in shut
        ]
        paused = [one.number for one in self.windows if one.is_open and one.paused]
        if paused:
            found.append(f"{'、'.join(paused)} 号窗口在暂停服务，看能不能恢复")
        bare = [one.name for one in told.queues if one.waiting and not one.windows]
        if bare:
            found.append(f"{'、'.join(bare)}有人等，没有窗口叫，请安排窗口")
        return found or ["增加人手，或者引导到自助区办"]


def _sessions(rows: Iterable[dict[str, Any]], day: date) -> tuple[Session, ...]:
    hours = [
        Hours(
            SessionKind(one["kind"]),
            time.fromisoformat(one["begins"]),
            time.fromisoformat(one["ends"]),
            frozenset(one["weekdays"]) or EVERY_DAY,
        )
        for one in rows
    ]
    try:
        return sessions(workdays().day(day), hours)
    except UncoveredDay:
        return ()


def _moment(told: str | None) -> datetime | None:
    """As the database writes a moment into JSON."""
    return datetime.fromisoformat(told).astimezone(SHANGHAI) if told else None


def _clock(told: str) -> str:
    moment = _moment(told)
    return f"{moment:%H:%M}" if moment else ""
