"""到点了: whose leave begins or is over today, who has not acknowledged a written rule, and which answers to programs need not be kept any longer?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.conf import settings

from onewindow.people.acts import begin_leave, end_leave, remind_unread
from onewindow.people.models import Absence, ApiAnswer
from onewindow.people.reads_norms import overdue
from onewindow.rules.grants import SYSTEM

KEPT = timedelta(days=7)
AT_ONCE = 50


def tick(at: datetime) -> int:
    """Begin and end the leaves of the day; throw away what was answered more than a week ago: its key may be used again."""
    leaves(at)
    if not settings.BOX:
        unread(at)
    return ApiAnswer.objects.filter(at__lt=at - KEPT).delete()[0]


def leaves(at: datetime) -> int:
    """Whose leave has begun, and who is back; each told once."""
    today = at.date()
    here = Absence.objects.select_related("officer").order_by("since", "pk")
    over = here.filter(until__lt=today, ended_at__isnull=True)
    begun = here.filter(since__lte=today, until__gte=today, began_at__isnull=True, back_on__isnull=True)
    return _each(begun, begin_leave, at) + _each(over, end_leave, at)


def unread(at: datetime) -> int:
    """Who has not acknowledged a written rule in time, each once; the register is the county's."""
    return sum(remind_unread(one, by=SYSTEM, at=at) for one in overdue(at.date())[:AT_ONCE])


def _each(rows: Iterable[Absence], act: Callable[..., bool], at: datetime) -> int:
    return sum(act(one, by=SYSTEM, at=at) for one in rows)
