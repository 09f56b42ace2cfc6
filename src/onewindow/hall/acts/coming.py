"""到场和未到: who has come and waits with a number, who was rung up, and what counts as abandoned?"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from onewindow.hall.acts.tickets import take
from onewindow.hall.book import hold, move, note
from onewindow.hall.models import Ban, Booking, ContactTry, Ticket
from onewindow.hall.offered import terms
from onewindow.hall.write import owned
from onewindow.people.models import Officer, Party
from onewindow.places.models import Device, Hall
from onewindow.rules.bookings import Service, Stage, after, barred, counted, refuse_abandoning
from onewindow.rules.facts_booking import (
    BookingAbandoned,
    BookingArrived,
    BookingBarLifted,
    BookingBarred,
    BookingLapsed,
    BookingReminded,
    ContactTried,
)
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.queueing import Priority


@needs(Grant.HALL_TAKE)
@transaction.atomic
def arrive(booking: Booking, *, by: Actor, at: datetime, device: Device | None = None) -> Booking:
    """预约签到: he gets his number at once, called in his time before others, and queues no second time.

    `device`: the machine of the hall at which he did it himself.
    """
    held = hold(booking)
    if held.stage == Stage.ARRIVED.value:
        return held  # pressed twice: he has his number
    after(Stage(held.stage), "BookingArrived")  # before a number is drawn for nothing
    _refuse_time(held, at)
    ticket = take(
        held.hall,
        held.line,
        by=by,
        at=at,
        once=held.once,
        channel=Ticket.Channel.BOOKING,
        priority=Priority.BOOKED,
        not_before=held.agreed_at,
        party=held.party,
        device=device,
    )
    if held.window_id is not None:
        _for_window(ticket, held)
    fact = BookingArrived(on=at.date(), booking=held.pk)
    return move(held, fact, by=by, at=at, arrived_at=at, ticket=ticket)


@needs(Grant.BOOKING_ANSWER)
@transaction.atomic
def record_try(
    booking: Booking, *, by: Officer, at: datetime, reached: bool, note_told: str = ""
) -> ContactTry:
    """联系申请人: rung up under the telephone that he left; who, when, and whether he was reached."""
    held = hold(booking)
    if held.stage != Stage.CONFIRMED.value:
        raise NotAllowed("只有已确认、还没有到场的预约要联系。请刷新后再看。")
    kept = ContactTry.objects.create(
        booking=held, at=at, by=by, phone=held.phone, reached=reached, note=note_told.strip()[:200]
    )
    move(held, ContactTried(on=at.date(), booking=held.pk, reached=reached), by=by, at=at)
    return kept


@needs(Grant.BOOKING_ANSWER)
@transaction.atomic
def abandon(booking: Booking, *, by: Officer, at: datetime, heard: datetime | None = None) -> Booking:
    """视为放弃: late beyond the grace and not reached; the third one bars (预约办 四.2).

    `heard`: until when what happens in a hall with a machine of its own is known here.
    """
    held, said = hold(booking), terms(at.date()).policy
    if held.service == Service.ORDINARY.value:
        raise NotAllowed("时段预约过时未到的不计次数，系统到时自动处理，请不用再办。")
    if held.gone_at is not None:
        raise NotAllowed("约的时间是大厅取消的，不能视为放弃。请联系申请人改约，或者按他的意思取消。")
    if held.provisional:
        raise NotAllowed("这一天的放假安排还没有公布，约定的日子是暂定的，不能视为放弃。请联系申请人改约。")
    if not _known(held.hall, held.agreed_at, heard):
        raise NotAllowed("大厅本机暂时联系不上，他可能已经在大厅签到。请等恢复联系以后再判定。")
    if held.stage == Stage.CONFIRMED.value:
        tries = [(one.at, one.reached) for one in held.tries.all()]
        refuse_abandoning(held.agreed_at, at, grace=said.no_show_minutes, tries=tries)
    fact = BookingAbandoned(on=at.date(), booking=held.pk)
    held = move(held, fact, by=by, at=at, abandoned_at=at)
    _bar_if_often(held, by=by, at=at)
    return held


@needs(Grant.HALL_TICK)
@transaction.atomic
def lapse(booking: Booking, *, by: Actor, at: datetime, heard: datetime | None = None) -> bool:
    """过时未到: an ordinary slot that is over; an applicant loses nothing by it."""
    held = hold(booking)
    if held.stage != Stage.CONFIRMED.value or held.service != Service.ORDINARY.value or at < held.until:
        return False
    if held.gone_at is not None:
        return False  # it was not he who failed to come: he stays on the list until he has another time
    if not _known(held.hall, held.until, heard):
        return False  # he may have come: the machine of the hall has not been heard since
    move(held, BookingLapsed(on=at.date(), booking=held.pk), by=by, at=at)
    return True


@needs(Grant.HALL_TICK)
@transaction.atomic
def remind(booking: Booking, *, by: Actor, at: datetime) -> bool:
    """预约提醒: once, some hours before."""
    held = hold(booking)
    done = held.reminded_at is not None or held.gone_at is not None
    if held.stage != Stage.CONFIRMED.value or done or at >= held.agreed_at:
        return False
    move(held, BookingReminded(on=at.date(), booking=held.pk), by=by, at=at, reminded_at=at)
    return True


@needs(Grant.BOOKING_LIFT)
@transaction.atomic
def lift(ban: Ban, *, by: Actor, at: datetime, reason: str) -> Ban:
    """恢复预约: a decision with its reason; the count begins anew."""
    held = Ban.objects.select_for_update(of=("self",)).select_related("booking").get(pk=ban.pk)
    if held.lifted_on is not None:
        raise NotAllowed("已经恢复了，不用再办。请刷新后再看。")
    if len(reason.strip()) < 4:
        raise NotAllowed("请写明恢复的理由，至少四个字。")
    held.lifted_on, held.lifted_by, held.why_lifted = at.date(), by.actor_code, reason.strip()[:200]
    held.save(update_fields=["lifted_on", "lifted_by", "why_lifted"])
    note(hold(held.booking), BookingBarLifted(on=at.date(), ban=held.pk), by=by, at=at)
    return held


def _refuse_time(held: Booking, at: datetime) -> None:
    said = terms(at.date())
    if at < held.agreed_at - timedelta(minutes=said.early):
        raise NotAllowed(
            f"约的是 {held.on.month} 月 {held.on.day} 日 {held.begins:%H:%M}，"
            f"提前 {said.early} 分钟以内才能签到。急着办的可以现在取号。"
        )
    if held.service == Service.ORDINARY.value and at > held.agreed_at + timedelta(minutes=said.late):
        raise NotAllowed(f"已经过了约定时间 {said.late} 分钟，时段让给了别人。请现在取号，或者另约时间。")
    if held.off_hours and at > held.until + timedelta(hours=4):
        raise NotAllowed("约定的场次已经结束。请另约时间。")


def _for_window(ticket: Ticket, held: Booking) -> None:
    """Outside office hours the booked window alone calls him."""
    ticket.only, ticket.only_until = held.window, held.until + timedelta(hours=4)
    ticket.save(update_fields=["only", "only_until"])


def _bar_if_often(held: Booking, *, by: Actor, at: datetime) -> None:
    """The text bars after so many; who is barred already is not barred once more."""
    said = terms(at.date()).policy
    if held.party_id is None:
        return  # what is over its term of keeping counts for nobody
    party = Party.objects.select_for_update().get(pk=held.party_id)
    bans = Ban.objects.filter(county=held.county, party=party)
    if bans.filter(lifted_on__isnull=True).exists():
        return
    last = bans.order_by("-lifted_on").values_list("lifted_on", flat=True).first()
    days = counted(_abandoned(held, party), at.date(), months=said.ban_months, lifted=last)
    if barred(days, said.ban_after):
        told = [day.isoformat() for day in days]
        ban = Ban.objects.create(county=held.county, party=party, booking=held, began_on=at.date(), days=told)
        note(held, BookingBarred(on=at.date(), ban=ban.pk), by=by, at=at)


def _abandoned(held: Booking, party: Party) -> list[date]:
    """Over all windows of the place, by the person."""
    rows = Booking.objects.filter(county=held.county, party=party, stage=Stage.ABANDONED.value)
    return [day for day in rows.values_list("on", flat=True)]


def _known(hall: Hall, moment: datetime, heard: datetime | None) -> bool:
    """Whether all that happened in the hall until then is known here: before that nobody counts as not having come."""
    return owned(hall) or (heard is not None and heard >= moment)
