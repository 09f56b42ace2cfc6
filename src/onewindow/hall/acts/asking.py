"""提出预约: who asks when for what, changes his time, or cancels?

An ordinary slot is agreed in the moment in which it is asked for, as long as there is a place. Off-hours bookings wait
for the answer of the window.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from onewindow.catalogue.models import Item
from onewindow.ground.clock import SHANGHAI
from onewindow.ground.series import take
from onewindow.hall.book import hold, hour, move, session_for
from onewindow.hall.models import Ban, Booking
from onewindow.hall.models import Session as Sitting
from onewindow.hall.offered import (
    Terms,
    answer_due,
    in_hours,
    line_for,
    minutes_of,
    room_of,
    session_at,
    terms,
    visits_of,
)
from onewindow.hall.stopped import in_stop, until_words
from onewindow.hall.told import told_of
from onewindow.journal import write
from onewindow.people.acts import refuse_dead, require_real_phone
from onewindow.people.models import Officer, Party
from onewindow.places.models import Hall, Line
from onewindow.places.models import Service as Serves
from onewindow.places.reads import here, workdays
from onewindow.rules.bookings import HOLDING, OPEN, Channel, Service, Stage
from onewindow.rules.facts_booking import (
    KIND,
    BookingAsked,
    BookingCancelled,
    BookingChanged,
    BookingConfirmed,
    BookingMoved,
)
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.identity import phone_fault, tidy_phone
from onewindow.rules.opening import Session
from onewindow.rules.slots import ends_at, free
from onewindow.rules.tickets import OVER

FULL = "这个时间刚刚约满了，请另选一个时间。"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is asked for: who, where, for which items, when, and where he is rung up."""

    hall: Hall
    items: Sequence[Item]
    party: Party
    on: date
    begins: time
    channel: Channel
    phone: str
    note: str = ""
    agent: Party | None = None

    @property
    def county(self) -> str:
        return self.hall.county

    @property
    def hall_id(self) -> int:
        return self.hall.pk

    @property
    def applicant_id(self) -> int:
        """Whose it will be: nobody books in the name of a stranger."""
        return self.party.pk


@needs(Grant.BOOKING_ASK)
def ask(wish: Wish, *, by: Actor, at: datetime, once: UUID) -> Booking:
    """提出预约; the same page sent twice asks once."""
    try:
        with transaction.atomic():
            return _ask(wish, by=by, at=at, once=once)
    except (IntegrityError, NotAllowed):  # asked already by this page, which took the very place that is gone
        found = Booking.objects.filter(once=once).select_related("hall", "line", "party", "subject").first()
        if found is None:
            raise
        return found


def _ask(wish: Wish, *, by: Actor, at: datetime, once: UUID) -> Booking:
    said, local = terms(at.date()), at.astimezone(SHANGHAI)
    line = _line(wish.hall, wish.items)
    minutes = minutes_of(line, wish.items)
    stretch = _stretch(wish.hall, wish.on, wish.begins, minutes, said, local)
    service = _service(stretch, said)
    _refuse_person(wish, service, said, at)
    _refuse_way(wish, service, said, by, at)
    _refuse_elsewhere(wish, service, said, by, line)
    session = session_for(wish.hall, stretch, line=line) if service is Service.ORDINARY else None
    if session is not None:
        _refuse_full(line, stretch, wish.begins, minutes, said, local)
    booking = _written(wish, Asked(service, line, minutes, stretch, session, once), said, by=by, at=at)
    return _agree(booking, by=by, at=at) if session is not None else booking


@dataclass(frozen=True)
class Asked:
    """What a wish turned out to be: which service in which line, how long, and the session that it takes a place of."""

    service: Service
    line: Line
    minutes: int
    stretch: Session
    session: Sitting | None
    once: UUID


def _written(wish: Wish, told: Asked, said: Terms, *, by: Actor, at: datetime) -> Booking:
    """The row with its number, and the fact."""
    local = at.astimezone(SHANGHAI)
    number = f"YY{local:%Y%m%d}-{take(wish.county, f'booking:{local:%Y%m%d}'):04}"
    recorder = by if isinstance(by, Officer) else None
    booking = Booking.objects.create(
        county=wish.county,
        subject=write.open_subject(wish.county, KIND, number),
        number=number,
        once=told.once,
        service=told.service.value,
        stage=Stage.ASKED.value,
        channel=wish.channel.value,
        hall=wish.hall,
        line=told.line,
        party=wish.party,
        agent=wish.agent,
        phone=tidy_phone(wish.phone),
        note=wish.note.strip()[:200],
        minutes=told.minutes,
        asked_at=at,
        recorder=recorder,
        recorded_at=recorder.window if recorder is not None else None,
        on=wish.on,
        begins=wish.begins,
        ends=ends_at(wish.begins, told.minutes, said.slot),
        provisional=told.stretch.provisional,
        session=told.session,
        answer_due=answer_due(wish.hall, at, said.answer) if told.session is None else None,
    )
    booking.items.set(wish.items)
    fact = BookingAsked(
        on=at.date(),
        booking=booking.pk,
        kind=told.service.value,
        channel=wish.channel.value,
        day=wish.on,
        begins=hour(wish.begins),
    )
    write.record(booking.subject, fact, by=by, at=at)
    return booking


