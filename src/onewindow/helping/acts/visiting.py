"""安排和上门: who arranges a service, goes out, arrives, signs, and closes it – and who gets a number in the hall before others?"""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction

from onewindow.ground.clock import SHANGHAI
from onewindow.ground.models import StoredFile
from onewindow.hall.acts.tickets import take
from onewindow.hall.covering import undertaken
from onewindow.hall.models import Ticket, Visit
from onewindow.hall.offered import line_for
from onewindow.hall.stopped import in_stop, until_words
from onewindow.helping.hours import refuse_closed
from onewindow.helping.models import AidRequest
from onewindow.helping.write import hold, move
from onewindow.people.away import away
from onewindow.people.models import Officer
from onewindow.places.models import Device, Line
from onewindow.rules.aids import COURSES, Stage, Way, after, refuse_close
from onewindow.rules.facts_aids import (
    AidArranged,
    AidArrived,
    AidCheckedIn,
    AidDeclined,
    AidDone,
    AidSetOut,
    AidSigned,
)
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.queueing import Priority

# Who comes in which way goes before others as whom.
_GOES_AS = {Way.GREEN: Priority.GREEN, Way.ESCORT: Priority.DISABLED}


@needs(Grant.BOOKING_ANSWER)
@transaction.atomic
def arrange(
    request: AidRequest, *, by: Officer, at: datetime, officer: Officer | None, on: date, begins: time
) -> AidRequest:
    """安排: who comes or helps, on which day; another time or colleague may follow."""
    held = hold(request)
    if officer is None or officer.county != held.county:
        raise NotAllowed("请选择由谁去办。")
    if datetime.combine(on, begins, tzinfo=SHANGHAI) <= at:
        raise NotAllowed("这个时间已经过了，请另选时间。")
    if held.aid.course.in_hall and in_stop(held.hall, on, begins):
        raise NotAllowed(f"{held.hall}停止服务，预计 {until_words(held.hall)} 恢复，请安排在恢复以后。")
    refuse_closed(held.hall, held.aid.course, on, begins, at)
    if away([officer.pk], on, on):
        raise NotAllowed(f"{officer.name}那一天休假，请另选一位，或者另选日子。")
    fact = AidArranged(on=at.date(), request=held.pk, officer=officer.pk, day=on)
    return move(
        held,
        fact,
        by=by,
        at=at,
        officer=officer,
        arranged_by=by,
        on=on,
        begins=begins,
        answered_at=held.answered_at or at,
    )


@needs(Grant.BOOKING_ANSWER)
@transaction.atomic
def decline(request: AidRequest, *, by: Officer, at: datetime, reason: str) -> AidRequest:
    """不能提供: with the reason, which the applicant reads."""
    held = hold(request)
    if len(reason.strip()) < 4:
        raise NotAllowed("请写明为什么不能提供，可以怎么办，至少四个字，申请人会看到。")
    fact = AidDeclined(on=at.date(), request=held.pk)
    return move(held, fact, by=by, at=at, reason=reason.strip()[:300], answered_at=held.answered_at or at)


@needs(Grant.BOOKING_ANSWER)
@transaction.atomic
def set_out(request: AidRequest, *, by: Officer, at: datetime) -> AidRequest:
    """上门出发: the applicant is told that somebody is on his way."""
    held = hold(request)
    if not COURSES[Way(held.aid.way)].at_home:
        raise NotAllowed("这项服务不上门，请等申请人到大厅来签到。")
    if at.astimezone(SHANGHAI).date() != held.on:
        raise NotAllowed(f"约的是 {held.on.month} 月 {held.on.day} 日。要提前或者推后去，请先改派日子。")
    return move(held, AidSetOut(on=at.date(), request=held.pk), by=by, at=at, set_out_at=at)


@needs(Grant.BOOKING_ANSWER)
@transaction.atomic
def reach(request: AidRequest, *, by: Officer, at: datetime) -> AidRequest:
    """上门到达: a stay begins as it does in the hall; what is taken in there belongs to it."""
    held = hold(request)
    after(Stage(held.stage), "AidArrived")  # before a stay is opened for nothing
    visit = Visit.objects.create(
        county=held.county, hall=held.hall, day=at.astimezone(SHANGHAI).date(), party=held.party, began_at=at
    )
    fact = AidArrived(on=at.date(), request=held.pk, visit=visit.pk)
    return move(held, fact, by=by, at=at, begun_at=at, visit=visit)


