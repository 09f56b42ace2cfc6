"""到点了: whose leave begins or is over today, and which answers to programs need not be kept any longer?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from onewindow.people.acts import begin_leave, end_leave
from onewindow.people.models import Absence, ApiAnswer
from onewindow.rules.grants import SYSTEM

KEPT = timedelta(days=7)


def tick(at: datetime) -> int:
    """Begin and end the leaves of the day; throw away what was answered more than a week ago: its key may be used again."""
    leaves(at)
    return ApiAnswer.objects.filter(at__lt=at - KEPT).delete()[0]


def leaves(at: datetime) -> int:
    """Whose leave has begun, and who is back; each told once."""
    today = at.date()
    here = Absence.objects.select_related("officer").order_by("since", "pk")
    over = here.filter(until__lt=today, ended_at__isnull=True)
    begun = here.filter(since__lte=today, until__gte=today, began_at__isnull=True, back_on__isnull=True)
    return _each(begun, begin_leave, at) + _each(over, end_leave, at)


def _each(rows: Iterable[Absence], act: Callable[..., bool], at: datetime) -> int:
    return sum(act(one, by=SYSTEM, at=at) for one in rows)
