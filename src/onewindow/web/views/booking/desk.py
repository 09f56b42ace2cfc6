"""预约清单: what waits for an answer, who comes today, and how does a clerk write a booking down?"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.catalogue import reads
from onewindow.ground.clock import now, today
from onewindow.hall import booked
from onewindow.hall.acts import asking, coming
from onewindow.hall.acts.asking import Wish
from onewindow.hall.offered import channels_at_desk, terms
from onewindow.helping.reads import aids
from onewindow.intake import whom
from onewindow.places.reads import pack_here
from onewindow.rules.bookings import CHANNEL_WORDS, Channel, Policy
from onewindow.rules.grants import Grant, NotAllowed, NotGranted
from onewindow.web.asking import tell
from onewindow.web.booking_times import Choosing, choosing, items_called, more_items
from onewindow.web.forms.booking import CodeForm, TakenDownForm
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.counter import front

TABS = (("", "待答复"), ("today", "今天"), ("ahead", "以后"), ("past", "以前"))
RULES = ("booking.answer_at_once", "booking.not_for_day_off")


@require_GET
@never_cache
@staff_required(*booked.SEES)
def bookings(request: StaffRequest) -> HttpResponse:
    """The list in four parts; what waits longest comes first, late answers red."""
    return _list(request)


def _list(request: StaffRequest, refused: str = "", status: int = 200) -> HttpResponse:
    """The list; `refused`: why the code beside it gave no number, with the code as it was typed."""
    which, moment, officer = request.GET.get("list", ""), now(), request.officer
    day, after, words = moment.date(), request.GET.get("after", ""), request.GET.get("q", "")[:40].strip()
    found, next_key = {
        "today": lambda: booked.of_day(officer, day, after, words),
        "ahead": lambda: booked.ahead(officer, day, after),
        "past": lambda: booked.past(officer, day, after),
    }.get(which, lambda: booked.to_answer(officer, after))()
    pack = pack_here(request.county)  # type: ignore[attr-defined]
    said = terms(moment.date(), request.county).policy  # type: ignore[attr-defined]
    context = {
        "rows": found,
        "next_key": next_key,
        "words": words,
        "late": {one.pk for one in booked.late(moment, found)} if not which else set(),
        "tabs": TABS,
        "which": which,
        "typed": request.POST.get("code", "")[:12],
        "refused": refused,
        "owed": _owed(said),
        "off": said.day_off or bool(said.odd),
        "rules": [rule for name in RULES if (rule := pack.rule(name, moment.date())) is not None],
        "may_take": request.officer.may(Grant.HALL_TAKE),
        "may_ask": request.officer.may(Grant.BOOKING_ASK),
        "officer": request.officer,
        "links": _links(request),
    }
    return render(request, "booking/bookings.html", context, status=status)


def _owed(said: Policy) -> str:
    """What an answer owes by the text of the place; a reason for a refusal is told everywhere."""
    at_once = "收到预约当即答复" if said.at_once else "收到预约及时答复"
    return f"{at_once}；{'同意的要安排人，' if said.staffed else ''}不同意的要说明理由"


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.HALL_TAKE)
def check_in(request: StaffRequest) -> HttpResponse:
    """预约签到, by the code that somebody shows: his number at once."""
    if request.method == "GET":  # the tabs and pages of the list that stood here with a refusal
        return redirect(f"{reverse('bookings')}?{request.GET.urlencode()}")
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _list(request, "请输入申请人出示的预约码，八位字母和数字。", 422)
    found = booked.by_code(request.officer, form.cleaned_data["code"])
    if found is None:
        return _list(request, "没有这个预约码，请核对，或者刷申请人的证件查他的预约。", 422)
    try:
        came = coming.arrive(found, by=request.officer, at=now())
    except NotGranted:
        raise
    except NotAllowed as refusal:
        return _list(request, str(refusal), 409)
    number = came.ticket.number if came.ticket is not None else ""
    messages.success(request, f"{came.who}已签到，排队号 {number}，不用再排队取号。")
    return redirect("booking", came.number)


@require_GET
@never_cache
@staff_required(Grant.BOOKING_ASK)
def begin(request: StaffRequest) -> HttpResponse:
    """登记预约: for the person in front, which item?"""
    words, party = request.GET.get("q", "")[:60], front.person(request)
    county = request.county.code  # type: ignore[attr-defined]
    found = items_called(county, words) if party is not None and words.strip() else []
    return render(request, "booking/begin.html", {"party": party, "items": found, "words": words})


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.BOOKING_ASK)
@sensitive_post_parameters()
def new(request: StaffRequest, address: str) -> HttpResponse:
    """现场和电话预约: for the person whose paper was read or told, the same times as online."""
    county, party = request.county.code, front.person(request)  # type: ignore[attr-defined]
    guide = reads.guide(county, address)
    if guide is None or not guide.item.is_open:
        raise Http404("没有这个事项，或者现在不能办。")
    if party is None:
        raise NotAllowed("请先在“一窗收件”刷申请人的证件；打电话来的，问清证件号码后输入。")
    asked = request.POST if request.method == "POST" else request.GET
    chosen = choosing(county, guide.item, asked, now())
    if said := next((found for item in chosen.items if (found := whom.unfit(item, party))), ""):
        raise NotAllowed(f"{said}请先在“一窗收件”刷单位的证件，再登记预约。")
    if request.method != "POST":
        return _times(request, chosen, TakenDownForm(initial={"phone": party.phone, "once": uuid4()}))
    form = TakenDownForm(request.POST)
    if not form.is_valid() or chosen.hall is None or chosen.day is None:
        return _times(request, chosen, form, 422)
    told = form.cleaned_data
    wish = Wish(
        hall=chosen.hall,
        items=chosen.items,
        party=party,
        on=chosen.day.on,
        begins=told["begins"],
        channel=Channel(told["channel"]),
        phone=told["phone"],
        note=told["note"],
    )
    try:
        booking = asking.ask(wish, by=request.officer, at=now(), once=told["once"])
    except NotAllowed as refusal:
        tell(form, refusal)
        return _times(request, chosen, form, 409)
    return redirect("booking", booking.number)


@require_GET
@never_cache
@staff_required(Grant.BOOKING_LIFT, Grant.BOOKING_ANSWER)
def bans(request: StaffRequest) -> HttpResponse:
    """不再接受预约的名单: with the days that count, and who lifted it why."""
    day = today()
    pack = pack_here(request.county)  # type: ignore[attr-defined]
    rows, next_key = booked.bans(request.officer, request.GET.get("after", ""))
    context = {
        "rows": rows,
        "next_key": next_key,
        "rule": pack.rule("booking.ban_after", day),
        "months": pack.setting("booking.ban_months"),
        "may_lift": request.officer.may(Grant.BOOKING_LIFT),
        "days": _days,
        "links": _links(request),
    }
    return render(request, "booking/bans.html", context)


def _days(kept: list[str]) -> list[date]:
    return [date.fromisoformat(day) for day in kept]


def _links(request: StaffRequest) -> list[tuple[str, str]]:
    """The other pages of bookings that he may open; forms and bans only where the text of the place has them."""
    said = terms(today(), request.county).policy  # type: ignore[attr-defined]
    pages = (
        ("约的时间没有了", "bookings_gone", (Grant.BOOKING_ANSWER, Grant.DUTY_ARRANGE)),
        ("便民服务登记", "services", aids.SEES[1:]),
        ("场次和值班", "booking_sessions", (Grant.DUTY_ARRANGE, Grant.BOOKING_ANSWER)),
        (
            "登记表备案",
            "booking_forms",
            (Grant.BOOKING_FILE, Grant.BOOKING_ANSWER) if said.filed_with else (),
        ),
        (
            "不再接受预约",
            "booking_bans",
            (Grant.BOOKING_LIFT, Grant.BOOKING_ANSWER) if said.ban_after else (),
        ),
    )
    return [(word, reverse(name)) for word, name, grants in pages if any(map(request.officer.may, grants))]


def _times(request: StaffRequest, chosen: Choosing, form: TakenDownForm, status: int = 200) -> HttpResponse:
    words, said = request.GET.get("q", ""), terms(today()).policy
    open_ones = channels_at_desk(chosen.hall, chosen.services, said, now()) if chosen.hall else []
    kept = [(one.value, CHANNEL_WORDS[one]) for one in open_ones]
    form.fields["channel"].choices = kept  # type: ignore[attr-defined]
    further = [item.address for item in chosen.items[1:]]
    context: dict[str, Any] = {
        "chosen": chosen,
        "item": chosen.items[0],
        "party": front.person(request),
        "form": form,
        "picked": form["begins"].value() or "",
        "words": words,
        "more": [
            (one, chosen.query(**{"with": [*further, one.address]})) for one in more_items(chosen, words)
        ],
        "days": [(one, chosen.query(day=one.on.isoformat())) for one in chosen.days],
        "policy": said,
        "shut": not kept,
    }
    return render(request, "booking/new.html", context, status=status)
