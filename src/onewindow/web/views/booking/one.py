"""一个预约怎么办: answer, ring up, check in, sign, close, file; and the printed form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from onewindow.box.reads import heard_until
from onewindow.ground.clock import now, today
from onewindow.hall import booked
from onewindow.hall.acts import answering, asking, coming, showing, signing
from onewindow.hall.acts.answering import Seat
from onewindow.hall.models import Booking
from onewindow.hall.offered import terms
from onewindow.journal.write import log_access
from onewindow.letters.booking_forms import booking_form
from onewindow.places.models import Window
from onewindow.places.reads import telephone
from onewindow.rules.bookings import Policy, Service, Stage
from onewindow.rules.grants import Grant
from onewindow.web import signed
from onewindow.web.forms.booking import (
    CancelForm,
    ProposeForm,
    RefuseForm,
    SeatForm,
    ServedForm,
    SignatureForm,
    TryForm,
)
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.signed import Deed, Offers, Told, sent, signs


@require_GET
@never_cache
@staff_required(*booked.SEES)
def show(request: StaffRequest, number: str) -> HttpResponse:
    """One booking with its way, and what can be done with it now."""
    return _page(request, _load(request, number))


@require_POST
@never_cache
@staff_required(*booked.SEES)
@sensitive_post_parameters()
def do(request: StaffRequest, number: str, act: str) -> HttpResponse:
    """One act, from its form on the page."""
    return signed.do(request, _load(request, number), act, _ACTS, _page, "booking")


@require_POST
@never_cache
@staff_required(Grant.BOOKING_ANSWER)
def contact(request: StaffRequest, number: str) -> HttpResponse:
    """看完整电话: until the page is left, with a line of the access log."""
    row = _load(request, number)
    phone = showing.show_telephone(row, by=request.officer, at=now(), origin=_origin(request))
    return _page(request, row, phone=phone)


@require_GET
@never_cache
@staff_required(*booked.SEES)
def paper(request: StaffRequest, number: str) -> HttpResponse:
    """预约服务登记表, in as many copies as the text asks for; his telephone stands on it, so who printed it is logged."""
    row, county = _load(request, number), request.county  # type: ignore[attr-defined]
    log_access(
        row.county, by=request.officer, at=now(), what="export", about=row.number, origin=_origin(request)
    )
    content = booking_form(
        row,
        terms(today()).policy,
        demo=county.demo,
        at=now(),
        complaint=telephone(county, county.supervision_phone),
    )
    return signed.paper(content, row.number)


def _origin(request: StaffRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def _load(request: StaffRequest, number: str) -> Booking:
    found = booked.one(request.officer, number[:24])
    if found is None:
        raise Http404("没有这个预约，或者不是您看得到的。")
    return found


def _seats(row: Booking) -> tuple[Any, Any]:
    """The windows of the hall that serve its line, and who may serve there."""
    windows = Window.objects.filter(hall=row.hall, is_open=True).order_by("pk")
    serving = windows.filter(services__line=row.line).distinct()
    return (serving if serving.exists() else windows), booked.members(row.hall_id, row.on)


def _seat_form(row: Booking, request: StaffRequest) -> forms.Form:
    return SeatForm(*_seats(row), request.POST, initial=_first(row, request))


def _propose_form(row: Booking, request: StaffRequest) -> forms.Form:
    return ProposeForm(*_seats(row), request.POST, initial=_first(row, request))


def _first(row: Booking, request: StaffRequest) -> Told:
    """He himself at his own window, as it usually is."""
    window = request.officer.window
    here = window is not None and window.hall_id == row.hall_id
    return {"window": window.pk if here and window else "", "officer": request.officer.pk, "on": row.on}


_ACTS: dict[str, Deed[Booking]] = {
    "confirm": Deed(
        _seat_form,
        lambda row, by, told: answering.confirm(row, by=by, at=now(), seat=Seat(**told)),
        "已同意预约，时间、窗口和要带的材料已经告诉申请人。",
    ),
    "propose": Deed(
        _propose_form,
        lambda row, by, told: answering.propose(
            row,
            by=by,
            at=now(),
            on=told["on"],
            begins=told["begins"],
            seat=Seat(window=told["window"], officer=told["officer"]),
        ),
        "已另约时间，等申请人同意。",
    ),
    "agree": Deed(
        sent(),
        lambda row, by, told: answering.agree(row, by=by, at=now()),
        "已记下申请人同意，预约确认。",
    ),
    "refuse": Deed(
        sent(RefuseForm),
        lambda row, by, told: answering.refuse(row, by=by, at=now(), **told),
        "已记下不同意的理由，申请人会看到。",
    ),
    "cancel": Deed(
        sent(CancelForm),
        lambda row, by, told: asking.cancel(row, by=by, at=now(), **told),
        "预约已取消。",
    ),
    "arrive": Deed(
        sent(),
        lambda row, by, told: coming.arrive(row, by=by, at=now()),
        "已签到，排队号已经给出，不用再排队取号。",
    ),
    "try": Deed(
        sent(TryForm),
        lambda row, by, told: coming.record_try(
            row, by=by, at=now(), reached=told["reached"] == "yes", note_told=told["note_told"]
        ),
        "联系结果已登记。",
    ),
    "abandon": Deed(
        sent(),
        lambda row, by, told: coming.abandon(row, by=by, at=now(), heard=heard_until(row.hall)),
        "已记为视为放弃。",
    ),
    "sign": Deed(sent(SignatureForm), signs(signing.sign_for_applicant), "申请人已签字。"),
    "handler": Deed(
        sent(),
        lambda row, by, told: signing.sign_as_handler(row, by=by, at=now()),
        "承办人已签字。",
    ),
    "serve": Deed(
        sent(ServedForm),
        lambda row, by, told: signing.serve(row, by=by, at=now(), **told),
        "预约服务已完成。",
    ),
    "file": Deed(sent(), lambda row, by, told: signing.file(row, by=by, at=now()), "登记表已备案。"),
}

# What is offered in which stage, and by which power.
_OFFERED: Offers = {
    "confirm": (Grant.BOOKING_ANSWER, (Stage.ASKED,)),
    "propose": (Grant.BOOKING_ANSWER, (Stage.ASKED,)),
    "agree": (Grant.BOOKING_ASK, (Stage.PROPOSED,)),
    "refuse": (Grant.BOOKING_ANSWER, (Stage.ASKED, Stage.PROPOSED)),
    "cancel": (Grant.BOOKING_ASK, (Stage.ASKED, Stage.PROPOSED, Stage.CONFIRMED)),
    "arrive": (Grant.HALL_TAKE, (Stage.CONFIRMED,)),
    "try": (Grant.BOOKING_ANSWER, (Stage.CONFIRMED,)),
    "abandon": (Grant.BOOKING_ANSWER, (Stage.CONFIRMED,)),
    "sign": (Grant.BOOKING_ANSWER, (Stage.ARRIVED,)),
    "handler": (Grant.BOOKING_ANSWER, (Stage.ARRIVED,)),
    "serve": (Grant.BOOKING_ANSWER, (Stage.ARRIVED,)),
    "file": (Grant.BOOKING_FILE, (Stage.SERVED,)),
}


def _fits(row: Booking, act: str, said: Policy) -> bool:
    """What makes sense for this kind of booking now, by the text of the place."""
    service, by_both = Service(row.service), said.must_sign(Service(row.service))
    late = row.off_hours and now() >= row.agreed_at
    fits = {
        "try": late,
        "abandon": late and said.no_show_minutes > 0,
        "arrive": row.on == today(),
        "file": said.files(service),
        "sign": by_both and row.applicant_signed_at is None,
        "handler": by_both and row.handler_signed_at is None,
    }
    return fits.get(act, True)


def _page(
    request: StaffRequest,
    row: Booking,
    typed: Mapping[str, forms.Form] | None = None,
    status: int = 200,
    refused: str = "",
    phone: str = "",
) -> HttpResponse:
    officer, said = request.officer, terms(today()).policy
    offered = signed.offered(row, officer, _OFFERED, lambda act: _fits(row, act, said))
    empty = {"confirm": SeatForm, "propose": ProposeForm}
    made: dict[str, forms.Form] = {}
    for act in offered:
        made[act] = (typed or {}).get(act) or _blank(act, row, request, empty)
    context = {
        "row": row,
        "forms": made,
        "refused": refused,
        "phone": phone,
        "course": booked.course(row),
        "must_sign": said.must_sign(Service(row.service)),
        "said": said,
        "may_unmask": officer.may(Grant.BOOKING_ANSWER, row),
        "now": now(),
    }
    return render(request, "booking/show.html", context, status=status)


def _blank(act: str, row: Booking, request: StaffRequest, seats: dict[str, Any]) -> forms.Form:
    if act in seats:
        made: forms.Form = seats[act](*_seats(row), initial=_first(row, request))
        return made
    kind = {
        "refuse": RefuseForm,
        "cancel": CancelForm,
        "try": TryForm,
        "sign": SignatureForm,
        "serve": ServedForm,
    }
    return kind.get(act, forms.Form)()
