"""谁陪他: which guide goes with somebody who needs it, and at which window is the low counter?

Called inside the act that gives the number or marks the visitor, which holds the power and the transaction.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Count

from onewindow.ground.clock import SHANGHAI
from onewindow.hall.models import Escort, Ticket
from onewindow.journal.write import record
from onewindow.people.reads import guides_at
from onewindow.places.models import Line, Window
from onewindow.places.reads import here, pack_here
from onewindow.rules.facts_guiding import HelperAssigned
from onewindow.rules.grants import Actor
from onewindow.rules.guiding import least_busy


def low_window(line: Line, at: datetime) -> dict[str, Any]:
    """For somebody who asked for help: the low counter of his line, as long as a transfer is kept for one window."""
    low = Window.objects.filter(services__line=line, low=True, is_open=True, paused_at__isnull=True).order_by(
        "pk"
    )
    found = low.first()
    if found is None:
        return {}
    minutes = pack_here(here()).setting("queue.transfer_minutes").number
    return {"only": found, "only_until": at + timedelta(minutes=minutes)}


def kept_for(window: Window | None, at: datetime) -> dict[str, Any]:
    """A question is for one window, all day."""
    if window is None:
        return {}
    return {"only": window, "only_until": datetime.combine(at.date(), time(23, 59), tzinfo=SHANGHAI)}


def accompany(ticket: Ticket, *, by: Actor, at: datetime) -> Ticket:
    """The guide who accompanies the fewest goes with him; whoever is accompanied already stays with his guide."""
    if Escort.objects.filter(visit=ticket.visit_id, ended_at__isnull=True).exists():
        return ticket
    helper = _free(ticket, at)
    made = Escort.objects.create(
        county=ticket.county,
        visit_id=ticket.visit_id,
        hall_id=ticket.hall_id,
        ticket=ticket,
        helper_id=helper,
        begun_at=at,
        begun_by=by.actor_code,
    )
    record(ticket.subject, HelperAssigned(on=at.date(), escort=made.pk, helper=helper or 0), by=by, at=at)
    return ticket


def _free(ticket: Ticket, at: datetime) -> int | None:
    going = Escort.objects.filter(hall=ticket.hall_id, ended_at__isnull=True, helper__isnull=False)
    busy = dict(going.values_list("helper").annotate(n=Count("pk")))
    return least_busy((one.pk for one in guides_at(ticket.hall_id, at.date())), busy)
