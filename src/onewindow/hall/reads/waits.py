"""等多久: how many are before somebody, and how long does he still wait?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from onewindow.hall.models import Ticket
from onewindow.places.models import Hall, Service
from onewindow.places.reads import here, pack_here
from onewindow.rules.forecast import Counter, beyond
from onewindow.rules.queueing import Serves, Waits
from onewindow.rules.tickets import AT_WINDOW, DONE, WAITING
from onewindow.rules.waiting import Desk, Told, forecast, free_at, told, typical

LATELY = 20  # services of a line that tell how long one takes


@dataclass(frozen=True)
class Place:
    """等候情况: how many are before him in his line, and the wait as it is told; none while no window serves it."""

    ahead: int
    wait: Told | None


def by_code(code: str) -> Ticket | None:
    """The number whose page this code opens."""
    beside = ("hall", "line", "window", "visit")
    return Ticket.objects.filter(code=code).select_related(*beside).first() if code else None


def place(ticket: Ticket, at: datetime) -> Place | None:
    """Where a number stands that waits; nothing of one that does not."""
    if ticket.stage != WAITING or ticket.day != at.date():
        return None
    before = Ticket.objects.filter(line=ticket.line_id, stage=WAITING, day=ticket.day)
    ahead = before.filter(rank__lt=ticket.rank) | before.filter(rank=ticket.rank, pk__lt=ticket.pk)
    wait = waits(ticket.hall, at).get(ticket.pk)
    return Place(ahead.count(), told(wait) if wait is not None else None)


def waits(hall: Hall, at: datetime) -> dict[int, timedelta]:
    """How long each who waits in the hall is expected to wait yet."""
    there, rows = _now(hall, at)
    waiting = [Waits(one.pk, one.line_id, one.rank, one.only_id or 0, one.only_until) for one in rows]
    return forecast(_desks(hall, there), waiting, minutes_of(hall, at.date()), at) if waiting else {}


def beyond_closing(hall: Hall, at: datetime, closing: datetime) -> frozenset[int]:
    """Who of those that wait would not be through when the hall closes; as the manager's board reckons it."""
    there, waiting = _now(hall, at)
    if not waiting:
        return frozenset()
    minutes = minutes_of(hall, at.date())
    windows = [
        Counter(one.serves.window, one.serves.lines, free_at(one, minutes, at)) for one in _desks(hall, there)
    ]
    found = beyond([one.line_id for one in waiting], minutes, windows, at, closing)
    return frozenset(waiting[place].pk for place in found.late)


def _now(hall: Hall, at: datetime) -> tuple[dict[int | None, Ticket], list[Ticket]]:
    """Whom each window has, and who waits in their order; one statement."""
    rows = Ticket.objects.filter(hall=hall, day=at.date(), stage__in=[WAITING, *AT_WINDOW])
    open_ones = list(rows.select_related("line").order_by("rank", "pk"))
    there = {one.window_id: one for one in open_ones if one.stage != WAITING}
    return there, [one for one in open_ones if one.stage == WAITING]


def minutes_of(hall: Hall, day: date) -> dict[int, float]:
    """How many minutes a service takes in each line, by its standard and by what was seen today."""
    seen: dict[int, list[float]] = {}
    done = Ticket.objects.filter(
        hall=hall, day=day, stage=DONE, begun_at__isnull=False, ended_at__isnull=False
    )
    for line, begun, ended in done.order_by("-ended_at").values_list("line_id", "begun_at", "ended_at"):
        lately = seen.setdefault(line, [])
        if begun and ended and len(lately) < LATELY:
            lately.append((ended - begun).total_seconds() / 60)
    return {line.pk: typical(line.minutes, seen.get(line.pk, ())) for line in hall.lines.all()}


def _desks(hall: Hall, there: dict[int | None, Ticket]) -> list[Desk]:
    """The windows that call, and whom each of them has now."""
    calling = Service.objects.filter(
        window__hall=hall, window__is_open=True, window__paused_at__isnull=True
    ).values_list("window_id", "line_id", "first")
    lines: dict[int, set[int]] = {}
    first: dict[int, set[int]] = {}
    for window, line, own in calling:
        lines.setdefault(window, set()).add(line)
        if own:
            first.setdefault(window, set()).add(line)
    ahead = pack_here(here()).setting("queue.first_minutes").number if first else 0
    made = []
    for window, served in sorted(lines.items()):
        serves = Serves(window, frozenset(served), frozenset(first.get(window, ())), ahead)
        now = there.get(window)
        since = (now.begun_at or now.called_at) if now else None
        made.append(Desk(serves, line=now.line_id if now else 0, since=since))
    return made
