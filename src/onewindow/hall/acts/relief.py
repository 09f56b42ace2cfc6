"""排队过长: when is the manager told, once per change, and what was done about it?"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from onewindow.ground.whole import one
from onewindow.hall.models import Measure, Overload, Ticket
from onewindow.hall.noting import heard, noted
from onewindow.hall.opened import limits, open_now
from onewindow.places.models import Hall, Window
from onewindow.places.write import journalise, organisation
from onewindow.rules.facts_relief import OverloadCleared, OverloadRaised
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.relief import MEASURES, minutes
from onewindow.rules.tickets import WAITING


@needs(Grant.HALL_TICK)
@one
def watch(hall: Hall, *, by: Actor, at: datetime) -> Overload | None:
    """See whether too many wait; raised at once, cleared when it has been calm for a while or the hall is closed."""
    held = Overload.objects.select_for_update().filter(hall=hall, cleared_at__isnull=True).first()
    opened = open_now(hall, at)
    if opened is False and held is None:
        return None
    rows = Ticket.objects.filter(hall=hall, day=at.date(), stage=WAITING)
    waiting = list(rows.values_list("line__letter", "taken_at", "rank"))
    longest = max((at - max(taken, place) for _, taken, place in waiting), default=timedelta())
    longest = max(longest, timedelta())
    said = limits()
    if held is None:
        if not said.crossed(len(waiting), longest):
            return None
        lines = Counter(letter for letter, _, _ in waiting)
        return _raise(hall, dict(sorted(lines.items())), len(waiting), minutes(longest), by=by, at=at)
    if opened is False:
        return _clear(held, by=by, at=at)
    return _look_again(held, len(waiting), longest, by=by, at=at)


def _raise(
    hall: Hall, lines: dict[str, int], waiting: int, longest: int, *, by: Actor, at: datetime
) -> Overload:
    organisation(hall.county)  # the lock: two clocks that see it at once raise it once
    if there := Overload.objects.filter(hall=hall, cleared_at__isnull=True).first():
        return there
    made = Overload.objects.create(
        county=hall.county,
        hall=hall,
        raised_at=at,
        waiting=waiting,
        minutes=longest,
        lines=lines,
        peak_waiting=waiting,
        peak_minutes=longest,
    )
    fact = OverloadRaised(on=at.date(), alert=made.pk, hall=hall.pk, waiting=waiting, minutes=longest)
    journalise(hall.county, fact, by=by, at=at)
    heard(hall.pk, fact.name)
    return made


def _look_again(held: Overload, waiting: int, longest: timedelta, *, by: Actor, at: datetime) -> Overload:
    """Worse, calm since now, or calm for long enough."""
    said, was = limits(), (held.peak_waiting, held.peak_minutes, held.calm_since)
    held.peak_waiting = max(held.peak_waiting, waiting)
    held.peak_minutes = max(held.peak_minutes, minutes(longest))
    held.calm_since = None if said.crossed(waiting, longest) else held.calm_since or at
    if said.calmed(held.calm_since, at):
        return _clear(held, by=by, at=at)
    if was != (held.peak_waiting, held.peak_minutes, held.calm_since):
        held.save(update_fields=["peak_waiting", "peak_minutes", "calm_since"])
    return held


def _clear(held: Overload, *, by: Actor, at: datetime) -> Overload:
    held.cleared_at = at
    held.save(update_fields=["peak_waiting", "peak_minutes", "calm_since", "cleared_at"])
    lasted = minutes(at - held.raised_at)
    fact = OverloadCleared(on=at.date(), alert=held.pk, hall=held.hall_id, minutes=lasted)
    journalise(held.county, fact, by=by, at=at)
    heard(held.hall_id, fact.name)
    return held


@needs(Grant.HALL_MANAGE)
@one
def take_measure(
    hall: Hall, *, by: Actor, at: datetime, kind: str, note: str = "", window: Window | None = None
) -> Measure:
    """登记措施: what was done; it stands with the alert that is open, or by itself."""
    if kind not in MEASURES:
        raise NotAllowed("请选择采取了什么措施。")
    if kind == "other" and not note.strip():
        raise NotAllowed("选了“其他”，请写明采取了什么措施。")
    if window is not None and window.hall_id != hall.pk:
        raise NotAllowed("只能选本大厅的窗口，请重新选择。")
    return noted(hall, kind, note, window, by=by, at=at)
