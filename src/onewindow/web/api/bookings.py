"""预约接口: an applicant's own program books a visit, sees what is booked, changes it and cancels it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Annotated, Literal
from uuid import uuid4

from django.http import Http404, HttpResponse
from django.urls import reverse
from ninja import Query, Router
from pydantic import BaseModel, ConfigDict, Field

from onewindow.hall import booked
from onewindow.hall.acts import answering, asking
from onewindow.hall.acts.asking import Wish
from onewindow.hall.models import Booking
from onewindow.people.models import ApiToken, Party
from onewindow.rules.bookings import STAGE_WORDS, Channel, Stage
from onewindow.rules.grants import NotGranted
from onewindow.web.api.apply import Key
from onewindow.web.api.deed import fault
from onewindow.web.api.door import ApiRequest, Caller, Door
from onewindow.web.api.halls import Clock, clock, found_hall, found_item
from onewindow.web.api.once import once
from onewindow.web.api.refusals import WITH_TOKEN, refusals
from onewindow.web.api.shapes import Word, said

MOST = 100
After = Annotated[str, Query(max_length=60, description="上一页的 next，原样带上")]
router = Router(tags=["大厅"])


class BookingIn(BaseModel):
    """What is wished: where, for what, when."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)
    hall: int = Field(description="大厅的 id")
    items: list[str] = Field(min_length=1, max_length=5, description="事项编码")
    on: date
    begins: Clock = Field(description="listTimes 给出的开始时间，例如 09:00")
    phone: str = Field(min_length=5, max_length=30, description="到时找得到他的电话")
    note: str = Field("", max_length=200)


class BookingStep(BaseModel):
    """What the one who booked does with it."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)
    step: Literal["change", "cancel", "agree"] = Field(description="改时间、取消、同意另约的时间")
    on: date | None = Field(None, description="改到哪一天")
    begins: Clock | None = Field(None, description="改到几点")


class BookingOut(BaseModel):
    """One booking."""

    number: str
    code: str = Field(description="到大厅签到用的码")
    stage: Word
    service: Word
    hall: int
    hall_name: str
    items: list[str] = Field(description="事项名称")
    on: date
    begins: Clock
    ends: Clock
    provisional: bool
    ticket: str | None = Field(description="签到以后的号")
    url: str


class Bookings(BaseModel):
    """我的预约."""

    bookings: list[BookingOut]
    next: str | None = Field(description="下一页的 after；没有就是最后一页")


@router.post(
    "/bookings",
    auth=Door("book", ApiToken.Scope.APPLY, a_minute=60),
    response=refusals(BookingOut, 404, 409, 411, 413, 415, *WITH_TOKEN, status=201),
)
def book(request: ApiRequest, told: BookingIn, idempotency_key: Key = None) -> HttpResponse:
    """预约: 时段预约当场定下；预约办和错时办等窗口答复。用申请人的令牌，规则和网页一样。"""
    return once(request, lambda: _booked(request, told))


@router.get(
    "/bookings",
    auth=Door("bookings", ApiToken.Scope.APPLY, a_minute=120),
    response=refusals(Bookings, *WITH_TOKEN),
)
def bookings(
    request: ApiRequest, after: After = "", size: Annotated[int, Query(ge=1, le=MOST)] = MOST
) -> HttpResponse:
    """我的预约: 本人的和所代表的人的，最近的在前，每页最多 100 个，按 after 翻页。"""
    rows, following = booked.all_of(_party(request.auth), request.auth.county.code, after, size)
    return said(Bookings(bookings=[_out(one) for one in rows], next=following or None))


@router.post(
    "/bookings/{number}/steps",
    auth=Door("booking-step", ApiToken.Scope.APPLY, a_minute=60),
    response=refusals(BookingOut, 404, 409, 411, 413, 415, *WITH_TOKEN),
)
def booking_step(
    request: ApiRequest, number: str, told: BookingStep, idempotency_key: Key = None
) -> HttpResponse:
    """预约办一步: 改时间、取消、同意另约的时间。"""
    return once(request, lambda: said(_out(_step(request.auth, number, told))))


def _booked(request: ApiRequest, told: BookingIn) -> HttpResponse:
    caller = request.auth
    party, hall = _party(caller), found_hall(caller.county.code, told.hall)
    wish = Wish(
        hall=hall,
        items=[found_item(caller.county.code, code) for code in dict.fromkeys(told.items)],
        party=party,
        agent=party,
        on=told.on,
        begins=time.fromisoformat(told.begins),
        channel=Channel.WEB,
        phone=told.phone,
        note=told.note,
    )
    made = asking.ask(wish, by=party, at=caller.at, once=uuid4())
    answer = said(_out(_load(party, caller, made.number)), status=201)
    answer["Location"] = reverse("api-1:bookings")
    return answer


def _step(caller: Caller, number: str, told: BookingStep) -> Booking:
    party = _party(caller)
    booking = _load(party, caller, number)
    _STEPS[told.step](booking, party, caller, told)
    return _load(party, caller, number)


def _change(booking: Booking, party: Party, caller: Caller, told: BookingStep) -> None:
    if told.on is None or told.begins is None:
        raise fault("on" if told.on is None else "begins", "请写明改到什么时间。")
    asking.change(booking, by=party, at=caller.at, on=told.on, begins=time.fromisoformat(told.begins))


def _cancel(booking: Booking, party: Party, caller: Caller, told: BookingStep) -> None:
    asking.cancel(booking, by=party, at=caller.at)


def _agree(booking: Booking, party: Party, caller: Caller, told: BookingStep) -> None:
    answering.agree(booking, by=party, at=caller.at)


_STEPS: dict[str, Callable[[Booking, Party, Caller, BookingStep], None]] = {
    "change": _change,
    "cancel": _cancel,
    "agree": _agree,
}


def _party(caller: Caller) -> Party:
    if not isinstance(caller.actor, Party):
        raise NotGranted("预约要用申请人本人的令牌。窗口替人预约，请在“预约”页面登记。")
    return caller.actor


def _load(party: Party, caller: Caller, number: str) -> Booking:
    rows = booked.of_party(party, caller.county.code).select_related("subject", "agent")
    found = rows.filter(number=number[:24]).first()
    if found is None:
        raise Http404("没有这个预约，或者不是您的。")
    return found


def _out(one: Booking) -> BookingOut:
    return BookingOut(
        number=one.number,
        code=one.code,
        stage=Word(code=one.stage, word=STAGE_WORDS[Stage(one.stage)]),
        service=Word(code=one.service, word=one.get_service_display()),
        hall=one.hall_id,
        hall_name=one.hall.name,
        items=[item.name for item in one.items.all()],
        on=one.on,
        begins=clock(one.begins),
        ends=clock(one.ends),
        provisional=one.provisional,
        ticket=one.ticket.number if one.ticket is not None else None,
        url=reverse("my_booking", args=[one.number]),
    )