def _agree(booking: Booking, *, by: Actor, at: datetime) -> Booking:
    """An ordinary slot is agreed at once, and what to bring is told with it."""
    fact = BookingConfirmed(
        on=at.date(),
        booking=booking.pk,
        day=booking.on,
        begins=hour(booking.begins),
        ends=hour(booking.ends),
    )
    told = told_of(list(booking.items.all()))
    return move(booking, fact, by=by, at=at, answered_at=at, told=told, told_at=at)


@needs(Grant.BOOKING_ASK)
@transaction.atomic
def change(booking: Booking, *, by: Actor, at: datetime, on: date, begins: time) -> Booking:
    """改约: an ordinary slot is exchanged for a free one; of another kind the window answers anew."""
    said, local, held = terms(at.date()), at.astimezone(SHANGHAI), hold(booking)
    if held.gone_at is None:  # who was sent away chooses anew at any time
        _refuse_begun(held, at)
    stretch = _stretch(held.hall, on, begins, held.minutes, said, local)
    if _service(stretch, said).value != held.service:
        raise NotAllowed(
            f"这是“{said.policy.words[Service(held.service)]}”的预约，只能改到同一种时间。"
            "要改成别的，请取消后重新预约。"
        )
    times = {
        "on": on,
        "begins": begins,
        "ends": ends_at(begins, held.minutes, said.slot),
        "provisional": stretch.provisional,
        "gone_at": None,
        "why_gone": "",
    }
    if held.service == Service.ORDINARY.value:
        session = session_for(held.hall, stretch, line=held.line)
        _refuse_full(held.line, stretch, begins, held.minutes, said, local, but=held.pk)
        moved = BookingMoved(on=at.date(), booking=held.pk, day=on, begins=hour(begins))
        return move(held, moved, by=by, at=at, session=session, reminded_at=None, **times)
    changed = BookingChanged(on=at.date(), booking=held.pk, day=on, begins=hour(begins))
    return move(
        held,
        changed,
        by=by,
        at=at,
        session=None,
        window=None,
        officer=None,
        answered_at=None,
        reminded_at=None,
        overdue_at=None,
        answer_due=answer_due(held.hall, at, said.answer),
        **times,
    )


@needs(Grant.BOOKING_ASK)
@transaction.atomic
def cancel(booking: Booking, *, by: Actor, at: datetime, reason: str = "") -> Booking:
    """取消预约: he does not come, and says so; nothing is counted. The office has to say why."""
    held, office = hold(booking), isinstance(by, Officer)
    if office and len(reason.strip()) < 2:
        raise NotAllowed("请写明为什么取消，或者申请人怎么说的。")
    fact = BookingCancelled(on=at.date(), booking=held.pk, side="office" if office else "applicant")
    return move(held, fact, by=by, at=at, reason=reason.strip()[:200])


def _line(hall: Hall, items: Sequence[Item]) -> Line:
    if not items:
        raise NotAllowed("请选择要办的事项。")
    for item in items:
        if item.county != hall.county or not item.is_open:
            raise NotAllowed(f"“{item.name}”现在不能办，请另选事项。")
    line = line_for(hall, items)
    if line is None:
        raise NotAllowed(f"这些事项不能在{hall}一次办完，请分开预约，或者另选大厅。")
    return line


def _stretch(hall: Hall, on: date, begins: time, minutes: int, said: Terms, local: datetime) -> Session:
    if on > local.date() + timedelta(days=said.ahead):
        raise NotAllowed(f"最早可以提前 {said.ahead} 日预约，请选近一些的日子。")
    if datetime.combine(on, begins, tzinfo=SHANGHAI) <= local:
        raise NotAllowed("这个时间已经过了，请另选时间。")
    if in_stop(hall, on, begins):
        raise NotAllowed(f"{hall}到 {until_words(hall)} 以前停止服务，请选那以后的时间。")
    stretch = session_at(hall, on, begins, ends_at(begins, minutes, said.slot))
    if stretch is None:
        raise NotAllowed(f"{hall}这个时间没有服务场次，请从列出的时间里选。")
    return stretch


