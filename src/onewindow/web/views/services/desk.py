"""便民服务登记: who asked for what, who goes, and what came of it – with filter and print; written down at the desk too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onewindow.cases.models import Case
from onewindow.cases.reads.public import masked_name
from onewindow.ground.clock import now, today
from onewindow.helping.acts import visiting
from onewindow.helping.acts.aids import AidWish, ask_aid, withdraw_aid
from onewindow.helping.acts.rescheduling import change_day
from onewindow.helping.acts.showing import Contact, show_contact
from onewindow.helping.models import Aid, AidRequest
from onewindow.helping.reads import aids
from onewindow.journal.write import log_access
from onewindow.letters.aid_forms import aid_form, aid_register
from onewindow.people.reads import officers_of
from onewindow.places.reads import telephone
from onewindow.rules.aids import Stage, Way
from onewindow.rules.bookings import Channel
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.web import signed
from onewindow.web.asking import tell
from onewindow.web.forms.aids import (
    ArrangeForm,
    DayForm,
    OutcomeForm,
    ReasonForm,
    SiftForm,
    TakenDownWishForm,
)
from onewindow.web.forms.booking import SignatureForm
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.signed import Deed, Offers, signs
from onewindow.web.views.counter import front, queue

MOST_PRINTED = 1000  # lines of the register on paper


@require_GET
@never_cache
@staff_required(*aids.SEES)
def register(request: StaffRequest) -> HttpResponse:
    """便民服务登记簿; it prints as it stands, so who is ill or disabled stands there by his family name alone."""
    every, sift, rows = _sifted(request)
    found, next_key = aids.register_page(rows, request.GET.get("after", ""))
    counted, asked = aids.counts(request.officer), request.GET.copy()
    asked.pop("after", None)  # paper begins with the first line
    context = {
        "rows": _masked(found),
        "sift": sift,
        "asked": asked.urlencode(),
        "next_key": next_key,
        "now": now(),
        "counts": [
            (one, counted.get(one.pk, 0)) for one in every if one.way != Way.BOOKING and counted.get(one.pk)
        ],
        "offers": [
            one
            for one in aids.offering(request.officer.county)
            if one.way != Way.BOOKING and _here(request, one)
        ],
        "may_ask": request.officer.may(Grant.BOOKING_ASK),
        "hall": request.officer.hall_for(Grant.HALL_MANAGE),
    }
    return render(request, "services/register.html", context)


@require_GET
@never_cache
@staff_required(*aids.SEES)
def register_paper(request: StaffRequest) -> HttpResponse:
    """登记簿 on paper, as it is sifted on the page; a line of the access log says who took it."""
    officer, at = request.officer, now()
    _, sift, rows = _sifted(request)
    log_access(officer.county, by=officer, at=at, what="export", about="services", origin=_origin(request))
    county = request.county  # type: ignore[attr-defined]
    printed = _masked(rows[:MOST_PRINTED])
    every = len(printed) if len(printed) < MOST_PRINTED else rows.count()
    content = aid_register(
        printed, of=every, place=county.name, sifted=_in_words(sift), demo=county.demo, at=at
    )
    return signed.paper(content, f"services-{at:%Y%m%d}")


@require_GET
@never_cache
@staff_required(*aids.SEES)
def paper(request: StaffRequest, number: str) -> HttpResponse:
    """登记表 of one request; his telephone and address stand on it, so who printed it is logged."""
    row, county = _load(request, number), request.county  # type: ignore[attr-defined]
    if not request.officer.may(Grant.BOOKING_ANSWER, row):
        raise NotAllowed("登记表上有申请人的电话和地址，由安排、承办这项服务的人员打印。")
    complaint = telephone(county, county.supervision_phone)
    log_access(
        row.county, by=request.officer, at=now(), what="export", about=row.number, origin=_origin(request)
    )
    return signed.paper(aid_form(row, demo=county.demo, at=now(), complaint=complaint), row.number)


def _sifted(request: StaffRequest) -> tuple[list[Aid], SiftForm, QuerySet[Any]]:
    """The services of the county, the filter, and the requests that it lets through."""
    halls = Aid.objects.filter(hall__county=request.officer.county)
    every = list(halls.select_related("hall").order_by("hall", "order", "pk"))
    sift = SiftForm(every, request.GET or {"stage": "open"})
    said = sift.cleaned_data if sift.is_valid() else {}
    rows = aids.register(
        request.officer,
        aid=int(said.get("aid") or 0),
        stage=said.get("stage", ""),
        since=said.get("since"),
        until=said.get("until"),
    )
    return every, sift, rows


def _masked(rows: Iterable[Any]) -> list[tuple[AidRequest, str]]:
    return [
        (one, masked_name(one.party.kind, one.party.name) if one.party is not None else one.who)
        for one in rows
    ]


def _in_words(sift: SiftForm) -> str:
    """What the register was sifted by, as its paper says it."""
    said = sift.cleaned_data if sift.is_valid() else {}
    chosen = [
        dict(sift.fields[name].choices)[said[name]]  # type: ignore[attr-defined]
        for name in ("aid", "stage")
        if said.get(name)
    ]
    days = [
        f"{word} {said[name]:%Y-%m-%d}" for name, word in (("since", "从"), ("until", "到")) if said.get(name)
    ]
    return "，".join([*chosen, *days]) or "全部"


def _here(request: StaffRequest, one: Aid) -> bool:
    return request.officer.may(Grant.BOOKING_ASK, one.hall)


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.BOOKING_ASK)
@sensitive_post_parameters()
def new(request: StaffRequest, pk: int) -> HttpResponse:
    """替人登记: for the person whose paper was read or told on the telephone."""
    aid = get_object_or_404(Aid.objects.select_related("hall"), pk=pk, hall__county=request.officer.county)
    party = front.person(request)
    if party is None:
        raise NotAllowed("请先在“一窗收件”刷申请人的证件；打电话来的，问清证件号码后输入。")
    if request.method != "POST":
        first = {"phone": party.phone, "address": party.address, "once": uuid4()}
        return _asked(request, aid, TakenDownWishForm(aid, initial=first))
    form = TakenDownWishForm(aid, request.POST)
    if not form.is_valid():
        return _asked(request, aid, form, 422)
    told = form.cleaned_data
    wish = AidWish(aid=aid, party=party, channel=Channel(told["channel"]), **form.told())
    try:
        made = ask_aid(wish, by=request.officer, at=now(), once=told["once"])
    except NotAllowed as refusal:
        tell(form, refusal)
        return _asked(request, aid, form, 409)
    return redirect("service", made.number)


def _asked(request: StaffRequest, aid: Aid, form: forms.Form, status: int = 200) -> HttpResponse:
    context = {"aid": aid, "form": form, "party": front.person(request)}
    return render(request, "services/new.html", context, status=status)


@require_GET
@never_cache
@staff_required(*aids.SEES)
def show(request: StaffRequest, number: str) -> HttpResponse:
    """One request with its way, and what can be done with it now."""
    return _page(request, _load(request, number))


@require_POST
@never_cache
@staff_required(*aids.SEES)
@sensitive_post_parameters()
def do(request: StaffRequest, number: str, act: str) -> HttpResponse:
    """One act, from its form on the page."""
    return signed.do(request, _load(request, number), act, _ACTS, _page, "service")


@require_POST
@never_cache
@staff_required(Grant.BOOKING_ANSWER)
def contact(request: StaffRequest, number: str) -> HttpResponse:
    """看完整电话和地址: until the page is left, with a line of the access log for each."""
    row = _load(request, number)
    found = show_contact(row, by=request.officer, at=now(), origin=_origin(request))
    return _page(request, row, contact=found)


@require_POST
@staff_required(Grant.INTAKE_RECEIVE)
def take_in(request: StaffRequest, number: str) -> HttpResponse:
    """在他家收件: his file opens at the counter, and what is taken in has the channel 上门."""
    row = _load(request, number)
    if (
        row.visit_id is None
        or row.party is None
        or row.stage != Stage.BEGUN.value
        or not row.aid.course.at_home
    ):
        raise NotAllowed("到达以后才能收件，请先登记“到达”。")
    queue.at_home(request, row.visit_id, row.party)
    return redirect("counter")


def _posted(act: str) -> Callable[[AidRequest, StaffRequest], forms.Form]:
    return lambda row, request: _form(act, row, request.POST)


_ACTS: dict[str, Deed[AidRequest]] = {
    "arrange": Deed(
        _posted("arrange"),
        lambda row, by, told: visiting.arrange(row, by=by, at=now(), **told),
        "已安排，申请人和去的人都会收到通知。",
    ),
    "decline": Deed(
        _posted("decline"),
        lambda row, by, told: visiting.decline(row, by=by, at=now(), **told),
        "已告诉申请人。",
    ),
    "withdraw": Deed(
        _posted("withdraw"), lambda row, by, told: withdraw_aid(row, by=by, at=now(), **told), "已取消。"
    ),
    "move": Deed(
        _posted("move"),
        lambda row, by, told: change_day(row, by=by, at=now(), **told),
        "已改日子，申请人会收到通知，请重新安排。",
    ),
    "set-out": Deed(
        _posted("set-out"),
        lambda row, by, told: visiting.set_out(row, by=by, at=now()),
        "已登记出发，申请人收到消息。",
    ),
    "reach": Deed(
        _posted("reach"),
        lambda row, by, told: visiting.reach(row, by=by, at=now()),
        "已登记到达，可以收件了。",
    ),
    "check-in": Deed(
        _posted("check-in"), lambda row, by, told: visiting.check_in(row, by=by, at=now()), "已签到给号。"
    ),
    "handler": Deed(
        _posted("handler"),
        lambda row, by, told: visiting.sign_handler(row, by=by, at=now()),
        "承办人已签字。",
    ),
    "sign": Deed(_posted("sign"), signs(visiting.sign_applicant), "申请人已签字。"),
    "close": Deed(
        _posted("close"), lambda row, by, told: visiting.close(row, by=by, at=now(), **told), "已办结。"
    ),
}
_KINDS: dict[str, type[forms.Form]] = {
    "decline": ReasonForm,
    "withdraw": ReasonForm,
    "move": DayForm,
    "sign": SignatureForm,
    "close": OutcomeForm,
}
_S = Stage
# What is offered in which stage, and by which power.
_OFFERED: Offers = {
    "arrange": (Grant.BOOKING_ANSWER, (_S.ASKED, _S.ARRANGED)),
    "decline": (Grant.BOOKING_ANSWER, (_S.ASKED, _S.ARRANGED)),
    "withdraw": (Grant.BOOKING_ASK, (_S.ASKED, _S.ARRANGED, _S.SET_OUT)),
    "move": (Grant.BOOKING_ASK, (_S.ASKED, _S.ARRANGED)),
    "set-out": (Grant.BOOKING_ANSWER, (_S.ARRANGED,)),
    "reach": (Grant.BOOKING_ANSWER, (_S.SET_OUT,)),
    "check-in": (Grant.HALL_TAKE, (_S.ARRANGED,)),
    "handler": (Grant.BOOKING_ANSWER, (_S.BEGUN, _S.ARRANGED)),
    "sign": (Grant.BOOKING_ANSWER, (_S.BEGUN, _S.ARRANGED)),
    "close": (Grant.BOOKING_ANSWER, (_S.BEGUN, _S.ARRANGED)),
}


def _fits(row: AidRequest, act: str) -> bool:
    """What makes sense for this kind of service now."""
    course, begun = row.aid.course, row.stage == Stage.BEGUN.value
    if act in ("set-out", "reach"):
        return course.at_home
    if act == "check-in":
        return course.in_hall and row.on == today()
    if act in ("handler", "sign", "close") and (course.at_home or course.in_hall) and not begun:
        return False
    if act == "handler":
        return course.signed and row.handler_signed_at is None
    return act != "sign" or (course.signed and row.applicant_signed_at is None)


def _form(act: str, row: AidRequest, sent: Any = None) -> forms.Form:
    if act == "arrange":
        first = {"on": row.on, "begins": row.begins, "officer": row.officer_id}
        return ArrangeForm(officers_of(row.county), sent, initial=first)
    return _KINDS.get(act, forms.Form)(sent)


def _page(
    request: StaffRequest,
    row: AidRequest,
    typed: Mapping[str, forms.Form] | None = None,
    status: int = 200,
    refused: str = "",
    contact: Contact | None = None,
) -> HttpResponse:
    officer = request.officer
    offered = signed.offered(row, officer, _OFFERED, lambda act: _fits(row, act))
    sees = officer.may(Grant.BOOKING_ANSWER, row)
    context = {
        "row": row,
        "forms": {act: (typed or {}).get(act) or _form(act, row) for act in offered},
        "refused": refused,
        "course": aids.course(row),
        "sees": sees,
        "contact": contact,
        "may_take_in": row.aid.course.at_home
        and row.stage == Stage.BEGUN.value
        and officer.may(Grant.INTAKE_RECEIVE),
        "cases": list(Case.objects.filter(application__visit=row.visit_id)) if row.visit_id else [],
        "now": now(),
    }
    return render(request, "services/show.html", context, status=status)


def _origin(request: StaffRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def _load(request: StaffRequest, number: str) -> AidRequest:
    found = aids.one(request.officer, number[:24])
    if found is None:
        raise Http404("没有这个登记，或者不是您看得到的。")
    return found
