"""办完以后: who has signed the form, when is the service over, and where is the form filed?"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from onewindow.ground.models import StoredFile
from onewindow.ground.series import take
from onewindow.hall.book import hold, move
from onewindow.hall.models import Booking
from onewindow.hall.offered import terms
from onewindow.people.models import Officer
from onewindow.rules.bookings import Service
from onewindow.rules.facts_booking import BookingFiled, BookingServed, BookingSigned
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs


@needs(Grant.BOOKING_ANSWER)
@transaction.atomic
def sign_for_applicant(
    booking: Booking, *, by: Officer, at: datetime, signature: StoredFile | None, on_paper: bool = False
) -> Booking:
    """申请人签字: on the pad at the window, or on the printed form."""
    held = hold(booking)
    if held.applicant_signed_at is not None:
        raise NotAllowed("申请人已经签过字了，不用再签。请刷新后再看。")
    if signature is None and not on_paper:
        raise NotAllowed("请申请人在签名板上签名，或者在打印的登记表上签字后勾选。")
    fact = BookingSigned(on=at.date(), booking=held.pk, side="applicant")
    return move(
        held,
        fact,
        by=by,
        at=at,
        signature=signature,
        on_paper=signature is None,
        applicant_signed_at=at,
    )


@needs(Grant.BOOKING_ANSWER)
@transaction.atomic
def sign_as_handler(booking: Booking, *, by: Officer, at: datetime) -> Booking:
    """承办人签字: whoever served signs in his own name."""
    held = hold(booking)
    if held.handler_signed_at is not None:
        raise NotAllowed("承办人已经签过字了，不用再签。请刷新后再看。")
    fact = BookingSigned(on=at.date(), booking=held.pk, side="handler")
    return move(held, fact, by=by, at=at, handler_signed_by=by, handler_signed_at=at)


@needs(Grant.BOOKING_ANSWER)
@transaction.atomic
def serve(booking: Booking, *, by: Officer, at: datetime, outcome: str = "") -> Booking:
    """预约服务完成: where the text asks for it not before both have signed (预约办 四.3)."""
    held = hold(booking)
    if terms(at.date()).policy.must_sign(Service(held.service)):
        missing = [
            word
            for word, when in (("承办人", held.handler_signed_at), ("申请人", held.applicant_signed_at))
            if when is None
        ]
        if missing:
            raise NotAllowed(f"{'和'.join(missing)}还没有在登记表上签字，请先签字再办结。")
    fact = BookingServed(on=at.date(), booking=held.pk)
    return move(held, fact, by=by, at=at, served_at=at, outcome=outcome.strip()[:200])


@needs(Grant.BOOKING_FILE)
@transaction.atomic
def file(booking: Booking, *, by: Actor, at: datetime) -> Booking:
    """登记表备案: acknowledged by the section that keeps the forms, with a number of its own."""
    held = hold(booking)
    if not held.off_hours:
        raise NotAllowed("上班时间的时段预约没有登记表，不用备案。请只备案非工作时间的预约。")
    if not terms(at.date()).policy.filed_with:
        raise NotAllowed("本地文件没有规定登记表报送备案，服务完成就办完了，请不用备案。")
    number = f"YYB{at:%Y}-{take(held.county, f'booking-form:{at:%Y}'):04}"
    fact = BookingFiled(on=at.date(), booking=held.pk, number=number)
    return move(held, fact, by=by, at=at, filed_number=number, filed_at=at)
