"""厅里人多不多: from when on is somebody called who comes while as many are inside as an epidemic plan allows?"""

from __future__ import annotations

from datetime import datetime, timedelta

from onewindow.hall.models import Ticket
from onewindow.places.models import Hall, Line, Window
from onewindow.rules.tickets import OVER


def inside(hall: Hall, at: datetime) -> int:
    """How many are in the hall with a number that is not over."""
    return Ticket.objects.filter(hall=hall, day=at.date()).exclude(stage__in=OVER).count()


def deferred(hall: Hall, line: Line, at: datetime) -> datetime | None:
    """From when on he is called: when, by the standard minutes, as many have left as stand before him outside.

    None while there is room, and where no plan sets a limit: then nothing is read.
    """
    if hall.capacity is None:
        return None
    over = inside(hall, at) - hall.capacity
    if over < 0:
        return None
    windows = Window.objects.filter(hall=hall, is_open=True, paused_at__isnull=True, services__isnull=False)
    minutes = -(-(over + 1) * line.minutes // max(1, windows.distinct().count()))
    return at + timedelta(minutes=minutes)
