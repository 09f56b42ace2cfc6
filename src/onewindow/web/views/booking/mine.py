"""我的预约: how does somebody book from the guide, see what he booked, change it, cancel it, and put it into his calendar?"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onewindow.catalogue import reads
from onewindow.catalogue.models import Item
from onewindow.ground.clock import now
from onewindow.hall import booked
from onewindow.hall.acts import answering, asking
from onewindow.hall.acts.asking import Wish
from onewindow.hall.models import Booking
from onewindow.hall.offered import terms
from onewindow.helping.reads import aids as services
from onewindow.intake import whom
from onewindow.people.models import Party
from onewindow.places.reads import pack_here, telephone
from onewindow.rules.bookings import OPEN, Channel, Service, Stage
from onewindow.rules.grants import NotAllowed
from onewindow.web.asking import tell
from onewindow.web.booking_times import Choosing, choosing, more_items, other_times
from onewindow.web.calendar_file import calendar
from onewindow.web.forms.booking import BookForm
from onewindow.web.gates import PartyRequest, party_required
from onewindow.web.views.guide import qr

OFFERED = 3
CLAUSES = {Service.DAY_OFF: "booking.day_off", Service.ODD_HOURS: "offhours.sessions"}


@require_http_methods(["GET", "POST"])
@party_required
@never_cache
@sensitive_post_parameters()
def book(request: PartyRequest, address: str) -> HttpResponse:
    """预约办理, from the guide of an item: hall, other items, day, time, telephone."""
    sent = _told(request)
    chosen = choosing(_county(request), _item(request, address), sent, now())
    if request.method != "POST":
        first = {"phone": request.party.phone, "once": uuid4()}
        return _times(request, chosen, BookForm(initial=first))
    if "look" in sent:  # another day: what was typed stays
        kept = {name: sent.get(name, "") for name in ("phone", "note", "once")}
        return _times(request, chosen, BookForm(initial=kept))
    form = BookForm(request.POST)
    if not form.is_valid() or chosen.hall is None or chosen.day is None:
        return _times(request, chosen, form, 422)
    told, party = form.cleaned_data, _whom(request, chosen.items)
    if party is None:
        form.add_error(
            None, "请选择为谁预约。" if _for(request, chosen.items) else _unfit(request, chosen.items)
        )
        return _times(request, chosen, form, 422)
    wish = Wish(
        hall=chosen.hall,
        items=chosen.items,
        party=party,
        agent=request.party,
        on=chosen.day.on,
        begins=told["begins"],
        channel=Channel.WEB,
        phone=told["phone"],
        note=told["note"],
    )
    try:
        booking = asking.ask(wish, by=request.party, at=now(), once=told["once"])
    except NotAllowed as refusal:
        tell(form, refusal)
        return _times(request, chosen, form, 409)
    return redirect("my_booking", booking.number)


@require_GET
@party_required
@never_cache
def mine(request: PartyRequest) -> HttpResponse:
    """All of them: what is still to come first."""
    party, county, asked = request.party, _county(request), request.GET
    coming, coming_key = booked.coming(party, county, asked.get("coming", ""))
    past, past_key = booked.over(party, county, asked.get("after", ""))
    aids, aids_key = services.own(party, county, asked.get("services", ""))
    context = {
        **{"coming": coming, "coming_key": coming_key, "past": past, "past_key": past_key},
        **{"aids": aids, "aids_key": aids_key},
        "tab": "bookings",
    }
    return render(request, "booking/mine.html", context)


@require_GET
@party_required
@never_cache
def one(request: PartyRequest, number: str) -> HttpResponse:
    """One booking: when and where, what to bring, the code for the door."""
    booking = _load(request, number)
    said = terms(now().date()).policy
    name = CLAUSES.get(Service(booking.service))
    context = {
        "row": booking,
        "code": qr(booking.code)
        if booking.stage == Stage.CONFIRMED.value and booking.gone_at is None
        else "",
        "said": said,
        "rule": pack_here(request.county).rule(name, now().date()) if name else None,  # type: ignore[attr-defined]
        "open": Stage(booking.stage) in OPEN,
        "may_change": Stage(booking.stage) in {Stage.ASKED, Stage.PROPOSED, Stage.CONFIRMED},
        "complaint": telephone(request.county, request.county.supervision_phone),  # type: ignore[attr-defined]
        "office": pack_here(request.county).value("complaint.office", now().date()) or "监督部门",  # type: ignore[attr-defined]
        "again": _offered(booking) if booking.gone_at is not None and Stage(booking.stage) in OPEN else [],
        "tab": "bookings",
    }
    return render(request, "booking/one.html", context)


@require_http_methods(["GET", "POST"])
@party_required
@never_cache
def change(request: PartyRequest, number: str) -> HttpResponse:
    """改时间: the times that are left, of the same kind."""
    booking = _load(request, number)
    chosen = other_times(booking, _told(request), now(), frozenset({Service(booking.service)}))
    if request.method != "POST":
        return _other(request, booking, chosen)
    form = BookForm(_kept(request, booking))
    if not form.is_valid() or chosen.day is None:
        return _other(request, booking, chosen, "请选择一个时间。", 422)
    try:
        asking.change(
            booking, by=request.party, at=now(), on=chosen.day.on, begins=form.cleaned_data["begins"]
        )
    except NotAllowed as refusal:
        return _other(request, booking, chosen, str(refusal), 409)
    return redirect("my_booking", number)


@require_POST
@party_required
def again(request: PartyRequest, number: str) -> HttpResponse:
    """一步改约: one of the times that were offered when his own was taken away."""
    booking = _load(request, number)
    on, begins = _moment(request.POST.get("time", ""))
    asking.change(booking, by=request.party, at=now(), on=on, begins=begins)
    messages.success(request, "已改到新的时间。" if not booking.off_hours else "已改时间，等窗口答复。")
    return redirect("my_booking", number)


def _moment(typed: str) -> tuple[date, time]:
    try:
        chosen = datetime.fromisoformat(typed)
    except ValueError:
        raise NotAllowed("请从列出的时间里选一个，或者点“改时间”。") from None
    return chosen.date(), chosen.time()


def _offered(booking: Booking) -> list[tuple[str, date, time]]:
    """The next times of the same kind, each to be taken with one press."""
    chosen = other_times(booking, QueryDict(), now(), frozenset({Service(booking.service)}))
    found = [
        (f"{one.on.isoformat()}T{slot.begins:%H:%M}", one.on, slot.begins)
        for one in chosen.days
        for _, _, slots in one.times
        for slot in slots
    ]
    return found[:OFFERED]


@require_POST
@party_required
def cancel(request: PartyRequest, number: str) -> HttpResponse:
    """取消预约."""
    asking.cancel(_load(request, number), by=request.party, at=now())
    messages.success(request, "预约已取消，时段让给了别人。")
    return redirect("my_bookings")


@require_POST
@party_required
def agree(request: PartyRequest, number: str) -> HttpResponse:
    """同意另约的时间."""
    answering.agree(_load(request, number), by=request.party, at=now())
    return redirect("my_booking", number)


@require_GET
@party_required
def ics(request: PartyRequest, number: str) -> HttpResponse:
    """日历文件: for the telephone's own calendar."""
    booking = _load(request, number)
    answer = HttpResponse(calendar(booking, now()), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{booking.number}.ics"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _county(request: PartyRequest) -> str:
    return str(request.county.code)  # type: ignore[attr-defined]


def _told(request: PartyRequest) -> QueryDict:
    """What was chosen: in the address, or in the form that was sent; the day that is only looked at before the other."""
    if request.method != "POST":
        return request.GET
    told = request.POST.copy()
    if "look" in told:
        told["day"] = str(told["look"])
    return told


def _item(request: PartyRequest, address: str) -> Item:
    found = reads.guide(_county(request), address)
    if found is None or not found.item.is_open:
        raise Http404("没有这个事项，或者现在不能办。")
    return found.item


def _load(request: PartyRequest, number: str) -> Booking:
    rows = booked.of_party(request.party, _county(request)).select_related("subject", "agent")
    found = rows.filter(number=number[:24]).first()
    if found is None:
        raise Http404("没有这个预约，或者不是您的。")
    return found


def _whom(request: PartyRequest, items: list[Item]) -> Party | None:
    """Himself, his ward or his firm; the only one who may, when nobody was chosen."""
    chosen, there = request.POST.get("whom", ""), _for(request, items)
    return next((one for one in there if str(one.pk) == chosen or len(there) == 1), None)


def _for(request: PartyRequest, items: list[Item]) -> list[Party]:
    """Those for whom he may book all of these, as he may apply for them."""
    rows = Party.objects.filter(pk__in=request.party.speaks_for).order_by("pk")
    return [one for one in rows if all(whom.fits(item, one.kind) for item in items)]


def _unfit(request: PartyRequest, items: list[Item]) -> str:
    """Why he himself is not the one; empty when he is."""
    said = next((found for item in items if (found := whom.unfit(item, request.party))), "")
    return f"{said}请选择您代表的单位；还没有登记的，先在“我替谁办”登记。" if said else ""


def _times(request: PartyRequest, chosen: Choosing, form: BookForm, status: int = 200) -> HttpResponse:
    words = request.GET.get("q", "")
    context: dict[str, Any] = {
        "chosen": chosen,
        "item": chosen.items[0],
        "form": form,
        "picked": form["begins"].value() or "",
        "words": words,
        "more": [(one, chosen.query(**{"with": _adding(chosen, one)})) for one in more_items(chosen, words)],
        "days": [(one, chosen.query(day=one.on.isoformat())) for one in chosen.days],
        "without": chosen.query(**{"with": []}),
        "whom": _for(request, chosen.items),
        "unfit": _unfit(request, chosen.items),
        "wanted": request.POST.get("whom", str(request.party.pk)),
        "policy": terms(now().date()).policy,
        "action": reverse("book", args=[chosen.items[0].address]),
    }
    return render(request, "booking/book.html", context, status=status)


def _adding(chosen: Choosing, one: Item) -> list[str]:
    return [item.address for item in chosen.items[1:]] + [one.address]


def _kept(request: PartyRequest, booking: Booking) -> QueryDict:
    """The new time, with what stays as it was."""
    kept = request.POST.copy()
    kept["phone"], kept["once"] = booking.phone, str(booking.once)
    return kept


def _other(
    request: PartyRequest, booking: Booking, chosen: Choosing, refused: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "row": booking,
        "chosen": chosen,
        "days": [(one, f"?day={one.on.isoformat()}") for one in chosen.days],
        "refused": refused,
        "tab": "bookings",
    }
    return render(request, "booking/change.html", context, status=status)