def _service(stretch: Session, said: Terms) -> Service:
    service = said.policy.service(stretch.kind)
    if service is None:
        raise NotAllowed("本地没有开放这个时间的预约，请选正常上班时间。")
    return service


def _refuse_person(wish: Wish, service: Service, said: Terms, at: datetime) -> None:
    """The dead, who is barred, who has booked enough already, and who cannot be rung up."""
    refuse_dead(wish.party)
    if (
        fault := phone_fault(wish.phone)
        if wish.phone.strip()
        else "请填写能联系上的电话，没有按时到会打这个电话。"
    ):
        raise NotAllowed(fault)
    require_real_phone(wish.phone, here())
    ban = _ban(wish) if service is not Service.ORDINARY else None
    if ban is not None:
        days = "、".join(date.fromisoformat(day).strftime("%Y-%m-%d") for day in ban.days)
        raise NotAllowed(
            f"{wish.party.name}已经 {len(ban.days)} 次约了没有来、也联系不上（{days}），"
            "按规定不再接受非工作时间的预约。取号和上班时间的时段预约照常；要恢复的，请向大厅提出。"
        )
    theirs = Booking.objects.filter(party=wish.party, county=wish.county, stage__in=OPEN)
    # A slot in office hours is over with the service of its number; whatever has a form is open until both signed it.
    theirs = theirs.exclude(service=Service.ORDINARY.value, ticket__stage__in=OVER)
    if theirs.filter(on__gte=at.date()).count() >= said.most_open:
        raise NotAllowed(f"还没有办的预约最多 {said.most_open} 个，请先取消不去的。")
    same = Booking.objects.filter(party=wish.party, on=wish.on, begins=wish.begins, stage__in=HOLDING)
    if same.exists():
        raise NotAllowed("这个时间已经有一个预约了，不用再约。请先看已有的预约。")


def _ban(wish: Wish) -> Ban | None:
    return Ban.objects.filter(county=wish.county, party=wish.party, lifted_on__isnull=True).first()


def _refuse_way(wish: Wish, service: Service, said: Terms, by: Actor, at: datetime) -> None:
    """预约方式: by which channel and when, as the text has it."""
    if not said.policy.takes(service, wish.channel):
        raise NotAllowed("本地这种预约不通过这个渠道接受，请打电话或者到窗口预约。")
    if isinstance(by, Party) != (wish.channel is Channel.WEB):
        raise NotAllowed("窗口和电话预约由工作人员登记，网上预约由本人提出。请改预约方式。")
    if wish.channel is Channel.WEB:
        return  # 网上的 at any hour; the window answers in office hours
    on_site = service is Service.DAY_OFF and wish.channel is Channel.COUNTER
    if on_site and said.policy.counter_on_workdays and not workdays().day(at.date()).works:
        raise NotAllowed("现场预约在法定工作日登记，今天不是工作日。可以打电话或者在网上预约。")
    if service is Service.ODD_HOURS and said.policy.asked_in_hours and not in_hours(wish.hall, at):
        raise NotAllowed("错时服务的现场和电话预约在正常上班时间登记。现在请用网上预约，上班后答复。")


def _refuse_elsewhere(wish: Wish, service: Service, said: Terms, by: Actor, line: Line) -> None:
    """错时办: on site it is written down at a window of the unit itself, that is at one which serves this line."""
    on_site = service is Service.ODD_HOURS and wish.channel is Channel.COUNTER
    if not (said.policy.own_window and on_site and isinstance(by, Officer)):
        return
    windows = [post.window_id for post in by.posts if post.window_id]
    if not Serves.objects.filter(window__in=windows, line=line).exists():
        raise NotAllowed(f"错时服务的现场预约在办这件事的窗口登记。请把申请人带到办“{line.name}”的窗口。")


def _refuse_full(
    line: Line, stretch: Session, begins: time, minutes: int, said: Terms, local: datetime, *, but: int = 0
) -> None:
    """The caller holds the session: nobody else takes a place meanwhile."""
    after = local.time() if stretch.on == local.date() else None
    open_ones = free(
        stretch,
        slot=said.slot,
        places=room_of(line, said),
        visits=visits_of(line, stretch.on, but=but),
        minutes=minutes,
        after=after,
    )
    if begins not in {one.begins for one in open_ones}:
        raise NotAllowed(FULL)


def _refuse_begun(booking: Booking, at: datetime) -> None:
    if at >= booking.agreed_at and booking.stage == Stage.CONFIRMED.value:
        raise NotAllowed("约定的时间已经到了，不能再改。不来了的请取消，来晚了的请直接到大厅。")
