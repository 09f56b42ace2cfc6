"""评价窗口服务: whoever was served at a window says what he thinks of it, at its pad or on his telephone, once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from onewindow.feedback.models import Grade, Rating
from onewindow.feedback.reasons import REASONS
from onewindow.ground.events import tell
from onewindow.ground.hearing import hall_channel
from onewindow.hall.models import Ticket
from onewindow.journal.write import record
from onewindow.places.models import Department, Line
from onewindow.places.reads import here, pack_here
from onewindow.rules.facts_tickets import ServiceRated
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.tickets import DONE

TWICE = "这次服务已经评价过了，一次服务评价一次，谢谢您。还有话要说，可以拨监督投诉电话。"


@needs(Grant.RATING_GIVE)
@transaction.atomic
def rate_service(
    ticket: Ticket,
    *,
    by: Actor,
    at: datetime,
    grade: int,
    reasons: Sequence[int] = (),
    channel: str,
) -> Rating:
    """Rate what was done at a window: after it was finished, once, with reasons of the grade that was chosen."""
    held = Ticket.objects.select_for_update(of=("self", "subject")).select_related("subject", "line")
    ticket = held.get(pk=ticket.pk)
    if ticket.stage != DONE:
        raise NotAllowed("窗口还没有办完，办完后再请您评价。")
    days = pack_here(here()).setting("rating.open_days").number
    if at.date() > ticket.day + timedelta(days=days):
        raise NotAllowed(f"办完已经超过 {days} 天，不能再评价。有话要说，可以拨监督投诉电话。")
    if grade not in Grade.values:
        raise NotAllowed("请选择一个满意程度。")
    if any(REASONS.get(code, (0, ""))[0] != grade for code in reasons):
        raise NotAllowed("选的原因和满意程度对不上，请重新选择。")
    rating = _write(ticket, at=at, grade=grade, reasons=sorted(set(reasons)), channel=channel)
    fact = ServiceRated(
        on=at.date(), rating=rating.pk, grade=grade, reasons=tuple(rating.reasons), channel=channel
    )
    record(ticket.subject, fact, by=by, at=at)
    tell(hall_channel(ticket.hall_id), f'{{"fact":"{fact.name}","ticket":{ticket.pk}}}')
    return rating


def _write(ticket: Ticket, *, at: datetime, grade: int, reasons: list[int], channel: str) -> Rating:
    try:
        with transaction.atomic():
            return Rating.objects.create(
                county=ticket.county,
                subject=ticket.subject,
                department=_department(ticket.line),
                given_at=at,
                item_name=f"{ticket.line.name}（{ticket.number}）",
                grade=grade,
                reasons=reasons,
                channel=channel,
            )
    except IntegrityError:
        raise NotAllowed(TWICE) from None


def _department(line: Line) -> Department | None:
    """The one department whose line it is; a line of several is nobody's alone."""
    found = list(line.departments.all()[:2])
    return found[0] if len(found) == 1 else None