@needs(Grant.HALL_TAKE)
@transaction.atomic
def check_in(
    request: AidRequest, *, by: Actor, at: datetime, line: Line | None = None, device: Device | None = None
) -> AidRequest:
    """到厅签到: his number at once, before others where the service says so; pressed twice it is the same."""
    held = hold(request)
    if held.ticket_id is not None:
        return held
    way = Way(held.aid.way)
    if not COURSES[way].in_hall:
        raise NotAllowed("这项服务不用到大厅签到，请在登记页办理。")
    after(Stage(held.stage), "AidCheckedIn")  # before a number is drawn for nothing
    if at.astimezone(SHANGHAI).date() != held.on:
        raise NotAllowed(f"约的是 {held.on.month} 月 {held.on.day} 日，请那一天来，或者现在取号。")
    chosen = line or _line(held)
    ticket = take(
        held.hall,
        chosen,
        by=by,
        at=at,
        once=held.once,
        channel=Ticket.Channel.BOOKING,
        priority=_GOES_AS.get(way, Priority.BOOKED),
        party=held.party,
        device=device,
        help=way is Way.ESCORT,
    )
    if way is Way.EXTENDED and held.officer is not None:
        undertaken(ticket, held.officer, f"预先申请 {held.number}，{held.ground}", at)
    fact = AidCheckedIn(on=at.date(), request=held.pk, ticket=ticket.pk)
    return move(held, fact, by=by, at=at, ticket=ticket, visit=ticket.visit, begun_at=at)


@needs(Grant.BOOKING_ANSWER)
@transaction.atomic
def sign_handler(request: AidRequest, *, by: Officer, at: datetime) -> AidRequest:
    """承办人签字."""
    held = hold(request)
    if held.handler_signed_at is not None:
        return held
    fact = AidSigned(on=at.date(), request=held.pk, side="handler")
    return move(held, fact, by=by, at=at, handler_signed_by=by, handler_signed_at=at)


@needs(Grant.BOOKING_ANSWER)
@transaction.atomic
def sign_applicant(
    request: AidRequest, *, by: Officer, at: datetime, signature: StoredFile | None, on_paper: bool = False
) -> AidRequest:
    """申请人签字: on the telephone or tablet of whoever is there, or on the printed form."""
    held = hold(request)
    if held.applicant_signed_at is not None:
        return held
    if signature is None and not on_paper:
        raise NotAllowed("请申请人在签名板上签名，或者签在打印的登记表上。")
    fact = AidSigned(on=at.date(), request=held.pk, side="applicant")
    return move(held, fact, by=by, at=at, signature=signature, on_paper=on_paper, applicant_signed_at=at)


@needs(Grant.BOOKING_ANSWER)
@transaction.atomic
def close(request: AidRequest, *, by: Officer, at: datetime, outcome: str) -> AidRequest:
    """办结: what came of it; of a home visit both have signed."""
    held = hold(request)
    refuse_close(
        Way(held.aid.way),
        Stage(held.stage),
        handler=held.handler_signed_at is not None,
        applicant=held.applicant_signed_at is not None,
    )
    if len(outcome.strip()) < 2:
        raise NotAllowed("请写明办理情况。")
    visit = held.visit
    if visit is not None and COURSES[Way(held.aid.way)].at_home:
        visit.ended_at = at
        visit.save(update_fields=["ended_at"])
    return move(
        held, AidDone(on=at.date(), request=held.pk), by=by, at=at, done_at=at, outcome=outcome.strip()[:200]
    )


def _line(held: AidRequest) -> Line:
    """The line of the item for which he comes, else the first of the hall."""
    found = line_for(held.hall, [held.item]) if held.item is not None else None
    line = found or held.hall.lines.filter(closed_on__isnull=True).order_by("order", "letter").first()
    if line is None:
        raise NotAllowed("这个大厅没有取号的队列，请直接到窗口办。")
    return line
