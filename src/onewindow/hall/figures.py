"""一天的数: what was counted of a hall, hour by hour, line by line, window by window, and beside the numbers?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q

from onewindow.ground.clock import SHANGHAI
from onewindow.hall.models import Booking, HourCount, Measure, Overload, TidalRun
from onewindow.people.reads import names_of
from onewindow.places.models import Hall
from onewindow.rules.bookings import STAGE_WORDS, Stage
from onewindow.rules.hourly import Error, Spread, errors, together
from onewindow.rules.relief import minutes


@dataclass
class Sum:
    """Several rows as one line of a table."""

    label: str = ""
    taken: int = 0
    served: int = 0
    abandoned: int = 0
    wait: Spread = field(default_factory=Spread)
    service: Spread = field(default_factory=Spread)
    error: Error = field(default_factory=Error)

    def told(self) -> dict[str, Any]:
        """As a report keeps it: means with one decimal, nine in ten and the longest in whole minutes."""
        return {
            "label": self.label,
            "taken": self.taken,
            "served": self.served,
            "abandoned": self.abandoned,
            "wait": _told(self.wait),
            "service": _told(self.service),
        }


def _told(spread: Spread) -> dict[str, Any]:
    mean = spread.mean
    return {
        "mean": None if mean is None else round(mean, 1),
        "most": spread.most,
        "last": spread.last,
    }


def summed(rows: Iterable[HourCount], label: str = "") -> Sum:
    """All of them as one."""
    found = list(rows)
    return Sum(
        label,
        sum(one.taken for one in found),
        sum(one.served for one in found),
        sum(one.abandoned for one in found),
        together(one.wait for one in found),
        together(one.service for one in found),
        errors(one.error for one in found),
    )


def counted(hall: Hall, day: date) -> list[HourCount]:
    """The rows of one day; one statement, and never a number itself."""
    rows = HourCount.objects.filter(hall=hall, day=day).select_related("line", "window")
    return list(rows.order_by("hour", "line__order", "line_id", "window_id"))


def by(
    rows: Sequence[HourCount], key: Callable[[HourCount], Any], label: Callable[[HourCount], str]
) -> list[Sum]:
    """The rows of one hour, line or window together, in the order of the first of each."""
    groups: dict[Any, list[HourCount]] = {}
    for one in rows:
        groups.setdefault(key(one), []).append(one)
    return [summed(found, label(found[0])) for found in groups.values()]


def by_hour(rows: Sequence[HourCount]) -> list[Sum]:
    return by(rows, lambda one: one.hour, lambda one: f"{one.hour}–{one.hour + 1} 时")


def by_line(rows: Sequence[HourCount]) -> list[Sum]:
    ordered = sorted(rows, key=lambda one: (one.line.order, one.line.letter))
    return by(ordered, lambda one: one.line_id, lambda one: f"{one.line.letter}　{one.line.name}")


def by_window(rows: Sequence[HourCount]) -> list[Sum]:
    """Of the windows alone: what no window called is not theirs."""
    there = sorted((one for one in rows if one.window_id), key=lambda one: one.window_id or 0)
    return by(there, lambda one: one.window_id, lambda one: f"{one.window}")


def figures(hall: Hall, day: date) -> dict[str, Any]:
    """What the report says of a day; eight statements."""
    rows = counted(hall, day)
    whole = summed(rows)
    error = whole.error
    return {
        "all": whole.told(),
        "hours": [one.told() for one in by_hour(rows)],
        "lines": [one.told() for one in by_line(rows)],
        "windows": [one.told() for one in by_window(rows)],
        "error": {
            "told": error.told,
            "mean": None if error.mean is None else round(error.mean, 1),
            "bias": None if error.bias is None else round(error.bias, 1),
            "percent": error.percent,
        },
        "bookings": _bookings(hall, day),
        **log(hall, day),
    }


def _bookings(hall: Hall, day: date) -> dict[str, int]:
    stages = list(Booking.objects.filter(hall=hall, on=day).values_list("stage", flat=True))
    return {word: count for stage, word in STAGE_WORDS.items() if (count := stages.count(Stage(stage).value))}


def log(hall: Hall, day: date) -> dict[str, Any]:
    """Alerts, measures and tidal windows of a day."""
    begins = datetime.combine(day, time(), tzinfo=SHANGHAI)
    ends = begins + timedelta(days=1)
    alerts = Overload.objects.filter(hall=hall, raised_at__gte=begins, raised_at__lt=ends)
    taken = list(
        Measure.objects.filter(hall=hall, at__gte=begins, at__lt=ends)
        .select_related("window")
        .order_by("at", "pk")
    )
    runs = TidalRun.objects.filter(
        Q(closed_at__isnull=True) | Q(closed_at__gte=begins), hall=hall, opened_at__lt=ends
    )
    runs = runs.filter(opened_at__gte=begins).select_related("window").order_by("opened_at")
    names = names_of(one.by for one in taken)
    return {
        "alerts": [_alert(one) for one in alerts.order_by("raised_at")],
        "measures": [
            {
                "at": _clock(one.at),
                "alert": one.alert_id or 0,
                "what": one.get_kind_display(),
                "note": one.note or (f"{one.window}" if one.window else ""),
                "by": names.get(one.by, ""),
            }
            for one in taken
        ],
        "tidal": [
            {
                "window": f"{one.window}",
                "from": _clock(one.opened_at),
                "to": _clock(one.closed_at) if one.closed_at else "",
                "why": one.get_why_display(),
                "closed": one.get_why_closed_display() if one.why_closed else "",
            }
            for one in runs
        ],
    }


def _alert(one: Overload) -> dict[str, Any]:
    return {
        "pk": one.pk,
        "from": _clock(one.raised_at),
        "to": _clock(one.cleared_at) if one.cleared_at else "",
        "waiting": one.waiting,
        "minutes": one.minutes,
        "peak_waiting": one.peak_waiting,
        "peak_minutes": one.peak_minutes,
        "lines": "、".join(f"{letter} 队 {count} 人" for letter, count in one.lines.items()),
        "lasted": minutes(one.cleared_at - one.raised_at) if one.cleared_at else None,
    }


def _clock(at: datetime) -> str:
    return f"{at.astimezone(SHANGHAI):%H:%M}"
