"""答复预约: does the window agree, offer another time, or refuse with a ground, and what does it owe when it agrees?

Whoever agrees names the window and who serves there, tells at once what to bring, and was asked first (预约办 四.1, 六).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction

from onewindow.ground.clock import SHANGHAI
from onewindow.hall.book import hold, hour, move, session_for
from onewindow.hall.models import Booking
from onewindow.hall.models import Session as Sitting
from onewindow.hall.offered import Terms, session_at, terms
from onewindow.hall.stopped import in_stop
from onewindow.hall.told import told_of
from onewindow.people.acts.duties import Part, staff_window
from onewindow.people.models import Duty, Officer
from onewindow.places.models import Window
from onewindow.rules.bookings import GROUNDS, Service, speaks_of_day_off
from onewindow.rules.facts_booking import (
    BookingAgreed,
    BookingConfirmed,
    BookingProposed,
    BookingRefused,
)
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.opening import Session
from onewindow.rules.slots import ends_at


@dataclass(frozen=True, kw_only=True)
class Seat:
    """Who serves at which window."""

    window: Window | None
    officer: Officer | None


@needs(Grant.BOOKING_ANSWER)
@transaction.atomic
def confirm(booking: Booking, *, by: Officer, at: datetime, seat: Seat) -> Booking:
    """同意预约: at the time that he wishes."""
    held = _to_answer(booking, by)
    stretch = _still_open(held, held.on, held.begins, held.ends, at)
    window, officer = _staffed(held, seat, stretch, terms(at.date()), by=by, at=at)
    fact = BookingConfirmed(
        on=at.date(),
        booking=held.pk,
        day=held.on,
        begins=hour(held.begins),
        ends=hour(held.ends),
        window=window.pk,
        officer=officer.pk if officer is not None else 0,
    )
    return move(
        held,
        fact,
        by=by,
        at=at,
        session=session_for(held.hall, stretch, window=window),
        window=window,
        officer=officer,
        first_asked=by,
        answered_at=at,
        told=told_of(list(held.items.all())),
        told_at=at,
        provisional=stretch.provisional,
    )


@needs(Grant.BOOKING_ANSWER)
@transaction.atomic
def propose(booking: Booking, *, by: Officer, at: datetime, seat: Seat, on: date, begins: time) -> Booking:
    """另约时间: who serves stands ready for that time; it is agreed when the applicant says so."""
    held, said = _to_answer(booking, by), terms(at.date())
    ends = ends_at(begins, held.minutes, said.slot)
    stretch = _still_open(held, on, begins, ends, at)
    if said.policy.service(stretch.kind) not in (Service.DAY_OFF, Service.ODD_HOURS):
        raise NotAllowed("另约的时间在正常上班时间里，请申请人直接预约时段。")
    window, officer = _staffed(held, seat, stretch, said, by=by, at=at)
    fact = BookingProposed(
        on=at.date(),
        booking=held.pk,
        day=on,
        begins=hour(begins),
        ends=hour(ends),
        window=window.pk,
        officer=officer.pk if officer is not None else 0,
    )
    return move(
        held,
        fact,
        by=by,
        at=at,
        on=on,
        begins=begins,
        ends=ends,
        service=_service(said, stretch).value,
        gone_at=None,
        why_gone="",
        provisional=stretch.provisional,
        session=session_for(held.hall, stretch, window=window),
        window=window,
        officer=officer,
        first_asked=by,
        answered_at=at,
    )


@needs(Grant.BOOKING_ASK)
@transaction.atomic
def agree(booking: Booking, *, by: Actor, at: datetime) -> Booking:
    """同意另约的时间: the applicant himself, or a clerk to whom he said so on the telephone."""
    held = hold(booking)
    if held.gone_at is not None:
        raise NotAllowed("另约的时间也不能办了，请改约别的时间。")
    if at >= held.agreed_at:
        raise NotAllowed("另约的时间已经过了，请改约别的时间。")
    fact = BookingAgreed(on=at.date(), booking=held.pk)
    return move(held, fact, by=by, at=at, told=told_of(list(held.items.all())), told_at=at)


@needs(Grant.BOOKING_ANSWER)
@transaction.atomic
def refuse(booking: Booking, *, by: Officer, at: datetime, ground: str, reason: str) -> Booking:
    """不同意预约: with a ground of the list and its explanation; that it is a day off is none (预约办 五, 七)."""
    held, said = _to_answer(booking, by), terms(at.date())
    if ground not in GROUNDS:
        raise NotAllowed("请选择不同意的理由。理由要向申请人说明，不能不选。")
    if len(reason.strip()) < 4:
        raise NotAllowed("请写明怎样向申请人解释的，至少四个字，申请人会看到。")
    flagged = said.policy.no_day_off_ground and speaks_of_day_off(reason)
    fact = BookingRefused(on=at.date(), booking=held.pk, ground=ground, flagged=flagged)
    return move(
        held,
        fact,
        by=by,
        at=at,
        ground=ground,
        reason=reason.strip()[:300],
        flagged=flagged,
        answered_at=at,
        first_asked=by,
        session=None,
    )


def _to_answer(booking: Booking, by: Officer) -> Booking:
    held = hold(booking)
    if held.service == Service.ORDINARY.value:
        raise NotAllowed("时段预约提出时就已经确认，不用答复。请等申请人到时来签到。")
    if not by.may(Grant.BOOKING_ANSWER, held):
        raise NotAllowed("这个预约不是您所在窗口的，请由那里的同志答复。")
    return held


def _still_open(held: Booking, on: date, begins: time, ends: time, at: datetime) -> Session:
    """The session in which the time lies, by the calendar as it is known now."""
    if at >= datetime.combine(on, begins, tzinfo=SHANGHAI):
        raise NotAllowed("这个时间已经过了，请另约时间。")
    stretch = None if in_stop(held.hall, on, begins) else session_at(held.hall, on, begins, ends)
    if stretch is None:
        raise NotAllowed(f"{held.hall}这个时间没有服务场次，请另约时间。")
    return stretch


def _service(said: Terms, stretch: Session) -> Service:
    found = said.policy.service(stretch.kind)
    if found is None:
        raise NotAllowed("本地没有开放这个时间的预约，请另约时间。")
    return found


def _staffed(
    held: Booking, seat: Seat, stretch: Session, said: Terms, *, by: Officer, at: datetime
) -> tuple[Window, Officer | None]:
    """预约办 六: whoever agrees says who is there; with that he is on the roster."""
    window, officer = seat.window, seat.officer
    gone = {"window": window, "on": stretch.on, "kind": stretch.kind.value, "begins": stretch.begins}
    if Sitting.objects.filter(**gone, withdrawn_at__isnull=False).exists():
        raise NotAllowed("这个窗口这一场已经撤销了，请另约时间，或者换一个窗口。")
    if window is None or window.hall_id != held.hall_id or not window.is_open:
        raise NotAllowed("请选择在哪个窗口办。")
    if officer is None:
        if said.policy.staffed:
            raise NotAllowed("同意预约必须安排工作人员到时在岗，请选择由谁承办。")
        return window, None
    part = Part(on=stretch.on, kind=stretch.kind, officer=officer, role=Duty.Role.WINDOW.value)
    staff_window(window, by=by, at=at, part=part)
    return window, officer
